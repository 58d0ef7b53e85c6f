// What a simulated printer is like: its speed, its trays, and the habits that stay open
// (hardware-notes/card-printer.md, "How sure we are"), each a switch here.
#pragma once

#include <string>

#include "firmware/base/clock.hpp"

namespace liqu::world {

// hardware-notes/card-printer.md, "Speeds and timings".
struct PrinterTimings {
    Duration feed{};
    Duration sync{};
    Duration toChip = std::chrono::milliseconds(1500);
    Duration fromChip = std::chrono::milliseconds(1500);
    Duration chipSettle = std::chrono::milliseconds(300);
    Duration colour{};
    Duration black{};
    Duration overlay{};
    Duration back{};
    Duration eject{};
    Duration discard = std::chrono::milliseconds(2000);
    Duration takeBack = std::chrono::milliseconds(2000);
    Duration misfeedTry = std::chrono::milliseconds(3000);
    Duration emptyFeederWait = std::chrono::seconds(30);
    Duration reset = std::chrono::seconds(5);
    Duration cleaning = std::chrono::seconds(20);

    static PrinterTimings desktop225();
    static PrinterTimings kiosk();
    // Everything `speed` times as fast.
    PrinterTimings scaled(double speed) const;
};

enum class PositionDialect : std::uint8_t { kioskClass, classic };

struct PrinterSettings {
    PrinterTimings timings = PrinterTimings::kiosk();
    int hoppers = 2;
    int nearEmptyAt = 5;
    int binCapacity = 30;
    std::string model = "KC200B";
    std::string serial = "10000000001";
    std::string firmware = "1.2.3-emul";
    std::uint16_t productId = 0x0A00;
    std::uint16_t maxPacketSize = 64;
    std::string zone = "01";
    std::string ribbonZone = "01";
    std::string ribbonType = "ymcko";  // empty: no ribbon inside
    int ribbonCapacity = 200;
    int ribbonRemaining = 200;
    int cleaningInterval = 1000;

    std::string terminator = std::string(1, '\0');
    PositionDialect dialect = PositionDialect::kioskClass;
    bool answersDuringMotion = false;
    bool ejectBlocks = true;      // `Se` answers only when the card was taken
    bool answersReset = false;    // whether `Srs` is answered before the reset
    bool nearEmptyIsHigh = true;  // polarity of `Rse;n`
    std::size_t panelBuffers = 2;
    Duration defaultBezelDelay = std::chrono::seconds(30);
    // A panel whose sender fell silent is dropped after this; electronics, never scaled.
    Duration payloadPatience = std::chrono::seconds(10);
    Duration lateQueryReply = std::chrono::seconds(10);
    Duration lateMotionReply = std::chrono::seconds(70);
    std::string recordPath;  // every byte of OUT; empty: not recorded
};

}  // namespace liqu::world
