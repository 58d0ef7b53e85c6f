// What the citizen, and whoever stands beside them, types and says: where a PIN, an attendant or an
// item is asked for, in front of the slot, and in the guide.
#include <algorithm>

#include "tests/world/robot/citizen.hpp"

namespace liqu::world {
namespace {

using std::chrono::milliseconds;

constexpr Duration toHandleCard = milliseconds(1200);
constexpr const char* phone = "19900001234";
constexpr const char* occupation = "5";
constexpr const char* bank = "bank-B01";  // of the cards in the machine
constexpr const char* formNumber = "20240042";

bool isPinEntry(const std::string& screen) {
    static const std::set<std::string> names = {"pin-current", "pin-fresh", "pin-repeated",
                                                "pin-proof"};
    return names.contains(screen);
}

// As the page that asks groups them (services/guidance.hpp).
std::string groupOf(const std::string& service) {
    static const std::map<std::string, std::string> groups = {
        {"first-card", "apply"},    {"replacement", "apply"}, {"withdraw", "apply"},
        {"loss-temporary", "loss"}, {"loss-formal", "loss"},  {"loss-release", "loss"},
        {"progress", "query"},      {"card-state", "query"},  {"data-change", "query"},
        {"enable", "pin"}};
    if (const auto found = groups.find(service); found != groups.end()) return found->second;
    return service.starts_with("pin-") ? "pin" : "exchange";
}

}  // namespace

bool Citizen::respondWithWords(const SeenScreen& screen) {
    if (screen.name == "attendant") {
        attend(screen);
    } else if (isPinEntry(screen.name)) {
        enterPin(screen);
    } else if (screen.name == "item-phone") {
        typeAndConfirm(screen, {{"phone", phone}}, "submit");
    } else if (screen.name == "item-occupation") {
        touch(screen, occupation);
    } else if (screen.name == "choose-bank") {
        touch(screen, bank);
    } else if (screen.name == "data-choose") {
        touch(screen, "phone");  // the first of what can be changed
    } else if (screen.name == "choose-group") {
        chooseGroup(screen);
    } else {
        return false;
    }
    return true;
}

void Citizen::chooseGroup(const SeenScreen& screen) {
    const std::string& wish = readsGuide() ? "help" : plan_.service;
    touch(screen, screen.offers(wish) ? wish : groupOf(wish));
}

// Typed once; a touch that was not heard is repeated.
void Citizen::typeAndConfirm(const SeenScreen& screen,
                             const std::map<std::string, std::string>& values,
                             const std::string& confirm) {
    if (typedShown_ != lastShown_) {
        for (const auto& [field, text] : values) {
            const auto typed = typist_.type(screen.name, field, text);
            if (!typed) return;
        }
        typedShown_ = lastShown_;
    }
    if (const auto now = readScreenMap(plan_.screenMap)) touch(*now, confirm);
}

// What the attendant takes in they have in the hand when they say so.
void Citizen::attend(const SeenScreen& screen) {
    std::map<std::string, std::string> values = {{"badge", plan_.attendant.number},
                                                 {"pin", plan_.attendant.pin}};
    if (screen.offers("field-form")) values["form"] = formNumber;
    if (screen.question == "act.take-old-card" && world_.ownCard.handIn) world_.ownCard.handIn();
    typeAndConfirm(screen, values, "attendant-confirm");
}

void Citizen::enterPin(const SeenScreen& screen) {
    const bool isNew = typedShown_ != lastShown_;
    if (isNew && plan_.pins.empty()) return touch(screen, "decline");
    std::string pin = plan_.pins.substr(0, plan_.pins.find(' '));
    if (isNew) plan_.pins.erase(0, pin.size() + 1);
    typeAndConfirm(screen, {{"pin", std::move(pin)}}, "submit");
}

bool Citizen::respondWithOwnCard(const SeenScreen& screen) {
    const bool isAsked = screen.name == "citizens-card" || screen.name == "old-card";
    if (!isAsked && screen.name != "take-citizens-card") return false;
    if (!world_.ownCard.isInSlot) {
        if (isAsked) touchFirst(screen, {"unread", "decline"});
        return true;
    }
    if (isAsked == world_.ownCard.isInSlot()) return true;
    pause(toHandleCard);
    isAsked ? world_.ownCard.putIn() : world_.ownCard.takeOut();
    return true;
}

bool Citizen::readsGuide() const {
    return plan_.service.starts_with("guide") || plan_.service == "help";
}

// The next one that was not read; false where there is none.
bool Citizen::readNext(const SeenScreen& screen, const std::set<std::string>& read) {
    const auto next = std::ranges::find_if(
        screen.choices, [&read](const std::string& id) { return !read.contains(id); });
    if (next == screen.choices.end()) return false;
    choseToRead_ = *next;
    touch(screen, choseToRead_);
    return true;
}

// One topic of each group; or all of them; whoever came for help reads one.
bool Citizen::respondInGuide(const SeenScreen& screen) {
    if (!readsGuide()) return false;
    if (screen.name == "guide") {
        readsTopic_ = false;
        const bool enough = plan_.service == "help" && !readGroups_.empty();
        if (enough || !readNext(screen, readGroups_)) touch(screen, enough ? "home" : "back");
    } else if (screen.name == "guide-group") {
        if (!readsTopic_) readGroups_.insert(choseToRead_);
        const bool enough = readsTopic_ && plan_.service != "guide-whole";
        if (enough || !readNext(screen, readTopics_)) touch(screen, "back");
    } else if (screen.name == "guide-topic") {
        readsTopic_ = true;
        readTopics_.insert(choseToRead_);
        touch(screen, "confirm");
    } else if (screen.name == "guide-papers") {
        touch(screen, "finish");
    } else if (screen.name == "choose-service") {
        touch(screen, "help");
    } else {
        return false;
    }
    return true;
}

}  // namespace liqu::world
