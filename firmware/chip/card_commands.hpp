// The commands of the social security application, byte for byte (hardware-notes/chip.md, "Commands
// for files", "Authentication").
#pragma once

#include "firmware/base/words.hpp"
#include "firmware/chip/apdu.hpp"
#include "firmware/ports/card_authority.hpp"

namespace liqu::chip {

// "sx1.sh." and 社会保障 in GBK: the social security environment, SSSE.
ByteView socialApplicationName();

Command selectApplication(ByteView name);
Command selectMasterFile();
Command selectFile(std::uint16_t fileId);

// Records are found by their number, or by their tag, which is the record identifier.
enum class Addressing : std::uint8_t { byNumber, byTag };
constexpr auto wordsOf(Addressing) {
    return words<Addressing>({{Addressing::byNumber, "number"}, {Addressing::byTag, "tag"}});
}
Command readRecord(Addressing addressing, std::uint8_t address, std::uint8_t length);
// The record is the complete TLV.
Command updateRecord(Addressing addressing, std::uint8_t address, PersonalBytes record);

Command getChallenge();
Command internalAuthenticate(const ports::Block8& factor, const ports::Block8& original);
Command externalAuthenticate(std::uint8_t keyId, const ports::Block8& cryptogram,
                             const ports::Block8& original);

}  // namespace liqu::chip
