// 服务银行: which bank a first card is of, where its applicant chooses (Guangdong Art.8(2)). No
// bank stands before another one: they come by their codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"
#include "firmware/services/service.hpp"

namespace liqu::session {

// By code. Every bank of the region is in one of the two.
struct BankOffer {
    std::vector<std::string> here;       // a card of theirs can be made now
    std::vector<std::string> elsewhere;  // this machine makes none of theirs now
};
BankOffer offerOf(const policy::RegionPolicy& region, std::vector<std::string> here);

inline constexpr const char* moreBanks = "more-banks";

// The first page has those that are here and, beneath, as many of the others as there is room for;
// the rest of them stands on the next pages. The choices are "bank-B01" …, and `moreBanks` where
// others follow. again: the one that was chosen cannot be made any more.
enum class BankAsked : std::uint8_t { first, again };
screen::PersonPage chooseBankPage(const BankOffer& offer, std::size_t number,
                                  const policy::RegionPolicy& region, BankAsked asked);
// Empty: the choice names no bank.
std::string bankOfChoice(const std::string& choice);

// Of a bank whose card is not made here: where to ask, and what to bring. Another one may be
// chosen.
screen::PersonPage bankElsewherePage(const std::string& bank, const services::Occasion& occasion);

}  // namespace liqu::session
