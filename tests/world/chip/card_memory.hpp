// What a social security card keeps without power: its files, keys, counters and PIN.
// Source: hardware-notes/chip.md. A plain value: copying it is a snapshot.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "tests/world/hsm/hsm.hpp"

namespace liqu::world {

// Names as bytes; sx1.sh.社会保障 in GBK.
Bytes socialSecurityName();
Bytes debitApplicationName();
Bytes paymentEnvironmentName();

enum class FileKind : std::uint8_t { records, transparent };

struct ElementaryFile {
    std::uint16_t id = 0;
    FileKind kind = FileKind::records;
    std::vector<Bytes> records;             // each one tag, length, value
    Bytes content;                          // of a transparent file
    std::size_t capacity = 0;               // bytes all records may fill
    std::optional<std::uint8_t> readKey;    // empty: free
    std::optional<std::uint8_t> updateKey;  // empty: never

    // Numbers count from 1.
    std::optional<std::size_t> indexOfTag(std::uint8_t tag) const;
    std::size_t used() const;
};

struct CardSecret {
    Bytes value;
    int limit = 3;
    int left = 3;
};

// A DF or DDF. Applications with the same environment share its keys and its PIN state.
struct ChipApplication {
    std::uint16_t id = 0;
    Bytes name;
    std::uint16_t parent = 0x3F00;
    std::uint16_t environment = 0;  // id of the DDF it belongs to
    Bytes controlInformation;       // the FCI given by SELECT
    std::vector<ElementaryFile> files;
    bool blocked = false;
};

struct CardMemory {
    Bytes answerToReset;
    ports::ChipAlgorithm algorithm = ports::ChipAlgorithm::sm4;
    CardKeyContext identity;
    std::vector<ChipApplication> applications;
    std::map<std::uint8_t, CardSecret> keys;  // of the social security environment, by key id
    Bytes pin;                                // BCD; empty: none set
    int pinLimit = 6;
    int pinLeft = 6;
    bool blocked = false;
    std::string bankCardNumber;

    ChipApplication* find(std::uint16_t id);
    ChipApplication* findByName(ByteView name);
    const ElementaryFile* socialFile(std::uint16_t id) const;
    ElementaryFile* socialFile(std::uint16_t id);
    // Value of the item with this tag in EF05 or EF06, empty where there is none.
    Bytes item(std::uint8_t tag) const;
    void setItem(std::uint8_t tag, ByteView value);
};

// Ids of the tree.
namespace card_id {
inline constexpr std::uint16_t masterFile = 0x3F00;
inline constexpr std::uint16_t socialSecurity = 0xDF00;
inline constexpr std::uint16_t payment = 0xDFF0;
inline constexpr std::uint16_t debit = 0xDFF1;
inline constexpr std::uint16_t issuerFile = 0xEF05;
inline constexpr std::uint16_t holderFile = 0xEF06;
inline constexpr std::uint16_t fingerprintFile = 0xEF07;
inline constexpr std::uint16_t photoFile = 0xEF08;
}  // namespace card_id

// Tags of EF05 and EF06, and their names: in chip.json and as places of the faults.
namespace card_tag {
inline constexpr std::uint8_t cardIdCode = 0x01, cardClass = 0x02, version = 0x03, issuer = 0x04,
                              issueDate = 0x05, expiryDate = 0x06, cardNumber = 0x07,
                              socialNumber = 0x08, name = 0x09, nameExtension = 0x4E, sex = 0x0A,
                              ethnic = 0x0B, birthPlace = 0x0C, birthDate = 0x0D;
}  // namespace card_tag
std::string_view nameOfTag(std::uint8_t tag);

// {"cardNumber": …, "items": {…}, "files": {…}, "counters": {…}}: evidence after a visit.
std::string toJson(const CardMemory& memory);

}  // namespace liqu::world
