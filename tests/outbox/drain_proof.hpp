// How fast the outbox empties over the real line, beside a bare loop over libcurl: one connection,
// the same facts, signed and checked alike, and no database. In turns, a few facts each.
#pragma once

#include "tests/outbox/outbox_proof.hpp"

namespace liqu::proof {

struct DrainPlan {
    std::uint64_t seed = 1;
    int facts = 10'000;
    std::size_t lines = 1;  // of the outbox; the bare loop has one
};

struct DrainFigures {
    OutboxFigures outbox{};
    double bareEachSecond = 0;
    double sentEachSecond = 0;

    double ratio() const { return sentEachSecond / bareEachSecond; }
};

DrainFigures proveDrain(const DrainPlan& plan, const std::function<void(int)>& told);

}  // namespace liqu::proof
