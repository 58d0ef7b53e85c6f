// The card and the ID card go back into the hand.
#include "ui/screens/pages.hpp"

namespace liqu::ui {

Page pageOf(const screen::TakeCardScreen& screen) {
    Page page;
    page.stage = VisitStage::take;
    page.question = {"take-card.question"};
    page.picture = Picture::takeCard;
    if (screen.hurry) {
        page.blocks.push_back(Notice{{"take-card.hurry"}, Tone::danger});
    } else {
        page.blocks.push_back(Paragraph{{"take-card.where"}, TextSize::large});
    }
    if (screen.idCardStillThere) {
        page.blocks.push_back(Notice{{"take-card.id-card"}, Tone::warning});
    }
    return page;
}

Page pageOf(const screen::TakeIdCardScreen& screen) {
    Page page;
    page.stage = VisitStage::take;
    page.question = {screen.swapped ? "take-id-card.swapped" : "take-id-card.question"};
    page.picture = Picture::takeIdCard;
    if (screen.swapped) {
        page.blocks.push_back(Notice{{"take-id-card.swapped-detail"}, Tone::warning});
    } else if (screen.unsure) {
        // It is asked for, and nothing is said of it.
        return page;
    } else if (screen.reminder == 0) {
        page.blocks.push_back(Paragraph{{"take-id-card.where"}, TextSize::large});
    } else {
        // The longer it lies, the louder.
        page.blocks.push_back(
            Notice{{"take-id-card.reminder"}, screen.reminder < 6 ? Tone::warning : Tone::danger});
    }
    return page;
}

}  // namespace liqu::ui
