// 临时挂失: done at once or not at all, and said as what it is: done, not done, or not known.
// Rules: G-04, G-17, G-21, L-01, L-02, L-03, Z-03.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/visit_book.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

constexpr const char* loss = "loss-temporary";
constexpr const char* theirCard = "K00000049";

std::optional<Names> lossTold(SimulatedKiosk& kiosk, std::string_view page) {
    return noticesTold(kiosk.citizen(), page);
}

bool saysBeside(SimulatedKiosk& kiosk, std::string_view page, std::string_view key) {
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const screen::PersonPage* shown = personPage(screen.content, page);
        if (shown == nullptr) continue;
        for (const screen::PagePart& part : shown->beside) {
            const auto* said = std::get_if<screen::Paragraph>(&part);
            if (said != nullptr && said->text.key == key) return true;
        }
    }
    return false;
}

bool says(const std::vector<screen::PagePart>& parts, std::string_view key) {
    return std::ranges::any_of(parts, [&](const screen::PagePart& part) {
        const auto* said = std::get_if<screen::Paragraph>(&part);
        return said != nullptr && said->text.key == key;
    });
}

Names itemsOn(SimulatedKiosk& kiosk, std::string_view page) {
    Names keys;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const screen::PersonPage* shown = personPage(screen.content, page);
        if (shown == nullptr) continue;
        keys.clear();
        for (const screen::Phrase& item : std::get<screen::NumberedList>(shown->parts[0]).items)
            keys.push_back(item.key);
    }
    return keys;
}

world::Card& cardOf(SimulatedKiosk& kiosk) {
    return kiosk.outside().province().cards.at(theirCard);
}
int reports(SimulatedKiosk& kiosk) {
    return kiosk.outside().province().messages["LOSS.TEMP"];
}

bool provinceHas(SimulatedKiosk& kiosk, const std::string& orderId) {
    const auto& carriedOut = kiosk.outside().province().carriedOut;
    return std::ranges::any_of(carriedOut, [&](const auto& entry) {
        return entry.second.messageType == "LOSS.TEMP" && entry.second.bizId == orderId;
    });
}

// What the books say of each order is what the province did for it.
void checkBooksTellTheTruth(SimulatedKiosk& kiosk) {
    const auto orders = kiosk.database().query("SELECT order_id, state FROM orders").value();
    for (const storage::Row& row : orders) {
        CAPTURE(row.text(1));
        const bool done = provinceHas(kiosk, row.text(0));
        CHECK(row.text(1) == (done ? "carriedOut" : "resumable"));
    }
    CHECK(disagreements(kiosk) == Names{});
}

KioskSettings apart(std::vector<std::string> faults = {}) {
    KioskSettings settings = shippedSettings(std::move(faults));
    policy::ServiceRule& rule = settings.region.services.at(loss);
    rule.terms["days"] = 7;
    rule.terms["linkedBank"] = 0;
    rule.terms["eCardGoesOn"] = 0;
    return settings;
}

TEST_CASE("a lost card is blocked at once, and the books know when and by whose word") {
    SimulatedKiosk kiosk;
    kiosk.serve(cardHolder(), loss);
    CHECK(cardOf(kiosk).state == "TEMP_LOST");
    CHECK(itemsOn(kiosk, "loss-agree") ==
          Names{"loss.stops-both", "loss.lasts-on", "loss.e-card", "loss.liable"});
    CHECK(lossTold(kiosk, "loss-done") == Names{"loss.both-blocked"});
    CHECK(ordersOf(kiosk) == "carriedOut");
    CHECK(outboxOf(kiosk) == "-");
    CHECK(cardsInBooks(kiosk) == "-");
    const auto words = kiosk.database()
                           .query("SELECT detail FROM journal WHERE phase = 'fact'")
                           .value()
                           .at(0)
                           .text(0);
    CHECK(words == "effective=" + cardOf(kiosk).lostSince + " bank=blocked");
    checkBooksTellTheTruth(kiosk);
    CHECK(standing(kiosk) == "welcome");
}

TEST_CASE("each report is a business of its own, never the day's of the queries") {
    SimulatedKiosk kiosk;
    kiosk.serve(cardHolder(), loss);
    cardOf(kiosk).state = "NORMAL";
    kiosk.serve(cardHolder(), loss);
    CHECK(cardOf(kiosk).state == "TEMP_LOST");
    CHECK(ordersOf(kiosk) == "carriedOut, carriedOut");
    for (const auto& [key, message] : kiosk.outside().province().carriedOut)
        CHECK(message.bizId.find("-000000") == std::string::npos);
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE(
    "where the bank is apart and the loss ends by itself, both are said, and the end is the "
    "province's") {
    SimulatedKiosk kiosk(apart());
    kiosk.outside().province().lossRule = {std::chrono::days{7}, false};
    kiosk.serve(cardHolder(), loss);
    CHECK(itemsOn(kiosk, "loss-agree") ==
          Names{"loss.stops-social", "loss.bank-apart-phone", "loss.lasts", "loss.liable-ended"});
    CHECK(lossTold(kiosk, "loss-done") == Names{"loss.bank-apart-phone"});
    CHECK(saysBeside(kiosk, "loss-done", "loss.since-until"));
    const std::string until = cardOf(kiosk).lostUntil;
    REQUIRE(!until.empty());

    kiosk.outside().clock.sleepFor(24h);
    kiosk.serve(cardHolder(), loss);
    CHECK(saysBeside(kiosk, "loss-already", "loss.until"));
    CHECK(lossTold(kiosk, "loss-already") == Names{"loss.bank-apart-phone"});
    CHECK(reports(kiosk) == 1);

    kiosk.outside().clock.sleepFor(24h * 7);
    kiosk.serve(cardHolder(), loss);
    CHECK(reports(kiosk) == 2);
    CHECK(cardOf(kiosk).lostUntil > until);
}

TEST_CASE("a bank that should be blocked with it and is not: the person is told to call it") {
    SimulatedKiosk kiosk(shippedSettings({"province.bank-not-blocked"}));
    kiosk.serve(cardHolder(), loss);
    CHECK(ordersOf(kiosk) == "carriedOut");
    CHECK(lossTold(kiosk, "loss-done") == Names{"loss.bank-apart-phone"});
}

TEST_CASE("a card that is not in force is not reported, and its state is told") {
    for (const auto& [state, key] :
         std::map<std::string, std::string>{{"FORMAL_LOST", "formal-lost"},
                                            {"REPLACING", "replacing"},
                                            {"CANCELLED", "cancelled"},
                                            {"UNKNOWN", "unknown"}}) {
        SimulatedKiosk kiosk;
        cardOf(kiosk).state = state;
        kiosk.serve(cardHolder(), loss);
        Names expected{"card-state." + key};
        if (state == "UNKNOWN") expected.push_back("loss.phone");
        CHECK(lossTold(kiosk, "loss-none") == expected);
        CHECK(reports(kiosk) == 0);
        CHECK(ordersOf(kiosk) == "-");
    }
    SimulatedKiosk kiosk;
    kiosk.serve(world::documents::resident(), loss);
    CHECK(lossTold(kiosk, "loss-none") == Names{"card-state.none"});
    cardOf(kiosk).state = "TEMP_LOST";
    kiosk.serve(cardHolder(), loss);
    CHECK(lossTold(kiosk, "loss-already") == Names{});
    CHECK(reports(kiosk) == 0);
}

// 社会保障卡丢失后 is said of any card: whether it works was never asked.
TEST_CASE("a card that was never enabled is reported, too, and is as before when it is found") {
    SimulatedKiosk kiosk;
    cardOf(kiosk).state = "NOT_ENABLED";
    kiosk.serve(cardHolder(), loss);
    CHECK(cardOf(kiosk).state == "TEMP_LOST");
    CHECK_FALSE(cardOf(kiosk).everEnabled);
    CHECK(lossTold(kiosk, "loss-done") == Names{"loss.both-blocked"});
    CHECK(ordersOf(kiosk) == "carriedOut");
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE("where the province takes no report, who does is said, and no card is asked for") {
    for (const bool phone : {true, false}) {
        CAPTURE(phone);
        KioskSettings settings = shippedSettings();
        settings.region.contacts.hotline = "12333";
        settings.region.contacts.lossPhone = phone ? "12333" : "";
        SimulatedKiosk kiosk(std::move(settings));
        cardOf(kiosk).state = "NOT_ENABLED";
        kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name == "loss-agree") cardOf(kiosk).state = "REPLACING";
        };
        kiosk.serve(cardHolder(), loss);
        CHECK(ordersOf(kiosk) == "resumable");
        const auto told = lossTold(kiosk, "loss-failed");
        REQUIRE(told);
        CHECK((std::ranges::find(*told, "loss.phone") != told->end()) == phone);
        for (const screen::Screen& screen : kiosk.citizen().seen) {
            const screen::PersonPage* page = personPage(screen.content, "loss-failed");
            if (page == nullptr) continue;
            CHECK(says(page->parts, "contact.hotline") == !phone);
            CHECK_FALSE(says(page->parts, "card-state.not-enabled-next"));
        }
    }
}

TEST_CASE("whoever is turned away before they can say what they came for is told whom to call") {
    world::Document expired = cardHolder();
    expired.validTo = "20240131";
    world::Document young = cardHolder();
    young.birth = "20150101";
    for (const world::Document& document : {expired, young}) {
        SimulatedKiosk kiosk;
        kiosk.serve(document, loss);
        REQUIRE_FALSE(problemsTold(kiosk.citizen()).empty());
        CHECK(saysBeside(kiosk, "problem", "contact.loss-phone"));
        CHECK(cardOf(kiosk).state == "NORMAL");
    }
}

TEST_CASE("of two cards the person says which") {
    SimulatedKiosk kiosk;
    world::Card second = cardOf(kiosk);
    second.number = "K00000065";
    second.bankCode = "B02";
    kiosk.outside().province().cards[second.number] = second;
    kiosk.citizen().chooses = "card-1";
    kiosk.serve(cardHolder(), loss);
    CHECK(cardOf(kiosk).state == "NORMAL");
    CHECK(kiosk.outside().province().cards.at("K00000065").state == "TEMP_LOST");
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE("no is no, back is the choice before, and neither says anything to the province") {
    for (const screen::ActionKind first :
         {screen::ActionKind::decline, screen::ActionKind::back, screen::ActionKind::home}) {
        SimulatedKiosk kiosk;
        kiosk.citizen().touchesFirst["loss-agree"] = {first};
        kiosk.citizen().onTouch = [&kiosk, first](screen::ActionKind touched) {
            if (touched == first) kiosk.citizen().touchesFirst.clear();
        };
        kiosk.serve(cardHolder(), loss);
        const bool back = first == screen::ActionKind::back;
        CHECK(reports(kiosk) == (back ? 1 : 0));
        CHECK(std::ranges::count(kiosk.citizen().names, "choose-service") == (back ? 2 : 1));
        CHECK(standing(kiosk) == "welcome");
    }
}

TEST_CASE("where no card can be made a lost one is reported all the same") {
    SimulatedKiosk kiosk(shippedSettings({"printer.ribbon-end@yellow"}));
    kiosk.serve();
    kiosk.settle();
    kiosk.citizen().usesQueries = true;
    kiosk.serve(cardHolder(), loss);
    CHECK(cardOf(kiosk).state == "TEMP_LOST");
    CHECK(lossTold(kiosk, "loss-done").has_value());
}

TEST_CASE("books that were never compared report nothing: the machine signs in first, or says no") {
    for (const bool refused : {true, false}) {
        CAPTURE(refused);
        SimulatedKiosk kiosk(shippedSettings({"printer.ribbon-end@yellow"}));
        kiosk.serve();
        kiosk.settle();
        if (refused) kiosk.outside().faults.arm(world::Fault::provinceRefuses, "TERM.SIGNIN");
        kiosk.restart();
        kiosk.citizen().usesQueries = true;
        kiosk.serve(cardHolder(), loss);
        CHECK(lossTold(kiosk, refused ? "loss-failed" : "loss-done").has_value());
        CHECK(reports(kiosk) == (refused ? 0 : 1));
        CHECK(cardOf(kiosk).state == (refused ? "NORMAL" : "TEMP_LOST"));
    }
}

TEST_CASE("an answer that is lost is asked for by its key, and it is done once") {
    SimulatedKiosk kiosk(shippedSettings({"province.answer-lost@LOSS.TEMP"}));
    kiosk.serve(cardHolder(), loss);
    CHECK(lossTold(kiosk, "loss-done").has_value());
    CHECK(ordersOf(kiosk) == "carriedOut");
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE("what was refused, and what never left, is said to be not done") {
    for (const auto& [fault, reason] : std::map<std::string, std::string>{
             {"province.refuses@LOSS.TEMP", "notEligible"},
             {"province.unreachable@LOSS.TEMP", "provinceUnreachable"},
             {"province.unreachable@CARD.QUERY", "provinceUnreachable"},
             {"province.other-person@CARD.QUERY", "answerForOtherPerson"}}) {
        CAPTURE(fault);
        SimulatedKiosk kiosk(shippedSettings({fault}));
        kiosk.serve(cardHolder(), loss);
        const auto notices = lossTold(kiosk, "loss-failed");
        REQUIRE(notices.has_value());
        // The ways that do not need this machine.
        CHECK(notices->front() == "loss.phone");
        const screen::PersonPage* shown = nullptr;
        for (const screen::Screen& screen : kiosk.citizen().seen) {
            const auto* page = personPage(screen.content, "loss-failed");
            if (page != nullptr) shown = page;
        }
        CHECK(std::string(nameOf(*shown->reason)) == reason);
        CHECK(cardOf(kiosk).state == "NORMAL");
        checkBooksTellTheTruth(kiosk);
    }
}

// The answer never comes, and nobody can say whether it was done.
struct InDoubt {
    SimulatedKiosk kiosk{
        shippedSettings({"province.answer-lost@LOSS.TEMP", "province.unreachable@PROGRESS.QUERY"})};

    InDoubt() {
        kiosk.citizen().onScreen = [this](std::string_view name) {
            if (name == "loss-unconfirmed") ++asked;
            if (name == "loss-unconfirmed" && mends) mend();
        };
    }
    void mend() {
        kiosk.outside().faults.mend("province");
        kiosk.outside().front->mendLine();
    }
    bool mends = false;
    int asked = 0;
};

TEST_CASE("an answer that never came is neither done nor failed, and holds up nobody") {
    InDoubt doubt;
    SimulatedKiosk& kiosk = doubt.kiosk;
    kiosk.serve(cardHolder(), loss);
    CHECK(lossTold(kiosk, "loss-unconfirmed") ==
          Names{"loss.do-not-rely", "loss.phone", "loss.bank-phone"});
    CHECK_FALSE(lossTold(kiosk, "loss-done").has_value());
    CHECK_FALSE(lossTold(kiosk, "loss-failed").has_value());
    CHECK(ordersOf(kiosk) == "open");
    CHECK(reports(kiosk) == 1);

    // The next person gets a card; what was in doubt is settled beside it, by asking only.
    doubt.mend();
    kiosk.serve();
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "carriedOut, handedOver");
    CHECK(reports(kiosk) == 1);
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("whoever waits learns what came of it as soon as the province says so") {
    InDoubt doubt;
    doubt.mends = true;
    SimulatedKiosk& kiosk = doubt.kiosk;
    kiosk.serve(cardHolder(), loss);
    CHECK(doubt.asked > 0);
    CHECK(lossTold(kiosk, "loss-done") == Names{"loss.both-blocked"});
    CHECK(ordersOf(kiosk) == "carriedOut");
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE("what is proven done stays done, though the province does not say so again") {
    InDoubt doubt;
    SimulatedKiosk& kiosk = doubt.kiosk;
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "loss-unconfirmed") return;
        doubt.mend();
        kiosk.outside().faults.arm(world::Fault::provinceUnreachable, "LOSS.TEMP");
    };
    kiosk.serve(cardHolder(), loss);
    CHECK(lossTold(kiosk, "loss-done") == Names{"loss.bank-unknown"});
    CHECK_FALSE(lossTold(kiosk, "loss-failed").has_value());
    CHECK(ordersOf(kiosk) == "carriedOut");
    checkBooksTellTheTruth(kiosk);
}

// The row's fact cannot be written until it is mended; its intent can.
void fillDisk(SimulatedKiosk& kiosk) {
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(
        transaction.run("CREATE TRIGGER full BEFORE INSERT ON journal WHEN new.phase = "
                        "'fact' BEGIN SELECT RAISE(ABORT, 'disk full'); END"));
    REQUIRE(transaction.commit());
    kiosk.truth().breaks(&truth::Truth::diskFaults);
}
void emptyDisk(SimulatedKiosk& kiosk) {
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(transaction.run("DROP TRIGGER full"));
    REQUIRE(transaction.commit());
    kiosk.truth().mended();
}

TEST_CASE("a disk that fails behind the province's yes: nobody says that it was not done") {
    SimulatedKiosk kiosk;
    auto& link = kiosk.outside();
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "loss-agree") return;
        fillDisk(kiosk);
    };
    kiosk.serve(cardHolder(), loss);
    CHECK(link.province().cards.at(theirCard).state == "TEMP_LOST");
    CHECK(lossTold(kiosk, "loss-unconfirmed").has_value());
    CHECK_FALSE(lossTold(kiosk, "loss-failed").has_value());
    emptyDisk(kiosk);
    kiosk.settle();
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE("a disk that fails while somebody waits for the answer: their visit is counted") {
    InDoubt doubt;
    SimulatedKiosk& kiosk = doubt.kiosk;
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "loss-unconfirmed") return;
        doubt.mend();
        fillDisk(kiosk);
    };
    kiosk.serve(cardHolder(), loss);
    CHECK_FALSE(lossTold(kiosk, "loss-done").has_value());
    CHECK_FALSE(lossTold(kiosk, "loss-failed").has_value());
    CHECK(ordersOf(kiosk) == "open");
    CHECK(kiosk.database().number("SELECT count(*) FROM visit_ends WHERE order_id = "
                                  "(SELECT order_id FROM orders)") == 1);
    emptyDisk(kiosk);
    kiosk.settle();
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE("formally lost since it was asked about: told as that, and never as a temporary loss") {
    SimulatedKiosk kiosk;
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "loss-agree") cardOf(kiosk).state = "FORMAL_LOST";
    };
    kiosk.serve(cardHolder(), loss);
    CHECK(lossTold(kiosk, "loss-already") == Names{"card-state.formal-lost"});
    CHECK_FALSE(lossTold(kiosk, "loss-done").has_value());
    CHECK(cardOf(kiosk).state == "FORMAL_LOST");
    checkBooksTellTheTruth(kiosk);
}

TEST_CASE("an answer about somebody else's card is no answer, and an alarm") {
    for (const char* lie :
         {"province.lies@LOSS.TEMP/cardNo", "province.lies@LOSS.TEMP/socialNumber",
          "province.lies@LOSS.TEMP/state"}) {
        CAPTURE(lie);
        SimulatedKiosk kiosk(shippedSettings({lie}));
        kiosk.serve(cardHolder(), loss);
        CHECK(lossTold(kiosk, "loss-unconfirmed").has_value());
        kiosk.outside().faults.mend("province");
        kiosk.settle();
        checkBooksTellTheTruth(kiosk);
        const bool alarm = std::ranges::any_of(kiosk.logLines(), [](const std::string& line) {
            return line.find("ALARM") != std::string::npos;
        });
        CHECK(alarm == (std::string_view(lie).find("state") == std::string_view::npos));
    }
}

TEST_CASE("a power cut at any moment: the books say what the province did, and it is done once") {
    int looks = 0;
    {
        SimulatedKiosk kiosk(oneOfMany({}));
        kiosk.serve(cardHolder(), loss);
        looks = kiosk.looks();
    }
    int cuts = 0;
    for (int look = 1; look <= looks; ++look) {
        CAPTURE(look);
        SimulatedKiosk kiosk(oneOfMany({}));
        kiosk.cutPowerAtLook(look);
        if (!kiosk.serveUntilPowerCut(cardHolder(), loss)) continue;
        ++cuts;
        kiosk.restart();
        kiosk.settle();
        checkBooksTellTheTruth(kiosk);
        kiosk.serve(cardHolder(), loss);
        CHECK(cardOf(kiosk).state == "TEMP_LOST");
        checkBooksTellTheTruth(kiosk);
    }
    CHECK(cuts > 10);
}

}  // namespace
}  // namespace liqu::scenario
