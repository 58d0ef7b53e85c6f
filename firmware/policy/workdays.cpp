#include "firmware/policy/workdays.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace liqu::policy {
namespace {

using std::chrono::sys_days;

constexpr std::size_t mostRanges = 100;
constexpr int longestRange = 31;
constexpr int mostYears = 50;

std::optional<unsigned> numberIn(std::string_view digits) {
    unsigned value = 0;
    const char* const end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return value;
}

// "2024-02-10"
std::optional<sys_days> dayNamed(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = numberIn(text.substr(0, 4));
    const auto month = numberIn(text.substr(5, 2));
    const auto day = numberIn(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const Date date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                    std::chrono::day{*day}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

bool isWeekend(sys_days day) {
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// "2024-02-10" or "2024-02-10/2024-02-17"
std::vector<sys_days> daysOf(std::string_view range) {
    const std::size_t slash = range.find('/');
    const auto first = dayNamed(range.substr(0, slash));
    const auto last = slash == std::string_view::npos ? first : dayNamed(range.substr(slash + 1));
    std::vector<sys_days> days;
    if (!first || !last || *last - *first > std::chrono::days{longestRange}) return days;
    for (sys_days day = *first; day <= *last; day += std::chrono::days{1}) days.push_back(day);
    return days;
}

std::optional<std::chrono::year> yearOfName(const std::filesystem::path& path) {
    if (path.extension() != ".toml" || path.stem().string().size() != 4) return std::nullopt;
    const auto year = numberIn(path.stem().string());
    if (!year) return std::nullopt;
    return std::chrono::year{static_cast<int>(*year)};
}

}  // namespace

Result<Workdays::Year> Workdays::readYear(const ConfigFile& file, std::chrono::year year) {
    Year read;
    const int named = static_cast<int>(year);
    if (TRY(file.integer("year", 2000, 2200)) != named)
        TRY(file.refuse(ErrorCode::configBadValue, "year", "is not the year of the file's name"));
    if (TRY(file.text("source")).empty())
        TRY(file.refuse(ErrorCode::configBadValue, "source", "names no notice"));
    for (const bool worked : {false, true}) {
        const char* const key = worked ? "worked" : "off";
        const auto ranges = TRY(file.texts(key));
        if (ranges.size() > mostRanges)
            TRY(file.refuse(ErrorCode::configBadValue, key, "has too many days"));
        for (const std::string& range : ranges) {
            const auto days = daysOf(range);
            bool fits = !days.empty();
            for (const sys_days day : days) {
                const bool ofYear = Date{day}.year() == year;
                // A weekday that is worked, or a day named twice, is a slip of whoever typed it.
                fits = fits && ofYear && (!worked || isWeekend(day));
                fits = read.worked.emplace(day, worked).second && fits;
            }
            if (!fits) TRY(file.refuse(ErrorCode::configBadValue, key, range + " does not fit"));
        }
    }
    TRY(file.refuseUnknownKeys());
    return read;
}

Result<Workdays> Workdays::load(const std::filesystem::path& folder) {
    Workdays workdays;
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        if (yearOfName(at->path())) files.push_back(at->path());
    }
    if (error || files.size() > mostYears)
        return fail(ErrorCode::configBadValue, folder.string() + " is no folder of years");
    std::ranges::sort(files);
    for (const std::filesystem::path& path : files) {
        const ConfigFile file = TRY(ConfigFile::read(path));
        const std::chrono::year year = *yearOfName(path);
        workdays.years_.emplace(year, TRY(readYear(file, year)));
    }
    return workdays;
}

bool Workdays::isWorked(const Year& year, sys_days day) const {
    const auto moved = year.worked.find(day);
    return moved == year.worked.end() ? !isWeekend(day) : moved->second;
}

std::optional<std::chrono::year> Workdays::missingOn(Date today) const {
    if (!knows(today.year())) return today.year();
    const std::chrono::year next = today.year() + std::chrono::years{1};
    const bool isDue = today.month() == std::chrono::December;
    return isDue && !knows(next) ? std::optional(next) : std::nullopt;
}

std::optional<Date> Workdays::after(Date from, int days) const {
    sys_days day{from};
    while (days > 0) {
        day += std::chrono::days{1};
        const auto year = years_.find(Date{day}.year());
        if (year == years_.end()) return std::nullopt;
        if (isWorked(year->second, day)) --days;
    }
    return Date{day};
}

}  // namespace liqu::policy
