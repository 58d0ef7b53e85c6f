// The proof proven: each planted bug makes cards unaccounted for, and without one there are none.
#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <utility>

#include "firmware/issuance/streak.hpp"
#include "tests/power_cut/explorer.hpp"

namespace liqu::proof {
namespace {

PathTotals totalsWith(Sabotage sabotage, Path path, Effort effort, std::string* why = nullptr) {
    path.sabotage = sabotage;
    Explorer explorer(std::move(path), effort, [why](const CaseResult& result) {
        if (why != nullptr) *why += result.judgement.why + "\n";
    });
    // What is looked for there is not the first thing that goes wrong.
    if (sabotage != Sabotage::clockNotAsked) explorer.stopAtFirst();
    return explorer.explore();
}

// The paths on which a bug of this kind can show.
std::vector<Path> pathsFor(Sabotage sabotage) {
    if (sabotage == Sabotage::newKeyOnResend) {
        return {{VisitKind::firstCard, {"province.answer-lost@ISSUE.HANDOVER"}}};
    }
    if (sabotage == Sabotage::discardedUnseen) {
        return {{VisitKind::firstCard, {"holder.walks-away@take-card"}}};
    }
    if (sabotage == Sabotage::firstFaceForAll) return {{VisitKind::secondHolder, {}}};
    if (sabotage == Sabotage::recordChanged || sabotage == Sabotage::recordCutShort) {
        return {{VisitKind::loadBox, {}}};
    }
    if (sabotage == Sabotage::answerNotCompared) {
        return {{VisitKind::firstCard, {"province.lies@PERSO.GET/chip/sex"}},
                {VisitKind::firstCard, {"province.other-person@PERSO.GET"}},
                {VisitKind::firstCard, {"province.other-face"}}};
    }
    if (sabotage == Sabotage::notHttpIsNotSent) {
        return {{VisitKind::firstCard, {"province.not-http@PERSO.GET"}}};
    }
    if (sabotage == Sabotage::unknownIsNo) {
        return {{VisitKind::reportLoss,
                 {"province.answer-lost@LOSS.TEMP", "province.unreachable@PROGRESS.QUERY"}}};
    }
    if (sabotage == Sabotage::copyBelieved) return {{VisitKind::firstCard, {"chip.copied"}}};
    if (sabotage == Sabotage::feeUnregistered) return {{VisitKind::payFee, {}}};
    if (sabotage == Sabotage::closedUnseen) return {{VisitKind::withdraw, {}}};
    if (sabotage == Sabotage::oldCardUntold) return {{VisitKind::exchange, {}}};
    if (sabotage == Sabotage::pinUntold) return {{VisitKind::changePin, {}}};
    return {{VisitKind::firstCard, {}}};
}

// What else must have happened for the bug to show.
Aftermath aftermathFor(Sabotage sabotage) {
    switch (sabotage) {
        case Sabotage::countersTrusted:
            return Aftermath::countersForgotten;
        case Sabotage::olderBooksTaken:
            return Aftermath::diskRolledBack;
        case Sabotage::lostFactsUnsent:
            return Aftermath::provinceRestored;
        case Sabotage::clockNotAsked:
            return Aftermath::clockBack;
        case Sabotage::keyReplaced:
            return Aftermath::sealKeyLost;
        default:
            return Aftermath::none;
    }
}

Effort effortFor(Sabotage sabotage) {
    const Aftermath after = aftermathFor(sabotage);
    // Few moments lie where a printer still prints.
    const int oneMomentIn = sabotage == Sabotage::resetBeforeIdle ? 1 : 4;
    return {oneMomentIn, 0, false, after == Aftermath::none ? 0 : 1, after};
}

std::string_view foundInPermit(std::string_view fault) {
    if (fault == "province.other-face") return "at the mouth with another person's face";
    // The province takes no report of it: the card never comes to the mouth.
    if (fault == "province.other-person@PERSO.GET") return "another person's data on the chip";
    return "at the mouth with another person's sex on the chip";
}

// What the judge must find, where more than one thing could be wrong.
std::string_view foundAs(Sabotage sabotage, const Path& path) {
    switch (sabotage) {
        case Sabotage::firstFaceForAll:
            return "another person's face";
        case Sabotage::anothersChip:
            return "another person's name on the chip";
        case Sabotage::numberSkipped:
            return "a number the province never got";
        case Sabotage::dataKept:
            return "personal data of an order that ended";
        case Sabotage::dataInPlain:
            return "in plain text";
        case Sabotage::recordChanged:
        case Sabotage::recordCutShort:
            return "the record of the staff";
        case Sabotage::countersTrusted:
            return "without a whole face";
        case Sabotage::olderBooksTaken:
            return "the books are not the newest, and";
        case Sabotage::lostFactsUnsent:
            return "a number the province never got";
        case Sabotage::clockNotAsked:
            return "it happened after it was sent";
        case Sabotage::keyReplaced:
            return "a kiosk whose key is gone starts";
        case Sabotage::screenLies:
            return "not so (noCardWasMade)";
        case Sabotage::answerNotCompared:
            return foundInPermit(path.faults.front());
        case Sabotage::notHttpIsNotSent:
            return "is blank here and PERMITTED at the province";
        case Sabotage::unknownIsNo:
            return "is resumable here and done at the province";
        case Sabotage::feeUnregistered:
            return "the province never heard of the fee";
        case Sabotage::oldCardUntold:
            return "the books have 1, there are 0";
        case Sabotage::pinUntold:
            return "never told of a PIN";
        case Sabotage::copyBelieved:
            return "a person's data on a copied chip";
        default:
            return "";
    }
}

TEST_CASE("without a planted bug nothing is unaccounted for") {
    std::string why;
    const Effort effort{16, 0, false, 2};
    CHECK(totalsWith(Sabotage::none, {VisitKind::firstCard, {}}, effort, &why).unaccounted == 0);
    CHECK(why == "");
}

TEST_CASE("on one of the paths the same failure stops the making") {
    const std::vector<Path> paths = allPaths();
    const auto path = std::ranges::find(paths, "first-card+chip.foreign+chip.foreign", &Path::name);
    REQUIRE(path != paths.end());
    const auto proof = kioskFor(*path);
    walk(*path, *proof);
    scenario::SimulatedKiosk& kiosk = proof->kiosk;
    const auto stopped = issuance::requireNoStreak(kiosk.database(), kiosk.stock().region);
    REQUIRE(!stopped);
    CHECK(stopped.error().code == ErrorCode::makingStopped);
}

// A visit that ends before its act proves nothing of it.
TEST_CASE("each visit of the proof comes to the end of what it is about") {
    constexpr std::array<std::pair<VisitKind, std::string_view>, 8> ends = {
        {{VisitKind::formalLoss, "loss-formal-done"},
         {VisitKind::releaseLoss, "release-done"},
         {VisitKind::payFee, "fee-arrived"},
         {VisitKind::changePin, "pin-done"},
         {VisitKind::exchange, "next-steps"},
         {VisitKind::enableCard, "enable-done"},
         {VisitKind::withdraw, "withdraw-done"},
         {VisitKind::changeData, "data-done"}}};
    for (const auto& [kind, page] : ends) {
        const Path path{kind, {}};
        CAPTURE(path.name());
        const auto proof = kioskFor(path);
        walk(path, *proof);
        const auto& seen = proof->kiosk.citizen().names;
        CHECK(std::ranges::find(seen, page) != seen.end());
    }
}

TEST_CASE("each planted bug is found") {
    CHECK(allSabotages().size() >= 8);
    for (const Sabotage sabotage : allSabotages()) {
        CAPTURE(std::string(nameOf(sabotage)));
        CAPTURE(std::string(wordsOf(sabotage)));
        for (const Path& path : pathsFor(sabotage)) {
            CAPTURE(path.name());
            std::string why;
            CHECK(totalsWith(sabotage, path, effortFor(sabotage), &why).unaccounted > 0);
            CAPTURE(why);
            CHECK(why.find(foundAs(sabotage, path)) != std::string::npos);
        }
    }
}

}  // namespace
}  // namespace liqu::proof
