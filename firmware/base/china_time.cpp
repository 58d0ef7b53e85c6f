#include "firmware/base/china_time.hpp"

namespace liqu {
namespace {

// The digits from `at`, or -1 where one is none.
int numberAt(std::string_view text, std::size_t at, std::size_t count) {
    int number = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::optional<Date> dateOf(int year, int month, int day) {
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() ? std::optional<Date>(date) : std::nullopt;
}

}  // namespace

std::optional<WallTime> parseChinaTime(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00.000+08:00";
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t at = 0; at < form.size(); ++at) {
        const bool isMark = (form[at] < '0' || form[at] > '9') || at > form.find('+');
        if (isMark && text[at] != form[at]) return std::nullopt;
    }
    const auto date = dateOf(numberAt(text, 0, 4), numberAt(text, 5, 2), numberAt(text, 8, 2));
    const int hour = numberAt(text, 11, 2);
    const int minute = numberAt(text, 14, 2);
    const int second = numberAt(text, 17, 2);
    const int milli = numberAt(text, 20, 3);
    const bool inDay = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 &&
                       second < 60 && milli >= 0;
    if (!date || !inDay) return std::nullopt;
    return WallTime{std::chrono::sys_days{*date}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} +
           std::chrono::milliseconds{milli} - chinaOffset;
}

std::optional<Date> parseDate(std::string_view text) {
    if (text.size() != 8) return std::nullopt;
    return dateOf(numberAt(text, 0, 4), numberAt(text, 4, 2), numberAt(text, 6, 2));
}

}  // namespace liqu
