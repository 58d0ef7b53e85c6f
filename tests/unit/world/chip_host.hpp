// A bare host for the card tests: hex in, hex out, and the two authentications.
#pragma once

#include <algorithm>
#include <doctest/doctest.h>
#include <memory>
#include <string>

#include "tests/world/chip/blank_cards.hpp"

namespace liqu::world::test {

inline const std::string selectSocial = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF";

// The card of hardware-notes/chip.md, "The emulated card".
inline BlankCard seedBlank(std::string version = "3.00") {
    BlankCard blank;
    blank.cardNumber = "A00000003";
    blank.bankCardNumber = withLuhnDigit("621700000000000001");
    blank.version = std::move(version);
    blank.issueDate = "20240601";
    blank.expiryDate = "20340601";
    return blank;
}

class Host {
  public:
    explicit Host(BlankCard blank, CardBehaviour behaviour = {}, FaultPlan* faults = nullptr)
        : hsm(Hsm::forTheSimulation()), card(makeCard(blank, hsm, faults, behaviour)) {
        card->cameToStation(1);
        card->reset();
    }

    std::string send(const std::string& hex) {
        return toHex(card->transmit(fromHex(hex).value()).bytes);
    }

    Block8 challenge() {
        const Bytes reply = fromHex(send("0084000008")).value();
        REQUIRE(reply.size() == 10);
        Block8 value{};
        std::copy(reply.begin(), reply.begin() + 8, value.begin());
        return value;
    }

    std::string authenticate(KeyName key, int group = 1, bool swapped = false) {
        const Block8 original = challenge();
        const Block8 factor = challenge();
        const auto cryptogram = swapped ? hsm.externalAuthentication(keyAddressOf(key, group),
                                                                     identity(), original, factor)
                                        : hsm.externalAuthentication(keyAddressOf(key, group),
                                                                     identity(), factor, original);
        const auto id = static_cast<std::uint8_t>(key);
        return send("008200" + toHex(Bytes{id}) + "10" + toHex(cryptogram.value()) +
                    toHex(swapped ? factor : original));
    }

    // Selects the social security environment and both authentications for writing.
    void openForWriting() {
        send(selectSocial);
        REQUIRE(authenticate(KeyName::readHolder) == "9000");
        REQUIRE(authenticate(KeyName::update) == "9000");
    }

    CardKeyContext identity() const { return card->memory().identity; }

    Hsm hsm;
    std::shared_ptr<CardEngine> card;
};

}  // namespace liqu::world::test
