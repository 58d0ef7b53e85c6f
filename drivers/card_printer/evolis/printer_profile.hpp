// What differs from one printer of the Evolis ESC language to the next, and what nobody has proven
// on metal: a line of kiosk-config/printers/*.toml each, so that a new model needs no code.
// The sources of the lines stand beside them in the file (hardware-notes/card-printer.md).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/base/words.hpp"

namespace liqu::drivers {

// Which byte ends a reply. `any` takes NUL, CR, LF or a silence.
enum class ReplyTerminator : std::uint8_t { any, nul, cr, lf, silence };
constexpr auto wordsOf(ReplyTerminator) {
    return words<ReplyTerminator>({{ReplyTerminator::any, "any"},
                                   {ReplyTerminator::nul, "nul"},
                                   {ReplyTerminator::cr, "cr"},
                                   {ReplyTerminator::lf, "lf"},
                                   {ReplyTerminator::silence, "silence"}});
}
enum class PositionDialect : std::uint8_t { kiosk, classic };
constexpr auto wordsOf(PositionDialect) {
    return words<PositionDialect>(
        {{PositionDialect::kiosk, "kiosk"}, {PositionDialect::classic, "classic"}});
}
enum class LaneSelection : std::uint8_t { none, piem, vendor };
constexpr auto wordsOf(LaneSelection) {
    return words<LaneSelection>({{LaneSelection::none, "none"},
                                 {LaneSelection::piem, "piem"},
                                 {LaneSelection::vendor, "vendor"}});
}
enum class InsertionDialect : std::uint8_t { kiosk, classic };
constexpr auto wordsOf(InsertionDialect) {
    return words<InsertionDialect>(
        {{InsertionDialect::kiosk, "kiosk"}, {InsertionDialect::classic, "classic"}});
}

struct ReplyProfile {
    ReplyTerminator terminator = ReplyTerminator::any;
    Duration silence = std::chrono::milliseconds{100};
    PositionDialect positions = PositionDialect::kiosk;
    bool queriesDuringMotion = false;
    // Whether a downloaded panel is answered like any other command.
    bool panelsAnswered = true;
};

struct FeederProfile {
    int lanes = 1;
    LaneSelection selection = LaneSelection::none;
    std::string vendorCommand;  // {lane} becomes the lane's number
    InsertionDialect dialect = InsertionDialect::kiosk;
    std::string insertion = "F";
    double cardAboveVolts = 1.0;
    double nearEmptyVolts = 1.0;
    bool nearEmptyIsAbove = true;
    std::string slowFeed;  // parameters of Pfs; empty: not sent
};

struct ExitProfile {
    std::string tray = "I";
    std::string bezelSensor = "b";
    double cardAboveVolts = 3.0;
    double noCardBelowVolts = 1.0;
    std::string timeoutAction = "D";
    Duration hold = std::chrono::seconds{2};
    Duration pollRhythm = std::chrono::milliseconds{200};
    std::string rejectTray = "D";
    std::string rejectCommand = "Ser";
};

struct PrintProfile {
    std::string ribbon = "ymcko";
    int bitsPerColour = 7;
    int rotation = 90;
    bool compressMono = true;
    std::array<int, 5> contrast{10, 10, 10, 10, 10};  // y m c k o
    // After the job, the counter Rco;p must have grown by the five panels.
    bool countPanels = true;
};

struct PatienceProfile {
    Duration query = std::chrono::seconds{2};
    Duration lateReply = std::chrono::seconds{15};
    Duration setting = std::chrono::seconds{5};
    Duration feed = std::chrono::seconds{60};
    Duration move = std::chrono::seconds{30};
    Duration panel = std::chrono::seconds{60};
    Duration print = std::chrono::seconds{120};
    Duration clean = std::chrono::seconds{180};
    Duration resetRest = std::chrono::seconds{5};
};

struct PrinterProfile {
    ReplyProfile reply;
    FeederProfile feeder;
    ExitProfile exit;
    PrintProfile print;
    PatienceProfile patience;
    double coverClosedAboveVolts = 1.0;
    // Sent after power-on, reset and reconnection, in this order, before what the lines above say.
    std::vector<std::string> setup{"Pem;2", "Psmgr;2"};
};

// Strict: a wrong key, type or value is refused with file and line.
Result<PrinterProfile> readPrinterProfile(const std::filesystem::path& path,
                                          Faults* faults = nullptr);
Result<PrinterProfile> readPrinterProfile(const ConfigFile& file);

}  // namespace liqu::drivers
