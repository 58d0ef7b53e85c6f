#include <array>

#include "firmware/base/assert.hpp"
#include "firmware/issuance/steps.hpp"

namespace liqu::issuance {
namespace {

using namespace steps;

// Read a row from left to right: before, with the intent, the act, with the fact, with a failure,
// how a failure is judged, how it is seen after a stop, whether it may be done again, and the
// ending when it neither happened nor may be repeated.
constexpr std::array<Step, 13> table = {{
    {StepId::apply, "apply", noBaseline, nothingMore, apply, applied, nothingLost, judgeBeforeCard,
     assumeNot, false, Disposition::endResumable},
    {StepId::mark, "mark", noBaseline, nothingMore, mark, nothingMore, nothingLost, judgeBeforeCard,
     assumeNot, false, Disposition::endResumable},
    {StepId::feed, "feed", feedBaseline, nothingMore, feed, fed, feedFailed, judgeFeed, observeFeed,
     false, Disposition::endResumable},
    {StepId::checkBlank, "checkBlank", noBaseline, nothingMore, checkBlank, checked, nothingLost,
     judgeBlank, assumeNot, false, Disposition::endResumable},
    {StepId::personalise, "personalise", noBaseline, nothingMore, personalise, permitted,
     nothingLost, judgePermit, assumeNot, false, Disposition::spoil},
    {StepId::writeChip, "writeChip", noBaseline, touched, writeChip, nothingMore, nothingLost,
     judgeWriting, observeWriting, false, Disposition::spoil},
    {StepId::readBack, "readBack", noBaseline, nothingMore, readBack, verified, nothingLost,
     judgeReadBack, assumeNot, true, Disposition::wait},
    {StepId::print, "print", printBaseline, nothingMore, print, printed, nothingLost, judgePrint,
     observePrint, true, Disposition::staffLook},
    {StepId::report, "report", noBaseline, nothingMore, awaitReport, nothingMore, nothingLost,
     judgeAcknowledgement, assumeNot, false, Disposition::holdCard},
    {StepId::enable, "enable", noBaseline, nothingMore, awaitEnable, nothingMore, nothingLost,
     judgeAcknowledgement, assumeNot, false, Disposition::holdCard},
    {StepId::present, "present", noBaseline, nothingMore, present, handedOver, nothingLost,
     judgePresent, observePresent, false, Disposition::holdCard},
    {StepId::hold, "hold", noBaseline, nothingMore, discard, held, nothingLost, judgeDiscard,
     observeDiscard, true, Disposition::interrupted},
    {StepId::reject, "reject", noBaseline, nothingMore, discard, rejected, nothingLost,
     judgeDiscard, observeDiscard, true, Disposition::interrupted},
}};

}  // namespace

std::span<const Step> stepTable() {
    return table;
}

const Step& stepOf(StepId id) {
    const Step& step = table[static_cast<std::size_t>(id)];
    LIQU_ASSERT(step.id == id);
    return step;
}

const Step* stepNamed(std::string_view name) {
    for (const Step& step : table) {
        if (step.name == name) return &step;
    }
    return nullptr;
}

}  // namespace liqu::issuance
