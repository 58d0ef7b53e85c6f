// What the kernel says of a network that comes, whole and cut short.
#include "drivers/network/network_watch.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <cstring>
#include <doctest/doctest.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"

namespace {

using namespace liqu;

template <typename Kind>
Bytes message(std::uint16_t type, const Kind& payload) {
    nlmsghdr head{};
    head.nlmsg_len = NLMSG_LENGTH(sizeof payload);
    head.nlmsg_type = type;
    Bytes bytes(NLMSG_SPACE(sizeof payload), 0);
    std::memcpy(bytes.data(), &head, sizeof head);
    std::memcpy(bytes.data() + NLMSG_HDRLEN, &payload, sizeof payload);
    return bytes;
}

Bytes link(unsigned flags) {
    ifinfomsg info{};
    info.ifi_flags = flags;
    return message(RTM_NEWLINK, info);
}

Bytes address(std::uint8_t scope) {
    ifaddrmsg info{};
    info.ifa_scope = scope;
    return message(RTM_NEWADDR, info);
}

}  // namespace

TEST_CASE("a cable or an address is the network; the machine itself is not") {
    CHECK(drivers::networkCame(link(IFF_UP | IFF_RUNNING)));
    CHECK_FALSE(drivers::networkCame(link(IFF_UP)));
    CHECK_FALSE(drivers::networkCame(link(IFF_UP | IFF_RUNNING | IFF_LOOPBACK)));
    CHECK(drivers::networkCame(address(RT_SCOPE_UNIVERSE)));
    CHECK_FALSE(drivers::networkCame(address(RT_SCOPE_LINK)));
    CHECK_FALSE(drivers::networkCame(address(RT_SCOPE_HOST)));
    Bytes both = link(IFF_UP);
    const Bytes more = address(RT_SCOPE_UNIVERSE);
    both.insert(both.end(), more.begin(), more.end());
    CHECK(drivers::networkCame(both));
}

TEST_CASE("what is cut short says nothing") {
    const Bytes whole = address(RT_SCOPE_UNIVERSE);
    for (std::size_t size = 0; size + 1 < NLMSG_LENGTH(sizeof(ifaddrmsg)); ++size) {
        CHECK_FALSE(drivers::networkCame(ByteView(whole).first(size)));
    }
    Bytes endless = whole;
    std::memset(endless.data(), 0, 4);
    CHECK_FALSE(drivers::networkCame(endless));
    std::memset(endless.data(), 0xFF, 4);
    CHECK_FALSE(drivers::networkCame(endless));
}

TEST_CASE("the kernel is heard, and a watch ends when told") {
    // A network of this test's own, with nothing but the machine itself in it.
    const int own = ::geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET;
    if (::unshare(own) != 0) {
        MESSAGE("no network of its own is to be had here: the kernel is not asked");
        return;
    }
    std::atomic<int> times = 0;
    const auto watch = drivers::NetworkWatch::start([&times] { ++times; });
    REQUIRE(watch);
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq wanted{};
    std::strcpy(wanted.ifr_name, "lo");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(0x0A000001);
    std::memcpy(&wanted.ifr_addr, &address, sizeof address);
    CHECK(times == 0);
    REQUIRE(::ioctl(socket.number(), SIOCSIFADDR, &wanted) == 0);
    for (int i = 0; i < 500 && times == 0; ++i) ::usleep(10'000);
    CHECK(times > 0);
}
