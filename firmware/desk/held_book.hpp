// What is written down of cards that wait for their holders: that a holder was told, in which way
// (Shangluo Art.16); that the province's system reminded of a card, of the months or of a death,
// from when the ten working days count (Guangdong Art.32(3)); when, by whom and why a card went
// back (Art.32(2)). From that: what is due on each card, and how many went back for which cause.
#pragma once

#include "firmware/desk/bin_exits.hpp"

namespace liqu::desk {

// 多渠道多方式
enum class NoticeWay : std::uint8_t { phone, message, visit, village, employer };
constexpr auto wordsOf(NoticeWay) {
    return words<NoticeWay>({{NoticeWay::phone, "phone"},
                             {NoticeWay::message, "message"},
                             {NoticeWay::visit, "visit"},
                             {NoticeWay::village, "village"},
                             {NoticeWay::employer, "employer"}});
}
// A holder was told; one person is enough. moveNotPossible where the card waits for nobody.
Result<void> noteTold(const DeskParts& parts, const std::string& number, NoticeWay way,
                      const TwoPeople& people);

enum class ReminderOf : std::uint8_t { months, death };
constexpr auto wordsOf(ReminderOf) {
    return words<ReminderOf>({{ReminderOf::months, "months"}, {ReminderOf::death, "death"}});
}
struct Reminder {
    std::string number;  // of the card
    ReminderOf of = ReminderOf::months;
    std::string evidence;  // number of the reminder in the province's system
};
// Came today. From now on the card is to be recovered; where the holder is dead it goes to nobody.
Result<void> noteReminder(const DeskParts& parts, const Reminder& reminder,
                          const TwoPeople& people);

// What is due on a card that waits.
struct HeldTerm {
    Date lastDay{};  // in the evening of it the months are over
    int told = 0;
    std::optional<WallTime> lastTold;
    std::optional<WallTime> remindedAt;
    // Until when it is to be recovered; none without a reminder, or where a year has no table.
    std::optional<Date> recoverBy;
    bool isLate(WallTime at) const;  // recoverBy is over
};
Result<HeldTerm> termOf(storage::Database& database, const policy::RegionPolicy& region,
                        const custody::BinCard& card);

// Since it came last: a reminder from before a second delivery is settled.
Result<std::optional<ReminderOf>> reminderOf(storage::Database& database,
                                             const custody::BinCard& card);

// In the transaction of the return. cause: a word of ReturnCause, or `receivedAgain`.
constexpr std::string_view receivedAgain = "received-again";
struct Recovery {
    std::string number;
    std::string orderId;
    std::string cause;
    std::string evidence;
};
Result<void> noteRecovery(storage::Transaction& transaction, const Recovery& recovery,
                          const custody::Mandate& mandate);

}  // namespace liqu::desk
