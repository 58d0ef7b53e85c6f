#include <doctest/doctest.h>
#include <set>

#include "firmware/screen/action.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::screen {
namespace {

template <std::size_t... indices>
std::set<std::string_view> namesOfAllScreens(std::index_sequence<indices...>) {
    return {nameOf(ScreenContent(std::in_place_index<indices>))...};
}

TEST_CASE("every screen has a name of its own") {
    constexpr std::size_t count = std::variant_size_v<ScreenContent>;
    CHECK(namesOfAllScreens(std::make_index_sequence<count>()).size() == count);
    CHECK(nameOf(ScreenContent(TakeCardScreen{})) == "take-card");
    CHECK(nameOf(ScreenContent(PersonPage{.name = "consent"})) == "consent");
    CHECK(nameOf(ScreenContent(StaffPageScreen{"staff-stock", {}})) == "staff-stock");
}

TEST_CASE("every action has a name of its own") {
    std::set<std::string_view> names;
    for (int kind = 0; kind <= static_cast<int>(ActionKind::choose); ++kind) {
        CHECK(names.insert(nameOf(static_cast<ActionKind>(kind))).second);
    }
    CHECK(nameOf(ActionKind::finish) == "finish");
    CHECK(nameOf(ActionKind::choose) == "choose");
}

}  // namespace
}  // namespace liqu::screen
