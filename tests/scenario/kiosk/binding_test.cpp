// The card of the person in front, and no other (decisions 33, 34): a province that lies in one
// field at a time, and people whose data the card cannot take.
// Rules: A-14, A-15, A-17, A-20, N-01, N-03, N-04.
#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "firmware/issuance/person_history.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/world/chip/card_memory.hpp"
#include "tests/world/province/lies.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

// The answer of the contract's example.
nlohmann::json exampleAnswerOf(const std::string& messageType) {
    static const nlohmann::json document = [] {
        std::ifstream file(LIQU_SOURCE_DIR "/firmware/province/openapi.json");
        return nlohmann::json::parse(file);
    }();
    return document.at("paths")
        .at("/v1/" + messageType)
        .at(nlohmann::json::json_pointer(
            "/post/responses/200/content/application~1json/example/body"));
}

std::string reasonTold(SimulatedKiosk& kiosk) {
    const auto problems = problemsTold(kiosk.citizen());
    return problems.empty() ? "" : std::string(nameOf(problems.back().reason));
}

bool logSays(SimulatedKiosk& kiosk, std::string_view beginning) {
    return std::ranges::any_of(
        kiosk.logLines(), [&](const std::string& line) { return line.starts_with(beginning); });
}

Bytes socialNumberOn(SimulatedKiosk& kiosk, std::size_t blank) {
    return kiosk.outside()
        .chipOf(kiosk.outside().blanks.at(blank).cardNumber)
        .memory()
        .item(world::card_tag::socialNumber);
}

// What a visit must come to in which one field of one answer is another's.
void checkLie(const std::string& place) {
    CAPTURE(place);
    SimulatedKiosk kiosk(shippedSettings({"province.lies@" + place}));
    kiosk.serve();
    kiosk.settle();
    CHECK(kiosk.outside().faults.allFired());
    CHECK(kiosk.outside().printer->places().holder.empty());
    CHECK(reasonTold(kiosk) != "");
    // Nothing was written on any blank.
    CHECK(socialNumberOn(kiosk, 0) == Bytes(18, 0));
    CHECK(disagreements(kiosk) == Names{});
    // A portrait that is only later another's is found with the permit, as that answer's own are.
    const bool afterPermit = place.starts_with("PERSO.GET") || place == "PHOTO.GET/portraitJpeg";
    if (afterPermit) {
        CHECK(cardsInBooks(kiosk) == "reject-bin 1");
        CHECK(outboxOf(kiosk) == "delivered 1");
        CHECK(applicationsAtProvince(kiosk) == "MARKED");
        CHECK(ordersOf(kiosk) == "failed");
        CHECK(logSays(kiosk, "error: ALARM"));
        CHECK(issuance::foreignAnswersOfLate(kiosk.database()).value() == 1);
    } else if (place == "BLANK.RESERVE/version") {
        CHECK(cardsInBooks(kiosk) == "reject-bin 2");  // then the streak stops the feeding
    } else {
        const std::string cards = cardsInBooks(kiosk);
        CHECK((cards == "-" || cards == "chip-station 1"));
        CHECK(outboxOf(kiosk) == "-");
    }
}

TEST_CASE("every field that is about the person, the card or the time is compared") {
    int places = 0;
    for (const char* type : {"PERSON.QUERY", "PHOTO.GET", "ELIG.CHECK", "APPLY.CREATE",
                             "ISSUE.MARK", "BLANK.RESERVE", "PERSO.GET"}) {
        for (const std::string& place : world::placesOfLies(type, exampleAnswerOf(type))) {
            checkLie(place);
            ++places;
        }
    }
    // A field that is added to the contract is added here or named as free (lies.cpp).
    CHECK(places == 40);
}

TEST_CASE(
    "a withdrawal that speaks of another application, or withdrew nothing, is believed by nobody") {
    for (const char* field : {"applicationNo", "state"}) {
        CAPTURE(field);
        SimulatedKiosk kiosk(shippedSettings({std::string("province.lies@ISSUE.UNMARK/") + field}));
        world::Application& marked = kiosk.outside().province().applications["A-20240531-000007"];
        marked.number = "A-20240531-000007";
        marked.bizId = "T-000099-20240531-000007";
        marked.terminalId = "T-000099";
        marked.socialNumber = world::documents::resident().number;
        marked.kind = "NEW";
        marked.bankCode = bankCode;
        marked.state = "MARKED";
        marked.createdTime = "2024-05-31T10:00:00.000+08:00";
        kiosk.serve();
        kiosk.settle();
        CHECK(kiosk.outside().faults.allFired());
        CHECK(reasonTold(kiosk) ==
              (std::string(field) == "state" ? "provinceNeedsStaff" : "answerForOtherCard"));
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(outboxOf(kiosk) == "-");
    }
}

TEST_CASE("a person whose data spoiled a blank is not tried again that day, others are") {
    SimulatedKiosk kiosk(shippedSettings({"province.other-face"}));
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "reject-bin 1");
    kiosk.citizen().seen.clear();
    kiosk.serve();
    kiosk.settle();
    CHECK(reasonTold(kiosk) == "answerForOtherPerson");
    CHECK(cardsInBooks(kiosk) == "reject-bin 1");

    kiosk.outside().faults.mend("province");
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1, reject-bin 1");

    kiosk.outside().clock.sleepFor(std::chrono::hours(24));
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 2, reject-bin 1");
    CHECK(disagreements(kiosk) == Names{});
}

world::Document documentOf(const std::string& name) {
    world::Document document = world::documents::resident();
    document.name = name;
    return document;
}

world::Person& zhangSan(SimulatedKiosk& kiosk) {
    return kiosk.outside().province().persons.at("110000198503120015");
}

TEST_CASE("wire name and print name are two: the chip has the one, the face the other") {
    SimulatedKiosk kiosk;
    // A character of private use on the ID card, as the police write what no standard has.
    world::Person& person = zhangSan(kiosk);
    person.name = "张[CHUI]";
    SUBCASE("the province has a form to print") {
        person.printName = "张䶮";
        kiosk.serve(documentOf("张\U000F0001"));
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == "holder 1");
        const auto chip = kiosk.outside().chipOf(kiosk.outside().blanks.at(0).cardNumber).memory();
        CHECK(toHex(chip.item(world::card_tag::name)).starts_with("D5C55B434855495D00"));
        CHECK(disagreements(kiosk) == Names{});
    }
    SUBCASE("it has none: pinyin is never printed") {
        kiosk.serve(documentOf("张\U000F0001"));
        kiosk.settle();
        CHECK(reasonTold(kiosk) == "nameNotPrintable");
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(applicationsAtProvince(kiosk) == "-");
    }
}

// A foreigner whose only name is this Latin one.
world::Document foreignerCalled(SimulatedKiosk& kiosk, const std::string& latin) {
    world::Person& person = kiosk.outside().province().persons.at("UTO110085031201");
    person.name = person.nameLatin = latin;
    world::Document document = world::documents::foreigner2017();
    document.name.clear();
    document.nameLatin = latin;
    return document;
}

TEST_CASE("what the person's data cannot give is found before a blank is fed") {
    SimulatedKiosk kiosk;
    world::Document document = world::documents::resident();
    const auto called = [&](const char* name) {
        zhangSan(kiosk).name = name;
        document = documentOf(name);
    };
    std::string wanted;
    SUBCASE("a character of GB 18030's level 3 that no font has") {
        called("张\U0002A6D6");
        wanted = "glyphMissing";
    }
    SUBCASE("a character the chip has no code for, which a font has") {
        called("张𬭸");
        wanted = "nameCharacterNotOnChip";
    }
    SUBCASE("too long for the chip, not for the face") {
        document = foreignerCalled(kiosk, "LILI ILIL LILI ILIL LILI ILIL LILI ILIL LILI ILIL LI");
        wanted = "nameDoesNotFitChip";
    }
    SUBCASE("no place to break it on the face") {
        document = foreignerCalled(kiosk, "MAXIMILIANACONSTANTIAMAXIMILIANACONSTANTIA");
        wanted = "faceTextDoesNotFit";
    }
    SUBCASE("no portrait is held") {
        zhangSan(kiosk).photo = false;
        wanted = "photoMissing";
    }
    kiosk.serve(document);
    kiosk.settle();
    CHECK(reasonTold(kiosk) == wanted);
    CHECK(cardsInBooks(kiosk) == "-");
    CHECK(applicationsAtProvince(kiosk) == "-");
    CHECK(ordersOf(kiosk) == "-");
}

TEST_CASE("a Latin name of 28 letters gets its card") {
    SimulatedKiosk kiosk;
    kiosk.serve(foreignerCalled(kiosk, "SPECIMEN, MAXIMILIANA WALTER"));
    kiosk.settle();
    CHECK(reasonTold(kiosk) == "");
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("under seven no portrait is needed, from seven on it is") {
    const auto told = [](const std::string& birth, bool photo) {
        KioskSettings settings = shippedSettings();
        settings.region.unattendedFromAge = 0;
        SimulatedKiosk kiosk(settings);
        world::Person& person = zhangSan(kiosk);
        person.birthDate = birth;
        person.photo = photo;
        world::Document document = world::documents::resident();
        document.birth = birth;
        kiosk.serve(document);
        return reasonTold(kiosk);
    };
    const Date today = chinaDate(SimulatedKiosk().outside().clock.wallTime());
    const std::string six = formatDate(today + std::chrono::years(-6));
    const std::string seven = formatDate(today + std::chrono::years(-7));
    CHECK(told(seven, false) == "photoMissing");
    // The simulated province gives a minor's card to staff; the portrait was no obstacle.
    CHECK(told(six, false) == "notEligible");
    CHECK(told(seven, true) == "notEligible");
}

}  // namespace
}  // namespace liqu::scenario
