// A service of the rules as data: one file each, and a row of catalogue.cpp.
#pragma once

#include <string_view>

#include "firmware/province/messages.hpp"

namespace liqu::services {

struct Service {
    // "first-card": the one name of it, in the region's policy, orders, words and screen maps.
    std::string_view id;
    // 业务类型 of the application that is made for it.
    province::ApplicationKind application;
};

}  // namespace liqu::services
