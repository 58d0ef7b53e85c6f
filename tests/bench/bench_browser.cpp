#include "tests/bench/bench_browser.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "firmware/base/assert.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/stop.hpp"
#include "tests/bench/process_figures.hpp"
#include "tests/world/main/child_process.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::bench {
namespace {

using namespace std::chrono_literals;
using world::ChildProcess;
namespace files = std::filesystem;

constexpr const char* browser = "/usr/bin/chromium";
constexpr int starts = 3;
constexpr int presses = 20;
constexpr int beside = 40;  // pixels from the end of the key: no word stands there
constexpr Duration patience = 60s;
constexpr Duration settling = 10s;
constexpr Duration idleWatch = 30s;

// None, and said, where it does not come true: a browser is not ours to rely on, and a figure is
// left out sooner than a run.
std::optional<double> millisecondsUntil(const char* what, const std::function<bool()>& condition) {
    SystemClock clock;
    const Instant begin = clock.now();
    if (!waitUntil(clock, begin + patience, 1ms, {}, condition)) {
        std::cerr << "liqu-bench: waited a minute in vain for " << what << '\n';
        return std::nullopt;
    }
    return std::chrono::duration<double, std::milli>(clock.now() - begin).count();
}

// The same words at the same places, and a button that shows that it is pressed.
std::string pageOf(const nlohmann::json& map) {
    const auto words = ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    std::string page =
        "<!DOCTYPE html><meta charset=utf-8><style>body{margin:0;background:#eef3f8}"
        "*{position:absolute;box-sizing:border-box;font:28px sans-serif}"
        ".secondary{background:#0b5cad;color:#fff}.secondary:active{background:#063a6e}"
        "</style><body>";
    for (const auto& widget : map.at("widgets")) {
        const auto at = [&](const char* name) {
            return std::to_string(widget.at(name).get<int>());
        };
        page += "<div class=" + widget.at("role").get<std::string>() + " style='left:" + at("x") +
                "px;top:" + at("y") + "px;width:" + at("width") + "px;height:" + at("height") +
                "px'>" + words.text(screen::Language::chinese, {widget.value("key", "")}) +
                "</div>";
    }
    return page;
}

class Browser {
  public:
    Browser(const files::path& page, const nlohmann::json& map, const files::path& folder)
        : process_(
              ChildProcess::start(
                  {browser, "--kiosk", "--no-sandbox", "--no-first-run", "--disable-gpu",
                   "--window-position=0,0",
                   "--window-size=" + std::to_string(map.at("width").get<int>()) + "," +
                       std::to_string(map.at("height").get<int>()),
                   "--user-data-dir=" + (folder / "browser").string(), "file://" + page.string()},
                  folder / "browser.txt")
                  .value()) {}
    std::vector<pid_t> processes() const { return processesUnder(process_.pid()); }
    void end() { process_.end(20s); }

  private:
    ChildProcess process_;
};

double pssOf(const Browser& shown) {
    double sum = 0;
    for (const pid_t one : shown.processes()) sum += memoryOf(one).proportionalMib;
    return sum;
}

double secondsOf(const Browser& shown) {
    double sum = 0;
    for (const pid_t one : shown.processes()) sum += useOf(one).processorSeconds;
    return sum;
}

void note(Figures& figures, const char* what, std::optional<double> value, const char* ours) {
    if (!value) return;
    figures["browser." + std::string(what)] = {*value, "", true};
    const auto own = figures.find(ours);
    if (own == figures.end() || own->second.value <= 0) return;
    figures["browser." + std::string(what) + "_times_ours"] = {*value / own->second.value, "",
                                                               true};
}

}  // namespace

std::optional<double> pressToGlass(test::PrivateDisplay& display, const files::path& screenMap) {
    const auto map = nlohmann::json::parse(std::ifstream(screenMap));
    const auto key = std::ranges::find_if(
        map.at("widgets"), [](const auto& widget) { return widget.at("role") == "secondary"; });
    LIQU_ASSERT(key != map.at("widgets").end());
    const auto at = [&](const char* name) { return key->at(name).template get<int>(); };
    const int x = at("x") + at("width") - beside;
    const int y = at("y") + at("height") / 2;
    const auto there = [&] { return display.pixelsOf(x - 2, y - 2, 4, 4); };
    SystemClock clock;
    std::vector<double> times;
    for (int number = 0; number < presses; ++number) {
        const std::string before = there();
        display.press(x, y);
        const auto seen =
            millisecondsUntil("a press to be seen", [&] { return there() != before; });
        display.moveTo(2, 2);  // let go elsewhere, so that nothing is chosen
        display.release();
        if (!seen) return std::nullopt;
        times.push_back(*seen);
        if (!millisecondsUntil("the end of a press to be seen", [&] { return there() == before; }))
            return std::nullopt;
        clock.sleepFor(500ms);
    }
    return quantile(times, 0.5);
}

void benchBrowser(Figures& figures, const files::path& screenMap, const files::path& folder,
                  test::PrivateDisplay& display) {
    if (!files::exists(browser)) {
        std::cerr << "liqu-bench: Chromium (Debian package chromium) is not installed; nothing is "
                     "compared with it\n";
        return;
    }
    SystemClock clock;
    const files::path page = folder / "page.html";
    const auto map = nlohmann::json::parse(std::ifstream(screenMap));
    std::ofstream(page) << pageOf(map);
    const auto corner = [&] { return display.pixelsOf(4, 4, 8, 8); };
    const std::string nothing = corner();
    std::vector<double> glass;
    for (int number = 1; number <= starts; ++number) {
        Browser shown(page, map, folder);
        const auto painted =
            millisecondsUntil("the browser's page", [&] { return corner() != nothing; });
        if (!painted) return;
        glass.push_back(*painted);
        clock.sleepFor(settling);
        if (number == starts) {
            const double before = secondsOf(shown);
            clock.sleepFor(idleWatch);
            const double seconds = std::chrono::duration<double>(idleWatch).count();
            note(figures, "idle_cpu_percent", 100 * (secondsOf(shown) - before) / seconds,
                 "kiosk.idle_no_devices_cpu_percent");
            note(figures, "pss_mib", pssOf(shown), "kiosk.pss_mib_after_visits");
            note(figures, "press_to_glass_ms", pressToGlass(display, screenMap),
                 "kiosk.press_to_glass_ms");
        }
        shown.end();
        millisecondsUntil("the browser to be gone", [&] { return corner() == nothing; });
    }
    note(figures, "first_paint_ms", quantile(glass, 0.5), "kiosk.first_frame_on_glass_ms");
}

}  // namespace liqu::bench
