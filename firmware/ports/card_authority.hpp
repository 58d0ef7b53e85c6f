// Port: the three roles of the province's encryption machine (加密机, HSM). The kiosk never holds
// a card key: it sends what identifies the card and the two random numbers, and gets the
// cryptogram back (hardware-notes/chip.md, "Authentication", "The encryption machine").
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

enum class ChipAlgorithm : std::uint8_t { tripleDes = 1, sm4 = 3 };

// Which key of the card is meant; the province knows its key addresses.
enum class CardKey : std::uint8_t {
    issuerRecognition,  // IRK, internal authentication, key id 00
    readHolder,         // RKSSSE, key id 0A
    updateCard,         // UKSSSE, key id 04
    pinUnlock,          // PUK, key id 06
};

struct CardKeyContext {
    ChipAlgorithm algorithm = ChipAlgorithm::sm4;
    std::array<std::uint8_t, 13> historicalBytes{};
    std::array<std::uint8_t, 16> cardIdCode{};
};

using Block8 = std::array<std::uint8_t, 8>;

class CardAuthority {
  public:
    virtual ~CardAuthority() = default;
    // factor (过程因子) makes the session key, original (原始信息) is what is encrypted.
    // The cryptogram the card must have answered to INTERNAL AUTHENTICATE.
    virtual Result<Block8> internalAuthentication(const CardKeyContext& card, const Block8& factor,
                                                  const Block8& original) = 0;
    // The cryptogram to send with EXTERNAL AUTHENTICATE.
    virtual Result<Block8> externalAuthentication(const CardKeyContext& card, CardKey key,
                                                  const Block8& factor, const Block8& original) = 0;
};

// The role that only 解锁 and 重置 need: a command of the card that carries a MAC, and for a reset
// the PIN it puts in, encrypted. Online only.
class PinAuthority {
  public:
    virtual ~PinAuthority() = default;
    // What follows the head (CLA INS P1 P2 Lc), as it goes to the card: Lc bytes. The challenge is
    // the card's last one. pin: the transport PIN in digits, empty for an unlock; a citizen's own
    // is never given.
    virtual Result<Bytes> secureMessage(const CardKeyContext& card, const Block8& challenge,
                                        const std::array<std::uint8_t, 5>& head,
                                        const std::string& pin) = 0;
};

}  // namespace liqu::ports
