// Bugs planted on purpose, so that the proof shows that it can fail (decision 28). None of them is
// in the firmware: a sabotage alters a copy of the plan, what the database does with a row, what
// the disk does with a sync, what goes over the line, what is heard of the chip, what the printer
// is told before it is asked, how the key is opened, or what is shown.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "drivers/transport/usb.hpp"
#include "firmware/ports/chip_reader.hpp"
#include "firmware/ports/province_link.hpp"
#include "firmware/screen/display.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::proof {

// LIQU_SABOTAGE(name, what was done)
#define LIQU_SABOTAGES                                                                      \
    LIQU_SABOTAGE(noIntent, "intents are not written")                                      \
    LIQU_SABOTAGE(intentAfterMotion, "a blank is fed before its intent is written")         \
    LIQU_SABOTAGE(factAfterNextMotion, "a fed blank is booked when the next step begins")   \
    LIQU_SABOTAGE(reportOutsideTransaction, "the report is queued after the fact's commit") \
    LIQU_SABOTAGE(moveDropped, "a fed blank stays in the hopper's books")                   \
    LIQU_SABOTAGE(resetBeforeIdle, "a printer that still prints is reset on opening")       \
    LIQU_SABOTAGE(newKeyOnResend, "a fact is sent again under another key")                 \
    LIQU_SABOTAGE(printedBlindly, "recovery prints again without a look at the counters")   \
    LIQU_SABOTAGE(presentedIsTaken, "what was presented counts as taken")                   \
    LIQU_SABOTAGE(discardedUnseen, "what should lie in the bin counts as lying there")      \
    LIQU_SABOTAGE(deliveredUnsent, "a fact counts as delivered before it is sent")          \
    LIQU_SABOTAGE(permitForgotten, "a permit without a touched chip is let go silently")    \
    LIQU_SABOTAGE(syncIsALie, "the disk keeps nothing of what it said it synced")           \
    LIQU_SABOTAGE(firstFaceForAll, "the face of the first person is printed for all")       \
    LIQU_SABOTAGE(anothersChip, "another person's name is written into the chip")           \
    LIQU_SABOTAGE(numberSkipped, "a fact goes to the province under the next number")       \
    LIQU_SABOTAGE(dataKept, "what was personalised stays sealed in an order that ended")    \
    LIQU_SABOTAGE(dataInPlain, "the person's number is noted in plain text")                \
    LIQU_SABOTAGE(recordChanged, "a line of the staff's record is changed afterwards")      \
    LIQU_SABOTAGE(recordCutShort, "the newest lines of the staff's record are taken out")   \
    LIQU_SABOTAGE(countersTrusted, "counters that went back say that nothing was printed")  \
    LIQU_SABOTAGE(olderBooksTaken, "what the province says of older books is not heard")    \
    LIQU_SABOTAGE(lostFactsUnsent, "a restored province is not told again")                 \
    LIQU_SABOTAGE(clockNotAsked, "whatever the clock says is believed")                     \
    LIQU_SABOTAGE(keyReplaced, "another seal key is made in the place of the lost one")     \
    LIQU_SABOTAGE(screenLies, "who has the card is told that none was made")                \
    LIQU_SABOTAGE(answerNotCompared, "whom and what a permit is for is not compared")       \
    LIQU_SABOTAGE(notHttpIsNotSent, "what was answered by no HTTP counts as not sent")      \
    LIQU_SABOTAGE(unknownIsNo, "a change whose answer never came is called not done")       \
    LIQU_SABOTAGE(feeUnregistered, "a fee that was paid is told to nobody")                 \
    LIQU_SABOTAGE(closedUnseen, "a fee order counts as closed, and nobody closed it")       \
    LIQU_SABOTAGE(oldCardUntold, "an old card that was taken in is told to nobody")         \
    LIQU_SABOTAGE(pinUntold, "a changed PIN is told to nobody")                             \
    LIQU_SABOTAGE(copyBelieved, "whatever a chip says as its proof is the right one")

enum class Sabotage : std::uint8_t {
    none,
#define LIQU_SABOTAGE(name, what) name,
    LIQU_SABOTAGES
#undef LIQU_SABOTAGE
};

std::string_view nameOf(Sabotage sabotage);
std::string_view wordsOf(Sabotage sabotage);
std::span<const Sabotage> allSabotages();

// The window that says what is not so; null where this sabotage does not touch it.
std::unique_ptr<screen::Display> sabotagedDisplay(Sabotage sabotage, screen::Display& real);
// What is done where a connection to the database is opened.
void sabotageDatabase(Sabotage sabotage, storage::Database& database);
// What the chip at the station said last; empty until it has spoken.
struct Overheard {
    Bytes reply;
};
// The reader that lets this be heard; null where this sabotage does not touch it.
std::unique_ptr<ports::ChipReader> sabotagedReader(Sabotage sabotage, ports::ChipReader& real,
                                                   Overheard& chip);
// The line with the bug on it; null where this sabotage does not touch it.
std::unique_ptr<ports::ProvinceLink> sabotagedLine(Sabotage sabotage, ports::ProvinceLink& real,
                                                   const Overheard& chip);
// What is done to a printer as soon as it is opened.
void sabotageOpened(Sabotage sabotage, drivers::UsbDevice& printer, std::uint8_t interfaceNumber);

}  // namespace liqu::proof
