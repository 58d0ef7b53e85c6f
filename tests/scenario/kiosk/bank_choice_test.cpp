// 服务银行: where the rules say so, the applicant of a first card chooses the bank, and the card is
// that bank's or is not made.
// Rules: A-04.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/custody/ledger.hpp"
#include "firmware/session/bank_pages.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/support/shown_words.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;
using screen::ActionKind;

constexpr const char* otherBank = "B02";

// Two lanes of two banks, as the region's `bankChoice` wants it.
KioskSettings choosing(std::vector<std::string> faults = {}) {
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.region.services.at("first-card").terms["bankChoice"] = 1;
    settings.outside.secondBank = otherBank;
    return settings;
}

// And a machine that has blanks of one bank alone.
KioskSettings choosingAtOneLane() {
    KioskSettings settings = choosing();
    settings.outside.secondBank.clear();
    return settings;
}

// The banks of a page, those that are here first; "|" between.
std::string banksOn(const screen::Screen& screen) {
    const auto* page = personPage(screen.content, "choose-bank");
    REQUIRE(page != nullptr);
    std::string text;
    for (const screen::PagePart& part : page->parts) {
        const auto* choices = std::get_if<screen::Choices>(&part);
        if (choices == nullptr) continue;
        if (!text.empty()) text += " |";
        for (const screen::Choice& one : choices->choices)
            text += (text.empty() ? "" : " ") + session::bankOfChoice(one.id);
    }
    return text;
}

std::vector<screen::Screen> bankPages(SimulatedKiosk& kiosk) {
    return screensNamed(kiosk.citizen(), "choose-bank");
}

bool says(const screen::Screen& screen, const std::string& key) {
    const auto words = test::shownWords(screen);
    return std::ranges::any_of(words, [&](const auto& one) { return one.phrase.key == key; });
}

std::int64_t unused(SimulatedKiosk& kiosk, int lane) {
    return custody::balanceOf(kiosk.database(), custody::Place::hopper(lane)).value();
}

std::int64_t lastReason(SimulatedKiosk& kiosk) {
    return kiosk.database().number("SELECT reason FROM visit_ends ORDER BY rowid DESC").value();
}

int sent(SimulatedKiosk& kiosk, const char* message) {
    return kiosk.outside().province().messages[message];
}

// Whose card bodies the people have.
Names banksOfHolders(SimulatedKiosk& kiosk) {
    Names banks;
    for (const world::PlasticCard& card : kiosk.outside().printer->places().holder)
        banks.push_back(card.bank);
    return banks;
}

void checkNothingBegan(SimulatedKiosk& kiosk) {
    CHECK(sent(kiosk, "APPLY.CREATE") == 0);
    CHECK(ordersOf(kiosk) == "-");
    CHECK(unused(kiosk, 1) == loadedBlanks);
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("the bank that was chosen is the application's, the lane's and the card's") {
    for (const std::string bank : {bankCode, otherBank}) {
        CAPTURE(bank);
        SimulatedKiosk kiosk(choosing());
        kiosk.citizen().bank = bank;
        kiosk.serve();
        kiosk.settle();
        REQUIRE(bankPages(kiosk).size() == 1);
        CHECK(banksOn(bankPages(kiosk).front()) == "B01 B02");
        CHECK_FALSE(says(bankPages(kiosk).front(), "choose-bank.elsewhere"));
        CHECK(cardsInBooks(kiosk) == "holder 1");
        CHECK(banksOfHolders(kiosk) == Names{bank});
        CHECK(unused(kiosk, bank == otherBank ? 2 : 1) == loadedBlanks - 1);
        CHECK(kiosk.outside().province().applications.begin()->second.bankCode == bank);
        CHECK(kiosk.database().query("SELECT bank_code FROM orders").value().at(0).text(0) == bank);
        // Each clause names it.
        const std::string name = kiosk.stock().region.bankName(bank);
        for (const screen::Screen& screen : screensNamed(kiosk.citizen(), "consent")) {
            const auto words = test::shownWords(screen);
            CHECK(std::ranges::any_of(words, [&](const auto& one) {
                return std::ranges::find(one.phrase.values,
                                         std::pair<std::string, std::string>("bank", name)) !=
                       one.phrase.values.end();
            }));
        }
        CHECK(disagreements(kiosk) == Names{});
        CHECK(kiosk.truth().lies() == Names{});
    }
}

TEST_CASE("where the region does not say so nobody is asked, and a replacement keeps its bank") {
    KioskSettings silent = choosing();
    silent.region.services.at("first-card").terms["bankChoice"] = 0;
    SimulatedKiosk first(std::move(silent));
    first.serve();
    first.settle();
    CHECK(bankPages(first).empty());
    CHECK(banksOfHolders(first) == Names{bankCode});

    SimulatedKiosk other(choosing());
    for (auto& [number, card] : other.outside().province().cards) {
        if (card.socialNumber == lostCardHolder().number) card.bankCode = otherBank;
    }
    other.serve(lostCardHolder(), "replacement");
    other.settle();
    CHECK(bankPages(other).empty());
    CHECK(banksOfHolders(other) == Names{otherBank});
    CHECK(disagreements(other) == Names{});
}

TEST_CASE("of a bank that is not here the machine says where to ask, and makes no other card") {
    SimulatedKiosk kiosk(choosingAtOneLane());
    kiosk.citizen().bank = otherBank;
    kiosk.serve();
    kiosk.settle();
    REQUIRE(bankPages(kiosk).size() == 1);
    CHECK(banksOn(bankPages(kiosk).front()) == "B01 | B02");
    CHECK(says(bankPages(kiosk).front(), "choose-bank.elsewhere"));
    const auto told = screensNamed(kiosk.citizen(), "bank-elsewhere");
    REQUIRE(told.size() == 1);
    CHECK(says(told.front(), "bank-elsewhere.where"));
    CHECK(says(told.front(), "guide.first-card.papers"));
    CHECK(lastReason(kiosk) == numberOf(ErrorCode::noBlanksForBank));
    checkNothingBegan(kiosk);
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("who read where to ask may choose another one, by the button or by the way back") {
    for (const ActionKind way : {ActionKind::confirm, ActionKind::back}) {
        CAPTURE(std::string(nameOf(way)));
        SimulatedKiosk kiosk(choosingAtOneLane());
        auto& citizen = kiosk.citizen();
        citizen.bank = otherBank;
        citizen.touchesFirst["bank-elsewhere"] = {way};
        citizen.onTouch = [&](ActionKind touched) {
            if (touched == way && sawScreen(citizen, "bank-elsewhere")) citizen.bank = bankCode;
        };
        kiosk.serve();
        kiosk.settle();
        CHECK(bankPages(kiosk).size() == 2);
        CHECK(banksOfHolders(kiosk) == Names{bankCode});
        CHECK(disagreements(kiosk) == Names{});
    }
}

TEST_CASE("back is the service, the way home and the clock end it: nothing is applied for") {
    SimulatedKiosk kiosk(choosing());
    auto& citizen = kiosk.citizen();
    citizen.touchesFirst["choose-bank"] = {ActionKind::back};
    citizen.onTouch = [&citizen](ActionKind touched) {
        if (touched != ActionKind::back) return;
        citizen.touchesFirst.clear();
        citizen.touchesFirst["choose-service"] = {ActionKind::home};
    };
    kiosk.serve();
    CHECK(bankPages(kiosk).size() == 1);
    checkNothingBegan(kiosk);
    for (const char* fault : {"holder.cancels@choose-bank", "holder.walks-away@choose-bank"}) {
        CAPTURE(std::string(fault));
        SimulatedKiosk left(choosing({fault}));
        left.serve();
        left.settle();
        CHECK(bankPages(left).size() >= 1);
        checkNothingBegan(left);
        CHECK(left.truth().lies() == Names{});
    }
}

TEST_CASE("back from the first clause is the bank, which may be another one then") {
    SimulatedKiosk kiosk(choosing());
    auto& citizen = kiosk.citizen();
    citizen.bank = otherBank;
    citizen.touchesFirst["consent"] = {ActionKind::back};
    citizen.onTouch = [&citizen](ActionKind touched) {
        if (touched != ActionKind::back) return;
        citizen.touchesFirst.clear();
        citizen.bank = bankCode;
    };
    kiosk.serve();
    kiosk.settle();
    CHECK(bankPages(kiosk).size() == 2);
    CHECK(banksOfHolders(kiosk) == Names{bankCode});
    CHECK(kiosk.outside().province().applications.begin()->second.bankCode == bankCode);
    CHECK(unused(kiosk, 2) == loadedBlanks);
    CHECK(disagreements(kiosk) == Names{});
}

// Somebody takes the blanks of the second lane out, and books it.
void emptySecondLane(SimulatedKiosk& kiosk) {
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    for (const world::BlankCard& blank : kiosk.outside().secondBlanks) {
        REQUIRE(custody::moveCard(transaction, blank.cardNumber, custody::Place::hopper(2),
                                  custody::Place::vault(), {"taken out", "", {}}));
    }
    REQUIRE(transaction.commit());
    kiosk.outside().printer->unload(2);
    kiosk.outside().inVault += loadedBlanks;
}

TEST_CASE("a lane that runs empty while its person reads: no other bank stands in for it") {
    SimulatedKiosk kiosk(choosing());
    auto& citizen = kiosk.citizen();
    citizen.bank = otherBank;
    bool emptied = false;
    citizen.onScreen = [&](std::string_view name) {
        if (name != "choose-bank" || emptied) return;
        emptied = true;
        emptySecondLane(kiosk);
    };
    kiosk.serve();
    kiosk.settle();
    // They insist: the bank is guidance by now.
    const auto pages = bankPages(kiosk);
    REQUIRE(pages.size() == 2);
    CHECK(banksOn(pages.at(0)) == "B01 B02");
    CHECK(banksOn(pages.at(1)) == "B01 | B02");
    CHECK(says(pages.at(1), "choose-bank.gone"));
    CHECK(sawScreen(citizen, "bank-elsewhere"));
    checkNothingBegan(kiosk);
    // The page says so: only the one before had both.
    CHECK(kiosk.truth().lies() == Names{});
}

TEST_CASE("what was chosen stays so: over a restart, and when it is led on") {
    int cut = 0;
    for (int seconds = 20; seconds < 90; seconds += 7) {
        CAPTURE(seconds);
        SimulatedKiosk kiosk(choosing());
        kiosk.citizen().bank = otherBank;
        kiosk.cutPowerAt(kiosk.outside().clock.now() + std::chrono::seconds(seconds));
        if (!kiosk.serveUntilPowerCut(world::documents::resident())) continue;
        ++cut;
        kiosk.restart();
        kiosk.settle();
        // Whatever they would choose today.
        kiosk.citizen().bank = bankCode;
        const bool begun = ordersOf(kiosk) != "-";
        const std::size_t asked = bankPages(kiosk).size();
        kiosk.serve();
        kiosk.settle();
        CHECK(disagreements(kiosk) == Names{});
        if (!begun) continue;
        CHECK(bankPages(kiosk).size() == asked);
        for (const std::string& bank : banksOfHolders(kiosk)) CHECK(bank == otherBank);
        CHECK(kiosk.database()
                  .number("SELECT count(*) FROM orders WHERE bank_code <> 'B02'")
                  .value() == 0);
        CHECK(unused(kiosk, 1) == loadedBlanks);
    }
    CHECK(cut > 4);
}

TEST_CASE("a failed making is led on with the bank it was begun with, and nobody is asked again") {
    SimulatedKiosk kiosk(choosing({"province.refuses@PERSO.GET"}));
    kiosk.citizen().bank = otherBank;
    kiosk.serve();
    kiosk.settle();
    kiosk.outside().faults.mend("province");
    kiosk.outside().front->mendLine();
    REQUIRE(bankPages(kiosk).size() == 1);
    // Its untouched blank waits at the chip station: the next person has no other bank today.
    kiosk.citizen().seen.clear();
    kiosk.citizen().bank.clear();
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    REQUIRE(bankPages(kiosk).size() == 1);
    CHECK(banksOn(bankPages(kiosk).front()) == "B02 | B01");
    CHECK(banksOfHolders(kiosk) == Names{otherBank});
    kiosk.citizen().seen.clear();
    kiosk.citizen().bank = bankCode;
    kiosk.serve();
    kiosk.settle();
    CHECK(bankPages(kiosk).empty());
    CHECK(banksOfHolders(kiosk) == Names{otherBank, otherBank});
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("a card of the other bank is refused, and where it were made it would be found") {
    // The second lane was filled with the first bank's card bodies.
    KioskSettings mixedUp = choosing();
    mixedUp.outside.secondIsMixedUp = true;
    SimulatedKiosk kiosk(mixedUp);
    kiosk.citizen().bank = otherBank;
    kiosk.serve();
    kiosk.settle();
    CHECK(banksOfHolders(kiosk).empty());
    CHECK(cardsInBooks(kiosk).find("reject-bin") != std::string::npos);
    CHECK(disagreements(kiosk) == Names{});
    // A machine that does not look at the number of the bank's side.
    mixedUp.region.bankCardPrefixes[otherBank] = mixedUp.region.bankCardPrefixes.at(bankCode);
    SimulatedKiosk blind(mixedUp);
    blind.citizen().bank = otherBank;
    blind.serve();
    blind.settle();
    REQUIRE(banksOfHolders(blind) == Names{bankCode});
    const Names found = disagreements(blind);
    REQUIRE(found.size() == 1);
    CHECK(found.front().ends_with("is a card of B01, applied for with B02"));
}

TEST_CASE("banks stand by their codes, and where there are too many, on pages of their own") {
    policy::RegionPolicy region;
    for (int bank = 20; bank > 0; --bank)
        region.bankNames["B" + std::to_string(100 + bank)] = "某银行";
    const auto offer = session::offerOf(region, {"B107", "B103"});
    CHECK(offer.here == Names{"B103", "B107"});
    REQUIRE(offer.elsewhere.size() == 18);
    CHECK(std::ranges::is_sorted(offer.elsewhere));
    Names listed;
    bool more = true;
    for (std::size_t number = 0; more && number < 9; ++number) {
        const auto page = session::chooseBankPage(offer, number, region, session::BankAsked::first);
        const auto& choices = std::get<screen::Choices>(page.parts.back()).choices;
        CHECK(choices.size() <= 6);
        for (const screen::Choice& one : choices) {
            if (one.id != session::moreBanks) listed.push_back(session::bankOfChoice(one.id));
        }
        more = choices.back().id == session::moreBanks;
    }
    CHECK_FALSE(more);
    CHECK(listed == offer.elsewhere);
}

}  // namespace
}  // namespace liqu::scenario
