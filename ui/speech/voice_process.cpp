#include "ui/speech/voice_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace liqu::ui {
namespace {

// What a sound device needs to be found. Nothing else of ours reaches it.
constexpr std::array passedOn = {"SDL_AUDIODRIVER", "SDL_DISKAUDIOFILE", "SDL_DISKAUDIODELAY",
                                 "XDG_RUNTIME_DIR", "PULSE_SERVER"};

std::vector<std::string> environment() {
    std::vector<std::string> all = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8"};
    for (const char* name : passedOn) {
        const char* value = std::getenv(name);
        if (value == nullptr) continue;
        std::string& setting = all.emplace_back(name);
        setting += '=';
        setting += value;
    }
    return all;
}

std::vector<std::string> arguments(const VoiceOptions& options) {
    std::vector<std::string> all = {options.program.string(), "--serve"};
    const auto add = [&all](const char* name, const std::string& value) {
        if (value.empty()) return;
        all.emplace_back(name);
        all.push_back(value);
    };
    add("--clips", options.clips.string());
    add("--earcons", options.earcons.string());
    add("--loudspeaker", options.loudspeaker);
    add("--headphones", options.headphones);
    add("--transcript", options.transcript.string());
    return all;
}

// As exec wants them.
std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// What spawns is undone with it.
class SpawnPlan {
  public:
    explicit SpawnPlan(int line) {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_adddup2(&files_, line, STDIN_FILENO);
        ::posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
        ::posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        sigset_t usual;
        sigemptyset(&usual);
        sigaddset(&usual, SIGPIPE);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &usual);
        // A group of its own: whatever it starts ends with it.
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&files_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    pid_t start(const VoiceOptions& options) const {
        auto words = arguments(options);
        auto settings = environment();
        pid_t process = -1;
        const int error = ::posix_spawn(&process, options.program.c_str(), &files_, &attributes_,
                                        pointersTo(words).data(), pointersTo(settings).data());
        return error == 0 ? process : -1;
    }

  private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

std::unique_ptr<VoiceProcess> VoiceProcess::start(const VoiceOptions& options) {
    if (options.program.empty()) return nullptr;
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return nullptr;
    Descriptor ours(ends[0]);
    const Descriptor theirs(ends[1]);
    ::fcntl(ours.number(), F_SETFL, O_NONBLOCK);
    const pid_t process = SpawnPlan(theirs.number()).start(options);
    if (process < 0) return nullptr;
    return std::unique_ptr<VoiceProcess>(new VoiceProcess(process, std::move(ours)));
}

VoiceProcess::~VoiceProcess() {
    line_.close();
    ::kill(-process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void VoiceProcess::tell(const Order& order) {
    const PersonalText line = lineOf(order);
    const std::string& bytes = line.reveal();
    if (lost_ || bytes.empty()) return;
    const ssize_t sent = ::send(line_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    // One that does not take a line at once hangs.
    lost_ = sent != static_cast<ssize_t>(bytes.size());
}

bool VoiceProcess::lives() {
    char byte = 0;
    // It never answers: what comes is its end.
    if (!lost_) lost_ = ::recv(line_.number(), &byte, 1, MSG_DONTWAIT) == 0;
    return !lost_;
}

}  // namespace liqu::ui
