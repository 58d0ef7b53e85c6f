// Sends commands and gives whole replies: fetches what 61xx announces and repeats after 6Cxx, each
// within limits. Works alike over readers that resolve both themselves (hardware-notes/chip.md,
// "T=0").
#pragma once

#include <string_view>

#include "firmware/chip/apdu.hpp"
#include "firmware/ports/chip_reader.hpp"

namespace liqu::chip {

class CardChannel {
  public:
    explicit CardChannel(ports::ChipReader& reader) : reader_(reader) {}

    // After each ATR: how this card's protocol wants case 4.
    void setCaseFour(CaseFour caseFour) { caseFour_ = caseFour; }

    // Any status word; fails only where the reader does, or the card never stops announcing.
    Result<Response> send(const Command& command);
    // One command as it stands, and whatever comes back: never a second time, not even where the
    // card asks for it with 6Cxx. For what costs a try.
    Result<std::uint16_t> once(ByteView command);
    // The reply's data; a status other than 9000 is the error of that step.
    Result<PersonalBytes> demand(const Command& command, std::string_view step);

  private:
    Result<Response> exchange(const Command& command);

    ports::ChipReader& reader_;
    CaseFour caseFour_ = CaseFour::withoutLe;
};

}  // namespace liqu::chip
