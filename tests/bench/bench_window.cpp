// The window on a display of its own: from what came in to the frame that was handed over, and the
// frame by itself. Each time also as a multiple of a plain fill of a surface of the same size.
#include <algorithm>
#include <chrono>
#include <vector>

#include "firmware/base/assert.hpp"
#include "tests/bench/figures.hpp"
#include "tests/window/ui/gallery.hpp"
#include "tests/window/ui/window_fixture.hpp"

namespace liqu::bench {
namespace {

using namespace std::chrono_literals;

constexpr int width = 1080;
constexpr int height = 1920;
constexpr int fills = 100;
constexpr int touches = 150;

double millisecondsOf(auto&& act) {
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

double millisecondsOfFill() {
    std::vector<std::uint32_t> surface(std::size_t{width} * height);
    std::vector<double> times;
    for (int number = 0; number < fills; ++number) {
        const auto colour = static_cast<std::uint32_t>(number) * 0x010203U;
        times.push_back(millisecondsOf([&] { std::ranges::fill(surface, colour); }));
        LIQU_ASSERT(surface[static_cast<std::size_t>(number)] == colour);
    }
    return quantile(times, 0.5);
}

// Each page for the first time, its words not drawn before.
std::vector<double> newPages(test::WindowFixture& fixture) {
    std::vector<double> times;
    for (auto& shown : test::gallery(screen::Language::chinese, fixture.clock.now())) {
        fixture.window->show(std::move(shown.screen));
        times.push_back(millisecondsOf([&] { fixture.window->turn(0ms); }));
        fixture.clock.skip(400ms);  // the guard against double taps
        fixture.settle();
    }
    return times;
}

struct TouchTimes {
    std::vector<double> toFrame;  // from the finger to the frame handed over
    std::vector<double> frame;    // that frame by itself
};

TouchTimes touched(test::WindowFixture& fixture) {
    screen::Screen page{{}, test::consentPage()};
    page.frame.canGoBack = true;
    fixture.showAndSettle(std::move(page));
    const auto answer = fixture.middleOf("confirm");
    LIQU_ASSERT(answer.has_value());
    const int x = static_cast<int>(answer->x);
    const int y = static_cast<int>(answer->y);
    TouchTimes times;
    for (int number = 0; number < touches; ++number) {
        const bool pressed = number % 2 == 0;
        times.toFrame.push_back(millisecondsOf([&] {
            pressed ? fixture.display->press(x, y) : fixture.display->release();
            fixture.window->turn(1s);  // a round that waits: the event ends it
            times.frame.push_back(millisecondsOf([&] { fixture.window->turn(0ms); }));
        }));
        fixture.settle();
        fixture.window->take();
    }
    return times;
}

// A limit in milliseconds is of the machine it is measured on; the ratio travels.
void note(Figures& figures, const std::string& name, double value, double limit, double fill) {
    figures[name + "_ms"] = atMost(value, limit);
    figures[name + "_fills"] = {value / fill, "", true};
}

}  // namespace

void benchWindow(Figures& figures) {
    auto fixture = test::WindowFixture::open(width, height, LIQU_SOURCE_DIR);
    LIQU_ASSERT(fixture.has_value());
    const double fill = millisecondsOfFill();
    figures["window.fill_ms"] = {fill, "", true};
    const std::vector<double> pages = newPages(**fixture);
    note(figures, "window.new_page_p99", quantile(pages, 0.99), 25, fill);
    figures["window.new_page_p50_ms"] = {quantile(pages, 0.5), "", true};
    const TouchTimes times = touched(**fixture);
    note(figures, "window.touch_to_frame_p99", quantile(times.toFrame, 0.99), 25, fill);
    note(figures, "window.frame_p50", quantile(times.frame, 0.5), 8, fill);
}

}  // namespace liqu::bench
