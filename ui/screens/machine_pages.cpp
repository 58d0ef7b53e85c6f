// What the machine says of itself, while nobody is being served.
#include <algorithm>

#include "firmware/screen/error_words.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {
Paragraph codeLine(ErrorCode code) {
    return {{"closed.code", {{"code", std::to_string(numberOf(code))}}}, TextSize::small, true};
}
}  // namespace

// Whoever lost everything has no ID card to lay down (Guangdong Art.23).
void tellLossPhone(Page& page, const screen::Contacts& contacts) {
    if (contacts.lossPhone.empty()) return;
    page.blocks.push_back(Paragraph{
        {"contact.loss-phone", {{"lossPhone", contacts.lossPhone}}}, TextSize::small, true});
}

bool asksLetters(const Fields& fields) {
    return std::ranges::any_of(fields.fields, [](const Field& field) {
        return field.kind == screen::FieldKind::cardNumber;
    });
}

void offerGuide(Page& page, const screen::Frame& frame) {
    if (frame.canReadGuide) page.buttons.push_back({ActionKind::guide, {"guide.read"}});
}

Page pageOf(const screen::StartingScreen& screen) {
    Page page;
    page.question = {"starting.question"};
    page.picture = Picture::starting;
    if (screen.total > 0) page.blocks.push_back(ProgressBar{screen.done * 100 / screen.total, {}});
    if (screen.part) {
        const std::string key = "part." + std::string(nameOf(*screen.part));
        page.blocks.push_back(Paragraph{{key}, TextSize::large});
    }
    return page;
}

Page pageOf(const screen::RecoveringScreen& screen) {
    Page page;
    page.question = {screen.restarted ? "recovering.restarted" : "recovering.question"};
    page.picture = screen.cardInside ? Picture::cardKept : Picture::starting;
    page.blocks.push_back(Paragraph{{"recovering.wait"}, TextSize::large});
    if (screen.cardInside) page.blocks.push_back(Notice{{"recovering.card"}, Tone::info});
    return page;
}

Page pageOf(const screen::OutOfServiceScreen& screen, const screen::Frame& frame) {
    Page page;
    page.staffCorner = true;
    const bool idCard = screen.reason == ErrorCode::idCardLeft;
    page.question = {idCard ? "closed.id-card" : "closed.question"};
    page.picture = idCard ? Picture::takeIdCard : Picture::closed;
    if (idCard) page.blocks.push_back(Notice{{"closed.id-card-next"}, Tone::warning});
    page.blocks.push_back(Notice{{"closed.elsewhere"}, Tone::info});
    if (!frame.contacts.hotline.empty()) {
        page.blocks.push_back(
            Paragraph{{"contact.hotline", {{"hotline", frame.contacts.hotline}}}});
    }
    if (!idCard) tellLossPhone(page, frame.contacts);
    page.blocks.push_back(Paragraph{screen::whatHappened(screen.reason), TextSize::small, true});
    page.blocks.push_back(codeLine(screen.reason));
    if (!idCard) offerGuide(page, frame);
    return page;
}

Page pageOf(const screen::QueriesOnlyScreen& screen, const screen::Frame& frame) {
    Page page;
    page.staffCorner = true;
    page.question = {"queries.question"};
    page.picture = Picture::waiting;
    page.blocks.push_back(Notice{screen::whatHappened(screen.reason), Tone::warning});
    page.blocks.push_back(Paragraph{{screen.changes     ? "queries.still-changed"
                                     : screen.questions ? "queries.still-asked"
                                                        : "queries.still"}});
    tellLossPhone(page, frame.contacts);
    page.blocks.push_back(codeLine(screen.reason));
    page.buttons = {{ActionKind::start,
                     {screen.changes     ? "queries.change"
                      : screen.questions ? "queries.ask"
                                         : "queries.start"},
                     true}};
    offerGuide(page, frame);
    return page;
}

Page pageOf(const screen::WaitingScreen& screen) {
    Page page;
    page.stage = VisitStage::confirm;
    page.question = {"waiting." + std::string(nameOf(screen.what))};
    page.picture = Picture::waiting;
    page.blocks.push_back(Paragraph{{"waiting.moment"}, TextSize::large});
    return page;
}

}  // namespace liqu::ui
