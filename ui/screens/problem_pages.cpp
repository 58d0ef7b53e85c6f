// When it did not work: what happened to the card, and what to do now.
#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

// Somebody whose card was kept reads another sentence than somebody for whom none was used.
Phrase fatePhrase(const session::ProblemScreen& screen) {
    if (screen.cardWasMade) return {"fate.held"};
    if (!screen.fate) return {"fate.none"};
    return {fateKey(*screen.fate)};
}

Picture pictureOf(const session::ProblemScreen& screen) {
    if (screen.cardWasMade) return Picture::cardKept;
    return remedyOf(screen.reason) == Remedy::comeBackLater ? Picture::waiting : Picture::trouble;
}

}  // namespace

Page pageOf(const session::ProblemScreen& screen) {
    Page page;
    page.question = {errorWhat(screen.reason)};
    page.picture = pictureOf(screen);
    page.blocks = {Notice{fatePhrase(screen), Tone::info},
                   Paragraph{{errorNext(screen.reason)}, TextSize::large},
                   Paragraph{{"problem.money"}}};
    if (!screen.pickupCode.empty()) {
        page.beside.push_back(Facts{{{{"problem.pickup-code"}, PersonalText(screen.pickupCode)}}});
    }
    page.beside.push_back(Paragraph{
        {"problem.code",
         {{"code", std::to_string(numberOf(screen.reason))}, {"reference", screen.reference}}},
        TextSize::small,
        true});
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"problem.understood"}, true}};
    return page;
}

Page pageOf(const session::ProblemWithCardScreen& screen) {
    Page page;
    page.stage = VisitStage::take;
    page.question = {"card-problem.question"};
    page.picture = Picture::attendant;
    page.blocks = {NumberedList{
        {{"card-problem.printed"}, {"card-problem.unreadable"}, {"card-problem.lost"}}}};
    page.beside = {Paragraph{
        {"card-problem.reference", {{"reference", screen.reference}}}, TextSize::small, true}};
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"card-problem.understood"}, true}};
    return page;
}

}  // namespace liqu::ui
