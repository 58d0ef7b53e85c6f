// Headphones that come and go, by the kernel's own records; a FIFO stands for the input device.
#include "ui/speech/headphone_jack.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/scratch.hpp"

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;

struct Bench {
    Bench() {
        REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
        line = Descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC));
        REQUIRE(line.isOpen());
    }
    void tell(unsigned type, unsigned code, int value) const {
        input_event event{};
        event.type = static_cast<std::uint16_t>(type);
        event.code = static_cast<std::uint16_t>(code);
        event.value = value;
        REQUIRE(::write(line.number(), &event, sizeof(event)) == sizeof(event));
    }
    test::Scratch scratch;
    std::string path = scratch.file("jack");
    Descriptor line{-1};
};

bool becomes(const HeadphoneJack& jack, bool plugged) {
    for (int i = 0; i < 250 && jack.plugged() != plugged; ++i) std::this_thread::sleep_for(10ms);
    return jack.plugged() == plugged;
}

TEST_CASE("headphones that are plugged in and out are told, other switches and keys are not") {
    const Bench bench;
    std::atomic<int> changes = 0;
    const HeadphoneJack jack(bench.path, [&changes] { ++changes; });
    CHECK_FALSE(jack.plugged());
    bench.tell(EV_KEY, SW_HEADPHONE_INSERT, 1);
    bench.tell(EV_SW, SW_LID, 1);
    bench.tell(EV_SW, SW_HEADPHONE_INSERT, 1);
    bench.tell(EV_SYN, SYN_REPORT, 0);
    CHECK(becomes(jack, true));
    bench.tell(EV_SW, SW_HEADPHONE_INSERT, 1);
    bench.tell(EV_SW, SW_HEADPHONE_INSERT, 0);
    CHECK(becomes(jack, false));
    CHECK(changes == 2);
}

TEST_CASE("a device that goes away takes the headphones with it; one that is missing has none") {
    Bench bench;
    const HeadphoneJack jack(bench.path, [] {});
    bench.tell(EV_SW, SW_HEADPHONE_INSERT, 1);
    REQUIRE(becomes(jack, true));
    bench.line.close();
    CHECK(becomes(jack, false));
    const HeadphoneJack missing(bench.scratch.file("no-such-device"), [] {});
    CHECK_FALSE(missing.plugged());
}

}  // namespace
}  // namespace liqu::ui
