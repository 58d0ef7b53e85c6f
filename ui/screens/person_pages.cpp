// Who stands in front of the machine.
#include "firmware/screen/error_words.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::ui {

Page pageOf(const screen::WelcomeScreen&) {
    Page page;
    page.staffCorner = true;
    page.question = {"welcome.question"};
    page.picture = Picture::socialCard;
    page.blocks = {Paragraph{{"welcome.bring"}, TextSize::large},
                   Paragraph{{"welcome.time"}, TextSize::large, true}};
    page.buttons = {{ActionKind::start, {"welcome.start"}, true}};
    return page;
}

Page pageOf(const screen::LayDownIdCardScreen& screen) {
    Page page;
    page.stage = VisitStage::identify;
    page.question = {screen.reading       ? "id-card.reading"
                     : screen.otherPerson ? "id-card.other-person"
                                          : "id-card.question"};
    page.picture = Picture::idCardOnReader;
    if (screen.lastTry && !screen.reading) {
        page.blocks.push_back(Notice{screen::whatHappened(*screen.lastTry), Tone::warning});
    }
    if (!screen.otherPerson) {
        page.blocks.push_back(
            Paragraph{{screen.reading ? "id-card.wait" : "id-card.how"}, TextSize::large});
    }
    return page;
}

Page pageOf(const screen::AttendantScreen& screen, const screen::Frame& frame) {
    Page page;
    page.stage = VisitStage::identify;
    page.question = {"attendant.question"};
    page.beside = {Facts{{{{"attendant.name"}, screen.name}}}};
    if (screen.waitSeconds > 0) {
        page.beside.push_back(
            Notice{{"staff.sign-in.wait", {{"seconds", std::to_string(screen.waitSeconds)}}},
                   Tone::danger});
    }
    if (screen.wrongPin) {
        page.beside.push_back(Notice{
            {"attendant.wrong", {{"tries", std::to_string(screen.triesLeft)}}}, Tone::danger});
    } else {
        page.beside.push_back(
            Notice{{frame.call ? "attendant.call" : "attendant.fetch"}, Tone::info});
    }
    page.beside.push_back(Fields{{{"badge", {"attendant.badge"}, screen::FieldKind::digits, 8},
                                  {"pin", {"attendant.pin"}, screen::FieldKind::secret, 8}}});
    page.blocks = {Keypad{}};
    page.buttons = {{ActionKind::attendantConfirm, {"attendant.confirm"}, true},
                    {ActionKind::decline, {"attendant.decline"}}};
    return page;
}

Page pageOf(const screen::IsThisYouScreen& screen) {
    Page page;
    page.stage = VisitStage::confirm;
    page.question = {"is-this-you.question"};
    page.picture = Picture::identity;
    page.blocks = {Facts{{{{"is-this-you.name"}, screen.maskedName},
                          {{"is-this-you.number"}, screen.maskedNumber}}},
                   Paragraph{{"is-this-you.masked"}, TextSize::small, true}};
    page.buttons = {{ActionKind::confirm, {"is-this-you.yes"}, true},
                    {ActionKind::decline, {"is-this-you.no"}}};
    return page;
}

// Whatever it is about, it says itself what belongs on it.
Page pageOf(const screen::PersonPage& screen) {
    const auto blocksOf = [](const std::vector<screen::PagePart>& parts) {
        std::vector<Block> blocks;
        for (const screen::PagePart& part : parts) {
            std::visit([&blocks](const auto& block) { blocks.emplace_back(block); }, part);
        }
        return blocks;
    };
    Page page;
    page.stage = screen.stage;
    page.question = screen.question;
    page.picture = screen.picture;
    page.blocks = blocksOf(screen.parts);
    page.beside = blocksOf(screen.beside);
    page.besideLast = screen.besideLast;
    page.buttons = screen.buttons;
    return page;
}

}  // namespace liqu::ui
