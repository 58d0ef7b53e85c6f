// Whether the proof over an older province can fail: each lie planted in what was done is found.
#include "tests/outbox/legacy_proof.hpp"

#include <doctest/doctest.h>

using namespace liqu::proof;

namespace {

LegacyFigures figuresOf(const char* region, LegacyLie lie = LegacyLie::none, int facts = 150) {
    return proveLegacyOutbox({.region = region, .seed = 3, .facts = facts, .lie = lie}, [](int) {});
}

}  // namespace

TEST_CASE("every fact is there, on the branch's list or closed by two, in each province") {
    for (const char* region : {"hn", "hb", "jl"}) {
        CAPTURE(region);
        const LegacyFigures figures = figuresOf(region);
        CHECK(figures.complaints == std::vector<std::string>{});
        CHECK(figures.holds());
        CHECK(figures.outbox.facts == 150);
        CHECK(figures.branch > 0);
        const bool isTold = std::string(region) != "jl";
        CHECK((figures.outbox.happened.size() > 3) == isTold);
    }
}

TEST_CASE("a fact that was not sent, that the province or the branch's list has not, is lost") {
    CHECK(figuresOf("hn", LegacyLie::dropped).outbox.lost == 1);
    CHECK(figuresOf("hn", LegacyLie::undone).outbox.lost == 1);
    CHECK(figuresOf("hb", LegacyLie::undone).outbox.lost == 1);
    CHECK(figuresOf("jl", LegacyLie::unlisted).outbox.lost == 1);
}

TEST_CASE("an act that was carried out twice, or also told by letter, is seen twice") {
    CHECK(figuresOf("hn", LegacyLie::doubled).outbox.twice == 1);
    CHECK(figuresOf("hb", LegacyLie::setAside).outbox.twice > 0);
}

TEST_CASE("a card that was enabled before it was reported, or a line out of turn, is disorder") {
    CHECK(figuresOf("hn", LegacyLie::swapped).outbox.disorder == 1);
    CHECK(figuresOf("jl", LegacyLie::overtaken).outbox.disorder == 1);
}

TEST_CASE("a machine that forgets what it had sent is found by the server's judge") {
    CHECK_FALSE(figuresOf("hn", LegacyLie::forgetful, 1'000).complaints.empty());
}
