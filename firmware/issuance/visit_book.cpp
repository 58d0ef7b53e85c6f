#include "firmware/issuance/visit_book.hpp"

namespace liqu::issuance {

Result<void> noteEnd(storage::Database& database, const VisitEnd& end, const VisitRecord& record,
                     const RecordOf& of) {
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(transaction.run(
        "INSERT INTO visit_ends(at, day, reason, order_id) VALUES(?,?,?,?)",
        {std::int64_t{end.at.time_since_epoch().count()}, formatDate(chinaDate(end.at)),
         std::int64_t{numberOf(end.reason)}, end.orderId}));
    TRY(keep(transaction, record, of));
    return transaction.commit();
}

Result<std::vector<ReasonCount>> reasonsOn(storage::Database& database, const std::string& day) {
    std::vector<ReasonCount> reasons;
    for (const storage::Row& row :
         TRY(database.query("SELECT reason, count(*) FROM visit_ends WHERE day = ? "
                            "GROUP BY reason ORDER BY count(*) DESC, reason",
                            {day}))) {
        reasons.push_back({static_cast<std::uint32_t>(row.integer(0)), row.integer(1)});
    }
    return reasons;
}

}  // namespace liqu::issuance
