#include "tests/support/controls.hpp"

#include <algorithm>

#include "ui/screens/pages.hpp"

namespace liqu::test {
namespace {

using namespace ui;

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

// What the page of settings answers with, one way for all of them.
std::string otherLanguage(const screen::Frame& frame) {
    const auto other = std::ranges::find_if(frame.languages, [&frame](const auto& language) {
        return language != frame.comfort.language;
    });
    return other == frame.languages.end() ? "size.l" : screen::adjustTo(*other);
}

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
        if (!button.shown || !button.enabled) continue;
        if (button.action == ActionKind::adjust) {
            controls.push_back({button.action, otherLanguage(screen.frame)});
        } else {
            controls.push_back({button.action});
        }
    }
    if (page.staffCorner) controls.push_back({ActionKind::staffCorner});
    if (screen.frame.deadline && frame.moreTimeOffered) controls.push_back({ActionKind::moreTime});
    return controls;
}

}  // namespace liqu::test
