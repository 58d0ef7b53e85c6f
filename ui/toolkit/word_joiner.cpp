#include "ui/toolkit/word_joiner.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"

namespace liqu::ui {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::string_view wordJoiner = "\u2060";
constexpr std::size_t mostBytes = 8UL << 20;
constexpr std::chrono::milliseconds look{2};

// In memory: neither side waits for the other to read.
Result<Descriptor> fileInMemory(std::string_view content) {
    Descriptor file(::memfd_create("words", MFD_CLOEXEC));
    while (file.isOpen() && !content.empty()) {
        const ssize_t count = ::write(file.number(), content.data(), content.size());
        if (count <= 0) break;
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    if (!file.isOpen() || !content.empty() || ::lseek(file.number(), 0, SEEK_SET) != 0)
        return fail(ErrorCode::fileNotWritable, "words: no memory");
    return file;
}

Result<pid_t> start(const std::filesystem::path& program, const std::filesystem::path& ownWords,
                    const Descriptor& in, const Descriptor& out) {
    posix_spawn_file_actions_t files{};
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, in.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, out.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    std::string name = program.string();
    std::string words = ownWords.string();
    std::string language = "LANG=C.UTF-8";
    const std::array<char*, 3> arguments = {name.data(), words.data(), nullptr};
    const std::array<char*, 2> environment = {language.data(), nullptr};
    pid_t process = -1;
    const int error = ::posix_spawn(&process, name.c_str(), &files, nullptr, arguments.data(),
                                    environment.data());
    ::posix_spawn_file_actions_destroy(&files);
    if (error != 0) return fail(ErrorCode::fileNotReadable, name + ": cannot be started");
    return process;
}

bool endsWell(pid_t process, Steady::time_point until) {
    int status = 0;
    while (true) {
        const pid_t ended = ::waitpid(process, &status, WNOHANG);
        if (ended == process) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (ended < 0 && errno != EINTR) return false;
        if (Steady::now() >= until) break;
        std::this_thread::sleep_for(look);
    }
    ::kill(process, SIGKILL);
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return false;
}

std::string contentOf(const Descriptor& file) {
    std::string content;
    std::array<char, 65536> part{};
    ::lseek(file.number(), 0, SEEK_SET);
    while (content.size() < mostBytes) {
        const ssize_t count = ::read(file.number(), part.data(), part.size());
        if (count <= 0) break;
        content.append(part.data(), static_cast<std::size_t>(count));
    }
    return content;
}

}  // namespace

std::string withoutJoiners(std::string text) {
    for (std::size_t at = 0; (at = text.find(wordJoiner, at)) != std::string::npos;)
        text.erase(at, wordJoiner.size());
    return text;
}

Result<std::vector<std::string>> withJoinedWords(const std::vector<std::string>& texts,
                                                 const std::filesystem::path& program,
                                                 const std::filesystem::path& ownWords,
                                                 std::chrono::milliseconds patience) {
    std::string all;
    for (const std::string& text : texts) all.append(text) += '\n';
    const auto in = TRY(fileInMemory(all));
    const auto out = TRY(fileInMemory(""));
    const pid_t process = TRY(start(program, ownWords, in, out));
    if (!endsWell(process, Steady::now() + patience))
        return fail(ErrorCode::fileNotReadable, program.string() + ": failed");
    const std::string answer = contentOf(out);
    std::vector<std::string> joined;
    std::size_t at = 0;
    for (const std::string& text : texts) {
        const std::size_t end = answer.find('\n', at);
        if (end == std::string::npos) break;
        std::string line = answer.substr(at, end - at);
        if (withoutJoiners(line) != text) break;
        joined.push_back(std::move(line));
        at = end + 1;
    }
    if (joined.size() != texts.size() || at != answer.size())
        return fail(ErrorCode::fileNotReadable, program.string() + ": answered something else");
    return joined;
}

}  // namespace liqu::ui
