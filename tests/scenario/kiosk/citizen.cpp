#include "tests/scenario/kiosk/citizen.hpp"

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

}  // namespace

world::Document lostCardHolder() {
    world::Document document = world::documents::resident();
    document.name = "样例挂失";
    document.number = "440000197906050033";
    document.birth = "19790605";
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
    const bool isNew = lastShown_ != name;
    lastShown_ = name;
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
    return kind == ActionKind::attendantConfirm ? attendant : Action{kind};
}

void Citizen::plan(Action action) {
    const auto thoughts = static_cast<int>(planned_.size()) + 1;
    planned_.push_back({outside_.clock.now() + thoughts * thinking, std::move(action)});
}

std::optional<Action> Citizen::answerTo(const screen::ScreenContent& content) const {
    const std::string name(screen::nameOf(content));
    if (name == "welcome" && wants_ && !onlyLooks) return Action{ActionKind::start};
    if (name == "queries-only" && wants_ && usesQueries) return Action{ActionKind::start};
    if (name == "attendant") return attendant;
    if (name == "is-this-you" || name == "consent") return Action{ActionKind::confirm};
    if (name == "choose-service") return Action{ActionKind::choose, service_};
    if (const auto have = existingOn(content)) {
        return Action{have->canContinue ? ActionKind::confirm : ActionKind::finish};
    }
    if (name == "next-steps" || name == "progress" || name == "card-state" || name == "problem" ||
        name == "problem-with-card")
        return Action{ActionKind::finish};
    return std::nullopt;
}

void Citizen::useHands(const screen::ScreenContent& content) {
    const std::string name(screen::nameOf(content));
    const Instant now = outside_.clock.now();
    Hands& hands = outside_.hands;
    if (const auto* place = std::get_if<screen::LayDownIdCardScreen>(&content)) {
        if (!place->reading) hands.at(now + layingDown + handsAfter, [this] { layDownAnew(); });
    } else if (name == "making") {
        if (outside_.faults.strikes(Fault::holderSwapsIdCard)) {
            hands.at(now + thinking, [this] { layDown(world::documents::permit()); });
        }
    } else if (name == "take-card") {
        hands.at(now + taking, [this] { outside_.printer->take(outside_.clock.now()); });
        const bool forgets = outside_.faults.strikes(Fault::holderForgetsIdCard);
        hands.at(now + taking + (forgets ? lateLifting : layingDown) + handsAfter + liftsAfter,
                 [this] { lift(); });
    } else if (name == "problem" || name == "already-have" || name == "progress" ||
               name == "card-state" || name == "take-id-card") {
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
