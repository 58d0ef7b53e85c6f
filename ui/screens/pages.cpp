#include "ui/screens/pages.hpp"

#include <array>

namespace liqu::ui {

Page pageOf(const session::Screen& screen) {
    Page page = std::visit([](const auto& content) { return pageOf(content); }, screen.content);
    page.name = nameOf(screen.content);
    return page;
}

std::string errorWhat(ErrorCode code) {
    return "error." + std::to_string(numberOf(code)) + ".what";
}
std::string errorNext(ErrorCode code) {
    return "error." + std::to_string(numberOf(code)) + ".next";
}
std::string fateKey(CardFate fate) {
    switch (fate) {
        case CardFate::notFed:
            return "fate.not-fed";
        // Where exactly inside the machine is of no use to the person in front of it.
        case CardFate::atPrintStation:
        case CardFate::atChipStation:
        case CardFate::inTransport:
            return "fate.inside";
        case CardFate::presented:
            return "fate.presented";
        case CardFate::taken:
            return "fate.taken";
        case CardFate::discarded:
            return "fate.discarded";
        case CardFate::unknown:
            break;
    }
    return "fate.unknown";
}

std::span<const std::string_view> partKeys() {
    static constexpr std::array<std::string_view, 9> keys = {
        "part.config",      "part.storage",  "part.clock", "part.id-reader", "part.printer",
        "part.chip-reader", "part.province", "part.stock", "part.bins"};
    return keys;
}

std::span<const std::string_view> consentKeys() {
    static constexpr std::array<std::string_view, 3> keys = {"consent.data", "consent.account",
                                                             "consent.electronic-card"};
    return keys;
}

}  // namespace liqu::ui
