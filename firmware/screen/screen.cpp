#include "firmware/screen/screen.hpp"

#include <array>

#include "firmware/screen/action.hpp"

namespace liqu::screen {

std::string_view nameOf(const ScreenContent& content) {
    static constexpr std::array<std::string_view, std::variant_size_v<ScreenContent>> names = {
        "starting",         "recovering", "out-of-service", "queries-only", "welcome",
        "lay-down-id-card", "waiting",    "attendant",      "pin-entry",    "is-this-you",
        "making",           "take-card",  "take-id-card",   "person-page",  "staff-sign-in",
        "staff-menu",       "staff-page", "staff-form"};
    static constexpr std::array<std::string_view, 4> entries = {"pin-current", "pin-fresh",
                                                                "pin-repeated", "pin-proof"};
    if (const auto* pin = std::get_if<PinScreen>(&content))
        return entries[static_cast<std::size_t>(pin->entry)];
    // Pages of a person and of staff have names of their own.
    const auto* person = std::get_if<PersonPage>(&content);
    if (person != nullptr && !person->name.empty()) return person->name;
    const auto* page = std::get_if<StaffPageScreen>(&content);
    if (page != nullptr && !page->name.empty()) return page->name;
    const auto* form = std::get_if<StaffFormScreen>(&content);
    if (form != nullptr && !form->name.empty()) return form->name;
    return names[content.index()];
}

SecretText Action::entry(std::string_view field) const {
    const auto found = typed.find(field);
    return found == typed.end() ? SecretText() : found->second;
}

}  // namespace liqu::screen
