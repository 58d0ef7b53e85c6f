#include "program/voice/talker.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"

namespace liqu::voice {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{3};
// Words a minute, by the step of the rate.
constexpr std::array wordsAMinute = {90, 115, 145, 175, 210, 250, 300};

class Files {
  public:
    explicit Files(int line) {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_adddup2(&files_, line, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&files_, line, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    ~Files() { ::posix_spawn_file_actions_destroy(&files_); }
    const posix_spawn_file_actions_t* get() const { return &files_; }

  private:
    posix_spawn_file_actions_t files_{};
};

bool await(int line, short what, Steady::time_point until) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now()).count();
    pollfd one{line, what, 0};
    return left > 0 && ::poll(&one, 1, static_cast<int>(left)) > 0;
}

std::string exchange(int line, std::string_view words) {
    const auto until = Steady::now() + patience;
    while (!words.empty() && await(line, POLLOUT, until)) {
        const ssize_t sent = ::send(line, words.data(), words.size(), MSG_NOSIGNAL);
        if (sent <= 0) return {};
        words.remove_prefix(static_cast<std::size_t>(sent));
    }
    ::shutdown(line, SHUT_WR);
    std::string sound;
    std::array<char, 65536> part{};
    while (sound.size() < ui::mostWaveBytes && await(line, POLLIN, until)) {
        const ssize_t count = ::recv(line, part.data(), part.size(), 0);
        if (count == 0) return sound;
        if (count < 0) break;
        sound.append(part.data(), static_cast<std::size_t>(count));
    }
    return {};
}

std::optional<ui::Wave> bySynthesis(const std::string& program, const ui::SayOrder& order) {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return std::nullopt;
    const Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    const auto step = static_cast<std::size_t>(std::clamp(order.rate, 1, screen::mostRate)) - 1;
    std::string rate = std::to_string(wordsAMinute.at(step));
    std::string name = program;
    std::string voice = order.voice;
    std::string options[] = {"-v", "-s", "--stdin", "--stdout"};
    char* arguments[] = {name.data(), options[0].data(), voice.data(),      options[1].data(),
                         rate.data(), options[2].data(), options[3].data(), nullptr};
    std::string language = "LANG=C.UTF-8";
    char* environment[] = {language.data(), nullptr};
    pid_t process = -1;
    if (::posix_spawn(&process, program.c_str(), Files(theirs.number()).get(), nullptr, arguments,
                      environment) != 0)
        return std::nullopt;
    theirs.close();
    const std::string sound = exchange(ours.number(), order.words.reveal());
    ::kill(process, SIGKILL);
    while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
    return ui::waveFrom(sound);
}

}  // namespace

const ui::Clips& Talker::clipsOf(const std::string& language) {
    const auto known = read_.find(language);
    if (known != read_.end()) return known->second;
    const auto code = screen::Language::of(language);
    auto read = code && !clips_.empty() ? ui::Clips::read(clips_, *code) : ui::Clips{};
    return read_.emplace(language, read ? std::move(*read) : ui::Clips{}).first->second;
}

Spoken Talker::speak(const ui::SayOrder& order) {
    if (const auto clip = clipsOf(order.language).find(order.key, order.words.reveal())) {
        if (auto sound = ui::readClip(*clip)) return {How::clip, *std::move(sound)};
    }
    if (auto sound = bySynthesis(espeak_.string(), order)) return {How::espeak, std::move(sound)};
    return {};
}

}  // namespace liqu::voice
