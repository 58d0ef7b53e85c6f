#include "program/console.hpp"

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"

namespace liqu::program {
namespace {

// While nothing is echoed, whoever ends the program must find their terminal as it was: the signals
// that end it are heard by waitForLine(), which puts the echo back first.
class NoEcho {
  public:
    NoEcho() {
        isTerminal_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
        if (!isTerminal_) return;
        sigset_t ending;
        sigemptyset(&ending);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, signal);
        ::sigprocmask(SIG_BLOCK, &ending, &signalsBefore_);
        signals_ = Descriptor(::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK));
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho() { putBack(); }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    bool isTerminal() const { return isTerminal_; }

    void waitForLine() {
        if (!isTerminal_) return;
        pollfd wanted[] = {{STDIN_FILENO, POLLIN, 0}, {signals_.number(), POLLIN, 0}};
        while (::poll(wanted, 2, -1) < 0 && errno == EINTR) {
        }
        signalfd_siginfo told{};
        if ((wanted[1].revents & POLLIN) == 0 ||
            ::read(signals_.number(), &told, sizeof told) != sizeof told) {
            return;
        }
        putBack();
        std::fputc('\n', stderr);
        ::raise(static_cast<int>(told.ssi_signo));
    }

  private:
    void putBack() {
        if (!isTerminal_) return;
        isTerminal_ = false;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        ::sigprocmask(SIG_SETMASK, &signalsBefore_, nullptr);
    }

    termios before_{};
    sigset_t signalsBefore_{};
    Descriptor signals_{-1};
    bool isTerminal_ = false;
};

}  // namespace

SecretText askSecret(const std::string& question) {
    NoEcho silence;
    if (silence.isTerminal()) std::fprintf(stderr, "%s: ", question.c_str());
    silence.waitForLine();
    std::string line;
    std::getline(std::cin, line);
    if (silence.isTerminal()) std::fputc('\n', stderr);
    return SecretText(std::move(line));
}

int say(const Error& error) {
    std::fprintf(stderr, "liqu: %s\n", describe(error).c_str());
    return 1;
}

}  // namespace liqu::program
