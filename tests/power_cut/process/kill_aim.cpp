#include "tests/power_cut/process/kill_aim.hpp"

#include <csignal>

#include "firmware/storage/database.hpp"

namespace liqu::proof {
namespace {

constexpr Duration rhythm = std::chrono::microseconds(500);

struct Intent {
    std::int64_t entry = 0;
    std::string step;
};

// A bin's intent is one commit with the failure that led there: it need not be the last entry.
Intent newestIntent(storage::Database& database) {
    const auto rows = database.query(
        "SELECT entry, step FROM journal WHERE phase = 'intent' ORDER BY entry DESC LIMIT 1");
    if (!rows || rows->empty()) return {};
    return {rows->front().integer(0), rows->front().text(1)};
}

}  // namespace

std::string stepUnderWay(const std::filesystem::path& path) {
    const auto database = storage::Database::open({path.string(), "", true});
    if (!database) return "";
    const Intent newest = newestIntent(**database);
    const auto ends = (*database)->number(
        "SELECT count(*) FROM journal WHERE entry > ? AND step = ?", {newest.entry, newest.step});
    return ends && *ends == 0 ? newest.step : "";
}

void KillAim::aimAt(const std::string& step, const std::filesystem::path& path, pid_t kiosk) {
    const auto most = static_cast<std::uint64_t>(longest_[step] * 1000) + 1;
    const Duration delay = std::chrono::microseconds(random_.below(most));
    start(
        [step, path, delay](const std::stop_token& stop) {
            const auto database = storage::Database::open({path.string(), "", true});
            if (!database) return false;
            const std::int64_t before = newestIntent(**database).entry;
            while (!stop.stop_requested()) {
                const Intent newest = newestIntent(**database);
                if (newest.entry > before && newest.step == step) {
                    std::this_thread::sleep_for(delay);
                    return true;
                }
                std::this_thread::sleep_for(rhythm);
            }
            return false;
        },
        kiosk);
}

void KillAim::aimBlindly(Duration after, pid_t kiosk) {
    start(
        [after](const std::stop_token& stop) {
            SystemClock clock;
            const Instant until = clock.now() + after;
            while (!stop.stop_requested() && clock.now() < until) {
                std::this_thread::sleep_for(rhythm);
            }
            return !stop.stop_requested();
        },
        kiosk);
}

void KillAim::start(std::function<bool(const std::stop_token&)> waited, pid_t kiosk) {
    stop();
    killed_ = false;
    thread_ = std::jthread([this, waited = std::move(waited), kiosk](const std::stop_token& token) {
        if (!waited(token)) return;
        killed_ = ::kill(kiosk, SIGKILL) == 0;
    });
}

bool KillAim::stop() {
    if (!thread_.joinable()) return false;
    thread_.request_stop();
    thread_.join();
    return killed_;
}

}  // namespace liqu::proof
