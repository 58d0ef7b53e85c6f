#include "firmware/issuance/usual_times.hpp"

#include <algorithm>
#include <vector>

namespace liqu::issuance {
namespace {

using std::chrono::milliseconds;

// Some thirty cards; a machine that got another printer has forgotten the old one after a day.
constexpr std::int64_t newestFacts = 400;
constexpr std::size_t fewestTimes = 5;
// A stop or a clock that was set lies between intent and fact.
constexpr Duration longestRow = std::chrono::minutes{10};

constexpr const char* timesOfFacts =
    "SELECT f.step, f.at - (SELECT i.at FROM journal AS i WHERE i.order_id = f.order_id"
    " AND i.step = f.step AND i.phase = 'intent' AND i.entry < f.entry ORDER BY i.entry DESC"
    " LIMIT 1) FROM journal AS f WHERE f.phase = 'fact' ORDER BY f.entry DESC LIMIT ?";

Duration medianOf(std::vector<Duration>& times) {
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    return *middle;
}

}  // namespace

Result<UsualTimes> usualTimes(storage::Database& database) {
    std::map<std::string, std::vector<Duration>, std::less<>> times;
    for (const storage::Row& row : TRY(database.query(timesOfFacts, {newestFacts}))) {
        if (row.isNull(1)) continue;
        const Duration took = milliseconds{row.integer(1)};
        if (took >= Duration::zero() && took <= longestRow) times[row.text(0)].push_back(took);
    }
    UsualTimes usual;
    for (auto& [step, all] : times) {
        if (all.size() >= fewestTimes) usual.emplace(step, medianOf(all));
    }
    return usual;
}

Duration timeOf(const PlanRow& row, const UsualTimes& usual) {
    const auto known = usual.find(row.name);
    return known == usual.end() ? Duration{row.takes} : known->second;
}

}  // namespace liqu::issuance
