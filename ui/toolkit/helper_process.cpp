#include "ui/toolkit/helper_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace liqu::ui {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look{2};

Result<Descriptor> fileInMemory(std::string_view content) {
    Descriptor file(::memfd_create("helper", MFD_CLOEXEC));
    while (file.isOpen() && !content.empty()) {
        const ssize_t count = ::write(file.number(), content.data(), content.size());
        if (count <= 0) break;
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    if (!file.isOpen() || !content.empty() || ::lseek(file.number(), 0, SEEK_SET) != 0)
        return fail(ErrorCode::fileNotWritable, "no memory for a program's input");
    return file;
}

Result<pid_t> spawn(const std::filesystem::path& program, std::vector<std::string> arguments,
                    const Descriptor& in, const Descriptor& out) {
    posix_spawn_file_actions_t files{};
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, in.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, out.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    std::string name = program.string();
    std::string language = "LANG=C.UTF-8";
    std::vector<char*> words = {name.data()};
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    const std::array<char*, 2> environment = {language.data(), nullptr};
    pid_t process = -1;
    const int error =
        ::posix_spawn(&process, name.c_str(), &files, nullptr, words.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&files);
    if (error != 0) return fail(ErrorCode::fileNotReadable, name + ": cannot be started");
    return process;
}

}  // namespace

Result<HelperProcess> HelperProcess::start(const std::filesystem::path& program,
                                           std::vector<std::string> arguments,
                                           std::string_view input) {
    const auto in = TRY(fileInMemory(input));
    auto out = TRY(fileInMemory(""));
    const pid_t process = TRY(spawn(program, std::move(arguments), in, out));
    return HelperProcess(process, std::move(out));
}

std::optional<bool> HelperProcess::ended() {
    if (process_ < 0) return endedWell_;
    int status = 0;
    const pid_t ended = ::waitpid(process_, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
    endedWell_ = ended == process_ && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    process_ = -1;
    return endedWell_;
}

bool HelperProcess::endsWell(std::chrono::milliseconds patience) {
    const Steady::time_point until = Steady::now() + patience;
    while (true) {
        if (const auto well = ended()) return *well;
        if (Steady::now() >= until) break;
        std::this_thread::sleep_for(look);
    }
    kill();
    return false;
}

std::string HelperProcess::answer(std::size_t from, std::size_t most) const {
    struct stat file {};
    if (::fstat(answer_.number(), &file) != 0) return {};
    const auto size = static_cast<std::size_t>(file.st_size);
    most = std::min(most, size - std::min(from, size));
    std::string part(most, '\0');
    std::size_t have = 0;
    while (have < most) {
        const ssize_t count = ::pread(answer_.number(), part.data() + have, most - have,
                                      static_cast<off_t>(from + have));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        have += static_cast<std::size_t>(count);
    }
    part.resize(have);
    return part;
}

void HelperProcess::kill() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
}

}  // namespace liqu::ui
