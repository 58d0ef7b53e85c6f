// The faults of one payment platform, in the manner of FaultPlan: armed by verb, asked at their
// place, and remembered when they fired.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::world {

enum class PaymentFault : std::uint8_t {
#define LIQU_PAYMENT_FAULT(name, verb) name,
#include "tests/world/payment/payment_faults.def"
#undef LIQU_PAYMENT_FAULT
};

std::string_view verbOf(PaymentFault fault);
const std::vector<PaymentFault>& allPaymentFaults();

// Thread-safe.
class PaymentFaults {
  public:
    void arm(PaymentFault fault, std::string place = {});
    Result<void> arm(std::string_view verb);  // "payment.answer-lost@open"

    // Once for each armed fault whose place is empty or this one.
    bool strikes(PaymentFault fault, std::string_view place = {});
    // Every time while armed.
    bool holds(PaymentFault fault, std::string_view place = {});
    // The number behind @ of an armed fault, which so has fired.
    std::optional<std::int64_t> value(PaymentFault fault);

    void mend(std::string_view verbs);
    bool allFired() const;

  private:
    struct Armed {
        PaymentFault fault;
        std::string place;
        int fired = 0;
        bool mended = false;
    };
    mutable std::mutex mutex_;
    std::vector<Armed> armed_;
};

}  // namespace liqu::world
