#include "drivers/network/network_watch.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"

namespace liqu::drivers {
namespace {

constexpr std::size_t mostBytes = 16'384;

template <typename Kind>
Kind readAs(ByteView bytes) {
    Kind value{};
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

// The machine itself is always there.
bool saysCome(const nlmsghdr& head, ByteView payload) {
    if (head.nlmsg_type == RTM_NEWLINK && payload.size() >= sizeof(ifinfomsg)) {
        const auto link = readAs<ifinfomsg>(payload);
        return (link.ifi_flags & IFF_RUNNING) != 0 && (link.ifi_flags & IFF_LOOPBACK) == 0;
    }
    if (head.nlmsg_type == RTM_NEWADDR && payload.size() >= sizeof(ifaddrmsg)) {
        return readAs<ifaddrmsg>(payload).ifa_scope < RT_SCOPE_LINK;
    }
    return false;
}

class KernelWatch final : public NetworkWatch {
  public:
    KernelWatch(Descriptor socket, Descriptor end, std::function<void()> onCome)
        : socket_(std::move(socket)),
          end_(std::move(end)),
          onCome_(std::move(onCome)),
          thread_([this] { watch(); }) {}
    KernelWatch(const KernelWatch&) = delete;
    KernelWatch& operator=(const KernelWatch&) = delete;
    ~KernelWatch() override {
        const std::uint64_t one = 1;
        while (::write(end_.number(), &one, sizeof one) < 0 && errno == EINTR) {
        }
        thread_.join();
    }

  private:
    void watch() {
        std::array<std::uint8_t, mostBytes> bytes{};
        std::array<pollfd, 2> both{{{socket_.number(), POLLIN, 0}, {end_.number(), POLLIN, 0}}};
        while (true) {
            if (::poll(both.data(), both.size(), -1) < 0) {
                if (errno == EINTR) continue;
                return;
            }
            if (both[1].revents != 0) return;
            if (both[0].revents == 0) continue;
            const ssize_t count = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
            // More came than the socket holds: something has changed.
            const bool overrun = count < 0 && errno == ENOBUFS;
            if (count < 0 && !overrun && errno != EINTR && errno != EAGAIN) return;
            if (overrun ||
                (count > 0 && networkCame({bytes.data(), static_cast<std::size_t>(count)})))
                onCome_();
        }
    }

    Descriptor socket_;
    Descriptor end_;
    std::function<void()> onCome_;
    std::thread thread_;
};

}  // namespace

bool networkCame(ByteView messages) {
    while (messages.size() >= sizeof(nlmsghdr)) {
        const auto head = readAs<nlmsghdr>(messages);
        if (head.nlmsg_len < sizeof(nlmsghdr) || head.nlmsg_len > messages.size()) return false;
        if (saysCome(head, messages.subspan(NLMSG_HDRLEN, head.nlmsg_len - NLMSG_HDRLEN)))
            return true;
        const std::size_t whole = NLMSG_ALIGN(head.nlmsg_len);
        if (whole >= messages.size()) return false;
        messages = messages.subspan(whole);
    }
    return false;
}

std::unique_ptr<NetworkWatch> NetworkWatch::start(std::function<void()> onCome) {
    Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (!socket.isOpen() ||
        ::bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return nullptr;
    Descriptor end(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!end.isOpen()) return nullptr;
    return std::make_unique<KernelWatch>(std::move(socket), std::move(end), std::move(onCome));
}

}  // namespace liqu::drivers
