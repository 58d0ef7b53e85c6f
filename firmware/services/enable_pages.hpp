// What is said around 领卡启用 of a card in the hand. Enabled (启用) is the social side; the
// account is activated (激活) at the bank, and never here.
#pragma once

#include "firmware/services/service.hpp"

namespace liqu::services {

// Was a first PIN set in this visit?
enum class FirstPin : std::uint8_t { asItWas, setNow };

// What it means, and the person's yes. A PIN of their own comes first where the rules ask for it
// (Guangdong Art.16(1), 18).
screen::PersonPage enableAgreePage(const policy::RegionPolicy& region);
// answer: the province's word; null where it is known only that it was done.
screen::PersonPage enableDonePage(const province::HolderCard& card,
                                  const province::CardEnabled* answer, FirstPin pin,
                                  const std::string& orderId, const policy::RegionPolicy& region);
screen::PersonPage enableAlreadyPage(const province::HolderCard& card,
                                     const policy::RegionPolicy& region);
// The province's word about the card; null: it lists no such card of the person.
screen::PersonPage enableNotNowPage(const province::HolderCard* card);
// 临时社保卡 first (Shangluo Window Art.20).
screen::PersonPage temporaryCardPage();
screen::PersonPage enableFailedPage(const Error& error, FirstPin pin);
// It may have been done.
screen::PersonPage enableUnconfirmedPage(FirstPin pin, const std::string& orderId);

// All of them, with made-up values.
std::vector<screen::PersonPage> enablePages(const Occasion& occasion);

}  // namespace liqu::services
