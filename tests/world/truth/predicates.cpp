#include "tests/world/truth/predicates.hpp"

#include <algorithm>
#include <array>

namespace liqu::truth {
namespace {

bool somethingFailed(const Truth& is) {
    return is.readerFaults + is.printerFaults + is.chipFaults + is.lineFaults + is.diskFaults +
               is.clockFaults >
           0;
}

constexpr auto table = std::to_array<Predicate>({
    // The machine.
    {"machineStarts", [](const Truth& is) { return is.justStarted > 0; }},
    {"justRestarted", [](const Truth& is) { return is.justStarted > 0; }},
    {"cardIsInside", [](const Truth& is) { return is.cardInside > 0; }},
    {"pathIsEmpty", [](const Truth& is) { return is.cardInside + is.cardAtMouth == 0; }},
    {"mouthIsEmpty", [](const Truth& is) { return is.cardAtMouth == 0; }},
    // Its sensor may be what is broken.
    {"coverIsOpen", [](const Truth& is) { return is.printerCoverOpen > 0 || is.printerFaults > 0; }},
    {"coverIsClosed", [](const Truth& is) { return is.printerCoverOpen == 0; }},
    {"ribbonIsUsedUp", [](const Truth& is) { return is.ribbonSets == 0 || is.printerFaults > 0; }},
    {"ribbonIsThere", [](const Truth& is) { return is.ribbonSets > 0; }},
    {"jamIsOpen", [](const Truth& is) { return is.jamsOpen > 0; }},
    {"trialIsOpen", [](const Truth& is) { return is.trialsOpen > 0; }},
    {"trialIsOver",
     [](const Truth& is) {
         return is.trialsOpen == 0 && is.actsDone > 0 && is.cardInside + is.cardAtMouth == 0;
     }},
    {"lastTrialPassed",
     [](const Truth& is) { return is.trialsPassed > 0 && is.testFacesPrinted > 0; }},
    {"lastTrialDidNotPass", [](const Truth& is) { return is.trialsPassed == 0; }},
    {"servesNobody", [](const Truth& is) { return is.visitRuns == 0; }},
    {"cannotMake",
     [](const Truth& is) {
         // Until the province has answered to a card that lies here nothing is fed.
         const bool waits = is.factsWaiting > 0 && is.cardsInBins > 0;
         // Nor after cards in a row that were not finished.
         return somethingFailed(is) || is.unfinishedInBin > 0 || is.blanksInHopper == 0 ||
                is.ribbonSets == 0 ||
                is.ordersOpen > 0 || is.rulesOver > 0 ||
                is.daysFrozen > 0 || is.lanesStopped > 0 || waits;
     }},
    {"attentionAsked", [](const Truth& is) { return is.attentionAsked > 0; }},
    {"attentionUnheard", [](const Truth& is) { return is.attentionUnheard > 0; }},
    {"attentionAcknowledged", [](const Truth& is) { return is.attentionAcknowledged > 0; }},

    // The ID card.
    {"readerReads", [](const Truth& is) { return is.idCardLies > 0 && is.idCardUnread > 0; }},
    {"personIsServed",
     [](const Truth& is) {
         return is.visitRuns > 0 && (is.idCardKnown > 0 || is.cardInSlot > 0);
     }},
    {"idCardLies", [](const Truth& is) { return is.idCardLies > 0; }},
    {"anotherDocumentLies",
     [](const Truth& is) { return is.idCardLies > 0 && is.idCardIsAnothers > 0; }},
    {"attendantWasWrong", [](const Truth& is) { return is.attendantWrong > 0; }},

    // 服务银行: whose blanks lie in the hoppers.
    {"offeredBanksAreHere",
     [](const Truth& is) {
         return is.blanksInHopper + is.cardInside > 0 && is.banksOfferedEmpty == 0;
     }},
    {"otherBanksAreNotHere",
     [](const Truth& is) {
         return is.banksSentAwayLoaded == 0 || is.cardInside + is.lanesStopped > 0 ||
                somethingFailed(is);
     }},

    // What the province knows of the person.
    {"appliedElsewhere", [](const Truth& is) { return is.appliedElsewhere > 0; }},
    {"hasApplied", [](const Truth& is) { return is.appliedHere > 0 || is.appliedElsewhere > 0; }},
    {"feeIsPaid", [](const Truth& is) { return is.feePaid > 0 || is.feeArrived > 0; }},
    {"feeIsOwed", [](const Truth& is) { return is.feeOwed > 0 && is.feeArrived == 0; }},
    {"feeIsFree", [](const Truth& is) { return is.feeOwed == 0; }},
    {"feeArrived", [](const Truth& is) { return is.feeArrived > 0; }},
    {"feeIsNotPaid", [](const Truth& is) { return is.feePaid == 0 && is.feeArrived == 0; }},
    {"anotherAmountCame", [](const Truth& is) { return is.feeDiffers > 0; }},
    {"hasValidCard", [](const Truth& is) { return is.hasValidCard > 0; }},
    {"hasInvalidCard",
     [](const Truth& is) { return is.hasInvalidCard > 0 && is.hasValidCard == 0; }},
    // 换卡: until the new one is enabled.
    {"oldCardIsInForce", [](const Truth& is) { return is.cardCancelled == 0; }},
    {"oldCardIsOver", [](const Truth& is) { return is.cardCancelled > 0 && is.cardNormal > 0; }},
    {"markIsWithdrawn", [](const Truth& is) { return is.marked == 0; }},
    {"cardIsInCabinet", [](const Truth& is) { return is.cardsInCabinet > 0; }},
    {"cardIsAtBank", [](const Truth& is) { return is.cardsAtBank > 0; }},
    {"bankIsNotLinked", [](const Truth& is) { return is.bankLinked == 0; }},

    // The card.
    {"cardIsBeingMade",
     [](const Truth& is) {
         return is.visitRuns > 0 && is.consented > 0 && is.madeCardTaken == 0 &&
                is.cardAtMouth == 0;
     }},
    {"madeCardAtMouth", [](const Truth& is) { return is.madeCardAtMouth > 0; }},
    {"cardAtMouth", [](const Truth& is) { return is.cardAtMouth > 0; }},
    {"madeCardIsTaken", [](const Truth& is) { return is.madeCardTaken > 0; }},
    {"madeCardIsKept",
     [](const Truth& is) { return is.madeCardKept > 0 && is.madeCardTaken == 0; }},
    {"madeCardIsNotEnabled",
     [](const Truth& is) { return is.madeCardKept > 0 && is.cardEnabled == 0; }},
    {"unfinishedCardInBin", [](const Truth& is) { return is.unfinishedInBin > 0; }},
    {"noCardWasTouched", [](const Truth& is) { return is.touchedSince == 0; }},
    // Now: one of an earlier visit may wait in a bin.
    {"noCardWasMade",
     [](const Truth& is) {
         const bool keptNow = is.madeCardKept > 0 && is.touchedKept > 0;
         return is.madeCardTaken == 0 && is.madeCardAtMouth == 0 && !keptNow;
     }},
    {"noCardWasTaken", [](const Truth& is) { return is.madeCardTaken == 0; }},
    {"cardIsKeptInDoubt", [](const Truth& is) { return is.touchedKept > 0; }},
    {"noMoneyWasTaken", [](const Truth& is) { return is.moneyTaken == 0; }},

    // Why it did not work.
    {"readerFailed", [](const Truth& is) { return is.readerFaults > 0 || is.documentLifted > 0; }},
    {"documentIsRefused",
     [](const Truth& is) { return is.documentBad > 0 || is.readerFaults > 0; }},
    {"printerFailed", [](const Truth& is) { return is.printerFaults > 0 || is.startsSince > 0; }},
    {"slipPrinterFailed", [](const Truth& is) { return is.slipPrinterFaults > 0; }},
    {"slipLies", [](const Truth& is) { return is.slipInMouth > 0; }},
    {"slipCameOut", [](const Truth& is) { return is.slipsOut > 0; }},
    {"binIsFull", [](const Truth& is) { return is.cardsInBins > 0 || is.printerFaults > 0; }},
    {"cardIsGone",
     [](const Truth&
            is) { return is.cardsGone > 0 || is.cardsMissed > 0 || is.printerFaults > 0 || is.startsSince > 0; }},
    {"noBlanks", [](const Truth& is) { return is.blanksInHopper == 0 || is.printerFaults > 0; }},
    {"applicationIsCreated", [](const Truth& is) { return is.applicationCreated > 0; }},
    {"applicationIsMarked", [](const Truth& is) { return is.applicationMarked > 0; }},
    {"applicationIsMaking", [](const Truth& is) { return is.applicationMaking > 0; }},
    {"applicationIsMade", [](const Truth& is) { return is.applicationMade > 0; }},
    {"applicationIsEnabled", [](const Truth& is) { return is.applicationEnabled > 0; }},
    {"applicationIsHandedOver", [](const Truth& is) { return is.applicationHandedOver > 0; }},
    {"applicationIsHeld", [](const Truth& is) { return is.applicationHeld > 0; }},
    {"applicationIsCancelled", [](const Truth& is) { return is.applicationCancelled > 0; }},
    {"applicationIsNeedsStaff", [](const Truth& is) { return is.applicationNeedsStaff > 0; }},
    {"hasNoApplication", [](const Truth& is) { return is.applicationCreated + is.applicationMarked + is.applicationMaking + is.applicationMade + is.applicationEnabled + is.applicationHandedOver + is.applicationHeld + is.applicationCancelled + is.applicationNeedsStaff == 0; }},
    {"cardIsNotEnabled", [](const Truth& is) { return is.cardNotEnabled > 0; }},
    {"cardIsNormal", [](const Truth& is) { return is.cardNormal > 0; }},
    {"cardIsLost", [](const Truth& is) { return is.cardTempLost + is.cardFormalLost > 0; }},
    {"bankIsBlocked", [](const Truth& is) { return is.lostWithBank > 0; }},
    {"lossEndsByItself", [](const Truth& is) { return is.lostForDays > 0; }},
    {"noCardInForce", [](const Truth& is) { return is.cardNormal == 0; }},
    {"pinIsNew", [](const Truth& is) { return is.pinChangedNow > 0; }},
    {"noPinChange", [](const Truth& is) { return is.pinChangedNow == 0; }},
    {"pinIsReset", [](const Truth& is) { return is.pinChangedNow > 0 && is.pinLocked == 0; }},
    {"pinIsLocked", [](const Truth& is) { return is.pinLocked > 0; }},
    {"pinIsNotLocked", [](const Truth& is) { return is.pinTriesLeft > 0; }},
    {"pinHasOneTry", [](const Truth& is) { return is.pinTriesLeft == 1; }},
    {"pinTryWasLost", [](const Truth& is) { return is.pinTriesLost > 0; }},
    // Whatever came of it: it is the chip, or its reader, that keeps it from being known.
    {"pinIsNotConfirmed", [](const Truth& is) { return is.chipFaults > 0; }},
    {"slotCardIsAnothers", [](const Truth& is) { return is.slotCardIsAnothers > 0; }},
    {"slotCardIsNotListed", [](const Truth& is) { return is.slotCardNotListed > 0; }},
    {"noLossNow", [](const Truth& is) { return is.cardsLostNow == 0; }},
    {"hasNoOpenApplication", [](const Truth& is) { return is.applicationCreated + is.applicationMarked + is.applicationMaking + is.applicationMade + is.applicationEnabled + is.applicationHeld + is.applicationNeedsStaff == 0; }},
    {"dataAreMade", [](const Truth& is) { return is.applicationMaking + is.applicationMade + is.applicationEnabled + is.applicationHeld > 0; }},
    // Not even asked, where the line failed.
    {"nothingIsWithdrawn", [](const Truth& is) { return is.appliedHere + is.appliedElsewhere > 0 || is.lineFaults > 0; }},
    {"hasTemporaryCard", [](const Truth& is) { return is.temporaryCard > 0; }},
    {"dataAreChanged", [](const Truth& is) { return is.dataChangedNow > 0; }},
    {"noDataChangeNow", [](const Truth& is) { return is.dataChangedNow == 0; }},
    {"noEnablingNow", [](const Truth& is) { return is.cardsEnabledNow == 0; }},
    {"noReleaseNow", [](const Truth& is) { return is.cardsReleasedNow == 0; }},
    {"cardIsReleased", [](const Truth& is) { return is.cardNormal + is.cardNotEnabled > 0; }},
    {"hasCardElsewhere", [](const Truth& is) { return is.cardsElsewhere > 0; }},
    {"noneToRelease", [](const Truth& is) { return is.cardTempLost == 0; }},
    {"bankIsFree", [](const Truth& is) { return is.banksStillBlocked == 0; }},
    // Whatever came of it: it is the line that keeps it from being known.
    {"lossNotConfirmed", [](const Truth& is) { return is.lineFaults > 0 || is.startsSince > 0 || is.diskFaults > 0; }},
    {"cardIsTempLost", [](const Truth& is) { return is.cardTempLost > 0; }},
    {"cardIsFormalLost", [](const Truth& is) { return is.cardFormalLost > 0; }},
    {"cardIsReplacing", [](const Truth& is) { return is.cardReplacing > 0; }},
    {"cardIsCancelled", [](const Truth& is) { return is.cardCancelled > 0; }},
    {"hasNoCard", [](const Truth& is) { return is.cardNotEnabled + is.cardNormal + is.cardTempLost + is.cardFormalLost + is.cardReplacing + is.cardCancelled + is.cardsOdd == 0; }},
    {"cardStateIsUnknown", [](const Truth& is) { return is.cardsOdd > 0; }},
    {"cardWasMade", [](const Truth& is) { return is.madeForThem > 0; }},
    {"chipFailed",
     [](const Truth&
            is) { return is.chipFaults > 0 || is.printerFaults > 0 || is.lineFaults > 0; }},
    {"lineFailed", [](const Truth& is) { return is.lineFaults > 0; }},
    // It was never asked, where what waits for it could not be read.
    {"provinceHasNotAnswered",
     [](const Truth&
            is) { return is.lineFaults > 0 || (is.diskFaults > 0 && is.cardEnabled == 0); }},
    {"provinceRefuses",
     [](const Truth&
            is) { return is.provinceSaysNo > 0 || is.documentBad > 0 || is.lineFaults > 0; }},
    // Of the person's record: what came cannot be printed, or nothing came.
    {"portraitFailed", [](const Truth& is) { return is.lineFaults > 0 || is.portraitMissing > 0; }},
    {"idPhotoFailed",
     [](const Truth& is) { return is.idPhotoUnread > 0 || is.readerFaults > 0; }},
    {"storageFailed", [](const Truth& is) { return is.diskFaults > 0; }},
    {"clockIsWrong", [](const Truth& is) { return is.clockFaults > 0; }},
    {"cardsAreMadeHere", [](const Truth& is) { return is.noCardsByProvince == 0; }},
    {"noCardsAreMadeHere", [](const Truth& is) { return is.noCardsByProvince > 0; }},
    {"rulesDoNotHold", [](const Truth& is) { return is.rulesOver > 0; }},
    {"kioskCannotRun", [](const Truth& is) { return is.justStarted > 0; }},
    {"personLeft", [](const Truth& is) { return is.left > 0; }},
    {"timeRanOut", [](const Truth& is) { return is.timeUp > 0; }},
    {"attendantRefused",
     [](const Truth& is) { return is.attendantSaidNo > 0 || is.attendantWrong > 0; }},
    {"kioskStops", [](const Truth& is) { return is.stopsNow > 0; }},
    {"personRefused", [](const Truth& is) { return is.refused > 0; }},
    {"restartedInVisit", [](const Truth& is) { return is.startsSince > 0; }},

    // Staff.
    {"cardsFailed", somethingFailed},
    {"somebodySignedIn", [](const Truth& is) { return is.staffSignedIn > 0; }},
    {"accountIsLocked", [](const Truth& is) { return is.accountsLocked > 0; }},
    {"actIsRecorded", [](const Truth& is) { return is.actsDone > 0; }},
    {"actIsRefused", [](const Truth& is) { return is.actsDone == 0; }},
    {"dayIsCounted", [](const Truth& is) { return is.daysFrozen > 0; }},
    {"dayIsNotClosed", [](const Truth& is) { return is.daysOpen > 0; }},
    {"laneIsStopped", [](const Truth& is) { return is.lanesStopped > 0; }},
    {"laneRunsAgain", [](const Truth& is) { return is.lanesStopped == 0 && is.actsDone > 0; }},
    {"exchangeIsOpen", [](const Truth& is) { return is.exchangesOpen > 0; }},
    {"nothingIsOpen",
     [](const Truth& is) {
         return is.daysOpen == 0 && is.exchangesOpen == 0 && is.lanesStopped == 0;
     }},
    {"noBoxIsOpen", [](const Truth& is) { return is.boxesOpen == 0; }},
    {"orderIsOpen", [](const Truth& is) { return is.ordersOpen > 0; }},
    {"booksAreSound", [](const Truth& is) { return is.booksBalance > 0; }},
    {"everythingIsDelivered", [](const Truth& is) { return is.factsWaiting == 0; }},
    {"recordIsWhole", [](const Truth& is) { return is.recordHolds > 0; }},
    {"recordIsBroken", [](const Truth& is) { return is.recordHolds == 0; }},
});

}  // namespace

std::span<const Predicate> predicates() {
    return table;
}

const Predicate* predicateNamed(std::string_view name) {
    const auto found = std::ranges::find(table, name, &Predicate::name);
    return found == table.end() ? nullptr : &*found;
}

std::vector<Lie> liesOf(const WordClasses& classes, const std::vector<SaidKey>& said,
                        const Truth& truth) {
    std::vector<Lie> lies;
    for (const SaidKey& one : said) {
        const ClassRule* rule = classes.find(one.key);
        if (rule == nullptr) {
            lies.push_back({one.key, "no class"});
        } else if (rule->wordClass == WordClass::answer) {
            if (one.statement) lies.push_back({one.key, "an answer of the person's"});
        } else if (rule->wordClass == WordClass::world) {
            const Predicate* predicate = predicateNamed(rule->predicate);
            if (predicate == nullptr || !predicate->holds(truth)) {
                lies.push_back({one.key, rule->predicate});
            }
        }
    }
    return lies;
}

std::string describe(const Truth& truth) {
    std::string text;
    for (const FactName& one : factNames) {
        const int value = truth.*one.fact;
        if (value == 0) continue;
        text += (text.empty() ? "" : ", ") + std::string(one.name) + " " + std::to_string(value);
    }
    return text;
}

}  // namespace liqu::truth
