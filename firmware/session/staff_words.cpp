#include "firmware/session/staff_words.hpp"

#include <charconv>
#include <utility>

#include "firmware/screen/error_words.hpp"
#include "firmware/session/staff_causes.hpp"

namespace liqu::session {
namespace {

// For these citizens are told to call somebody, and staff what to do: "staff.error.70105".
bool hasStaffWords(ErrorCode code) {
    const std::uint32_t number = numberOf(code);
    return (number >= numberOf(ErrorCode::cardNotInStock) &&
            number <= numberOf(ErrorCode::dayUnclosed)) ||
           code == ErrorCode::laneStopped || code == ErrorCode::dayFrozen ||
           code == ErrorCode::clockNotTrusted || code == ErrorCode::booksNotNewest;
}

}  // namespace

std::string titleOf(const staff::Account& account) {
    return account.number + " " + account.name;
}

std::vector<Notice> noticesOf(const Error& error) {
    const std::string number = std::to_string(numberOf(error.code));
    std::vector<Notice> notices = {{whatHappened(error.code), Tone::danger}};
    const bool own = hasStaffWords(error.code);
    notices.push_back(
        {own ? Phrase{"staff.error." + number} : whatIsNext(error.code), Tone::warning});
    // Which number, which lane.
    if (auto cause = causeWords(error.cause)) notices.push_back({std::move(*cause)});
    notices.push_back({{"staff.code", {{"code", number}}}});
    return notices;
}

Notice parkedNotice(std::int64_t count) {
    return {{"staff.queue.parked-notice", {{"count", std::to_string(count)}}}, Tone::warning};
}

Phrase placeWords(const std::string& place) {
    constexpr std::string_view hopper = "hopper-";
    if (place.starts_with(hopper)) {
        return {"staff.place.hopper", {{"lane", place.substr(hopper.size())}}};
    }
    if (place.empty()) return Phrase::plain("—");
    return {"staff.place." + place};
}

Phrase stopWords(const custody::LaneStop& stop) {
    if (stop.stockCase) return {"staff.lane.locked"};
    return {stop.exchange ? "staff.lane.exchange" : "staff.lane.in-doubt"};
}

Phrase timeWords(WallTime at) {
    return Phrase::plain(formatChinaTime(at).substr(5, 11).replace(5, 1, " "));
}

std::string bankLabel(const std::string& code, const std::string& name) {
    return code + " " + name;
}

Phrase bankWords(const SessionParts& parts, const std::string& bank, const std::string& vendor) {
    if (bank.empty()) return Phrase::plain("—");
    const std::string name = parts.issuance.region.bankName(bank);
    return Phrase::plain(vendor.empty() ? name : name + " " + parts.config.nameOfMaker(vendor));
}

Phrase dayWords(const std::string& day) {
    if (day.size() != 8) return Phrase::plain(day);
    return Phrase::plain(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2));
}

StaffWay way(std::string choice, std::string key) {
    return {std::move(choice), {std::move(key)}};
}

StaffWay mainWay(std::string choice, std::string key) {
    return {std::move(choice), {std::move(key)}, true};
}

std::vector<StaffFact> factsOfMove(std::optional<std::int64_t> cards, const std::string& from,
                                   const std::string& to) {
    std::vector<StaffFact> facts;
    if (cards) facts.push_back({{"staff.column.cards"}, Phrase::number(*cards)});
    facts.push_back({{"staff.column.from"}, placeWords(from)});
    facts.push_back({{"staff.column.to"}, placeWords(to)});
    return facts;
}

std::string rangeText(const std::string& first, const std::string& last) {
    return last.empty() || first == last ? first : first + " … " + last;
}

std::int64_t numberFrom(const Action& typed, std::string_view field) {
    const SecretText entry = typed.entry(field);
    const std::string& text = entry.reveal();
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

StaffTable numberTable(const std::vector<std::string>& numbers) {
    StaffTable table;
    if (numbers.empty()) return table;
    table.columns = {{{"staff.column.numbers"}, 1}};
    std::string row;
    int inRow = 0;
    for (const std::string& number : numbers) {
        row += (row.empty() ? "" : "   ") + number;
        if (++inRow < 4 && &number != &numbers.back()) continue;
        table.rows.push_back({{Phrase::plain(std::exchange(row, {}))}});
        inRow = 0;
    }
    return table;
}

}  // namespace liqu::session
