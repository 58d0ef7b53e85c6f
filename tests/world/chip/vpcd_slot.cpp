#include "tests/world/chip/vpcd_slot.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace liqu::world {
namespace {

enum Control : std::uint8_t {
    powerOffByte = 0,
    powerOnByte = 1,
    resetByte = 2,
    answerToResetByte = 4
};

constexpr std::size_t longerThanAnyAnswerToReset = 64;
// pcscd looks for the card every 0.4 s; a swap quicker than that would look like the same card. If
// a reset failed in between, it even says "absent" from then on: its answer to that program is not
// known to its thread that looks, which sees a card before and after.
constexpr Duration leastAbsence = std::chrono::milliseconds(600);
constexpr Duration reconnectRhythm = std::chrono::milliseconds(100);

// Without this every exchange waits for a delayed acknowledgement, about 40 ms. The kernel drops
// the setting by itself, so it is set around each receive.
void acknowledgeAtOnce(int socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

bool receiveExactly(int socket, std::span<std::uint8_t> bytes) {
    acknowledgeAtOnce(socket);
    const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), MSG_WAITALL);
    acknowledgeAtOnce(socket);
    return got == static_cast<ssize_t>(bytes.size());
}

bool sendFrame(int socket, ByteView content) {
    Bytes frame{static_cast<std::uint8_t>(content.size() >> 8),
                static_cast<std::uint8_t>(content.size() & 0xFF)};
    frame.insert(frame.end(), content.begin(), content.end());
    return ::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(frame.size());
}

// -1 where nobody listens yet.
int connectTo(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return -1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

}  // namespace

Result<std::unique_ptr<VpcdSlot>> VpcdSlot::start(ChipStation& station, Settings settings) {
    const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake < 0) return fail(ErrorCode::chipServiceDown, "no eventfd");
    return std::unique_ptr<VpcdSlot>(new VpcdSlot(station, settings, wake));
}

VpcdSlot::VpcdSlot(ChipStation& station, Settings settings, int wake)
    : station_(station),
      settings_(settings),
      wake_(wake),
      watcher_(station.addWatcher([wake] { ::eventfd_write(wake, 1); })),
      thread_([this] { run(); }) {}

VpcdSlot::~VpcdSlot() {
    station_.removeWatcher(watcher_);
    stopping_ = true;
    ::eventfd_write(wake_, 1);
    thread_.join();
    ::close(wake_);
}

Duration VpcdSlot::scaled(Duration time) const {
    return std::chrono::duration_cast<Duration>(time / settings_.speed);
}

bool VpcdSlot::mustEnd(const ChipStation::Occupant& occupant) const {
    return stopping_ || !station_.stillThere(occupant);
}

bool VpcdSlot::wokenWithin(Duration time) {
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(time).count();
    pollfd waiting{wake_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(milliseconds)) <= 0) return false;
    eventfd_t count = 0;
    ::eventfd_read(wake_, &count);
    return true;
}

void VpcdSlot::run() {
    constexpr Duration forEver = std::chrono::milliseconds(-1);
    // The slot before this one may have had a card until now.
    auto leftAt = std::chrono::steady_clock::now();
    while (!stopping_) {
        const ChipStation::Occupant occupant = station_.occupant();
        if (occupant.card == nullptr) {
            wokenWithin(forEver);
            continue;
        }
        const auto absence = leastAbsence - (std::chrono::steady_clock::now() - leftAt);
        const auto pause = std::max(scaled(settings_.settle), std::chrono::ceil<Duration>(absence));
        if (pause > Duration{} && wokenWithin(pause)) continue;
        const int socket = connectTo(settings_.port);
        if (socket < 0) {
            wokenWithin(reconnectRhythm);
            continue;
        }
        serve(socket, occupant);
        ::close(socket);
        if (!station_.stillThere(occupant)) leftAt = std::chrono::steady_clock::now();
    }
}

void VpcdSlot::serve(int socket, const ChipStation::Occupant& occupant) {
    while (true) {
        pollfd waiting[] = {{socket, POLLIN, 0}, {wake_, POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0 && errno != EINTR) return;
        if (waiting[1].revents != 0) wokenWithin({});
        if (mustEnd(occupant)) return;
        if (waiting[0].revents == 0) continue;

        std::uint8_t length[2];
        if (!receiveExactly(socket, length)) return;
        Bytes frame(static_cast<std::size_t>(length[0]) << 8 | length[1]);
        if (!frame.empty() && !receiveExactly(socket, frame)) return;
        if (!handle(socket, occupant, frame)) return;
    }
}

bool VpcdSlot::handle(int socket, const ChipStation::Occupant& occupant, ByteView frame) {
    if (frame.size() > 1) return answerCommand(socket, occupant, frame);
    if (frame.empty()) return true;
    switch (frame[0]) {
        case powerOffByte:
            station_.powerOff(occupant);
            return true;
        case powerOnByte:
        case resetByte:
            station_.reset(occupant);
            return true;
        case answerToResetByte: {
            const Bytes unreadable(longerThanAnyAnswerToReset, 0);
            return sendFrame(socket,
                             occupant.card->mute() ? unreadable : occupant.card->answerToReset());
        }
        default:
            return true;
    }
}

bool VpcdSlot::answerCommand(int socket, const ChipStation::Occupant& occupant, ByteView command) {
    const Instant begin = SystemClock().now();
    CardReply reply = station_.transmit(occupant, command);
    // Without its memory of the session the card still answers, as one that was just powered.
    if (reply.kind == CardReply::Kind::wasReset) reply = station_.transmit(occupant, command);

    const auto ready =
        std::chrono::steady_clock::now() + scaled(settings_.perCommand + reply.delay);
    while (std::chrono::steady_clock::now() < ready) {
        const auto left = std::chrono::ceil<Duration>(ready - std::chrono::steady_clock::now());
        wokenWithin(left);
        if (mustEnd(occupant)) return false;
    }
    if (settings_.onWork) settings_.onWork(begin, SystemClock().now());
    if (reply.kind == CardReply::Kind::mute) return true;
    return sendFrame(socket, reply.bytes);
}

}  // namespace liqu::world
