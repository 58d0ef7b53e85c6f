#include "tests/outbox/outbox_proof.hpp"

#include <algorithm>
#include <optional>

#include "firmware/base/assert.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/province/province.hpp"
#include "firmware/province/sender.hpp"
#include "firmware/security/sealer.hpp"
#include "tests/outbox/sure.hpp"
#include "tests/outbox/unsure_line.hpp"
#include "tests/outbox/written_facts.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/province/keys.hpp"

namespace liqu::proof {
namespace {

using namespace province;
using storage::Transaction;

constexpr ports::LinePatience patience{.query = std::chrono::seconds(7),
                                       .change = std::chrono::seconds(11)};
constexpr int mostInABurst = 40;  // facts written before the sender runs
constexpr std::uint64_t oneRefusedIn = 400;
constexpr std::uint64_t goneOnceIn = 90;       // bursts
constexpr std::uint64_t backupOnceIn = 60;     // bursts
constexpr std::uint64_t restoredOnceIn = 150;  // bursts
constexpr int longestAway = 72;                // hours

class Proof {
  public:
    explicit Proof(const OutboxPlan& plan) : plan_(plan), random_(plan.seed) { signIn(); }

    OutboxFigures run(const std::function<void(int)>& told) {
        constexpr int toldEach = 5'000;
        int written = 0;
        int nextTold = toldEach;
        while (written < plan_.facts) {
            const int burst = std::min(1 + below(mostInABurst), plan_.facts - written);
            writer_.write(*kiosk_, burst);
            written += burst;
            if (written >= nextTold) {
                told(written);
                nextTold += toldEach;
            }
            world();
            send(below(3 * mostInABurst));
            closeSome();
        }
        finish();
        plant();
        compareBooks(*kiosk_, engine_->books(), writer_.written(), figures_);
        figures_.facts = written;
        figures_.happened = line_.happened();
        figures_.days =
            std::chrono::duration_cast<std::chrono::days>(clock_.now() - Instant{}).count();
        return figures_;
    }

  private:
    int below(int bound) {
        return static_cast<int>(random_.below(static_cast<std::uint64_t>(bound)));
    }
    bool once(std::uint64_t in) { return random_.below(in) == 0; }

    // What happens around them.
    void world() {
        clock_.sleepFor(std::chrono::seconds(below(240)));
        if (once(goneOnceIn)) line_.goes(std::chrono::hours(1 + below(longestAway)));
        if (once(backupOnceIn) && !backup_) backup_ = engine_->books();
        if (backup_ && once(restoredOnceIn)) restore();
    }

    // Its operators have the terminals sign in once it is there again.
    void restore() {
        ++figures_.restored;
        engine_->books() = *std::move(backup_);
        backup_.reset();
        line_.startsAnew();
        signIn();
    }

    void signIn() {
        while (true) {
            try {
                if (trySignIn()) return;
            } catch (const PowerGone&) {
                sender_.emplace(*own_, sealer_, adapter_);
            }
            clock_.sleepFor(std::chrono::minutes(1 + below(30)));
        }
    }

    bool trySignIn() {
        SignIn message;
        message.firmwareVersion = "1.0.0";
        message.schemaVersion = 1;
        sure(tellStanding(*kiosk_, message));
        Business own;
        own.bizId = proofTerminal().terminalId + "-20240601-000000";
        own.bankCode = "B01";
        const WallTime askedAt = clock_.wallTime();
        const auto answer = province_.signIn(own, message);
        if (!answer) return false;
        sure(compareStanding(*kiosk_, *answer));
        const SentAgain again = sure(sendAgain(*kiosk_, *answer, askedAt));
        LIQU_ASSERT(again.purged == 0);
        return true;
    }

    // So many steps; while there is nothing to send, time goes by.
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
            step = sure(sender_->step());
        } catch (const PowerGone&) {
            sender_.emplace(*own_, sealer_, adapter_);
            return true;
        }
        if (step.sent) return true;
        if (!step.nextDue) return false;
        clock_.sleepFor(std::max(Duration{}, Duration(sender_->timeUntil(*step.nextDue))));
        return true;
    }

    // Two people close what was refused; what waits behind it goes on.
    void closeSome() {
        if (!once(20)) return;
        closeAllParked();
    }
    bool closeAllParked() {
        constexpr int most = 200;
        bool any = false;
        for (const FactLine& line : sure(undelivered(*kiosk_, most))) {
            if (line.status.state != FactState::parked) continue;
            auto transaction = sure(Transaction::begin(*kiosk_));
            sure(closeParked(transaction, line.fact,
                             {"told by letter", "L-" + std::to_string(line.fact), "000101",
                              "000102", clock_.wallTime()}));
            sure(transaction.commit());
            ++figures_.parked;
            ++figures_.refused[line.messageType + " " + line.status.outcome];
            any = true;
        }
        return any;
    }

    void finish() {
        if (backup_ && once(2)) restore();
        while (stepOrPause() || closeAllParked()) {
        }
        line_.isMended();
        // What is late comes, and the last look of the province at these books finds nothing amiss.
        clock_.sleepFor(std::chrono::hours(1));
        signIn();
        while (stepOrPause() || closeAllParked()) {
        }
    }

    void plant() {
        world::Books& books = engine_->books();
        if (plan_.lie == OutboxLie::dropped) {
            auto transaction = sure(Transaction::begin(*kiosk_));
            sure(transaction.run("UPDATE outbox SET state = 'queued' WHERE fact = 7"));
            sure(transaction.commit());
        } else if (plan_.lie == OutboxLie::forgotten) {
            books.carriedOut.erase(books.order.back());
            books.order.pop_back();
        } else if (plan_.lie == OutboxLie::otherKey) {
            world::CarriedOut again = books.carriedOut.at(books.order.back());
            again.idemKey += "0";
            const std::string key = world::carriedOutKey(again.terminalId, again.idemKey);
            books.carriedOut[key] = again;
            books.order.push_back(key);
        } else if (plan_.lie == OutboxLie::overtaken) {
            std::reverse(books.order.begin(), books.order.end());
        } else if (plan_.lie == OutboxLie::setAside) {
            auto transaction = sure(Transaction::begin(*kiosk_));
            sure(transaction.run("UPDATE outbox SET state = 'parked' WHERE fact = 7"));
            sure(transaction.commit());
            closeAllParked();
        }
    }

    OutboxPlan plan_;
    SeededRandom random_;
    OutboxFigures figures_;
    test::Scratch scratch_;
    std::unique_ptr<storage::Database> kiosk_ = test::openDatabase(scratch_);
    std::unique_ptr<storage::Database> own_ = test::openDatabase(scratch_);
    world::VirtualClock clock_;
    world::FaultPlan faults_;
    std::unique_ptr<world::ProvinceEngine> engine_ = sure(world::ProvinceEngine::create(
        LIQU_SOURCE_DIR, std::make_unique<world::TwinKeys>(), faults_));
    UnsureLine line_{*engine_, clock_, plan_.seed + 1};
    world::TwinSigner signer_;
    KipsAdapter adapter_{line_, signer_, clock_, random_, proofTerminal(), patience};
    Province province_{adapter_};
    security::SealKey key_ = security::SealKey::make(random_);
    security::Sealer sealer_{security::SealProfile::sm4CtrHmacSm3, key_, random_};
    Outbox outbox_{sealer_, proofTerminal()};
    std::optional<Sender> sender_{std::in_place, *own_, sealer_, adapter_};
    FactWriter writer_{outbox_, clock_, random_, oneRefusedIn};
    std::optional<world::Books> backup_;
};

}  // namespace

OutboxFigures proveOutbox(const OutboxPlan& plan, const std::function<void(int)>& told) {
    return Proof(plan).run(told);
}

}  // namespace liqu::proof
