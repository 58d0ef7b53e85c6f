#include "firmware/base/repeated_log.hpp"

namespace liqu {
namespace {

constexpr Duration reminder = std::chrono::hours{1};

}  // namespace

std::optional<std::string> RepeatedLog::news(const std::string& key) {
    const Instant now = clock_.now();
    const auto [told, isNew] = told_.try_emplace(key, Told{now, 0});
    if (isNew) return "";
    ++told->second.since;
    if (now - told->second.last < reminder) return std::nullopt;
    const int times = told->second.since;
    told->second = {now, 0};
    return " (" + std::to_string(times) + " times since it was last said)";
}

void RepeatedLog::info(const std::string& what) {
    if (const auto more = news(what)) log_.info(what + *more);
}

void RepeatedLog::trouble(const std::string& where, const Error& error) {
    const auto more = news(where + " " + std::to_string(numberOf(error.code)));
    if (more) log_.warning(where + ": " + describe(error) + *more);
}

}  // namespace liqu
