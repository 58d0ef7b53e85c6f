// What differs from one ESC/POS slip printer to the next: a line of
// kiosk-config/printers/receipt-*.toml each, so that another model of a known family needs no code
// (hardware-notes/receipt-printer.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/base/words.hpp"

namespace liqu::drivers {

// "04b8:0202"
struct UsbId {
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    friend bool operator==(const UsbId&, const UsbId&) = default;
};
std::optional<UsbId> usbIdOf(std::string_view text);

// By which command a slip is cut off.
enum class CutCommand : std::uint8_t {
    feedAndCut,  // 1D 56 42 n: feeds n dots to the cutter, then cuts
    full,        // 1D 56 00
    partial,     // 1D 56 01
    old,         // 1B 69
    present,     // none of its own: the presenter's command cuts
};
constexpr auto wordsOf(CutCommand) {
    return words<CutCommand>({{CutCommand::feedAndCut, "feedAndCut"},
                              {CutCommand::full, "full"},
                              {CutCommand::partial, "partial"},
                              {CutCommand::old, "old"},
                              {CutCommand::present, "present"}});
}

// Where its state comes from.
enum class StatusSource : std::uint8_t {
    dleEot,    // 10 04 1…4, a byte each
    custom6,   // 10 04 14, six bytes
    asb,       // 1D 61 n, four bytes
    portByte,  // the status byte of the USB printer class
    none,      // one-way
};
constexpr auto wordsOf(StatusSource) {
    return words<StatusSource>({{StatusSource::dleEot, "dleEot"},
                                {StatusSource::custom6, "custom6"},
                                {StatusSource::asb, "asb"},
                                {StatusSource::portByte, "portByte"},
                                {StatusSource::none, "none"}});
}

enum class PresenterCommands : std::uint8_t {
    none,
    gsE,  // 1D 65 …: the maker's "ejector"
    fsP,  // 1C 50 …: presents and takes back by itself
    gsR,  // 1D 52 …
};
constexpr auto wordsOf(PresenterCommands) {
    return words<PresenterCommands>({{PresenterCommands::none, "none"},
                                     {PresenterCommands::gsE, "gsE"},
                                     {PresenterCommands::fsP, "fsP"},
                                     {PresenterCommands::gsR, "gsR"}});
}

struct HeadProfile {
    int dots = 576;
    int bandRows = 128;
    // A band whose height is a multiple of it prints garbage; 0: none does.
    int avoidRows = 0;
};

struct CutProfile {
    CutCommand command = CutCommand::feedAndCut;
    int feedDots = 96;  // from the head to the cutter
};

struct StatusProfile {
    StatusSource source = StatusSource::dleEot;
    // The constant bits of an answer to 10 04 n are there.
    bool fixedBits = true;
    bool whilePrinting = false;
    // 1D 49 01 is answered when everything sent before it is done: the proof that the cut was made.
    bool fence = false;
};

struct PresenterProfile {
    PresenterCommands commands = PresenterCommands::none;
    int steps = 0;                             // how far the slip is pushed out
    Duration hold = std::chrono::seconds{60};  // a printer that takes back by itself waits so long
};

struct PaceProfile {
    std::int64_t bytesPerSecond = 0;  // 0: the line tells when to wait
    Duration afterInit{};
    double millimetresPerSecond = 100;
};

struct ReceiptProfile {
    std::vector<UsbId> usbIds;  // empty: kiosk.toml says which
    HeadProfile head;
    bool leaveChinese = true;  // 1C 2E after each 1B 40
    CutProfile cut;
    StatusProfile status;
    PresenterProfile presenter;
    PaceProfile pace;
    Duration answer = std::chrono::milliseconds{500};
    Duration stopped = std::chrono::seconds{5};  // no byte taken for so long: it has stopped
    Duration hot = std::chrono::seconds{60};     // a state that ends by itself
};

// Strict: a wrong key, type or value is refused with file and line.
Result<ReceiptProfile> readReceiptProfile(const std::filesystem::path& path,
                                          Faults* faults = nullptr);

}  // namespace liqu::drivers
