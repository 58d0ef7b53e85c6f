// The changes and facts that an older province has a home for, each ready to be sent, and what the
// server's own books must show of it.
#pragma once

#include <functional>

#include "tests/scenario/legacy_province/legacy_kiosk.hpp"

namespace liqu::scenario {

// One kiosk before one act.
struct Before {
    explicit Before(const std::string& province) : kiosk(province) {}
    Before(const std::string& province, older::RegionTable table)
        : kiosk(province, std::move(table)) {}

    LegacyKiosk kiosk;
    Making making{kiosk};
    PersonalText body{};  // of the act
};

struct LegacyActCase {
    const char* name;
    const char* province;
    MessageType type;
    std::vector<std::string> places;  // the calls that carry it out, in their order
    std::vector<std::string> looks;   // and those that prove it
    std::function<void(Before&)> prepare;
    // Carried out, by this machine, as the server's books have it.
    std::function<bool(Before&)> isThere;
};
const std::vector<LegacyActCase>& legacyActs();

// Sends it again, each time by a kiosk that was switched off in between, until it has an answer
// that ends it or people are asked; the last answer.
std::string sendUntilSettled(Before& before, const LegacyActCase& act);
bool isDone(const std::string& said);
bool isForStaff(const std::string& said);

}  // namespace liqu::scenario
