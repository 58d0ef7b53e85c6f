// 一次性告知: whoever is refused is told everything that is known to stand in the way, what to
// bring and where to go, on one page and on paper.
// Rules: G-05, G-06.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/slip_book.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

KioskSettings withPaper() {
    KioskSettings settings = shippedSettings();
    settings.slipPrinter = "snbc-t080";
    return settings;
}

// Has a card of another city, by the province's word.
world::Document holderElsewhere() {
    world::Document document = lostCardHolder();
    document.name = "样例异地";
    document.number = "440000197906050113";
    return document;
}

world::Person& personAt(SimulatedKiosk& kiosk, const world::Document& document) {
    return kiosk.outside().province().persons.at(document.number);
}

// The keys of everything the page of the refusal says.
Names saidOf(SimulatedKiosk& kiosk) {
    Names keys;
    const auto pages = screensNamed(kiosk.citizen(), "problem");
    REQUIRE_FALSE(pages.empty());
    const screen::PersonPage& page = *personPage(pages.front().content, "problem");
    for (const auto* parts : {&page.parts, &page.beside}) {
        for (const screen::PagePart& part : *parts) {
            if (const auto* words = std::get_if<screen::Paragraph>(&part))
                keys.push_back(words->text.key);
            if (const auto* notice = std::get_if<screen::Notice>(&part))
                keys.push_back(notice->text.key);
            if (const auto* list = std::get_if<screen::NumberedList>(&part)) {
                for (const screen::Phrase& item : list->items) keys.push_back(item.key);
            }
        }
    }
    return keys;
}

bool says(const Names& keys, const std::string& key) {
    return std::ranges::find(keys, key) != keys.end();
}

// What happened; what is to be done about the first one.
void checkReason(const Names& keys, ErrorCode code) {
    const std::string error = "error." + std::to_string(numberOf(code));
    CAPTURE(error);
    CHECK(says(keys, error + ".what"));
    const auto first = std::ranges::find_if(
        keys, [](const std::string& key) { return key.starts_with("error."); });
    REQUIRE(first != keys.end());
    if (*first == error + ".what") CHECK(says(keys, error + ".next"));
}

std::int64_t countOf(SimulatedKiosk& kiosk, const std::string& what) {
    return kiosk.database().number("SELECT count(*) FROM " + what).value();
}

TEST_CASE(
    "an ID card that has expired, of somebody too young: both are told, and nobody is asked") {
    SimulatedKiosk kiosk;
    world::Document document = world::documents::resident();
    const Date today = chinaDate(kiosk.clock().wallTime());
    document.birth = formatDate(today - std::chrono::years(12));
    document.validTo = "20240531";
    kiosk.serve(document);
    const Names keys = saidOf(kiosk);
    checkReason(keys, ErrorCode::documentExpired);
    checkReason(keys, ErrorCode::holderTooYoung);
    CHECK(kiosk.outside().province().messages["PERSON.QUERY"] == 0);
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("no photo and a card of another city: both, and nothing asked twice") {
    SimulatedKiosk kiosk;
    personAt(kiosk, holderElsewhere()).photo = false;
    kiosk.serve(holderElsewhere());
    const Names keys = saidOf(kiosk);
    checkReason(keys, ErrorCode::photoMissing);
    checkReason(keys, ErrorCode::cardElsewhereInProvince);
    auto& messages = kiosk.outside().province().messages;
    CHECK(messages["PERSON.QUERY"] == 1);
    CHECK(messages["ELIG.CHECK"] == 1);
    CHECK(messages["PHOTO.GET"] == 0);
    CHECK(messages["APPLY.CREATE"] == 0);
    CHECK(ordersOf(kiosk) == "-");
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("what is known is told also where the province does not answer the next question") {
    SimulatedKiosk kiosk(shippedSettings({"province.line-cut@ELIG.CHECK"}));
    personAt(kiosk, world::documents::resident()).photo = false;
    kiosk.serve();
    checkReason(saidOf(kiosk), ErrorCode::photoMissing);
    CHECK(problemsTold(kiosk.citizen()).front().reason == ErrorCode::photoMissing);
}

TEST_CASE("one reason stands alone, as before") {
    SimulatedKiosk kiosk;
    kiosk.serve(holderElsewhere());
    const Names keys = saidOf(kiosk);
    checkReason(keys, ErrorCode::cardElsewhereInProvince);
    const auto errors = std::ranges::count_if(
        keys, [](const std::string& key) { return key.starts_with("error."); });
    CHECK(errors == 2);
}

TEST_CASE("the same is given on paper, numbered, and nothing of it is an order") {
    SimulatedKiosk kiosk(withPaper());
    personAt(kiosk, holderElsewhere()).photo = false;
    kiosk.serve(holderElsewhere());
    CHECK(countOf(kiosk, "slips WHERE form = 'refusal' AND order_id = '' AND state = 'printed'") ==
          1);
    CHECK(kiosk.paper().slips.size() == 1);
    CHECK(says(saidOf(kiosk), "slip.printed"));
    CHECK(countOf(kiosk, "orders") == 0);
    SeededRandom random = randomOfMachineKey();
    const security::SealKey key = machineKey();
    const security::Sealer sealer(security::SealProfile::aes256Gcm, key, random);
    const issuance::SlipBook book(sealer, "T-000017", std::chrono::days{30});
    const auto found = book.find(kiosk.database(), "T-000017-20240601-S0001");
    REQUIRE(found);
    REQUIRE(*found);
    const auto& fields = (*found)->fields;
    const std::string reasons = fields.at(ports::SlipField::reasons).chinese.reveal();
    CHECK(reasons.find("1. 社保系统里没有您的相片") != std::string::npos);
    CHECK(reasons.find("2. 您在省内其他市已经有社保卡") != std::string::npos);
    CHECK(reasons.find("补相片") != std::string::npos);
    CHECK(reasons.find("“一人一卡”清理") != std::string::npos);
    // Places have their names, and nothing stands in brackets for want of words.
    for (const auto& [field, text] : fields) {
        CAPTURE(nameOf(field));
        CHECK(text.chinese.reveal().find_first_of("{}[]") == std::string::npos);
        CHECK(text.english.reveal().find_first_of("{}[]") == std::string::npos);
    }
    for (const auto field : {ports::SlipField::service, ports::SlipField::papers,
                             ports::SlipField::promise, ports::SlipField::how})
        CHECK(fields.contains(field));
    CHECK_FALSE(fields.contains(ports::SlipField::name));
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("without paper the refusal is told all the same, with the number to have it printed") {
    SimulatedKiosk kiosk(withPaper());
    kiosk.paper().rowsLeft = 0;
    kiosk.serve(holderElsewhere());
    const Names keys = saidOf(kiosk);
    checkReason(keys, ErrorCode::cardElsewhereInProvince);
    CHECK(says(keys, "slip.number"));
    CHECK(countOf(kiosk, "slips WHERE state = 'notPrinted'") == 1);
}

TEST_CASE("who leaves, declines or meets a broken machine is given no slip of missing papers") {
    SimulatedKiosk kiosk(withPaper());
    SUBCASE("leaves") {
        kiosk.citizen().touchesFirst["consent"] = {screen::ActionKind::decline};
    }
    SUBCASE("a broken machine") {
        REQUIRE(kiosk.outside().faults.arm("printer.hopper-empty"));
    }
    kiosk.serve();
    CHECK(countOf(kiosk, "slips WHERE form = 'refusal'") == 0);
}

}  // namespace
}  // namespace liqu::scenario
