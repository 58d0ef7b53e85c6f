#include "firmware/issuance/pickup_code.hpp"

#include <doctest/doctest.h>

namespace liqu::issuance {

TEST_CASE("pick-up codes have six digits") {
    SeededRandom random(3);
    for (int i = 0; i < 50; ++i) {
        const std::string code = makePickupCode(random);
        CHECK(code.size() == 6);
        CHECK(code.find_first_not_of("0123456789") == std::string::npos);
    }
}

}  // namespace liqu::issuance
