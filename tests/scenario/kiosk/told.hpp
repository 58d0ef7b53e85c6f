// What the pages of a visit told the person, read back from the words and values on them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/session/existing_page.hpp"
#include "firmware/session/problem_page.hpp"
#include "tests/scenario/kiosk/citizen.hpp"

namespace liqu::scenario {

// null: it is no page of that name.
const screen::PersonPage* personPage(const screen::ScreenContent& content, std::string_view name);

// Every screen of that name, in the order they came.
std::vector<screen::Screen> screensNamed(const Citizen& citizen, std::string_view name);
bool sawScreen(const Citizen& citizen, std::string_view name);

// The statements of the last page of that name; none where it was never shown.
std::optional<std::vector<std::string>> noticesTold(const Citizen& citizen, std::string_view page);

struct ToldProblem {
    ErrorCode reason = ErrorCode::cardJammed;
    session::Outcome outcome = session::Outcome::notMade;
    session::CardWhere card = session::CardWhere::none;
    bool idCardThere = false;
    bool feeWasAsked = false;
    std::string pickupCode;
    std::string advice;
};
std::optional<ToldProblem> problemOn(const screen::ScreenContent& content);
std::vector<ToldProblem> problemsTold(const Citizen& citizen);

struct ToldExisting {
    session::ExistingKind kind = session::ExistingKind::validCard;
    bool canContinue = false;
    std::string cardNumberTail;
    std::string pickupCode;
};
std::optional<ToldExisting> existingOn(const screen::ScreenContent& content);
std::vector<ToldExisting> existingTold(const Citizen& citizen);

}  // namespace liqu::scenario
