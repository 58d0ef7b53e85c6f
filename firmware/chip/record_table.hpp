// The records of EF05 (发卡机构数据) and EF06 (持卡人基本信息): hardware-notes/chip.md, "Records of
// EF05", "Records of EF06".
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "firmware/base/personal.hpp"

namespace liqu::chip {

enum class Item : std::uint8_t {
    cardIdCode,
    cardClass,
    version,
    issuerCode,
    issueDate,
    expiryDate,
    cardNumber,
    socialNumber,
    name,
    nameExtension,
    sex,
    ethnicCode,
    birthPlace,
    birthDate,
};

enum class CardFile : std::uint8_t { issuer, holder };
enum class Coding : std::uint8_t { bcd /* cn */, text /* an */ };

struct RecordShape {
    Item item;
    CardFile file;
    std::uint8_t number;  // as all public cards lay them out
    std::uint8_t tag;
    Coding coding;
    std::uint8_t length;  // of the value
    std::string_view name;
};

constexpr std::size_t itemCount = 14;

// In the order of Item.
constexpr std::array<RecordShape, itemCount> recordTable{{
    {Item::cardIdCode, CardFile::issuer, 1, 0x01, Coding::bcd, 16, "cardIdCode"},
    {Item::cardClass, CardFile::issuer, 2, 0x02, Coding::text, 1, "cardClass"},
    {Item::version, CardFile::issuer, 3, 0x03, Coding::text, 4, "version"},
    {Item::issuerCode, CardFile::issuer, 4, 0x04, Coding::bcd, 12, "issuerCode"},
    {Item::issueDate, CardFile::issuer, 5, 0x05, Coding::bcd, 4, "issueDate"},
    {Item::expiryDate, CardFile::issuer, 6, 0x06, Coding::bcd, 4, "expiryDate"},
    {Item::cardNumber, CardFile::issuer, 7, 0x07, Coding::text, 9, "cardNumber"},
    {Item::socialNumber, CardFile::holder, 1, 0x08, Coding::text, 18, "socialNumber"},
    {Item::name, CardFile::holder, 2, 0x09, Coding::text, 30, "name"},
    {Item::nameExtension, CardFile::holder, 3, 0x4E, Coding::text, 20, "nameExtension"},
    {Item::sex, CardFile::holder, 4, 0x0A, Coding::text, 1, "sex"},
    {Item::ethnicCode, CardFile::holder, 5, 0x0B, Coding::bcd, 1, "ethnicCode"},
    {Item::birthPlace, CardFile::holder, 6, 0x0C, Coding::bcd, 3, "birthPlace"},
    {Item::birthDate, CardFile::holder, 7, 0x0D, Coding::bcd, 4, "birthDate"},
}};

constexpr const RecordShape& shapeOf(Item item) {
    return recordTable[static_cast<std::size_t>(item)];
}

// Record values by item, without tag and length. On a card: empty where the record is missing.
// As a target: empty where the record is to be left as it is.
class RecordValues {
  public:
    const PersonalBytes& of(Item item) const { return values_[static_cast<std::size_t>(item)]; }
    PersonalBytes& of(Item item) { return values_[static_cast<std::size_t>(item)]; }

  private:
    std::array<PersonalBytes, itemCount> values_;
};

}  // namespace liqu::chip
