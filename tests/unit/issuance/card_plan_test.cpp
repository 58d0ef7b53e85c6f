#include <doctest/doctest.h>
#include <map>
#include <set>

#include "firmware/issuance/steps.hpp"

namespace liqu::issuance {
namespace {

std::set<std::string_view> rowsWhere(bool (*holds)(const PlanRow&)) {
    std::set<std::string_view> names;
    for (const PlanRow& row : cardPlan.rows()) {
        if (holds(row)) names.insert(row.name);
    }
    return names;
}
using Names = std::set<std::string_view>;

TEST_CASE("every row is found by a name of its own") {
    Names names;
    for (const PlanRow& row : cardPlan.rows()) {
        CHECK(cardPlan.find(row.name) == &row);
        CHECK(names.insert(row.name).second);
    }
    CHECK(cardPlan.find("dance") == nullptr);
}

TEST_CASE("no row has a hole") {
    for (const PlanRow& row : cardPlan.rows()) {
        CAPTURE(row.name);
        CHECK((row.act != nullptr && row.judge != nullptr));
    }
}

TEST_CASE("what cannot be undone is never done again without looking") {
    // Writing, feeding and presenting are seen by the sensors and the chip; only a read-back, a
    // print proven not to have begun, and the way into a bin may be repeated.
    CHECK(rowsWhere([](const PlanRow& row) { return row.repeatable; }) ==
          Names{"readBack", "print", "hold", "reject"});
    CHECK(rowsWhere([](const PlanRow& row) { return row.observe != steps::assumeNot; }) ==
          Names{"feed", "writeChip", "print", "present", "hold", "reject"});
}

TEST_CASE("what is out of its place says where a stop leads") {
    const std::map<std::string_view, std::pair<Holds, Disposition>> expected = {
        {"apply", {Holds::nothing, Disposition::endResumable}},
        {"mark", {Holds::nothing, Disposition::endResumable}},
        {"feed", {Holds::blank, Disposition::endResumable}},
        {"checkBlank", {Holds::blank, Disposition::endResumable}},
        {"personalise", {Holds::permit, Disposition::spoil}},
        {"writeChip", {Holds::writtenChip, Disposition::spoil}},
        {"readBack", {Holds::writtenChip, Disposition::wait}},
        {"print", {Holds::face, Disposition::staffLook}},
        {"report", {Holds::card, Disposition::holdCard}},
        {"enable", {Holds::card, Disposition::holdCard}},
        {"present", {Holds::mouth, Disposition::holdCard}},
        {"hold", {Holds::bin, Disposition::interrupted}},
        {"reject", {Holds::bin, Disposition::interrupted}}};
    REQUIRE(cardPlan.rows().size() == expected.size());
    for (const PlanRow& row : cardPlan.rows()) {
        CAPTURE(row.name);
        const auto& [holds, ending] = expected.at(row.name);
        CHECK(row.holds == holds);
        CHECK(row.ending == ending);
        CHECK(keepsMachine(row.holds) == (holds != Holds::nothing));
    }
    CHECK_FALSE(keepsMachine(Holds::money));
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
