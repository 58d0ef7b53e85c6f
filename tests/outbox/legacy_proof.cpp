#include "tests/outbox/legacy_proof.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "firmware/province/outbox.hpp"
#include "firmware/province/sender.hpp"
#include "tests/outbox/legacy_books_compared.hpp"
#include "tests/outbox/sure.hpp"
#include "tests/outbox/unsure_soap_line.hpp"
#include "tests/scenario/legacy_province/acts.hpp"

namespace liqu::proof {
namespace {

using namespace province;
using scenario::LegacyKiosk;
using storage::Transaction;

constexpr int mostWrittenAtOnce = 12;          // facts, before the sender runs
constexpr std::uint64_t lineGoneOnceIn = 60;   // rounds
constexpr std::uint64_t powerGoneOnceIn = 40;  // messages, between their answer and the disk
constexpr int longestGone = 72;                // hours
constexpr std::chrono::hours peopleTakeTime{1};
constexpr std::chrono::days longestUntilSent{60};

// The real adapter; now and then the kiosk's power goes before its answer is written down.
class PowerAtTheEnd final : public Adapter {
  public:
    PowerAtTheEnd(Adapter& real, Clock& clock, Random& random, SeededRandom& chance)
        : Adapter(clock, random, real.terminal()), real_(real), chance_(chance) {}

    bool can(MessageType type) const override { return real_.can(type); }
    Result<province::Proof> proofOf(const Outgoing& message) override {
        return real_.proofOf(message);
    }

  private:
    Result<Reply> exchange(const Outgoing& message) override {
        auto reply = real_.send(message);
        if (chance_.below(powerGoneOnceIn) == 0) throw PowerGone();
        return reply;
    }

    Adapter& real_;
    SeededRandom& chance_;
};

class LegacyProof {
  public:
    explicit LegacyProof(const LegacyPlan& plan) : plan_(plan), random_(plan.seed) {
        test::giveIdentity(*books_);
        kiosk_.line = &line_;
        startAnew();
    }

    LegacyFigures run(const std::function<void(int)>& told) {
        constexpr int toldEach = 1'000;
        int nextTold = toldEach;
        while (count() < plan_.facts) {
            write(std::min(1 + below(mostWrittenAtOnce), plan_.facts - count()));
            if (count() >= nextTold) told(std::exchange(nextTold, nextTold + toldEach));
            kiosk_.clock.sleepFor(std::chrono::seconds(below(240)));
            if (once(lineGoneOnceIn)) line_.goes(std::chrono::hours(1 + below(longestGone)));
            send(below(3 * mostWrittenAtOnce));
            if (once(20)) lookAtParked();
        }
        finish();
        plant();
        compareLegacyBooks(*books_, kiosk_.there(), written_, figures_);
        figures_.givenUp = businesses_.givenUp();
        figures_.outbox.happened = line_.happened();
        figures_.outbox.days =
            std::chrono::duration_cast<std::chrono::days>(kiosk_.clock.now() - Instant{}).count();
        return figures_;
    }

  private:
    int below(int bound) {
        return static_cast<int>(random_.below(static_cast<std::uint64_t>(bound)));
    }
    bool once(std::uint64_t in) { return random_.below(in) == 0; }
    int count() const { return static_cast<int>(written_.size()); }

    // The program starts on the books it left.
    void startAnew() {
        if (plan_.lie == LegacyLie::forgetful)
            change(*kiosk_.database, "DELETE FROM legacy_acts WHERE code = ''");
        kiosk_.restart();
        sender_.reset();
        adapter_.emplace(*kiosk_.adapter, kiosk_.clock, kiosk_.random, random_);
        sender_.emplace(*own_, kiosk_.sealer, *adapter_);
    }

    static void change(storage::Database& database, const std::string& sql,
                       const storage::Values& values = {}) {
        auto transaction = sure(Transaction::begin(database));
        sure(transaction.run(sql, values));
        sure(transaction.commit());
    }

    void write(int wanted) {
        std::vector<LegacyFact> facts;
        for (int i = 0; i < wanted; ++i) facts.push_back(businesses_.next());
        auto transaction = sure(Transaction::begin(*books_));
        for (const LegacyFact& one : facts) {
            sure(outbox_.enqueue(transaction, one.fact));
            written_.emplace(idempotencyKey(kiosk_.terminal.terminalId, one.fact.business.bizId,
                                            one.fact.type, one.fact.ordinal),
                             one);
        }
        sure(transaction.commit());
    }

    // One step at the counter: again, with its key, until it is answered.
    std::string online(const std::function<std::string()>& step) {
        constexpr int mostTries = 16;
        std::string said;
        for (int i = 0; i < mostTries; ++i) {
            try {
                said = step();
                if (scenario::isDone(said) || scenario::isForStaff(said)) return said;
            } catch (const PowerGone&) {
                startAnew();
            }
            kiosk_.clock.sleepFor(std::chrono::minutes(1 + below(i == 0 ? 3 : 240)));
        }
        return said;
    }

    void send(int steps) {
        if (once(2)) sender_->endPause();
        for (int i = 0; i < steps; ++i) {
            if (!stepOrPause()) return;
        }
    }

    // False where nothing waits.
    bool stepOrPause() {
        SendStep step;
        try {
            step = sure(once(2) ? sender_->step() : sender_->burst());
        } catch (const PowerGone&) {
            startAnew();
            return true;
        }
        if (step.sent) return true;
        if (!step.nextDue) return false;
        kiosk_.clock.sleepFor(std::max(Duration{}, Duration(sender_->timeUntil(*step.nextDue))));
        return true;
    }

    // Two people look at the province before they say anything. Some are sent again first.
    bool lookAtParked(bool maySendAgain = true) {
        constexpr int most = 200;
        kiosk_.clock.sleepFor(peopleTakeTime);
        line_.bringLate();
        bool any = false;
        for (const FactLine& line : sure(undelivered(*books_, most))) {
            if (line.status.state != FactState::parked) continue;
            any = true;
            auto transaction = sure(Transaction::begin(*books_));
            if (maySendAgain && once(3) && sentAgain_.insert(line.fact).second) {
                sure(requeueParked(transaction, line.fact));
            } else {
                close(transaction, line);
            }
            sure(transaction.commit());
        }
        return any;
    }

    void close(Transaction& transaction, const FactLine& line) {
        const auto rows = sure(
            transaction.query("SELECT idempotency_key FROM outbox WHERE fact = ?", {line.fact}));
        const bool there = isThere(kiosk_.there(), written_.at(rows[0].text(0)));
        const bool lies = plan_.lie == LegacyLie::setAside;
        sure(closeParked(
            transaction, line.fact,
            {there && !lies ? seenThere : toldByLetter, "L-" + std::to_string(line.fact), "000101",
             "000102", kiosk_.clock.wallTime()}));
        ++figures_.outbox.parked;
        ++figures_.outbox.refused[line.messageType + " " + line.status.outcome];
    }

    // What is tried for ever is lost.
    void sendAll() {
        const Instant end = kiosk_.clock.now() + longestUntilSent;
        while (kiosk_.clock.now() < end && (stepOrPause() || lookAtParked())) {
        }
    }

    void finish() {
        sendAll();
        line_.isMended();
        kiosk_.clock.sleepFor(peopleTakeTime);
        line_.bringLate();
        sendAll();
    }

    // Of a card that was enabled here; such a lie needs one.
    const LegacyFact& someEnabling() const {
        for (const auto& [key, fact] : written_) {
            const bool enables = fact.fact.type == MessageType::issueEnable;
            if (enables && kiosk_.engine->books().act("enable", fact.card).done == 1) return fact;
        }
        LIQU_ASSERT(!"no card was enabled");
    }

    void plant() {
        world::LegacyBooks& there = kiosk_.there();
        switch (plan_.lie) {
            case LegacyLie::dropped:
                return change(*books_, "UPDATE outbox SET state = 'queued' WHERE fact = 7");
            case LegacyLie::undone:
                there.cards.at(someEnabling().card).state = world::LegacyCardState::sealed;
                return;
            case LegacyLie::doubled:
                ++there.acts.at({"enable", someEnabling().card}).done;
                return;
            case LegacyLie::swapped:
                there.acts.at({"enable", someEnabling().card}).times.front() -=
                    std::chrono::years{1};
                return;
            case LegacyLie::unlisted:
                change(*books_, "DROP TRIGGER branch_list_is_kept");
                return change(*books_, "DELETE FROM branch_list WHERE line = 7");
            case LegacyLie::overtaken:
                // The last line of a business with several comes before its first.
                return change(*books_,
                              "UPDATE branch_list SET listed_at = 0 WHERE line = (SELECT max(line) "
                              "FROM branch_list GROUP BY biz_id HAVING count(*) > 1 LIMIT 1)");
            case LegacyLie::setAside: {
                const LegacyFact& told = someEnabling();
                change(*books_,
                       "UPDATE outbox SET state = 'parked' WHERE order_id = ? AND message_type = "
                       "'ISSUE.ENABLE'",
                       {told.fact.business.bizId});
                lookAtParked(false);
                return;
            }
            case LegacyLie::none:
            case LegacyLie::forgetful:
                return;
        }
    }

    LegacyPlan plan_;
    SeededRandom random_;
    LegacyFigures figures_;
    LegacyKiosk kiosk_{plan_.region};
    std::unique_ptr<storage::Database> books_ = test::openDatabase(kiosk_.scratch);
    std::unique_ptr<storage::Database> own_ = test::openDatabase(kiosk_.scratch);
    UnsureSoapLine line_{*kiosk_.engine, kiosk_.front, kiosk_.faults, kiosk_.clock, plan_.seed + 1};
    Outbox outbox_{kiosk_.sealer, kiosk_.terminal};
    LegacyBusinesses businesses_{kiosk_, plan_.region, random_,
                                 [this](const auto& step) { return online(step); }};
    WrittenLegacyFacts written_;
    std::set<FactId> sentAgain_;
    std::optional<PowerAtTheEnd> adapter_;
    std::optional<Sender> sender_;
};

}  // namespace

LegacyFigures proveLegacyOutbox(const LegacyPlan& plan, const std::function<void(int)>& told) {
    return LegacyProof(plan).run(told);
}

}  // namespace liqu::proof
