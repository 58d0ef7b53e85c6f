// Whether the proof of the outbox can fail: each lie planted in what was done is found.
#include "tests/outbox/outbox_proof.hpp"

#include <doctest/doctest.h>

#include "tests/outbox/kill_proof.hpp"

using namespace liqu::proof;

namespace {

OutboxFigures figuresWith(OutboxLie lie) {
    return proveOutbox({.seed = 3, .facts = 400, .lie = lie}, [](int) {});
}

}  // namespace

TEST_CASE("what is carried out is found, on every kind of bad line") {
    const OutboxFigures figures = figuresWith(OutboxLie::none);
    CHECK(figures.holds());
    CHECK(figures.facts == 400);
    CHECK(figures.happened.size() >= 9);
}

TEST_CASE("a message that was not sent, or that the province does not have, is lost") {
    CHECK(figuresWith(OutboxLie::dropped).lost == 1);
    CHECK(figuresWith(OutboxLie::forgotten).lost == 1);
}

TEST_CASE("a message under two keys is seen twice; one before another is disorder") {
    CHECK(figuresWith(OutboxLie::otherKey).twice == 1);
    CHECK(figuresWith(OutboxLie::overtaken).disorder > 0);
}

TEST_CASE("a message that was carried out and set aside all the same is told twice") {
    CHECK(figuresWith(OutboxLie::setAside).twice == 1);
}

TEST_CASE("a sender that marks before it sends loses what it is killed with") {
    const KillFigures figures = proveKills(
        {.seed = 1, .kills = 15, .program = LIQU_OUTBOX_PROOF, .mark = Mark::beforeSending},
        [](int) {});
    CHECK(figures.kills == 15);
    CHECK(figures.outbox.lost > 0);
}
