#include "tests/world/main/child_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace liqu::world {
namespace {

constexpr Duration rhythm = std::chrono::milliseconds(10);

// Runs in the child only, which may ask nothing for a lock that a thread of the parent held when it
// was split off: no memory, and no file (umockdev looks at every name under a lock of its own).
[[noreturn]] void become(std::vector<char*>& arguments, int output) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    // Ctrl-C is for the world, which ends its children in order.
    ::setpgid(0, 0);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (output >= 0) {
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
    }
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& command,
                                         const std::filesystem::path& output) {
    if (::access(command.front().c_str(), X_OK) != 0) {
        return fail(ErrorCode::fileNotReadable, command.front() + " is no program to start");
    }
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    int file = -1;
    if (!output.empty()) {
        file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (file < 0) return fail(ErrorCode::fileNotWritable, output.string());
    }
    const pid_t pid = ::fork();
    if (pid == 0) become(arguments, file);
    if (file >= 0) ::close(file);
    if (pid < 0) return fail(ErrorCode::fileNotReadable, "no new process");
    return ChildProcess(pid);
}

ChildProcess::~ChildProcess() {
    if (pid_ > 0) end(std::chrono::seconds(5));
}

std::optional<int> ChildProcess::exitCode() {
    if (code_ || pid_ < 0) return code_;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    pid_ = -1;
    return code_;
}

std::optional<int> ChildProcess::waitForEnd(Duration atMost) {
    SystemClock clock;
    const Instant until = clock.now() + atMost;
    while (!exitCode() && clock.now() < until) clock.sleepFor(rhythm);
    return code_;
}

int ChildProcess::end(Duration patience) {
    if (exitCode()) return *code_;
    ::kill(pid_, SIGTERM);
    if (!waitForEnd(patience)) {
        ::kill(pid_, SIGKILL);
        waitForEnd(std::chrono::seconds(5));
    }
    return code_.value_or(-1);
}

}  // namespace liqu::world
