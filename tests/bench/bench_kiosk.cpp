// The whole program under Xvfb: how soon it shows something, what it costs while nobody is there,
// and its memory after many visits.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "firmware/base/assert.hpp"
#include "firmware/base/stop.hpp"
#include "tests/bench/bench_browser.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/process_figures.hpp"
#include "tests/support/scratch.hpp"
#include "tests/window/ui/private_display.hpp"
#include "tests/world/main/child_process.hpp"

namespace liqu::bench {
namespace {

using namespace std::chrono_literals;
using world::ChildProcess;
namespace files = std::filesystem;

constexpr int starts = 5;
constexpr Duration startPatience = 60s;
constexpr Duration idleAfter = 90s;
constexpr Duration idleWatch = 60s;

std::string contentOf(const files::path& file) {
    std::ifstream in(file);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

bool comesTrue(Duration patience, const std::function<bool()>& condition) {
    SystemClock clock;
    return waitUntil(clock, clock.now() + patience, 1ms, {}, condition);
}

// liqu-world around one kiosk, in a folder of its own.
class World {
  public:
    World(const Programs& programs, files::path folder, std::vector<std::string> more)
        : programs_(programs), folder_(std::move(folder)), process_(start(std::move(more))) {}

    files::path kioskFolder() const { return folder_ / "kiosk"; }
    std::string said() const { return contentOf(folder_.string() + ".txt"); }
    int end() { return process_.end(60s); }
    bool ended() { return process_.exitCode().has_value(); }

    pid_t kioskAtWelcome() {
        const files::path map = kioskFolder() / "screen-map.json";
        const bool came = comesTrue(
            startPatience, [&] { return contentOf(map).find("\"welcome\"") != std::string::npos; });
        if (!came) std::cerr << "liqu-bench: the kiosk does not come to its welcome\n" << said();
        LIQU_ASSERT(came);
        return findProcess(programs_.kiosk, folder_).value();
    }

  private:
    ChildProcess start(std::vector<std::string> more) const {
        std::vector<std::string> command = {"/usr/bin/umockdev-wrapper",
                                            programs_.world,
                                            "--out",
                                            folder_.string(),
                                            "--kiosk",
                                            programs_.kiosk,
                                            "--judge",
                                            programs_.judge};
        command.insert(command.end(), more.begin(), more.end());
        return ChildProcess::start(command, folder_.string() + ".txt").value();
    }

    const Programs& programs_;
    files::path folder_;
    ChildProcess process_;
};

// Out of service for want of devices: the simulated bus would keep libusb's events coming, a real
// one does not.
void watchIdle(Figures& figures, pid_t kiosk) {
    SystemClock clock;
    clock.sleepFor(idleAfter);  // what starting left behind; then it looks for devices less often
    const ProcessUse before = useOf(kiosk);
    clock.sleepFor(idleWatch);
    const ProcessUse after = useOf(kiosk);
    const double seconds = std::chrono::duration<double>(idleWatch).count();
    const double processor = after.processorSeconds - before.processorSeconds;
    figures["kiosk.idle_no_devices_cpu_percent"] = atMost(100 * processor / seconds, 0.05);
    figures["kiosk.idle_no_devices_wakeups_per_s"] =
        atMost(static_cast<double>(after.wakeUps - before.wakeUps) / seconds, 1);
}

// From exec to the first frame on the glass, seen by its pixels, and to the first screen that heeds
// touches, which the guard against double taps keeps back a third of a second. Files are in memory.
// What is compared with a browser comes from the last of them.
files::path measureStarts(Figures& figures, const Programs& programs, const files::path& folder,
                          test::PrivateDisplay& display) {
    SystemClock clock;
    std::vector<double> glass;
    std::vector<double> times;
    const auto corner = [&] { return display.pixelsOf(4, 4, 8, 8); };
    const std::string nothing = corner();
    files::path map;
    const auto since = [&](Instant begin) {
        return std::chrono::duration<double, std::milli>(clock.now() - begin).count();
    };
    for (int number = 0; number < starts; ++number) {
        map = folder / ("map-" + std::to_string(number) + ".json");
        const Instant begin = clock.now();
        auto kiosk = ChildProcess::start(
            {programs.kiosk, "kiosk", "--config", (folder / "kiosk.toml").string(), "--data",
             (folder / "data").string(), "--screen-map", map.string(), "--windowed"},
            folder / "starts.txt");
        LIQU_ASSERT(kiosk.has_value());
        comesTrue(startPatience, [&] { return corner() != nothing; });
        glass.push_back(since(begin));
        const bool shown = comesTrue(startPatience, [&] { return files::exists(map); });
        if (!shown) std::cerr << contentOf(folder / "starts.txt");
        LIQU_ASSERT(shown);
        times.push_back(since(begin));
        if (number + 1 == starts) {
            watchIdle(figures, kiosk->pid());
            const auto press = pressToGlass(display, map);
            figures["kiosk.press_to_glass_ms"] = {press.value_or(0), "", press.has_value()};
        }
        kiosk->end(60s);
        comesTrue(startPatience, [&] { return corner() == nothing; });
    }
    figures["kiosk.first_frame_on_glass_ms"] = atMost(quantile(glass, 0.5), 80);
    figures["kiosk.first_screen_ms"] = {quantile(times, 0.5), "", true};
    return map;
}

int cardsIn(const std::string& said) {
    constexpr std::string_view line = "Cards made: ";
    const std::size_t at = said.rfind(line);
    return at == std::string::npos ? 0 : std::atoi(said.c_str() + at + line.size());
}

}  // namespace

void benchStart(Figures& figures, const Programs& programs) {
    const test::Scratch scratch;
    auto display = test::PrivateDisplay::start(1080, 1920);
    LIQU_ASSERT(display.has_value());
    World world(programs, scratch.folder() / "idle", {});
    world.kioskAtWelcome();
    world.end();
    const files::path map = measureStarts(figures, programs, world.kioskFolder(), **display);
    benchBrowser(figures, map, scratch.folder(), **display);
}

// Every person has a card made; what is in the hopper staff load at the window. Flat: what the
// second half of them added.
void benchMemory(Figures& figures, const Programs& programs, int visits) {
    const test::Scratch scratch;
    const auto text = std::to_string(visits);
    World world(programs, scratch.folder() / "visits", {"--speed", "100", "--people", text});
    const pid_t kiosk = world.kioskAtWelcome();
    figures["kiosk.anonymous_mib_at_start"] = {memoryOf(kiosk).anonymousMib, "", true};
    std::optional<Memory> halfWay;
    Memory memory;
    int told = 0;
    const int code = [&] {
        while (!world.ended()) {
            SystemClock().sleepFor(100ms);
            const int cards = cardsIn(world.said());
            if (cards > told) memory = memoryOf(kiosk);
            if (cards >= told + 10) std::cerr << "cards: " << (told = cards) << '\n';
            if (!halfWay && cards >= visits / 2) halfWay = memory;
        }
        return world.end();
    }();
    if (code != 0) std::cerr << "liqu-bench: not everybody got a card\n" << world.said();
    LIQU_ASSERT(code == 0 && halfWay);
    figures["kiosk.resident_mib_after_visits"] = {memory.residentMib, "", true};
    figures["kiosk.anonymous_mib_after_visits"] = atMost(memory.anonymousMib, 20);
    figures["kiosk.pss_mib_after_visits"] = atMost(memory.proportionalMib, 55);
    figures["kiosk.anonymous_mib_second_half"] =
        atMost(memory.anonymousMib - halfWay->anonymousMib, 1);
}

}  // namespace liqu::bench
