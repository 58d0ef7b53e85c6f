#include "drivers/photo_decoder/program_decoder.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace liqu::drivers {
namespace {

constexpr Duration rhythm = std::chrono::milliseconds{5};
constexpr Duration lastWords = std::chrono::milliseconds{200};

tl::unexpected<Error> notDecoded(std::string why) {
    return fail(ErrorCode::photoDecoderNotAvailable, "the decoder " + std::move(why));
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    int get() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

  private:
    int number_;
};

// What spawns is undone with it.
class SpawnPlan {
  public:
    explicit SpawnPlan(int line) {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_adddup2(&files_, line, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&files_, line, STDOUT_FILENO);
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
    int start(pid_t& process, const std::string& program) const {
        std::string name = program;
        char* arguments[] = {name.data(), nullptr};
        char* environment[] = {nullptr};
        return ::posix_spawn(&process, program.c_str(), &files_, &attributes_, arguments,
                             environment);
    }

  private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

// Ended and waited for, whatever becomes of the call.
class Child {
  public:
    explicit Child(pid_t process) : process_(process) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (process_ <= 0) return;
        ::kill(-process_, SIGKILL);
        while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    // Empty: it ended well; none: it runs on.
    std::optional<std::string> howItEnds(Clock& clock, Instant until) {
        siginfo_t news{};
        const auto looks = [&] {
            return ::waitid(P_PID, static_cast<id_t>(process_), &news,
                            WEXITED | WNOHANG | WNOWAIT) == 0 &&
                   news.si_pid == 0;
        };
        while (looks() && clock.now() < until) clock.sleepFor(rhythm);
        if (news.si_pid != process_) return std::nullopt;
        // Its group first: once it is waited for, its number may be another's.
        ::kill(-process_, SIGKILL);
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = -1;
        if (WIFSIGNALED(status)) return "ended by signal " + std::to_string(WTERMSIG(status));
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return code == 0 ? std::string() : "ended with code " + std::to_string(code);
    }

  private:
    pid_t process_;
};

// One end of a line to a process, with the time it has.
class Line {
  public:
    Line(int end, Clock& clock, Instant until) : end_(end), clock_(clock), until_(until) {}

    Result<void> send(ByteView bytes) const {
        while (!bytes.empty()) {
            TRY(await(POLLOUT));
            const ssize_t sent = ::send(end_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && isOnlyEarly()) continue;
            if (sent < 0) return notDecoded("does not read its input");
            bytes = bytes.subspan(static_cast<std::size_t>(sent));
        }
        ::shutdown(end_, SHUT_WR);
        return {};
    }

    // As many as wanted and not one more.
    Result<PersonalBytes> receive(std::size_t wanted) const {
        Bytes bytes(wanted + 1);
        std::size_t got = 0;
        Result<void> good;
        while (good && got <= wanted) {
            good = await(POLLIN);
            if (!good) break;
            const ssize_t count = ::recv(end_, bytes.data() + got, bytes.size() - got, 0);
            if (count < 0 && isOnlyEarly()) continue;
            if (count <= 0) break;
            got += static_cast<std::size_t>(count);
        }
        if (good && got == wanted) {
            bytes.resize(wanted);
            return PersonalBytes(std::move(bytes));
        }
        wipe(bytes);
        if (!good) return fail(good.error());
        return notDecoded(got > wanted ? "gave too much"
                                       : "gave " + std::to_string(got) + " bytes");
    }

  private:
    static bool isOnlyEarly() { return errno == EINTR || errno == EAGAIN; }

    Result<void> await(short what) const {
        while (true) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(until_ - clock_.now());
            if (left.count() <= 0) return notDecoded("did not answer in time");
            pollfd one{end_, what, 0};
            const int ready = ::poll(&one, 1, static_cast<int>(left.count()));
            if (ready > 0) return {};
            if (ready < 0 && errno != EINTR) return notDecoded("cannot be waited for");
        }
    }

    int end_;
    Clock& clock_;
    Instant until_;
};

class ProgramDecoder final : public ports::PhotoDecoder {
  public:
    ProgramDecoder(ProgramDecoderOptions options, Clock& clock)
        : options_(std::move(options)), clock_(clock) {}

    bool installed() const override { return ::access(options_.program.c_str(), X_OK) == 0; }

    Result<PersonalBytes> decode(ByteView wlt) override {
        if (wlt.size() != ports::encodedPhotoSize)
            return notDecoded("was given " + std::to_string(wlt.size()) + " bytes");
        int ends[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            return notDecoded("cannot be spoken to");
        const Descriptor ours(ends[0]);
        Descriptor theirs(ends[1]);
        // One that would wait for a program that reads nothing stands still for good.
        ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
        pid_t process = -1;
        if (SpawnPlan(theirs.get()).start(process, options_.program.string()) != 0)
            return notDecoded("cannot be started");
        Child child(process);
        theirs.close();
        const Instant until = clock_.now() + options_.patience;
        const Line line(ours.get(), clock_, until);
        const auto sent = line.send(wlt);
        auto picture = sent ? line.receive(ports::documentPhotoSize) : fail(sent.error());
        // One that crashed says more than that too little came.
        const Instant atLatest = picture ? until : std::min(until, clock_.now() + lastWords);
        const auto end = child.howItEnds(clock_, atLatest);
        if (picture && !end) return notDecoded("does not end");
        if (end && !end->empty()) return notDecoded(*end);
        return picture;
    }

  private:
    ProgramDecoderOptions options_;
    Clock& clock_;
};

}  // namespace

std::unique_ptr<ports::PhotoDecoder> makeProgramDecoder(ProgramDecoderOptions options,
                                                        Clock& clock) {
    return std::make_unique<ProgramDecoder>(std::move(options), clock);
}

}  // namespace liqu::drivers
