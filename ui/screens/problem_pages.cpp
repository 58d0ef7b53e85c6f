// When no card came into a hand: what happened to the card, to money and the ID card, and what to
// do now. The headline is the person's, the device's name stands in the small line of the code.
#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

using screen::Outcome;

std::string_view headlineOf(Outcome outcome) {
    switch (outcome) {
        case Outcome::made:
            return "problem.made";
        case Outcome::undecided:
            return "problem.undecided";
        case Outcome::otherFirst:
            return "problem.other-first";
        case Outcome::ended:
            return "problem.ended";
        case Outcome::notMade:
            break;
    }
    return "problem.not-made";
}

Picture pictureOf(const screen::ProblemScreen& screen) {
    if (screen.outcome == Outcome::made) return Picture::cardKept;
    if (screen.outcome == Outcome::ended) return Picture::takeIdCard;
    return remedyOf(screen.reason) == Remedy::comeBackLater ? Picture::waiting : Picture::trouble;
}

// What concerns the person or the province is said; what concerns a device is for staff.
bool isForThePerson(ErrorCode code) {
    const std::uint32_t number = numberOf(code);
    const std::uint32_t area = number / 10000;
    return area == 4 || area == 9 || number / 100 == 102 ||
           (area == 1 && remedyOf(code) != Remedy::outOfService) || area == 8 ||
           code == ErrorCode::nameDoesNotFitChip || code == ErrorCode::cardNotTaken;
}

Paragraph codeLine(const screen::ProblemScreen& screen) {
    std::string key = "problem.code";
    Phrase line{"", {{"code", std::to_string(numberOf(screen.reason))}}};
    if (!screen.reference.empty()) {
        key += "-reference";
        line.values.push_back({"reference", screen.reference});
    }
    line.key = key;
    return {line, TextSize::small, true};
}

}  // namespace

Page pageOf(const screen::ProblemScreen& screen, const screen::Frame& frame) {
    Page page;
    page.question = {std::string(headlineOf(screen.outcome))};
    page.picture = pictureOf(screen);
    const bool person = isForThePerson(screen.reason);
    if (person) page.blocks.push_back(Paragraph{{errorWhat(screen.reason)}, TextSize::large});
    page.blocks.push_back(Notice{{cardWhereKey(screen.card)}, Tone::info});
    if (!screen.advice.reveal().empty()) {
        page.blocks.push_back(Quote{{"problem.advice"}, screen.advice});
    } else if (screen.outcome != Outcome::made) {
        page.blocks.push_back(Paragraph{{errorNext(screen.reason)}, TextSize::body});
    }
    if (screen.feeWasAsked) page.blocks.push_back(Paragraph{{"problem.money"}});
    if (screen.idCardThere) page.beside.push_back(Notice{{"problem.id-card"}, Tone::warning});
    if (!screen.pickupCode.empty()) {
        page.beside.push_back(Facts{{{{"problem.pickup-code"}, PersonalText(screen.pickupCode)}}});
    }
    if (!frame.contacts.hotline.empty()) {
        page.beside.push_back(Paragraph{
            {"contact.hotline", {{"hotline", frame.contacts.hotline}}}, TextSize::small, true});
    }
    if (!person)
        page.beside.push_back(Paragraph{{errorWhat(screen.reason)}, TextSize::small, true});
    page.beside.push_back(codeLine(screen));
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"problem.understood"}, true}};
    return page;
}

Page pageOf(const screen::ProblemWithCardScreen& screen, const screen::Frame& frame) {
    Page page;
    page.stage = VisitStage::take;
    page.question = {"card-problem.question"};
    page.picture = Picture::attendant;
    NumberedList list{{{"card-problem.printed"}, {"card-problem.unreadable"}}};
    if (!frame.contacts.lossPhone.empty()) {
        list.items.push_back({"card-problem.lost", {{"lossPhone", frame.contacts.lossPhone}}});
    }
    page.blocks = {std::move(list)};
    page.beside = {Paragraph{
        {"card-problem.reference", {{"reference", screen.reference}}}, TextSize::small, true}};
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"card-problem.understood"}, true}};
    return page;
}

}  // namespace liqu::ui
