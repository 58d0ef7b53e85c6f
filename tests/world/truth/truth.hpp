// The world at one instant, as far as words on a screen speak of it: plain numbers that whoever
// stands outside the kiosk can see. Shared by the scenarios, which look at the simulated world
// itself, and by the judge, which reads the same numbers from a robot's evidence; so it stands on
// nothing of the house.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace liqu::truth {

// LIQU_FACT(name, meaning). "Made": its whole face is printed and its chip says whose it is.
// "Since": since the visit began, or since the last one where nobody is served.
#define LIQU_FACTS                                                                                \
    LIQU_FACT(visitRuns, "somebody touched start and is being served")                            \
    LIQU_FACT(justStarted, "the program started, and has welcomed nobody yet")                    \
    LIQU_FACT(startsSince, "times it started since")                                              \
    LIQU_FACT(stopsNow, "it was told to stop")                                                    \
    LIQU_FACT(attentionAsked, "the branch is being called, and nobody answered yet")              \
    LIQU_FACT(attentionAcknowledged, "somebody of the branch said that they come")                \
    LIQU_FACT(attentionUnheard, "the call reached nobody")                                        \
    LIQU_FACT(moneyTaken, "the machine took money since")                                         \
    LIQU_FACT(idCardLies, "a document lies on the reader")                                        \
    LIQU_FACT(idCardUnread, "it lies there and was not yet read in full")                         \
    LIQU_FACT(idCardKnown, "a document was read in full since")                                   \
    LIQU_FACT(idCardIsAnothers, "it is another one than was read first")                          \
    LIQU_FACT(documentBad, "the person's document cannot be served here")                         \
    LIQU_FACT(documentLifted, "it was lifted before it was read in full")                         \
    LIQU_FACT(consented, "the person agreed to the making since")                                 \
    LIQU_FACT(refused, "the person did not agree, since")                                         \
    LIQU_FACT(wantsReplacement, "the person asked for a card in place of a lost one")             \
    LIQU_FACT(left, "the person went home, since")                                                \
    LIQU_FACT(timeUp, "the person let the time run out, since")                                   \
    LIQU_FACT(attendantWrong, "times an attendant's PIN was wrong since")                         \
    LIQU_FACT(attendantSaidNo, "an attendant declined, since")                                    \
    LIQU_FACT(cardInside, "a card lies between hopper and mouth")                                 \
    LIQU_FACT(printerCoverOpen, "the cover of the card printer is open")                          \
    LIQU_FACT(ribbonSets, "cards its ribbon is good for still")                                   \
    LIQU_FACT(cardAtMouth, "a card is held at the mouth")                                         \
    LIQU_FACT(madeCardAtMouth, "and it is made, for this person")                                 \
    LIQU_FACT(madeCardTaken, "this person took a made card of theirs since")                      \
    LIQU_FACT(madeCardKept, "a made card of this person lies inside or in a bin")                 \
    LIQU_FACT(unfinishedInBin, "cards not made that came into a bin since")                       \
    LIQU_FACT(madeForThem, "made cards of this person, wherever they are")                        \
    LIQU_FACT(touchedSince, "blanks written, printed or permitted since")                         \
    LIQU_FACT(touchedKept, "of these, cards that lie inside or in a bin")                         \
    LIQU_FACT(cardsInBins, "cards in the bins")                                                   \
    LIQU_FACT(cardsInCabinet, "unfetched cards in the cabinet of the outlet")                     \
    LIQU_FACT(cardsAtBank, "cards that went back to the bank")                                    \
    LIQU_FACT(cardsGone, "cards that somebody took out of the machine")                           \
    LIQU_FACT(cardsMissed, "the books: cards inside that are not there")                          \
    LIQU_FACT(blanksInHopper, "blanks there are")                                                 \
    LIQU_FACT(banksOfferedEmpty, "banks offered on the page of whom no blank is there")           \
    LIQU_FACT(banksSentAwayLoaded, "banks said not to be here whose blanks could be fed")         \
    LIQU_FACT(applicationCreated, "the province: an application of the person is CREATED")        \
    LIQU_FACT(applicationMarked, "the province: an application of the person is MARKED")          \
    LIQU_FACT(applicationMaking, "the province: an application of the person is DATA_READY")      \
    LIQU_FACT(applicationMade, "the province: an application of the person is REPORTED_OK")       \
    LIQU_FACT(applicationEnabled, "the province: an application of the person is ENABLED")        \
    LIQU_FACT(applicationHandedOver, "the province: an application of the person is HANDED_OVER") \
    LIQU_FACT(applicationHeld, "the province: an application of the person is HELD")              \
    LIQU_FACT(applicationCancelled, "the province: an application of the person is CANCELLED")    \
    LIQU_FACT(applicationNeedsStaff, "the province: an application of the person is NEEDS_STAFF") \
    LIQU_FACT(cardNotEnabled, "the province: a card of the person is NOT_ENABLED")                \
    LIQU_FACT(cardNormal, "the province: a card of the person is NORMAL")                         \
    LIQU_FACT(cardTempLost, "the province: a card of the person is TEMP_LOST")                    \
    LIQU_FACT(cardFormalLost, "the province: a card of the person is FORMAL_LOST")                \
    LIQU_FACT(cardReplacing, "the province: a card of the person is REPLACING")                   \
    LIQU_FACT(cardCancelled, "the province: a card of the person is CANCELLED")                   \
    LIQU_FACT(cardsOdd, "the province: cards in a state that is none of these")                   \
    LIQU_FACT(cardsLostNow, "the province: cards reported lost in this visit")                    \
    LIQU_FACT(cardsElsewhere, "the province: cards of the person from another of its cities")     \
    LIQU_FACT(cardsReleasedNow, "the province: cards released in this visit")                     \
    LIQU_FACT(temporaryCard, "the province: a temporary card of the person is out")               \
    LIQU_FACT(cardsEnabledNow, "the province: cards that came into force in this visit")          \
    LIQU_FACT(dataChangedNow, "the province: what it has of the person changed in this visit")    \
    LIQU_FACT(banksStillBlocked, "the province: cards in force whose account is blocked")         \
    LIQU_FACT(lostWithBank, "the province: cards whose account is blocked with them")             \
    LIQU_FACT(lostForDays, "the province: lost cards that are released by themselves")            \
    LIQU_FACT(hasValidCard, "the province: the person has a valid card")                          \
    LIQU_FACT(hasInvalidCard, "the province: a card that is lost or not enabled")                 \
    LIQU_FACT(cardEnabled, "the province: the newest card is enabled")                            \
    LIQU_FACT(appliedHere, "the province: an open application of this machine")                   \
    LIQU_FACT(appliedElsewhere, "the province: an open application of another place")             \
    LIQU_FACT(marked, "the province: one of them is marked for instant making")                   \
    LIQU_FACT(feePaid, "the province: the fee is paid")                                           \
    LIQU_FACT(feeOwed, "the province: a fee is owed")                                             \
    LIQU_FACT(feeArrived, "the service that collects fees: it came")                              \
    LIQU_FACT(feeDiffers, "the service that collects fees: another amount came")                  \
    LIQU_FACT(bankLinked, "the province: the bank side works")                                    \
    LIQU_FACT(portraitMissing, "the province: it holds no portrait of the person")                \
    LIQU_FACT(idPhotoUnread, "the photo of the ID card gives no picture")                         \
    LIQU_FACT(provinceSaysNo, "the province: the person may not be served here")                  \
    LIQU_FACT(pinChangedNow, "the card in the slot has another PIN than when the visit began")    \
    LIQU_FACT(pinTriesLost, "tries of its PIN lost since")                                        \
    LIQU_FACT(pinTriesLeft, "tries of its PIN that are left")                                     \
    LIQU_FACT(pinLocked, "its PIN is locked")                                                     \
    LIQU_FACT(cardInSlot, "a card of their own lies in the slot outside")                         \
    LIQU_FACT(slotCardIsAnothers, "it is not this person's card")                                 \
    LIQU_FACT(slotCardNotListed, "the province: no card has its number")                          \
    LIQU_FACT(readerFaults, "faults of the ID reader so far")                                     \
    LIQU_FACT(printerFaults, "faults of the card printer so far")                                 \
    LIQU_FACT(slipPrinterFaults, "faults of the slip printer so far")                             \
    LIQU_FACT(slipsOut, "slips that came out whole since")                                        \
    LIQU_FACT(slipInMouth, "a slip lies in the mouth of the slip printer")                        \
    LIQU_FACT(chipFaults, "faults of chips so far")                                               \
    LIQU_FACT(lineFaults, "faults of the line and of the province so far")                        \
    LIQU_FACT(diskFaults, "faults of the disk so far")                                            \
    LIQU_FACT(clockFaults, "faults of the clock so far")                                          \
    LIQU_FACT(ordersOpen, "the books: orders without an end")                                     \
    LIQU_FACT(factsWaiting, "the books: facts the province does not have")                        \
    LIQU_FACT(booksBalance, "the books: what was moved is what is there")                         \
    LIQU_FACT(recordHolds, "each line of the staff's record follows from the last")               \
    LIQU_FACT(actsDone, "acts recorded as done since the page before")                            \
    LIQU_FACT(accountsLocked, "staff accounts that are locked")                                   \
    LIQU_FACT(staffSignedIn, "the record: a sign-in after the last sign-out")                     \
    LIQU_FACT(noCardsByProvince, "the province's system has no way to make a card")               \
    LIQU_FACT(rulesOver, "the region's rules do not hold today")                                  \
    LIQU_FACT(daysOpen, "days that are not closed")                                               \
    LIQU_FACT(daysFrozen, "days that are being counted")                                          \
    LIQU_FACT(lanesStopped, "lanes that are locked or in an exchange")                            \
    LIQU_FACT(exchangesOpen, "exchanges without an end")                                          \
    LIQU_FACT(jamsOpen, "the books: a jam that two began to clear")                               \
    LIQU_FACT(trialsOpen, "the books: a trial with a test card that has no end")                  \
    LIQU_FACT(trialsPassed, "the books: the last trial passed")                                   \
    LIQU_FACT(testFacesPrinted, "test cards with a whole face, wherever they are")                \
    LIQU_FACT(boxesOpen, "boxes that were unsealed and hold cards")

struct Truth {
#define LIQU_FACT(name, meaning) int name = 0;
    LIQU_FACTS
#undef LIQU_FACT

    friend bool operator==(const Truth&, const Truth&) = default;
};

struct FactName {
    std::string_view name;
    int Truth::*fact;
};
inline constexpr auto factNames = std::to_array<FactName>({
#define LIQU_FACT(name, meaning) {#name, &Truth::name},
    LIQU_FACTS
#undef LIQU_FACT
});

// "visitRuns 1, cardInside 1": those that are not nought.
std::string describe(const Truth& truth);

}  // namespace liqu::truth
