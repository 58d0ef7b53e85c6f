#include "tests/world/chip/private_pcscd.hpp"

#include <arpa/inet.h>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "firmware/base/clock.hpp"

namespace liqu::world {
namespace {

constexpr const char* driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
constexpr auto patience = std::chrono::seconds(5);
constexpr auto rhythm = std::chrono::milliseconds(5);
constexpr int portAttempts = 8;

template <typename Done>
bool eventually(Done done) {
    SystemClock clock;
    const Instant deadline = clock.now() + patience;
    while (!done()) {
        if (clock.now() >= deadline) return false;
        clock.sleepFor(rhythm);
    }
    return true;
}

bool isFree(std::uint16_t port) {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    const bool free =
        ::bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(probe);
    return free;
}

// Below the range the kernel gives to outgoing connections, spaced because vpcd takes two.
std::uint16_t freePort(int attempt) {
    const unsigned start =
        static_cast<unsigned>(::getpid()) * 7 + static_cast<unsigned>(attempt) * 131;
    for (unsigned step = 0; step < 1000; ++step) {
        const auto port = static_cast<std::uint16_t>(12000 + (start + step) % 1000 * 16);
        if (isFree(port) && isFree(static_cast<std::uint16_t>(port + 1))) return port;
    }
    return 0;
}

// The socket inode that listens on this TCP port, 0 for none (/proc/net/tcp: state 0A).
std::string listeningInode(std::uint16_t port) {
    std::ifstream table("/proc/net/tcp");
    const std::string wanted = fmt::format(":{:04X}", port);
    std::string line;
    while (std::getline(table, line)) {
        std::istringstream words(line);
        std::vector<std::string> columns{std::istream_iterator<std::string>(words), {}};
        const bool listens =
            columns.size() > 9 && columns[3] == "0A" && columns[1].ends_with(wanted);
        if (listens) return columns[9];
    }
    return {};
}

bool listensOn(pid_t pid, std::uint16_t port) {
    const std::string inode = listeningInode(port);
    if (inode.empty()) return false;
    std::error_code error;
    const std::string wanted = "socket:[" + inode + "]";
    for (const auto& entry :
         std::filesystem::directory_iterator(fmt::format("/proc/{}/fd", pid), error)) {
        if (std::filesystem::read_symlink(entry.path(), error) == wanted) return true;
    }
    return false;
}

// Our environment without what would put a simulated USB bus under the daemon.
std::vector<std::string> daemonEnvironment() {
    std::vector<std::string> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (text.starts_with("LD_PRELOAD=") || text.starts_with("UMOCKDEV_")) continue;
        environment.emplace_back(text);
    }
    return environment;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

Result<std::unique_ptr<PrivatePcscd>> PrivatePcscd::start(const std::string& readerName) {
    std::string pattern = std::filesystem::temp_directory_path() / "liqu-pcscd-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
        return fail(ErrorCode::chipServiceDown, "no temporary folder");
    }
    std::unique_ptr<PrivatePcscd> daemon(new PrivatePcscd(pattern));
    TRY(daemon->listen());
    // Somebody may take the port between looking and listening: then try another.
    for (int attempt = 0; attempt < portAttempts; ++attempt) {
        daemon->port_ = freePort(attempt);
        TRY(daemon->writeReaderConfiguration(readerName));
        if (daemon->spawn() && daemon->waitUntilServing()) return daemon;
        daemon->stop();
    }
    return fail(ErrorCode::chipServiceDown, "the private pcscd does not start");
}

PrivatePcscd::~PrivatePcscd() {
    stop();
    if (socket_ >= 0) ::close(socket_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string PrivatePcscd::socketPath() const {
    return folder_ / "pcscd.comm";
}

Result<void> PrivatePcscd::listen() {
    const std::string path = socketPath();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return fail(ErrorCode::chipServiceDown, "the socket's path is too long");
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket_, 16) != 0) {
        return fail(ErrorCode::chipServiceDown, "cannot listen on the private socket");
    }
    return {};
}

Result<void> PrivatePcscd::writeReaderConfiguration(const std::string& readerName) const {
    const std::filesystem::path readers = folder_ / "readers";
    std::error_code ignored;
    std::filesystem::create_directory(readers, ignored);
    std::ofstream file(readers / "station", std::ios::trunc);
    file << fmt::format(
        "FRIENDLYNAME \"{}\"\nDEVICENAME /dev/null:0x{:04X}\nLIBPATH {}\nCHANNELID 0x{:04X}\n",
        readerName, port_, driver, port_);
    file.close();
    if (!file) return fail(ErrorCode::fileNotWritable, "reader configuration");
    return {};
}

// The shell knows its own pid, which socket activation wants; exec keeps it. Since 2.0 the daemon
// asks polkit about every client, unless told that a private one need not.
Result<void> PrivatePcscd::spawn() {
    std::vector<std::string> arguments = {
        "sh", "-c",
        "/usr/sbin/pcscd --help 2>&1 | grep -q disable-polkit && set -- --disable-polkit\n"
        "LISTEN_PID=$$ LISTEN_FDS=1 exec setpriv --pdeathsig TERM "
        "/usr/sbin/pcscd -f -e \"$@\" -c \"$0\"",
        folder_ / "readers"};
    std::vector<std::string> environment = daemonEnvironment();
    const std::string log = folder_ / "pcscd.log";

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket_, 3);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    // A process group of its own: Ctrl-C is for the world, which ends the daemon in order.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    const int failed = ::posix_spawn(&pid_, "/bin/sh", &actions, &attributes,
                                     pointersTo(arguments).data(), pointersTo(environment).data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        pid_ = -1;
        return fail(ErrorCode::chipServiceDown, "cannot start pcscd");
    }
    return {};
}

Result<void> PrivatePcscd::waitUntilServing() const {
    bool died = false;
    const bool serving = eventually([&] {
        siginfo_t ended{};
        ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
        died = ended.si_pid != 0;
        return died || listensOn(pid_, port_);
    });
    if (died || !serving)
        return fail(ErrorCode::chipServiceDown, "pcscd has not opened its reader");
    return {};
}

void PrivatePcscd::stop() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGTERM);
    if (!eventually([&] { return ::waitpid(pid_, nullptr, WNOHANG) != 0; })) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    pid_ = -1;
}

Result<void> PrivatePcscd::restart() {
    stop();
    TRY(spawn());
    return waitUntilServing();
}

}  // namespace liqu::world
