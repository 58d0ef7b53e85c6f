// Delivers the outbox: one due fact per step, in order inside one business, with growing pauses
// while the line is gone. A burst tries the heads of several businesses and stores their answers in
// one commit; what a power cut takes of it is sent once more, under the same keys. A row that
// cannot be read is set aside for staff, and holds back nothing but its own business. It has a
// write connection of its own (decision 16). The line has a pause, too: while nobody answers, or
// one fact after the other is told to come later, one is tried at each end of it, and not a month
// of them. Facts of different businesses may go side by side, each over a line of its own.
// Sender: one thread, which waits for those it begins. SenderThread: ring() from any thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "firmware/province/adapter.hpp"
#include "firmware/province/outbox.hpp"

namespace liqu::province {

struct SendStep {
    std::optional<FactId> sent;       // the last fact that was tried; none where none was due
    int tries = 0;                    // how many were
    std::optional<WallTime> nextDue;  // where none was; none: nothing waits
    std::vector<std::string> parked;  // which messages were set aside for staff now, and why
};

// 5 s doubling to 10 min, up to a quarter of it taken off by chance.
std::chrono::milliseconds backOff(int attempts, Random& random);

class Sender {
  public:
    // lines: how many facts may be on their way at once; more than one needs an adapter that
    // several threads may use.
    Sender(storage::Database& database, const security::Sealer& sealer, Adapter& adapter,
           std::size_t lines = 1)
        : database_(database), sealer_(sealer), adapter_(adapter), lines_(lines) {}

    // Tries the next due fact once. What the province or the line said is stored with the fact;
    // an error here is one of the storage.
    Result<SendStep> step() { return tryUpTo(1); }
    // The same for some at once; ends where one is not delivered.
    Result<SendStep> burst();
    std::chrono::milliseconds timeUntil(WallTime time) const;
    // Something says that the line may be there: a new fact, a cable, somebody who asks for it.
    void endPause() { pausedUntil_.reset(); }

  private:
    struct DueFact;
    enum class Fate : std::uint8_t { delivered, parked, later, unheard };
    struct Verdict {
        Fate fate = Fate::unheard;
        std::string outcome;
    };

    Result<SendStep> tryUpTo(std::size_t most);
    std::vector<Verdict> deliverSome(const std::vector<DueFact>& due);
    // Each over a line of its own, in the order given.
    std::vector<Verdict> deliverAtOnce(std::span<const DueFact> facts);
    void heedLine(const Verdict& verdict);
    Result<std::vector<DueFact>> nextDueFacts(std::size_t most);
    Result<std::optional<WallTime>> nextDueTime();
    Verdict deliver(const DueFact& fact);
    Verdict judge(const DueFact& fact, const Outgoing& message, const Reply& reply);
    // A refusal of the message, not of the fact: something on the way may have repeated it, and
    // handed back what was said to the second.
    Verdict judgeMessage(const DueFact& fact, const Outgoing& message, const Reply& reply);
    Verdict judgeAlready(const DueFact& fact, const Business& business, std::string_view body);
    Result<void> record(storage::Transaction& transaction, const DueFact& fact,
                        const Verdict& verdict);

    storage::Database& database_;
    const security::Sealer& sealer_;
    Adapter& adapter_;
    std::size_t lines_;

    int unheard_ = 0;  // tries in a row without an answer
    int putOff_ = 0;   // answers in a row that ask for another time
    std::optional<Instant> pausedUntil_;
};

// The product's loop around a Sender. Errors of the storage, and messages that were set aside
// (factsParked), go to onError, on the sender's thread; so does each turn of the loop to onTurn.
class SenderThread {
  public:
    SenderThread(Sender& sender, std::function<void(const Error&)> onError,
                 std::function<void()> onTurn = {});
    ~SenderThread();
    SenderThread(const SenderThread&) = delete;
    SenderThread& operator=(const SenderThread&) = delete;

    // A fact was committed: look at once.
    void ring();
    // What became of a fact was stored since this was asked last, or so much time is over. For one
    // thread at a time.
    void awaitNews(std::chrono::milliseconds atMost);

  private:
    void run(const std::stop_token& stop);
    std::chrono::milliseconds stepAndPause();
    void tellNews();

    Sender& sender_;
    std::function<void(const Error&)> onError_;
    std::function<void()> onTurn_;
    std::mutex mutex_;
    std::condition_variable_any bell_;
    bool rung_ = false;
    std::condition_variable news_;
    bool newsCame_ = false;
    std::jthread thread_;
};

}  // namespace liqu::province
