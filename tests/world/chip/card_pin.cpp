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

CardEngine::Outcome CardEngine::comparePin(ByteView pin) {
    if (memory_.pinLeft == 0) return {0x6983};
    if (!std::ranges::equal(pin, memory_.pin)) {
        return {attemptsLeft(--memory_.pinLeft)};
    }
    memory_.pinLeft = memory_.pinLimit;
    return {};
}

CardEngine::Outcome CardEngine::verifyPin(const Command& command) {
    if (socialKey(pinUnlockKey) == nullptr) return {0x6A88};
    if (command.data.empty()) {
        if (memory_.pin.empty()) return {};
        return {attemptsLeft(memory_.pinLeft)};
    }
    if (memory_.pin.empty()) return {0x6A88};
    return comparePin(command.data);
}

CardEngine::Outcome CardEngine::changePin(const Command& command) {
    if (socialKey(pinUnlockKey) == nullptr || memory_.pin.empty()) return {0x6A88};
    const auto separator = std::ranges::find(command.data, std::uint8_t{0xFF});
    if (separator == command.data.end()) return {0x6A80};
    const Bytes old(command.data.begin(), separator);
    const Bytes fresh(separator + 1, command.data.end());
    if (!isPin(fresh)) return {0x6A80};
    const Outcome outcome = comparePin(old);
    if (outcome.status == 0x9000) memory_.pin = fresh;
    return outcome;
}

CardEngine::Outcome CardEngine::resetPin(const Command& command) {
    const bool newPin = command.p2 == 1;
    const std::size_t fieldSize = newPin ? blockSizeOf(memory_.algorithm) : 0;
    if (command.data.size() != fieldSize + 4) return {0x6700};
    CardSecret* key = socialKey(maintenanceKey);
    if (key == nullptr) return {0x6A88};
    if (!session_.authenticated.contains(pinUnlockKey)) return {0x6982};

    Bytes session;
    const Outcome outcome = checkMac(command, *key, true, &session);
    if (outcome.status != 0x9000) return outcome;
    if (newPin) {
        const auto pin =
            decryptField(memory_.algorithm, session, ByteView(command.data).first(fieldSize));
        if (!pin || !isPin(*pin)) return {0x6A80};
        memory_.pin = *pin;
    }
    memory_.pinLeft = memory_.pinLimit;
    return {};
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
