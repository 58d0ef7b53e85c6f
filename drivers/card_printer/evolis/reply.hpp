// Replies of the ESC language: short ASCII text, one per command, in order; the end of it differs
// between models (hardware-notes/card-printer.md, "Replies").
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/card_printer/evolis/printer_profile.hpp"
#include "firmware/base/bytes.hpp"

namespace liqu::drivers {

// Collects bytes into replies, however they are cut into packets.
class ReplyAssembler {
  public:
    explicit ReplyAssembler(ReplyTerminator terminator) : terminator_(terminator) {}

    void take(ByteView bytes);
    // The oldest whole reply.
    std::optional<std::string> next();
    // Bytes of a reply that has not ended yet.
    bool hasPart() const { return !part_.empty(); }
    // Does a silence end a reply here? Otherwise an unfinished reply stays unfinished.
    bool endsBySilence() const;
    void silence();
    void clear();

  private:
    void finish();
    ReplyTerminator terminator_;
    std::string part_;
    std::deque<std::string> whole_;
};

enum class ReplyKind : std::uint8_t {
    ok,
    noCard,
    card,
    chipStation,
    contactlessStation,
    misplacedCard,
    cleaningNeeded,
    commandUnknown,
    parameterWrong,
    optionMissing,
    timeOut,
    hopper,
    hopperFull,
    hopperDoor,
    head,
    coverOpen,
    feederEmpty,
    jam,
    ribbon,
    ribbonUndetected,
    magnetic,
    checksum,
    otherError,
    text,  // none of the above: a value, or words nobody knows
};

// By prefix, upper or lower case.
ReplyKind kindOf(std::string_view reply);

// "5,00 Volts" -> 5.0
std::optional<double> voltsOf(std::string_view reply);
// "128" -> 128; nothing else in the reply.
std::optional<std::uint32_t> numberIn(std::string_view reply);

// For logs: control and foreign characters as '?', at most 60 of them.
std::string printable(std::string_view reply);

}  // namespace liqu::drivers
