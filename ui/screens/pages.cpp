#include "ui/screens/pages.hpp"

#include <algorithm>
#include <array>

namespace liqu::ui {

Page pageOf(const screen::Screen& screen) {
    Page page = std::visit(
        [&screen](const auto& content) {
            if constexpr (requires { pageOf(content, screen.frame); }) {
                return pageOf(content, screen.frame);
            } else {
                return pageOf(content);
            }
        },
        screen.content);
    page.name = nameOf(screen.content);
    return page;
}

PageFrame frameOf(const screen::Screen& screen, Instant now) {
    const screen::Frame& frame = screen.frame;
    const auto* take = std::get_if<screen::TakeCardScreen>(&screen.content);
    const bool moreTime = frame.canHaveMoreTime && (take == nullptr || take->moreTimeOffered);
    PageFrame result{frame.canGoBack, frame.canGoHome, frame.canSwitchLanguage, frame.call,
                     std::nullopt,    moreTime,        frame.signedIn};
    if (frame.deadline) {
        const auto left = std::max(Duration::zero(), *frame.deadline - now);
        result.secondsLeft =
            static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
    }
    return result;
}

namespace {

// What the blocks of a page offer; most of them are only read.
struct ControlsOfBlock {
    std::vector<Control>& controls;

    void operator()(const Choices& block) const {
        for (const Choice& choice : block.choices) {
            controls.push_back({ActionKind::choose, choice.id});
        }
    }
    void operator()(const Table& block) const {
        for (const TableRow& row : block.rows) {
            if (!row.choice.empty()) controls.push_back({ActionKind::choose, row.choice});
        }
    }
    void operator()(const Tiles& block) const {
        for (const Tile& tile : block.tiles) controls.push_back({ActionKind::choose, tile.choice});
    }
    void operator()(const auto& /*block*/) const {}
};

}  // namespace

std::vector<Control> controlsOf(const screen::Screen& screen) {
    const Page page = pageOf(screen);
    const PageFrame frame = frameOf(screen, {});
    std::vector<Control> controls;
    for (const auto* blocks : {&page.beside, &page.blocks}) {
        for (const Block& block : *blocks) std::visit(ControlsOfBlock{controls}, block);
    }
    for (const Button& button : page.buttons) controls.push_back({button.action, button.choice});
    for (const FooterButton& button : footerButtons(frame)) {
        if (button.shown && button.enabled) controls.push_back({button.action});
    }
    if (page.staffCorner) controls.push_back({ActionKind::staffCorner});
    if (frame.secondsLeft && frame.moreTimeOffered) controls.push_back({ActionKind::moreTime});
    return controls;
}

std::span<const std::string_view> partKeys() {
    static constexpr std::array<std::string_view, 11> keys = {
        "part.config",  "part.storage",     "part.clock",    "part.id-reader",
        "part.printer", "part.chip-reader", "part.province", "part.stock",
        "part.bins",    "part.last-cards",  "part.queue"};
    return keys;
}

}  // namespace liqu::ui
