#include "firmware/issuance/plan.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"

namespace liqu::issuance {

const Row* Plan::find(std::string_view name) const {
    const auto found = std::ranges::find(rows_, name, &Row::name);
    return found == rows_.end() ? nullptr : &*found;
}

const Row& Plan::row(std::string_view name) const {
    const Row* found = find(name);
    LIQU_ASSERT(found != nullptr);
    return *found;
}

const Row& Plan::after(const Row& row, const Making& making) const {
    const Row* next = &row + 1;
    while (next < rows_.data() + rows_.size() && !next->due(making)) ++next;
    LIQU_ASSERT(next < rows_.data() + rows_.size());
    return *next;
}

}  // namespace liqu::issuance
