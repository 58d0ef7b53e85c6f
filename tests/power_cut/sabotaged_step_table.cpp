#include "tests/power_cut/sabotaged_step_table.hpp"

#include <algorithm>
#include <vector>

#include "firmware/base/assert.hpp"
#include "firmware/issuance/steps.hpp"

// The firmware's own rows under other names: its object file is then not taken from the library.
#define stepTable shippedStepTable
#define stepOf shippedStepOf
#define stepNamed shippedStepNamed
#include "firmware/issuance/step_table.cpp"
#undef stepTable
#undef stepOf
#undef stepNamed

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
    "fact, terminal_seq, order_id, message_type, idempotency_key, happened_at, body_sealed, state";

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
Result<Seen> alwaysHappened(Making&, const custody::JournalEntry&) {
    return Seen::happened;
}
Result<void> forgetsThePermit(Transaction&, Making& making) {
    making.order.permitId.clear();
    return {};
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
