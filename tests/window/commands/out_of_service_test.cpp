// Whatever is wrong with the disk, whoever stands in front of the machine sees a window that says
// so, and staff see the code.
#include <doctest/doctest.h>
#include <functional>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/clock.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/unit/security/another_authority.hpp"
#include "tests/window/commands/command_bench.hpp"
#include "tests/world/main/small_disk.hpp"
#include "tests/world/robot/screen_sight.hpp"

using namespace liqu;
using namespace liqu::test;

namespace {

namespace files = std::filesystem;

constexpr const char* start = "kiosk --config kiosk.toml --data data --screen-map screen-map.json";

// The kiosk tries again every half a minute.
constexpr Duration twoTries = std::chrono::seconds(75);

// The disk is put right: the kiosk opens its books without anybody, and what keeps it closed now is
// that nothing is plugged in.
void checkGoesOn(const CommandBench& bench, RunningProgram& kiosk) {
    SystemClock clock;
    const Instant until = clock.now() + twoTries;
    std::string reason = "none";
    while (clock.now() < until && kiosk.isRunning() && !reason.starts_with("10101")) {
        const auto screen = world::readScreenMap(bench.screenMap());
        if (screen && screen->name == "out-of-service") reason = screen->reason;
        clock.sleepFor(std::chrono::milliseconds(100));
    }
    CHECK(reason == "10101");
    CHECK(kiosk.isRunning());
}

using Mend = std::function<void()>;

// The window comes with the reason, and the kiosk waits in it until it is told to end, or until
// somebody mends the disk.
void checkShown(CommandBench& bench, const std::string& code, Who who = Who::self,
                const Mend& mend = {}) {
    RunningProgram kiosk(bench.callOf(start, who));
    CHECK(waitForScreen(bench, kiosk, "out-of-service") == "out-of-service");
    CHECK(kiosk.isRunning());
    const std::string map = textOf(readWholeFile(bench.screenMap()).value());
    CAPTURE(map);
    CHECK(map.find(code) != std::string::npos);
    if (mend) {
        mend();
        checkGoesOn(bench, kiosk);
    }
    kiosk.send(SIGTERM);
    const Said said = kiosk.waitForEnd();
    CAPTURE(said.wrong);
    CHECK(said.code <= 1);
    CHECK(said.wrong.find(code) != std::string::npos);
    files::remove(bench.screenMap());
}

// The data folder on a disk of its own, where this user may mount one.
std::unique_ptr<world::SmallDisk> diskUnder(const CommandBench& bench) {
    files::create_directories(bench.data());
    auto disk = world::SmallDisk::mountOver(bench.data());
    if (disk) return std::move(*disk);
    MESSAGE("not played: ", describe(disk.error()));
    return nullptr;
}

}  // namespace

TEST_CASE("damaged books, and what is no database at all") {
    const auto display = PrivateDisplay::start(540, 960).value();
    for (const bool fifo : {false, true}) {
        CAPTURE(fifo);
        CommandBench bench;
        bench.setUp();
        bench.environment = {"DISPLAY=" + display->name()};
        CHECK(bench.call("order list --config kiosk.toml --data data").code == 0);
        files::remove(bench.data() / "kiosk.db");
        if (fifo) {
            REQUIRE(::mkfifo((bench.data() / "kiosk.db").c_str(), 0600) == 0);
        } else {
            REQUIRE(writeWholeFile(bench.data() / "kiosk.db", bytesOf(std::string(8192, 'x'))));
        }
        const std::string code = fifo ? "50110" : "50103";
        checkShown(bench, code);
        // Books that cannot be opened keep no other part from being looked at.
        const Said check = bench.call("check --config kiosk.toml --data data");
        CAPTURE(check.out);
        CHECK(check.code == 1);
        for (const std::string& line :
             {std::string("config       ok\n"), "storage      " + code,
              std::string("id-reader    10101"), std::string("printer      20101"),
              std::string("plug the card printer in"), std::string("chip-reader  3010"),
              std::string("province     4010")}) {
            CHECK_MESSAGE(check.out.find(line) != std::string::npos, line);
        }
    }
}

TEST_CASE("a folder nobody may write to") {
    if (::geteuid() != 0) return;
    const auto display = PrivateDisplay::start(540, 960).value();
    CommandBench bench;
    bench.setUp();
    bench.environment = {"DISPLAY=" + display->name()};
    REQUIRE(::chmod(bench.folder().c_str(), 0777) == 0);
    bench.giveTo(Who::nobody);
    REQUIRE(::chown(bench.data().c_str(), 0, 0) == 0);
    REQUIRE(::chmod(bench.data().c_str(), 0555) == 0);
    checkShown(bench, "50111", Who::nobody);
}

TEST_CASE("a configuration that is wrong beside the window's part") {
    const auto display = PrivateDisplay::start(540, 960).value();
    CommandBench bench;
    bench.setUp();
    bench.environment = {"DISPLAY=" + display->name()};
    REQUIRE(writeWholeFile(bench.folder() / "region.toml", bytesOf("policyId = 1\n")));
    checkShown(bench, "60104");
}

TEST_CASE("nobody who vouches for the holder, and a province that is not the simulated one") {
    const auto display = PrivateDisplay::start(540, 960).value();
    CommandBench bench;
    bench.setUp();
    bench.environment = {"DISPLAY=" + display->name()};
    REQUIRE(writeWholeFile(bench.authority(), bytesOf(anotherAuthority)));
    checkShown(bench, "60107");
}

TEST_CASE("a disk that is full, and goes on by itself when there is room") {
    const auto display = PrivateDisplay::start(540, 960).value();
    CommandBench bench;
    const auto disk = diskUnder(bench);
    if (!disk) return;
    bench.setUp();
    bench.environment = {"DISPLAY=" + display->name()};
    disk->fill();
    checkShown(bench, "501", Who::self, [&disk] { disk->makeRoom(); });
}

TEST_CASE("a disk that became read-only, and goes on by itself when it can be written") {
    const auto display = PrivateDisplay::start(540, 960).value();
    CommandBench bench;
    const auto disk = diskUnder(bench);
    if (!disk) return;
    bench.setUp();
    bench.environment = {"DISPLAY=" + display->name()};
    const auto remount = [&bench](unsigned long flags) {
        REQUIRE(::mount(nullptr, bench.data().c_str(), nullptr, MS_REMOUNT | flags, nullptr) == 0);
    };
    remount(MS_RDONLY);
    REQUIRE(::access(bench.data().c_str(), W_OK) == -1);
    REQUIRE(errno == EROFS);
    checkShown(bench, "50111", Who::self, [&remount] { remount(0); });
}
