// The step of the face: print, and what recovery can tell of it (decision 3).
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/steps.hpp"

namespace liqu::issuance::steps {
namespace {

province::FaceState faceAfterFailure(const Result<ports::PrintCounters>& before,
                                     const Result<ports::PrintCounters>& after) {
    if (!before || !after || !before->panelsPrinted || !after->panelsPrinted)
        return province::FaceState::unknown;
    if (*before->panelsPrinted != *after->panelsPrinted) return province::FaceState::partial;
    // A panel that was cut short is not counted, but its ribbon set is gone.
    if (!before->ribbonRemaining || !after->ribbonRemaining) return province::FaceState::unknown;
    const bool untouched = *before->ribbonRemaining == *after->ribbonRemaining;
    return untouched ? province::FaceState::none : province::FaceState::partial;
}

}  // namespace

Result<void> prepareFace(Making& making) {
    auto& renderer = making.parts.renderer.ofLane(making.order.lane);
    const ports::CardFace face = TRY(renderer.render(*making.order.face));
    making.preparedFace = TRY(making.parts.printer.prepare(face));
    return {};
}

Result<std::string> printBaseline(Making& making) {
    if (!making.preparedFace) TRY(prepareFace(making));
    const ports::PrintCounters counters = TRY(making.parts.printer.counters());
    std::string words = "face=" + std::to_string(making.preparedFace->panels());
    if (counters.panelsPrinted) words += " panels=" + std::to_string(*counters.panelsPrinted);
    if (counters.ribbonRemaining) words += " ribbon=" + std::to_string(*counters.ribbonRemaining);
    return words;
}

Result<void> print(Making& making) {
    const auto before = making.parts.printer.counters();
    auto done = making.parts.printer.print(
        *making.preparedFace,
        [&making](ports::PrintProgress panel) { making.watcher.printing(panel); });
    if (done) {
        making.faceState = province::FaceState::full;
        return done;
    }
    making.faceState = faceAfterFailure(before, making.parts.printer.counters());
    return done;
}

Result<void> printed(storage::Transaction& transaction, Making& making) {
    making.faceState = province::FaceState::full;
    TRY(custody::setCondition(transaction, making.order.cardNumber, custody::Condition::finished,
                              making.order.orderId, making.now()));
    TRY(moveOrdersCard(transaction, making, custody::Place::transport(), "printed"));
    province::MakeReport report = makeReport(making, province::MakeResult::ok);
    report.readBack = making.order.readBack;
    TRY(queue(transaction, making, province::factOf(making.business, report, 1)));
    province::Enabling enabling;
    enabling.applicationNo = making.order.applicationNo;
    enabling.cardNumber = making.order.cardNumber;
    enabling.socialNumber = making.order.chip->socialNumber;
    enabling.name = making.order.chip->name;
    return queue(transaction, making, province::factOf(making.business, enabling, making.now()));
}

Disposition judgePrint(const Making&, const Error& error) {
    // What may be a whole face is settled by the counters, once the printer is idle (decision 3).
    const bool inDoubt =
        error.code == ErrorCode::printInDoubt || error.code == ErrorCode::printerBusy;
    return inDoubt || isDeviceLost(error) ? Disposition::interrupted : Disposition::spoil;
}

Result<Seen> observePrint(Making& making, const custody::JournalEntry& intent) {
    TRY(waitUntilIdle(making));
    const ports::PrintCounters counters = TRY(making.parts.printer.counters());
    const auto before = custody::detailNumber(intent.detail, "panels");
    const auto whole = custody::detailNumber(intent.detail, "face");
    // What the printer did not count then, or does not count now, is looked at by people.
    if (!before || !whole || !counters.panelsPrinted) return Seen::inDoubt;
    const std::int64_t panels = std::int64_t{*counters.panelsPrinted} - *before;
    if (panels == *whole) return Seen::happened;
    // A panel that was cut short is not counted, but its ribbon set is gone.
    const auto ribbon = custody::detailNumber(intent.detail, "ribbon");
    const bool ribbonUntouched =
        ribbon && counters.ribbonRemaining && std::int64_t{*counters.ribbonRemaining} == *ribbon;
    return panels == 0 && ribbonUntouched ? Seen::didNotHappen : Seen::inDoubt;
}

}  // namespace liqu::issuance::steps
