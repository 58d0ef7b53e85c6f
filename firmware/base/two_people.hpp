// Who acts at the machine. Badge numbers, not names. A value; no thread rule.
#pragma once

#include <string>

namespace liqu {

// The second is empty where an act asks for one person only (staff/role.hpp).
struct TwoPeople {
    std::string operatorId = {};
    std::string secondOperatorId = {};
};

}  // namespace liqu
