#include "tests/scenario/staff/staff_hands.hpp"

#include "firmware/base/assert.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/staff/audit.hpp"
#include "tests/support/shown_words.hpp"
#include "ui/paper/day_paper.hpp"

namespace liqu::scenario {

using screen::Action;
using screen::ActionKind;

namespace {

constexpr Duration thinking = std::chrono::seconds{1};

Action choosing(const std::string& choice) {
    Action action;
    action.kind = ActionKind::choose;
    action.choice = choice;
    return action;
}

}  // namespace

StaffHands::StaffHands()
    : words_(ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value()) {}

void StaffHands::comeToTheCorner() {
    for (int touches = 0; touches < 3; ++touches) {
        Action action;
        action.kind = ActionKind::staffCorner;
        planned_.push_back({"", action});
    }
}

void StaffHands::signIn(const std::string& number, const std::string& pin) {
    Action action;
    action.kind = ActionKind::attendantConfirm;
    action.typed.emplace("badge", SecretText(number));
    action.typed.emplace("pin", SecretText(pin));
    planned_.push_back({"staff-sign-in", action});
}

void StaffHands::touch(const std::string& screen, const std::string& choice) {
    planned_.push_back({screen, choosing(choice)});
}

void StaffHands::type(const std::string& screen, std::map<std::string, std::string> values) {
    Action action;
    action.kind = ActionKind::submit;
    for (auto& [field, value] : values) action.typed.emplace(field, SecretText(value));
    planned_.push_back({screen, action});
}

void StaffHands::typeAsked(const std::string& screen, Answer answer) {
    Action action;
    action.kind = ActionKind::submit;
    planned_.push_back({screen, action, std::move(answer)});
}

void StaffHands::goBack(const std::string& screen) {
    Action action;
    action.kind = ActionKind::back;
    planned_.push_back({screen, action});
}

void StaffHands::signOut(const std::string& screen) {
    Action action;
    action.kind = ActionKind::home;
    planned_.push_back({screen, action});
}

void StaffHands::play() {
    for (int turn = 0; turn < 6 && !done(); ++turn) kiosk_->turn();
}

std::string StaffHands::waitsFor() const {
    const std::string here(screen::nameOf(shown_.content));
    if (done()) return "nothing";
    return planned_.front().screen + " for " + planned_.front().action.choice + ", sees " + here;
}

void StaffHands::readWords(const screen::Screen& screen) {
    for (const auto& [phrase, as] : test::shownWords(screen)) {
        for (const auto language : {screen::Language::chinese, screen::Language::english}) {
            const std::string text = words_.text(language, phrase);
            const bool open = text.find('{') != std::string::npos;
            if (!words_.has(language, phrase.key) || open) unsaid.insert(phrase.key);
        }
    }
}

void StaffHands::letCitizen(const world::Document& document) {
    citizenStandsHere_ = true;
    kiosk_->serve(document);
    citizenStandsHere_ = false;
    kiosk_->outside().idReader->lift();
}

void StaffHands::letCitizenUntilPowerCut(const world::Document& document, Duration after) {
    citizenStandsHere_ = true;
    kiosk_->cutPowerAt(kiosk_->outside().clock.now() + after);
    const bool cut = kiosk_->serveUntilPowerCut(document);
    citizenStandsHere_ = false;
    if (cut) kiosk_->restart();
    kiosk_->outside().idReader->lift();
    kiosk_->settle();
}

void StaffHands::forgetPersonalData() {
    if (citizenStandsHere_) kiosk_->citizen().forgetPersonalData();
}

void StaffHands::show(screen::Screen screen) {
    if (citizenStandsHere_) return kiosk_->citizen().show(std::move(screen));
    shown_ = std::move(screen);
    const std::string name(screen::nameOf(shown_.content));
    const bool another = names.empty() || names.back() != name;
    if (another) names.push_back(name);
    screens.push_back(shown_);
    if (another) onScreen(name);
    readWords(shown_);
}

std::optional<Action> StaffHands::waitForAction(Instant until) {
    LIQU_ASSERT(kiosk_ != nullptr);
    if (citizenStandsHere_) return kiosk_->citizen().waitForAction(until);
    world::VirtualClock& clock = kiosk_->outside().clock;
    const std::string name(screen::nameOf(shown_.content));
    if (until > clock.now()) {
        if (auto action = instead(shown_)) {
            clock.sleepFor(thinking);
            return action;
        }
    }
    const auto* asked = std::get_if<screen::StaffSignInScreen>(&shown_.content);
    const bool again = asked != nullptr && asked->asks != screen::SignInAsks::numberAndPin;
    if (again && typesPinAgain && until > clock.now()) {
        clock.sleepFor(thinking);
        Action action;
        action.kind = ActionKind::attendantConfirm;
        action.typed.emplace("pin", SecretText(pinTypedAgain));
        return action;
    }
    // Whoever is on the way to the menu goes past the page before it.
    if (name == "staff-today" && !done() && planned_.front().screen == "staff-menu" &&
        until > clock.now()) {
        clock.sleepFor(thinking);
        return choosing("menu");
    }
    const bool fits = !planned_.empty() &&
                      (planned_.front().screen == name ||
                       (planned_.front().screen.empty() && !shown_.frame.deadline.has_value()));
    if (!fits || until <= clock.now()) {
        clock.sleepUntil(until);
        return std::nullopt;
    }
    clock.sleepFor(thinking);
    Planned planned = std::move(planned_.front());
    planned_.pop_front();
    const auto* form = std::get_if<screen::StaffFormScreen>(&shown_.content);
    if (planned.answer && form != nullptr) {
        for (const screen::Field& field : form->fields) {
            planned.action.typed.emplace(field.id, SecretText(planned.answer(field.id)));
        }
    }
    return std::move(planned.action);
}

StaffedKiosk::StaffedKiosk(std::vector<std::string> faults, const std::string& slipPrinter)
    : stick(scratch_.folder() / "stick"),
      documents_(ui::makeDocumentPrinter(
          LIQU_SOURCE_DIR "/kiosk-config/fonts/fonts.conf", {.banks = {{"B01", "示范银行"}}},
          {"SM3", [](ByteView bytes) { return toHex(security::sm3(bytes)); }})) {
    std::filesystem::create_directories(stick);
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.display = &hands;
    settings.documents = documents_.get();
    settings.slipPrinter = slipPrinter;
    settings.staff.stick = stick;
    settings.staff.stickIsFolder = true;
    // The kiosk shows its start before anybody stands there.
    kiosk = std::make_unique<SimulatedKiosk>(std::move(settings));
    hands.standAt(*kiosk);
    SeededRandom random(3);
    staff::Accounts accounts(database(), random);
    const std::pair<const char*, staff::Role> people[] = {{"1001", staff::Role::stockClerk},
                                                          {"1002", staff::Role::stockClerk},
                                                          {"1003", staff::Role::supervisor},
                                                          {"1004", staff::Role::auditor}};
    const SecretText pin("274913");
    const WallTime now = kiosk->outside().clock.wallTime();
    for (const auto& [number, role] : people) {
        staff::Account account;
        account.number = number;
        account.name = "样品";
        account.roles = {role};
        LIQU_ASSERT(accounts.add(account, SecretText("405060"), "root", now).has_value());
        LIQU_ASSERT(accounts.setFirstPin(number, pin, now).has_value());
    }
}

StaffedKiosk::~StaffedKiosk() = default;

std::vector<std::string> StaffedKiosk::record() {
    std::vector<std::string> lines;
    const auto newest = staff::newestLines(database(), 200);
    LIQU_ASSERT(newest.has_value());
    for (const staff::AuditLine& line : *newest) {
        if (line.act == "add-staff" || line.actor == "kiosk") continue;
        lines.insert(lines.begin(),
                     line.act + " " + line.actor + (line.second.empty() ? "" : "+" + line.second));
    }
    return lines;
}

}  // namespace liqu::scenario
