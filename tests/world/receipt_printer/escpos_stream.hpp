// A receipt printer's reading of what it is sent, byte by byte: whatever ESC/POS command a profile
// knows, a band of dots, or characters. Any cut between two transfers may fall anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "tests/world/receipt_printer/receipt_profile.hpp"

namespace liqu::world {

enum class EscPos : std::uint8_t {
    character,  // one byte, of the line
    lineFeed,
    initialise,
    chineseOn,
    chineseOff,
    feedDots,
    feedLines,
    lineSpacing,
    usualLineSpacing,
    align,
    bandHead,  // GS v 0 with its four lengths
    bandRow,   // a row of the band is complete
    columns,   // ESC * 33 with all its columns
    cut,       // GS V m, or GS V m n
    oldFullCut,
    oldPartialCut,
    automaticStatus,
    automaticFullStatus,
    modelId,
    presentSteps,    // GS e 3 m
    presentFor,      // GS e 32 m t
    retract,         // GS e 2
    eject,           // GS e 5
    presenterState,  // GS e 6
    continuousOff,   // GS e 18
    continuousOn,    // GS e 20
    presentAndAct,   // FS P len blink action t
    retractNow,      // GS R 0
    presentSeconds,  // GS R 1 n
    realTime,        // has been obeyed when it came in
    unknown,
};

struct EscPosItem {
    EscPos kind = EscPos::unknown;
    Bytes bytes;                  // parameters, or the row
    std::uint64_t at = 0;         // where its first byte stood in the stream
    bool realTimeInside = false;  // a row that a real-time command lies in
};

class EscPosStream {
  public:
    explicit EscPosStream(const ReceiptProfile& profile) : profile_(&profile) {}

    // At most one item a byte.
    std::optional<EscPosItem> take(std::uint8_t byte);
    bool insideCommand() const { return state_ != State::between; }
    bool insideBand() const { return state_ == State::band; }
    // The band that begins is taken as characters: its data are none of a band's.
    void refuseBand();
    void abandon();
    std::uint64_t position() const { return position_; }

  private:
    enum class State : std::uint8_t { between, head, band, columns };

    std::optional<EscPosItem> takeHead(std::uint8_t byte);
    std::optional<EscPosItem> takeBand(std::uint8_t byte);
    std::optional<EscPosItem> finish(EscPos kind, std::size_t headLength);
    void beginBand();

    const ReceiptProfile* profile_;
    State state_ = State::between;
    Bytes head_;
    Bytes data_;
    std::size_t rowBytes_ = 0;
    std::size_t rowsLeft_ = 0;
    std::size_t wanted_ = 0;
    std::uint32_t lastThree_ = 0;  // of the band
    bool realTimeInside_ = false;
    std::uint64_t began_ = 0;
    std::uint64_t position_ = 0;
};

// Dots of one column of ESC * 33.
constexpr std::size_t columnBytes = 3;

// DLE EOT 1…4, DLE ENQ 1…2, and what else acts on sight: the last three bytes of the raw stream.
bool actsOnSight(std::uint32_t lastThree);

}  // namespace liqu::world
