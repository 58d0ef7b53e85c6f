// That every fact of a kiosk arrives once, and in the order of its business, whatever line and
// province do: facts are written, sent over a line that is unsure in every
// way, set aside and closed by two; the province comes back from its backup, the kiosk's power
// goes. Then outbox and the province's books are compared, fact by fact.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "firmware/base/words.hpp"

namespace liqu::proof {

// A lie planted in what the kiosk or the province did, to see whether the proof finds it.
enum class OutboxLie : std::uint8_t { none, dropped, forgotten, otherKey, overtaken, setAside };

struct OutboxPlan {
    std::uint64_t seed = 1;
    int facts = 100'000;
    OutboxLie lie = OutboxLie::none;
};

struct OutboxFigures {
    std::int64_t facts = 0;
    std::int64_t lost = 0;      // neither at the province nor closed by two
    std::int64_t twice = 0;     // carried out under two keys, or once and told by letter
    std::int64_t disorder = 0;  // before an earlier one of the same business
    std::int64_t parked = 0;    // refused, and closed by two
    std::int64_t restored = 0;  // times the province came back from its backup
    std::int64_t days = 0;      // of virtual time
    std::map<std::string, std::int64_t> happened{};  // on the line
    std::map<std::string, std::int64_t> refused{};   // by the province's words: the parked ones

    bool holds() const { return lost == 0 && twice == 0 && disorder == 0; }
};

// `told` hears how many facts have been written, now and then.
OutboxFigures proveOutbox(const OutboxPlan& plan, const std::function<void(int)>& told);

}  // namespace liqu::proof
