// The faults that are properties of a card, taken on when it first comes to the station.
#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/chip/card_engine.hpp"

namespace liqu::world {
namespace {

void makeForeign(CardMemory& memory) {
    std::erase_if(memory.applications, [](const ChipApplication& application) {
        return application.environment == card_id::socialSecurity;
    });
}

// Somebody else's card, complete.
void fillHolder(CardMemory& memory) {
    memory.setItem(card_tag::socialNumber, bytesOf(holderOfUsedBlank));
    memory.setItem(card_tag::name, fromHex("D5C5C8FD").value());
    memory.setItem(card_tag::sex, bytesOf("2"));
    memory.setItem(card_tag::ethnic, Bytes{0x01});
    memory.setItem(card_tag::birthPlace, fromHex("110105").value());
    memory.setItem(card_tag::birthDate, fromHex("19491231").value());
}

// One attempt is left, and the keys behind EF05 and EF06 are not the province's: the first
// authentication fails, and a host that tries again blocks the key.
void wearOutKeys(CardMemory& memory) {
    for (const KeyName name : {KeyName::update, KeyName::readHolder}) {
        CardSecret& key = memory.keys.at(static_cast<std::uint8_t>(name));
        key.left = 1;
        for (std::uint8_t& byte : key.value) byte = static_cast<std::uint8_t>(~byte);
    }
}

// A card of the version before: what it holds of its holder can be read by everybody.
void makeOlder(CardMemory& memory) {
    memory.setItem(card_tag::version, bytesOf("2.00"));
    memory.socialFile(card_id::holderFile)->readKey.reset();
}

}  // namespace

void CardEngine::cameToStation(int ordinal) {
    const std::lock_guard lock(mutex_);
    if (atStation_) return;
    atStation_ = true;
    if (faults_ == nullptr) return;
    const auto strikesThisCard = [&](Fault fault) {
        return faults_->strikes(fault, std::to_string(ordinal));
    };
    if (strikesThisCard(Fault::chipMute)) mute_ = true;
    if (strikesThisCard(Fault::chipAlreadyWritten)) fillHolder(memory_);
    if (strikesThisCard(Fault::chipWrongNumber)) {
        memory_.setItem(card_tag::cardNumber, bytesOf(withCheckCharacter("Z9999999")));
    }
    if (strikesThisCard(Fault::chipKeyCounterOne)) wearOutKeys(memory_);
    if (strikesThisCard(Fault::chipOtherVersion)) makeOlder(memory_);
    if (strikesThisCard(Fault::chipCopied)) becomeCopy();
    // Last: it takes away what the others change.
    if (strikesThisCard(Fault::chipForeign)) makeForeign(memory_);
}

}  // namespace liqu::world
