#include "tests/power_cut/sabotaged_plan.hpp"

#include <algorithm>
#include <vector>

#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/steps.hpp"
#include "firmware/services/catalogue.hpp"

namespace liqu::proof {
namespace {

using issuance::Making;
using issuance::Plan;
using issuance::PlanRow;
using issuance::Seen;
using storage::Transaction;

// What a sabotaged row leaves for a later one.
bool owesTheFedBlank = false;

const PlanRow& shipped(std::string_view name) {
    return issuance::cardPlan.row(name);
}

std::vector<PlanRow> rowsOf(const Plan& plan) {
    return {plan.rows().begin(), plan.rows().end()};
}
std::vector<PlanRow> shippedRows() {
    return rowsOf(issuance::cardPlan);
}
std::vector<PlanRow>& lossRows() {
    static std::vector<PlanRow> copy = rowsOf(*services::lossTemporary.plan);
    return copy;
}
std::vector<PlanRow>& rows() {
    static std::vector<PlanRow> copy = shippedRows();
    return copy;
}
PlanRow& row(std::string_view name) {
    return *std::ranges::find(rows(), name, &PlanRow::name);
}

Result<void> comparesNothing(const issuance::PermitClaim&, const province::Personalisation&) {
    return {};
}
Result<void> takesAnyPermit(Making& making) {
    return issuance::steps::takePermit(making, comparesNothing);
}

Result<std::string> feedsFirst(Making& making) {
    auto baseline = TRY(shipped("feed").intend(making));
    TRY(shipped("feed").act(making));
    return baseline;
}
Result<void> hasDoneSo(Making&) {
    return {};
}

Result<void> owes(Transaction&, Making&) {
    owesTheFedBlank = true;
    return {};
}
Result<void> paysWhatIsOwed(Transaction& transaction, Making& making) {
    if (owesTheFedBlank) {
        TRY(shipped("feed").withFact(transaction, making));
    }
    owesTheFedBlank = false;
    return shipped("checkBlank").withIntent(transaction, making);
}

// In a table of the connection's own: a process that is killed loses it.
const std::string factColumns =
    "fact, epoch, terminal_seq, chain, order_id, message_type, idempotency_key, happened_at, "
    "body_sealed, state";

Result<void> holdsFactsBack(Transaction& transaction, Making& making) {
    TRY(shipped("print").withFact(transaction, making));
    const std::string& order = making.order.orderId;
    const std::string queued = " FROM outbox WHERE order_id = ? AND state = 'queued'";
    TRY(transaction.run("CREATE TEMP TABLE IF NOT EXISTS held_back(" + factColumns + ")"));
    TRY(transaction.run("INSERT INTO held_back SELECT " + factColumns + queued, {order}));
    return transaction.run("DELETE" + queued, {order});
}
Result<std::string> queuesThemLater(Making& making) {
    auto transaction = TRY(Transaction::begin(making.parts.database));
    TRY(transaction.run("CREATE TEMP TABLE IF NOT EXISTS held_back(" + factColumns + ")"));
    TRY(transaction.run("INSERT INTO outbox(" + factColumns + ") SELECT * FROM held_back"));
    TRY(transaction.run("DELETE FROM held_back"));
    TRY(transaction.commit());
    return shipped("report").intend(making);
}

issuance::Disposition callsItNotDone(const Making&, const Error&) {
    return issuance::Disposition::endResumable;
}

Result<Seen> neverHappened(Making&, const custody::JournalEntry&) {
    return Seen::didNotHappen;
}
Result<Seen> seenByPanelsAlone(Making& making, const custody::JournalEntry& intent) {
    const Seen seen = TRY(shipped("print").observe(making, intent));
    const auto before = custody::detailNumber(intent.detail, "panels");
    const ports::PrintCounters now = TRY(making.parts.printer.counters());
    const bool none = before && std::int64_t{now.panelsPrinted.value_or(0)} <= *before;
    return none ? Seen::didNotHappen : seen;
}
Result<Seen> alwaysHappened(Making&, const custody::JournalEntry&) {
    return Seen::happened;
}
Result<void> forgetsThePermit(Transaction&, Making& making) {
    making.order.permitId.clear();
    return {};
}

// Read back as it was written, and reported as it should be.
PersonalText ownName;
Result<void> writesAnothersName(Making& making) {
    ownName = std::exchange(making.order.chip->name, PersonalText("旁人"));
    return shipped("writeChip").act(making);
}
Result<void> readsAnothersName(Making& making) {
    auto done = shipped("readBack").act(making);
    making.order.chip->name = ownName;
    return done;
}
Result<void> notesTheNumber(Transaction& transaction, Making& making) {
    TRY(shipped("personalise").withFact(transaction, making));
    return transaction.run("INSERT OR REPLACE INTO meta VALUES('worn', ?)",
                           {making.order.chip->socialNumber.reveal()});
}

}  // namespace

void sabotagePlan(Sabotage sabotage) {
    rows() = shippedRows();
    lossRows() = rowsOf(*services::lossTemporary.plan);
    switch (sabotage) {
        case Sabotage::intentAfterMotion:
            row("feed").intend = feedsFirst;
            row("feed").act = hasDoneSo;
            return;
        case Sabotage::factAfterNextMotion:
            row("feed").withFact = owes;
            row("checkBlank").withIntent = paysWhatIsOwed;
            return;
        case Sabotage::reportOutsideTransaction:
            row("print").withFact = holdsFactsBack;
            row("report").intend = queuesThemLater;
            return;
        case Sabotage::moveDropped:
            row("feed").withFact = issuance::steps::nothingMore;
            return;
        case Sabotage::printedBlindly:
            row("print").observe = neverHappened;
            return;
        case Sabotage::countersTrusted:
            row("print").observe = seenByPanelsAlone;
            return;
        case Sabotage::presentedIsTaken:
            row("present").observe = alwaysHappened;
            return;
        case Sabotage::discardedUnseen:
            row("hold").observe = alwaysHappened;
            row("reject").observe = alwaysHappened;
            return;
        case Sabotage::permitForgotten:
            row("personalise").withFact = forgetsThePermit;
            row("personalise").ending = issuance::Disposition::endResumable;
            return;
        case Sabotage::anothersChip:
            row("writeChip").act = writesAnothersName;
            row("readBack").act = readsAnothersName;
            return;
        case Sabotage::answerNotCompared:
            row("personalise").act = takesAnyPermit;
            return;
        case Sabotage::unknownIsNo:
            lossRows().front().judge = callsItNotDone;
            return;
        case Sabotage::dataInPlain:
            row("personalise").withFact = notesTheNumber;
            return;
        default:
            return;
    }
}

const Plan* sabotagedPlanOf(std::string_view service) {
    static Plan making{rows()};
    static Plan loss{lossRows()};
    const Plan* shipped = services::planOf(service);
    if (shipped == services::lossTemporary.plan) {
        loss = Plan(lossRows());
        return &loss;
    }
    if (shipped != services::firstCard.plan) return shipped;
    making = Plan(rows());
    return &making;
}

}  // namespace liqu::proof
