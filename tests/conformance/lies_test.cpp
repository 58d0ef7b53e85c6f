// Each lie that a system may tell is found, and by the line that is about it.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/conformance/sites.hpp"

using namespace liqu;
using namespace liqu::conformance;
using example::CounterLie;

namespace {

bool finds(const Report& report, const std::string& failure) {
    return std::ranges::find(report.failures(), failure) != report.failures().end();
}

void checkFound(Site& site, const std::set<Part>& parts, const std::string& failure) {
    const auto report = site.examine(parts);
    INFO(failure << " among\n" << site.said());
    CHECK(finds(*report, failure));
    CHECK_FALSE(report->holds());
}

const std::string anotherAnswer = ": the same key again: the same answer";
const std::string anotherPerson = ": the answer is about whom and what was asked";
const std::string notProven = ": is proven afterwards";

}  // namespace

TEST_CASE("a province that forgets its keys executes twice") {
    KipsSite site({}, [](world::Books& books) {
        books.carriedOut.clear();
        books.order.clear();
    });
    const auto report = site.examine({Part::signIn, Part::changes, Part::facts});
    INFO(site.said());
    for (const char* type : {"APPLY.CREATE", "LOSS.TEMP", "PIN.CHANGED", "STOCK.COUNT"}) {
        CHECK(finds(*report, type + anotherAnswer));
        CHECK(finds(*report, type + notProven));
    }
}

TEST_CASE("a province that forgets what it said was done") {
    SUBCASE("an application") {
        KipsSite site({}, [](world::Books& books) { books.applications.clear(); });
        checkFound(site, {Part::changes}, "APPLY.CREATE: the application is there, once");
    }
    SUBCASE("a loss") {
        KipsSite site({},
                      [](world::Books& books) { books.cards.at("K00000049").state = "NORMAL"; });
        checkFound(site, {Part::changes}, "LOSS.TEMP: the card's state says so afterwards");
    }
    SUBCASE("a card that was made") {
        KipsSite site({}, [](world::Books& books) {
            for (auto& [number, card] : books.cards) {
                if (!card.applicationNo.empty()) card.state = "NOT_ENABLED";
            }
        });
        checkFound(site, {Part::making}, "ISSUE.ENABLE: the holder has the card, in force");
    }
    SUBCASE("its facts") {
        KipsSite site({}, [](world::Books& books) {
            for (auto& [id, terminal] : books.terminals) terminal.facts.clear();
        });
        checkFound(site, {Part::facts}, "TERM.SIGNIN: it has counted every fact of this run");
    }
}

TEST_CASE("a province that answers about somebody or something else") {
    struct Case {
        const char* fault;
        Part part;
        const char* type;
    };
    const Case cases[] = {
        {"province.other-person@PERSON.QUERY", Part::questions, "PERSON.QUERY"},
        {"province.other-person@PHOTO.GET", Part::questions, "PHOTO.GET"},
        {"province.other-person@CARD.QUERY", Part::questions, "CARD.QUERY"},
        {"province.lies@ELIG.CHECK/socialNumber", Part::questions, "ELIG.CHECK"},
        {"province.lies@PROGRESS.QUERY/value", Part::questions, "PROGRESS.QUERY"},
        {"province.lies@APPLY.CREATE/socialNumber", Part::changes, "APPLY.CREATE"},
        {"province.lies@ISSUE.MARK/applicationNo", Part::changes, "ISSUE.MARK"},
        {"province.lies@LOSS.TEMP/cardNo", Part::changes, "LOSS.TEMP"},
        {"province.lies@FEE.QUOTE/socialNumber", Part::changes, "FEE.QUOTE"},
        {"province.lies@BLANK.RESERVE/blankId", Part::making, "BLANK.RESERVE"},
        {"province.other-person@PERSO.GET", Part::making, "PERSO.GET"},
        {"province.other-face", Part::making, "PERSO.GET"}};
    for (const Case& one : cases) {
        KipsSite site({one.fault});
        checkFound(site, {one.part}, one.type + anotherPerson);
    }
}

TEST_CASE("a province whose answers have other types is told so to the end of the run") {
    const auto toNumbers = [](MessageType type, Json& body) {
        // Whom it speaks of is right, or nobody would ask on.
        if (type == MessageType::personQuery) return;
        for (auto& [field, value] : body.items()) value = 7;
    };
    const auto toNothing = [](MessageType type, Json& body) {
        if (type != MessageType::personQuery) body = Json::array();
    };
    for (const Site::Twist& twist : {Site::Twist(toNumbers), Site::Twist(toNothing)}) {
        KipsSite site;
        const auto report = site.examine({}, twist);
        INFO(site.said());
        for (const char* type : {"TERM.SIGNIN", "ELIG.CHECK", "CARD.QUERY", "APPLY.CREATE",
                                 "LOSS.TEMP", "DATA.CHANGE"}) {
            CHECK(finds(*report, type + std::string(": the answer has the contract's shape")));
        }
        // The last part was reached.
        CHECK(std::ranges::find(report->untried(), "facts") != report->untried().end());
        CHECK_FALSE(report->holds());
    }
}

TEST_CASE("a province whose clock is elsewhere, and one that does not sign") {
    KipsSite late({"province.other-time@TERM.SIGNIN"});
    checkFound(late, {Part::signIn}, "TERM.SIGNIN: the server's time is within five minutes");
    KipsSite unsignedOne({"province.wrong-signature"});
    checkFound(unsignedOne, {Part::signIn}, "PERSON.QUERY: is done");
}

TEST_CASE("a province that takes other books for these") {
    KipsSite site({}, [](world::Books& books) {
        for (auto& [id, terminal] : books.terminals) terminal.epoch.clear();
    });
    const auto report = site.examine({Part::facts});
    INFO(site.said());
    CHECK(finds(*report, "TERM.SIGNIN: books of another epoch are seen"));
    CHECK(finds(*report, "PIN.CHANGED: a fact of other books is refused"));
}

TEST_CASE("an older province that executes twice, forgets, or speaks of another") {
    SUBCASE("executed twice") {
        LegacySite site({"legacy.executed-twice@申请社保卡"});
        checkFound(site, {Part::making}, "APPLY.CREATE: is done");
    }
    SUBCASE("said to be so already, and nothing was done") {
        LegacySite site({"legacy.says-already@临时挂失"});
        checkFound(site, {Part::changes}, "LOSS.TEMP: is done");
    }
    SUBCASE("somebody else") {
        LegacySite site({"legacy.other-person@getRysj"});
        checkFound(site, {Part::questions}, "PERSON.QUERY" + anotherPerson);
    }
    SUBCASE("its clock") {
        LegacySite site({"legacy.clock@-600"});
        checkFound(site, {Part::signIn}, "TERM.SIGNIN: the server's time is within five minutes");
    }
}

TEST_CASE("a system like the example's that is not what it says") {
    struct Case {
        CounterLie lie;
        Part part;
        const char* failure;
    };
    const Case cases[] = {
        {CounterLie::aboutAnother, Part::questions,
         "PERSON.QUERY: the answer is about whom and what was asked"},
        {CounterLie::forgets, Part::changes, "LOSS.TEMP: the card's state says so afterwards"},
        {CounterLie::forgetsWishes, Part::changes,
         "LOSS.TEMP: the same wish under another key: no second one"},
        {CounterLie::knowsAnybody, Part::questions,
         "PERSON.QUERY: a person that nobody knows is refused"},
        {CounterLie::clockAhead, Part::signIn,
         "TERM.SIGNIN: the server's time is within five minutes"},
        {CounterLie::doorOpen, Part::door, "door: no JSON is refused"},
        {CounterLie::nameless, Part::door, "door: without a certificate nobody comes in"},
        {CounterLie::nameless, Part::door, "door: with a certificate of others nobody comes in"}};
    for (const Case& one : cases) {
        ExampleSite site(one.lie);
        checkFound(site, {one.part}, one.failure);
    }
}
