// A trial in the books: open from its begin to its end, refused beside a card or a count, and
// nothing of a card changes with it.
#include "firmware/desk/trial_issue.hpp"

#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

const TwoPeople alone{"1001", ""};

struct Trial {
    Branch branch;
    Trial() { branch.loadLane(); }

    DeskParts parts() { return branch.parts(staff::Deed{staff::Act::trialIssue, "by a test"}); }
    std::optional<TrialIssue> open() { return openTrialIssue(*branch.database).value(); }
    std::optional<LastTrial> last() { return lastTrialIssue(*branch.database).value(); }
    std::int64_t rows() {
        return branch.database
            ->number("SELECT (SELECT count(*) FROM moves) + (SELECT count(*) FROM outbox)")
            .value();
    }
};

}  // namespace

TEST_CASE("a trial stands from its begin to its end, and its result stays") {
    Trial trial;
    const std::int64_t before = trial.rows();
    CHECK_FALSE(trial.open());
    CHECK_FALSE(trial.last());
    REQUIRE(beginTrialIssue(trial.parts(), alone));
    REQUIRE(trial.open());
    CHECK_FALSE(trial.open()->known);
    const WallTime began = trial.open()->beganAt;
    trial.branch.clock.sleepFor(std::chrono::hours{1});
    REQUIRE(beginTrialIssue(trial.parts(), {"1002", ""}));
    CHECK(trial.open()->beganAt == began);
    CHECK(trial.open()->operatorId == "1002");
    REQUIRE(noteTrialOutcome(trial.parts(), alone, TrialOutcome::failed, 30201, ""));
    CHECK(trial.open()->known == TrialOutcome::failed);
    CHECK(trial.open()->code == 30201);
    REQUIRE(endTrialIssue(trial.parts(), {"1002", ""}, TrialOutcome::failed, 30201));
    CHECK_FALSE(trial.open());
    REQUIRE(trial.last());
    CHECK(trial.last()->outcome == TrialOutcome::failed);
    CHECK(trial.last()->code == 30201);
    CHECK(trial.last()->operatorId == "1002");
    CHECK(trial.rows() == before);
}

TEST_CASE("one that was given up before it began leaves the last result") {
    Trial trial;
    REQUIRE(beginTrialIssue(trial.parts(), alone));
    REQUIRE(endTrialIssue(trial.parts(), alone, TrialOutcome::passed, 0));
    REQUIRE(beginTrialIssue(trial.parts(), alone));
    REQUIRE(endTrialIssue(trial.parts(), alone, TrialOutcome::givenUp, 0));
    CHECK_FALSE(trial.open());
    CHECK(trial.last()->outcome == TrialOutcome::passed);
}

TEST_CASE("beside a card of the books, or a count, no trial begins; one that is open goes on") {
    Trial trial;
    const WallTime at = trial.branch.clock.wallTime();
    auto transaction = Transaction::begin(*trial.branch.database).value();
    REQUIRE(custody::moveUnidentified(transaction, Place::hopper(1), Place::chipStation(),
                                      {"fed", "", at}));
    REQUIRE(transaction.commit());
    CHECK(beginTrialIssue(trial.parts(), alone).error().code == ErrorCode::moveNotPossible);
    CHECK_FALSE(trial.open());
    Trial counted;
    REQUIRE(counted.branch.desk().freezeDay(counted.branch.two));
    CHECK(beginTrialIssue(counted.parts(), alone).error().code == ErrorCode::dayFrozen);
    Trial running;
    REQUIRE(beginTrialIssue(running.parts(), alone));
    REQUIRE(running.branch.desk().freezeDay(running.branch.two));
    CHECK(beginTrialIssue(running.parts(), alone));
    REQUIRE(endTrialIssue(running.parts(), alone, TrialOutcome::interrupted, 0));
    CHECK_FALSE(running.open());
}

TEST_CASE("without a name for the record there is no trial") {
    Trial trial;
    CHECK_FALSE(beginTrialIssue(trial.branch.parts(std::nullopt), alone));
    CHECK_FALSE(beginTrialIssue(trial.parts(), {"", ""}));
    CHECK_FALSE(trial.open());
}

}  // namespace liqu::desk
