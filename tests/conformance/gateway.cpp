#include "tests/conformance/gateway.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace liqu::conformance {
namespace {

constexpr const char* program = "/usr/bin/stunnel4";
constexpr int portAttempts = 8;

int freePort() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(probe);
    return bound ? ntohs(address.sin_port) : 0;
}

// Reads what a program says, until it says this; false where it ended without.
bool waitFor(int pipe, const std::string& words) {
    std::string said;
    char letter = 0;
    while (said.find(words) == std::string::npos) {
        if (::read(pipe, &letter, 1) != 1) return false;
        said += letter;
    }
    return true;
}

}  // namespace

Gateway::Gateway(const world::Pki& machine, const world::Pki& terminal, int port,
                 const std::filesystem::path& folder, GatewayLie lie) {
    std::filesystem::create_directories(folder);
    const auto caller = folder / "caller.conf";
    std::ofstream(caller) << fmt::format(
        "syslog = no\noutput = {}\nclient = yes\nconnect = 127.0.0.1:{}\nsslVersion = TLSv1.2\n"
        "CAfile = {}\nverifyChain = yes\ncheckIP = 127.0.0.1\n",
        (folder / "caller.log").string(), port, terminal.authority().string());
    if (lie != GatewayLie::showsNothing) {
        std::ofstream(caller, std::ios::app) << fmt::format(
            "cert = {}\nkey = {}\n", terminal.terminal().string(), terminal.terminalKey().string());
    }
    const std::string asks = lie == GatewayLie::takesAnybody ? "no" : "yes";
    for (int attempt = 0; attempt < portAttempts && !child_; ++attempt) {
        port_ = freePort();
        const std::string settings = fmt::format(
            "foreground = yes\npid =\nsyslog = no\ndebug = info\n[kiosk]\n"
            "accept = 127.0.0.1:{}\nsslVersion = TLSv1.2\ncert = {}\nkey = {}\nCAfile = {}\n"
            "verifyChain = {}\nexec = {}\nexecArgs = stunnel {}\n",
            port_, machine.server().string(), machine.serverKey().string(),
            machine.authority().string(), asks, program, caller.string());
        if (!start(folder, settings)) child_.reset();
    }
    REQUIRE_MESSAGE(child_, "stunnel4 does not listen");
}

// It says when it listens; a pipe with a name is all that the world's child writes to.
bool Gateway::start(const std::filesystem::path& folder, const std::string& settings) {
    std::ofstream(folder / "gateway.conf") << settings;
    const std::filesystem::path said = folder / "said";
    std::filesystem::remove(said);
    REQUIRE(::mkfifo(said.c_str(), S_IRUSR | S_IWUSR) == 0);
    const int pipe = ::open(said.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(pipe >= 0);
    auto child = world::ChildProcess::start({program, (folder / "gateway.conf").string()}, said);
    REQUIRE_MESSAGE(child.has_value(), (child ? "" : describe(child.error())));
    child_ = std::make_unique<world::ChildProcess>(std::move(*child));
    ::fcntl(pipe, F_SETFL, 0);
    const bool listens = waitFor(pipe, "Accepting new connections");
    // What it says from here on nobody hears.
    ::close(pipe);
    return listens;
}

}  // namespace liqu::conformance
