// Result<T>: the value, or the Error that kept us from it. TRY hands an error to the caller.
#pragma once

#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include "firmware/base/error.hpp"

namespace liqu {

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string cause) {
    return tl::unexpected<Error>(Error{code, std::move(cause), std::nullopt});
}
inline tl::unexpected<Error> fail(ErrorCode code, std::string cause, CardFate fate) {
    return tl::unexpected<Error>(Error{code, std::move(cause), fate});
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

// The value of a result known to have one; for TRY.
template <typename T>
T takeValue(Result<T>& result) {
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace liqu

// auto frame = TRY(readFrame());   TRY(writeFrame(frame));
#define TRY(expression)                                                        \
    ({                                                                         \
        auto tryResult = (expression);                                         \
        if (!tryResult) return ::liqu::fail(std::move(tryResult).error());     \
        ::liqu::takeValue(tryResult);                                           \
    })
