// A robot that plays the citizen: looks at the real window, touches it through the X server, lays
// down and lifts the ID card, takes the card from the mouth. It has human pauses, divided by the
// speed, and does what the faults holder.* ask of it.
#pragma once

#include <functional>
#include <set>

#include "firmware/base/random.hpp"
#include "tests/window/ui/private_display.hpp"
#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/fault_plan.hpp"
#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/robot/clerk.hpp"
#include "tests/world/robot/keypad_hand.hpp"
#include "tests/world/robot/screen_sight.hpp"

namespace liqu::world {

// Of the branch, beside them: a number and its PIN, typed where somebody has to vouch or stand by.
struct Companion {
    std::string number, pin;
};

struct CitizenPlan {
    Document document;
    std::string service = "first-card";  // its id; or guide, guide-whole, help: they only read
    std::string leavesAt;                // a screen from which they go home; empty: none
    std::string pins;                    // what they type where a PIN is asked for, one by one
    Companion attendant{};
    std::vector<std::string> screensBefore{};  // of an earlier visit of the same run
    std::string language = "zh-CN";
    bool listens = false;  // they ask for sound first
    double speed = 1.0;
    bool byKeys = false;  // touches nothing
    std::uint64_t seed = 1;
    std::filesystem::path screenMap;
    std::filesystem::path pictures;  // folder; empty: none are kept, nothing is said
};

struct CitizenReport {
    bool visitEnded = false;           // the kiosk is ready for, or closed to, the next person
    std::string trouble;               // why not
    std::vector<std::string> screens;  // names in order
    std::string reason;                // the last code a screen gave; empty: none
    std::string found;                 // what the person has already, or asked: the page's question
    std::optional<std::string> takenCard;  // the number printed on it
};

// The card of their own that they bring; empty: none.
struct CitizensOwnCard {
    std::function<void()> putIn = {};
    std::function<void()> takeOut = {};
    std::function<void()> handIn = {};  // to the attendant, for good
    std::function<bool()> isInSlot = {};
};

class Citizen {
  public:
    struct World {
        test::PrivateDisplay& display;
        ReaderEngine& idReader;
        PrinterEngine& printer;
        FaultPlan& faults;
        // Told how long a person, not the machine, was waited for.
        std::function<void(Instant begin, Instant end)> onPause = {};
        // False when the kiosk has died.
        std::function<bool()> kioskLives = {};
        // Each screen as it comes.
        std::function<void(const std::string& name)> onScreen = {};
        // Before a finger goes down.
        std::function<void(const std::string& screen, const std::string& id)> onTouch = {};
        CitizensOwnCard ownCard = {};
    };

    Citizen(World world, CitizenPlan plan);
    // Plays one visit, at most this long.
    CitizenReport visit(Duration atMost);

  private:
    void noticeScreen(const SeenScreen& screen);
    void tellScreen(const std::string& name);
    // True when the visit is over.
    bool respondToOverlay(const SeenScreen& screen);
    bool respond(const SeenScreen& screen);
    bool respondBetweenVisits(const SeenScreen& screen);
    void respondInVisit(const SeenScreen& screen);
    bool respondWithWords(const SeenScreen& screen);
    bool respondWithOwnCard(const SeenScreen& screen);
    void typeAndConfirm(const SeenScreen& screen, const std::map<std::string, std::string>& values,
                        const std::string& confirm);
    void attend(const SeenScreen& screen);
    void enterPin(const SeenScreen& screen);
    void chooseGroup(const SeenScreen& screen);
    bool readsGuide() const;
    bool respondInGuide(const SeenScreen& screen);
    bool readNext(const SeenScreen& screen, const std::set<std::string>& read);
    void takeCard();
    void mendCables();
    void handleIdCard(const SeenScreen& screen);
    bool leaves(const SeenScreen& screen);
    void touch(const SeenScreen& screen, const std::string& id);
    void touchAt(const Spot& spot);
    void touchFirst(const SeenScreen& screen, std::initializer_list<const char*> ids);
    void pause(Duration usual);

    World world_;
    CitizenPlan plan_;
    SeededRandom random_;
    SystemClock clock_;
    CitizenReport report_;
    Clerk typist_;
    KeypadHand keys_;
    std::string typedShown_;
    std::string choseToRead_;
    bool readsTopic_ = false;  // of the group that was chosen last
    std::set<std::string> readGroups_;
    std::set<std::string> readTopics_;
    std::string lastShown_;
    std::string touchedShown_;
    Instant touchedAt_{};
    Instant closedSince_{};  // since when no visit can be seen
    bool begun_ = false;
    bool listened_ = false;
    bool away_ = false;
    bool idCardBack_ = false;
};

}  // namespace liqu::world
