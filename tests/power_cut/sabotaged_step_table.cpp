#include "tests/power_cut/sabotaged_step_table.hpp"

#include <algorithm>
#include <vector>

#include "firmware/base/assert.hpp"
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/steps.hpp"

// The firmware's own rows under other names: its object file is then not taken from the library.
#define stepTable shippedStepTable
#define stepOf shippedStepOf
#define stepNamed shippedStepNamed
#include "firmware/issuance/step_table.cpp"
#undef stepTable
#undef stepOf
#undef stepNamed

// The firmware's own steps with the province once more, but for one comparison.
namespace liqu::issuance::uncomparedSteps {
Result<void> comparesNothing(const PermitClaim&, const province::Personalisation&) {
    return {};
}
}  // namespace liqu::issuance::uncomparedSteps
#define steps uncomparedSteps
#define bindPersonalisation comparesNothing
#include "firmware/issuance/steps_province.cpp"
#undef steps
#undef bindPersonalisation

namespace liqu::proof {
namespace {

using issuance::Making;
using issuance::Seen;
using issuance::Step;
using issuance::StepId;
using storage::Transaction;

// What a sabotaged row leaves for a later one.
bool owesTheFedBlank = false;

std::vector<Step>& rows() {
    static std::vector<Step> copy(issuance::shippedStepTable().begin(),
                                  issuance::shippedStepTable().end());
    return copy;
}
Step& row(StepId id) {
    return *std::ranges::find(rows(), id, &Step::id);
}

Result<std::string> feedsFirst(Making& making) {
    auto baseline = TRY(issuance::shippedStepOf(StepId::feed).intend(making));
    TRY(issuance::shippedStepOf(StepId::feed).act(making));
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
        TRY(issuance::shippedStepOf(StepId::feed).withFact(transaction, making));
    }
    owesTheFedBlank = false;
    return issuance::shippedStepOf(StepId::checkBlank).withIntent(transaction, making);
}

// In a table of the connection's own: a process that is killed loses it.
const std::string factColumns =
    "fact, epoch, terminal_seq, chain, order_id, message_type, idempotency_key, happened_at, "
    "body_sealed, state";

Result<void> holdsFactsBack(Transaction& transaction, Making& making) {
    TRY(issuance::shippedStepOf(StepId::print).withFact(transaction, making));
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
    return issuance::shippedStepOf(StepId::report).intend(making);
}

Result<Seen> neverHappened(Making&, const custody::JournalEntry&) {
    return Seen::didNotHappen;
}
Result<Seen> seenByPanelsAlone(Making& making, const custody::JournalEntry& intent) {
    const Seen seen = TRY(issuance::shippedStepOf(StepId::print).observe(making, intent));
    const auto before = custody::detailNumber(intent.detail, "panels");
    const ports::PrintCounters now = TRY(making.parts.printer.counters());
    const bool none = before && std::int64_t{now.panelsPrinted} <= *before;
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
    return issuance::shippedStepOf(StepId::writeChip).act(making);
}
Result<void> readsAnothersName(Making& making) {
    auto done = issuance::shippedStepOf(StepId::readBack).act(making);
    making.order.chip->name = ownName;
    return done;
}
Result<void> notesTheNumber(Transaction& transaction, Making& making) {
    TRY(issuance::shippedStepOf(StepId::personalise).withFact(transaction, making));
    return transaction.run("INSERT OR REPLACE INTO meta VALUES('worn', ?)",
                           {making.order.chip->socialNumber.reveal()});
}

}  // namespace

void sabotageStepTable(Sabotage sabotage) {
    rows().assign(issuance::shippedStepTable().begin(), issuance::shippedStepTable().end());
    switch (sabotage) {
        case Sabotage::intentAfterMotion:
            row(StepId::feed).intend = feedsFirst;
            row(StepId::feed).act = hasDoneSo;
            return;
        case Sabotage::factAfterNextMotion:
            row(StepId::feed).withFact = owes;
            row(StepId::checkBlank).withIntent = paysWhatIsOwed;
            return;
        case Sabotage::reportOutsideTransaction:
            row(StepId::print).withFact = holdsFactsBack;
            row(StepId::report).intend = queuesThemLater;
            return;
        case Sabotage::moveDropped:
            row(StepId::feed).withFact = issuance::steps::nothingMore;
            return;
        case Sabotage::printedBlindly:
            row(StepId::print).observe = neverHappened;
            return;
        case Sabotage::countersTrusted:
            row(StepId::print).observe = seenByPanelsAlone;
            return;
        case Sabotage::presentedIsTaken:
            row(StepId::present).observe = alwaysHappened;
            return;
        case Sabotage::discardedUnseen:
            row(StepId::hold).observe = alwaysHappened;
            row(StepId::reject).observe = alwaysHappened;
            return;
        case Sabotage::permitForgotten:
            row(StepId::personalise).withFact = forgetsThePermit;
            row(StepId::personalise).ending = issuance::Disposition::endResumable;
            return;
        case Sabotage::anothersChip:
            row(StepId::writeChip).act = writesAnothersName;
            row(StepId::readBack).act = readsAnothersName;
            return;
        case Sabotage::answerNotCompared:
            row(StepId::personalise).act = issuance::uncomparedSteps::personalise;
            return;
        case Sabotage::dataInPlain:
            row(StepId::personalise).withFact = notesTheNumber;
            return;
        default:
            return;
    }
}

}  // namespace liqu::proof

namespace liqu::issuance {

std::span<const Step> stepTable() {
    return proof::rows();
}
const Step& stepOf(StepId id) {
    return proof::row(id);
}
const Step* stepNamed(std::string_view name) {
    const auto found = std::ranges::find(proof::rows(), name, &Step::name);
    return found == proof::rows().end() ? nullptr : &*found;
}

}  // namespace liqu::issuance
