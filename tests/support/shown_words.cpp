#include "tests/support/shown_words.hpp"

namespace liqu::test {
namespace {

using namespace ui;

class Reader {
  public:
    std::vector<ShownWords> read(const Page& page, const PageFrame& frame) {
        header(page, frame);
        say(page.question);
        for (const auto* blocks : {&page.beside, &page.blocks}) {
            for (const Block& block : *blocks) std::visit(*this, block);
        }
        for (const Button& button : page.buttons) say(button.label, SaidAs::answer);
        footer(frame);
        return std::move(found_);
    }

    void operator()(const Paragraph& block) { say(block.text); }
    void operator()(const Notice& block) { say(block.text); }
    void operator()(const Facts& block) {
        for (const Fact& fact : block.facts) say(fact.label);
    }
    void operator()(const Quote& block) { say(block.who); }
    void operator()(const NumberedList& block) {
        for (const Phrase& item : block.items) say(item);
    }
    void operator()(const Choices& block) {
        for (const Choice& choice : block.choices) {
            say(choice.title, SaidAs::answer);
            say(choice.detail, SaidAs::answer);
        }
    }
    void operator()(const StepList& block) {
        for (const Phrase& step : block.steps) say(step);
    }
    void operator()(const ProgressBar& block) {
        if (block.timeLeft) say(*block.timeLeft);
    }
    void operator()(const Fields& block) {
        for (const Field& field : block.fields) say(field.label);
    }
    void operator()(const QrCode&) {}
    void operator()(const Keypad&) { say({"attendant.clear"}, SaidAs::answer); }
    void operator()(const Table& block) {
        say(block.title);
        for (const TableColumn& column : block.columns) say(column.head);
        for (const TableRow& row : block.rows) {
            for (const Phrase& cell : row.cells) say(cell, SaidAs::record);
        }
        if (block.rows.empty()) say(block.whenEmpty);
    }
    void operator()(const FactTable& block) {
        for (const FactTable::Row& row : block.rows) {
            say(row.label);
            say(row.value, SaidAs::record);
        }
    }
    void operator()(const Options& block) {
        say(block.label);
        for (const Option& option : block.options) say(option.label, SaidAs::answer);
    }
    void operator()(const Tiles& block) {
        for (const Tile& tile : block.tiles) {
            say(tile.label, SaidAs::answer);
            say(tile.note);
        }
    }

  private:
    void say(const Phrase& phrase, SaidAs as = SaidAs::statement) {
        if (!phrase.empty()) found_.push_back({phrase, as});
    }

    void header(const Page& page, const PageFrame& frame) {
        say({"frame.brand"});
        if (!frame.signedIn.empty() || page.stage == VisitStage::none) return;
        for (const std::string_view key : stageKeys(frame)) say({std::string(key)});
    }

    void footer(const PageFrame& frame) {
        if (frame.secondsLeft) {
            say({"frame.time-left", {{"seconds", std::to_string(*frame.secondsLeft)}}});
            if (frame.moreTimeOffered) say({"frame.more-time"}, SaidAs::answer);
        }
        for (const FooterButton& button : footerButtons(frame)) {
            // What cannot be touched is no answer.
            if (button.shown)
                say(button.label, button.enabled ? SaidAs::answer : SaidAs::statement);
        }
    }

    std::vector<ShownWords> found_;
};

}  // namespace

std::vector<ShownWords> shownWords(const screen::Screen& screen) {
    return Reader().read(pageOf(screen), frameOf(screen, {}));
}

std::vector<ShownWords> shownWords(const ui::Page& page, const ui::PageFrame& frame) {
    return Reader().read(page, frame);
}

}  // namespace liqu::test
