#include "drivers/chip_reader/deadline_worker.hpp"

#include <condition_variable>
#include <mutex>

#include "firmware/base/assert.hpp"
#include "firmware/base/stack_wipe.hpp"

namespace liqu::drivers {

// Where caller and thread meet; it outlives whichever of them goes first.
struct DeadlineWorker::Desk {
    std::mutex mutex;
    std::condition_variable changed;
    std::function<void()> call;  // guarded by mutex
    bool busy = false;           // guarded by mutex
    bool closed = false;         // guarded by mutex
};

DeadlineWorker::DeadlineWorker()
    : desk_(std::make_shared<Desk>()), thread_([desk = desk_] { work(desk); }) {}

DeadlineWorker::~DeadlineWorker() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(desk_->mutex);
        desk_->closed = true;
    }
    desk_->changed.notify_all();
    thread_.join();
}

bool DeadlineWorker::run(std::function<void()> call, Duration deadline) {
    LIQU_ASSERT(thread_.joinable());
    std::unique_lock lock(desk_->mutex);
    desk_->call = std::move(call);
    desk_->busy = true;
    desk_->changed.notify_all();
    if (desk_->changed.wait_for(lock, deadline, [this] { return !desk_->busy; })) return true;
    desk_->closed = true;
    thread_.detach();
    return false;
}

void DeadlineWorker::work(const std::shared_ptr<Desk>& desk) {
    std::unique_lock lock(desk->mutex);
    while (true) {
        desk->changed.wait(lock, [&desk] { return desk->busy || desk->closed; });
        if (!desk->busy) return;
        std::function<void()> call = std::move(desk->call);
        lock.unlock();
        call();
        // What the call owns goes before anybody hears that it is done.
        call = nullptr;
        // PC/SC builds its messages, records of the chip among them, in its own frames.
        wipeUnusedStack();
        lock.lock();
        desk->busy = false;
        desk->changed.notify_all();
        if (desk->closed) return;
    }
}

}  // namespace liqu::drivers
