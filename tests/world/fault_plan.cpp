#include "tests/world/fault_plan.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::string_view verbs[] = {
#define LIQU_FAULT(name, verb) verb,
#include "tests/world/faults.def"
#undef LIQU_FAULT
};

bool matches(const ArmedFault& armed, Fault fault, std::string_view place) {
    return !armed.mended && armed.fault == fault && (armed.place.empty() || armed.place == place);
}

}  // namespace

std::string_view verbOf(Fault fault) {
    return verbs[static_cast<std::size_t>(fault)];
}

const std::vector<Fault>& allFaults() {
    static const std::vector<Fault> faults = {
#define LIQU_FAULT(name, verb) Fault::name,
#include "tests/world/faults.def"
#undef LIQU_FAULT
    };
    return faults;
}

void FaultPlan::arm(Fault fault, std::string place) {
    const std::lock_guard lock(mutex_);
    armed_.push_back({fault, std::move(place)});
}

Result<void> FaultPlan::arm(std::string_view verb) {
    const std::size_t at = verb.find('@');
    const std::string_view name = verb.substr(0, at);
    for (const Fault fault : allFaults()) {
        if (verbOf(fault) == name) {
            arm(fault, at == std::string_view::npos ? "" : std::string(verb.substr(at + 1)));
            return {};
        }
    }
    return fail(ErrorCode::configBadValue, "no such fault: " + std::string(verb));
}

bool FaultPlan::strikes(Fault fault, std::string_view place) {
    const std::lock_guard lock(mutex_);
    for (ArmedFault& armed : armed_) {
        if (matches(armed, fault, place) && armed.fired == 0) {
            ++armed.fired;
            return true;
        }
    }
    return false;
}

bool FaultPlan::holds(Fault fault, std::string_view place) {
    const std::lock_guard lock(mutex_);
    for (ArmedFault& armed : armed_) {
        if (matches(armed, fault, place)) {
            ++armed.fired;
            return true;
        }
    }
    return false;
}

std::string FaultPlan::placeOf(Fault fault) const {
    const std::lock_guard lock(mutex_);
    for (const ArmedFault& armed : armed_) {
        if (armed.fault == fault && !armed.mended) return armed.place;
    }
    return {};
}

void FaultPlan::mend(std::string_view verbs) {
    const std::lock_guard lock(mutex_);
    for (ArmedFault& armed : armed_) {
        if (verbOf(armed.fault).starts_with(verbs)) armed.mended = true;
    }
}

void FaultPlan::disarm() {
    const std::lock_guard lock(mutex_);
    armed_.clear();
}

std::vector<ArmedFault> FaultPlan::armed() const {
    const std::lock_guard lock(mutex_);
    return armed_;
}

bool FaultPlan::allFired() const {
    const std::lock_guard lock(mutex_);
    return std::all_of(armed_.begin(), armed_.end(),
                       [](const ArmedFault& f) { return f.fired > 0; });
}

}  // namespace liqu::world
