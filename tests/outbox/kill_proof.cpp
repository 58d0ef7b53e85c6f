#include "tests/outbox/kill_proof.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <signal.h>

#include "firmware/province/sender.hpp"
#include "tests/outbox/sure.hpp"
#include "tests/outbox/wire.hpp"
#include "tests/outbox/written_facts.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/main/child_process.hpp"

namespace liqu::proof {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using world::ChildProcess;

constexpr int mostWritten = 14;  // facts, before and again beside each process
constexpr int mostHeard = 12;    // answers, before a process is killed
constexpr milliseconds longestStart{60};
constexpr milliseconds longestBetween{500};
constexpr milliseconds answerTime{1};
constexpr seconds longestWait{120};

// The lie: what is about to be sent is marked as delivered.
class MarkingLink final : public ports::ProvinceLink {
  public:
    MarkingLink(ports::ProvinceLink& line, const std::filesystem::path& folder)
        : line_(line), books_(openBooks(folder)) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration waits) override {
        constexpr std::string_view field = R"("idemKey":")";
        constexpr std::size_t keyLength = 64;
        const std::size_t at = envelope.find(field) + field.size();
        auto transaction = TRY(storage::Transaction::begin(*books_));
        TRY(transaction.run("UPDATE outbox SET state = 'delivered' WHERE idempotency_key = ?",
                            {std::string(envelope.substr(at, keyLength))}));
        TRY(transaction.commit());
        SystemClock().sleepFor(milliseconds{5});
        return line_.exchange(path, envelope, waits);
    }

  private:
    ports::ProvinceLink& line_;
    std::unique_ptr<storage::Database> books_;
};

class KillProof {
  public:
    explicit KillProof(const KillPlan& plan) : plan_(plan), random_(plan.seed) {
        province_.front().watchWork([this](Instant begin, Instant) { hear(begin); });
    }

    KillFigures run(const std::function<void(int)>& told) {
        constexpr int toldEach = 100;
        while (figures_.kills < plan_.kills) {
            if (killOne() && figures_.kills % toldEach == 0) told(static_cast<int>(figures_.kills));
        }
        ChildProcess last = sender();
        LIQU_ASSERT(endOfSending(last) == 0);
        const world::Books books = province_.front().copyOfBooks();
        compareBooks(*openBooks(scratch_.folder()), books, writer_.written(), figures_.outbox);
        figures_.outbox.facts = writer_.written();
        for (const auto& [key, message] : books.carriedOut) figures_.replayed += message.replays;
        return figures_;
    }

  private:
    Duration someTime(Duration most) {
        return Duration(random_.below(static_cast<std::uint64_t>(most.count())));
    }
    // The province hears one message after another, though not always on the same thread.
    void hear(Instant at) {
        const Duration::rep now = Duration(at.time_since_epoch()).count();
        const Duration::rep between = std::max<Duration::rep>(now - heardAt_.exchange(now), 1);
        shortest_ = std::min<Duration::rep>(shortest_, between);
        ++heard_;
    }
    // Up to twice what lay between two answers: a kill falls on any step of a message, however slow
    // the machine.
    Duration someTimeBetweenAnswers() { return someTime(Duration(2 * shortest_)); }
    // As the kiosk's own thread does, on a connection of its own.
    void write() {
        const int count = 1 + static_cast<int>(random_.below(mostWritten));
        writer_.write(*openBooks(scratch_.folder()), count);
    }
    ChildProcess sender() {
        std::vector<std::string> command{plan_.program, "--send", scratch_.folder().string(),
                                         "--to", province_.url()};
        if (plan_.mark == Mark::beforeSending) command.emplace_back("--marks-before-sending");
        return sure(ChildProcess::start(command));
    }

    // What the killed ones left takes as long as it takes: as long as the province hears of it.
    std::optional<int> endOfSending(ChildProcess& child) {
        std::optional<int> code;
        for (std::int64_t before = -1; !code && before != heard_;) {
            before = heard_;
            code = child.waitForEnd(longestWait);
        }
        return code;
    }

    // False where it ended before, with nothing left to send.
    bool killOne() {
        write();
        const std::int64_t before = heard_;
        const auto wanted = static_cast<std::int64_t>(random_.below(mostHeard));
        ChildProcess child = sender();
        if (random_.below(2) == 0) write();
        // Until so many were answered, or nothing is left to be sent.
        const Instant until = clock_.now() + longestWait;
        while (heard_ - before < wanted && !child.exitCode() && clock_.now() < until) {
            clock_.sleepFor(microseconds{200});
        }
        clock_.sleepFor(wanted == 0 ? someTime(longestStart) : someTimeBetweenAnswers());
        if (child.exitCode()) return false;
        ::kill(child.pid(), SIGKILL);
        const std::optional<int> code = child.waitForEnd(longestWait);
        if (code != 128 + SIGKILL) return false;
        ++figures_.kills;
        if (heard_ == before) ++figures_.beforeFirst;
        return true;
    }

    KillPlan plan_;
    SeededRandom random_;
    KillFigures figures_;
    SystemClock clock_;
    std::atomic<std::int64_t> heard_ = 0;
    std::atomic<Duration::rep> heardAt_ = 0;
    std::atomic<Duration::rep> shortest_ = Duration(longestBetween).count();
    test::Scratch scratch_;
    bool made_ = (makeFolder(scratch_.folder()), true);
    WiredProvince province_{scratch_.folder(), answerTime};
    WiredKiosk kiosk_{scratch_.folder()};
    province::Outbox outbox_{kiosk_.sealer, proofTerminal()};
    FactWriter writer_{outbox_, clock_, random_, 0};
};

}  // namespace

KillFigures proveKills(const KillPlan& plan, const std::function<void(int)>& told) {
    return KillProof(plan).run(told);
}

void sendFrom(const std::filesystem::path& folder, const std::string& url, Mark mark) {
    WiredKiosk kiosk(folder);
    const auto line = sure(drivers::HttpsLink::create(lineTo(folder, url)));
    std::optional<MarkingLink> marking;
    if (mark == Mark::beforeSending) marking.emplace(*line, folder);
    ports::ProvinceLink& used = marking ? static_cast<ports::ProvinceLink&>(*marking) : *line;
    province::KipsAdapter adapter(used, *kiosk.signer, kiosk.clock, kiosk.random, proofTerminal(),
                                  ports::LinePatience{});
    const auto books = openBooks(folder);
    province::Sender sender(*books, kiosk.sealer, adapter);
    while (true) {
        const province::SendStep step = sure(sender.burst());
        if (step.sent) continue;
        if (!step.nextDue) return;
        kiosk.clock.sleepFor(std::max(Duration{}, Duration(sender.timeUntil(*step.nextDue))));
    }
}

}  // namespace liqu::proof
