// The province's encryption machine (加密机): the only place outside the cards that holds keys.
// Keys are reached by key address; an address names a key and its group. The roots are synthetic.
// Source: hardware-notes/chip.md, "Keys", "The encryption machine". Thread-safe: nothing changes
// after creation.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "firmware/base/result.hpp"
#include "tests/world/hsm/card_cryptography.hpp"

namespace liqu::world {

// Keys of the social security environment, with their number on the card (hardware-notes/chip.md,
// "Keys").
enum class KeyName : std::uint8_t {
    issuerRecognition = 0x00,  // IRK
    maintenance = 0x02,        // STKSSSE
    update = 0x04,             // UKSSSE
    block = 0x05,              // BK
    pinUnlock = 0x06,          // PUK
    readHolder = 0x0A,         // RKSSSE
};

using KeyAddress = std::uint16_t;

// Groups count from 1; keys with a single group ignore it.
KeyAddress keyAddressOf(KeyName key, int group = 1);
KeyName keyNameOf(ports::CardKey key);
const std::vector<KeyName>& allKeyNames();

class Hsm {
  public:
    // Every address has a root of its own, made from the seed: a wrong group is a wrong key.
    static Hsm withSeed(ByteView seed);
    // Every address has this root (hardware-notes/chip.md, "Test vectors").
    static Hsm withOneRoot(ByteView root);
    // … but for that of the PIN's unlock key, so that mixing the keys shows.
    static Hsm withTwoRoots(ByteView root, ByteView pinUnlockRoot);
    // What the simulated province and the simulated card factory share.
    static Hsm forTheSimulation();

    // An unknown key address answers cardAuthenticationRefused.
    Result<Block8> internalAuthentication(const CardKeyContext& card, const Block8& factor,
                                          const Block8& original) const;
    Result<Block8> externalAuthentication(KeyName key, const CardKeyContext& card,
                                          const Block8& factor, const Block8& original) const;
    Result<Block8> externalAuthentication(KeyAddress address, const CardKeyContext& card,
                                          const Block8& factor, const Block8& original) const;
    // What follows the five-byte head of a secured command: encrypted field (none where plain is
    // empty) and MAC, exactly head[4] bytes. The factor is the card's last challenge.
    Result<Bytes> secureMessage(KeyAddress address, const CardKeyContext& card, ByteView factor,
                                ByteView head, ByteView plain) const;

    // What the card factory writes into a card.
    Result<Bytes> cardKey(KeyAddress address, const CardKeyContext& card) const;

  private:
    explicit Hsm(std::map<KeyAddress, Bytes> roots) : roots_(std::move(roots)) {}
    std::map<KeyAddress, Bytes> roots_;
};

}  // namespace liqu::world
