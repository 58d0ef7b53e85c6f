// What both fronts of the legacy province share: the one lock and the clock. Thread-safe.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "tests/world/legacy_province/legacy_engine.hpp"

namespace liqu::world {

class LegacyFront {
  public:
    LegacyFront(LegacyEngine& engine, Clock& clock) : engine_(engine), clock_(clock) {}

    LegacyAnswer receive(const LegacyRequest& request);
    // The judge's eyes, and the hands of whoever works there.
    void use(const std::function<void(LegacyEngine&, WallTime now)>& act);
    // legacy-province.json
    std::string evidenceJson();

  private:
    std::mutex mutex_;
    LegacyEngine& engine_;
    Clock& clock_;
};

// What a caller without a socket gets. `neverSent` is the only fate that proves that nothing was
// done; `torn` has the bytes that came.
enum class LegacyFate { answered, neverSent, unknown, torn };
struct LegacyExchange {
    LegacyFate fate = LegacyFate::answered;
    LegacyAnswer answer;
};

// The in-process line, on a clock that may be virtual: the caller waits as long as the patience.
LegacyExchange exchangeInProcess(LegacyFront& front, Clock& clock, const LegacyRequest& request,
                                 Duration patience);

}  // namespace liqu::world
