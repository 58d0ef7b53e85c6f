// The holder's PIN, and blocking (hardware-notes/chip.md, "PIN and blocking").
#include <algorithm>

#include "tests/world/chip/card_engine.hpp"

namespace liqu::world {
namespace {

constexpr auto pinUnlockKey = static_cast<std::uint8_t>(KeyName::pinUnlock);
constexpr auto maintenanceKey = static_cast<std::uint8_t>(KeyName::maintenance);
constexpr auto blockKey = static_cast<std::uint8_t>(KeyName::block);

std::uint16_t attemptsLeft(int left) {
    return static_cast<std::uint16_t>(0x63C0 | (left & 0x0F));
}

// Two digits a byte, an odd count filled with F: at least four digits.
bool isPin(ByteView pin) {
    if (pin.size() < 2 || pin.size() > 8) return false;
    for (std::size_t at = 0; at < pin.size(); ++at) {
        const bool last = at + 1 == pin.size();
        const int low = pin[at] & 0x0F;
        if (pin[at] >> 4 > 9 || (low > 9 && !(last && low == 0x0F))) return false;
    }
    return pin.size() > 2 || (pin[1] & 0x0F) != 0x0F;
}

}  // namespace

// An empty PIN never matches.
CardEngine::Outcome CardEngine::comparePin(ByteView pin) {
    if (memory_.pinLeft == 0) return {0x6983};
    if (memory_.pin.empty() || !std::ranges::equal(pin, memory_.pin)) {
        return {attemptsLeft(--memory_.pinLeft)};
    }
    memory_.pinLeft = memory_.pinLimit;
    return {};
}

CardEngine::Outcome CardEngine::verifyPin(const Command& command) {
    if (socialKey(pinUnlockKey) == nullptr) return {0x6A88};
    if (!command.data.empty()) return comparePin(command.data);
    if (memory_.pin.empty()) return {};
    if (memory_.pinLeft == 0 && behaviour_.lockedAnswers6983) return {0x6983};
    return {attemptsLeft(memory_.pinLeft)};
}

// Old, FF, new. Without an old one it is the first; without a new one the card has none afterwards.
CardEngine::Outcome CardEngine::changePin(const Command& command) {
    if (socialKey(pinUnlockKey) == nullptr) return {0x6A88};
    const auto separator = std::ranges::find(command.data, std::uint8_t{0xFF});
    if (separator == command.data.end()) return {0x6A80};
    const Bytes old(command.data.begin(), separator);
    const Bytes fresh(separator + 1, command.data.end());
    if (!fresh.empty() && !isPin(fresh)) return {0x6A80};
    const bool isFirst = old.empty() && memory_.pin.empty() && memory_.pinLeft > 0;
    if (old.empty() && !memory_.pin.empty() && behaviour_.firstSetIsFrameError) return {0x6A80};
    const Outcome outcome = isFirst ? Outcome{} : comparePin(old);
    if (outcome.status != 0x9000) return outcome;
    if (brokenPlaces_.contains("pin")) return {0x6581};
    memory_.pin = fresh;
    memory_.pinLeft = memory_.pinLimit;
    if (fresh.empty()) mistake_ = "the PIN was removed";
    return outcome;
}

CardEngine::Outcome CardEngine::resetPin(const Command& command) {
    const bool newPin = command.p2 == 1;
    const std::size_t block = blockSizeOf(memory_.algorithm);
    const std::size_t fieldSize = command.data.size() - 4;
    const bool fits =
        newPin ? fieldSize == block || (block == 8 && fieldSize == 2 * block) : fieldSize == 0;
    if (!fits) return {0x6700};
    CardSecret* key = socialKey(maintenanceKey);
    if (key == nullptr) return {0x6A88};
    if (!session_.authenticated.contains(pinUnlockKey)) return {0x6982};

    Bytes session;
    const Outcome outcome = checkMac(command, *key, behaviour_.wrongMacCostsTry, &session);
    if (outcome.status != 0x9000) return outcome;
    if (newPin) {
        const auto pin =
            decryptField(memory_.algorithm, session, ByteView(command.data).first(fieldSize));
        if (!pin || (!pin->empty() && !isPin(*pin))) return {0x6A80};
        memory_.pin = *pin;
        if (pin->empty()) mistake_ = "the PIN was removed";
    }
    memory_.pinLeft = memory_.pinLimit;
    return {};
}

// What people get wrong about the MAC, each tried in turn.
void CardEngine::nameMistake(const Command& command, ByteView session) {
    if (command.data.size() < 4) return;
    const auto algorithm = memory_.algorithm;
    const ByteView data(command.data);
    const ByteView body = data.first(data.size() - 4);
    const auto lc = command.p3;
    const auto gives = [&](const Bytes& head, ByteView over) {
        return std::ranges::equal(macOver(algorithm, session, head, over), data.last(4));
    };
    const auto headWith = [&](std::uint8_t cla, std::uint8_t p2, std::uint8_t length) {
        return Bytes{cla, command.ins, command.p1, p2, length};
    };
    mistake_.clear();
    if (gives(headWith(command.cla, command.p2, static_cast<std::uint8_t>(lc - 4)), body))
        mistake_ = "Lc in the MAC lacks the four bytes of the MAC";
    else if (gives(headWith(0x80, command.p2, lc), body))
        mistake_ = "CLA 80 in the MAC";
    else if (command.p2 != 0 && gives(headWith(command.cla, 0, lc), body))
        mistake_ = "P2 = 00 in the MAC";
    else if (!body.empty() &&
             gives(headWith(command.cla, command.p2, lc), decryptBlocks(algorithm, session, body)))
        mistake_ = "the MAC is over the plain block";
}

// A wrong MAC does not lock the key of these two.
CardEngine::Outcome CardEngine::blockApplication(const Command& command) {
    CardSecret* key = socialKey(maintenanceKey);
    if (key == nullptr) return {0x6A88};
    Bytes session;
    const Outcome outcome = checkMac(command, *key, false, &session);
    if (outcome.status == 0x9000) memory_.find(session_.application)->blocked = true;
    return outcome;
}

CardEngine::Outcome CardEngine::blockCard(const Command& command) {
    CardSecret* key = socialKey(blockKey);
    if (key == nullptr) return {0x6A88};
    Bytes session;
    const Outcome outcome = checkMac(command, *key, false, &session);
    if (outcome.status == 0x9000) memory_.blocked = true;
    return outcome;
}

}  // namespace liqu::world
