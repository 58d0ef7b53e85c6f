#include "firmware/chip/chip_profile.hpp"

namespace liqu::chip {
namespace {

std::string keyOf(Item item) {
    return "items." + std::string(shapeOf(item).name);
}

Result<void> checkRules(const ConfigFile& file, const ChipProfile& profile) {
    const auto wrong = [&file](Item item, std::string_view why) {
        return file.refuse(ErrorCode::configBadValue, keyOf(item), why);
    };
    // The code feeds the derivation of the card's keys: another one makes the card unreadable.
    if (profile.ruleFor(Item::cardIdCode) != ItemRule::verify) {
        TRY(wrong(Item::cardIdCode, "must be verify: it is never written"));
    }
    if (profile.ruleFor(Item::version) == ItemRule::write) {
        TRY(wrong(Item::version, "must be verify or skip: it decides how the card is read"));
    }
    if (profile.ruleFor(Item::cardNumber) == ItemRule::skip) {
        TRY(wrong(Item::cardNumber, "must be write or verify: it ties the card to the order"));
    }
    for (const Item item : {Item::socialNumber, Item::name}) {
        if (profile.ruleFor(item) != ItemRule::write) TRY(wrong(item, "must be write"));
    }
    return {};
}

Result<std::vector<std::string>> versionsIn(const ConfigFile& file) {
    auto versions = TRY(file.texts("versions"));
    for (const std::string& version : versions) {
        if (version == "2.00" || version == "3.00") continue;
        TRY(file.refuse(ErrorCode::configBadValue, "versions", "knows 2.00 and 3.00"));
    }
    if (versions.empty())
        TRY(file.refuse(ErrorCode::configBadValue, "versions", "names no version"));
    return versions;
}

}  // namespace

Result<ChipProfile> ChipProfile::from(const ConfigFile& file) {
    ChipProfile profile;
    profile.addressing = TRY(file.oneOf<Addressing>("addressing"));
    profile.selectMasterFileFirst = TRY(file.boolean("selectMasterFileFirst"));
    profile.readBankNumber = TRY(file.boolean("readBankNumber"));
    profile.versions = TRY(versionsIn(file));
    const bool cards = TRY(file.boolean("internalFactorFromCard", false));
    profile.internalFactor = cards ? CardFactor::cardsChallenge : CardFactor::ours;
    for (const RecordShape& shape : recordTable) {
        // A name and its continuation stand or fall together.
        const Item item = shape.item == Item::nameExtension ? Item::name : shape.item;
        profile.rules[static_cast<std::size_t>(shape.item)] =
            TRY(file.oneOf<ItemRule>(keyOf(item)));
    }
    TRY(checkRules(file, profile));
    TRY(file.refuseUnknownKeys());
    return profile;
}

Result<ChipProfile> ChipProfile::read(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    return from(file);
}

}  // namespace liqu::chip
