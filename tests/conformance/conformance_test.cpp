// What is held by the three systems that are there, and that nobody is asked about by mistake.
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "firmware/base/words.hpp"
#include "tests/conformance/sites.hpp"

using namespace liqu;
using namespace liqu::conformance;

namespace {

// An exchange of cards and a fee are no part of any course here.
const std::vector<std::string> noCourse{"CARD.RECOVER", "FEE.REGISTER", "FEE.REFUND"};

void checkHolds(Site& site, const std::vector<std::string>& untried) {
    const auto report = site.examine();
    INFO(site.said());
    CHECK(report->failures() == std::vector<std::string>{});
    CHECK(report->holds());
    CHECK(report->untried() == untried);
    // Not one message of the contract is left out.
    for (const MessageType type : wordTable<MessageType>.values())
        CHECK_MESSAGE(report->names(nameOf(type)), std::string(nameOf(type)));
}

}  // namespace

TEST_CASE("the simulated province holds what it owes, and its books are right afterwards") {
    KipsSite site;
    checkHolds(site, noCourse);
    const auto books = site.front().copyOfBooks();
    // Nothing but what was put there to be refused.
    CHECK(world::violations(books) ==
          std::vector<std::string>{
              "PROTOCOL SCHEMA at PROGRESS.QUERY: a message id is new on every send",
              "SECURITY SIGNATURE_WRONG at PROGRESS.QUERY: the envelope is not signed by this "
              "terminal",
              "SECURITY PERMIT_REFUSED at CARDAUTH.EXT: no such permit",
              "SECURITY CHAIN_BROKEN at PIN.CHANGED: a fact that does not follow from the one "
              "before it",
              "SECURITY EPOCH_REFUSED at PIN.CHANGED: a fact of other books"});
    CHECK(books.permits.size() == 1);
    // A second run begins where the first ended; the card is enabled and the blank used up.
    const auto again = site.examine();
    INFO(site.said());
    CHECK(again->failures() ==
          std::vector<std::string>{"CARD.ENABLE: is done", "BLANK.RESERVE: is done"});
}

TEST_CASE("the simulated older province holds what its adapter claims") {
    LegacySite site;
    // A mark whose batch is made cannot be withdrawn.
    std::vector<std::string> untried{"ISSUE.UNMARK"};
    untried.insert(untried.end(), noCourse.begin(), noCourse.end());
    checkHolds(site, untried);
    CHECK(world::violations(site.books()) == std::vector<std::string>{});
}

TEST_CASE("the example holds what it claims, and claims no more") {
    ExampleSite site;
    checkHolds(site, {"ISSUE.REPORT", "ISSUE.ENABLE", "ISSUE.HANDOVER", "FINISHED.OVERDUE",
                      "FINISHED.RETURN", "FINISHED.RECEIVE", "CARD.RECOVER", "WRONGCARD.REGISTER",
                      "WRONGCARD.CONFIRM", "FEE.REGISTER", "FEE.REFUND"});
    CHECK(site.said().find("not claimed  APPLY.CREATE") != std::string::npos);
}

TEST_CASE("the page of the adapters shows a run of the example as it is") {
    ExampleSite site;
    const auto report = site.examine();
    const std::string run = site.said() + report->lastLine() + "\n";
    INFO(run);
    std::ifstream page(LIQU_SOURCE_DIR "/docs/province-adapter.md");
    int shown = 0;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        const bool begins = line.starts_with("held  ");
        if (begins || inside) {
            inside = line != "```";
            if (!inside || line == "…") continue;
            CHECK_MESSAGE(run.find(line + "\n") != std::string::npos, line);
            ++shown;
        }
    }
    CHECK(shown > 10);
}

TEST_CASE("only persons who were made up, and only where they live") {
    ExampleSite site;
    const auto file = site.scratch().folder() / "persons.toml";
    TestPersons persons = site.persons();
    const auto loaded = [&](const std::string& server) {
        writePersons(file, persons);
        return loadTestPersons(file, server);
    };
    const auto good = loaded(site.url());
    REQUIRE_MESSAGE(good.has_value(), (good ? "" : describe(good.error())));
    CHECK(good->holder.card == persons.holder.card);
    CHECK(good->made->number == persons.made->number);
    CHECK(loaded("https://card.example").error().code == ErrorCode::configBadValue);
    SUBCASE("a county where people live") {
        persons.newcomer.number.replace(2, 4, "0105");
    }
    SUBCASE("no day of the calendar") {
        persons.newcomer.number.replace(10, 4, "0230");
    }
    SUBCASE("no number at all") {
        persons.nobody.number = "unknown";
    }
    CHECK(loaded(site.url()).error().code == ErrorCode::configBadValue);
}

TEST_CASE("a file that does not say that they were made up is none") {
    ExampleSite site;
    const auto file = site.scratch().folder() / "persons.toml";
    writePersons(file, site.persons());
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    const std::string whole = text.str();
    std::ofstream(file) << whole.substr(whole.find('\n') + 1);
    CHECK_FALSE(loadTestPersons(file, site.url()).has_value());
    std::ofstream(file) << "synthetic = false" + whole.substr(whole.find('\n'));
    CHECK(loadTestPersons(file, site.url()).error().code == ErrorCode::configBadValue);
}

TEST_CASE("a system that does not know every test person is not asked for a change") {
    KipsSite site({}, [](world::Books& books) { books.persons.erase("440000197906050092"); });
    site.front().look([](world::Books& books) { books.persons.erase("440000197906050092"); });
    const auto report = site.examine({Part::questions, Part::changes, Part::making, Part::facts});
    CHECK(report->failures().front() == "PERSON.QUERY: is done");
    CHECK(report->untried().front() == "changes");
    const auto books = site.front().copyOfBooks();
    CHECK(books.applications.empty());
    CHECK(books.carriedOut.empty());
    // Not even the epoch of these books was left there.
    CHECK_FALSE(books.messages.contains("TERM.SIGNIN"));
}
