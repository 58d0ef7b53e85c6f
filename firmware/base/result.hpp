// Result<T>: the value, or the Error that kept us from it. TRY hands an error to the caller.
#pragma once

#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include "firmware/base/error.hpp"

namespace liqu {

template <typename T>
using Result = tl::expected<T, Error>;

// Out of line: GCC 12 warns falsely about the copies when these are inlined.
tl::unexpected<Error> fail(ErrorCode code, std::string cause);
tl::unexpected<Error> fail(ErrorCode code, std::string cause, CardFate fate);
tl::unexpected<Error> fail(Error error);

// The value of a result known to have one; for TRY.
template <typename T>
T takeValue(Result<T>& result) {
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace liqu

// auto frame = TRY(readFrame());   TRY(writeFrame(frame));   The counter lets one stand in another.
#define TRY(expression) LIQU_TRY_NAMED(expression, __COUNTER__)
#define LIQU_TRY_NAMED(expression, number) LIQU_TRY_AS(expression, LIQU_TRY_JOIN(tryResult, number))
#define LIQU_TRY_JOIN(word, number) word##number
#define LIQU_TRY_AS(expression, name)                            \
    ({                                                           \
        auto name = (expression);                                \
        if (!name) return ::liqu::fail(std::move(name).error()); \
        ::liqu::takeValue(name);                                 \
    })
