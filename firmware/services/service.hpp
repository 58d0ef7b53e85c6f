// A service of the rules as data: one file each, and a row of catalogue.cpp.
#pragma once

#include <string_view>

#include "firmware/issuance/plan.hpp"
#include "firmware/province/messages.hpp"
#include "firmware/screen/page_parts.hpp"

namespace liqu::services {

struct Service {
    // "first-card": the one name of it, in the region's policy, orders, words and screen maps.
    std::string_view id;
    // 业务类型 of the application that is made for it.
    province::ApplicationKind application;
    // The rows it is carried out by; null: a question, which makes no order.
    const issuance::Plan* plan = nullptr;
    // Beside its name where one is chosen.
    screen::Picture picture = screen::Picture::none;
};

}  // namespace liqu::services
