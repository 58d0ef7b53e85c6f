#include "drivers/attention/attention_desk.hpp"

#include <condition_variable>
#include <stop_token>
#include <thread>

namespace liqu::drivers {
namespace {

using ports::CallReason;
using ports::CallState;

// How often the wire is asked whether somebody acknowledged.
constexpr Duration rhythm = std::chrono::seconds{1};

class CallerThread final : public ports::AttentionCaller {
  public:
    CallerThread(std::unique_ptr<AttentionWire> wire, std::uint64_t lastCall,
                 std::function<void(const Error&)> onTrouble)
        : desk_(std::move(wire), lastCall),
          onTrouble_(std::move(onTrouble)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void call(CallReason reason) override {
        desk_.call(reason);
        wake();
    }
    CallState state() const override { return desk_.state(); }
    void clear() override {
        desk_.clear();
        wake();
    }

  private:
    void wake() {
        {
            const std::lock_guard lock(mutex_);
            woken_ = true;
        }
        changed_.notify_all();
    }

    void run(const std::stop_token& stop) {
        bool troubled = false;
        while (!stop.stop_requested()) {
            const auto busy = desk_.step();
            if (!busy && !troubled) onTrouble_(busy.error());
            troubled = !busy;
            std::unique_lock lock(mutex_);
            const auto isWoken = [this] { return woken_; };
            if (busy.value_or(true)) {
                changed_.wait_for(lock, stop, rhythm, isWoken);
            } else {
                changed_.wait(lock, stop, isWoken);
            }
            woken_ = false;
        }
    }

    AttentionDesk desk_;
    std::function<void(const Error&)> onTrouble_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool woken_ = false;
    std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace

void AttentionDesk::call(CallReason reason) {
    const std::lock_guard lock(mutex_);
    if (standing_.state == CallState::asked || standing_.state == CallState::unheard) return;
    standing_ = {++lastCall_, reason, CallState::asked};
}

CallState AttentionDesk::state() const {
    const std::lock_guard lock(mutex_);
    return standing_.state;
}

void AttentionDesk::clear() {
    const std::lock_guard lock(mutex_);
    if (standing_.call != 0) over_ = standing_.call;
    standing_ = {};
}

Result<bool> AttentionDesk::step() {
    Standing standing;
    std::optional<std::uint64_t> over;
    {
        const std::lock_guard lock(mutex_);
        standing = standing_;
        over = over_;
    }
    // A call that stands comes before the end of an earlier one, which may not be taken in.
    const bool asks = standing.state == CallState::asked || standing.state == CallState::unheard;
    const bool waits = asks && !TRY(ask(standing));
    if (over) TRY(wire_->over(*over));
    const std::lock_guard lock(mutex_);
    if (over_ == over) over_.reset();
    return waits || over_.has_value();
}

// True: acknowledged.
Result<bool> AttentionDesk::ask(const Standing& standing) {
    auto acknowledged = wire_->ask(standing.call, standing.reason);
    const std::lock_guard lock(mutex_);
    // It may have been withdrawn meanwhile.
    if (standing_.call == standing.call) {
        standing_.state = !acknowledged   ? CallState::unheard
                          : *acknowledged ? CallState::acknowledged
                                          : CallState::asked;
    }
    return acknowledged;
}

std::unique_ptr<ports::AttentionCaller> makeAttentionCaller(
    std::unique_ptr<AttentionWire> wire, std::uint64_t lastCall,
    std::function<void(const Error&)> onTrouble) {
    return std::make_unique<CallerThread>(std::move(wire), lastCall, std::move(onTrouble));
}

}  // namespace liqu::drivers
