// The printer behind its USB plug: what it does with each command, step by step, on a clock that
// is told to it (hardware-notes/card-printer.md, "Speeds and timings", "The simulated printer"). It
// helps nobody: what metal would refuse is refused. Not synchronised; PrinterEngine owns and guards
// it.
//
// One step moves at a time. Commands are carried out in order; a panel prints while the next one
// is received, and starts when the header of the next panel, or `Se`, has come.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/world/card_printer/card_places.hpp"
#include "tests/world/card_printer/command_stream.hpp"
#include "tests/world/card_printer/printer_settings.hpp"
#include "tests/world/fault_plan.hpp"

namespace liqu::world {

// One mechanical movement, for the timeline and for what software must not be blamed for.
struct MechanicalStep {
    std::string name;  // feed sync to-chip settle from-chip yellow magenta … back eject …
    Instant begin;
    Instant end;
    std::string cardId;
};

// The head stood still between two panels of one face.
struct PanelGap {
    std::string panel;  // the one that was waited for
    Duration length{};
};

struct MachineReply {
    std::string text;
    Instant readyAt;
};

struct ChipEvent {
    std::string cardId;
    bool arrived = false;
};

class PrinterMachine {
  public:
    PrinterMachine(PrinterSettings settings, FaultPlan* faults);

    // The wire's side.
    std::size_t take(ByteView bytes, Instant now);
    void softReset(Instant now);
    void forgetWire();
    std::uint8_t portStatus() const;
    std::vector<MachineReply> takeReplies();
    std::vector<ChipEvent> takeChipEvents();
    // True once when a fault pulled the cable.
    bool takeUnplug();

    void advance(Instant now);
    std::optional<Instant> nextEvent() const;

    // The hands. Each returns false where there is nothing to do it with.
    bool load(int lane, std::vector<PlasticCard> cards);
    bool unload(int lane);
    std::optional<std::string> takeFromMouth(Instant now);
    bool pushBack(const std::string& cardId);
    // Staff lay a card of their own into the mouth; false where one is there.
    bool layAtMouth(PlasticCard card);
    // … and take this one into their hand again: out of the mouth, off the top of a hopper, or what
    // they pulled out. None: it is nowhere a hand reaches.
    std::optional<PlasticCard> takeInHand(const std::string& cardId, Instant now);
    // What staff have in their hand goes into the bin.
    void putIntoBin(PlasticCard card) { places_.bin.push_back(std::move(card)); }
    bool takeOutJammed();
    // From here on it tells of a card that hands took out until it starts anew or is told to eject.
    void rememberCards() { remembersCards_ = true; }
    // A technician opens the cover while nothing moves: what lies inside or in its mouth.
    bool takeOut();
    // Somebody opens the cover and walks away with the card inside; not while it moves.
    bool carryOff();
    void setCover(bool open);
    bool coverOpen() const { return coverOpen_; }
    int ribbonRemaining() const { return ribbonRemaining_; }
    void setRibbon(const std::string& type, int remaining);
    void emptyBin();
    void sendOffBin() { places_.bin.clear(); }
    bool giveFromBin(const std::string& card) { return give(places_.bin, card); }
    bool giveRemoved(const std::string& card) { return give(places_.removed, card); }
    bool putIntoBin(const std::string& card);
    void insertCleaningCard() { cleaningCard_ = true; }
    void takeCleaningCard() { cleaningCard_ = false; }
    void powerCycle(Instant now);
    // A technician changed the board that counts.
    void forgetCounters() { panelsPrinted_ = cardsInserted_ = 0; }

    const CardPlaces& places() const { return places_; }
    const std::vector<MechanicalStep>& steps() const { return steps_; }
    const std::vector<PanelGap>& gaps() const { return gaps_; }
    // The card whose face is printed to its end though not another byte comes.
    std::optional<std::string> faceUnderWay() const;
    bool idle() const { return !step_ && plan_.empty() && panels_.empty() && !motion_; }
    std::string stateJson() const;

  private:
    bool give(std::vector<PlasticCard>& from, const std::string& card);
    struct Step {
        std::string name;
        std::string place;  // what a fault calls it
        Duration length{};
        std::function<void()> onEnd;
        bool movesCard = true;
        char panel = 0;
    };
    struct RunningStep {
        Step step;
        Instant begin;
        Instant end;
        std::string failure;  // ends so instead of well
    };
    struct Panel {
        char name = 0;
        int bits = 0;
        Bytes packed;
        bool released = false;
    };
    struct Modes {  // lost at power-off
        std::string errorMode = "0";
        std::string entry = "F";
        std::string exit = "M";
        std::string rejectTray;
        bool mayEject = true;
        char bezelAction = 'D';
        Duration bezelDelay{};
        int feeder = 0;
        std::string ribbon;
    };
    using Reply = std::string;
    // No reply yet: the command goes on.
    using Answer = std::optional<Reply>;

    // machine_flow.cpp: time, order, replies.
    Instant nextChange() const;
    void startWork();
    bool startOne();
    bool mayExecute(const PrinterCommand& command) const;
    void beginStep(Step step);
    void endStep();
    void failStep(const std::string& failure);
    void finishMotion(const Reply& reply);
    void reply(const Reply& text, bool isMotion);
    void latch(const std::string& failure);
    void plan(std::vector<Step> steps, std::function<Answer()> then);
    void restart(bool power);
    void endBezelWait(bool taken);

    // machine_commands.cpp: what each word means.
    void execute(PrinterCommand command);
    Answer perform(PrinterCommand& command);
    Answer setMode(const PrinterCommand& command);
    Answer information(const PrinterCommand& command);
    Answer ribbonTag(const PrinterCommand& command);
    Answer counter(const std::string& which) const;
    Answer sensor(const std::string& which) const;
    Answer lastReply(const PrinterCommand& command) const;
    Reply position() const;
    Reply feederState(const std::string& which) const;
    std::optional<int> chosenFeeder() const;
    bool seesCards(int lane) const;
    bool binFull() const;
    bool coverIsOpen();

    // machine_motions.cpp: where cards go.
    Answer moveTo(Station station);
    Answer takeBack();
    Answer finishJob();
    Answer afterJob();
    Answer eject();
    Answer discard();
    Answer clean();
    std::optional<Reply> obstacle();
    void addFeed(std::vector<Step>& steps, Reply& refusal);
    void addMoveTo(std::vector<Step>& steps, Station station);
    Step moveStep(const char* name, const char* place, Duration length,
                  std::function<void()> onEnd);
    void leaveChip();
    void arriveAtMouth();

    // machine_print.cpp: panels onto the card.
    Answer download(PrinterCommand& command);
    void releaseAnnounced();
    bool startPanel();
    void endPanel(bool whole);
    void dropJob();
    void forgetOldPanels(const PlasticCard& newest);

    bool strikes(Fault fault, std::string_view place = {});
    bool holds(Fault fault, std::string_view place = {}) const;

    PrinterSettings settings_;
    PrinterTimings timings_;
    FaultPlan* faults_;
    Instant now_{};

    CardPlaces places_;
    Modes modes_;
    Modes savedModes_;
    bool coverOpen_ = false;
    bool cleaningCard_ = false;
    std::string ribbonType_;
    int ribbonRemaining_ = 0;
    bool ribbonEnded_ = false;
    std::uint32_t panelsPrinted_ = 0;
    std::uint32_t cardsInserted_ = 4;  // tried by its maker
    std::uint32_t cardsSinceCleaning_ = 0;
    std::uint32_t cleanings_ = 0;

    CommandStream stream_;
    bool panelAdmitted_ = false;  // a buffer is set aside for the panel being received
    Instant lastByte_{};
    std::deque<PrinterCommand> queue_;
    std::deque<Step> plan_;
    std::optional<RunningStep> step_;
    std::function<Answer()> motion_;  // what follows when the plan is done
    std::optional<Instant> bezelDeadline_;
    bool waitsForTaking_ = false;
    std::optional<Instant> restartedAt_;
    bool remembersCards_ = false;
    bool tellsOfCard_ = false;  // … and one was taken out
    std::string latched_;       // the error line, until it is cleared
    std::string lastReply_ = "OK";

    bool jobOpen_ = false;
    bool cardFaceOpen_ = false;  // after Sr
    std::deque<Panel> panels_;   // received, not yet printed whole
    std::map<char, PrintedPanel> lastPrinted_;
    int panelsOfJob_ = 0;
    std::optional<Instant> headFreeSince_;

    std::vector<MachineReply> replies_;
    std::vector<ChipEvent> chipEvents_;
    bool unplugged_ = false;
    std::vector<MechanicalStep> steps_;
    std::vector<PanelGap> gaps_;
    std::deque<std::string> cardsWithPanels_;
};

}  // namespace liqu::world
