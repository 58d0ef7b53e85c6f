#include "tests/world/payment/payment_faults.hpp"

#include <algorithm>
#include <charconv>

namespace liqu::world {
namespace {

constexpr std::string_view verbs[] = {
#define LIQU_PAYMENT_FAULT(name, verb) verb,
#include "tests/world/payment/payment_faults.def"
#undef LIQU_PAYMENT_FAULT
};

}  // namespace

std::string_view verbOf(PaymentFault fault) {
    return verbs[static_cast<std::size_t>(fault)];
}

const std::vector<PaymentFault>& allPaymentFaults() {
    static const std::vector<PaymentFault> faults = {
#define LIQU_PAYMENT_FAULT(name, verb) PaymentFault::name,
#include "tests/world/payment/payment_faults.def"
#undef LIQU_PAYMENT_FAULT
    };
    return faults;
}

void PaymentFaults::arm(PaymentFault fault, std::string place) {
    const std::lock_guard lock(mutex_);
    armed_.push_back({fault, std::move(place)});
}

Result<void> PaymentFaults::arm(std::string_view verb) {
    const std::size_t at = verb.find('@');
    for (const PaymentFault fault : allPaymentFaults()) {
        if (verbOf(fault) != verb.substr(0, at)) continue;
        arm(fault, at == std::string_view::npos ? "" : std::string(verb.substr(at + 1)));
        return {};
    }
    return fail(ErrorCode::configBadValue, "no such fault: " + std::string(verb));
}

bool PaymentFaults::strikes(PaymentFault fault, std::string_view place) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        const bool here = armed.fault == fault && (armed.place.empty() || armed.place == place);
        if (here && !armed.mended && armed.fired == 0) {
            ++armed.fired;
            return true;
        }
    }
    return false;
}

bool PaymentFaults::holds(PaymentFault fault, std::string_view place) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        const bool here = armed.fault == fault && (armed.place.empty() || armed.place == place);
        if (here && !armed.mended) {
            ++armed.fired;
            return true;
        }
    }
    return false;
}

std::optional<std::int64_t> PaymentFaults::value(PaymentFault fault) {
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

void PaymentFaults::mend(std::string_view names) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        if (verbOf(armed.fault).starts_with(names)) armed.mended = true;
    }
}

bool PaymentFaults::allFired() const {
    const std::lock_guard lock(mutex_);
    return std::all_of(armed_.begin(), armed_.end(),
                       [](const Armed& one) { return one.fired > 0; });
}

}  // namespace liqu::world
