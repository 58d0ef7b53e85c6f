#include "firmware/issuance/issuer.hpp"

#include "firmware/card/person_name.hpp"
#include "firmware/chip/record_coding.hpp"
#include "firmware/custody/journal.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/issuance/person_history.hpp"

namespace liqu::issuance {
namespace {

using custody::JournalEntry;
using custody::Phase;
using custody::Place;
using storage::Transaction;

// Nine of the widest characters a number can have.
constexpr const char* widestCardNumber = "WWWWWWWWW";

province::Business businessOf(const Order& order) {
    const auto channel =
        order.operatorId.empty() ? province::Channel::selfService : province::Channel::assisted;
    return {.bizId = order.orderId,
            .bankCode = order.bankCode,
            .channel = channel,
            .operatorId = order.operatorId};
}

bool hasFact(const std::vector<JournalEntry>& entries, std::string_view row) {
    for (const JournalEntry& entry : entries) {
        if (entry.phase == Phase::fact && entry.step == row) return true;
    }
    return false;
}

void takeOver(Making& making, const OrderRequest& request) {
    making.application = request.application;
    making.holder = request.holder;
    making.subject = request.subject;
    making.alreadyMarked = request.alreadyMarked;
    making.oldCard = request.oldCard;
    making.pin = request.pin;
}

// When the card became written without being verified.
std::optional<WallTime> writtenAt(const std::vector<JournalEntry>& entries) {
    for (const JournalEntry& entry : entries) {
        if (entry.step == rowNames::writeChip) return entry.at;
    }
    return std::nullopt;
}

}  // namespace

Result<void> Issuer::checkHolder(const Holder& holder, const std::string& holderDigest) {
    const WallTime now = parts_.clock.wallTime();
    if (const auto code = TRY(spoiledForDataToday(parts_.database, holderDigest, now)))
        return fail(*code, "a card of this person failed for it today", CardFate::notFed);
    if (card::holdsPinyin(holder.printName.reveal())) {
        return fail(ErrorCode::nameNotPrintable, "the province has no form to print",
                    CardFate::notFed);
    }
    TRY(parts_.renderer.checkText(itemsBefore(holder)));
    card::ChipItems chip;
    chip.socialNumber = holder.socialNumber;
    chip.name = holder.name;
    chip.ethnicCode = holder.ethnicCode;
    chip.birthDate = holder.birthDate;
    TRY(chip::valuesFor(chip));
    return {};
}

// What will stand on the card, as far as it is known before there is one.
card::FaceItems Issuer::itemsBefore(const Holder& holder) const {
    card::FaceItems face;
    face.printName = holder.printName;
    face.socialNumber = holder.socialNumber;
    face.cardNumber = widestCardNumber;
    face.issueDate = formatDate(chinaDate(parts_.clock.wallTime()));
    return face;
}

Result<void> Issuer::checkFace(const Holder& holder, const PersonalBytes& jpeg, int lane) {
    ports::CardFaceRenderer& face = parts_.renderer.ofLane(lane);
    TRY(face.checkText(itemsBefore(holder)));
    return face.checkPortrait(jpeg.reveal());
}

Result<Ending> Issuer::carryOut(const OrderRequest& request, Watcher& watcher) {
    Making making(parts_, watcher);
    takeOver(making, request);
    Order& order = making.order;
    order.service = request.service;
    order.holderDigest = request.holderDigest;
    order.lane = request.lane;
    order.bankCode = request.bankCode;
    order.operatorId = request.operatorId;
    order.applicationNo = request.applicationNo;
    auto transaction = TRY(Transaction::begin(parts_.database));
    order.orderId = TRY(parts_.orders.nextOrderId(transaction, terminal_, making.now()));
    order.policy = parts_.region.edition();
    TRY(parts_.orders.insert(transaction, order, making.now()));
    if (making.oldCard) TRY(expectOldCard(transaction, order.orderId, *making.oldCard));
    TRY(keep(transaction, request.record,
             {.orderId = order.orderId,
              .holderDigest = order.holderDigest,
              .attendant = order.operatorId,
              .policy = order.policy}));
    TRY(transaction.commit());
    making.business = businessOf(order);
    return Runner(making).run();
}

Result<Ending> Issuer::askAgain(const OrderRequest& request, const std::string& orderId,
                                Watcher& watcher) {
    Making making(parts_, watcher);
    const JournalEntry intent = TRY(takeUp(making, request, orderId));
    making.attempt = 2;
    return Runner(making).askAgain(intent);
}

Result<Ending> Issuer::settle(const OrderRequest& request, const std::string& orderId,
                              Watcher& watcher) {
    Making making(parts_, watcher);
    const JournalEntry intent = TRY(takeUp(making, request, orderId));
    return Runner(making).resume({intent}, intent);
}

Result<JournalEntry> Issuer::takeUp(Making& making, const OrderRequest& request,
                                    const std::string& orderId) {
    const auto order = TRY(parts_.orders.find(orderId));
    const auto intent = TRY(custody::openIntent(parts_.database, orderId));
    if (!order || !intent)
        return fail(ErrorCode::storageDamaged, "an order that waits has no open intent");
    takeOver(making, request);
    making.order = *order;
    making.business = businessOf(making.order);
    return *intent;
}

// An order of its own, without a card: its key is known to the province once, whichever way the
// answer goes, and it has its end before anything is asked.
Result<void> Issuer::withdrawMark(const province::Application& application,
                                  std::string_view service, const std::string& holderDigest,
                                  const std::string& operatorId) {
    const WallTime now = parts_.clock.wallTime();
    Order order;
    order.service = service;
    order.holderDigest = holderDigest;
    order.bankCode = application.bankCode;
    order.operatorId = operatorId;
    order.applicationNo = application.applicationNo;
    order.state = OrderState::resumable;
    auto transaction = TRY(Transaction::begin(parts_.database));
    order.orderId = TRY(parts_.orders.nextOrderId(transaction, terminal_, now));
    order.policy = parts_.region.edition();
    TRY(parts_.orders.insert(transaction, order, now));
    TRY(parts_.orders.close(transaction, order, now));
    TRY(transaction.commit());
    const auto answer = TRY(parts_.province.unmark(
        businessOf(order), {application.applicationNo, province::WithdrawReason::person}));
    return bindState(application.applicationNo, province::ApplicationState::created, answer);
}

Result<Issuer::Open> Issuer::whatIsOpen() {
    Open open = Open::nothing;
    for (const Order& order : TRY(parts_.orders.openOrders())) {
        if (TRY(keepsMachine(order))) return Open::keepsMachine;
        open = Open::besideOthers;
    }
    return open;
}

// A row this version does not know may hold anything.
Result<bool> Issuer::keepsMachine(const Order& order) {
    const Plan& plan = parts_.orders.planOf(order);
    for (const JournalEntry& entry : TRY(custody::entriesOf(parts_.database, order.orderId))) {
        const PlanRow* row = plan.find(entry.step);
        if (row == nullptr || issuance::keepsMachine(row->holds)) return true;
    }
    return false;
}

Result<std::optional<Ending>> Issuer::recover(Watcher& watcher) {
    std::optional<Ending> ofMachine;
    std::optional<Ending> ofOthers;
    for (Order& order : TRY(parts_.orders.openOrders())) {
        std::optional<Ending>& last = TRY(keepsMachine(order)) ? ofMachine : ofOthers;
        last = TRY(recoverOne(std::move(order), watcher));
    }
    return ofMachine ? ofMachine : ofOthers;
}

Result<Ending> Issuer::recoverOne(Order order, Watcher& watcher) {
    const auto entries = TRY(custody::entriesOf(parts_.database, order.orderId));
    const auto intent = TRY(custody::openIntent(parts_.database, order.orderId));
    Making making(parts_, watcher);
    making.order = std::move(order);
    making.personPresent = false;
    making.business = businessOf(making.order);
    if (hasFact(entries, rowNames::print)) making.faceState = province::FaceState::full;
    making.oldCard = TRY(oldCardOf(parts_.database, making.order.orderId));
    payment::FeeBook fees(parts_.database);
    making.fee = TRY(fees.openOf(making.order.applicationNo));
    // Of another visit to the same application: that order settles it.
    if (making.fee && making.fee->bizId != making.order.orderId) making.fee.reset();
    Runner runner(making);
    Ending ending = TRY(runner.resume(entries, intent));
    const auto since = writtenAt(entries);
    const bool tooLong = since && making.now() - *since > parts_.region.unverifiedDeadline;
    if (ending.kind == EndingKind::waiting && tooLong)
        return runner.giveUpUnverified(*ending.error);
    return ending;
}

Result<void> Issuer::takeInFromMouth() {
    if (whatIsOpen().value_or(Open::keepsMachine) != Open::keepsMachine) return {};
    if (TRY(parts_.printer.status()).media != ports::MediaPosition::mouth) return {};
    auto back = parts_.printer.takeBack();
    const bool taken = !back && back.error().fate == CardFate::taken;
    return taken ? Result<void>() : back;
}

Result<void> Issuer::checkCardInside() {
    const ports::PrinterStatus status = TRY(parts_.printer.status());
    const bool booked = TRY(custody::balanceOf(parts_.database, Place::chipStation())) == 1;
    const bool inside = status.media != ports::MediaPosition::none;
    if (inside == booked) return {};
    if (inside) {
        return fail(ErrorCode::cardInPrinterUnexplained, "a card the books do not know is inside",
                    CardFate::unknown);
    }
    return fail(ErrorCode::cardGoneFromPrinter, "the blank at the chip station is gone",
                CardFate::unknown);
}

}  // namespace liqu::issuance
