// One PC/SC context with at most one card connection, as the chip reader uses it. The real one is
// pcsc-lite; unit tests put a scripted one in its place.
//
// Used by one thread at a time. Any call may block for ever in a hung driver: DeadlineWorker.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "drivers/chip_reader/pcsc_code.hpp"
#include "firmware/base/bytes.hpp"

namespace liqu::drivers {

// held: a card is there, and another program has the reader open.
enum class CardPresence : std::uint8_t { unknown, absent, present, held, mute, readerGone };
enum class ResetKind : std::uint8_t { cold, warm };

class PcscContext {
  public:
    virtual ~PcscContext() = default;  // disconnects and releases

    virtual PcscCode establish() = 0;
    virtual PcscCode listReaders(std::vector<std::string>& names) = 0;
    // Waits until the reader's state is another than `presence`, and gives the new one.
    virtual PcscCode waitForChange(const std::string& reader, std::chrono::milliseconds patience,
                                   CardPresence& presence) = 0;
    virtual PcscCode connectExclusively(const std::string& reader) = 0;
    virtual PcscCode reset(ResetKind kind) = 0;
    virtual PcscCode answerToReset(Bytes& atr) = 0;
    virtual PcscCode transmit(ByteView command, Bytes& reply) = 0;
    // Takes the power from the card, so that no authentication survives.
    virtual PcscCode disconnect() = 0;
};

using PcscContextMaker = std::function<std::shared_ptr<PcscContext>()>;

// pcsc-lite. Honours PCSCLITE_CSOCK_NAME.
std::shared_ptr<PcscContext> makePcscLiteContext();

}  // namespace liqu::drivers
