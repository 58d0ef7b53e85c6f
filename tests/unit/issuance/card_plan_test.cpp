#include <doctest/doctest.h>
#include <map>
#include <set>
#include <vector>

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

TEST_CASE("the fee stands between the application and the mark, and is asked about, never again") {
    const auto rows = cardPlanWithFee.rows();
    REQUIRE(rows.size() == cardPlan.rows().size() + 3);
    std::vector<std::string_view> names;
    for (const PlanRow& row : rows.first(5)) names.push_back(row.name);
    CHECK(names ==
          std::vector<std::string_view>{"apply", "quoteFee", "orderFee", "awaitPayment", "mark"});
    for (const std::string_view name : {"orderFee", "awaitPayment"}) {
        const PlanRow& row = cardPlanWithFee.row(name);
        CHECK_FALSE(row.repeatable);
        CHECK((row.observe != steps::assumeNot));
        CHECK((row.due != steps::always));
        CHECK_FALSE(keepsMachine(row.holds));
    }
    CHECK(cardPlanWithFee.row("awaitPayment").holds == Holds::money);
    // The rest is the same card.
    for (const PlanRow& row : cardPlan.rows())
        CHECK((cardPlanWithFee.row(row.name).act == row.act));
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
        {"takeOldCard", {Holds::card, Disposition::holdCard}},
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
