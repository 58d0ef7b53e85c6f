// A citizen by script, at the place of the window: looks at each screen, answers after a while, and
// uses their hands at the reader and the mouth. What they do wrong are the faults "holder.…" of the
// plan. One thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "firmware/screen/display.hpp"
#include "tests/scenario/kiosk/outside.hpp"

namespace liqu::scenario {

class Citizen final : public screen::Display {
  public:
    explicit Citizen(Outside& outside) : outside_(outside) {}

    // From now on this person stands before the machine and wants one visit.
    // service: its id, as the machine offers it.
    void comes(world::Document document, std::string service);
    // Once, when they have thought, on the screen that stands there.
    void touches(screen::ActionKind kind) { plan(touching(kind)); }
    // The visit they began is over; or they have not been let in.
    bool served() const { return began_ && !wants_; }

    void show(screen::Screen screen) override;
    std::optional<screen::Action> waitForAction(Instant until) override;
    void forgetPersonalData() override { ++timesForgotten; }

    // Every screen that came, and its names without repetitions.
    std::vector<screen::Screen> seen;
    std::vector<std::string> names;
    int timesForgotten = 0;
    Duration longestUnheard{};  // from a touch until the kiosk listened
    bool usesQueries = false;   // also starts where no cards can be made
    Duration handsAfter{};      // the ID card goes down and up so much later
    Duration liftsAfter{};      // it goes up so much later at the end of a visit
    bool onlyLooks = false;     // never begins
    std::string readsGuideAt;   // a screen: there they read of one topic first
    std::string readsOf = "loss-formal";
    // What they type where a social PIN is asked for, in this order; then they stop.
    std::deque<std::string> pins;
    bool daresLastTry = false;  // where one try is left
    bool cardOnly = false;      // wants the social PIN changed, without an ID card
    bool leavesIdCard = false;  // on the reader, whatever the screen says
    screen::Action attendant{screen::ActionKind::attendantConfirm};
    // What they say where they are asked; the phone may be mistyped first.
    std::string phone = "19900001234";
    std::string occupation = "5";
    std::string changesItem = "phone";  // of what the register has of them
    std::string bank;     // whose card they want; empty: of the first one they are offered
    std::string chooses;  // of several ways on, where ActionKind::choose is touched
    // What they touch first at a screen, before they answer it.
    std::map<std::string, std::vector<screen::ActionKind>> touchesFirst;
    // Called with the name of each screen that is another than the one before.
    std::function<void(std::string_view)> onScreen = [](std::string_view) {};
    // Called as they touch something.
    std::function<void(screen::ActionKind)> onTouch = [](screen::ActionKind) {};
    // What goes on beside a person who thinks: the outbox.
    std::function<void()> whileWaiting = [] {};

  private:
    void react(const screen::ScreenContent& content);
    std::optional<screen::Action> answerTo(const screen::ScreenContent& content);
    std::optional<screen::Action> answerAboutPin(const std::string& name);
    screen::Action choiceOfBank(const screen::PersonPage& page) const;
    screen::Action answerToItem(std::string_view name) const;
    std::optional<screen::Action> wayThroughGuide(std::string_view name) const;
    screen::Action touching(screen::ActionKind kind) const;
    void useHands(const screen::ScreenContent& content);
    void plan(screen::Action action);
    void layDown(const world::Document& document);
    void layDownAnew();
    void lift();

    Outside& outside_;
    world::Document document_;
    std::string service_;
    bool wants_ = false;
    bool began_ = false;
    bool gone_ = false;
    std::string lastShown_;
    bool oldCardIsAskedFor_ = false;
    std::uint64_t lastQuestion_ = 0;
    struct Planned {
        Instant at;
        screen::Action action;
    };
    std::deque<Planned> planned_;
};

// Whose old card is formally lost, and the fee of the new one paid.
world::Document lostCardHolder();
// The same, and it is not paid yet.
world::Document feeOwer();
// Has a valid card of the bank B01, made elsewhere.
world::Document cardHolder();

}  // namespace liqu::scenario
