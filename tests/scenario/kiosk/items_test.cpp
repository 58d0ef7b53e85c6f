// 数据项 that no document tells: asked by touch, shown, and sent as they were said.
// Rules: A-11.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using screen::ActionKind;

KioskSettings asking() {
    KioskSettings settings = shippedSettings();
    settings.region.items = {.phone = true, .mailingAddress = true, .occupations = {"1", "5", "8"}};
    return settings;
}

const world::Application& application(SimulatedKiosk& kiosk) {
    return kiosk.outside().province().applications.begin()->second;
}

std::size_t timesSeen(SimulatedKiosk& kiosk, const char* name) {
    return static_cast<std::size_t>(std::ranges::count(kiosk.citizen().names, name));
}

TEST_CASE("phone, occupation and address are said, and sent with the application") {
    SimulatedKiosk kiosk(asking());
    kiosk.serve();
    kiosk.settle();
    for (const char* page : {"item-phone", "item-occupation", "item-address", "item-review"}) {
        CAPTURE(std::string(page));
        CHECK(timesSeen(kiosk, page) == 1);
    }
    CHECK(application(kiosk).phone == "19900001234");
    CHECK(application(kiosk).occupation == "5");
    CHECK(application(kiosk).mailingAddress == world::documents::resident().address);
    CHECK(cardsInBooks(kiosk) == "holder 1");
    // What was said is shown to its person before it is sent, and to nobody's screen map.
    const auto review = screensNamed(kiosk.citizen(), "item-review").at(0);
    const auto& page = std::get<screen::PersonPage>(review.content);
    CHECK(std::get<screen::Facts>(page.parts.at(0)).facts.at(0).value.reveal() == "19900001234");
}

TEST_CASE("nothing is asked where the region asks for nothing") {
    SimulatedKiosk quiet;
    quiet.serve();
    CHECK(timesSeen(quiet, "item-phone") == 0);
    CHECK(application(quiet).phone.empty());
}

TEST_CASE("a mistyped number is asked for again, and never sent") {
    SimulatedKiosk kiosk(asking());
    auto& citizen = kiosk.citizen();
    citizen.phone = "12345678901";
    citizen.onTouch = [&citizen](ActionKind touched) {
        if (touched == ActionKind::submit) citizen.phone = "13912345678";
    };
    kiosk.serve();
    kiosk.settle();
    const auto pages = screensNamed(citizen, "item-phone");
    REQUIRE(pages.size() == 2);
    const auto& again = std::get<screen::PersonPage>(pages.at(1).content);
    CHECK(std::get<screen::Notice>(again.beside.at(0)).text.key == "items.phone-wrong");
    CHECK(application(kiosk).phone == "13912345678");
}

TEST_CASE("what is not right is said anew from the beginning; back is the page before") {
    SimulatedKiosk kiosk(asking());
    auto& citizen = kiosk.citizen();
    citizen.touchesFirst["item-review"] = {ActionKind::decline};
    citizen.onTouch = [&citizen](ActionKind touched) {
        if (touched != ActionKind::decline) return;
        citizen.touchesFirst.clear();
        citizen.occupation = "8";
        citizen.touchesFirst["item-address"] = {ActionKind::back};
        citizen.onTouch = [&citizen](ActionKind next) {
            if (next == ActionKind::back) citizen.touchesFirst.clear();
        };
    };
    kiosk.serve();
    kiosk.settle();
    CHECK(timesSeen(kiosk, "item-phone") == 2);
    CHECK(timesSeen(kiosk, "item-occupation") == 3);
    CHECK(application(kiosk).occupation == "8");
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("another address is the counter's: nothing is applied for") {
    KioskSettings settings = asking();
    SimulatedKiosk kiosk(settings);
    auto& citizen = kiosk.citizen();
    citizen.chooses = "other-address";
    citizen.touchesFirst["item-address"] = {ActionKind::choose};
    citizen.touchesFirst["item-other-address"] = {ActionKind::finish};
    kiosk.serve();
    CHECK(kiosk.outside().province().applications.empty());
    CHECK(kiosk.database().number("SELECT max(reason) FROM visit_ends").value() ==
          numberOf(ErrorCode::itemMissing));
}

TEST_CASE("back from the first clause is what was said, not the first question") {
    SimulatedKiosk kiosk(asking());
    auto& citizen = kiosk.citizen();
    citizen.touchesFirst["consent"] = {ActionKind::back};
    citizen.onTouch = [&citizen](ActionKind touched) {
        if (touched == ActionKind::back) citizen.touchesFirst.clear();
    };
    kiosk.serve();
    CHECK(timesSeen(kiosk, "item-review") == 2);
    CHECK(timesSeen(kiosk, "item-phone") == 1);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

}  // namespace
}  // namespace liqu::scenario
