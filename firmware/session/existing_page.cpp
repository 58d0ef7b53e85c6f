#include "firmware/session/existing_page.hpp"

#include "firmware/services/guidance.hpp"

namespace liqu::session {
namespace {

using namespace screen;

Picture pictureOf(ExistingKind kind) {
    switch (kind) {
        case ExistingKind::heldHere:
        case ExistingKind::heldAtCounter:
            return Picture::cardKept;
        case ExistingKind::validCard:
        case ExistingKind::invalidCard:
        case ExistingKind::returnedToBank:
            return Picture::socialCard;
        default:
            return Picture::waiting;
    }
}

// Lost cards: first by telephone, then formally and in person, then here. What the region does not
// name, or this machine does not do, is not said.
NumberedList lossSteps(const Existing& existing, const Contacts& contacts) {
    NumberedList list;
    if (existing.lossOffered) list.items.push_back({"already.lost-here"});
    if (!existing.lossOffered && !contacts.lossPhone.empty()) {
        list.items.push_back({"already.lost-phone", {{"lossPhone", contacts.lossPhone}}});
    }
    list.items.push_back({"already.lost-formally"});
    if (existing.replacementOffered) list.items.push_back({"already.lost-replace"});
    return list;
}

// An application that is under way can be asked about (Guangdong Art.8(5)).
bool isUnderWay(ExistingKind kind) {
    return kind == ExistingKind::pendingElsewhere || kind == ExistingKind::pendingHere ||
           kind == ExistingKind::markedElsewhere || kind == ExistingKind::feePaid;
}

Facts factsOf(const Existing& existing) {
    Facts facts;
    if (!existing.cardNumberTail.empty()) {
        facts.facts.push_back({{"already.card-tail"}, PersonalText(existing.cardNumberTail)});
    }
    if (!existing.pickupCode.empty()) {
        facts.facts.push_back({{"already.pickup-code"}, PersonalText(existing.pickupCode)});
    }
    return facts;
}

std::vector<Button> buttonsOf(const Existing& existing) {
    std::vector<Button> buttons = {{ActionKind::finish, {"already.understood"}, true}};
    if (existing.canContinue) {
        buttons = {{ActionKind::confirm, {"already.continue"}, true},
                   {ActionKind::decline, {"already.not-now"}}};
    }
    if (existing.canWithdraw) {
        buttons.push_back(
            {ActionKind::choose, {"already.withdraw"}, false, std::string(withdrawMarkChoice)});
    }
    // Whoever can go on here has the card itself in a moment.
    if (existing.temporaryCardTold && isUnderWay(existing.kind) && !existing.canContinue)
        buttons.push_back(services::wayToTemporaryCard());
    return buttons;
}

}  // namespace

PersonPage existingPage(const Existing& existing, const Contacts& contacts) {
    PersonPage page{.name = "already-have", .stage = VisitStage::confirm};
    const std::string key = "already." + std::string(nameOf(existing.kind));
    page.question = {key};
    page.picture = pictureOf(existing.kind);
    page.parts.push_back(Paragraph{{key + "-detail"}});
    if (existing.kind == ExistingKind::validCard)
        page.parts.push_back(lossSteps(existing, contacts));
    if (existing.kind == ExistingKind::invalidCard && existing.replacementOffered) {
        page.parts.push_back(Paragraph{{key + "-replace"}});
    }
    if (existing.kind == ExistingKind::pendingElsewhere && !contacts.hotline.empty()) {
        page.parts.push_back(Paragraph{{"contact.hotline", {{"hotline", contacts.hotline}}}});
    }
    if (existing.progressOffered && isUnderWay(existing.kind))
        page.parts.push_back(Paragraph{{"contact.progress"}, TextSize::small});
    if (Facts facts = factsOf(existing); !facts.facts.empty()) {
        // The steps after a loss need the room.
        page.besideLast = existing.kind == ExistingKind::validCard;
        (page.besideLast ? page.beside : page.parts).push_back(std::move(facts));
    }
    page.buttons = buttonsOf(existing);
    return page;
}

}  // namespace liqu::session
