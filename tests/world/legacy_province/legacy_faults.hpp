// The faults of the legacy province, in the manner of FaultPlan: armed by verb, asked at their
// place, and remembered when they fired. Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::world {

enum class LegacyFault : std::uint8_t {
#define LIQU_LEGACY_FAULT(name, verb) name,
#include "tests/world/legacy_province/legacy_faults.def"
#undef LIQU_LEGACY_FAULT
};

std::string_view verbOf(LegacyFault fault);
const std::vector<LegacyFault>& allLegacyFaults();

class LegacyFaults {
  public:
    void arm(LegacyFault fault, std::string place = {});
    Result<void> arm(std::string_view verb);  // "legacy.answer-lost@即制卡批次"

    // Once for each armed fault whose place is empty or this one.
    bool strikes(LegacyFault fault, std::string_view place = {});
    // Every time while armed.
    bool holds(LegacyFault fault, std::string_view place = {});
    // The place an armed fault names, without firing it; none where it is not armed or has struck.
    std::optional<std::string> placeOf(LegacyFault fault) const;
    // The number behind @ of an armed fault, which so has fired.
    std::optional<std::int64_t> value(LegacyFault fault);

    void mend(std::string_view verbs);
    // As if nothing had been armed: for runs of many thousand faults.
    void forgetAll();
    // How often all that fired has done so: a look before and after tells whether something struck.
    int fired() const;
    // What was armed and never fired, as verbs; it proves nothing.
    std::vector<std::string> unfired() const;

  private:
    struct Armed {
        LegacyFault fault;
        std::string place;
        int fired = 0;
        bool mended = false;
    };
    bool fire(LegacyFault fault, std::string_view place, bool again);

    mutable std::mutex mutex_;
    std::vector<Armed> armed_;
};

}  // namespace liqu::world
