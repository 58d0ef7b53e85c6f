// A receipt printer inside its case: bytes in, answers out, paper out of the mouth, on a clock that
// is told to it. It helps nobody: what its profile does not know is printed as text and noted as a
// violation, and a test that caused one has failed. A value: copies go on by themselves, except
// that they share the plan of faults. Not synchronised; its fronts are.
//
// Real-time commands act when they come in, whatever they stand in. Everything else waits in the
// input buffer and is carried out in order, a row of dots at a time, as fast as the paper moves.
// While it is off-line (paper, cover, head, cutter) it carries out nothing, and takes bytes until
// the buffer is full.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "tests/world/receipt_printer/escpos_stream.hpp"
#include "tests/world/receipt_printer/receipt_faults.hpp"
#include "tests/world/receipt_printer/receipt_profile.hpp"
#include "tests/world/receipt_printer/receipt_slip.hpp"

namespace liqu::world {

struct ReceiptTimings {
    int millimetresPerSecond = 150;
    Duration cut = std::chrono::milliseconds{300};
    Duration present = std::chrono::milliseconds{600};
    Duration answer = std::chrono::milliseconds{5};
    Duration slowAnswer = std::chrono::seconds{2};
    Duration headCools = std::chrono::seconds{20};
    Duration wakesUp = std::chrono::milliseconds{500};

    ReceiptTimings scaled(double speed) const;
};

// Who holds back a host that is faster than the paper.
enum class ReceiptFlow : std::uint8_t { heldBack, xonXoff, dropped };
// What a printer does with its buffer when the paper was changed.
enum class AfterReload : std::uint8_t { goesOn, forgets };

struct ReceiptSettings {
    ReceiptProfile profile = receiptProfile("snbc-t080");
    ReceiptTimings timings{};
    std::size_t bufferBytes = 4096;
    ReceiptFlow flow = ReceiptFlow::heldBack;
    AfterReload afterReload = AfterReload::goesOn;
    int rollMm = 80'000;
    int nearEndMm = 3'000;
    bool cutsAtPowerOn = true;       // what hangs half printed falls; else it heads the next slip
    bool automaticBySwitch = false;  // GS a is on before anybody asked
    // Somebody takes each slip so long after it can be taken; none: nobody does.
    std::optional<Duration> takesSlipAfter;
};

struct ReceiptViolation {
    std::uint64_t at = 0;  // byte of the stream since the machine was switched on
    std::string what;
};

struct ReceiptAnswer {
    Bytes bytes;
    Instant readyAt;
};

class ReceiptPrinterMachine {
  public:
    // A null plan means no faults; it outlives the machine.
    ReceiptPrinterMachine(ReceiptSettings settings, ReceiptFaults* faults);

    // The wire's side: as many bytes as are taken now.
    std::size_t take(ByteView bytes, Instant now);
    std::vector<ReceiptAnswer> takeAnswers();
    // GET_PORT_STATUS of the printer class.
    std::uint8_t portStatus() const;
    // SOFT_RESET of the printer class, and ESC @ from before everything that waits.
    void softReset(Instant now);
    // A cable was plugged in: automatic status is off, or on where a switch says so, and then the
    // first group comes unasked.
    void greet(Instant now);
    bool on() const { return on_; }
    bool takeUnplug();  // true once when a fault pulled the cable

    void advance(Instant now);
    std::optional<Instant> nextEvent() const;

    // The hands.
    void loadRoll(int millimetres, Instant now);
    void setCover(bool open, Instant now);
    void holdFeedButton(bool held, Instant now);
    void clearJam(Instant now);  // of cutter or presenter, with the cover open or not
    // The slip that can be taken, into a hand; false: there is none.
    bool takeSlip(Instant now);
    // It is pushed back into the mouth: the presenter sees it again.
    bool pushSlipBack(Instant now);
    // Whatever is out of the mouth while it prints, torn off.
    bool pullPaper(Instant now);
    void switchOff(Instant now);
    void switchOn(Instant now);

    // What happened, for judges.
    const std::vector<Slip>& slips() const { return slips_; }
    const std::vector<ReceiptViolation>& violations() const { return violations_; }
    // Printed and not cut yet, the white before the cutter included.
    DotPicture underHead() const;
    const ReceiptProfile& profile() const { return settings_.profile; }
    int cuts() const { return cuts_; }
    int paperLeftMm() const { return static_cast<int>(paperLeft_ / 1000); }
    bool coverOpen() const { return coverOpen_; }
    bool offLine() const;
    // Nothing waits and nothing moves.
    bool idle() const { return input_.empty() && !feeding(); }
    std::uint64_t bytesTaken() const { return bytesTaken_; }
    std::size_t bytesWaiting() const { return input_.size(); }
    std::size_t countOf(SlipPlace place) const;

  private:
    enum class Cutter : std::uint8_t { ready, jammed, stuck };
    enum class Doing : std::uint8_t { row, cut, present, retract, eject };
    struct Work {
        Doing what = Doing::row;
        Bytes dots{};            // row
        bool garbled = false;    // row
        bool partly = false;     // cut
        Duration then{};         // present: what follows comes after it; zero: never
        bool pushesOut = false;  // and is a push, not a retraction
        std::uint64_t at = 0;
    };

    // receipt_machine.cpp: time and the buffer.
    void proceed(Instant now);
    void timers(Instant now);
    void store(std::uint8_t byte);
    bool room() const { return input_.size() < settings_.bufferBytes; }
    void strike(Instant now);
    void pass(ReceiptMoment::Of what, Instant now);
    void clearBuffer();
    void violate(std::uint64_t at, std::string what);
    bool hasFault(ReceiptFault fault) const { return faults_ != nullptr && faults_->holds(fault); }
    bool strikes(ReceiptFault fault) const { return faults_ != nullptr && faults_->strikes(fault); }

    // receipt_commands.cpp: what each item means.
    void execute(const EscPosItem& item);
    void executeLine(const EscPosItem& item);
    void beginBand(const EscPosItem& item);
    void addBandRow(const EscPosItem& item);
    void addCharacter(std::uint8_t byte, std::uint64_t at);
    void addColumns(const EscPosItem& item);
    void endLine(int feedRows);
    void addFeed(int rows);
    void drawLine();
    void requestCut(const EscPosItem& item);
    void addCut(bool partly, std::uint64_t at);
    void requestPresenter(const EscPosItem& item);
    void initialise();

    // receipt_paper.cpp: what moves.
    Duration workOn(const Work& work);
    Duration rowTime() const;
    void moveRow(const Work& work);
    void cut(bool partly);
    void endStrip(SlipEnd end, SlipPlace place, std::size_t keepRows);
    void present(const Work& work);
    void retract();
    void eject();
    Slip* hanging();
    const Slip* hanging() const;
    bool ticketAtOutput() const;

    // receipt_status.cpp: what it says of itself.
    void obeyOnSight(std::uint32_t code, Instant now);
    void answerQuestion(std::uint8_t n, Instant now);
    std::uint8_t answerTo(std::uint8_t n) const;
    Bytes automaticGroup() const;
    Bytes fullStatus() const;
    std::uint8_t presenterByte() const;
    void recover(std::uint8_t how, Instant now);
    void say(Bytes bytes, Instant now);
    void sayAsked(Bytes bytes, Instant now);
    void tellChanges(Instant now);
    void tellFlow(Instant now);
    bool nearEnd() const;
    bool feeding() const { return !work_.empty() || at_ > now_; }

    ReceiptSettings settings_;
    ReceiptFaults* faults_;
    EscPosStream stream_;
    Instant now_{};
    Instant at_{};               // how far the carrying out has come
    Doing moving_ = Doing::row;  // what has begun last
    bool on_ = true;
    bool unplugged_ = false;

    std::deque<std::uint8_t> input_;
    std::deque<Work> work_;
    std::uint32_t lastThree_ = 0;
    std::uint64_t bytesTaken_ = 0;
    bool saidXoff_ = false;

    // Modes, lost with the power.
    int lineSpacing_ = 30;
    int align_ = 0;
    bool chinese_ = false;
    std::uint8_t automatic_ = 0;
    bool automaticFull_ = false;
    Bytes line_;                      // characters that wait for their line's end
    std::vector<Bytes> lineColumns_;  // or columns of dots, three bytes each
    bool bandGarbled_ = false;
    std::uint64_t bandAt_ = 0;
    std::uint8_t bandMode_ = 0;

    // Paper.
    std::int64_t paperLeft_;  // micrometres
    bool coverOpen_ = false;
    bool openedInPrint_ = false;
    bool feedHeld_ = false;
    std::optional<Instant> headCool_;
    Cutter cutter_ = Cutter::ready;
    std::optional<Work> interruptedCut_;
    bool unrecoverable_ = false;
    bool presenterJam_ = false;
    std::vector<Bytes> strip_;  // since the last cut
    bool stripInked_ = false;
    bool stripMoved_ = false;
    bool stripGarbled_ = false;
    std::string stripText_;
    std::optional<Instant> retractAt_;
    bool pushesOut_ = false;
    std::optional<Instant> takenAt_;
    int cuts_ = 0;

    std::vector<Slip> slips_;
    std::vector<ReceiptViolation> violations_;
    std::vector<ReceiptAnswer> answers_;
    Bytes lastAnswer_;  // of the question before, where answers come late by one
    Bytes told_;        // the automatic group that was sent last
    Bytes toldFull_;
};

}  // namespace liqu::world
