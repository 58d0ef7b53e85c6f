// What a kind of prefabricated card wants of each item: written, compared with the order, or left
// alone (hardware-notes/chip.md, "Prefabricated cards"). Read from
// kiosk-config/chip-profiles/*.toml.
#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "firmware/base/words.hpp"
#include "firmware/chip/authentication.hpp"
#include "firmware/chip/card_commands.hpp"
#include "firmware/chip/record_table.hpp"

namespace liqu::chip {

enum class ItemRule : std::uint8_t { write, verify, skip };
constexpr auto wordsOf(ItemRule) {
    return words<ItemRule>(
        {{ItemRule::write, "write"}, {ItemRule::verify, "verify"}, {ItemRule::skip, "skip"}});
}

struct ChipProfile {
    Addressing addressing = Addressing::byNumber;
    // One make of card wants the master file selected before the application.
    bool selectMasterFileFirst = false;
    // The finance application tells whose card body this is.
    bool readBankNumber = true;
    // 规范版本 of the cards this profile is for; one of another version is refused unwritten.
    std::vector<std::string> versions;
    // The original of INTERNAL AUTHENTICATE is always the kiosk's (decision 32).
    CardFactor internalFactor = CardFactor::ours;
    std::array<ItemRule, itemCount> rules{};

    ItemRule ruleFor(Item item) const { return rules[static_cast<std::size_t>(item)]; }
    bool knows(std::string_view version) const {
        return std::ranges::find(versions, version) != versions.end();
    }
    // The number is assigned at issuance; otherwise it was written in the factory.
    bool assignsNumber() const { return ruleFor(Item::cardNumber) == ItemRule::write; }

    // Refuses a profile that would write the 卡识别码, leave the number unchecked, or name a
    // version this program does not know.
    static Result<ChipProfile> from(const ConfigFile& file);
    static Result<ChipProfile> read(const std::filesystem::path& path, Faults* faults = nullptr);
};

}  // namespace liqu::chip
