#include "firmware/base/error.hpp"

#include "firmware/base/assert.hpp"

namespace liqu {
namespace {

struct Entry {
    ErrorCode code;
    std::string_view name;
    Remedy remedy;
};

constexpr Entry catalogue[] = {
#define LIQU_ERROR(code, name, remedy) {ErrorCode::name, #name, Remedy::remedy},
#include "firmware/base/errors.def"
#undef LIQU_ERROR
};

const Entry& entryOf(ErrorCode code) {
    for (const Entry& entry : catalogue) {
        if (entry.code == code) return entry;
    }
    LIQU_ASSERT(!"an error code outside the catalogue");
    return catalogue[0];
}

}  // namespace

std::uint32_t numberOf(ErrorCode code) {
    return static_cast<std::uint32_t>(code);
}
std::string_view nameOf(ErrorCode code) {
    return entryOf(code).name;
}
Remedy remedyOf(ErrorCode code) {
    return entryOf(code).remedy;
}

const std::vector<ErrorCode>& allErrorCodes() {
    static const std::vector<ErrorCode> codes = [] {
        std::vector<ErrorCode> all;
        for (const Entry& entry : catalogue) all.push_back(entry.code);
        return all;
    }();
    return codes;
}

std::string_view nameOf(CardFate fate) {
    switch (fate) {
        case CardFate::notFed:
            return "not fed";
        case CardFate::atPrintStation:
            return "at the print station";
        case CardFate::atChipStation:
            return "at the chip station";
        case CardFate::inTransport:
            return "inside the printer";
        case CardFate::presented:
            return "at the mouth";
        case CardFate::taken:
            return "taken";
        case CardFate::discarded:
            return "in the bin";
        case CardFate::unknown:
            return "unknown";
    }
    return "unknown";
}

std::string describe(const Error& error) {
    std::string text = std::to_string(numberOf(error.code)) + " " + std::string(nameOf(error.code));
    if (!error.cause.empty()) text += ": " + error.cause;
    if (error.fate) text += " (card " + std::string(nameOf(*error.fate)) + ")";
    return text;
}

}  // namespace liqu
