// What is said around the social PIN (社保密码). Which PIN is meant is said on every page: the
// bank's is another one.
#pragma once

#include "firmware/services/service.hpp"

namespace liqu::services {

// The notice before anything is entered, and the person's yes (Guangdong Art.18).
screen::PersonPage pinAgreePage(std::string_view service);
// One try is left: stopping is the main answer.
screen::PersonPage pinLastTryPage();
screen::PersonPage pinLockedPage();

enum class PinWas : std::uint8_t { set, changed };
screen::PersonPage pinDonePage(PinWas was, const std::string& orderId);
// The command went out, and no answer came: the card and its holder can tell.
screen::PersonPage pinUnknownPage();
// Nothing was changed.
screen::PersonPage pinFailedPage(const Error& error);
// The province's word about the card.
screen::PersonPage pinNotNowPage(province::CardState state);
screen::PersonPage cardOfAnotherPage();
// This province does not list it, and has no keys for what is asked.
screen::PersonPage cardOfOtherProvincePage();

// -- unlock and reset ------------------------------------------------------------------------

// The tries are there still: nothing to unlock.
screen::PersonPage pinNotLockedPage();
screen::PersonPage pinUnlockedPage(const std::string& orderId);
// The transport PIN is in the card: another one is chosen at once.
screen::PersonPage pinResetPage();
// The command went out, and no answer came: the card can tell.
screen::PersonPage pinUnsurePage();

std::vector<screen::PersonPage> pinUnlockPages(const Occasion& occasion);
// All of them, with made-up values.
std::vector<screen::PersonPage> pinPages(const Occasion& occasion);

}  // namespace liqu::services
