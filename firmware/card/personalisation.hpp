// What the province says must be on one card: on its chip and on its face. It comes from
// PERSO.GET only, is kept sealed, and is wiped when the order ends.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/card/social_card_number.hpp"

namespace liqu::card {

// Items of EF05 and EF06 as text; chip/ does the coding (hardware-notes/chip.md, "Records of EF05",
// "Records of EF06").
struct ChipItems {
    std::string cardIdCode;     // 卡识别码, 32 hex digits; compared, never written
    std::string cardClass;      // 卡类别, one ASCII digit
    std::string version;        // 规范版本, "3.00"
    std::string issuerCode;     // 初始化机构编号, 24 hex digits
    std::string issueDate;      // YYYYMMDD
    std::string expiryDate;     // YYYYMMDD
    std::string cardNumber;     // 卡号
    PersonalText socialNumber;  // 社会保障号码
    PersonalText name;          // wire form; up to 50 bytes over both records
    std::string sex;            // "1", "2", "9"
    std::string ethnicCode;     // two digits
    std::string birthPlace;     // 出生地, GB/T 2260, six digits; empty: leave as it is
    PersonalText birthDate;     // YYYYMMDD
};

// The items printed on the face (hardware-notes/card-printer.md, "The face of a card").
struct FaceItems {
    PersonalText printName;  // as it is printed; differs from the wire form for rare characters
    PersonalText socialNumber;
    std::string cardNumber;
    std::string issueDate;  // YYYYMMDD
    // Or the ID card's photo behind its head (ports/photo_decoder.hpp); empty: no portrait is
    // printed (children under 7).
    PersonalBytes portraitJpeg;
};

}  // namespace liqu::card
