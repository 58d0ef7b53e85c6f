// 凭条: printed at the end of what it tells, numbered in the same commit, and never a condition for
// anything that is true.
// Rules: D-08, L-02, M-15.
#include <doctest/doctest.h>

#include "firmware/issuance/slip_book.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/fee_service.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using namespace std::chrono_literals;

constexpr const char* loss = "loss-temporary";

KioskSettings withPaper(std::vector<std::string> faults = {},
                        const std::string& printer = "snbc-t080") {
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.slipPrinter = printer;
    return settings;
}

struct BookedSlip {
    std::string form;
    std::string state;
};
std::vector<BookedSlip> slipsIn(SimulatedKiosk& kiosk) {
    std::vector<BookedSlip> slips;
    const auto rows = kiosk.database().query("SELECT form, state FROM slips ORDER BY slip").value();
    for (const storage::Row& row : rows) slips.push_back({row.text(0), row.text(1)});
    return slips;
}

void checkSlip(SimulatedKiosk& kiosk, const std::string& form, const std::string& state) {
    const auto slips = slipsIn(kiosk);
    REQUIRE(slips.size() == 1);
    CHECK(slips[0].form == form);
    CHECK(slips[0].state == state);
}

// What a page said of the slip, and the number it said.
struct SaidOfSlip {
    std::string key;
    std::string number;
};
SaidOfSlip saidOn(SimulatedKiosk& kiosk, std::string_view page) {
    SaidOfSlip said;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const screen::PersonPage* shown = personPage(screen.content, page);
        if (shown == nullptr) continue;
        std::vector<screen::Phrase> words;
        for (const screen::PagePart& part : shown->parts) {
            if (const auto* notice = std::get_if<screen::Notice>(&part))
                words.push_back(notice->text);
            if (const auto* list = std::get_if<screen::NumberedList>(&part))
                words.insert(words.end(), list->items.begin(), list->items.end());
        }
        for (const screen::Phrase& phrase : words) {
            if (phrase.key.starts_with("slip.")) said = {phrase.key, phrase.values.at(0).second};
        }
    }
    return said;
}

std::string stateOfOrder(SimulatedKiosk& kiosk) {
    const auto rows =
        kiosk.database().query("SELECT state FROM orders ORDER BY order_id DESC LIMIT 1").value();
    return rows.empty() ? "" : rows[0].text(0);
}

}  // namespace

TEST_CASE("whoever takes a card gets a slip with its number, and nothing is sent as text") {
    SimulatedKiosk kiosk(withPaper());
    kiosk.serve();
    CHECK(stateOfOrder(kiosk) == "handedOver");
    CHECK(kiosk.paper().slips.size() == 1);
    CHECK(kiosk.paper().text.empty());
    checkSlip(kiosk, "collection", "printed");
    const SaidOfSlip said = saidOn(kiosk, "next-steps");
    CHECK(said.key == "slip.printed");
    CHECK(said.number == "T-000017-20240601-S0001");
    CHECK(kiosk.truth().lies() == Names{});
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("without paper a card is made and given all the same, and the number stands there") {
    SimulatedKiosk kiosk(withPaper());
    kiosk.paper().rowsLeft = 0;
    kiosk.serve();
    CHECK(stateOfOrder(kiosk) == "handedOver");
    CHECK(kiosk.paper().slips.empty());
    checkSlip(kiosk, "collection", "notPrinted");
    const SaidOfSlip said = saidOn(kiosk, "next-steps");
    CHECK(said.key == "slip.number");
    CHECK(said.number == "T-000017-20240601-S0001");
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("a slip that broke off is never called printed") {
    for (const int rows : {1, 200, 500}) {
        CAPTURE(rows);
        SimulatedKiosk kiosk(withPaper());
        kiosk.paper().rowsLeft = rows;
        kiosk.serve();
        CHECK(stateOfOrder(kiosk) == "handedOver");
        checkSlip(kiosk, "collection", "unsure");
        CHECK(saidOn(kiosk, "next-steps").key == "slip.unsure");
        CHECK(kiosk.truth().lies() == Names{});
    }
}

TEST_CASE("a machine without a slip printer gives no numbers and says nothing of paper") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    CHECK(stateOfOrder(kiosk) == "handedOver");
    CHECK(slipsIn(kiosk).empty());
    CHECK(saidOn(kiosk, "next-steps").key.empty());
}

TEST_CASE("a loss is given on paper, with its name and number masked") {
    SimulatedKiosk kiosk(withPaper());
    kiosk.serve(cardHolder(), loss);
    CHECK(stateOfOrder(kiosk) == "carriedOut");
    checkSlip(kiosk, loss, "printed");
    CHECK(saidOn(kiosk, "loss-done").key == "slip.printed");
    CHECK(kiosk.paper().slips.size() == 1);
    CHECK(kiosk.truth().lies() == Names{});

    SeededRandom random = randomOfMachineKey();
    const security::SealKey key = machineKey();
    const security::Sealer sealer(security::SealProfile::aes256Gcm, key, random);
    const issuance::SlipBook book(sealer, "T-000017", std::chrono::days{30});
    const auto found = book.find(kiosk.database(), "T-000017-20240601-S0001");
    REQUIRE(found);
    REQUIRE(*found);
    const auto& fields = (*found)->fields;
    const std::string number = fields.at(ports::SlipField::socialNumber).chinese.reveal();
    CHECK(number.size() == 18);
    CHECK(number.substr(6, 8) == "********");
    CHECK(fields.at(ports::SlipField::name).chinese.reveal().find('*') != std::string::npos);
    CHECK(fields.at(ports::SlipField::cardTail).chinese.reveal().size() == 3);
    CHECK(fields.at(ports::SlipField::since).chinese.reveal().starts_with("2024-06-01 "));
}

TEST_CASE("where the rules ask for paper, nothing is begun that could not be given on it") {
    KioskSettings settings = withPaper();
    settings.region.services.at(loss).receiptRequired = true;
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.paper().rowsLeft = 0;
    kiosk.serve(cardHolder(), loss);
    CHECK(kiosk.outside().province().messages["LOSS.TEMP"] == 0);
    CHECK(slipsIn(kiosk).empty());
    const auto pages = screensNamed(kiosk.citizen(), "loss-failed");
    REQUIRE_FALSE(pages.empty());
    CHECK(personPage(pages.back().content, "loss-failed")->reason == ErrorCode::receiptPaperOut);
    CHECK(kiosk.truth().lies() == Names{});

    kiosk.paper().rowsLeft = 100'000;
    kiosk.serve(cardHolder(), loss);
    CHECK(kiosk.outside().province().messages["LOSS.TEMP"] == 1);
    checkSlip(kiosk, loss, "printed");
}

TEST_CASE("a card that must come with paper is not applied for without it") {
    KioskSettings settings = withPaper();
    settings.region.services.at("first-card").receiptRequired = true;
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.paper().coverOpen = true;
    kiosk.serve();
    CHECK(kiosk.outside().province().messages["APPLY.CREATE"] == 0);
    const auto problems = problemsTold(kiosk.citizen());
    REQUIRE_FALSE(problems.empty());
    CHECK(problems.back().reason == ErrorCode::receiptCoverOpen);
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("whose card is kept gets the code on paper") {
    SimulatedKiosk kiosk(withPaper({"printer.card-not-taken"}));
    kiosk.serve();
    CHECK(stateOfOrder(kiosk) == "held");
    checkSlip(kiosk, "pickup", "printed");
    CHECK(saidOn(kiosk, "problem").key == "slip.printed");
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("a slip that is left in the mouth is asked to be taken, then goes back inside") {
    SimulatedKiosk kiosk(withPaper({}, "pyramid"));
    kiosk.paper().fixedBits = false;
    kiosk.serve();
    CHECK(stateOfOrder(kiosk) == "handedOver");
    CHECK_FALSE(screensNamed(kiosk.citizen(), "slip-waits").empty());
    CHECK(kiosk.paper().retracted == 1);
    checkSlip(kiosk, "collection", "retracted");
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("a slip that is taken is noted as taken") {
    SimulatedKiosk kiosk(withPaper({}, "pyramid"));
    kiosk.paper().fixedBits = false;
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "next-steps") kiosk.paper().takenAt = kiosk.clock().now();
    };
    kiosk.serve();
    checkSlip(kiosk, "collection", "taken");
    CHECK(kiosk.paper().retracted == 0);
    CHECK(kiosk.truth().lies() == Names{});
}

namespace {

std::string formsIn(SimulatedKiosk& kiosk) {
    std::string forms;
    for (const BookedSlip& slip : slipsIn(kiosk))
        forms += (forms.empty() ? "" : ", ") + slip.form + " " + slip.state;
    return forms.empty() ? "-" : forms;
}

// As the seal of the machine lets it be read.
ports::SlipFields fieldsOf(SimulatedKiosk& kiosk, const std::string& number) {
    SeededRandom random = randomOfMachineKey();
    const security::SealKey key = machineKey();
    const security::Sealer sealer(security::SealProfile::aes256Gcm, key, random);
    const issuance::SlipBook book(sealer, "T-000017", std::chrono::days{30});
    const auto found = book.find(kiosk.database(), number);
    REQUIRE(found);
    REQUIRE(*found);
    return (*found)->fields;
}

void allow(KioskSettings& settings, const char* service, policy::ServiceMode mode,
           decltype(policy::ServiceRule::terms) terms) {
    policy::ServiceRule& rule = settings.region.services[service];
    rule.mode = mode;
    rule.basis = "Guangdong Art.18";
    rule.terms = std::move(terms);
}

}  // namespace

TEST_CASE("whose card could not be made gets the receipt of the application") {
    SimulatedKiosk kiosk(withPaper({"chip.6581@name"}));
    kiosk.serve();
    CHECK(formsIn(kiosk) == "acceptance printed");
    CHECK(saidOn(kiosk, "problem").key == "slip.printed");
    CHECK(fieldsOf(kiosk, "T-000017-20240601-S0001")
              .at(ports::SlipField::application)
              .chinese.reveal() == kiosk.outside().province().applications.begin()->first);
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("a fee that was paid has a slip of its own, before that of the card") {
    FeeService service;
    KioskSettings settings = withPaper();
    settings.region.fee = {.channel = policy::FeeChannel::qr,
                           .collector = {"样例财政", "the treasury"}};
    settings.payments = &service;
    SimulatedKiosk kiosk(std::move(settings));
    service.clock = &kiosk.outside().clock;
    service.onPaid = [&kiosk](const FeeService::Order&) {
        kiosk.truth().breaks(&truth::Truth::feeArrived);
    };
    kiosk.outside().province().feesAtTerminals = true;
    kiosk.serve(feeOwer(), "replacement");
    CHECK(formsIn(kiosk) == "fee printed, collection printed");
    CHECK(kiosk.paper().slips.size() == 2);
    const auto fields = fieldsOf(kiosk, "T-000017-20240601-S0001");
    CHECK(fields.at(ports::SlipField::amount).chinese.reveal() == "20.00 元");
    CHECK(fields.at(ports::SlipField::amount).english.reveal() == "20.00 yuan");
    CHECK(fields.at(ports::SlipField::application).chinese.reveal() ==
          kiosk.outside().province().applications.begin()->first);
    CHECK(fields.at(ports::SlipField::name).chinese.reveal().find('*') != std::string::npos);
    CHECK(saidOn(kiosk, "next-steps").number == "T-000017-20240601-S0002");
    CHECK(kiosk.truth().lies() == Names{});
    CHECK(disagreements(kiosk) == Names{});

    // Somebody who paid and got no card has both on paper.
    FeeService other;
    settings = withPaper({"printer.jam@print"});
    settings.region.fee = {.channel = policy::FeeChannel::qr,
                           .collector = {"样例财政", "the treasury"}};
    settings.payments = &other;
    SimulatedKiosk jammed(std::move(settings));
    other.clock = &jammed.outside().clock;
    other.onPaid = [&jammed](const FeeService::Order&) {
        jammed.truth().breaks(&truth::Truth::feeArrived);
    };
    jammed.outside().province().feesAtTerminals = true;
    jammed.serve(feeOwer(), "replacement");
    CHECK(formsIn(jammed) == "fee printed, outcome printed");
    CHECK(saidOn(jammed, "problem").number == "T-000017-20240601-S0002");
    CHECK(jammed.truth().lies() == Names{});
}

namespace {

// Two slips: of the fee and of the card.
struct PaidCard {
    FeeService service;
    SimulatedKiosk kiosk;

    explicit PaidCard(const std::string& printer) : kiosk(settings(service, printer)) {
        kiosk.paper().fixedBits = printer != "pyramid";
        service.clock = &kiosk.outside().clock;
        service.onPaid = [this](const FeeService::Order&) {
            kiosk.truth().breaks(&truth::Truth::feeArrived);
        };
        kiosk.outside().province().feesAtTerminals = true;
    }
    static KioskSettings settings(FeeService& service, const std::string& printer) {
        KioskSettings settings = withPaper({}, printer);
        settings.region.fee = {.channel = policy::FeeChannel::qr,
                               .collector = {"样例财政", "the treasury"}};
        settings.payments = &service;
        return settings;
    }
    // On the page that asks for it, and gone before the next is printed.
    void takesSlips() {
        kiosk.citizen().onScreen = [this](std::string_view name) {
            kiosk.paper().takenAt.reset();
            if (name == "slip-waits") kiosk.paper().takenAt = kiosk.clock().now();
        };
    }
    void serve() {
        kiosk.serve(feeOwer(), "replacement");
        CHECK(stateOfOrder(kiosk) == "handedOver");
        CHECK(kiosk.truth().lies() == Names{});
    }
};

}  // namespace

TEST_CASE("of two slips the second comes when the first is out of the mouth") {
    PaidCard visit("pyramid");
    SUBCASE("taken") {
        visit.takesSlips();
        visit.serve();
        CHECK(formsIn(visit.kiosk) == "fee taken, collection taken");
        CHECK(visit.kiosk.paper().retracted == 0);
    }
    SUBCASE("left there") {
        visit.serve();
        CHECK(formsIn(visit.kiosk) == "fee retracted, collection retracted");
        CHECK(visit.kiosk.paper().retracted == 2);
    }
    CHECK(visit.kiosk.paper().slips.size() == 2);
    CHECK(saidOn(visit.kiosk, "next-steps").key == "slip.printed");
}

TEST_CASE("paper that ends between two slips costs the second, and its number stands there") {
    PaidCard visit("pyramid");
    visit.kiosk.citizen().onScreen = [&visit](std::string_view name) {
        if (name == "slip-waits") visit.kiosk.paper().rowsLeft = 0;
    };
    visit.serve();
    // Without paper it takes nothing back either: nobody says where the first one is.
    CHECK(formsIn(visit.kiosk) == "fee printed, collection notPrinted");
    CHECK(saidOn(visit.kiosk, "next-steps").key == "slip.number");
    CHECK(saidOn(visit.kiosk, "next-steps").number == "T-000017-20240601-S0002");

    // The roll ends with the last row of the first, and one row behind it.
    PaidCard whole("snbc-t080");
    whole.serve();
    const auto rows = static_cast<int>(whole.kiosk.paper().slips.at(0).size());
    for (const int more : {0, 1}) {
        CAPTURE(more);
        PaidCard ends("snbc-t080");
        ends.kiosk.paper().rowsLeft = rows + more;
        ends.serve();
        CHECK(formsIn(ends.kiosk) ==
              (more == 0 ? "fee unsure, collection notPrinted" : "fee printed, collection unsure"));
    }
}

TEST_CASE("what the next start ends has a slip of its own, which nobody else gets") {
    SimulatedKiosk kiosk(withPaper({"printer.jam@print"}));
    kiosk.serve();
    CHECK(formsIn(kiosk) == "outcome printed");
    kiosk.outside().printer->takeOutJammed();
    kiosk.restart();
    kiosk.settle();
    CHECK(formsIn(kiosk) == "outcome printed, acceptance due");
    kiosk.serve(cardHolder(), loss);
    CHECK(formsIn(kiosk) == "outcome printed, acceptance due, loss-temporary printed");
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("a change without a form of its own is on paper with its name") {
    KioskSettings settings = withPaper();
    settings.takesPins = true;
    allow(settings, "pin-change", policy::ServiceMode::self, {{"offline", 0}, {"idRequired", 1}});
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.outside().ownCard = kiosk.outside().cardOf(cardHolder(), "K00000049", "3.00", "360271");
    kiosk.citizen().pins = {"360271", "582047", "582047"};
    kiosk.serve(cardHolder(), "pin-change");
    CHECK(formsIn(kiosk) == "done printed");
    CHECK(saidOn(kiosk, "pin-done").key == "slip.printed");
    const auto fields = fieldsOf(kiosk, "T-000017-20240601-S0001");
    CHECK(fields.at(ports::SlipField::cardTail).chinese.reveal() == "049");
    // What the PIN is nobody prints.
    for (const auto& [field, words] : fields) {
        CAPTURE(nameOf(field));
        CHECK(words.chinese.reveal().find("582047") == std::string::npos);
    }
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("changed data are on paper as done, and no value of them") {
    KioskSettings settings = withPaper();
    allow(settings, "data-change", policy::ServiceMode::self,
          {{"phone", 1}, {"occupation", 1}, {"mailingAddress", 1}});
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.serve(cardHolder(), "data-change");
    CHECK(formsIn(kiosk) == "done printed");
    for (const auto& [field, words] : fieldsOf(kiosk, "T-000017-20240601-S0001")) {
        CAPTURE(nameOf(field));
        CHECK(words.chinese.reveal().find(kiosk.citizen().phone) == std::string::npos);
    }
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("who enables a card is told on paper that the bank's account is the bank's to activate") {
    KioskSettings settings = withPaper();
    settings.takesPins = true;
    allow(settings, "enable", policy::ServiceMode::attended,
          {{"firstPin", 1}, {"temporaryCardBlocks", 0}});
    SimulatedKiosk kiosk(std::move(settings));
    addAttendant(kiosk, staff::Role::attendant, Pin::own);
    kiosk.citizen().attendant = attendantTypes();
    kiosk.outside().ownCard = kiosk.outside().cardOf(cardHolder(), "K00000049", "3.00", "123456");
    kiosk.citizen().pins = {"123456", "582047", "582047"};
    world::Card& card = kiosk.outside().province().cards.at("K00000049");
    card.state = "NOT_ENABLED";
    card.everEnabled = false;
    kiosk.serve(cardHolder(), "enable");
    kiosk.settle();
    CHECK(card.state == "NORMAL");
    CHECK(formsIn(kiosk) == "done printed, enable printed");
    CHECK(saidOn(kiosk, "enable-done").number == "T-000017-20240601-S0002");
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("where the region has an application form, an attended business is signed for on it") {
    for (const auto mode : {policy::ServiceMode::attended, policy::ServiceMode::self}) {
        const bool isAttended = mode == policy::ServiceMode::attended;
        CAPTURE(isAttended);
        KioskSettings settings = withPaper();
        settings.slipForms = "guangdong";
        settings.region.services.at(loss).mode = mode;
        SimulatedKiosk kiosk(std::move(settings));
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.serve(cardHolder(), loss);
        CHECK(formsIn(kiosk) == (isAttended ? "loss-temporary printed, application printed"
                                            : "loss-temporary printed"));
        // What the page says is the number of the receipt.
        CHECK(saidOn(kiosk, "loss-done").number == "T-000017-20240601-S0001");
        if (!isAttended) continue;
        const auto fields = fieldsOf(kiosk, "T-000017-20240601-S0002");
        CHECK(fields.at(ports::SlipField::reference).chinese.reveal() ==
              fieldsOf(kiosk, "T-000017-20240601-S0001")
                  .at(ports::SlipField::reference)
                  .chinese.reveal());
        CHECK(kiosk.truth().lies() == Names{});
    }
}

TEST_CASE("the papers of two orders of one visit come one after the other") {
    KioskSettings settings = withPaper({}, "pyramid");
    settings.takesPins = true;
    settings.slipForms = "guangdong";
    allow(settings, "enable", policy::ServiceMode::attended,
          {{"firstPin", 1}, {"temporaryCardBlocks", 0}});
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.paper().fixedBits = false;
    addAttendant(kiosk, staff::Role::attendant, Pin::own);
    kiosk.citizen().attendant = attendantTypes();
    kiosk.outside().ownCard = kiosk.outside().cardOf(cardHolder(), "K00000049", "3.00", "123456");
    kiosk.citizen().pins = {"123456", "582047", "582047"};
    world::Card& card = kiosk.outside().province().cards.at("K00000049");
    card.state = "NOT_ENABLED";
    card.everEnabled = false;
    kiosk.serve(cardHolder(), "enable");
    kiosk.settle();
    CHECK(card.state == "NORMAL");
    const auto slips = slipsIn(kiosk);
    CHECK(slips.size() == 4);
    for (const BookedSlip& slip : slips) CHECK_MESSAGE(slip.state == "retracted", slip.form);
    CHECK(kiosk.paper().retracted == 4);
    CHECK(kiosk.truth().lies() == Names{});
}

}  // namespace liqu::scenario
