// What a person of the staff does once signed in: who stands by, the books, and the line of the
// record. Lives as long as that person is signed in.
//
// Used by the kiosk thread.
#pragma once

#include <functional>

#include "firmware/desk/stock_desk.hpp"
#include "firmware/session/staff_pages.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::session {

// One act as its line of the record names it.
struct StaffDeed {
    staff::Act act = staff::Act::viewStock;
    TwoPeople people;
    std::string object;  // "hopper-1 A00000003 … A00000102"
};

class StaffCounter {
  public:
    StaffCounter(SessionParts& parts, Conversation& conversation, staff::Accounts& accounts,
                 staff::Account person);

    StaffPages& pages() { return pages_; }

    // Who does this act: the person, and where the table asks for it a second one who signs in for
    // it alone. Before that the first one's PIN is asked again, unless it was typed a moment ago.
    // None: given up, or not allowed (and said so).
    // numbers: the act as both see it before their PIN: which, how many, from where to where; of a
    // place that people count never what the books have.
    std::optional<TwoPeople> peopleFor(staff::Act act, std::vector<StaffFact> numbers = {});
    // The work of this act is done with the hands, away from the screen: whoever is silent
    // meanwhile is not signed out. Until the end of `work`.
    void workWithHands(staff::Act act, const std::function<void()>& work);
    // Signs somebody in; the screen without an act is for the person who begins.
    static std::optional<staff::Account> signIn(SessionParts& parts, StaffPages& pages,
                                                staff::Accounts& accounts,
                                                StaffSignInScreen screen);

    // After an act of desk(what): tells the sender; what was refused is recorded and said. True: it
    // is done.
    bool conclude(const StaffDeed& what, const Result<void>& done);
    // Writes a line for what has no commit of its own, or was refused.
    void record(const StaffDeed& what, const Result<void>& done);

    // For looking: acts are refused.
    desk::StockDesk desk() const { return desk::StockDesk(deskParts(std::nullopt)); }
    // For one act; its line is in its commit.
    desk::StockDesk desk(const StaffDeed& what) const { return desk::StockDesk(deskParts(what)); }
    desk::DeskParts deskParts(const StaffDeed& what) const {
        return deskParts(staff::Deed{what.act, what.object});
    }
    SessionParts& parts() { return parts_; }
    Conversation& conversation() { return conversation_; }
    staff::Accounts& accounts() { return accounts_; }
    const staff::Account& person() const { return person_; }
    void refreshPerson();
    // "1001 王样例"; the number alone of who is in no account.
    std::string personTitle(const std::string& number) const;
    WallTime now() const { return parts_.issuance.clock.wallTime(); }
    // The day is frozen: what is counted is neither moved nor shown.
    bool dayIsCounted() const;

  private:
    desk::DeskParts deskParts(std::optional<staff::Deed> deed) const;
    bool isStillThere(const StaffSignInScreen& asked, staff::Act act);
    bool isProven(StaffSignInScreen& screen, const SecretText& pin, staff::Act act);
    bool unlocks(staff::Act act);

    SessionParts& parts_;
    Conversation& conversation_;
    staff::Accounts& accounts_;
    staff::Account person_;
    StaffPages pages_;
    Instant provenAt_;  // when this person last typed the PIN
};

// How long this number waits after wrong PINs.
int secondsToWait(staff::Accounts& accounts, const std::string& number, WallTime at);

}  // namespace liqu::session
