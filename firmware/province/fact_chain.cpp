#include "firmware/province/fact_chain.hpp"

#include <nlohmann/json.hpp>

#include "firmware/base/bytes.hpp"
#include "firmware/province/canonical_json.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::province {

Result<ChainEnd> chainEnd(storage::Database& database, const std::string& epoch) {
    const auto rows =
        TRY(database.query("SELECT terminal_seq, chain FROM outbox WHERE epoch = ? ORDER BY "
                           "terminal_seq DESC LIMIT 1",
                           {epoch}));
    if (rows.empty()) return ChainEnd{};
    return ChainEnd{rows[0].integer(0), rows[0].text(1)};
}

Result<std::string> chainedDigest(const std::string& previous, const std::string& terminalId,
                                  const FactRow& row, std::string_view body) {
    const nlohmann::json fact = {{"terminalId", terminalId},
                                 {"epoch", row.epoch},
                                 {"terminalSeq", row.terminalSeq},
                                 {"msgType", row.messageType},
                                 {"bizId", row.bizId},
                                 {"idemKey", row.idempotencyKey},
                                 {"bizTime", formatChinaTime(row.happenedAt)},
                                 {"bodyHash", toHex(security::sm3(bytesOf(body)))}};
    const auto before = fromHex(previous);
    if (!before) return fail(ErrorCode::storageDamaged, "a digest of the chain is none");
    const std::string text = TRY(canonical(fact));
    Bytes link = *before;
    link.insert(link.end(), text.begin(), text.end());
    return toHex(security::sm3(link));
}

}  // namespace liqu::province
