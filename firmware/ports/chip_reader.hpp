// Port: the chip station's reader (PC/SC words: ICC, ATR, APDU). One connection from powerOn to
// powerOff; nothing else may talk to the card in between.
#pragma once

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

class ChipReader {
  public:
    virtual ~ChipReader() = default;

    // Is the reader there and its service running?
    virtual Result<void> selfTest() = 0;
    // Waits for the card at the station, connects exclusively and does a cold reset. Gives the ATR.
    // chipMute: no card answered within patience.
    virtual Result<Bytes> powerOn(Duration patience) = 0;
    // A cold reset within the same connection: all security state is gone. Gives the ATR.
    virtual Result<Bytes> coldReset() = 0;
    // One command, one reply with its two status bytes, as the card gave it (61xx and 6Cxx
    // included). chipWasReset, chipRemoved, chipReplyTorn, chipReaderHung otherwise.
    virtual Result<Bytes> transmit(ByteView command) = 0;
    // Must be called before the card is moved. Safe to call at any time.
    virtual void powerOff() = 0;
};

}  // namespace liqu::ports
