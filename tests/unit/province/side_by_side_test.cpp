// Facts of different businesses side by side, each over a line of its own: never two of one
// business, and one alone while the line is silent. Rules: D-05.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>

#include "firmware/province/outbox_row.hpp"
#include "tests/unit/province/office.hpp"

using namespace liqu;
using namespace liqu::province;
using std::chrono::seconds;
using test::Office;

namespace {

constexpr std::size_t lines = 3;

// Answers nobody before so many are there at once, or after a while of waiting in vain.
class MeetingPlace final : public Adapter {
  public:
    MeetingPlace(Clock& clock, Random& random) : Adapter(clock, random, test::terminal()) {}

    bool can(MessageType) const override { return true; }
    Result<Proof> proofOf(const Outgoing&) override { return Proof{}; }

    std::size_t wanted = lines;
    std::optional<std::string> silentTo;  // a business
    std::vector<std::string> asked;       // businesses, as they came
    std::size_t mostAtOnce = 0;

  private:
    Result<Reply> exchange(const Outgoing& message) override {
        std::unique_lock lock(mutex_);
        asked.push_back(message.business.bizId);
        mostAtOnce = std::max(mostAtOnce, ++there_);
        met_ = met_ || there_ >= wanted;
        came_.notify_all();
        came_.wait_for(lock, seconds(20), [this] { return met_; });
        if (--there_ == 0) met_ = false;
        if (silentTo == message.business.bizId) return fail(test::notSent);
        Reply reply;
        reply.code = ReplyCode::ok;
        reply.detail = "NONE";
        return reply;
    }

    std::mutex mutex_;
    std::condition_variable came_;
    std::size_t there_ = 0;
    bool met_ = false;
};

struct Lines {
    Office office;
    SystemRandom random;
    MeetingPlace place{office.desk.clock, random};
    Sender sender{*office.own, office.sealer, place, lines};
};

}  // namespace

TEST_CASE("facts of different businesses are on their way at once, those of one never") {
    Lines all;
    std::vector<FactId> facts;
    for (int business = 1; business <= 3; ++business) {
        facts.push_back(all.office.putReport(business));
        facts.push_back(all.office.putEnable(business));
    }
    const SendStep step = all.sender.burst().value();
    CHECK(step.tries == 3);
    CHECK(all.place.mostAtOnce == lines);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const bool isHead = i % 2 == 0;
        CHECK(all.office.status(facts[i]).state ==
              (isHead ? FactState::delivered : FactState::queued));
    }
    CHECK(all.sender.burst()->tries == 3);
    for (const FactId fact : facts) CHECK(all.office.status(fact).state == FactState::delivered);
    const auto behind = all.place.asked.begin() + 3;
    CHECK(std::set<std::string>(all.place.asked.begin(), behind).size() == 3);
}

TEST_CASE("a line that went silent is tried by one alone") {
    Lines all;
    std::vector<FactId> facts;
    for (int business = 1; business <= 6; ++business) {
        facts.push_back(all.office.putReport(business));
    }
    all.place.silentTo = test::business(3).bizId;
    CHECK(all.sender.burst()->tries == 3);
    CHECK(all.office.status(facts[0]).state == FactState::delivered);
    CHECK(all.office.status(facts[1]).state == FactState::delivered);
    CHECK(all.office.status(facts[2]).outcome == "NOT_SENT/40101");
    CHECK(all.sender.burst()->tries == 0);
    all.office.pass(std::chrono::minutes(11));
    all.place.silentTo.reset();
    all.place.wanted = 1;
    all.place.mostAtOnce = 0;
    CHECK(all.sender.burst()->tries == 4);
    CHECK(all.place.mostAtOnce == 1);
    for (const FactId fact : facts) CHECK(all.office.status(fact).state == FactState::delivered);
}

// A month's queue is not sorted for each send.
TEST_CASE("the next facts are found by the index of what is undelivered, in its order") {
    Office office;
    const auto plan =
        office.own->query("EXPLAIN QUERY PLAN SELECT fact FROM outbox WHERE" + headOfBusiness() +
                          " AND next_try_at <= 1 ORDER BY fact LIMIT 16");
    REQUIRE(plan);
    CHECK(plan->at(0).text(3) == "SCAN outbox USING INDEX outbox_undelivered");
    for (const storage::Row& step : *plan)
        CHECK(step.text(3).find("TEMP B-TREE") == std::string::npos);
}
