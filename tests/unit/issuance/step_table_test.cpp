#include <doctest/doctest.h>
#include <set>

#include "firmware/issuance/steps.hpp"

namespace liqu::issuance {
namespace {

TEST_CASE("every row stands at its own place and is found by its name") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < stepTable().size(); ++i) {
        const Step& step = stepTable()[i];
        CHECK(static_cast<std::size_t>(step.id) == i);
        CHECK(&stepOf(step.id) == &step);
        CHECK(stepNamed(step.name) == &step);
        CHECK(names.insert(step.name).second);
    }
    CHECK(static_cast<std::size_t>(StepId::reject) + 1 == stepTable().size());
    CHECK(stepNamed("dance") == nullptr);
}

TEST_CASE("no row has a hole") {
    for (const Step& step : stepTable()) {
        CAPTURE(step.name);
        const bool whole = step.intend != nullptr && step.withIntent != nullptr &&
                           step.act != nullptr && step.withFact != nullptr &&
                           step.withFailure != nullptr && step.judge != nullptr &&
                           step.observe != nullptr;
        CHECK(whole);
    }
}

TEST_CASE("what cannot be undone is never done again without looking") {
    // Writing, feeding and presenting are seen by the sensors and the chip; only a read-back, a
    // print proven not to have begun, and the way into a bin may be repeated.
    for (const Step& step : stepTable()) {
        CAPTURE(step.name);
        const bool mayRepeat = step.id == StepId::readBack || step.id == StepId::print ||
                               step.id == StepId::hold || step.id == StepId::reject;
        CHECK(step.repeatable == mayRepeat);
        const bool looks = step.observe != steps::assumeNot;
        const bool motion = step.id == StepId::feed || step.id == StepId::writeChip ||
                            step.id == StepId::print || step.id >= StepId::present;
        CHECK(looks == motion);
    }
}

TEST_CASE("where a stop leaves a step undone, the ending is the one its card deserves") {
    CHECK(stepOf(StepId::apply).ending == Disposition::endResumable);
    CHECK(stepOf(StepId::checkBlank).ending == Disposition::endResumable);
    CHECK(stepOf(StepId::personalise).ending == Disposition::spoil);
    CHECK(stepOf(StepId::writeChip).ending == Disposition::spoil);
    CHECK(stepOf(StepId::readBack).ending == Disposition::wait);
    CHECK(stepOf(StepId::print).ending == Disposition::staffLook);
    CHECK(stepOf(StepId::present).ending == Disposition::holdCard);
}

TEST_CASE("a lost device is not a lost line, and neither is a bad card") {
    for (const ErrorCode code : allErrorCodes()) {
        const Error error{code, ""};
        CAPTURE(nameOf(code));
        CHECK(!(steps::isDeviceLost(error) && steps::isLineTrouble(error)));
    }
    CHECK(steps::isDeviceLost({ErrorCode::printerUnplugged, ""}));
    CHECK(steps::isLineTrouble({ErrorCode::provinceOutcomeUnknown, ""}));
    CHECK(!steps::isDeviceLost({ErrorCode::chipMute, ""}));
    CHECK(!steps::isLineTrouble({ErrorCode::provinceRefused, ""}));
}

}  // namespace
}  // namespace liqu::issuance
