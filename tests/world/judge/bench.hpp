// What the judge works with: the evidence, and the verdict that grows check by check.
#pragma once

#include <set>

#include "tests/world/judge/evidence.hpp"
#include "tests/world/judge/printer_panels.hpp"
#include "tests/world/judge/verdict.hpp"

namespace liqu::judge {

struct Bench {
    explicit Bench(Evidence theEvidence) : evidence(std::move(theEvidence)) {}

    void expect(bool holds, std::string what, std::string detail = {}) {
        verdict.checks.push_back({std::move(what), holds, std::move(detail)});
    }
    void expectEqual(const std::string& one, const std::string& other, std::string what) {
        expect(one == other, std::move(what), "\"" + one + "\" is not \"" + other + "\"");
    }

    const Json* orderOf(const std::string& cardNumber) const;
    const Json* chipOf(const std::string& cardNumber) const;
    // An entry of one of province.json's lists by one of its fields; null where there is none.
    const Json* provinces(const char* list, const char* field, const std::string& value) const;
    // The same of legacy-province.json.
    const Json* older(const char* list, const char* field, const std::string& value) const;
    bool isBeforeOlderProvince() const { return evidence.world.contains("olderProvince"); }
    // The last order of the run; null where none was begun.
    const Json* lastOrder() const;

    Evidence evidence;
    Verdict verdict;
};

// Nothing was changed since the run ended.
void checkSeal(Bench& bench);
// The run itself came to its end, and the named faults happened.
void checkRun(Bench& bench);
// Every physical card is where the ledger says.
void checkCards(Bench& bench);
// The province's books, the outbox and the orders tell one story.
void checkProvince(Bench& bench);
// Every fact of the outbox, in its place; `delivered` looks at one that was.
void checkFacts(Bench& bench, void (*delivered)(Bench&, const CsvRow&, const std::string& name));
// The same before an older province, whose books are its own.
void checkOlderProvince(Bench& bench);
// A change there; `states`: how their card stands after it.
void checkOlderChange(Bench& bench, const Json& order, const std::set<std::string>& states);
// What the reader delivered is the person the card was made for.
void checkDocument(Bench& bench);
// What the printer received is on the cards, and says what the records say.
void checkFaces(Bench& bench);
// The words and the portrait on the face of a card that was made.
void checkWords(Bench& bench, const PrintedJob& job, const std::string& cardNumber);
void checkTimeline(Bench& bench);
// Every word that was shown was true when it came.
void checkTruth(Bench& bench);
// Each message the province carried out, by itself and in its sequence.
void checkMessages(Bench& bench);
// The chip of a card that was made: its files, its items, the person, its key counters.
void checkChip(Bench& bench, const Json& card, const Json& person);
// What the visit was to lead to is so at the province and in the chip.
void checkAfterwards(Bench& bench);
// What the branch did at the counter after the visit.
void checkCounter(Bench& bench);
// Made, or one of the legal ends.
void checkEnding(Bench& bench);

}  // namespace liqu::judge
