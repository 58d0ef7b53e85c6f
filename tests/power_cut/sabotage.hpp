// Bugs planted on purpose, so that the proof shows that it can fail (rulings 28). None of them is
// in the firmware: a sabotage alters the copy of the step table that a test program links, what the
// database does with a row, what the disk does with a sync, what goes over the line, or what the
// printer is told before it is asked.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "drivers/transport/usb.hpp"
#include "firmware/ports/province_link.hpp"
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
    LIQU_SABOTAGE(syncIsALie, "the disk keeps nothing of what it said it synced")

enum class Sabotage : std::uint8_t {
    none,
#define LIQU_SABOTAGE(name, what) name,
    LIQU_SABOTAGES
#undef LIQU_SABOTAGE
};

std::string_view nameOf(Sabotage sabotage);
std::string_view wordsOf(Sabotage sabotage);
std::span<const Sabotage> allSabotages();

// What is done where a connection to the database is opened.
void sabotageDatabase(Sabotage sabotage, storage::Database& database);
// The line that resends under other keys; null where this sabotage does not touch it.
std::unique_ptr<ports::ProvinceLink> sabotagedLine(Sabotage sabotage, ports::ProvinceLink& real);
// What is done to a printer as soon as it is opened.
void sabotageOpened(Sabotage sabotage, drivers::UsbDevice& printer, std::uint8_t interfaceNumber);

}  // namespace liqu::proof
