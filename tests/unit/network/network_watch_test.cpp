// What the kernel says of a network that comes, whole and cut short.
#include "drivers/network/network_watch.hpp"

#include <atomic>
#include <cstring>
#include <doctest/doctest.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

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
    std::atomic<int> times = 0;
    const auto watch = drivers::NetworkWatch::start([&times] { ++times; });
    REQUIRE(watch);
    CHECK(times == 0);
}
