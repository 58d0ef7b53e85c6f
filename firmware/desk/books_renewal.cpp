#include "firmware/desk/books_renewal.hpp"

#include "firmware/province/epoch.hpp"
#include "firmware/province/fact_chain.hpp"

namespace liqu::desk {

Result<std::string> renewBooks(const RenewalParts& parts, const TwoPeople& people,
                               const std::string& reason) {
    storage::Database& database = parts.desk.database;
    const auto mandate = mandateOf(parts.desk, people, reason);
    if (!mandate) return fail(mandate.error());
    province::SignIn message;
    message.firmwareVersion = parts.firmwareVersion;
    message.schemaVersion = 1;
    TRY(province::tellStanding(database, message));
    message.replacesEpoch = message.epoch;
    message.epoch = TRY(province::wantedEpoch(database, parts.random));
    message.lastTerminalSeq = 0;
    message.lastChain = province::chainStart;
    const policy::KioskConfig& config = parts.desk.config;
    const province::Business own{
        .bizId = config.terminal + "-" + formatDate(chinaDate(mandate->at)) + "-000000",
        .bankCode = config.lanes.front().bank,
        .channel = province::Channel::staff,
        .operatorId = people.operatorId,
        .secondOperatorId = people.secondOperatorId};
    const province::SignInAnswer answer = TRY(parts.province.signIn(own, message));
    if (!answer.epochGranted) {
        return fail(ErrorCode::booksNotNewest, "the province has not agreed to a new epoch for " +
                                                   config.terminal +
                                                   "; let its operators do so, then do this again");
    }
    return commitAct(
        parts.desk, mandate,
        [&](storage::Transaction& transaction, const custody::Mandate& by) -> Result<std::string> {
            TRY(province::takeEpoch(transaction, parts.desk.outbox, message.epoch, answer, by.at));
            // An order that is open in them may be further than they know.
            TRY(transaction.run(
                "INSERT INTO meta SELECT 'renewed_after_entry', coalesce(max(entry), 0) FROM "
                "journal WHERE true ON CONFLICT(name) DO UPDATE SET value = excluded.value"));
            return message.epoch;
        });
}

}  // namespace liqu::desk
