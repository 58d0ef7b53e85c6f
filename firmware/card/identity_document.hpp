// What an ID-card reader read from the chip of an identity document (hardware-notes/id-reader.md,
// "The text block").
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/words.hpp"

namespace liqu::card {

enum class DocumentKind : std::uint8_t {
    residentIdCard,     // 居民身份证
    residencePermit,    // 港澳台居民居住证, type mark J
    foreignerCard2017,  // 外国人永久居留身份证 2017, type mark I
    foreignerCard2023,  // 外国人永久居留身份证 2023, type mark Y
};
constexpr auto wordsOf(DocumentKind) {
    return words<DocumentKind>({{DocumentKind::residentIdCard, "residentIdCard"},
                                {DocumentKind::residencePermit, "residencePermit"},
                                {DocumentKind::foreignerCard2017, "foreignerCard2017"},
                                {DocumentKind::foreignerCard2023, "foreignerCard2023"}});
}

// GB/T 2261.1
enum class Sex : std::uint8_t { unknown = 0, male = 1, female = 2, notStated = 9 };

struct IdentityDocument {
    DocumentKind kind = DocumentKind::residentIdCard;
    PersonalText name;       // Chinese name, trimmed; may be empty on foreigners' cards
    PersonalText nameLatin;  // foreigners' cards only
    PersonalText number;     // validated by the rule of its kind
    Sex sex = Sex::unknown;
    std::string ethnicCode;  // GB/T 3304, two digits; empty where the document has none
    Date birthDate{};
    PersonalText address;
    std::string authority;  // 签发机关
    Date validFrom{};
    std::optional<Date> validTo;  // none: 长期
    std::string nationality;      // ISO 3166-1 alpha-3, foreigners' cards only
    PersonalText travelPermit;    // 通行证号码, J only
    std::string issueCount;       // times issued or renewed, J and Y
    PersonalBytes photo;          // 1024 bytes as stored (WLT); empty where the chip has none
};

// The name people are called by: Chinese where there is one, else Latin.
const PersonalText& displayName(const IdentityDocument& document);

// Whole years; whoever was born on 29 February is older on 1 March of other years.
int ageOn(Date day, Date birth);

// "张*", "欧**" — one character stays, for the screen.
std::string maskedName(std::string_view name);
// "1101**********002X" — four at each end stay, of a short one a quarter.
std::string maskedNumber(std::string_view number);

}  // namespace liqu::card
