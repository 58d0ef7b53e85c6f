// An emulated card under the commands of the PIN: a reader that keeps what was sent, a pad's handle
// for given digits, and the province's machine.
#pragma once

#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <vector>

#include "firmware/card/pin.hpp"
#include "firmware/chip/social_pin.hpp"
#include "tests/world/chip/blank_cards.hpp"

namespace liqu::tests {

class DigitsPin final : public ports::EnteredPin {
  public:
    explicit DigitsPin(const std::string& digits) : pin_(*card::Pin::of(SecretText(digits))) {}
    bool matches(const ports::EnteredPin& other) const override {
        return pin_.matches(dynamic_cast<const DigitsPin&>(other).pin_);
    }
    bool isWeak(const card::PinRules& rules, const card::PinHolder& holder) const override {
        return pin_.isWeak(rules, holder);
    }
    void intoApdu(LockedBytes& command) const override { pin_.into(command); }

  private:
    card::Pin pin_;
};

// Gives nothing, as a pad that is broken: no command may be made of it.
class EmptyPin final : public ports::EnteredPin {
  public:
    bool matches(const ports::EnteredPin&) const override { return false; }
    bool isWeak(const card::PinRules&, const card::PinHolder&) const override { return false; }
    void intoApdu(LockedBytes&) const override {}
};

class EngineReader final : public ports::ChipReader {
  public:
    explicit EngineReader(world::CardEngine& card) : card_(card) {}
    std::vector<std::string> sent{};
    std::vector<std::string> answered{};
    std::optional<ErrorCode> losesNext{};  // the next command arrives, its answer does not

    Result<void> selfTest() override { return {}; }
    Result<Bytes> powerOn(Duration) override { return card_.reset(); }
    Result<Bytes> coldReset() override { return card_.reset(); }
    Result<Bytes> transmit(ByteView command) override {
        sent.push_back(toHex(command));
        const Bytes reply = card_.transmit(command).bytes;
        answered.push_back(toHex(reply));
        if (losesNext) {
            const ErrorCode code = *losesNext;
            losesNext.reset();
            return fail(code, "by the test");
        }
        return reply;
    }
    void powerOff() override {}

  private:
    world::CardEngine& card_;
};

// One answer to whatever comes.
class OneAnswer final : public ports::ChipReader {
  public:
    explicit OneAnswer(std::uint16_t status) : status_(status) {}
    int commands = 0;
    Result<void> selfTest() override { return {}; }
    Result<Bytes> powerOn(Duration) override { return Bytes{}; }
    Result<Bytes> coldReset() override { return Bytes{}; }
    Result<Bytes> transmit(ByteView) override {
        ++commands;
        return Bytes{static_cast<std::uint8_t>(status_ >> 8),
                     static_cast<std::uint8_t>(status_ & 0xFF)};
    }
    void powerOff() override {}

  private:
    std::uint16_t status_;
};

class HsmKeys final : public ports::CardAuthority, public ports::PinAuthority {
  public:
    explicit HsmKeys(const world::Hsm& hsm) : hsm_(hsm) {}
    Result<ports::Block8> internalAuthentication(const ports::CardKeyContext& card,
                                                 const ports::Block8& factor,
                                                 const ports::Block8& original) override {
        return hsm_.internalAuthentication(card, factor, original);
    }
    Result<ports::Block8> externalAuthentication(const ports::CardKeyContext& card,
                                                 ports::CardKey key, const ports::Block8& factor,
                                                 const ports::Block8& original) override {
        return hsm_.externalAuthentication(world::keyNameOf(key), card, factor, original);
    }
    Result<Bytes> secureMessage(const ports::CardKeyContext& card, const ports::Block8& challenge,
                                const std::array<std::uint8_t, 5>& head,
                                const std::string& pin) override {
        const std::string packed = pin.size() % 2 == 0 ? pin : pin + "F";
        return hsm_.secureMessage(world::keyAddressOf(world::KeyName::maintenance), card, challenge,
                                  head, fromHex(packed).value());
    }

  private:
    const world::Hsm& hsm_;
};

struct PinBench {
    explicit PinBench(const std::string& version = "3.00", std::string pin = "123456",
                      world::CardBehaviour behaviour = {})
        : hsm(world::Hsm::withTwoRoots(fromHex("00112233445566778899AABBCCDDEEFF").value(),
                                       fromHex("0F0E0D0C0B0A09080706050403020100").value())),
          card(world::makeCard(blank(version, std::move(pin)), hsm, nullptr, behaviour)),
          reader(*card),
          channel(reader),
          keys(hsm),
          pins(channel, !behaviour.characterProtocol) {
        card->reset();
        card->transmit(fromHex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF").value());
    }

    static world::BlankCard blank(const std::string& version, std::string pin) {
        world::BlankCard blank;
        blank.cardNumber = "A00000003";
        blank.bankCardNumber = world::withLuhnDigit("621700000000000001");
        blank.version = version;
        blank.pin = std::move(pin);
        return blank;
    }
    // The random numbers of the vectors: original, factor, and before the command.
    void drawsAsInVectors() {
        card->drawNext({fromHex("1122334455667788").value(), fromHex("A1B2C3D4E5F60718").value(),
                        fromHex("8877665544332211").value()});
    }
    const ports::CardKeyContext identity() const { return card->memory().identity; }
    std::string triesNow() { return toHex(card->transmit(fromHex("0020000000").value()).bytes); }

    world::Hsm hsm;
    std::shared_ptr<world::CardEngine> card;
    EngineReader reader;
    chip::CardChannel channel;
    HsmKeys keys;
    chip::SocialPin pins;
};

}  // namespace liqu::tests
