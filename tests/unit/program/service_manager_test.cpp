#include "program/service_manager.hpp"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::program;
using namespace std::chrono_literals;

namespace {

// The other end: what systemd would hear.
class Listener {
  public:
    explicit Listener(const std::string& name) : line_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        if (name[0] == '@') address.sun_path[0] = '\0';
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        REQUIRE(::bind(line_.number(), reinterpret_cast<sockaddr*>(&address), size) == 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    // Empty where nothing came in this time.
    std::string hear(std::chrono::milliseconds within) const {
        pollfd one{line_.number(), POLLIN, 0};
        if (::poll(&one, 1, static_cast<int>(within.count())) <= 0) return {};
        std::array<char, 256> text{};
        const ssize_t size = ::recv(line_.number(), text.data(), text.size(), 0);
        return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "";
    }

  private:
    Descriptor line_;
};

void watchEvery(const char* micros, const std::string& process) {
    ::setenv("WATCHDOG_USEC", micros, 1);
    ::setenv("WATCHDOG_PID", process.c_str(), 1);
}

}  // namespace

TEST_CASE("without a manager nothing is told and nothing is watched") {
    ::unsetenv("NOTIFY_SOCKET");
    watchEvery("1000", std::to_string(::getpid()));
    const auto manager = ServiceManager::ofEnvironment();
    manager.tell("READY=1");
    CHECK_FALSE(manager.watches());
}

TEST_CASE("a line reaches a socket with a path and one without") {
    const test::Scratch scratch;
    for (const std::string& name :
         {scratch.file("notify"), "@liqu-test-" + std::to_string(::getpid())}) {
        const Listener listener(name);
        const auto manager = ServiceManager::ofEnvironment();
        manager.tell("READY=1");
        CHECK(listener.hear(1s) == "READY=1");
    }
}

TEST_CASE("what this program starts does not find the manager") {
    const test::Scratch scratch;
    const Listener listener(scratch.file("notify"));
    watchEvery("20000000", std::to_string(::getpid()));
    const auto manager = ServiceManager::ofEnvironment();
    CHECK(manager.watches() == Duration(20s));
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) {
        CHECK(::getenv(name) == nullptr);
    }
}

TEST_CASE("a watch of another process, and one that is no number, are none") {
    const test::Scratch scratch;
    int count = 0;
    const auto watched = [&](const char* micros, const std::string& whom) {
        const Listener listener(scratch.file("notify" + std::to_string(count++)));
        watchEvery(micros, whom);
        return ServiceManager::ofEnvironment().watches().has_value();
    };
    const std::string us = std::to_string(::getpid());
    CHECK(watched("1000", us));
    CHECK(watched("1000", ""));
    CHECK_FALSE(watched("1000", "1"));
    CHECK_FALSE(watched("0", us));
    CHECK_FALSE(watched("-5", us));
    CHECK_FALSE(watched("12x", us));
    CHECK_FALSE(watched("99999999999999999999", us));
}

TEST_CASE("a name that is no socket's is refused") {
    ::setenv("WATCHDOG_USEC", "1000", 1);
    for (const std::string& name :
         {std::string("relative"), std::string("@"), "/" + std::string(200, 'x')}) {
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
        ::setenv("WATCHDOG_USEC", "1000", 1);
        ::unsetenv("WATCHDOG_PID");
        CHECK_FALSE(ServiceManager::ofEnvironment().watches());
    }
}

// Three threads turn as the kiosk's do. Each in its turn is made to hang: then nothing is fed, and
// again once it goes on.
TEST_CASE("a loop that hangs ends the feeding, whichever it is") {
    const test::Scratch scratch;
    const Listener listener(scratch.file("notify"));
    watchEvery("200000", std::to_string(::getpid()));
    SystemClock clock;
    Heartbeat heartbeat(clock);
    std::atomic<int> hangs{-1};
    std::vector<std::jthread> threads;
    for (const Loop loop : {Loop::window, Loop::kiosk, Loop::sender}) {
        heartbeat.expect(loop, 600ms);
        threads.emplace_back([&, loop](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                if (hangs != static_cast<int>(loop)) heartbeat.turned(loop);
                std::this_thread::sleep_for(2ms);
            }
        });
    }
    const auto manager = ServiceManager::ofEnvironment();
    std::mutex mutex;
    std::vector<Loop> named;
    const WatchdogFeeder feeder(manager, heartbeat, [&](Loop loop) {
        const std::lock_guard lock(mutex);
        named.push_back(loop);
    });
    for (const Loop loop : {Loop::window, Loop::kiosk, Loop::sender}) {
        CAPTURE(wordOf(loop));
        CHECK(listener.hear(5s) == "WATCHDOG=1");
        hangs = static_cast<int>(loop);
        bool silent = false;
        for (int i = 0; i < 100 && !silent; ++i) silent = listener.hear(300ms).empty();
        CHECK(silent);
        {
            const std::lock_guard lock(mutex);
            REQUIRE_FALSE(named.empty());
            CHECK(named.back() == loop);
        }
        hangs = -1;
        CHECK(listener.hear(5s) == "WATCHDOG=1");
    }
}
