// While the card is made.
#include "ui/screens/pages.hpp"

namespace liqu::ui {
namespace {

// Rounded up, so that the machine is never later than it said.
Phrase timeLeftPhrase(Duration left) {
    constexpr std::int64_t tens = 10;
    const std::int64_t seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
    if (seconds <= tens) return {"making.soon"};
    if (seconds > 90) {
        return {"making.minutes-left", {{"minutes", std::to_string((seconds + 59) / 60)}}};
    }
    return {"making.seconds-left",
            {{"seconds", std::to_string((seconds + tens - 1) / tens * tens)}}};
}

}  // namespace

Page pageOf(const screen::MakingScreen& screen) {
    Page page;
    page.stage = VisitStage::make;
    page.question = {"making.question"};
    page.picture = Picture::making;
    ProgressBar bar{screen.percent, {}};
    if (screen.slow) {
        bar.timeLeft = {"making.slower"};
    } else if (screen.timeLeft) {
        bar.timeLeft = timeLeftPhrase(*screen.timeLeft);
    }
    page.beside = {std::move(bar)};
    StepList list;
    for (const std::string& step : screen.steps) list.steps.push_back({step});
    list.current = screen.current;
    page.blocks = {std::move(list)};
    if (screen.idCardMayGo) page.blocks.push_back(Notice{{"making.id-card"}, Tone::info});
    return page;
}

}  // namespace liqu::ui
