// What can go wrong, with a stable code, its cause in technical words, and who can mend it.
// The words people read are found by code in kiosk-config/strings/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/card_fate.hpp"

namespace liqu {

enum class ErrorCode : std::uint32_t {
#define LIQU_ERROR(code, name, remedy) name = code,
#include "firmware/base/errors.def"
#undef LIQU_ERROR
};

enum class Remedy : std::uint8_t {
    tryAgain,
    callAssistant,
    goToCounter,
    comeBackLater,
    outOfService
};

struct Error {
    ErrorCode code;
    // Technical cause for log and technician. Never holds personal data.
    std::string cause;
    // Set by everything that may touch a card.
    std::optional<CardFate> fate = std::nullopt;
};

// The first digit of the number.
enum class ErrorArea : std::uint8_t {
    identityDocument = 1,
    cardPrinter,
    chip,
    province,
    storage,
    configuration,
    stock,
    face,
    visit,
};
// Its first three digits, where those are asked for.
enum class ErrorGroup : std::uint32_t {
    document = 102,  // what the identity document says
    line = 401,      // the province as a correspondent
    holder = 402,    // what the province says of the holder
};

std::uint32_t numberOf(ErrorCode code);
ErrorArea areaOf(ErrorCode code);
bool isIn(ErrorCode code, ErrorGroup group);
std::string_view nameOf(ErrorCode code);
Remedy remedyOf(ErrorCode code);
const std::vector<ErrorCode>& allErrorCodes();

// The text as one line of a log or a terminal: control characters, line separators, marks that turn
// the direction of writing and bytes that are no UTF-8 become \xNN.
std::string printableLine(std::string_view text);

// "20203 cardJammed: feeder gate (card at chip station)" for logs and the command line.
std::string describe(const Error& error);

}  // namespace liqu
