#include "firmware/desk/held_book.hpp"

#include "firmware/custody/day.hpp"

namespace liqu::desk {
namespace {

using storage::Transaction;

constexpr std::string_view toldKind = "told";
constexpr std::string_view remindedKind = "reminded";

std::int64_t stamp(WallTime at) {
    return at.time_since_epoch().count();
}
WallTime timeAt(std::int64_t stamp) {
    return WallTime(std::chrono::milliseconds{stamp});
}

// What was written before it came last belongs to an earlier delivery.
std::int64_t begin(const custody::BinCard& card) {
    return stamp(card.recoveredAt.value_or(card.heldSince));
}

struct Note {
    std::string_view kind;
    std::string way;
    std::string evidence;
};

Result<void> note(const DeskParts& parts, const std::string& number, const Note& what,
                  const TwoPeople& people) {
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        const HeldCard held = TRY(heldByNumber(parts, number));
        return transaction.run(
            "INSERT INTO held_notices(at, day, card_number, order_id, kind, way, evidence, "
            "operator_id) VALUES(?,?,?,?,?,?,?,?)",
            {stamp(mandate.at), TRY(custody::dayOfNote(transaction, mandate.at)), number,
             held.order.orderId, std::string(what.kind), what.way, what.evidence,
             mandate.people.operatorId});
    };
    return carryOut(parts, people, "", change);
}

}  // namespace

Result<void> noteTold(const DeskParts& parts, const std::string& number, NoticeWay way,
                      const TwoPeople& people) {
    return note(parts, number, {toldKind, std::string(nameOf(way)), ""}, people);
}

Result<void> noteReminder(const DeskParts& parts, const Reminder& reminder,
                          const TwoPeople& people) {
    TRY(requirePaper(reminder.evidence));
    return note(parts, reminder.number,
                {remindedKind, std::string(nameOf(reminder.of)), reminder.evidence}, people);
}

bool HeldTerm::isLate(WallTime at) const {
    return recoverBy && std::chrono::sys_days{chinaDate(at)} > std::chrono::sys_days{*recoverBy};
}

Result<HeldTerm> termOf(storage::Database& database, const policy::RegionPolicy& region,
                        const custody::BinCard& card) {
    HeldTerm term;
    term.lastDay =
        card.recoveredAt
            ? custody::monthsAfter(chinaDate(*card.recoveredAt), region.stock.againMonths)
            : custody::monthsAfter(chinaDate(card.heldSince), region.stock.unclaimedMonths);
    for (const storage::Row& row : TRY(database.query(
             "SELECT at, kind FROM held_notices WHERE card_number = ? AND at >= ? ORDER BY line",
             {card.card.cardNumber, begin(card)}))) {
        const WallTime at = timeAt(row.integer(0));
        if (row.text(1) == toldKind) {
            ++term.told;
            term.lastTold = at;
        } else if (!term.remindedAt) {
            // The first one counts: another one gives no more time.
            term.remindedAt = at;
        }
    }
    if (term.remindedAt) {
        term.recoverBy =
            region.workdays.after(chinaDate(*term.remindedAt), region.stock.recoverWorkdays);
    }
    return term;
}

Result<std::optional<ReminderOf>> reminderOf(storage::Database& database,
                                             const custody::BinCard& card) {
    const auto rows = TRY(database.query(
        "SELECT way FROM held_notices WHERE card_number = ? AND kind = ? AND at >= ? "
        "ORDER BY way = 'death' DESC LIMIT 1",
        {card.card.cardNumber, std::string(remindedKind), begin(card)}));
    if (rows.empty()) return std::optional<ReminderOf>();
    return std::optional(rows[0].choice<ReminderOf>(0));
}

Result<void> noteRecovery(Transaction& transaction, const Recovery& recovery,
                          const custody::Mandate& mandate) {
    return transaction.run(
        "INSERT INTO held_recoveries(at, day, card_number, order_id, cause, evidence, operator_id, "
        "second_operator_id) VALUES(?,?,?,?,?,?,?,?)",
        {stamp(mandate.at), TRY(custody::dayOfNote(transaction, mandate.at)), recovery.number,
         recovery.orderId, recovery.cause, recovery.evidence, mandate.people.operatorId,
         mandate.people.secondOperatorId});
}

}  // namespace liqu::desk
