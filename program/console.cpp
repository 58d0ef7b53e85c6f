#include "program/console.hpp"

#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace liqu::program {
namespace {

class NoEcho {
  public:
    NoEcho() {
        isTerminal_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
        if (!isTerminal_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho() {
        if (isTerminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    bool isTerminal() const { return isTerminal_; }

  private:
    termios before_{};
    bool isTerminal_ = false;
};

}  // namespace

SecretText askSecret(const std::string& question) {
    const NoEcho silence;
    if (silence.isTerminal()) std::fprintf(stderr, "%s: ", question.c_str());
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
