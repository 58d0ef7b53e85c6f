// Steps of the face and the hand-over: print, present, and the two bins.
#include "firmware/custody/ledger.hpp"
#include "firmware/issuance/steps.hpp"

namespace liqu::issuance::steps {
namespace {

using custody::Condition;
using custody::Place;
using storage::Transaction;

// A printer that prints on after a killed process is waited for; a reset would spoil the card.
constexpr Duration idlePatience = std::chrono::seconds{90};

custody::Occasion occasion(const Making& making, std::string reason) {
    return {std::move(reason), making.order.orderId, making.now()};
}

// Where the books say the order's card is.
Result<Place> bookedPlace(Making& making) {
    if (!making.order.cardNumber.empty()) {
        const auto record = TRY(custody::findCard(making.parts.database, making.order.cardNumber));
        if (record && !record->place.name().starts_with("hopper")) return record->place;
    }
    for (const Place& place : {Place::transport(), Place::mouth()}) {
        if (TRY(custody::balanceOf(making.parts.database, place)) == 1) return place;
    }
    return Place::chipStation();
}

Result<void> moveOrdersCard(Transaction& transaction, Making& making, const Place& to, std::string reason) {
    const Place from = TRY(bookedPlace(making));
    if (from == to) return {};
    // The printer holds one card: where the books know its number, it moves under its number, even
    // when this order has not read it (a blank that an earlier order left at the chip station).
    const auto known = TRY(custody::cardsAt(making.parts.database, from));
    if (known.size() == 1) {
        return custody::moveCard(transaction, known.front().cardNumber, from, to, occasion(making, std::move(reason)));
    }
    return custody::moveUnidentified(transaction, from, to, occasion(making, std::move(reason)));
}

province::MakeReport madeReport(const Making& making) {
    province::MakeReport report;
    report.applicationNo = making.order.applicationNo;
    report.permitId = making.order.permitId;
    report.blankId = making.order.cardNumber.empty() ? making.order.cardIdCode : making.order.cardNumber;
    report.faceState = province::FaceState::full;
    report.madeAt = making.now();
    report.readBack = making.order.readBack;
    return report;
}

Result<void> queue(Transaction& transaction, Making& making, const Result<province::Fact>& fact) {
    if (!fact) return fail(fact.error());
    TRY(making.parts.outbox.enqueue(transaction, *fact));
    return {};
}

Result<void> queueHandover(Transaction& transaction, Making& making, province::HandoverOutcome outcome) {
    province::Handover handover;
    handover.applicationNo = making.order.applicationNo;
    handover.cardNumber = making.order.cardNumber;
    handover.outcome = outcome;
    handover.at = making.now();
    handover.pickupCode = making.order.pickupCode;
    return queue(transaction, making, province::factOf(making.business, handover, 1));
}

}  // namespace

Result<std::string> printBaseline(Making& making) {
    if (!making.preparedFace) {
        const ports::CardFace face = TRY(making.parts.renderer.render(*making.order.face));
        making.preparedFace = TRY(making.parts.printer.prepare(face));
    }
    const ports::PrintCounters counters = TRY(making.parts.printer.counters());
    std::string words = "panels=" + std::to_string(counters.panelsPrinted);
    if (counters.ribbonRemaining) words += " ribbon=" + std::to_string(*counters.ribbonRemaining);
    return words;
}

Result<void> print(Making& making) {
    const auto before = making.parts.printer.counters();
    auto done = making.parts.printer.print(*making.preparedFace, [&making](ports::PrintProgress panel) {
        making.watcher.printing(panel);
    });
    if (done) {
        making.faceState = province::FaceState::full;
        return done;
    }
    const auto after = making.parts.printer.counters();
    const bool untouchedFace = before && after && before->panelsPrinted == after->panelsPrinted;
    making.faceState = !before || !after ? province::FaceState::unknown
                       : untouchedFace   ? province::FaceState::none
                                         : province::FaceState::partial;
    return done;
}

Result<void> printed(Transaction& transaction, Making& making) {
    TRY(custody::setCondition(transaction, making.order.cardNumber, Condition::finished,
                              making.order.orderId, making.now()));
    TRY(moveOrdersCard(transaction, making, Place::transport(), "printed"));
    TRY(queue(transaction, making, province::factOf(making.business, madeReport(making), 1)));
    province::Enabling enabling;
    enabling.applicationNo = making.order.applicationNo;
    enabling.cardNumber = making.order.cardNumber;
    enabling.socialNumber = making.order.chip->socialNumber;
    enabling.name = making.order.chip->name;
    return queue(transaction, making, province::factOf(making.business, enabling, making.now()));
}

Disposition judgePrint(const Making&, const Error& error) {
    // What may be a whole face is settled by the counters, once the printer is idle (rulings 3).
    const bool inDoubt = error.code == ErrorCode::printInDoubt || error.code == ErrorCode::printerBusy;
    return inDoubt || isDeviceLost(error) ? Disposition::interrupted : Disposition::spoil;
}

Result<Seen> observePrint(Making& making, const custody::JournalEntry& intent) {
    const Instant until = making.parts.clock.now() + idlePatience;
    while (!TRY(making.parts.printer.idle())) {
        if (making.parts.clock.now() >= until) return fail(ErrorCode::printerBusy, "still printing");
        making.parts.clock.sleepFor(std::chrono::milliseconds{500});
    }
    const ports::PrintCounters counters = TRY(making.parts.printer.counters());
    const auto before = custody::detailNumber(intent.detail, "panels");
    if (!before) return Seen::inDoubt;
    const std::int64_t panels = std::int64_t{counters.panelsPrinted} - *before;
    return panels == ports::panelsOfOneFace ? Seen::happened
           : panels == 0                    ? Seen::didNotHappen
                                            : Seen::inDoubt;
}

// Booked at once: a card that then is gone from inside was not taken at the mouth.
Result<void> bookBackInside(Making& making) {
    auto transaction = TRY(Transaction::begin(making.parts.database));
    TRY(moveOrdersCard(transaction, making, Place::transport(), "taken back"));
    return transaction.commit();
}

Result<void> present(Making& making) {
    making.presentedTaken = false;
    std::optional<Error> bookError;
    const auto atMouth = [&] {
        // The place is booked when the sensor says so, not when the hand is seen.
        auto booked = [&]() -> Result<void> {
            auto transaction = TRY(storage::Transaction::begin(making.parts.database));
            TRY(moveOrdersCard(transaction, making, Place::mouth(), "presented"));
            return transaction.commit();
        }();
        if (!booked) bookError = std::move(booked).error();
        making.watcher.cardAtMouth();
    };
    const auto outcome = making.parts.printer.present(
        atMouth, [&making] { return making.watcher.takeUntil(); }, making.watcher.stop());
    if (bookError) return fail(std::move(*bookError));
    // Told to stop while a hand was already taking it: taken is taken.
    const bool takenAllTheSame = !outcome && outcome.error().fate == CardFate::taken;
    if (!outcome && !takenAllTheSame) return fail(outcome.error());
    if (outcome && *outcome == ports::PresentOutcome::notTaken) {
        const auto back = making.parts.printer.takeBack();
        // A hand was quicker than the motor: taken is taken.
        if (!back && back.error().fate != CardFate::taken) return back;
        if (back) {
            TRY(bookBackInside(making));
            return fail(ErrorCode::cardNotTaken, "nobody took the card", CardFate::inTransport);
        }
    }
    making.presentedTaken = true;
    return {};
}

Result<void> handedOver(Transaction& transaction, Making& making) {
    TRY(moveOrdersCard(transaction, making, Place::holder(), "taken"));
    TRY(queueHandover(transaction, making, province::HandoverOutcome::taken));
    making.order.state = OrderState::handedOver;
    return making.parts.orders.close(transaction, making.order, making.now());
}

Disposition judgePresent(const Making&, const Error& error) {
    const bool stopping = error.code == ErrorCode::kioskStopping;
    const bool lost = isDeviceLost(error) || (error.fate && *error.fate == CardFate::unknown);
    return lost && !stopping ? Disposition::interrupted : Disposition::holdCard;
}

Result<Seen> observePresent(Making& making, const custody::JournalEntry&) {
    const ports::PrinterStatus status = TRY(making.parts.printer.status());
    if (status.media == ports::MediaPosition::unknown) {
        return fail(ErrorCode::printerSilent, "the printer cannot say where the card is");
    }
    return status.media == ports::MediaPosition::none ? Seen::happened : Seen::didNotHappen;
}

Result<void> discard(Making& making) {
    if (making.card) making.card.reset();
    const ports::PrinterStatus status = TRY(making.parts.printer.status());
    if (status.media == ports::MediaPosition::none) return {};
    if (status.media == ports::MediaPosition::mouth) {
        TRY(making.parts.printer.takeBack());
        TRY(bookBackInside(making));
    }
    auto done = making.parts.printer.discard();
    if (done || isDeviceLost(done.error()) || done.error().code == ErrorCode::rejectBinFull) return done;
    // A printer that still prints must not be reset: it would spoil what may be a good card.
    if (!TRY(making.parts.printer.idle())) return done;
    // A jam often gives way to a reset; once, not for ever.
    TRY(making.parts.printer.reset());
    return making.parts.printer.discard();
}

Result<void> held(Transaction& transaction, Making& making) {
    TRY(moveOrdersCard(transaction, making, Place::holdBin(), "held"));
    const bool finished = making.faceState == province::FaceState::full;
    making.order.state = finished ? OrderState::held : OrderState::staffLook;
    if (finished) TRY(queueHandover(transaction, making, province::HandoverOutcome::retainedTimeout));
    return making.parts.orders.close(transaction, making.order, making.now());
}

Result<void> rejected(Transaction& transaction, Making& making) {
    TRY(moveOrdersCard(transaction, making, Place::rejectBin(), "rejected"));
    // Refused blanks leave the order open: another one may be tried.
    if (making.order.permitId.empty() && !making.permitInDoubt) return {};
    making.order.state = OrderState::failed;
    return making.parts.orders.close(transaction, making.order, making.now());
}

Disposition judgeDiscard(const Making&, const Error&) { return Disposition::interrupted; }

Result<Seen> observeDiscard(Making& making, const custody::JournalEntry&) {
    const ports::PrinterStatus status = TRY(making.parts.printer.status());
    if (status.media == ports::MediaPosition::unknown) {
        return fail(ErrorCode::printerSilent, "the printer cannot say where the card is");
    }
    return status.media == ports::MediaPosition::none ? Seen::happened : Seen::didNotHappen;
}

}  // namespace liqu::issuance::steps
