// Can a card be made now, or, where the province's system has no way to make one, can everything
// else be done? Checked before the application is created, so that a failure never
// leaves a citizen with a pending application and no card (decision 8).
#pragma once

#include "firmware/session/parts.hpp"
#include "firmware/session/state_board.hpp"

namespace liqu::session {

struct Ready {
    int lane = 1;
    std::string bank;
};

// Of one bank's blanks alone: another bank's card may still be made.
bool isOfOneLane(ErrorCode code);

class Readiness {
  public:
    // board: what is found is told there, too; null: nobody asks.
    explicit Readiness(SessionParts& parts, StateBoard* board = nullptr)
        : parts_(parts), board_(board) {}

    // One part after the other, for the start and `liqu check`: what it is and what it says.
    struct Part {
        MachinePart part = MachinePart::storage;
        std::function<Result<void>()> check;
    };
    std::vector<Part> parts();

    // Once a day, between two visits: what is found keeps the machine out of service until it is
    // started again.
    void verifyBooksDaily();
    // Books and clock were compared with the province's since the start.
    bool isCompared() const { return isCompared_; }
    // What the province found then: these books are not the newest, or the clock is wrong. Until it
    // has found neither nothing that is open is settled: an older copy does not know what became of
    // it, and what is dated wrongly stays so.
    std::optional<Error> disagreement() const { return disagreement_; }
    // A clock that was set since is another one: what the province found of it says nothing more.
    void noticeClockSet();
    // The clock against the books and the program.
    Result<void> checkClock();
    // storageFull: the books could not be written to for long.
    static Result<void> requireDisk(std::uint64_t free);
    // The province alone, whatever the last answer was.
    Result<void> signInAgain();

    // The whole question; the first thing in the way is the error. An application of an earlier
    // visit is one bank's: only that bank's blanks will do.
    Result<Ready> check(const std::string& bank = "");
    // The banks whose blanks are loaded and can be fed now, by code.
    Result<std::vector<std::string>> banksReady();

  private:
    Result<void> told(MachinePart part, Result<void> found);
    Result<void> checkStorage();
    Result<void> checkRules();
    Result<void> checkIdReader();
    Result<void> checkPrinter();
    Result<void> checkBins();
    Result<void> checkProvince();
    Duration wallBeside() const;
    Result<void> agree(const Result<province::SignInAnswer>& answer);
    Result<void> obey(const province::SignInAnswer& answer, WallTime askedAt);
    Result<void> checkLastCards();
    Result<void> checkQueue();
    Result<void> checkRecord();
    Error clockFirst(Error error);
    Result<std::optional<policy::LaneConfig>> laneOfKeptBlank();
    Result<Ready> findBlank(const std::string& bank);

    SessionParts& parts_;
    StateBoard* board_;
    std::optional<Instant> signedInUntil_;
    bool isCompared_ = false;
    std::optional<Error> disagreement_;
    Duration clockThen_{};  // the wall clock beside the other one, when they were compared
    std::optional<Error> booksDamaged_;
    std::optional<Instant> verifyDue_;
    std::int64_t toldPurged_ = 0;
};

}  // namespace liqu::session
