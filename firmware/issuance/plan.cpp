#include "firmware/issuance/plan.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"

namespace liqu::issuance {

const PlanRow* Plan::find(std::string_view name) const {
    const auto found = std::ranges::find(rows_, name, &PlanRow::name);
    return found == rows_.end() ? nullptr : &*found;
}

const PlanRow& Plan::row(std::string_view name) const {
    const PlanRow* found = find(name);
    LIQU_ASSERT(found != nullptr);
    return *found;
}

const PlanRow& Plan::after(const PlanRow& row, const Making& making) const {
    const PlanRow* next = &row + 1;
    while (next < rows_.data() + rows_.size() && !next->due(making)) ++next;
    LIQU_ASSERT(next < rows_.data() + rows_.size());
    return *next;
}

}  // namespace liqu::issuance
