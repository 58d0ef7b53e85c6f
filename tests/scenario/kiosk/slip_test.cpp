// 凭条: printed at the end of what it tells, numbered in the same commit, and never a condition for
// anything that is true.
// Rules: D-08, L-02.
#include <doctest/doctest.h>

#include "firmware/issuance/slip_book.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
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

}  // namespace liqu::scenario
