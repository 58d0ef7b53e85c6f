#include "tests/scenario/kiosk/citizen.hpp"

#include <algorithm>
#include <set>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using screen::Action;
using screen::ActionKind;
using world::Fault;
using namespace std::chrono_literals;

constexpr Duration thinking = 2s;
constexpr Duration layingDown = 1s;
constexpr Duration taking = 3s;
constexpr Duration lateLifting = 20s;

// What a person only reads, and touches "I understand".
bool isToBeRead(const std::string& name) {
    static const std::set<std::string> pages = {"next-steps",
                                                "progress",
                                                "card-state",
                                                "problem",
                                                "problem-with-card",
                                                "loss-already",
                                                "loss-done",
                                                "loss-none",
                                                "loss-failed",
                                                "loss-formal-done",
                                                "loss-formal-already",
                                                "release-done",
                                                "loss-other-bank",
                                                "release-none",
                                                "release-failed",
                                                "pin-done",
                                                "pin-locked",
                                                "pin-failed",
                                                "pin-not-now",
                                                "card-of-another",
                                                "other-province",
                                                "pin-not-locked",
                                                "pin-unlocked",
                                                "bank-elsewhere",
                                                "exchange-none",
                                                "exchange-not-expired",
                                                "enable-done",
                                                "enable-already",
                                                "enable-not-now",
                                                "enable-failed",
                                                "enable-temporary-card",
                                                "withdraw-done",
                                                "withdraw-not",
                                                "withdraw-failed",
                                                "data-on-document",
                                                "data-done",
                                                "data-failed"};
    return pages.contains(name);
}

}  // namespace

world::Document lostCardHolder() {
    world::Document document = world::documents::resident();
    document.name = "样例挂失";
    document.number = "440000197906050033";
    document.birth = "19790605";
    return document;
}

world::Document cardHolder() {
    world::Document document = lostCardHolder();
    document.name = "样例已有";
    document.number = "440000197906050092";
    return document;
}

world::Document feeOwer() {
    world::Document document = lostCardHolder();
    document.name = "样例欠费";
    document.number = "44000019790605005X";
    return document;
}

void Citizen::comes(world::Document document, std::string service) {
    document_ = std::move(document);
    service_ = std::move(service);
    wants_ = true;
    began_ = gone_ = false;
    planned_.clear();
    // Whatever the machine shows next is new to this person.
    lastShown_.clear();
    outside_.hands.forgetPlans();
}

void Citizen::show(screen::Screen screen) {
    const std::string name(screen::nameOf(screen.content));
    // One question after another may be asked on pages of one name; asked once more for a PIN, they
    // type another one.
    const bool isAsked = std::holds_alternative<screen::PersonPage>(screen.content) ||
                         std::holds_alternative<screen::PinScreen>(screen.content);
    const bool isNew = lastShown_ != name || (isAsked && screen.frame.question != lastQuestion_);
    lastShown_ = name;
    lastQuestion_ = screen.frame.question;
    if (names.empty() || names.back() != name) names.push_back(name);
    seen.push_back(screen);
    if (isNew) onScreen(name);
    const auto* place = std::get_if<screen::LayDownIdCardScreen>(&screen.content);
    if (isNew || (place != nullptr && place->lastTry)) react(seen.back().content);
}

void Citizen::react(const screen::ScreenContent& content) {
    const std::string name(screen::nameOf(content));
    planned_.clear();
    const bool machineIsFree =
        name == "welcome" || name == "out-of-service" || name == "queries-only";
    if (began_ && machineIsFree) wants_ = false;
    if (gone_) return;
    if (outside_.faults.strikes(Fault::holderWalksAway, name)) {
        gone_ = true;
        outside_.hands.forgetPlans();
        outside_.hands.at(outside_.clock.now() + layingDown, [this] { lift(); });
        return;
    }
    const bool cancels = outside_.faults.strikes(Fault::holderCancels, name);
    if (!cancels || name != "lay-down-id-card") useHands(content);
    if (cancels) return plan({ActionKind::home});
    if (const auto first = touchesFirst.find(name); first != touchesFirst.end()) {
        for (const ActionKind kind : first->second) plan(touching(kind));
    }
    if (auto answer = answerTo(content)) plan(std::move(*answer));
}

Action Citizen::touching(ActionKind kind) const {
    if (kind == ActionKind::choose) return {kind, chooses};
    if (kind == ActionKind::adjust) return Action{kind, "language.en"};
    return kind == ActionKind::attendantConfirm ? attendant : Action{kind};
}

void Citizen::plan(Action action) {
    const auto thoughts = static_cast<int>(planned_.size()) + 1;
    planned_.push_back({outside_.clock.now() + thoughts * thinking, std::move(action)});
}

// To one topic and back.
std::optional<Action> Citizen::wayThroughGuide(std::string_view name) const {
    const bool hasRead = std::ranges::find(names, "guide-papers") != names.end();
    if (name == "guide-papers") return Action{ActionKind::finish};
    if (name == "guide-topic") return Action{ActionKind::confirm};
    if (name == "guide" && !hasRead) {
        const auto group = services::groupOf(readsOf);
        return Action{ActionKind::choose, group ? std::string(nameOf(*group)) : ""};
    }
    if (name == "guide-group" && !hasRead) return Action{ActionKind::choose, readsOf};
    if (name == "guide" || name == "guide-group") return Action{ActionKind::back};
    if (name != readsGuideAt || hasRead) return std::nullopt;
    if (name == "choose-service") return Action{ActionKind::choose, "help"};
    return Action{ActionKind::guide};
}

Action Citizen::choiceOfBank(const screen::PersonPage& page) const {
    for (const screen::PagePart& part : page.parts) {
        const auto* choices = std::get_if<screen::Choices>(&part);
        if (choices == nullptr) continue;
        return {ActionKind::choose, bank.empty() ? choices->choices.front().id : "bank-" + bank};
    }
    return {ActionKind::home};
}

Action Citizen::answerToItem(std::string_view name) const {
    if (name == "item-occupation") return {ActionKind::choose, occupation};
    if (name != "item-phone") return {ActionKind::confirm};
    Action typed{ActionKind::submit};
    typed.typed.emplace("phone", SecretText(phone));
    return typed;
}

std::optional<Action> Citizen::answerAboutPin(const std::string& name) {
    if (name == "pin-last-try")
        return Action{daresLastTry ? ActionKind::confirm : ActionKind::decline};
    if (name == "pin-unknown" || name == "pin-unsure" || name == "pin-was-reset")
        return Action{ActionKind::confirm};
    if (name == "lay-down-id-card" && cardOnly) return Action{ActionKind::choose, "pin-change"};
    const bool isEntry = name == "pin-current" || name == "pin-fresh" || name == "pin-repeated" ||
                         name == "pin-proof";
    if (!isEntry) return std::nullopt;
    if (pins.empty()) return Action{ActionKind::decline};
    Action typed{ActionKind::submit};
    typed.typed["pin"] = SecretText(pins.front());
    pins.pop_front();
    return typed;
}

std::optional<Action> Citizen::answerTo(const screen::ScreenContent& content) {
    const std::string name(screen::nameOf(content));
    if (auto about = answerAboutPin(name)) return about;
    if (auto way = wayThroughGuide(name)) return way;
    if (name == "welcome" && wants_ && !onlyLooks) return Action{ActionKind::start};
    if (name == "queries-only" && wants_ && usesQueries) return Action{ActionKind::start};
    if (name == "attendant") return attendant;
    if (name == "old-card" && outside_.ownCard == nullptr)
        return Action{ActionKind::choose, "unread"};
    if (name == "is-this-you" || name == "consent" || name == "consent-choice" ||
        name.ends_with("-agree"))
        return Action{ActionKind::confirm};
    if (name.starts_with("item-")) return answerToItem(name);
    if (name == "data-choose") return Action{ActionKind::choose, changesItem};
    if (const auto* page = personPage(content, "choose-bank")) return choiceOfBank(*page);
    if (name == "which-card") return Action{ActionKind::choose, chooses};
    if (name == "choose-service") return Action{ActionKind::choose, service_};
    if (name == "choose-group") {
        const auto* service = services::serviceNamed(service_);
        auto group = services::groupOf(service_);
        if (service != nullptr && service->exchange != nullptr)
            group = services::GuideGroup::exchange;
        if (service != nullptr && service->isOfPin) group = services::GuideGroup::pin;
        return Action{ActionKind::choose, group ? std::string(nameOf(*group)) : ""};
    }
    if (const auto have = existingOn(content)) {
        return Action{have->canContinue ? ActionKind::confirm : ActionKind::finish};
    }
    if (isToBeRead(name)) return Action{ActionKind::finish};
    return std::nullopt;
}

void Citizen::useHands(const screen::ScreenContent& content) {
    const std::string name(screen::nameOf(content));
    const Instant now = outside_.clock.now();
    TimedHands& hands = outside_.hands;
    if (name == "citizens-card" || name == "old-card") {
        hands.at(now + layingDown, [this] {
            if (outside_.ownCard != nullptr) outside_.slot.insert(outside_.ownCard);
        });
    } else if (name == "take-citizens-card") {
        hands.at(now + taking, [this] { outside_.slot.remove(); });
    } else if (const auto* place = std::get_if<screen::LayDownIdCardScreen>(&content)) {
        if (!place->reading && !cardOnly)
            hands.at(now + layingDown + handsAfter, [this] { layDownAnew(); });
    } else if (name == "making") {
        if (outside_.faults.strikes(Fault::holderSwapsIdCard)) {
            hands.at(now + thinking, [this] { layDown(world::documents::permit()); });
        }
    } else if (const auto* asked = std::get_if<screen::AttendantScreen>(&content)) {
        oldCardIsAskedFor_ = asked->act == "act.take-old-card";
    } else if (name == "take-card") {
        if (std::exchange(oldCardIsAskedFor_, false)) ++outside_.oldCardsTakenIn;
        hands.at(now + taking, [this] { outside_.printer->take(outside_.clock.now()); });
        const bool forgets = outside_.faults.strikes(Fault::holderForgetsIdCard);
        hands.at(now + taking + (forgets ? lateLifting : layingDown) + handsAfter + liftsAfter,
                 [this] { lift(); });
    } else if ((isToBeRead(name) && name != "next-steps" && name != "problem-with-card") ||
               name == "already-have" || name == "loss-unconfirmed" ||
               name == "enable-unconfirmed" || name == "withdraw-unconfirmed" ||
               name == "data-unconfirmed" || name == "take-id-card") {
        hands.at(now + thinking + handsAfter + liftsAfter, [this] { lift(); });
    } else if (name == "welcome") {
        hands.at(now + thinking + handsAfter, [this] { lift(); });
    }
}

std::optional<Action> Citizen::waitForAction(Instant until) {
    if (until > outside_.clock.now()) whileWaiting();
    if (!planned_.empty() && planned_.front().at <= until) {
        Planned next = std::move(planned_.front());
        planned_.pop_front();
        longestUnheard = std::max(longestUnheard, outside_.clock.now() - next.at);
        outside_.clock.sleepUntil(next.at);
        if (next.action.kind == ActionKind::start) began_ = true;
        onTouch(next.action.kind);
        return std::move(next.action);
    }
    if (until > outside_.clock.now()) outside_.clock.sleepUntil(until);
    return std::nullopt;
}

void Citizen::layDown(const world::Document& document) {
    outside_.idReader->layDown(document);
}
// Asked once more by a machine that meanwhile read it, nobody takes it up again.
void Citizen::layDownAnew() {
    const auto lying = outside_.idReader->documentLying();
    const bool isRead =
        lying && lying->number == document_.number && outside_.idReader->readings() > 0;
    if (!isRead) layDown(document_);
}
void Citizen::lift() {
    if (!leavesIdCard) outside_.idReader->lift();
}

}  // namespace liqu::scenario
