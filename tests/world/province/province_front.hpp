// What both fronts of the province share: the one lock around the engine, and what the line does
// to a message on its way (faults province.*). Thread-safe.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "tests/world/fault_plan.hpp"
#include "tests/world/province/province_engine.hpp"

namespace liqu::world {

struct ProvinceTimes {
    Duration answer = std::chrono::milliseconds{120};
    Duration slowAnswer = std::chrono::seconds{6};  // province.slow
};

enum class LineEvent {
    answered,
    answerLost,  // carried out, but nobody hears the answer
    notHttp,     // carried out, and what comes back is no HTTP
    cut,         // the message was swallowed, not carried out; the line stays dead
    gone,        // nothing listens any more
};

struct Treatment {
    LineEvent event = LineEvent::answered;
    Duration delay{};
    ProvinceAnswer answer;
};

class ProvinceFront {
  public:
    ProvinceFront(ProvinceEngine& engine, FaultPlan& faults, ProvinceTimes times = {})
        : engine_(engine), faults_(faults), times_(times) {}

    Treatment receive(const ProvinceRequest& request, WallTime now);
    // province.unreachable without a place: nothing ever listened.
    bool neverThere();
    // Who wants to know how long the province was at work on each message; set before it serves.
    using Watcher = std::function<void(Instant begin, Instant end)>;
    void watchWork(Watcher watcher) { watcher_ = std::move(watcher); }
    void tellWork(Instant begin, Instant end) const {
        if (watcher_) watcher_(begin, end);
    }
    // province.expired-certificate
    bool certificateExpired() { return faults_.holds(Fault::provinceExpiredCertificate); }

    // A line that had gone for good works again.
    void mendLine();

    // province.json
    std::string dumpBooks();
    std::vector<std::string> auditBooks();
    Books copyOfBooks();
    // A short look, without a copy.
    void look(const std::function<void(Books&)>& use);
    // Somebody moves here.
    void addPerson(const Person& person);

  private:
    bool lineDies(Fault fault, const std::string& messageType, bool readsBack);

    std::mutex mutex_;
    ProvinceEngine& engine_;
    FaultPlan& faults_;
    ProvinceTimes times_;
    Watcher watcher_;
    bool gone_ = false;
};

}  // namespace liqu::world
