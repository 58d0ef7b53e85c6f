// A service of the rules as data: one file each, and a row of catalogue.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/issuance/plan.hpp"
#include "firmware/issuance/runner.hpp"
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
    // 服务银行: whose outlet this is; empty at one of nobody's bank.
    std::vector<std::string> banksHere;
    Occasion occasion;
};

// What a change can be done to here: the person's own cards it fits; or, where it fits none, the
// page that says why.
struct Subjects {
    std::vector<province::HolderCard> cards;
    screen::PersonPage whyNone{};
    // What helps there, offered where it is offered here; empty: nothing.
    std::string_view leadsTo{};
};

// What became of a change, and what it was done to.
struct ChangeEnd {
    const issuance::Ending& ending;
    const province::HolderCard& subject;
    Occasion occasion;
};

// 变更: the province does it at once, to a card the person has; no card of the machine is in it.
struct Change {
    Result<Subjects> (*subjects)(const Question&);
    // What it means, and the person's yes; more than one page where one touch is too little.
    std::vector<screen::PersonPage> (*agree)(const province::HolderCard&, const Occasion&);
    screen::PersonPage (*told)(const ChangeEnd&);
    // Nothing was sent: the question before found no answer.
    screen::PersonPage (*notBegun)(const Error&, const Occasion&);
    // 书面形式: with a form on paper, whose number the attendant types.
    bool isWritten = false;
    // Offered at once when it was carried out, where it is offered here; empty: nothing is.
    std::string_view leadsTo{};
};

// 换卡: the person's old card is shown first, and taken in when the new one is enabled.
struct Exchange {
    // 回收原因
    province::RecoverReason reason;
    // One that was never enabled is exchanged, too.
    bool takesNotEnabled = false;
    // Only one whose validity is over.
    bool takesExpiredOnly = false;
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
    // Null: it is none. With it goes a plan without a card.
    const Change* change = nullptr;
    // 换卡: with its application; null: nothing is exchanged.
    const Exchange* exchange = nullptr;
    // Beyond what every visit says; a province that does not know one of them cannot carry it out.
    std::span<const province::MessageType> says{};
    // Its own keys under [service.<id>] of a region.
    policy::Terms terms{};
    // All pages there are of the answer, with made-up values: for words, pictures and geometry.
    std::vector<screen::PersonPage> (*pages)(const Occasion&) = nullptr;
    // Beside its name where one is chosen.
    screen::Picture picture = screen::Picture::none;
    // 社保密码: with the citizen's own card in the slot, and a PIN that is entered. It has a plan.
    bool isOfPin = false;
    // Of what the person has applied for and not got yet. It has a plan.
    bool isOfApplication = false;
    // Of what the register has of the person. It has a plan.
    bool isOfPerson = false;

    bool makesCard() const { return application.has_value(); }
};

}  // namespace liqu::services
