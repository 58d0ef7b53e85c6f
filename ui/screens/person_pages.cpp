// Who stands in front of the machine.
#include "firmware/screen/error_words.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::ui {

Page pageOf(const screen::WelcomeScreen& screen, const screen::Frame& frame) {
    Page page;
    page.staffCorner = true;
    page.question = {screen.makesCards ? "welcome.question" : "welcome.services"};
    page.picture = Picture::socialCard;
    page.blocks = {Paragraph{{"welcome.bring"}, TextSize::large}};
    if (screen.makesCards)
        page.blocks.push_back(Paragraph{{"welcome.time"}, TextSize::large, true});
    page.buttons = {{ActionKind::start, {"welcome.start"}, true}};
    offerGuide(page, frame);
    return page;
}

Page pageOf(const screen::LayDownIdCardScreen& screen, const screen::Frame& frame) {
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
    if (!screen.reading && !screen.otherPerson) tellLossPhone(page, frame.contacts);
    if (screen.pinOffered && !screen.reading && !screen.otherPerson)
        page.buttons.push_back({ActionKind::choose, {"id-card.pin-only"}, false, "pin-change"});
    return page;
}

namespace {

// Whoever stands by an act does so in its place of the visit; an old card is kept when the new one
// waits to be taken.
VisitStage stageOf(const screen::AttendantScreen& screen) {
    if (screen.act.empty()) return VisitStage::identify;
    return screen.act == "act.take-old-card" ? VisitStage::take : VisitStage::confirm;
}

// Beside a notice there is room for one row: whose bank's an old card is the machine knows.
Facts factsOf(const screen::AttendantScreen& screen) {
    const std::string& tail = screen.cardTail.reveal();
    if (screen.bank.empty()) return {{{{"attendant.name"}, screen.name}}};
    if (!screen.isWritten) {
        const PersonalText both(screen.name.reveal() + "  " + tail);
        return {{{{"attendant.name-and-card"}, both}}};
    }
    return {{{{"attendant.name"}, screen.name},
             {{"attendant.card"}, PersonalText(screen.bank + " " + tail)}}};
}

}  // namespace

Page pageOf(const screen::AttendantScreen& screen, const screen::Frame& frame) {
    Page page;
    page.stage = stageOf(screen);
    page.question = {screen.act.empty() ? "attendant.question" : screen.act};
    page.beside = {factsOf(screen)};
    if (screen.waitSeconds > 0) {
        page.beside.push_back(
            Notice{{"staff.sign-in.wait", {{"seconds", std::to_string(screen.waitSeconds)}}},
                   Tone::danger});
    }
    if (screen.wrongPin) {
        page.beside.push_back(Notice{
            {"attendant.wrong", {{"tries", std::to_string(screen.triesLeft)}}}, Tone::danger});
    } else if (!screen.isWritten) {
        // Who brings a form for signing stands there already.
        page.beside.push_back(
            Notice{{frame.call ? "attendant.call" : "attendant.fetch"}, Tone::info});
    }
    Fields fields;
    if (screen.isWritten)
        fields.fields.push_back({"form", {"attendant.form"}, screen::FieldKind::digits, 20});
    fields.fields.push_back({"badge", {"attendant.badge"}, screen::FieldKind::digits, 8});
    fields.fields.push_back({"pin", {"attendant.pin"}, screen::FieldKind::secret, 8});
    page.beside.push_back(std::move(fields));
    page.blocks = {Keypad{}};
    const bool isAct = !screen.act.empty();
    page.buttons = {{ActionKind::attendantConfirm,
                     {isAct ? "attendant.act-confirm" : "attendant.confirm"},
                     true},
                    {ActionKind::decline, {isAct ? "attendant.act-decline" : "attendant.decline"}}};
    return page;
}

// Which PIN is meant is always said: the bank's is another one.
Page pageOf(const screen::PinScreen& screen) {
    Page page;
    page.stage = VisitStage::confirm;
    page.question = {"pin-entry." + std::string(nameOf(screen.entry))};
    // What went wrong takes the place of the card's number: the question names the PIN, too.
    if (screen.notices.empty()) {
        page.beside.push_back(Facts{{{{"loss.card-tail"}, screen.cardTail}}});
        page.beside.push_back(Notice{{"pin-entry.social"}, Tone::info});
    }
    for (const Notice& notice : screen.notices) page.beside.push_back(notice);
    page.beside.push_back(Fields{{{"pin",
                                   {"pin-entry.field"},
                                   screen::FieldKind::secret,
                                   static_cast<std::size_t>(screen.digits)}}});
    page.blocks = {Keypad{}};
    page.buttons = {{ActionKind::submit, {"pin-entry.done"}, true},
                    {ActionKind::decline, {"pin-entry.stop"}}};
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
    for (const screen::PagePart& part : screen.beside) {
        const auto* fields = std::get_if<Fields>(&part);
        if (fields != nullptr) page.blocks.push_back(Keypad{asksLetters(*fields)});
    }
    return page;
}

}  // namespace liqu::ui
