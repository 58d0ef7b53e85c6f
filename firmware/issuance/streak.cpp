#include "firmware/issuance/streak.hpp"

#include "firmware/custody/journal.hpp"
#include "firmware/issuance/plan.hpp"

namespace liqu::issuance {
namespace {

constexpr const char* endedAt = "streak_ended_at_entry";
constexpr const char* wrongSeen = "wrong_cards_seen";
// So many times the region's number where the causes differ.
constexpr int mixedCauses = 2;
// Far more cards than any region allows in a row, with the repetitions of a stop.
constexpr int mostEntries = 32;

// One card that left the chip station, newest first.
struct CardEnd {
    std::int64_t entry = 0;
    std::string order;
    bool good = false;
    std::int64_t cause = 0;  // number of the error
    WallTime at{};
};

std::string entriesOfEnds() {
    return "SELECT j.entry, j.order_id, j.step, j.phase, j.at, j.detail, o.state FROM journal AS j"
           " JOIN orders AS o USING(order_id) WHERE j.entry > coalesce((SELECT value FROM meta "
           "WHERE"
           " name = ?), 0) AND j.step IN ('present', 'hold', 'reject')"
           " AND (j.step <> 'present' OR j.phase = 'fact') ORDER BY j.entry DESC LIMIT ?";
}

// An intent is noted again where the way into the bin was cut short: until a fact stands between
// them, two of one order are one card.
Result<std::vector<CardEnd>> lastEnds(storage::Database& database) {
    std::vector<CardEnd> ends;
    bool sameCard = false;
    for (const storage::Row& row :
         TRY(database.query(entriesOfEnds(), {std::string(endedAt), std::int64_t{mostEntries}}))) {
        const std::string step = row.text(2);
        const bool isFact = row.text(3) == nameOf(custody::Phase::fact);
        if (isFact && step != rowNames::present) {
            sameCard = false;
            continue;
        }
        const std::string order = row.text(1);
        if (sameCard && !ends.empty() && ends.back().order == order) continue;
        CardEnd end;
        end.entry = row.integer(0);
        end.order = order;
        end.good =
            isFact || (step == rowNames::hold && row.text(6) == nameOf(OrderState::handedOver));
        end.cause = custody::detailNumber(row.text(5), "error").value_or(0);
        end.at = WallTime{std::chrono::milliseconds{row.integer(4)}};
        ends.push_back(std::move(end));
        sameCard = !isFact;
    }
    return ends;
}

std::optional<ErrorCode> causeOf(const CardEnd& end) {
    for (const ErrorCode code : allErrorCodes()) {
        if (numberOf(code) == static_cast<std::uint32_t>(end.cause)) return code;
    }
    return std::nullopt;
}

// Did the card wait for the province's answer to its report, or its enabling?
Result<bool> endedWhileReporting(storage::Database& database, const std::string& order) {
    const auto rows = TRY(database.query(
        "SELECT step FROM journal WHERE order_id = ? AND phase = 'failure' ORDER BY entry DESC "
        "LIMIT 1",
        {order}));
    if (rows.empty()) return false;
    return rows[0].text(0) == rowNames::report || rows[0].text(0) == rowNames::enable;
}

// Nothing of the order waits for an answer any more, whatever the answer was.
Result<bool> isAnswered(storage::Database& database, const std::string& order) {
    return TRY(database.number(
               "SELECT count(*) FROM outbox WHERE order_id = ? AND state = 'queued' AND "
               "message_type IN ('ISSUE.REPORT', 'ISSUE.ENABLE')",
               {order})) == 0;
}

// Contacts that are dirty or worn fail now so, now otherwise.
bool isContactTrouble(ErrorCode code) {
    switch (code) {
        case ErrorCode::chipMute:
        case ErrorCode::chipRemoved:
        case ErrorCode::chipWasReset:
        case ErrorCode::chipReplyTorn:
        case ErrorCode::chipSecurityLost:
            return true;
        default:
            return false;
    }
}

bool isSameCause(ErrorCode one, ErrorCode other) {
    return one == other || (isContactTrouble(one) && isContactTrouble(other));
}

}  // namespace

Omen omenOf(ErrorCode cause, While ended) {
    switch (cause) {
        case ErrorCode::cardNotTaken:
            return Omen::good;
        case ErrorCode::machineRestarted:
        case ErrorCode::kioskStopping:
        case ErrorCode::cancelledByPerson:
        case ErrorCode::visitTimedOut:
            return Omen::none;
        case ErrorCode::ribbonEnded:
        case ErrorCode::printerCoverOpen:
        case ErrorCode::rejectBinFull:
        case ErrorCode::hopperEmpty:
        case ErrorCode::cleaningDue:
        case ErrorCode::printerUnplugged:
        case ErrorCode::printerNotFound:
        case ErrorCode::chipReaderNotFound:
        case ErrorCode::chipServiceDown:
            return Omen::told;
        default:
            return ended == While::reporting && cause == ErrorCode::provinceOutcomeUnknown
                       ? Omen::unanswered
                       : Omen::counts;
    }
}

Result<std::optional<Streak>> currentStreak(storage::Database& database) {
    std::optional<Streak> streak;
    for (const CardEnd& end : TRY(lastEnds(database))) {
        if (end.good) break;
        const auto cause = causeOf(end);
        const Omen omen =
            cause ? omenOf(*cause, TRY(endedWhileReporting(database, end.order)) ? While::reporting
                                                                                 : While::making)
                  : Omen::none;
        if (omen == Omen::none) continue;
        if (omen == Omen::good || omen == Omen::told) break;
        if (omen == Omen::unanswered && TRY(isAnswered(database, end.order))) break;
        if (!streak) streak.emplace(Streak{*cause, 0, 0, omen, end.at, end.entry});
        const bool unbroken = streak->sameCause == streak->cards;
        if (unbroken && isSameCause(*cause, streak->cause)) ++streak->sameCause;
        ++streak->cards;
        streak->since = end.at;
    }
    return streak;
}

bool stopsFeeding(const Streak& streak, const policy::RegionPolicy& region) {
    return streak.omen == Omen::unanswered || streak.sameCause >= region.failuresInARow ||
           streak.cards >= mixedCauses * region.failuresInARow;
}

Result<bool> gaveAnothersData(storage::Database& database) {
    return TRY(database.number(
               "SELECT count(*) FROM wrong_cards WHERE cause = 'ANOTHER_PERSON' AND line > "
               "coalesce((SELECT value FROM meta WHERE name = ?), 0)",
               {std::string(wrongSeen)})) > 0;
}

Result<void> requireNoStreak(storage::Database& database, const policy::RegionPolicy& region) {
    if (TRY(gaveAnothersData(database))) {
        return fail(ErrorCode::makingStopped, "a card had somebody else's data on it");
    }
    const auto streak = TRY(currentStreak(database));
    if (!streak || !stopsFeeding(*streak, region)) return {};
    return fail(
        ErrorCode::makingStopped,
        std::to_string(streak->cards) + " card(s) in a row were not handed over, the last for " +
            std::to_string(numberOf(streak->cause)) + " " + std::string(nameOf(streak->cause)));
}

Result<void> endStreak(storage::Transaction& transaction) {
    if (TRY(gaveAnothersData(transaction.database()))) {
        TRY(transaction.run(
            "INSERT INTO meta SELECT ?, max(line) FROM wrong_cards WHERE true ON CONFLICT(name) DO "
            "UPDATE SET value = excluded.value",
            {std::string(wrongSeen)}));
    }
    const auto streak = TRY(currentStreak(transaction.database()));
    if (!streak) return {};
    return transaction.run(
        "INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        {std::string(endedAt), streak->newestEntry});
}

}  // namespace liqu::issuance
