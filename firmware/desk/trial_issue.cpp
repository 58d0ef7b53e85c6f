#include "firmware/desk/trial_issue.hpp"

#include <chrono>

#include "firmware/custody/day.hpp"

namespace liqu::desk {
namespace {

using custody::Place;
using storage::Transaction;

constexpr const char* reason = "trial-issue";
constexpr const char* beganName = "trial_issue";
constexpr const char* operatorName = "trial_issue_operator";
constexpr const char* outcomeName = "trial_issue_outcome";
constexpr const char* codeName = "trial_issue_code";
constexpr const char* cardName = "trial_issue_card";
// Of the last one.
constexpr const char* lastAtName = "trial_issue_last";
constexpr const char* lastOutcomeName = "trial_issue_last_outcome";
constexpr const char* lastCodeName = "trial_issue_last_code";
constexpr const char* lastOperatorName = "trial_issue_last_operator";

Result<std::optional<storage::Row>> rowOf(storage::Database& database, const char* name) {
    auto rows = TRY(database.query("SELECT value FROM meta WHERE name = ?", {name}));
    if (rows.empty()) return std::optional<storage::Row>();
    return std::optional(std::move(rows[0]));
}

Result<std::string> textOf(storage::Database& database, const char* name) {
    const auto row = TRY(rowOf(database, name));
    return row ? row->text(0) : std::string();
}

Result<std::int64_t> numberOfRow(storage::Database& database, const char* name) {
    const auto row = TRY(rowOf(database, name));
    return row ? row->integer(0) : std::int64_t{0};
}

Result<std::optional<TrialOutcome>> outcomeOf(storage::Database& database, const char* name) {
    const auto row = TRY(rowOf(database, name));
    return row ? std::optional(row->choice<TrialOutcome>(0)) : std::nullopt;
}

Result<void> put(Transaction& transaction, const char* name, const storage::Value& value) {
    return transaction.run(
        "INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
        {name, value});
}

std::int64_t millisecondsOf(WallTime at) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}
WallTime timeOf(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds{milliseconds});
}

Result<void> requireNoCardInBooks(storage::Database& database) {
    for (const Place& place : {Place::chipStation(), Place::transport(), Place::mouth()}) {
        if (TRY(custody::balanceOf(database, place)) == 0) continue;
        return fail(ErrorCode::moveNotPossible, "the books have a card at " + place.name());
    }
    return {};
}

Result<void> requireUncountedDay(storage::Database& database) {
    const auto day = TRY(custody::currentDay(database));
    if (!day || day->state != custody::DayState::frozen) return {};
    return fail(ErrorCode::dayFrozen, "the day is being counted");
}

}  // namespace

Result<std::optional<TrialIssue>> openTrialIssue(storage::Database& database) {
    const auto began = TRY(rowOf(database, beganName));
    if (!began) return std::optional<TrialIssue>();
    TrialIssue trial;
    trial.beganAt = timeOf(began->integer(0));
    trial.operatorId = TRY(textOf(database, operatorName));
    trial.known = TRY(outcomeOf(database, outcomeName));
    trial.code = static_cast<int>(TRY(numberOfRow(database, codeName)));
    trial.cardNumber = TRY(textOf(database, cardName));
    return std::optional(std::move(trial));
}

Result<std::optional<LastTrial>> lastTrialIssue(storage::Database& database) {
    const auto at = TRY(rowOf(database, lastAtName));
    const auto outcome = TRY(outcomeOf(database, lastOutcomeName));
    if (!at || !outcome) return std::optional<LastTrial>();
    return std::optional(LastTrial{timeOf(at->integer(0)), *outcome,
                                   static_cast<int>(TRY(numberOfRow(database, lastCodeName))),
                                   TRY(textOf(database, lastOperatorName))});
}

Result<void> beginTrialIssue(const DeskParts& parts, const TwoPeople& people) {
    return carryOut(
        parts, people, reason,
        [&](Transaction& transaction, const custody::Mandate& mandate) -> Result<void> {
            if (!TRY(openTrialIssue(parts.database))) {
                TRY(requireUncountedDay(parts.database));
                TRY(requireNoCardInBooks(parts.database));
            }
            TRY(transaction.run("INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO NOTHING",
                                {beganName, millisecondsOf(mandate.at)}));
            return put(transaction, operatorName, people.operatorId);
        });
}

Result<void> noteTrialOutcome(const DeskParts& parts, const TwoPeople& people, TrialOutcome outcome,
                              int code, const std::string& cardNumber) {
    return carryOut(parts, people, reason,
                    [&](Transaction& transaction, const custody::Mandate&) -> Result<void> {
                        TRY(put(transaction, outcomeName, std::string(nameOf(outcome))));
                        TRY(put(transaction, codeName, std::int64_t{code}));
                        return put(transaction, cardName, cardNumber);
                    });
}

Result<void> endTrialIssue(const DeskParts& parts, const TwoPeople& people, TrialOutcome outcome,
                           int code) {
    return carryOut(
        parts, people, reason,
        [&](Transaction& transaction, const custody::Mandate& mandate) -> Result<void> {
            TRY(transaction.run("DELETE FROM meta WHERE name IN (?, ?, ?, ?, ?)",
                                {beganName, operatorName, outcomeName, codeName, cardName}));
            // That one was given up says nothing of the machine.
            if (outcome == TrialOutcome::givenUp) return {};
            TRY(put(transaction, lastAtName, millisecondsOf(mandate.at)));
            TRY(put(transaction, lastOutcomeName, std::string(nameOf(outcome))));
            TRY(put(transaction, lastCodeName, std::int64_t{code}));
            return put(transaction, lastOperatorName, people.operatorId);
        });
}

}  // namespace liqu::desk
