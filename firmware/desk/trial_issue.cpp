#include "firmware/desk/trial_issue.hpp"

#include "firmware/custody/day.hpp"
#include "firmware/custody/posting.hpp"
#include "firmware/storage/meta.hpp"

namespace liqu::desk {
namespace {

using custody::Place;
using storage::metaRow;
using storage::metaText;
using storage::putMeta;
using storage::putMetaOnce;
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

Result<std::int64_t> numberOfRow(storage::Database& database, const char* name) {
    const auto row = TRY(metaRow(database, name));
    return row ? row->integer(0) : std::int64_t{0};
}

Result<std::optional<TrialOutcome>> outcomeOf(storage::Database& database, const char* name) {
    const auto row = TRY(metaRow(database, name));
    return row ? std::optional(row->choice<TrialOutcome>(0)) : std::nullopt;
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
    const auto began = TRY(metaRow(database, beganName));
    if (!began) return std::optional<TrialIssue>();
    TrialIssue trial;
    trial.beganAt = custody::timeOf(began->integer(0));
    trial.operatorId = TRY(metaText(database, operatorName));
    trial.known = TRY(outcomeOf(database, outcomeName));
    trial.code = static_cast<int>(TRY(numberOfRow(database, codeName)));
    trial.cardNumber = TRY(metaText(database, cardName));
    return std::optional(std::move(trial));
}

Result<std::optional<LastTrial>> lastTrialIssue(storage::Database& database) {
    const auto at = TRY(metaRow(database, lastAtName));
    const auto outcome = TRY(outcomeOf(database, lastOutcomeName));
    if (!at || !outcome) return std::optional<LastTrial>();
    return std::optional(LastTrial{custody::timeOf(at->integer(0)), *outcome,
                                   static_cast<int>(TRY(numberOfRow(database, lastCodeName))),
                                   TRY(metaText(database, lastOperatorName))});
}

Result<void> beginTrialIssue(const DeskParts& parts, const TwoPeople& people) {
    return carryOut(parts, people, reason,
                    [&](Transaction& transaction, const custody::Mandate& mandate) -> Result<void> {
                        if (!TRY(openTrialIssue(parts.database))) {
                            TRY(requireUncountedDay(parts.database));
                            TRY(requireNoCardInBooks(parts.database));
                        }
                        TRY(putMetaOnce(transaction, beganName, custody::stampOf(mandate.at)));
                        return putMeta(transaction, operatorName, people.operatorId);
                    });
}

Result<void> noteTrialOutcome(const DeskParts& parts, const TwoPeople& people, TrialOutcome outcome,
                              int code, const std::string& cardNumber) {
    return carryOut(parts, people, reason,
                    [&](Transaction& transaction, const custody::Mandate&) -> Result<void> {
                        TRY(putMeta(transaction, outcomeName, std::string(nameOf(outcome))));
                        TRY(putMeta(transaction, codeName, std::int64_t{code}));
                        return putMeta(transaction, cardName, cardNumber);
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
            TRY(putMeta(transaction, lastAtName, custody::stampOf(mandate.at)));
            TRY(putMeta(transaction, lastOutcomeName, std::string(nameOf(outcome))));
            TRY(putMeta(transaction, lastCodeName, std::int64_t{code}));
            return putMeta(transaction, lastOperatorName, people.operatorId);
        });
}

}  // namespace liqu::desk
