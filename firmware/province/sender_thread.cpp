#include <algorithm>
#include <utility>

#include "firmware/province/sender.hpp"

namespace liqu::province {
namespace {

using std::chrono::milliseconds;

// Without a bell the loop still looks, so that a lost ring costs a minute and no fact.
constexpr milliseconds longestSleep{60'000};
constexpr milliseconds afterStorageError{10'000};

}  // namespace

SenderThread::SenderThread(Sender& sender, std::function<void(const Error&)> onError,
                           std::function<void()> onTurn)
    : sender_(sender),
      onError_(std::move(onError)),
      onTurn_(std::move(onTurn)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

SenderThread::~SenderThread() = default;

void SenderThread::ring() {
    const std::lock_guard lock(mutex_);
    rung_ = true;
    bell_.notify_one();
}

void SenderThread::awaitNews(milliseconds atMost) {
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, atMost, [this] { return newsCame_; });
    newsCame_ = false;
}

void SenderThread::tellNews() {
    const std::lock_guard lock(mutex_);
    newsCame_ = true;
    news_.notify_all();
}

void SenderThread::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (onTurn_) onTurn_();
        const milliseconds pause = stepAndPause();
        std::unique_lock lock(mutex_);
        bell_.wait_for(lock, stop, pause, [this] { return rung_; });
        if (std::exchange(rung_, false)) sender_.endPause();
    }
}

milliseconds SenderThread::stepAndPause() {
    const auto step = sender_.burst();
    if (!step) {
        onError_(step.error());
        return afterStorageError;
    }
    for (const std::string& parked : step->parked) onError_({ErrorCode::factsParked, parked});
    if (step->sent) {
        tellNews();
        return milliseconds{0};
    }
    if (!step->nextDue) return longestSleep;
    return std::clamp(sender_.timeUntil(*step->nextDue), milliseconds{0}, longestSleep);
}

}  // namespace liqu::province
