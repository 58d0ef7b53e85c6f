// Frames of the SDT protocol, which the security module of an ID-card reader speaks:
// AA AA AA 96 69, length (big-endian, what follows it), body, XOR of length and body
// (hardware-notes/id-reader.md, "Frames"). Bytes in, frames out; nothing here knows a wire or a
// clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::drivers::sdt {

constexpr std::array<std::uint8_t, 5> preamble{0xAA, 0xAA, 0xAA, 0x96, 0x69};
constexpr std::size_t headSize = 7;     // preamble and length
constexpr std::size_t leastLength = 4;  // three status bytes and the check byte
constexpr std::size_t greatestLength = 4089;

Bytes encodeRequest(std::uint8_t command, std::uint8_t parameter, ByteView data = {});

// SW1 SW2 SW3. Decisions are made on SW3; the others are the card's own words
// (hardware-notes/id-reader.md, "Status words").
struct Status {
    std::uint8_t sw1 = 0;
    std::uint8_t sw2 = 0;
    std::uint8_t sw3 = 0;
};
std::string describe(Status status);  // "SW 6A 82 41"

struct Answer {
    Status status;
    PersonalBytes data;
};

// The module's two answer pipes carry one of these each (hardware-notes/id-reader.md, "Wires").
enum class FramePart : std::uint8_t { head, body };

// Finds answers in a stream that may hold stray bytes, half frames and glued frames. What it
// holds may be personal data: it never moves in memory, and is wiped.
class FrameParser {
  public:
    FrameParser();
    ~FrameParser() { wipe(buffer_); }
    FrameParser(const FrameParser&) = delete;
    FrameParser& operator=(const FrameParser&) = delete;

    void feed(ByteView bytes);
    // The next whole answer; nothing while more bytes are needed. idReaderGarbled: a length out
    // of bounds or a wrong check byte; those bytes are gone and the search goes on behind them.
    Result<std::optional<Answer>> next();
    // How many bytes are missing, as far as one can say now, and of which part.
    std::size_t wanted() const;
    FramePart part() const { return buffer_.size() < headSize ? FramePart::head : FramePart::body; }
    // Has a frame begun? Stray bytes do not count.
    bool begun() const { return !buffer_.empty(); }
    void clear() { drop(buffer_.size()); }

  private:
    std::size_t bodyLength() const { return std::size_t{buffer_[5]} << 8 | buffer_[6]; }
    void drop(std::size_t count);
    void synchronise();

    Bytes buffer_;
};

}  // namespace liqu::drivers::sdt
