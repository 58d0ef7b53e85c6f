// That every fact of a kiosk before an older province, which knows no key of it, arrives once in
// effect and in the order of its business, whatever line and server do; or is on the branch's list;
// or was set aside and closed by two people who had looked at the province. Facts come from the
// kiosk's books and go through the product's own queue and adapter. Then both sides are compared,
// fact by fact, and the server's judge is asked for acts that were repeated without a look.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/outbox/outbox_proof.hpp"

namespace liqu::proof {

// A lie planted in what the kiosk or the province did, to see whether the proof finds it.
enum class LegacyLie : std::uint8_t {
    none,
    dropped,    // a fact is still in the queue
    undone,     // the province has lost an act
    doubled,    // an act was carried out twice
    swapped,    // a card was enabled before it was reported
    unlisted,   // a line of the branch's list is gone
    overtaken,  // two lines of one business have changed places
    setAside,   // closed as told by letter, and carried out all the same
    forgetful,  // the machine forgets with its power what it had sent
};

struct LegacyPlan {
    std::string region = "hn";  // hb, jl
    std::uint64_t seed = 1;
    int facts = 10'000;
    LegacyLie lie = LegacyLie::none;
};

struct LegacyFigures {
    OutboxFigures outbox{};
    std::int64_t branch = 0;   // on the branch's list
    std::int64_t givenUp = 0;  // makings that the province ended before a card was fed
    // What the server's judge says, and what no client should have sent.
    std::vector<std::string> complaints{};

    bool holds() const { return outbox.holds() && complaints.empty(); }
};

LegacyFigures proveLegacyOutbox(const LegacyPlan& plan, const std::function<void(int)>& told);

}  // namespace liqu::proof
