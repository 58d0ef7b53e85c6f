// What every act of staff needs: pages and forms on the screen, the second person, the books, and
// the record of what was done. Lives as long as one person is signed in.
#pragma once

#include <algorithm>

#include "firmware/desk/stock_desk.hpp"
#include "firmware/session/conversation.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::session {

// One act as its line of the record names it.
struct StaffAct {
    staff::Act act = staff::Act::viewStock;
    desk::TwoPeople people;
    std::string object;  // "hopper-1 A00000003 … A00000102"
};

class StaffCounter {
  public:
    StaffCounter(SessionParts& parts, Conversation& conversation, staff::Accounts& accounts,
                 staff::Account person);

    // What was touched: the choice, or "back". None: signed out, walked away, the kiosk stops.
    std::optional<std::string> show(StaffPageScreen page);
    std::optional<std::string> show(const StaffMenuScreen& menu);
    // What was typed, or another way on (Action::choice). None: back, or the person left.
    std::optional<Action> fill(const StaffFormScreen& form);
    // A number of this form's own: what was typed on the one before is dropped.
    std::uint64_t nextSerial() { return ++serial_; }

    // Who does this act: the person, and where the table asks for it a second one who signs in for
    // it alone. Before that the first one's PIN is asked again, unless it was typed a moment ago.
    // None: given up, or not allowed (and said so).
    std::optional<desk::TwoPeople> hands(staff::Act act);
    // Signs somebody in; act is empty for the person who begins.
    static std::optional<staff::Account> signIn(SessionParts& parts, Conversation& conversation,
                                                staff::Accounts& accounts, const std::string& act,
                                                const std::string& person);

    // Says what happened and waits until it was read.
    void tell(const Error& error);
    void tellDone(Phrase words, std::vector<StaffFact> facts = {}, StaffTable table = {},
                  std::vector<Notice> more = {});
    // After an act of desk(what): tells the sender; what was refused is recorded and said. True: it
    // is done.
    bool conclude(const StaffAct& what, const Result<void>& done);
    // Writes a line for what has no commit of its own, or was refused.
    void record(const StaffAct& what, const Result<void>& done);

    // For looking: acts are refused.
    desk::StockDesk desk() const { return desk::StockDesk(deskParts(std::nullopt)); }
    // For one act; its line is in its commit.
    desk::StockDesk desk(const StaffAct& what) const { return desk::StockDesk(deskParts(what)); }
    desk::DeskParts deskParts(const StaffAct& what) const {
        return deskParts(staff::Deed{what.act, what.object});
    }
    SessionParts& parts() { return parts_; }
    Conversation& conversation() { return conversation_; }
    staff::Accounts& accounts() { return accounts_; }
    const staff::Account& person() const { return person_; }
    void refreshPerson();
    WallTime now() const { return parts_.issuance.clock.wallTime(); }
    // The day is frozen: what is counted is neither moved nor shown.
    bool dayIsCounted() const;
    bool left() const { return conversation_.left() || parts_.stop.stop_requested(); }

  private:
    desk::DeskParts deskParts(std::optional<staff::Deed> deed) const;
    bool isStillThere(staff::Act act);
    std::optional<std::string> showContent(const ScreenContent& content, bool canGoBack);

    SessionParts& parts_;
    Conversation& conversation_;
    staff::Accounts& accounts_;
    staff::Account person_;
    Instant provenAt_;  // when this person last typed the PIN
    std::uint64_t serial_ = 0;
};

// How long this number waits after wrong PINs.
int secondsToWait(staff::Accounts& accounts, const std::string& number, WallTime at);
// "1001 王样例"
std::string titleOf(const staff::Account& account);
// The words of an error for staff; most have their own, the others say what citizens are told.
std::vector<Notice> noticesOf(const Error& error);

// Phrases that many pages share.
Phrase placeWords(const std::string& place);
Phrase timeWords(WallTime at);
Phrase dayWords(const std::string& day);                                  // "2024-05-11"
std::string bankLabel(const std::string& code, const std::string& name);  // "95588 工商银行"
StaffWay way(std::string choice, std::string key, bool main = false);
// "A00000003 … A00000102", or one number.
std::string rangeText(const std::string& first, const std::string& last);
// Card numbers, four in a row.
StaffTable numberTable(const std::vector<std::string>& numbers);
// The number typed into a field; -1 where there is none.
std::int64_t numberFrom(const Action& typed, std::string_view field);
// One of these reasons, as a word for the books: "damaged". None: given up.
std::optional<std::string> askReason(StaffCounter& counter, const std::string& what,
                                     std::initializer_list<const char*> reasons);

// Rows to be touched that fit above the buttons, also where the window is wide.
constexpr std::size_t rowsOnPage = 4;

// A long list, a page at a time; after the last page the first one comes again.
class Pages {
  public:
    explicit Pages(std::size_t onPage) : onPage_(onPage) {}
    struct Part {
        std::size_t begin;
        std::size_t end;
    };
    // What of a list of this size is shown now.
    Part part(std::size_t size) {
        if (from_ >= size) from_ = 0;
        return {from_, std::min(size, from_ + onPage_)};
    }
    void offerMore(StaffPageScreen& page, std::size_t size) const {
        if (size > onPage_) page.ways.push_back(way("more", "staff.more"));
    }
    bool turns(const std::string& choice) {
        if (choice != "more") return false;
        from_ += onPage_;
        return true;
    }

  private:
    std::size_t onPage_;
    std::size_t from_ = 0;
};

// So many messages to the province are set aside.
Notice parkedNotice(std::int64_t count);
// Why nothing is fed, or no ID card read: the same failure, again and again. Empty: nothing stops.
std::vector<Notice> noticesOfStop(StaffCounter& counter);

// What one person sees in a bin, card by card. None: given up.
std::optional<custody::CountEntry> countByNumber(StaffCounter& counter, const std::string& place);

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
void correctBooks(StaffCounter& counter);
void lookAtReports(StaffCounter& counter);
void showReport(StaffCounter& counter, const std::string& day);
void lookAtQueue(StaffCounter& counter);
void resumeMaking(StaffCounter& counter);
void keepStaff(StaffCounter& counter);
bool changeOwnPin(StaffCounter& counter);
void lookAtAudit(StaffCounter& counter);

}  // namespace liqu::session
