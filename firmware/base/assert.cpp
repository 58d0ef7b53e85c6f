#include "firmware/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace liqu {

void assertionFailed(const char* expression, const char* file, int line) {
    std::fprintf(stderr, "liqu: assertion failed: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace liqu
