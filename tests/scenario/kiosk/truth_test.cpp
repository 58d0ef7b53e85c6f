// The truth test tested: for every predicate there is an instant of a simulated life at which a
// text that stands for it would be a lie, and at that instant it is found.
#include <doctest/doctest.h>
#include <functional>
#include <map>
#include <set>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/world/chip/card_memory.hpp"
#include "tests/world/truth/truth_file.hpp"

namespace liqu::scenario {
namespace {

// Lies told on purpose fail nothing.
class Unwatched {
  public:
    Unwatched() {
        TruthWatch::onLie = [](const std::string&) {};
    }
    ~Unwatched() { TruthWatch::onLie = before_; }
    Unwatched(const Unwatched&) = delete;
    Unwatched& operator=(const Unwatched&) = delete;

  private:
    void (*before_)(const std::string&) = TruthWatch::onLie;
};

// One text for each predicate, by its whole key.
const std::map<std::string, std::string>& claims() {
    static const std::map<std::string, std::string> byPredicate = [] {
        const auto file =
            truth::TruthFile::read(LIQU_SOURCE_DIR "/kiosk-config/strings/truth.toml");
        REQUIRE(file.has_value());
        std::map<std::string, std::string> found;
        for (const truth::ClassRule& rule : file->classes.rules()) {
            if (rule.wordClass != truth::WordClass::world) continue;
            std::string key = rule.pattern;
            if (const auto star = key.find('*'); star != std::string::npos) {
                key.replace(star, 1, "00");
            }
            found.emplace(rule.predicate, key);
        }
        return found;
    }();
    return byPredicate;
}

// A page that says everything at once.
screen::Screen sayingEverything() {
    screen::StaffPageScreen page;
    page.name = "staff-everything";
    for (const auto& [predicate, key] : claims()) page.notices.push_back({{key}});
    screen::Screen screen;
    screen.content = page;
    return screen;
}

struct Told {
    std::set<std::string> asLie, asTruth;

    void at(SimulatedKiosk& kiosk) {
        std::set<std::string> lies;
        for (const truth::Lie& lie : kiosk.truth().liesIn(sayingEverything())) {
            lies.insert(lie.predicate);
        }
        for (const auto& [predicate, key] : claims()) {
            (lies.contains(predicate) ? asLie : asTruth).insert(predicate);
        }
    }
    void duringVisit(const char* fault) {
        SimulatedKiosk kiosk(shippedSettings(fault == nullptr ? std::vector<std::string>{}
                                                              : std::vector<std::string>{fault}));
        at(kiosk);
        kiosk.citizen().onScreen = [this, &kiosk](std::string_view) { at(kiosk); };
        kiosk.serve();
        kiosk.settle();
        at(kiosk);
    }
};

void change(SimulatedKiosk& kiosk, std::string_view sql) {
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(transaction.run(sql).has_value());
    REQUIRE(transaction.commit().has_value());
}

// Their own card comes into force, has another PIN, and is cancelled, while they look on.
void tellOfOwnCard(Told& told) {
    SimulatedKiosk kiosk;
    Outside& outside = kiosk.outside();
    constexpr const char* number = "K00000049";
    world::Card& card = outside.province().cards.at(number);
    card.state = "NOT_ENABLED";
    outside.ownCard = outside.cardOf(cardHolder(), number);
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "choose-service") {
            card.state = "NORMAL";
            outside.province().persons.at(cardHolder().number).phone = "19900001234";
            outside.ownCard = outside.cardOf(cardHolder(), number, "3.00", "582047");
        }
        told.at(kiosk);
        if (name == "card-state") card.state = "CANCELLED";
    };
    kiosk.serve(cardHolder(), "card-state");
    told.at(kiosk);
}

// A fee is owed at one moment, and has come at the next.
void tellAtAFee(Told& told) {
    world::Document owes = lostCardHolder();
    owes.name = "样例欠费";
    owes.number = "44000019790605005X";
    SimulatedKiosk kiosk;
    kiosk.citizen().onScreen = [&](std::string_view) { told.at(kiosk); };
    kiosk.serve(owes, "replacement");
    kiosk.truth().breaks(&truth::Truth::feeArrived);
    told.at(kiosk);
}

// A fee, a card of their own, and a machine before an older province, where no card is made.
void tellOfOtherKiosks(Told& told) {
    tellAtAFee(told);
    tellOfOwnCard(told);
    SimulatedKiosk older(olderSettings("hn"));
    told.at(older);
}

// Money in a machine without a slot for it, and banks on a page that are not as it says.
void whatNoMachineDoes(SimulatedKiosk& kiosk) {
    kiosk.truth().happened(&truth::Truth::moneyTaken);
    kiosk.truth().happened(&truth::Truth::banksOfferedEmpty);
    kiosk.truth().happened(&truth::Truth::banksSentAwayLoaded);
    kiosk.truth().happened(&truth::Truth::visitRuns);
}

// … and a trial has passed that printed nothing.
void tellOpenWithoutRibbon(Told& told, SimulatedKiosk& kiosk) {
    change(kiosk, "INSERT INTO meta VALUES('trial_issue_last_outcome', 'passed')");
    kiosk.outside().printer->setCover(true);
    kiosk.outside().printer->setRibbon("", 0);
    told.at(kiosk);
}

TEST_CASE("each predicate has its lie, and the lie is found") {
    const Unwatched unwatched;
    Told told;
    for (const char* fault :
         {static_cast<const char*>(nullptr), "holder.walks-away@take-card", "chip.6581@name",
          "printer.jam@print", "reader.unplug@read", "kiosk.disk-full", "holder.cancels@consent",
          "holder.walks-away@consent", "province.person-pending"}) {
        told.duringVisit(fault);
    }
    {
        SimulatedKiosk kiosk;
        kiosk.citizen().onScreen = [&](std::string_view) { told.at(kiosk); };
        kiosk.serve(cardHolder(), "loss-temporary");
    }
    tellOfOtherKiosks(told);
    {
        // Somebody releases it meanwhile, and the bank does not.
        SimulatedKiosk kiosk;
        world::Card& card = kiosk.outside().province().cards.at("K00000049");
        card.state = "TEMP_LOST";
        card.bankBlocked = true;
        kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name == "choose-service") card.state = "NORMAL";
            told.at(kiosk);
        };
        kiosk.serve(cardHolder(), "card-state");
    }
    {
        SimulatedKiosk kiosk;
        change(kiosk, "UPDATE places SET balance = balance + 1 WHERE place = 'hopper-1'");
        change(kiosk,
               "INSERT INTO staff_audit(line, at, actor, second, act, object, digest) VALUES(1, 0, "
               "'x', '', 'sign-in', '', 'no digest'), (2, 0, 'x', '', 'load-lane', '', '')");
        change(kiosk,
               "INSERT INTO boxes(box, bank, vendor, version, region, first_number, last_number, "
               "count, seal, state, in_vault, received_at) VALUES('BX', 'B01', 'V01', '3.00', "
               "'420100', 'a', 'b', 1, 's', "
               "'opened', 1, 0)");
        change(kiosk,
               "INSERT INTO outbox(terminal_seq, order_id, message_type, idempotency_key, "
               "happened_at, state) VALUES(1, '', 'X', 'k', 0, 'queued')");
        change(kiosk, "UPDATE days SET state = 'closed'");
        whatNoMachineDoes(kiosk);
        told.at(kiosk);
        tellOpenWithoutRibbon(told, kiosk);
    }
    for (const truth::Predicate& predicate : truth::predicates()) {
        CAPTURE(std::string(predicate.name));
        CHECK(told.asLie.contains(std::string(predicate.name)));
    }
    // And what is so at these instants is not called a lie.
    for (const char* predicate :
         {"machineStarts", "idCardLies", "cardIsBeingMade", "madeCardAtMouth", "madeCardIsTaken",
          "madeCardIsKept", "unfinishedCardInBin", "noCardWasTouched", "printerFailed",
          "readerFailed", "storageFailed", "personLeft", "appliedElsewhere", "recordIsBroken",
          "booksAreSound", "noMoneyWasTaken"}) {
        CAPTURE(std::string(predicate));
        CHECK(told.asTruth.contains(predicate));
    }
}

TEST_CASE("a screen that lies fails the visit, and names key and predicate") {
    const Unwatched unwatched;
    SimulatedKiosk kiosk;
    const std::size_t before = kiosk.truth().lies().size();
    screen::Screen screen;
    screen.content = screen::TakeCardScreen{};
    kiosk.truth().show(screen);
    REQUIRE(kiosk.truth().lies().size() > before);
    CHECK(kiosk.truth().lies().back().find("take-card") == 0);
    CHECK(kiosk.truth().lies().back().find("not so (") != std::string::npos);
}

// The province's files are mixed up while the card is made, and put right before it comes out.
std::vector<std::string> foundWhen(const std::function<void(world::Person&)>& mixUp) {
    SimulatedKiosk kiosk;
    Outside& outside = kiosk.outside();
    world::Person& person = outside.province().persons.at("110000198503120015");
    const world::Person right = person;
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "is-this-you") mixUp(person);
        if (name != "making") return;
        const Duration permitIsGiven = std::chrono::seconds(25);
        outside.hands.at(outside.clock.now() + permitIsGiven, [&person, right] { person = right; });
    };
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1");
    return kiosk.owners().found();
}

TEST_CASE("another person's chip or face at the mouth is found") {
    CHECK(foundWhen([](world::Person&) {}).empty());
    const auto face = foundWhen([](world::Person& person) { person.looksLike = "another"; });
    REQUIRE(face.size() == 1);
    CHECK(face.front().ends_with("with another person's face"));
    const auto chip = foundWhen([](world::Person& person) { person.birthPlace = "440000"; });
    REQUIRE(chip.size() == 1);
    CHECK(chip.front().ends_with("with another person's birth-place on the chip"));
}

}  // namespace
}  // namespace liqu::scenario
