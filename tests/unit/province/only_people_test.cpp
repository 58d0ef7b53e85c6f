// A province that was asked and cannot tell whether something was done: people find out, and
// nothing else waits for them. Rules: D-05.
#include "tests/unit/province/office.hpp"

using namespace liqu;
using namespace liqu::province;
using test::Office;

namespace {

// Knows no keys: it proves, or says that only people can, as a test wrote down.
class Keyless final : public Adapter {
  public:
    Keyless(Clock& clock, Random& random) : Adapter(clock, random, test::terminal()) {}

    bool can(MessageType) const override { return true; }
    Result<Proof> proofOf(const Outgoing& message) override {
        if (proofFails) return fail(test::outcomeUnknown);
        Proof proof;
        if (message.type == MessageType::issueReport) proof.onlyPeople = "NOT_SHOWN";
        return proof;
    }

    bool proofFails = false;
    std::vector<MessageType> sent;

  private:
    Result<Reply> exchange(const Outgoing& message) override {
        sent.push_back(message.type);
        if (message.type == MessageType::issueReport) return fail(test::outcomeUnknown);
        Reply reply;
        reply.code = ReplyCode::ok;
        reply.detail = "NONE";
        return reply;
    }
};

struct KeylessOffice : Office {
    Keyless keyless{desk.clock, desk.random};
    Sender queue{*own, sealer, keyless};

    SendStep stepLater() {
        pass(std::chrono::minutes(11));
        return queue.step().value();
    }
};

}  // namespace

TEST_CASE("what only people can tell is set aside with both texts, and sent no second time") {
    KeylessOffice office;
    const FactId report = office.putReport(1);
    const FactId behind = office.putEnable(1);
    const FactId other = office.putEnable(2);
    CHECK(office.queue.step()->parked.empty());
    CHECK(office.status(report).outcome == "UNKNOWN_OUTCOME/40102");
    CHECK(office.stepLater().parked.size() == 1);
    const FactStatus status = office.status(report);
    CHECK(status.state == FactState::parked);
    CHECK(status.answer == ReplyCode::needsStaff);
    CHECK(status.outcome == "NEEDS_STAFF/NOT_SHOWN, UNKNOWN_OUTCOME/40102");
    // The line was heard: others go on, and its own business waits for the two who close it.
    CHECK(office.queue.step()->sent == other);
    CHECK(office.status(behind).state == FactState::queued);
    CHECK(office.keyless.sent ==
          std::vector<MessageType>{MessageType::issueReport, MessageType::issueEnable});
}

TEST_CASE("a proof that could not be asked for sets nothing aside") {
    KeylessOffice office;
    const FactId report = office.putReport(1);
    office.keyless.proofFails = true;
    for (int i = 0; i < 30; ++i) CHECK(office.stepLater().parked.empty());
    CHECK(office.status(report).state == FactState::queued);
    CHECK(office.keyless.sent.size() == 1);
}
