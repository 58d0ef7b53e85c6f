// The fee of an application: quoted by the province, collected by the service of the site, and
// booked by what that service answers to our own number, by nothing else. An order that may still
// be paid is never left for another one (hardware-notes/payment.md, "What proves a payment").
#include <algorithm>

#include "firmware/issuance/fee_care.hpp"
#include "firmware/issuance/slips.hpp"
#include "firmware/issuance/steps.hpp"

namespace liqu::issuance::steps {
namespace {

using payment::FeeBook;
using payment::FeeOrder;
using payment::FeeState;
using ports::Paying;
using std::chrono::seconds;
using storage::Transaction;

constexpr Duration firstLook = seconds{2};
constexpr Duration rhythm = seconds{3};
constexpr Duration slowestRhythm = seconds{10};
// So long somebody waits to hear whether it was paid in the last moment.
constexpr Duration lastAnswerPatience = seconds{30};
// An order may come to be seen a little after it was made.
constexpr Duration unseenPatience = seconds{10};
// The service takes nothing any more by itself, should this machine be gone by then.
constexpr seconds lifeBeyondScreen{120};

FeeBook bookOf(Making& making) {
    return FeeBook(making.parts.database);
}

void pause(Making& making, Duration duration) {
    const Instant until = making.parts.clock.now() + duration;
    while (making.parts.clock.now() < until && !making.watcher.stop().stop_requested())
        making.watcher.waitALittle();
}

bool isStorageTrouble(const Error& error) {
    return areaOf(error.code) == ErrorArea::storage;
}

// What the service says of the order. A payment is kept with it; one that is not what was asked for
// is an error.
Result<Paying> ask(Making& making, FeeOrder& order) {
    ports::PaymentState state = TRY(making.parts.payments->query(order.orderNo));
    const bool goesBack = state.paying == Paying::refunding || state.paying == Paying::refunded;
    if (state.paying != Paying::paid && !goesBack) return state.paying;
    order.payment = {state.amount, std::move(state.serial), std::move(state.channel),
                     std::move(state.paidAt)};
    if (goesBack) return fail(ErrorCode::paymentAmountDiffers, "the money goes back already");
    if (order.payment.amount != order.amount) {
        return fail(ErrorCode::paymentAmountDiffers,
                    "asked for " + order.amount.yuan() + ", came " + order.payment.amount.yuan());
    }
    return Paying::paid;
}

Result<void> commitMove(Making& making, FeeOrder& order, FeeState to) {
    auto transaction = TRY(Transaction::begin(making.parts.database));
    TRY(bookOf(making).move(transaction, order, to, making.now()));
    return transaction.commit();
}
Result<void> commitPayment(Making& making, FeeOrder& order) {
    auto transaction = TRY(Transaction::begin(making.parts.database));
    TRY(bookFeePayment(transaction, making.parts, making.business, order, slipFieldsOf(making)));
    return transaction.commit();
}

// Nobody is to pay any more. Good: somebody had; feeNotPaid: proven that nobody did; any other
// error: it is still open.
Result<void> endPayment(Making& making, FeeOrder& order, Duration patience) {
    making.watcher.paymentIsChecked();
    const bool wasEnding = order.state == FeeState::closing;
    if (!wasEnding) TRY(commitMove(making, order, FeeState::closing));
    const Instant begun = making.parts.clock.now();
    std::optional<Instant> unseenSince;
    while (true) {
        // Whatever is answered here proves nothing; the question afterwards does.
        const auto closed = making.parts.payments->close(order.orderNo);
        const auto told = ask(making, order);
        const Instant now = making.parts.clock.now();
        if (told && *told == Paying::paid) return {};
        if (told && *told == Paying::closed) return fail(ErrorCode::feeNotPaid, "it is closed");
        if (told && *told == Paying::notFound) {
            const bool longUnseen = unseenSince && now - *unseenSince >= unseenPatience;
            if (closed && (longUnseen || wasEnding))
                return fail(ErrorCode::feeNotPaid, "the service never had it");
            if (!unseenSince) unseenSince = now;
        }
        if (!told && (isStorageTrouble(told.error()) ||
                      told.error().code == ErrorCode::paymentAmountDiffers))
            return fail(told.error());
        if (now - begun >= patience || making.watcher.stop().stop_requested()) {
            const std::string why = told ? "it is neither paid nor closed" : told.error().cause;
            return fail(ErrorCode::paymentUnclear, why);
        }
        pause(making, rhythm);
    }
}

Result<void> hold(Making& making, FeeOrder& order, const Error& why) {
    TRY(commitMove(making, order, FeeState::held));
    return fail(why);
}

// An order of an earlier visit to the same application: open still, or closed, and money may have
// come for it since. True: it is paid.
Result<bool> wasPaid(Making& making, FeeOrder& order) {
    const bool open = payment::isOpen(order.state);
    if (!open && order.state != FeeState::closed) return false;
    Result<void> paid;
    if (open) {
        paid = endPayment(making, order, lastAnswerPatience);
    } else if (const auto told = ask(making, order); !told) {
        paid = fail(told.error());
    } else if (*told != Paying::paid) {
        return false;
    }
    if (!paid && paid.error().code == ErrorCode::paymentAmountDiffers)
        TRY(hold(making, order, paid.error()));
    if (!paid && paid.error().code == ErrorCode::feeNotPaid) {
        TRY(commitMove(making, order, FeeState::closed));
        return false;
    }
    TRY(std::move(paid));
    TRY(commitPayment(making, order));
    return true;
}

Result<bool> wasPaidBefore(Making& making) {
    for (FeeOrder& order : TRY(bookOf(making).ofApplication(making.order.applicationNo))) {
        if (TRY(wasPaid(making, order))) return true;
    }
    return false;
}

Result<FeeOrder> newOrder(Making& making, const province::FeeQuote& quote) {
    FeeOrder order;
    order.applicationNo = making.order.applicationNo;
    order.attempt = TRY(bookOf(making).nextAttempt(order.applicationNo));
    order.orderNo = payment::feeOrderNo(making.parts.adapter.terminal().terminalId,
                                        order.applicationNo, order.attempt);
    order.bizId = making.order.orderId;
    order.amount = quote.amount;
    order.basis = quote.basis;
    order.openedAt = making.now();
    return order;
}

}  // namespace

// What is open is closed and asked about; what was closed may have been paid since.
Result<void> closeFee(Making& making) {
    FeeBook book = bookOf(making);
    const std::string& application = making.order.applicationNo;
    if (TRY(book.paidOf(application))) return fail(ErrorCode::tooLateToWithdraw, "the fee is paid");
    if (TRY(book.isHeld(application)))
        return fail(ErrorCode::paymentAmountDiffers, "people have not decided yet");
    if (TRY(book.ofApplication(application)).empty()) return {};
    if (making.parts.payments == nullptr)
        return fail(ErrorCode::paymentUnreachable, "nothing here collects fees any more");
    if (TRY(wasPaidBefore(making)))
        return fail(ErrorCode::tooLateToWithdraw, "the fee was paid meanwhile");
    return {};
}

Result<void> quoteFee(Making& making) {
    making.fee.reset();
    FeeBook book = bookOf(making);
    const std::string& application = making.order.applicationNo;
    if (TRY(book.paidOf(application))) return {};
    if (TRY(book.isHeld(application)))
        return fail(ErrorCode::paymentAmountDiffers, "people have not decided yet");
    if (!making.parts.province.can(province::MessageType::feeQuote)) return {};
    const auto quote = TRY(making.parts.province.feeQuote(
        making.business, {application, making.holder.socialNumber, making.application.kind}));
    making.feeQuoted = quote.paid ? "paid" : "fen=" + std::to_string(quote.amount.fen());
    making.feeQuoted +=
        (quote.exemption.empty() ? "" : " exempt=" + quote.exemption) + " basis=" + quote.basis;
    if (quote.paid) return {};
    if (quote.amount.isNothing()) {
        making.watcher.feeIsFree(quote);
        return {};
    }
    // What is for nothing by its kind is never charged here: people look at it.
    const bool collects = making.parts.payments != nullptr &&
                          making.application.kind != province::ApplicationKind::warranty;
    if (!collects) return fail(ErrorCode::feeDue, "a fee is due, and nothing here collects it");
    if (TRY(wasPaidBefore(making))) return {};
    if (!making.watcher.agreesToPay(quote))
        return fail(ErrorCode::feeNotPaid, "the person does not pay it now");
    making.fee = TRY(newOrder(making, quote));
    return {};
}

std::string feeQuoteWords(const Making& making) {
    return making.feeQuoted;
}

bool isFeeToOrder(const Making& making) {
    return making.fee && making.fee->state == FeeState::opening;
}

bool isFeeOpen(const Making& making) {
    return making.fee && payment::isOpen(making.fee->state);
}

Result<std::string> feeOrderWords(Making& making) {
    return making.fee->orderNo;
}

Result<void> feeIsOpening(Transaction& transaction, Making& making) {
    return bookOf(making).insert(transaction, *making.fee);
}

// The same number again is the same order.
Result<void> orderFee(Making& making) {
    const ports::PaymentRequest request{
        .orderNo = making.fee->orderNo,
        .amount = making.fee->amount,
        .subject = "社会保障卡工本费",
        .life = std::chrono::ceil<seconds>(making.parts.region.fee.patience) + lifeBeyondScreen};
    auto opened = making.parts.payments->open(request);
    const bool unclear = !opened && opened.error().code == ErrorCode::paymentUnclear;
    if (unclear) {
        const Error first = opened.error();
        opened = making.parts.payments->open(request);
        // What the first one did is open, whatever kept the second from being sent.
        if (!opened) return fail(first);
    }
    if (!opened) return fail(opened.error());
    // Paid meanwhile: there is nothing to show.
    making.feeQr = opened->alreadyPaid ? std::string() : std::move(opened->qrText);
    return {};
}

// Asked after a stop it may be paid already.
Result<void> feeOpened(Transaction& transaction, Making& making) {
    if (!making.fee->payment.serial.empty()) return feePaid(transaction, making);
    return bookOf(making).move(transaction, *making.fee, FeeState::open, making.now());
}

Disposition judgeFeeOrder(const Making&, const Error& error) {
    const bool nothing =
        error.code == ErrorCode::paymentUnreachable || error.code == ErrorCode::paymentRefused;
    return nothing ? Disposition::endResumable : Disposition::wait;
}

Result<void> awaitPayment(Making& making) {
    FeeOrder& order = *making.fee;
    const Instant begun = making.parts.clock.now();
    const FeeToPay shown{.amount = order.amount,
                         .orderNo = order.orderNo,
                         .qrText = making.feeQr,
                         .until = begun + making.parts.region.fee.patience};
    Duration next = rhythm;
    Instant look = begun + firstLook;
    while (!shown.qrText.empty() && making.watcher.waitsForPayment(shown, look)) {
        const auto told = ask(making, order);
        if (told && *told == Paying::paid) {
            making.watcher.paymentArrived(order.amount);
            return {};
        }
        if (told && *told == Paying::closed) return fail(ErrorCode::feeNotPaid, "it is closed");
        if (!told && told.error().code == ErrorCode::paymentAmountDiffers)
            return fail(told.error());
        next = told ? rhythm : std::min(next * 2, slowestRhythm);
        look = making.parts.clock.now() + next;
    }
    TRY(endPayment(making, order, lastAnswerPatience));
    making.watcher.paymentArrived(order.amount);
    return {};
}

Result<void> feePaid(Transaction& transaction, Making& making) {
    if (!payment::isOpen(making.fee->state)) return {};
    return bookFeePayment(transaction, making.parts, making.business, *making.fee,
                          slipFieldsOf(making));
}

// Proven: nobody paid; or what came is for people to decide.
Result<void> feeNotTaken(Transaction& transaction, Making& making, const Error& error) {
    if (!making.fee || !payment::isOpen(making.fee->state)) return {};
    const bool differs = error.code == ErrorCode::paymentAmountDiffers;
    FeeBook book = bookOf(making);
    if (!differs && making.fee->state == FeeState::open)
        TRY(book.move(transaction, *making.fee, FeeState::closing, making.now()));
    return book.move(transaction, *making.fee, differs ? FeeState::held : FeeState::closed,
                     making.now());
}

Disposition judgePayment(const Making&, const Error& error) {
    const bool settled =
        error.code == ErrorCode::feeNotPaid || error.code == ErrorCode::paymentAmountDiffers;
    return settled ? Disposition::endResumable : Disposition::wait;
}

// Asked by its own number before anything else is done about it.
Result<Seen> observeFee(Making& making, const custody::JournalEntry& intent) {
    making.fee = TRY(bookOf(making).find(intent.detail));
    if (!making.fee) return fail(ErrorCode::storageDamaged, "an order for money is in no book");
    FeeOrder& order = *making.fee;
    if (order.state == FeeState::paid) return Seen::happened;
    if (!payment::isOpen(order.state)) return Seen::didNotHappen;
    if (making.parts.payments == nullptr)
        return fail(ErrorCode::paymentUnreachable, "nothing here collects fees any more");
    // Where it does not answer, nobody waits for more than this one question.
    const auto told = ask(making, order);
    Result<void> paid;
    if (!told) paid = fail(told.error());
    if (told && *told != Paying::paid) paid = endPayment(making, order, Duration{});
    if (paid) return Seen::happened;
    if (paid.error().code == ErrorCode::feeNotPaid) return Seen::didNotHappen;
    if (paid.error().code != ErrorCode::paymentAmountDiffers) return fail(paid.error());
    TRY(commitMove(making, order, FeeState::held));
    return Seen::didNotHappen;
}

}  // namespace liqu::issuance::steps
