// Steps that end with the card somewhere for good: present, hold, reject.
//
// A printer that is empty can mean three things, and the books tell them apart: the card was at the
// mouth, so a hand took it; a motion of ours was under way, so it arrived; or neither, and then
// somebody took it out through the cover: it is missing.
#include "firmware/issuance/handover_book.hpp"
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/slips.hpp"
#include "firmware/issuance/steps.hpp"

namespace liqu::issuance::steps {
namespace {

using custody::Place;
using ports::MediaPosition;
using storage::Transaction;

bool wasTaken(const Result<void>& outcome) {
    return !outcome && outcome.error().fate == CardFate::taken;
}

Result<void> book(Making& making, const Place& place, std::string reason) {
    auto transaction = TRY(Transaction::begin(making.parts.database));
    TRY(moveOrdersCard(transaction, making, place, std::move(reason)));
    return transaction.commit();
}

// Booked at once: a card that then is gone from inside was not taken at the mouth.
Result<void> takeBackInside(Making& making) {
    auto back = making.parts.printer.takeBack();
    if (!back) return back;
    return book(making, Place::transport(), "taken back");
}

Result<void> noteEmptyPrinter(Making& making) {
    const bool atMouth = TRY(bookedPlace(making)) == Place::mouth();
    making.presentedTaken = atMouth && !making.cardGone;
    making.cardGone = !making.presentedTaken;
    return {};
}

// Nobody can look at its face any more: it is spoiled wherever it is.
Result<void> giveUpUnseen(Transaction& transaction, Making& making) {
    TRY(custody::setCondition(transaction, nameInBooks(making.order), custody::Condition::spoiled,
                              making.order.orderId, making.now()));
    province::MakeReport report = makeReport(making, province::MakeResult::failed);
    report.stage = province::MakeStage::print;
    report.reasonCode = numberOf(ErrorCode::cardGoneFromPrinter);
    report.faceState = making.faceState;
    return queue(transaction, making, province::factOf(making.business, report, 1));
}

// Presented right before a stop, and not booked: gone hereafter, it was taken and not binned.
Result<void> bookAtMouth(Making& making) {
    if (TRY(bookedPlace(making)) == Place::mouth()) return {};
    return book(making, Place::mouth(), "seen at the mouth");
}

// Where the machine can still be asked: is the printer empty, once it has come to rest?
Result<bool> isEmpty(Making& making) {
    const auto atRest = waitUntilIdle(making);
    const ports::PrinterStatus status = TRY(making.parts.printer.status());
    if (status.media == MediaPosition::unknown) {
        return fail(ErrorCode::printerSilent, "the printer cannot say where the card is");
    }
    if (status.media == MediaPosition::mouth) TRY(bookAtMouth(making));
    // A card that is stuck inside may never come to rest; before it is pulled out, it was seen
    // here.
    if (status.media != MediaPosition::none) return false;
    TRY(atRest);
    return true;
}

// Said by `stuckWords` in the journal.
bool wasStuck(const custody::JournalEntry& intent) {
    return custody::detailNumber(intent.detail, "stuck").has_value();
}

// Its line of the ledger. A recovery does not know by which document its holder came.
Result<void> noteTaken(Transaction& transaction, const Making& making) {
    const bool read = making.personPresent && !making.holder.socialNumber.empty();
    HandoverLine line{.at = making.now(),
                      .cardNumber = making.order.cardNumber,
                      .orderId = making.order.orderId,
                      .outlet = making.parts.outbox.terminal().outletCode};
    if (read) line.document = nameOf(making.application.documentKind);
    line.people.operatorId = making.order.operatorId;
    return noteHandover(transaction, making.parts.orders.sealer(), line,
                        PersonalText(making.order.holderDigest), making.parts.region.keptRecords);
}

}  // namespace

Result<void> present(Making& making) {
    making.presentedTaken = false;
    std::optional<Error> bookError;
    const auto atMouth = [&] {
        // The place is booked when the sensor says so, not when the hand is seen.
        if (auto booked = book(making, Place::mouth(), "presented"); !booked) {
            bookError = std::move(booked).error();
        }
        making.watcher.cardAtMouth();
    };
    const auto patience = [&] {
        return bookError ? making.parts.clock.now() : making.watcher.takeUntil();
    };
    const auto outcome = making.parts.printer.present(atMouth, patience, making.watcher.stop());
    // Told to stop while a hand was already taking it: taken is taken.
    making.presentedTaken = outcome ? *outcome == ports::PresentOutcome::taken
                                    : outcome.error().fate == CardFate::taken;
    if (!outcome && !making.presentedTaken) {
        return fail(bookError ? *bookError : outcome.error());
    }
    if (!making.presentedTaken) {
        // What the books could not take in must not be left where anybody may take it.
        auto back = bookError ? making.parts.printer.takeBack() : takeBackInside(making);
        making.presentedTaken = wasTaken(back);
        if (!back && !making.presentedTaken) return back;
    }
    if (bookError && making.presentedTaken) bookError->fate = CardFate::taken;
    if (bookError) return fail(std::move(*bookError));
    if (making.presentedTaken) return {};
    return fail(ErrorCode::cardNotTaken, "nobody took the card", CardFate::inTransport);
}

Result<void> handedOver(Transaction& transaction, Making& making) {
    making.order.pickupCode.clear();
    TRY(moveOrdersCard(transaction, making, Place::holder(), "taken"));
    TRY(queueHandover(transaction, making, province::HandoverOutcome::taken));
    TRY(noteTaken(transaction, making));
    return closeOrder(transaction, making, OrderState::handedOver);
}

Disposition judgePresent(const Making&, const Error& error) {
    // The way into the hold bin finds out whether it is gone from the mouth or from inside.
    if (error.code == ErrorCode::cardGoneFromPrinter) return Disposition::holdCard;
    const bool stopping = error.code == ErrorCode::kioskStopping;
    const bool lost = isDeviceLost(error) || (error.fate && *error.fate == CardFate::unknown);
    return lost && !stopping ? Disposition::interrupted : Disposition::holdCard;
}

Result<Seen> observePresent(Making& making, const custody::JournalEntry& intent) {
    if (!TRY(isEmpty(making))) return Seen::didNotHappen;
    making.cardGone = wasStuck(intent);
    return making.cardGone ? Seen::inDoubt : Seen::happened;
}

namespace {

bool isBinFull(const Error& error) {
    return error.code == ErrorCode::rejectBinFull || error.code == ErrorCode::holdBinFull;
}

Result<void> discard(Making& making, ports::Bin bin) {
    making.card.reset();
    const ports::PrinterStatus status = TRY(making.parts.printer.status());
    if (status.media == MediaPosition::none) return noteEmptyPrinter(making);
    if (status.media == MediaPosition::mouth) {
        TRY(bookAtMouth(making));
        auto back = takeBackInside(making);
        making.presentedTaken = wasTaken(back);
        if (!back) return making.presentedTaken ? Result<void>() : back;
    } else if (TRY(bookedPlace(making)) == Place::mouth()) {
        // Taken back before a stop, and not booked: empty hereafter, it would count as taken.
        TRY(book(making, Place::transport(), "taken back"));
    }
    auto done = making.parts.printer.discard(bin);
    if (done || isDeviceLost(done.error()) || isBinFull(done.error())) return done;
    // A printer that still prints must not be reset: it would spoil what may be a good card.
    if (!TRY(making.parts.printer.idle())) return done;
    // A jam often gives way to a reset; once, not for ever.
    TRY(making.parts.printer.reset());
    return making.parts.printer.discard(bin);
}

}  // namespace

Result<void> retain(Making& making) {
    return discard(making, ports::Bin::retain);
}
Result<void> reject(Making& making) {
    return discard(making, ports::Bin::reject);
}

Result<void> held(Transaction& transaction, Making& making) {
    if (making.presentedTaken) return handedOver(transaction, making);
    if (making.cardGone) {
        TRY(moveOrdersCard(transaction, making, Place::missing(),
                           std::string(custody::goneReason)));
        if (making.faceState == province::FaceState::full) {
            return closeOrder(transaction, making, OrderState::missing);
        }
        TRY(giveUpUnseen(transaction, making));
        return closeOrder(transaction, making, OrderState::failed);
    }
    TRY(moveOrdersCard(transaction, making, Place::holdBin(), "held"));
    if (making.faceState != province::FaceState::full) {
        return closeOrder(transaction, making, OrderState::staffLook);
    }
    TRY(queueHandover(transaction, making, province::HandoverOutcome::retainedTimeout));
    return closeOrder(transaction, making, OrderState::held);
}

Result<void> rejected(Transaction& transaction, Making& making) {
    const Place from = TRY(bookedPlace(making));
    const auto there = TRY(custody::cardsAt(making.parts.database, from));
    const bool spoiled =
        there.size() == 1 && there.front().condition == nameOf(custody::Condition::spoiled);
    if (making.cardGone) {
        TRY(moveOrdersCard(transaction, making, Place::missing(),
                           std::string(custody::goneReason)));
    } else {
        TRY(moveOrdersCard(transaction, making, Place::rejectBin(), "rejected"));
    }
    // Refused blanks leave the order open: another one may be tried.
    return spoiled ? closeOrder(transaction, making, OrderState::failed) : Result<void>();
}

// A printer that is stuck and says nothing waits for hands. Once they have been there an empty
// printer does not show any more that a person took the card from the mouth.
Result<std::string> stuckWords(Making& making, Holds holds, const custody::JournalEntry& intent,
                               const Error& error) {
    const bool stuck = error.code == ErrorCode::printerBusy || error.code == ErrorCode::cardJammed;
    if (!stuck || wasStuck(intent)) return std::string();
    const bool mayBeAtMouth = holds == Holds::mouth || TRY(bookedPlace(making)) == Place::mouth();
    return mayBeAtMouth ? intent.detail + (intent.detail.empty() ? "" : " ") + "stuck=1"
                        : std::string();
}

Disposition judgeDiscard(const Making&, const Error&) {
    return Disposition::interrupted;
}

Result<Seen> observeDiscard(Making& making, const custody::JournalEntry& intent) {
    if (!TRY(isEmpty(making))) return Seen::didNotHappen;
    making.cardGone = wasStuck(intent);
    if (making.cardGone) return Seen::happened;
    // Before any motion into the bin a card at the mouth is booked back inside.
    making.presentedTaken = TRY(bookedPlace(making)) == Place::mouth();
    return Seen::happened;
}

}  // namespace liqu::issuance::steps
