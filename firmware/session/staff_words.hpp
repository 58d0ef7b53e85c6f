// What many pages of the staff say alike. Words only; no thread rule.
#pragma once

#include "firmware/custody/exchange.hpp"
#include "firmware/session/parts.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::session {

// "1001 王样例"
std::string titleOf(const staff::Account& account);
// The words of an error for staff; most have their own, the others say what citizens are told.
std::vector<Notice> noticesOf(const Error& error);
// So many messages to the province are set aside.
Notice parkedNotice(std::int64_t count);

Phrase placeWords(const std::string& place);
// Why a lane does not run, in a word or two.
Phrase stopWords(const custody::LaneStop& stop);
Phrase timeWords(WallTime at);
Phrase dayWords(const std::string& day);                                  // "2024-05-11"
std::string bankLabel(const std::string& code, const std::string& name);  // "95588 工商银行"
// A bank by its name, and the maker of its cards: "工商银行 V01". None: "—".
Phrase bankWords(const SessionParts& parts, const std::string& bank,
                 const std::string& vendor = {});
StaffWay way(std::string choice, std::string key);
// What is seen of a move before the PIN of two: how many, from where to where. None: people count.
std::vector<StaffFact> factsOfMove(std::optional<std::int64_t> cards, const std::string& from,
                                   const std::string& to);
// The one that most will take, drawn as such.
StaffWay mainWay(std::string choice, std::string key);
// "A00000003 … A00000102", or one number.
std::string rangeText(const std::string& first, const std::string& last);
// Card numbers, four in a row.
StaffTable numberTable(const std::vector<std::string>& numbers);
// The number typed into a field; -1 where there is none.
std::int64_t numberFrom(const Action& typed, std::string_view field);

}  // namespace liqu::session
