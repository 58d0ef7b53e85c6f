// Staff by script, at the place of the window: each step names the screen it belongs to and what is
// touched or typed there. Every screen that is shown must have its words in both languages.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "firmware/screen/display.hpp"
#include "firmware/staff/accounts.hpp"
#include "tests/scenario/kiosk/simulated_kiosk.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::scenario {

class StaffHands final : public screen::Display {
  public:
    StaffHands();
    // The clock that goes on while they think; the kiosk's, once there is one.
    void standAt(SimulatedKiosk& kiosk) { kiosk_ = &kiosk; }

    void comeToTheCorner();
    void signIn(const std::string& number, const std::string& pin = "274913");
    // A second person, for one act.
    void secondSignsIn(const std::string& number, const std::string& pin = "274913") {
        signIn(number, pin);
    }
    void touch(const std::string& screen, const std::string& choice);
    void type(const std::string& screen, std::map<std::string, std::string> values);
    // What is typed depends on what the form asks for: the values by field id.
    using Answer = std::function<std::string(const std::string& field)>;
    void typeAsked(const std::string& screen, Answer answer);
    void goBack(const std::string& screen);
    void signOut(const std::string& screen);
    // Whoever comes after a power cut begins anew.
    void forgetPlans() { planned_.clear(); }
    // Until everything planned was done, or nothing moves any more.
    void play();
    // A citizen stands at the window instead.
    void letCitizen(const world::Document& document);
    // … and the power goes so long after they came; the machine starts again by itself.
    void letCitizenUntilPowerCut(const world::Document& document, Duration after);
    // The first person types the PIN once more where it is asked; false: what is planned is done.
    bool typesPinAgain = true;
    std::string pinTypedAgain = "274913";
    // Asked before what is planned: what somebody touches instead; none: what is planned.
    std::function<std::optional<screen::Action>(const screen::Screen&)> instead =
        [](const screen::Screen&) { return std::nullopt; };
    // What they do with their hands while a screen is shown.
    std::function<void(const std::string& screen)> onScreen = [](const std::string&) {};

    void show(screen::Screen screen) override;
    std::optional<screen::Action> waitForAction(Instant until) override;
    void forgetPersonalData() override;

    bool done() const { return planned_.empty(); }
    std::string waitsFor() const;
    const screen::Screen& shown() const { return shown_; }
    // Names of the screens in order, without repetitions.
    std::vector<std::string> names;
    // Keys that had no words, or words with an open placeholder.
    std::set<std::string> unsaid;
    std::vector<screen::Screen> screens;

  private:
    struct Planned {
        std::string screen;
        screen::Action action;
        Answer answer{};
    };
    void readWords(const screen::Screen& screen);

    SimulatedKiosk* kiosk_ = nullptr;
    bool citizenStandsHere_ = false;
    ui::Dictionary words_;
    std::deque<Planned> planned_;
    screen::Screen shown_;
};

// A kiosk with four people: 1001 and 1002 stock clerks, 1003 supervisor, 1004 auditor.
class StaffedKiosk {
  private:
    // First, because what follows lies in it.
    test::Scratch scratch_;

  public:
    // slipPrinter: the profile of one, "snbc-t080"; empty: the machine has none.
    explicit StaffedKiosk(std::vector<std::string> faults = {},
                          const std::string& slipPrinter = {});
    ~StaffedKiosk();
    StaffHands hands;
    std::unique_ptr<SimulatedKiosk> kiosk;
    std::filesystem::path stick;

    storage::Database& database() { return kiosk->database(); }
    std::int64_t number(const std::string& sql) { return database().number(sql).value(); }
    // "sign-in 1001, load-lane 1001+1002 …", oldest first.
    std::vector<std::string> record();

  private:
    std::unique_ptr<ports::DocumentPrinter> documents_;
};

}  // namespace liqu::scenario
