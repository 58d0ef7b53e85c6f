#include "firmware/issuance/issuer.hpp"

#include "firmware/base/encoding.hpp"
#include "firmware/chip/name_coding.hpp"
#include "firmware/custody/journal.hpp"
#include "firmware/custody/ledger.hpp"

namespace liqu::issuance {
namespace {

using custody::JournalEntry;
using custody::Phase;
using custody::Place;
using storage::Transaction;

province::Business businessOf(const Order& order) {
    const auto channel =
        order.operatorId.empty() ? province::Channel::selfService : province::Channel::assisted;
    return {order.orderId, order.bankCode, channel, order.operatorId, ""};
}

bool hasFact(const std::vector<JournalEntry>& entries, StepId id) {
    for (const JournalEntry& entry : entries) {
        if (entry.phase == Phase::fact && entry.step == stepOf(id).name) return true;
    }
    return false;
}

// When the card became written without being verified.
std::optional<WallTime> writtenAt(const std::vector<JournalEntry>& entries) {
    for (const JournalEntry& entry : entries) {
        if (entry.step == stepOf(StepId::writeChip).name) return entry.at;
    }
    return std::nullopt;
}

}  // namespace

Result<void> Issuer::checkName(const std::string& name) {
    TRY(chip::nameRecords(PersonalText(name)));
    const std::vector<char32_t> missing = parts_.renderer.missingGlyphs(name);
    if (missing.empty()) return {};
    // How many, never which: a rare character is half a name.
    return fail(ErrorCode::glyphMissing,
                std::to_string(missing.size()) + " characters without a glyph", CardFate::notFed);
}

Result<Ending> Issuer::make(const OrderRequest& request, Watcher& watcher) {
    Making making(parts_, watcher);
    making.application = request.application;
    making.alreadyMarked = request.alreadyMarked;
    Order& order = making.order;
    order.service = request.service;
    order.holderDigest = request.holderDigest;
    order.lane = request.lane;
    order.bankCode = request.bankCode;
    order.operatorId = request.operatorId;
    order.applicationNo = request.applicationNo;
    auto transaction = TRY(Transaction::begin(parts_.database));
    order.orderId = TRY(parts_.orders.nextOrderId(transaction, terminal_, making.now()));
    TRY(parts_.orders.insert(transaction, order, making.now()));
    TRY(transaction.commit());
    making.business = businessOf(order);
    return Runner(making).runFrom(StepId::apply);
}

Result<bool> Issuer::hasOpenOrders() {
    return !TRY(parts_.orders.openOrders()).empty();
}

Result<std::optional<Ending>> Issuer::recover(Watcher& watcher) {
    std::optional<Ending> last;
    for (Order& order : TRY(parts_.orders.openOrders()))
        last = TRY(recoverOne(std::move(order), watcher));
    return last;
}

Result<Ending> Issuer::recoverOne(Order order, Watcher& watcher) {
    const auto entries = TRY(custody::entriesOf(parts_.database, order.orderId));
    const auto intent = TRY(custody::openIntent(parts_.database, order.orderId));
    Making making(parts_, watcher);
    making.order = std::move(order);
    making.personPresent = false;
    making.business = businessOf(making.order);
    if (hasFact(entries, StepId::print)) making.faceState = province::FaceState::full;
    Runner runner(making);
    Ending ending = TRY(runner.resume(entries, intent));
    const auto since = writtenAt(entries);
    const bool tooLong = since && making.now() - *since > parts_.region.unverifiedDeadline;
    if (ending.kind == EndingKind::waiting && tooLong)
        return runner.giveUpUnverified(*ending.error);
    return ending;
}

Result<void> Issuer::checkCardInside() {
    const ports::PrinterStatus status = TRY(parts_.printer.status());
    const bool booked = TRY(custody::balanceOf(parts_.database, Place::chipStation())) == 1;
    const bool inside = status.media != ports::MediaPosition::none;
    if (inside == booked) return {};
    return fail(
        ErrorCode::cardInPrinterUnexplained,
        inside ? "a card the books do not know is inside" : "the blank at the chip station is gone",
        CardFate::unknown);
}

}  // namespace liqu::issuance
