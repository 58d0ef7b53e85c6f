// What is to be done, and the doing of it.
#include <array>

#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

using screen::ExistingKind;

std::string_view nameOf(ExistingKind kind) {
    switch (kind) {
        case ExistingKind::pendingElsewhere:
            return "pending-elsewhere";
        case ExistingKind::pendingHere:
            return "pending-here";
        case ExistingKind::heldHere:
            return "held-here";
        case ExistingKind::feePaid:
            return "fee-paid";
        case ExistingKind::markedElsewhere:
            return "marked-elsewhere";
        case ExistingKind::heldAtCounter:
            return "held-at-counter";
        case ExistingKind::returnedToBank:
            return "returned-to-bank";
        case ExistingKind::markWithdrawn:
            return "mark-withdrawn";
        case ExistingKind::invalidCard:
            return "invalid-card";
        case ExistingKind::validCard:
            break;
    }
    return "valid-card";
}

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

Picture pictureOf(std::string_view service) {
    return service == "replacement" ? Picture::replacedCard : Picture::newCard;
}

// In the order of MakingStep.
constexpr std::array<std::string_view, 8> stepKeys = {
    "making.applying",  "making.feeding",  "making.checking",  "making.writing",
    "making.verifying", "making.printing", "making.reporting", "making.enabling"};

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

Page pageOf(const screen::ChooseServiceScreen& screen) {
    Page page;
    page.stage = VisitStage::confirm;
    page.question = {"choose.question"};
    Choices choices;
    for (const std::string& id : screen.services) {
        const std::string key = "service." + id;
        choices.choices.push_back({id, {key}, {key + "-detail"}, pictureOf(id)});
    }
    page.blocks = {std::move(choices)};
    return page;
}

namespace {

// Lost cards: first by telephone, then formally and in person, then here. What the region does not
// name, or this machine does not do, is not said.
NumberedList lossSteps(const screen::AlreadyHaveScreen& screen, const screen::Frame& frame) {
    NumberedList list;
    if (!frame.contacts.lossPhone.empty()) {
        list.items.push_back({"already.lost-phone", {{"lossPhone", frame.contacts.lossPhone}}});
    }
    list.items.push_back({"already.lost-formally"});
    if (screen.replacementOffered) list.items.push_back({"already.lost-replace"});
    return list;
}

}  // namespace

Page pageOf(const screen::AlreadyHaveScreen& screen, const screen::Frame& frame) {
    Page page;
    page.stage = VisitStage::confirm;
    const std::string key = "already." + std::string(nameOf(screen.kind));
    page.question = {key};
    page.picture = pictureOf(screen.kind);
    page.blocks.push_back(Paragraph{{key + "-detail"}});
    if (screen.kind == ExistingKind::validCard) page.blocks.push_back(lossSteps(screen, frame));
    if (screen.kind == ExistingKind::invalidCard && screen.replacementOffered) {
        page.blocks.push_back(Paragraph{{key + "-replace"}});
    }
    if (screen.kind == ExistingKind::pendingElsewhere && !frame.contacts.hotline.empty()) {
        page.blocks.push_back(
            Paragraph{{"contact.hotline", {{"hotline", frame.contacts.hotline}}}});
    }
    Facts facts;
    if (!screen.cardNumberTail.empty()) {
        facts.facts.push_back({{"already.card-tail"}, PersonalText(screen.cardNumberTail)});
    }
    if (!screen.pickupCode.empty()) {
        facts.facts.push_back({{"already.pickup-code"}, PersonalText(screen.pickupCode)});
    }
    if (!facts.facts.empty()) {
        // The steps after a loss need the room.
        page.besideLast = screen.kind == ExistingKind::validCard;
        (page.besideLast ? page.beside : page.blocks).push_back(std::move(facts));
    }
    if (screen.canContinue) {
        page.buttons = {{ActionKind::confirm, {"already.continue"}, true},
                        {ActionKind::decline, {"already.not-now"}}};
        if (screen.canWithdraw) {
            page.buttons.push_back(
                {ActionKind::choose, {"already.withdraw"}, false, "withdraw-mark"});
        }
    } else {
        page.buttons = {{ActionKind::finish, {"already.understood"}, true}};
    }
    return page;
}

Page pageOf(const screen::ConsentScreen& screen) {
    Page page;
    page.stage = VisitStage::confirm;
    page.question = {"consent.question"};
    page.blocks.push_back(
        Notice{{"consent." + screen.service, {{"bank", screen.bankName}}}, Tone::info});
    NumberedList clauses;
    for (const std::string& key : screen.clauses) {
        clauses.items.push_back({key, {{"bank", screen.bankName}}});
    }
    page.blocks.push_back(std::move(clauses));
    page.buttons = {{ActionKind::confirm, {"consent.agree"}, true},
                    {ActionKind::decline, {"consent.refuse"}}};
    return page;
}

Page pageOf(const screen::MakingScreen& screen) {
    Page page;
    page.stage = VisitStage::make;
    page.question = {"making.question"};
    page.picture = Picture::making;
    ProgressBar bar{screen.percent, {}};
    if (screen.timeLeft) bar.timeLeft = timeLeftPhrase(*screen.timeLeft);
    page.beside = {std::move(bar)};
    StepList list;
    for (const std::string_view key : stepKeys) list.steps.push_back({std::string(key)});
    list.current = static_cast<std::size_t>(screen.step);
    page.blocks = {std::move(list)};
    return page;
}

}  // namespace liqu::ui
