// 信息变更: what no document tells is said by touch, shown, confirmed by an attendant and sent,
// at once or not at all.
// Rules: Q-03.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/services/catalogue.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using screen::ActionKind;
using Names = std::vector<std::string>;

constexpr const char* newPhone = "13912345678";

// Changji's rules as they are shipped; the machine is of the world's one city.
KioskSettings changji(Names faults) {
    KioskSettings settings = shippedSettings(std::move(faults));
    const std::string city = settings.region.regionCode;
    settings.region =
        policy::loadRegionPolicy(LIQU_SOURCE_DIR "/kiosk-config/regions/xinjiang-changji.toml",
                                 {.termsOf = services::termsOf, .site = policy::SiteKind::bank})
            .value();
    settings.region.regionCode = city;
    settings.site = policy::SiteKind::bank;
    return settings;
}

struct Desk {
    explicit Desk(Names faults = {}) : kiosk(changji(std::move(faults))) {
        addAttendant(kiosk, staff::Role::attendant, Pin::own);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.citizen().phone = newPhone;
    }
    void serve() {
        kiosk.serve(cardHolder(), "data-change");
        kiosk.settle();
    }
    // On that page so, the first time; from then on as usual.
    void once(const char* page, ActionKind touch) {
        auto& citizen = kiosk.citizen();
        citizen.touchesFirst[page] = {touch};
        citizen.onTouch = [&citizen, touch](ActionKind touched) {
            if (touched == touch) citizen.touchesFirst.clear();
        };
    }
    const world::Person& person() {
        return kiosk.outside().province().persons.at(cardHolder().number);
    }
    int sent() { return kiosk.outside().province().messages["DATA.CHANGE"]; }
    bool saw(const char* page) { return sawScreen(kiosk.citizen(), page); }
    std::string order() {
        const auto rows = kiosk.database()
                              .query("SELECT state FROM orders WHERE service = 'data-change'")
                              .value();
        return rows.empty() ? "-" : rows.back().text(0);
    }
    std::string journal() {
        std::string all;
        const auto rows = kiosk.database().query("SELECT step, phase, detail FROM journal").value();
        for (const storage::Row& row : rows)
            all += row.text(0) + " " + row.text(1) + " " + row.text(2) + "; ";
        return all;
    }
    // In how many values of all tables.
    std::int64_t inBooks(const std::string& text) {
        std::int64_t found = 0;
        const auto columns = kiosk.database()
                                 .query(
                                     "SELECT t.name, c.name FROM sqlite_master t JOIN "
                                     "pragma_table_info(t.name) c WHERE t.type = 'table'")
                                 .value();
        for (const storage::Row& one : columns)
            found += kiosk.database()
                         .number("SELECT count(*) FROM \"" + one.text(0) + "\" WHERE CAST(\"" +
                                 one.text(1) + "\" AS TEXT) LIKE '%" + text + "%'")
                         .value();
        return found;
    }
    std::int64_t why() {
        return kiosk.database().number("SELECT max(reason) FROM visit_ends").value();
    }
    SimulatedKiosk kiosk;
};

TEST_CASE("each item alone: said, shown, confirmed by an attendant, changed, and told") {
    struct Row {
        const char* item;
        const char* page;
        std::string (*now)(const world::Person&);
        std::string is;
    };
    const Row rows[] = {
        {"phone", "item-phone", [](const world::Person& one) { return one.phone; }, newPhone},
        {"occupation", "item-occupation", [](const world::Person& one) { return one.occupation; },
         "5"},
        {"mailing-address", "item-address",
         [](const world::Person& one) { return one.mailingAddress; }, cardHolder().address}};
    for (const Row& row : rows) {
        CAPTURE(std::string(row.item));
        Desk desk;
        desk.kiosk.citizen().changesItem = row.item;
        desk.serve();
        CHECK(desk.saw(row.page));
        CHECK(desk.saw("data-agree"));
        CHECK(desk.saw("attendant"));
        CHECK(desk.saw("data-done"));
        CHECK(row.now(desk.person()) == row.is);
        CHECK(desk.sent() == 1);
        CHECK(desk.order() == "carriedOut");
        CHECK(outboxOf(desk.kiosk) == "-");
        CHECK(disagreements(desk.kiosk) == Names{});
        CHECK(standing(desk.kiosk) == "welcome");
        // One item of three, and no other.
        CHECK(desk.person().phone.empty() == (row.is != newPhone));
        CHECK(desk.person().occupation.empty() == (row.is != "5"));
    }
}

TEST_CASE("two items are one change") {
    Desk desk;
    auto& citizen = desk.kiosk.citizen();
    citizen.chooses = "more";
    citizen.touchesFirst["data-agree"] = {ActionKind::choose};
    // Only the choice on the page of all items is meant.
    citizen.onTouch = [&citizen](ActionKind touched) {
        if (touched != ActionKind::choose || !sawScreen(citizen, "data-agree")) return;
        citizen.touchesFirst.clear();
        citizen.changesItem = "occupation";
    };
    desk.serve();
    CHECK(desk.person().phone == newPhone);
    CHECK(desk.person().occupation == "5");
    CHECK(desk.sent() == 1);
}

TEST_CASE("what stands on a document is the counter's, and so is another address") {
    Desk desk;
    desk.kiosk.citizen().changesItem = "on-document";
    auto& citizen = desk.kiosk.citizen();
    citizen.onScreen = [&citizen](std::string_view name) {
        if (name != "data-on-document") return;
        citizen.changesItem = "mailing-address";
        citizen.chooses = "other-address";
        citizen.touchesFirst["item-address"] = {ActionKind::choose};
        citizen.touchesFirst["item-other-address"] = {ActionKind::finish};
        citizen.onScreen = [&citizen](std::string_view next) {
            if (next == "item-other-address")
                citizen.touchesFirst["data-choose"] = {ActionKind::home};
        };
    };
    desk.serve();
    CHECK(desk.saw("data-on-document"));
    CHECK(desk.saw("item-other-address"));
    CHECK(desk.sent() == 0);
    CHECK(desk.order() == "-");
}

TEST_CASE("nothing is sent for who says no, goes back, leaves or is not confirmed") {
    SUBCASE("no") {
        Desk desk;
        desk.kiosk.citizen().touchesFirst["data-agree"] = {ActionKind::decline};
        desk.serve();
        CHECK(desk.sent() == 0);
        CHECK(desk.why() == numberOf(ErrorCode::consentDeclined));
    }
    SUBCASE("back is the page before, with what was said") {
        Desk desk;
        desk.once("data-agree", ActionKind::back);
        desk.serve();
        CHECK(std::ranges::count(desk.kiosk.citizen().names, "data-choose") == 2);
        CHECK(desk.person().phone == newPhone);
        CHECK(desk.sent() == 1);
    }
    SUBCASE("back from the first page is the choice of services") {
        Desk desk;
        desk.once("data-choose", ActionKind::back);
        desk.serve();
        CHECK(std::ranges::count(desk.kiosk.citizen().names, "data-choose") == 2);
        CHECK(desk.sent() == 1);
    }
    SUBCASE("they walk away") {
        Desk desk({"holder.walks-away@data-agree"});
        desk.serve();
        CHECK(desk.sent() == 0);
        CHECK(desk.order() == "-");
    }
    SUBCASE("no attendant") {
        Desk desk;
        bool vouched = false;
        desk.kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != "attendant") return;
            if (vouched) desk.kiosk.citizen().attendant = {ActionKind::decline};
            vouched = true;
        };
        desk.serve();
        CHECK(desk.sent() == 0);
        CHECK(desk.why() == numberOf(ErrorCode::actNotConfirmed));
    }
}

TEST_CASE("a mistyped number is asked for again, and never sent") {
    Desk desk;
    desk.kiosk.citizen().phone = "12345678901";
    desk.kiosk.citizen().onTouch = [&desk](ActionKind touched) {
        if (touched == ActionKind::submit) desk.kiosk.citizen().phone = newPhone;
    };
    desk.serve();
    CHECK(desk.person().phone == newPhone);
    CHECK(desk.sent() == 1);
}

TEST_CASE(
    "each answer in its own words, none is never a no, and somebody else's is used for "
    "nothing") {
    struct Row {
        const char* fault;
        const char* told;
        const char* order;
        bool changed;
    };
    for (const Row& row :
         {Row{"province.refuses@DATA.CHANGE", "data-failed", "resumable", false},
          Row{"province.unreachable@DATA.CHANGE", "data-failed", "resumable", false},
          Row{"province.answer-lost@DATA.CHANGE", "data-done", "carriedOut", true},
          Row{"province.wrong-signature@DATA.CHANGE", "data-unconfirmed", "carriedOut", true},
          Row{"province.lies@DATA.CHANGE/socialNumber", "data-unconfirmed", "carriedOut", true},
          Row{"province.lies@DATA.CHANGE/phoneChanged", "data-unconfirmed", "carriedOut", true}}) {
        CAPTURE(std::string(row.fault));
        Desk desk({row.fault});
        desk.serve();
        CHECK(desk.saw(row.told));
        CHECK(desk.saw("data-failed") == (row.told == std::string("data-failed")));
        desk.kiosk.outside().faults.mend("province");
        desk.kiosk.settle();
        CHECK(desk.order() == row.order);
        CHECK((desk.person().phone == newPhone) == row.changed);
    }
}

TEST_CASE("while their card is being made nothing is changed, and they hear when to come") {
    Desk desk;
    world::Application application;
    application.number = "A-ELSEWHERE-1";
    application.bizId = "OTHER-20240601-000001";
    application.terminalId = "OTHER";
    application.socialNumber = cardHolder().number;
    application.kind = "DAMAGED";
    application.bankCode = "B01";
    application.state = "MARKED";
    desk.kiosk.outside().province().applications[application.number] = application;
    desk.serve();
    const auto shown = screensNamed(desk.kiosk.citizen(), "data-failed");
    REQUIRE(!shown.empty());
    const auto* page = personPage(shown.back().content, "data-failed");
    CHECK(std::get<screen::Paragraph>(page->parts.front()).text.key == "data-failed.in-making");
    CHECK(desk.person().phone.empty());
    CHECK(desk.order() == "resumable");
}

TEST_CASE("what is new is in no log, no journal and no file of the books") {
    Desk desk;
    desk.serve();
    std::string everything = desk.journal();
    CHECK(everything.find("changeData fact effective=") != std::string::npos);
    for (const std::string& line : desk.kiosk.logLines()) everything += line;
    CHECK(everything.find(newPhone) == std::string::npos);
    CHECK(desk.inBooks(newPhone) == 0);
    CHECK(desk.inBooks("data-change") > 0);
}

TEST_CASE("a power cut right after the change was sent: the province is asked, nobody again") {
    Desk desk({"province.slow@DATA.CHANGE"});
    bool armed = false;
    desk.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "waiting" || armed || !desk.saw("data-agree")) return;
        armed = true;
        desk.kiosk.cutPowerAt(desk.kiosk.outside().clock.now() + std::chrono::seconds{1});
    };
    REQUIRE(desk.kiosk.serveUntilPowerCut(cardHolder(), "data-change"));
    desk.kiosk.restart();
    desk.kiosk.settle();
    const bool done = desk.person().phone == newPhone;
    CHECK(desk.order() == (done ? "carriedOut" : "resumable"));
    CHECK(desk.sent() <= 1);
}

TEST_CASE("where the rules only tell of it it is not offered") {
    for (const char* region : {"guangdong", "shaanxi-shangluo"}) {
        const auto rules = policy::loadRegionPolicy(
            LIQU_SOURCE_DIR "/kiosk-config/regions/" + std::string(region) + ".toml",
            {.termsOf = services::termsOf, .site = policy::SiteKind::bank});
        REQUIRE(rules);
        CHECK(rules->rule("data-change").mode == policy::ServiceMode::guide);
    }
    KioskSettings settings = changji({});
    settings.region.services.at("data-change").mode = policy::ServiceMode::guide;
    SimulatedKiosk kiosk(std::move(settings));
    addAttendant(kiosk, staff::Role::attendant, Pin::own);
    kiosk.citizen().attendant = attendantTypes();
    for (const char* page : {"choose-service", "choose-group"})
        kiosk.citizen().touchesFirst[page] = {ActionKind::home};
    kiosk.serve(cardHolder(), "");
    CHECK((sawScreen(kiosk.citizen(), "choose-service") ||
           sawScreen(kiosk.citizen(), "choose-group")));
    CHECK_FALSE(sawScreen(kiosk.citizen(), "data-choose"));
    CHECK(kiosk.outside().province().messages["DATA.CHANGE"] == 0);
}

}  // namespace
}  // namespace liqu::scenario
