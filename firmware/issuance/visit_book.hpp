// The book of visits that ended without a card: when, why, and which order it was, if any. It holds
// nothing of the person. Kiosk thread.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/error.hpp"
#include "firmware/issuance/visit_record.hpp"

namespace liqu::issuance {

struct VisitEnd {
    WallTime at{};
    ErrorCode reason = ErrorCode::cancelledByPerson;
    std::string orderId{};
};

// Together with what was checked and agreed to and no order has kept.
Result<void> noteEnd(storage::Database& database, const VisitEnd& end,
                     const VisitRecord& record = {}, const RecordOf& of = {});

// How often each reason ended a visit on a day of China's clock ("20240511"), the most frequent
// first.
struct ReasonCount {
    std::uint32_t code = 0;
    std::int64_t visits = 0;
};
Result<std::vector<ReasonCount>> reasonsOn(storage::Database& database, const std::string& day);

}  // namespace liqu::issuance
