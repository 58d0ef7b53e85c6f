// A person at a real terminal, who is asked for a PIN and changes their mind.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "firmware/base/clock.hpp"
#include "firmware/base/plain_file.hpp"
#include "tests/window/commands/command_bench.hpp"

using namespace liqu;
using namespace liqu::test;

namespace {

constexpr Duration longest = std::chrono::seconds(60);
constexpr Duration rhythm = std::chrono::milliseconds(5);

struct Terminal {
    Terminal() {
        int keys = -1;
        int line = -1;
        REQUIRE(::openpty(&keys, &line, nullptr, nullptr, nullptr) == 0);
        master = Descriptor(keys);
        slave = Descriptor(line);
        ::fcntl(keys, F_SETFL, O_NONBLOCK);
    }
    bool echoes() const {
        termios now{};
        REQUIRE(::tcgetattr(slave.number(), &now) == 0);
        return (now.c_lflag & ECHO) != 0;
    }
    // In the child: this becomes the terminal it was started from.
    void become() const {
        ::setsid();
        ::ioctl(slave.number(), TIOCSCTTY, 0);
        for (const int end : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            ::dup2(slave.number(), end);
        }
    }
    std::string shown() {
        char text[4096];
        const ssize_t length = ::read(master.number(), text, sizeof text);
        if (length > 0) all_.append(text, static_cast<std::size_t>(length));
        return all_;
    }

    Descriptor master{-1};
    Descriptor slave{-1};

  private:
    std::string all_;
};

}  // namespace

TEST_CASE("Ctrl-C at the question for a PIN gives the terminal its echo back") {
    if (::geteuid() != 0) return;
    CommandBench bench;
    bench.setUp();
    Terminal terminal;
    const std::string program = bench.program().string();
    const std::string folder = bench.folder().string();
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        terminal.become();
        if (::chdir(folder.c_str()) != 0) ::_exit(125);
        ::execl(program.c_str(), "liqu", "staff", "add", "--config", "kiosk.toml", "--data", "data",
                "1001", "--name", "Li", "--roles", "auditor", static_cast<char*>(nullptr));
        ::_exit(127);
    }
    SystemClock clock;
    const Instant until = clock.now() + longest;
    int status = 0;
    while (clock.now() < until &&
           (terminal.echoes() || terminal.shown().find("PIN") == std::string::npos)) {
        clock.sleepFor(rhythm);
    }
    CHECK_FALSE(terminal.echoes());
    REQUIRE(::write(terminal.master.number(), "\x03", 1) == 1);
    while (clock.now() < until && ::waitpid(child, &status, WNOHANG) != child) {
        terminal.shown();
        clock.sleepFor(rhythm);
    }
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGINT);
    CHECK(terminal.echoes());
}
