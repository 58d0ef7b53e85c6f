// A service of the rules as data: one file each, and a row of catalogue.cpp.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "firmware/issuance/plan.hpp"
#include "firmware/province/province.hpp"
#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::services {

// Where and when something is told.
struct Occasion {
    const policy::RegionPolicy& region;
    const screen::Contacts& contacts;
    WallTime at;
};

// Who asks, and whom is asked.
struct Question {
    province::Province& province;
    const province::Business& business;
    const PersonalText& socialNumber;
    Occasion occasion;
};

struct Service {
    // "first-card": the one name of it, in the region's policy, orders, words and screen maps.
    std::string_view id;
    // 业务类型 of the application that is made for it; none where none is.
    std::optional<province::ApplicationKind> application{};
    // The rows it is carried out by; null: it makes no order.
    const issuance::Plan* plan = nullptr;
    // 查询: asked of the province and told, and nothing of it is kept; null: it is no question.
    Result<screen::PersonPage> (*ask)(const Question&) = nullptr;
    // All pages there are of the answer, with made-up values: for words, pictures and geometry.
    std::vector<screen::PersonPage> (*pages)(const Occasion&) = nullptr;
    // Beside its name where one is chosen.
    screen::Picture picture = screen::Picture::none;
};

}  // namespace liqu::services
