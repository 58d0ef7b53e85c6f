#include "firmware/issuance/runner.hpp"

#include <utility>

#include "firmware/base/assert.hpp"
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/steps.hpp"
#include "firmware/issuance/streak.hpp"

namespace liqu::issuance {
namespace {

using custody::JournalEntry;
using custody::Phase;
using custody::Place;
using storage::Transaction;

province::MakeStage stageOf(StepId id) {
    switch (id) {
        case StepId::personalise:
        case StepId::writeChip:
        case StepId::readBack:
            return province::MakeStage::chip;
        case StepId::print:
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

Error restartedDuring(const Step& step) {
    return {ErrorCode::machineRestarted, "stopped during " + std::string(step.name)};
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

StepId Runner::after(StepId id) const {
    LIQU_ASSERT(id < StepId::present);
    const auto next = static_cast<StepId>(static_cast<std::uint8_t>(id) + 1);
    // Without a person nothing is presented: a finished card goes to the hold bin (decision 4).
    return next == StepId::present && !making_.personPresent ? StepId::hold : next;
}

Ending Runner::ending(EndingKind kind, std::optional<Error> error) const {
    return {kind,
            std::move(error),
            making_.order.orderId,
            making_.order.cardNumber,
            making_.order.pickupCode,
            making_.bankLinkMissing};
}

Result<void> Runner::note(Transaction& transaction, const Step& step, Phase phase,
                          const std::string& detail) {
    return custody::record(transaction, {0, making_.order.orderId, std::string(step.name),
                                         making_.blanksTried + 1, phase, making_.now(), detail});
}

Result<void> Runner::commitNote(const Step& step, Phase phase, const std::string& detail,
                                const Together& together) {
    auto transaction = TRY(Transaction::begin(making_.parts.database));
    TRY(note(transaction, step, phase, detail));
    TRY(together(transaction));
    return transaction.commit();
}

// The outer error is storage's; the inner one is the step's, with nothing about it recorded yet.
Result<std::optional<Error>> Runner::perform(const Step& step) {
    making_.watcher.stepBegins(step.name);
    auto baseline = step.intend(making_);
    if (!baseline) {
        if (isStorageTrouble(baseline.error())) return fail(std::move(baseline).error());
        return std::optional<Error>(std::move(baseline).error());
    }
    // A recovery that tries again and again acts on the intent that is open already.
    if (!std::exchange(intentIsOpen_, false)) {
        TRY(commitNote(step, Phase::intent, *baseline, [&](Transaction& transaction) {
            return step.withIntent(transaction, making_);
        }));
    }
    auto done = step.act(making_);
    if (!done) {
        if (isStorageTrouble(done.error())) return fail(std::move(done).error());
        return std::optional<Error>(std::move(done).error());
    }
    TRY(commitFact(step));
    return std::optional<Error>();
}

// What cannot be written is so all the same: whoever took the card has it.
Result<void> Runner::commitFact(const Step& step) {
    auto written = commitNote(step, Phase::fact, "", [&](Transaction& transaction) {
        return step.withFact(transaction, making_);
    });
    if (!written && making_.presentedTaken) written.error().fate = CardFate::taken;
    return written;
}

Result<Ending> Runner::runFrom(StepId first) {
    for (StepId id = first;; id = after(id)) {
        const Step& step = stepOf(id);
        if (id == StepId::hold) {
            return intoHoldBin(nullptr, {ErrorCode::machineRestarted, "nobody to present it to"});
        }
        if (id == StepId::print &&
            TRY(isOfOlderBooks(making_.parts.database, making_.order.orderId))) {
            return follow(Disposition::staffLook, step,
                          {ErrorCode::booksNotNewest, "it may have its face already"});
        }
        const std::optional<Error> error = TRY(perform(step));
        if (error) return follow(step.judge(making_, *error), step, *error);
        if (id == StepId::present) return ending(EndingKind::handedOver, std::nullopt);
    }
}

Result<Ending> Runner::follow(Disposition disposition, const Step& step, const Error& error) {
    switch (disposition) {
        case Disposition::endResumable:
            return endResumable(&step, error);
        case Disposition::refuseBlank:
            takeOverShownNumber();
            return intoBin(StepId::reject, &step, error, [&](Transaction& transaction) {
                return refuseInBooks(transaction, error);
            });
        case Disposition::spoil:
            return intoBin(StepId::reject, &step, error, [&](Transaction& transaction) {
                return spoilInBooks(transaction, step, error);
            });
        case Disposition::staffLook:
            making_.faceState = province::FaceState::unknown;
            [[fallthrough]];
        case Disposition::holdCard:
            return intoHoldBin(&step, error);
        // Both keep their intent open: recovery settles it, or does it again.
        case Disposition::wait:
            return ending(EndingKind::waiting, error);
        case Disposition::interrupted:
            return ending(EndingKind::interrupted, error);
    }
    return ending(EndingKind::interrupted, error);
}

Result<Ending> Runner::intoHoldBin(const Step* failed, const Error& error) {
    return intoBin(StepId::hold, failed, error, [this](Transaction& transaction) {
        making_.order.pickupCode = makePickupCode(making_.parts.random);
        return making_.parts.orders.update(transaction, making_.order);
    });
}

Result<Ending> Runner::intoBin(StepId bin, const Step* failed, const Error& error,
                               const Together& decision) {
    making_.card.reset();
    const Step& binStep = stepOf(bin);
    TRY(commitNote(binStep, Phase::intent, errorWords(error),
                   [&](Transaction& transaction) -> Result<void> {
                       TRY(decision(transaction));
                       if (failed == nullptr) return {};
                       TRY(note(transaction, *failed, Phase::failure, errorWords(error)));
                       return failed->withFailure(transaction, making_, error);
                   }));
    making_.watcher.stepBegins(binStep.name);
    const auto done = binStep.act(making_);
    if (!done) {
        if (isStorageTrouble(done.error())) return fail(done.error());
        // Who waits is told what went wrong first; without anybody it is the machine that is asked
        // what it lacks. Where the card is now, its last error knows.
        Error told = making_.personPresent ? error : done.error();
        told.fate = done.error().fate;
        return ending(EndingKind::interrupted, std::move(told));
    }
    TRY(commitFact(binStep));
    return behindBin(bin, error);
}

Result<Ending> Runner::behindBin(StepId bin, const std::optional<Error>& error) {
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
    LIQU_ASSERT(bin == StepId::reject);
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
        if (!streak || !stopsFeeding(*streak, making_.parts.region)) return runFrom(StepId::feed);
    }
    return endResumable(nullptr, error.value_or(restartedDuring(stepOf(bin))));
}

Result<Ending> Runner::endResumable(const Step* failed, const Error& error) {
    making_.card.reset();
    auto transaction = TRY(Transaction::begin(making_.parts.database));
    if (failed != nullptr) {
        TRY(note(transaction, *failed, Phase::failure, errorWords(error)));
        TRY(failed->withFailure(transaction, making_, error));
    }
    making_.order.state = OrderState::resumable;
    // Whose reservation the blank at the station may still carry.
    TRY(making_.parts.orders.update(transaction, making_.order));
    TRY(making_.parts.orders.close(transaction, making_.order, making_.now()));
    TRY(transaction.commit());
    return ending(EndingKind::resumable, error);
}

Result<void> Runner::spoilInBooks(Transaction& transaction, const Step& failed,
                                  const Error& error) {
    // What was learnt of the permit must survive a stop on the way to the bin.
    TRY(making_.parts.orders.update(transaction, making_.order));
    TRY(custody::setCondition(transaction, nameInBooks(making_.order), custody::Condition::spoiled,
                              making_.order.orderId, making_.now()));
    province::MakeReport report = makeReport(making_, province::MakeResult::failed);
    report.stage = making_.personPresent ? stageOf(failed.id) : province::MakeStage::power;
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

Result<void> Runner::noteStuck(const Step& step, const JournalEntry& intent, const Error& error) {
    const std::string words = TRY(steps::stuckWords(making_, step.id, intent, error));
    if (words.empty()) return {};
    return commitNote(step, Phase::intent, words, [](Transaction&) { return Result<void>(); });
}

Result<Ending> Runner::settle(const Step& step, const JournalEntry& intent) {
    const auto seen = step.observe(making_, intent);
    if (!seen) {
        if (isStorageTrouble(seen.error())) return fail(seen.error());
        // A line or a device that is away now says nothing against the card; a chip that does does.
        if (steps::isLineTrouble(seen.error())) return ending(EndingKind::waiting, seen.error());
        const bool chipIsBad =
            step.id == StepId::writeChip && step.judge(making_, seen.error()) == Disposition::spoil;
        if (chipIsBad) return follow(step.ending, step, seen.error());
        if (step.id >= StepId::present) TRY(noteStuck(step, intent, seen.error()));
        return ending(EndingKind::interrupted, seen.error());
    }
    if (*seen == Seen::happened) {
        if (step.id == StepId::print) making_.faceState = province::FaceState::full;
        TRY(commitNote(step, Phase::fact, "seen", [&](Transaction& transaction) {
            return step.withFact(transaction, making_);
        }));
        if (step.id == StepId::present) return ending(EndingKind::handedOver, std::nullopt);
        if (step.id >= StepId::hold) return behindBin(step.id, std::nullopt);
        return resume({{0, "", std::string(step.name), 1, Phase::fact, {}, ""}}, std::nullopt);
    }
    if (*seen == Seen::didNotHappen && step.repeatable) {
        intentIsOpen_ = step.id < StepId::hold;
        if (intentIsOpen_) return runFrom(step.id);
        const auto done = step.act(making_);
        if (!done) return ending(EndingKind::interrupted, done.error());
        TRY(commitNote(step, Phase::fact, "", [&](Transaction& transaction) {
            return step.withFact(transaction, making_);
        }));
        return behindBin(step.id, std::nullopt);
    }
    return follow(step.ending, step, restartedDuring(step));
}

Result<Ending> Runner::resume(const std::vector<JournalEntry>& entries,
                              const std::optional<JournalEntry>& openIntent) {
    if (openIntent) {
        const Step* step = stepNamed(openIntent->step);
        if (step == nullptr) return fail(unknownStep(openIntent->step));
        return settle(*step, *openIntent);
    }
    const Step* last = entries.empty() ? nullptr : stepNamed(entries.back().step);
    if (last == nullptr && !entries.empty()) return fail(unknownStep(entries.back().step));
    if (last == nullptr || last->id < StepId::personalise || last->id == StepId::reject) {
        return endResumable(nullptr, {ErrorCode::machineRestarted, "stopped between two steps"});
    }
    // A permit without a touched chip: the session is gone, and so is the use of the permit.
    if (last->id == StepId::personalise)
        return follow(Disposition::spoil, *last, restartedDuring(*last));
    return runFrom(after(last->id));
}

Result<Ending> Runner::giveUpUnverified(const Error& error) {
    return follow(Disposition::spoil, stepOf(StepId::readBack), error);
}

}  // namespace liqu::issuance
