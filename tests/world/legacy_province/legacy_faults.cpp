#include "tests/world/legacy_province/legacy_faults.hpp"

#include <charconv>
#include <numeric>

namespace liqu::world {
namespace {

constexpr std::string_view verbs[] = {
#define LIQU_LEGACY_FAULT(name, verb) verb,
#include "tests/world/legacy_province/legacy_faults.def"
#undef LIQU_LEGACY_FAULT
};

}  // namespace

std::string_view verbOf(LegacyFault fault) {
    return verbs[static_cast<std::size_t>(fault)];
}

const std::vector<LegacyFault>& allLegacyFaults() {
    static const std::vector<LegacyFault> faults = {
#define LIQU_LEGACY_FAULT(name, verb) LegacyFault::name,
#include "tests/world/legacy_province/legacy_faults.def"
#undef LIQU_LEGACY_FAULT
    };
    return faults;
}

void LegacyFaults::arm(LegacyFault fault, std::string place) {
    const std::lock_guard lock(mutex_);
    armed_.push_back({fault, std::move(place)});
}

Result<void> LegacyFaults::arm(std::string_view verb) {
    const std::size_t at = verb.find('@');
    for (const LegacyFault fault : allLegacyFaults()) {
        if (verbOf(fault) != verb.substr(0, at)) continue;
        arm(fault, at == std::string_view::npos ? "" : std::string(verb.substr(at + 1)));
        return {};
    }
    return fail(ErrorCode::configBadValue, "no such fault: " + std::string(verb));
}

bool LegacyFaults::fire(LegacyFault fault, std::string_view place, bool again) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        const bool here = armed.fault == fault && (armed.place.empty() || armed.place == place);
        if (here && !armed.mended && (again || armed.fired == 0)) {
            ++armed.fired;
            return true;
        }
    }
    return false;
}

bool LegacyFaults::strikes(LegacyFault fault, std::string_view place) {
    return fire(fault, place, false);
}

bool LegacyFaults::holds(LegacyFault fault, std::string_view place) {
    return fire(fault, place, true);
}

std::optional<std::string> LegacyFaults::placeOf(LegacyFault fault) const {
    const std::lock_guard lock(mutex_);
    for (const Armed& armed : armed_) {
        if (armed.fault == fault && !armed.mended && armed.fired == 0) return armed.place;
    }
    return std::nullopt;
}

std::optional<std::int64_t> LegacyFaults::value(LegacyFault fault) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        if (armed.fault != fault || armed.mended) continue;
        std::int64_t number = 0;
        const char* const end = armed.place.data() + armed.place.size();
        const auto read = std::from_chars(armed.place.data(), end, number);
        if (read.ec != std::errc{} || read.ptr != end) continue;
        ++armed.fired;
        return number;
    }
    return std::nullopt;
}

void LegacyFaults::mend(std::string_view names) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        if (verbOf(armed.fault).starts_with(names)) armed.mended = true;
    }
}

void LegacyFaults::forgetAll() {
    const std::lock_guard lock(mutex_);
    armed_.clear();
}

int LegacyFaults::fired() const {
    const std::lock_guard lock(mutex_);
    return std::accumulate(armed_.begin(), armed_.end(), 0,
                           [](int sum, const Armed& one) { return sum + one.fired; });
}

std::vector<std::string> LegacyFaults::unfired() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const Armed& armed : armed_) {
        if (armed.fired > 0) continue;
        names.push_back(std::string(verbOf(armed.fault)) +
                        (armed.place.empty() ? "" : "@" + armed.place));
    }
    return names;
}

}  // namespace liqu::world
