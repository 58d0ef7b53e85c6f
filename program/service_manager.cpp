#include "program/service_manager.hpp"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <cstddef>
#include <cstdlib>
#include <mutex>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace liqu::program {
namespace {

// Three are lost before it counts as none.
constexpr int feedsInTime = 4;

std::string takenFromEnvironment(const char* name) {
    const char* value = ::getenv(name);
    std::string taken = value != nullptr ? value : "";
    ::unsetenv(name);
    return taken;
}

std::optional<std::int64_t> numberIn(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number <= 0)
        return std::nullopt;
    return number;
}

// A path, or with "@" a name without a file.
Descriptor connectedTo(const std::string& name) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.size() < 2 || name.size() >= sizeof(address.sun_path)) return Descriptor(-1);
    if (name[0] != '/' && name[0] != '@') return Descriptor(-1);
    std::ranges::copy(name, address.sun_path);
    if (name[0] == '@') address.sun_path[0] = '\0';
    Descriptor line(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    if (!line.isOpen() ||
        ::connect(line.number(), reinterpret_cast<sockaddr*>(&address), size) != 0)
        return Descriptor(-1);
    return line;
}

}  // namespace

ServiceManager ServiceManager::ofEnvironment() {
    Descriptor line = connectedTo(takenFromEnvironment("NOTIFY_SOCKET"));
    const auto micros = numberIn(takenFromEnvironment("WATCHDOG_USEC"));
    const std::string whom = takenFromEnvironment("WATCHDOG_PID");
    const bool forUs = whom.empty() || numberIn(whom) == ::getpid();
    std::optional<Duration> watches;
    if (line.isOpen() && micros && forUs) watches = Duration{*micros};
    return {std::move(line), watches};
}

void ServiceManager::tell(std::string_view line) const {
    if (socket_.isOpen()) ::send(socket_.number(), line.data(), line.size(), MSG_NOSIGNAL);
}

WatchdogFeeder::WatchdogFeeder(const ServiceManager& manager, const Heartbeat& heartbeat,
                               std::function<void(Loop)> onLate)
    : manager_(manager), heartbeat_(heartbeat), onLate_(std::move(onLate)) {
    if (!manager_.watches()) return;
    thread_ = std::jthread(
        [this, rhythm = *manager_.watches() / feedsInTime](const std::stop_token& stop) {
            std::mutex mutex;
            std::condition_variable_any never;
            std::unique_lock lock(mutex);
            while (!stop.stop_requested()) {
                feed();
                never.wait_for(lock, stop, rhythm, [] { return false; });
            }
        });
}

void WatchdogFeeder::feed() {
    const auto late = heartbeat_.late();
    if (!late) manager_.tell("WATCHDOG=1");
    if (late && late != told_) onLate_(*late);
    told_ = late;
}

}  // namespace liqu::program
