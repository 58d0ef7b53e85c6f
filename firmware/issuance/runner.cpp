#include "firmware/issuance/runner.hpp"

#include <utility>

#include "firmware/base/assert.hpp"
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/pickup_code.hpp"
#include "firmware/issuance/slips.hpp"
#include "firmware/issuance/steps.hpp"
#include "firmware/issuance/streak.hpp"

namespace liqu::issuance {
namespace {

using custody::JournalEntry;
using custody::Phase;
using custody::Place;
using storage::Transaction;

province::MakeStage stageOf(Holds holds) {
    switch (holds) {
        case Holds::permit:
        case Holds::writtenChip:
            return province::MakeStage::chip;
        case Holds::face:
            return province::MakeStage::print;
        default:
            return province::MakeStage::transport;
    }
}

bool isStorageTrouble(const Error& error) {
    return areaOf(error.code) == ErrorArea::storage;
}

std::string errorWords(const Error& error) {
    return "error=" + std::to_string(numberOf(error.code));
}

Error restartedDuring(const PlanRow& row) {
    return {ErrorCode::machineRestarted, "stopped during " + std::string(row.name)};
}

// Only another version of this program can have written it.
Error unknownStep(const std::string& name) {
    return {ErrorCode::storageDamaged,
            "the journal has a step this version does not know: " + name};
}

// Begun before the books fell back and were renewed: what was done since they do not know.
Result<bool> isOfOlderBooks(storage::Database& database, const std::string& order) {
    return TRY(database.number(
               "SELECT EXISTS(SELECT 1 FROM journal WHERE order_id = ? AND entry <= "
               "(SELECT value FROM meta WHERE name = 'renewed_after_entry'))",
               {order})) != 0;
}

Error goneFromPrinter() {
    return {ErrorCode::cardGoneFromPrinter, "it was inside, and nothing moved it",
            CardFate::unknown};
}

}  // namespace

Ending Runner::ending(EndingKind kind, std::optional<Error> error) const {
    return {.kind = kind,
            .error = std::move(error),
            .orderId = making_.order.orderId,
            .cardNumber = making_.order.cardNumber,
            .pickupCode = making_.order.pickupCode,
            .bankLinkMissing = making_.bankLinkMissing,
            .loss = making_.loss,
            .enabled = making_.enabled};
}

std::optional<Ending> Runner::endedBy(const PlanRow& row) const {
    if (row.holds == Holds::mouth) return ending(EndingKind::handedOver, std::nullopt);
    const OrderState state = making_.order.state;
    if (state == OrderState::carriedOut || state == OrderState::withdrawn)
        return ending(EndingKind::carriedOut, std::nullopt);
    return std::nullopt;
}

Result<void> Runner::note(Transaction& transaction, const PlanRow& row, Phase phase,
                          const std::string& detail) {
    return custody::record(transaction, {.orderId = making_.order.orderId,
                                         .step = std::string(row.name),
                                         .attempt = making_.blanksTried + 1,
                                         .phase = phase,
                                         .at = making_.now(),
                                         .detail = detail});
}

Result<void> Runner::commitNote(const PlanRow& row, Phase phase, const std::string& detail,
                                const Together& together) {
    auto transaction = TRY(Transaction::begin(making_.parts.database));
    TRY(note(transaction, row, phase, detail));
    TRY(together(transaction));
    return transaction.commit();
}

// The outer error is storage's; the inner one is the step's, with nothing about it recorded yet.
Result<std::optional<Error>> Runner::perform(const PlanRow& row) {
    making_.watcher.stepBegins(row.name);
    auto baseline = row.intend(making_);
    if (!baseline) {
        if (isStorageTrouble(baseline.error())) return fail(std::move(baseline).error());
        return std::optional<Error>(std::move(baseline).error());
    }
    // A recovery that tries again and again acts on the intent that is open already.
    if (!std::exchange(intentIsOpen_, false)) {
        TRY(commitNote(row, Phase::intent, *baseline, [&](Transaction& transaction) {
            return row.withIntent(transaction, making_);
        }));
    }
    auto done = row.act(making_);
    if (!done) {
        if (isStorageTrouble(done.error())) return fail(std::move(done).error());
        return std::optional<Error>(std::move(done).error());
    }
    TRY(commitFact(row));
    return std::optional<Error>();
}

// What cannot be written is so all the same: whoever took the card has it.
Result<void> Runner::commitFact(const PlanRow& row) {
    auto written =
        commitNote(row, Phase::fact, row.factWords(making_),
                   [&](Transaction& transaction) { return row.withFact(transaction, making_); });
    if (!written && making_.presentedTaken) written.error().fate = CardFate::taken;
    return written;
}

Result<Ending> Runner::runFrom(const PlanRow& first) {
    for (const PlanRow* row = &first;; row = &plan_.after(*row, making_)) {
        if (row->holds == Holds::bin) {
            return intoHoldBin(nullptr, {ErrorCode::machineRestarted, "nobody to present it to"});
        }
        if (row->holds == Holds::face &&
            TRY(isOfOlderBooks(making_.parts.database, making_.order.orderId))) {
            return follow(Disposition::staffLook, *row,
                          {ErrorCode::booksNotNewest, "it may have its face already"});
        }
        const std::optional<Error> error = TRY(perform(*row));
        if (error) return follow(row->judge(making_, *error), *row, *error);
        if (auto end = endedBy(*row)) return std::move(*end);
    }
}

Result<Ending> Runner::follow(Disposition disposition, const PlanRow& row, const Error& error) {
    switch (disposition) {
        case Disposition::endResumable:
            return endResumable(&row, error);
        case Disposition::refuseBlank:
            takeOverShownNumber();
            return intoBin(plan_.row(rowNames::reject), &row, error, [&](Transaction& transaction) {
                return refuseInBooks(transaction, error);
            });
        case Disposition::spoil:
            return intoBin(plan_.row(rowNames::reject), &row, error, [&](Transaction& transaction) {
                return spoilInBooks(transaction, row, error);
            });
        case Disposition::staffLook:
            making_.faceState = province::FaceState::unknown;
            [[fallthrough]];
        case Disposition::holdCard:
            return intoHoldBin(&row, error);
        // Both keep their intent open: recovery settles it, or does it again.
        case Disposition::wait:
            return ending(EndingKind::waiting, error);
        case Disposition::interrupted:
            return ending(EndingKind::interrupted, error);
    }
    return ending(EndingKind::interrupted, error);
}

Result<Ending> Runner::intoHoldBin(const PlanRow* failed, const Error& error) {
    return intoBin(plan_.row(rowNames::hold), failed, error, [this](Transaction& transaction) {
        making_.order.pickupCode = makePickupCode(making_.parts.random);
        return making_.parts.orders.update(transaction, making_.order);
    });
}

Result<Ending> Runner::intoBin(const PlanRow& bin, const PlanRow* failed, const Error& error,
                               const Together& decision) {
    making_.card.reset();
    TRY(commitNote(bin, Phase::intent, errorWords(error),
                   [&](Transaction& transaction) -> Result<void> {
                       TRY(decision(transaction));
                       if (failed == nullptr) return {};
                       TRY(note(transaction, *failed, Phase::failure, errorWords(error)));
                       return failed->withFailure(transaction, making_, error);
                   }));
    making_.watcher.stepBegins(bin.name);
    const auto done = bin.act(making_);
    if (!done) {
        if (isStorageTrouble(done.error())) return fail(done.error());
        // Who waits is told what went wrong first; without anybody it is the machine that is asked
        // what it lacks. Where the card is now, its last error knows.
        Error told = making_.personPresent ? error : done.error();
        told.fate = done.error().fate;
        return ending(EndingKind::interrupted, std::move(told));
    }
    TRY(commitFact(bin));
    return behindBin(bin, error);
}

Result<Ending> Runner::behindBin(const PlanRow& bin, const std::optional<Error>& error) {
    switch (making_.order.state) {
        case OrderState::held:
            return ending(EndingKind::held, error);
        case OrderState::staffLook:
            return ending(EndingKind::staffLook, error);
        case OrderState::failed:
            return ending(EndingKind::failed, error);
        case OrderState::missing:
            return ending(EndingKind::missing, goneFromPrinter());
        case OrderState::handedOver:
            return ending(EndingKind::handedOver, std::nullopt);
        default:
            break;
    }
    LIQU_ASSERT(bin.name == rowNames::reject);
    making_.cardGone = false;
    // A refused blank: the next one is tried, as often as the region allows, unless the last ones
    // were all refused for one cause.
    making_.order.cardNumber.clear();
    making_.order.cardIdCode.clear();
    ++making_.blanksTried;
    const bool again =
        making_.personPresent && making_.blanksTried < making_.parts.region.blanksPerOrder;
    if (again) {
        const auto streak = TRY(currentStreak(making_.parts.database));
        if (!streak || !stopsFeeding(*streak, making_.parts.region))
            return runFrom(plan_.row(rowNames::feed));
    }
    return endResumable(nullptr, error.value_or(restartedDuring(bin)));
}

Result<Ending> Runner::endResumable(const PlanRow* failed, const Error& error) {
    making_.card.reset();
    auto transaction = TRY(Transaction::begin(making_.parts.database));
    if (failed != nullptr) {
        TRY(note(transaction, *failed, Phase::failure, errorWords(error)));
        TRY(failed->withFailure(transaction, making_, error));
    }
    // Whose reservation the blank at the station may still carry.
    TRY(making_.parts.orders.update(transaction, making_.order));
    TRY(closeOrder(transaction, making_, OrderState::resumable));
    TRY(transaction.commit());
    return ending(EndingKind::resumable, error);
}

Result<void> Runner::spoilInBooks(Transaction& transaction, const PlanRow& failed,
                                  const Error& error) {
    // What was learnt of the permit must survive a stop on the way to the bin.
    TRY(making_.parts.orders.update(transaction, making_.order));
    TRY(custody::setCondition(transaction, nameInBooks(making_.order), custody::Condition::spoiled,
                              making_.order.orderId, making_.now()));
    province::MakeReport report = makeReport(making_, province::MakeResult::failed);
    report.stage = making_.personPresent ? stageOf(failed.holds) : province::MakeStage::power;
    report.reasonCode = numberOf(error.code);
    report.faceState = making_.faceState;
    return queue(transaction, making_, province::factOf(making_.business, report, 1));
}

// What the chip said before it was refused.
void Runner::takeOverShownNumber() {
    if (!making_.card || !nameInBooks(making_.order).empty()) return;
    making_.order.cardNumber = making_.card->shown().cardNumber;
    making_.order.cardIdCode = making_.card->shown().cardIdCode;
}

// A blank that showed a number of ours is named, one the books miss is found, and one that gets its
// number later is entered; one that showed a number which is used or booked elsewhere, or none, is
// not named: it must not mark another card as refused. Nor does a copy, whose original is in stock.
Result<void> Runner::refuseInBooks(Transaction& transaction, const Error& error) {
    Order& order = making_.order;
    const auto there = TRY(custody::cardsAt(making_.parts.database, Place::chipStation()));
    // A blank that an earlier order left there is known by its name all the same.
    const std::string name = there.size() == 1 ? there.front().cardNumber : nameInBooks(order);
    const auto record = TRY(custody::findCard(making_.parts.database, name));
    const bool isOurs = record && record->condition == nameOf(custody::Condition::blank);
    const bool isCopy = error.code == ErrorCode::chipNotGenuine && there.empty();
    const bool isNew = !record && !name.empty() && making_.parts.chipProfile.assignsNumber();
    if (isCopy) {
        if (record) TRY(custody::noteCopy(transaction, name, occasionOf(making_, "")));
        order.cardNumber.clear();
        order.cardIdCode.clear();
        return {};
    }
    if (isNew) {
        TRY(custody::registerUnnumbered(transaction, name, order.lane, making_.now()));
    } else if (isOurs && record->place == Place::hopper(order.lane)) {
        TRY(custody::identify(transaction, name, order.lane, making_.now()));
    } else if (isOurs && record->place == Place::missing()) {
        TRY(custody::findAtStation(transaction, name,
                                   occasionOf(making_, "found when it was fed")));
    } else if (!isOurs || record->place != Place::chipStation()) {
        order.cardNumber.clear();
        order.cardIdCode.clear();
        return {};
    }
    return custody::setCondition(transaction, name, custody::Condition::refused, order.orderId,
                                 making_.now());
}

Result<void> Runner::noteStuck(const PlanRow& row, const JournalEntry& intent, const Error& error) {
    const std::string words = TRY(steps::stuckWords(making_, row.holds, intent, error));
    if (words.empty()) return {};
    return commitNote(row, Phase::intent, words, [](Transaction&) { return Result<void>(); });
}

Result<Ending> Runner::settle(const PlanRow& row, const JournalEntry& intent) {
    const bool toBin = row.holds == Holds::bin;
    const auto seen = row.observe(making_, intent);
    if (!seen) {
        if (isStorageTrouble(seen.error())) return fail(seen.error());
        // A line or a device that is away now says nothing against the card; a chip that does does.
        if (steps::isLineTrouble(seen.error())) return ending(EndingKind::waiting, seen.error());
        const bool chipIsBad = row.holds == Holds::writtenChip &&
                               row.judge(making_, seen.error()) == Disposition::spoil;
        if (chipIsBad) return follow(row.ending, row, seen.error());
        if (row.holds == Holds::mouth || toBin) TRY(noteStuck(row, intent, seen.error()));
        return ending(EndingKind::interrupted, seen.error());
    }
    if (*seen == Seen::happened) {
        TRY(commitNote(row, Phase::fact, "seen", [&](Transaction& transaction) {
            return row.withFact(transaction, making_);
        }));
        if (auto end = endedBy(row)) return std::move(*end);
        if (toBin) return behindBin(row, std::nullopt);
        return goOnBehind(row);
    }
    if (*seen == Seen::didNotHappen && row.repeatable) {
        intentIsOpen_ = !toBin;
        if (!toBin) return runFrom(row);
        const auto done = row.act(making_);
        if (!done) return ending(EndingKind::interrupted, done.error());
        TRY(commitNote(row, Phase::fact, "", [&](Transaction& transaction) {
            return row.withFact(transaction, making_);
        }));
        return behindBin(row, std::nullopt);
    }
    return follow(row.ending, row, restartedDuring(row));
}

// Nothing is open: what the last fact left behind says how it goes on.
Result<Ending> Runner::goOnBehind(const PlanRow& last) {
    switch (last.holds) {
        case Holds::nothing:
            if (isFeeOpen(last)) return settleUnbegun(plan_.after(last, making_));
            return stoppedBetween();
        case Holds::money:
        case Holds::blank:
        case Holds::guestCard:
        case Holds::bin:
            return stoppedBetween();
        // A permit without a touched chip: the session is gone, and so is the use of the permit.
        case Holds::permit:
            return follow(Disposition::spoil, last, restartedDuring(last));
        case Holds::writtenChip:
        case Holds::face:
        case Holds::card:
        case Holds::mouth:
            break;
    }
    return runFrom(plan_.after(last, making_));
}

// Somebody may have seen the code already.
bool Runner::isFeeOpen(const PlanRow& last) const {
    return making_.fee && payment::isOpen(making_.fee->state) &&
           plan_.after(last, making_).holds == Holds::money;
}

Result<Ending> Runner::settleUnbegun(const PlanRow& row) {
    JournalEntry intent;
    intent.step = row.name;
    intent.detail = TRY(row.intend(making_));
    TRY(commitNote(row, Phase::intent, intent.detail,
                   [&](Transaction& transaction) { return row.withIntent(transaction, making_); }));
    return settle(row, intent);
}

Result<Ending> Runner::stoppedBetween() {
    return endResumable(nullptr, {ErrorCode::machineRestarted, "stopped between two steps"});
}

Result<Ending> Runner::resume(const std::vector<JournalEntry>& entries,
                              const std::optional<JournalEntry>& openIntent) {
    if (!openIntent && entries.empty()) return stoppedBetween();
    const std::string& name = openIntent ? openIntent->step : entries.back().step;
    const PlanRow* row = plan_.find(name);
    if (row == nullptr) return fail(unknownStep(name));
    return openIntent ? settle(*row, *openIntent) : goOnBehind(*row);
}

Result<Ending> Runner::askAgain(const JournalEntry& openIntent) {
    const PlanRow* row = plan_.find(openIntent.step);
    if (row == nullptr) return fail(unknownStep(openIntent.step));
    const auto seen = row->observe(making_, openIntent);
    if (!seen) {
        if (isStorageTrouble(seen.error())) return fail(seen.error());
        return ending(EndingKind::waiting, seen.error());
    }
    intentIsOpen_ = true;
    if (*seen != Seen::happened) return runFrom(*row);
    // It happened. Once more under its key only brings what was said to it; where that does not
    // come now, it has happened all the same.
    const auto said = row->act(making_);
    if (!said && isStorageTrouble(said.error())) return fail(said.error());
    if (!said && isAlarm(said.error().code)) return ending(EndingKind::waiting, said.error());
    TRY(commitNote(*row, Phase::fact, said ? row->factWords(making_) : "seen",
                   [&](Transaction& transaction) { return row->withFact(transaction, making_); }));
    if (auto end = endedBy(*row)) return std::move(*end);
    return goOnBehind(*row);
}

Result<Ending> Runner::giveUpUnverified(const Error& error) {
    return follow(Disposition::spoil, plan_.row(rowNames::readBack), error);
}

}  // namespace liqu::issuance
