// What every act of staff needs: pages and forms on the screen, the second person, the books, and
// the record of what was done. Lives as long as one person is signed in.
#pragma once

#include <functional>

#include "firmware/issuance/stock_desk.hpp"
#include "firmware/session/conversation.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::session {

class StaffCounter {
  public:
    StaffCounter(SessionParts& parts, Conversation& conversation, staff::Accounts& accounts,
                 staff::Account person);

    // What was touched: the choice, or "back". None: signed out, walked away, the kiosk stops.
    std::optional<std::string> show(StaffPageScreen page);
    std::optional<std::string> show(StaffMenuScreen menu);
    // What was typed, or another way on (Action::choice). None: back, or the person left.
    std::optional<Action> fill(const StaffFormScreen& form);
    // A number of this page's own: what was typed on the one before is dropped.
    std::uint64_t nextSerial() { return ++serial_; }

    // Who does this act: the person, and where the table asks for it a second one who signs in for
    // it alone. None: given up, or not allowed (and said so).
    std::optional<issuance::TwoPeople> hands(staff::Act act);
    // Signs somebody in; act is empty for the person who begins.
    static std::optional<staff::Account> signIn(SessionParts& parts, Conversation& conversation,
                                                staff::Accounts& accounts, const std::string& act,
                                                const std::string& person);

    // Says what happened and waits until it was read.
    void tell(const Error& error);
    void tellDone(Words words, std::vector<StaffFact> facts = {}, StaffTable table = {});
    // Writes the act into the record and tells the sender; what went wrong is said. True: it is
    // done.
    bool conclude(staff::Act act, const issuance::TwoPeople& people, const std::string& object,
                  const Result<void>& done);
    // The same without a word on the screen.
    void record(staff::Act act, const issuance::TwoPeople& people, const std::string& object,
                const Result<void>& done);

    issuance::StockDesk desk() const;
    issuance::StockDeskParts deskParts() const;
    SessionParts& parts() { return parts_; }
    Conversation& conversation() { return conversation_; }
    staff::Accounts& accounts() { return accounts_; }
    const staff::Account& person() const { return person_; }
    void refreshPerson();
    WallTime now() const { return parts_.issuance.clock.wallTime(); }
    bool left() const { return conversation_.left() || parts_.stop.stop_requested(); }

  private:
    template <typename Content>
    std::optional<std::string> showContent(const Content& content, bool canGoBack);

    SessionParts& parts_;
    Conversation& conversation_;
    staff::Accounts& accounts_;
    staff::Account person_;
    std::uint64_t serial_ = 0;
};

// "1001 王样例"
std::string titleOf(const staff::Account& account);
// The words of an error for staff; most have their own, the others say what citizens are told.
std::vector<StaffNotice> noticesOf(const Error& error);

// Words that many pages share.
Words placeWords(const std::string& place);
Words timeWords(WallTime at);
Words dayWords(const std::string& day);  // "2024-05-11"
StaffWay way(std::string choice, std::string key, bool main = false);
// "A00000003 … A00000102", or one number.
std::string rangeText(const std::string& first, const std::string& last);
// The number typed into a field; -1 where there is none.
std::int64_t numberFrom(const Action& typed, std::string_view field);
// One of these reasons, as a word for the books: "damaged". None: given up.
std::optional<std::string> askReason(StaffCounter& counter, const std::string& what,
                                     std::initializer_list<const char*> reasons);

// The counters of the staff, one file each.
void lookAtStock(StaffCounter& counter);
void lookAtHistory(StaffCounter& counter);
void keepBoxes(StaffCounter& counter);
void exchangeLanes(StaffCounter& counter);
void emptyBins(StaffCounter& counter);
void deliverCards(StaffCounter& counter);
void lookAtFaces(StaffCounter& counter);
void countDay(StaffCounter& counter);
void settleCases(StaffCounter& counter);
void lookAtReports(StaffCounter& counter);
void showReport(StaffCounter& counter, const std::string& day);
void lookAtQueue(StaffCounter& counter);
void keepStaff(StaffCounter& counter);
bool changeOwnPin(StaffCounter& counter);
void lookAtAudit(StaffCounter& counter);

}  // namespace liqu::session
