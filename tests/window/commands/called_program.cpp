#include "tests/window/commands/called_program.hpp"

#include <algorithm>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/assert.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::test {
namespace {

constexpr Duration longest = std::chrono::seconds(60);
constexpr Duration rhythm = std::chrono::milliseconds(5);
constexpr uid_t nobody = 65534;

int memoryFile(const char* name, const std::string& content = {}) {
    const int file = ::memfd_create(name, MFD_CLOEXEC);
    LIQU_ASSERT(file >= 0);
    LIQU_ASSERT(::write(file, content.data(), content.size()) ==
                static_cast<ssize_t>(content.size()));
    LIQU_ASSERT(::lseek(file, 0, SEEK_SET) == 0);
    return file;
}

std::string contentOf(int file) {
    std::string text(static_cast<std::size_t>(::lseek(file, 0, SEEK_END)), '\0');
    LIQU_ASSERT(::pread(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
    return text;
}

std::vector<char*> pointersTo(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

// In the child only.
[[noreturn]] void become(const Call& call, int in, int out, int wrong) {
    ::signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(wrong, STDERR_FILENO);
    // As a login shell leaves it.
    ::umask(022);
    if (call.who == Who::nobody &&
        (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0)) {
        ::_exit(126);
    }
    if (::chdir(call.from.c_str()) != 0) ::_exit(125);
    std::vector<std::string> environment = call.environment;
    const auto isPath = [](const std::string& one) { return one.starts_with("PATH="); };
    if (std::ranges::none_of(environment, isPath)) {
        environment.emplace_back("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    }
    ::execve(call.words[0].c_str(), pointersTo(call.words).data(), pointersTo(environment).data());
    ::_exit(127);
}

}  // namespace

RunningProgram::RunningProgram(const Call& call)
    : out_(memoryFile("out")), wrong_(memoryFile("wrong")) {
    const int in = memoryFile("typed", call.typed);
    pid_ = ::fork();
    LIQU_ASSERT(pid_ >= 0);
    if (pid_ == 0) become(call, in, out_, wrong_);
    ::close(in);
}

RunningProgram::~RunningProgram() {
    if (isRunning()) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, &status_, 0);
    }
    ::close(out_);
    ::close(wrong_);
}

bool RunningProgram::isRunning() {
    if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
    return pid_ > 0;
}

void RunningProgram::send(int signal) const {
    if (pid_ > 0) ::kill(pid_, signal);
}

Said RunningProgram::waitForEnd() {
    SystemClock clock;
    const Instant until = clock.now() + longest;
    while (isRunning() && clock.now() < until) clock.sleepFor(rhythm);
    int code = 124;
    if (!isRunning()) {
        code = WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
    } else {
        send(SIGKILL);
        ::waitpid(pid_, &status_, 0);
        pid_ = -1;
    }
    return {code, contentOf(out_), contentOf(wrong_)};
}

Said callProgram(const Call& call) {
    return RunningProgram(call).waitForEnd();
}

}  // namespace liqu::test
