// LIQU_ASSERT guards against our own bugs and stays on in release: stopping is better than being
// wrong about a card. What the outside world can cause is an Error, never an assertion.
#pragma once

namespace liqu {
[[noreturn]] void assertionFailed(const char* expression, const char* file, int line);
}  // namespace liqu

#define LIQU_ASSERT(expression)              \
    (static_cast<bool>(expression) ? void(0) \
                                   : ::liqu::assertionFailed(#expression, __FILE__, __LINE__))
