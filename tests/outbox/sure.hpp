// What a proof itself does must succeed.
#pragma once

#include <utility>

#include "firmware/base/assert.hpp"
#include "firmware/base/result.hpp"

namespace liqu::proof {

template <typename Kind>
Kind sure(Result<Kind> result) {
    LIQU_ASSERT(result.has_value());
    return *std::move(result);
}
inline void sure(const Result<void>& result) {
    LIQU_ASSERT(result.has_value());
}

}  // namespace liqu::proof
