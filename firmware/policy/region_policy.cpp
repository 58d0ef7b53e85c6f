#include "firmware/policy/region_policy.hpp"

#include "firmware/base/config_file.hpp"

namespace liqu::policy {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Result<void> readBanks(const ConfigFile& file, RegionPolicy& policy) {
    for (std::size_t i = 0; i < file.count("bank"); ++i) {
        const std::string key = "bank[" + std::to_string(i) + "].";
        const std::string code = TRY(file.text(key + "code"));
        policy.bankNames[code] = TRY(file.text(key + "name"));
        policy.bankCardPrefixes[code] = TRY(file.text(key + "cardPrefix"));
    }
    if (policy.bankNames.empty())
        return fail(file.wrong(ErrorCode::configMissingKey, "bank", "is missing"));
    return {};
}

Result<void> readPresence(const ConfigFile& file, RegionPolicy& policy) {
    policy.presence = TRY(file.oneOf("identity.presence", {"none", "staff"})) == "none"
                          ? Presence::none
                          : Presence::staff;
    policy.unattendedFromAge =
        static_cast<int>(TRY(file.integer("identity.unattendedFromAge", 0, 120, 16)));
    for (std::size_t i = 0; i < file.count("attendant"); ++i) {
        const std::string key = "attendant[" + std::to_string(i) + "].";
        policy.attendants.push_back(
            {TRY(file.text(key + "badge")), TRY(file.text(key + "pinVerifier"))});
    }
    if (policy.presence == Presence::staff && policy.attendants.empty()) {
        return fail(file.wrong(ErrorCode::configMissingKey, "attendant",
                               "identity.presence = \"staff\" needs an attendant"));
    }
    return {};
}

Result<StockPolicy> readStock(const ConfigFile& file) {
    StockPolicy stock;
    const auto days = [&file](const char* key, int usual) -> Result<int> {
        return static_cast<int>(TRY(file.integer(key, 1, 365, usual)));
    };
    stock.issueWhileUnclosed = TRY(file.boolean("day.issueWhileUnclosed", false));
    stock.holdDays = TRY(days("bins.holdDays", stock.holdDays));
    stock.rejectDays = TRY(days("bins.rejectDays", stock.rejectDays));
    stock.oldCardDays = TRY(days("bins.oldCardDays", stock.oldCardDays));
    stock.boxCapacity = TRY(file.integer("stock.boxCapacity", 1, 10'000, stock.boxCapacity));
    return stock;
}

}  // namespace

Result<RegionPolicy> loadRegionPolicy(const std::filesystem::path& path) {
    const ConfigFile file = TRY(ConfigFile::read(path));
    RegionPolicy policy;
    policy.policyId = TRY(file.text("policyId"));
    policy.regionCode = TRY(file.text("regionCode"));
    TRY(readBanks(file, policy));
    TRY(readPresence(file, policy));
    policy.firstCardOffered = TRY(file.boolean("service.firstCard", false));
    policy.replacementOffered = TRY(file.boolean("service.replacement", false));
    policy.consentClauses = TRY(file.texts("consent.clauses"));
    policy.setPinStep = TRY(file.boolean("pin.setAtIssuance", false));
    if (policy.setPinStep) {
        return fail(file.wrong(ErrorCode::configBadValue, "pin.setAtIssuance",
                               "this version sets no PIN; leave it out"));
    }
    policy.screenPatience = seconds{TRY(file.integer("screen.patienceS", 10, 600, 60))};
    policy.takePatience = seconds{TRY(file.integer("handover.takeTimeoutS", 10, 600, 60))};
    policy.enableWait = seconds{TRY(file.integer("enable.waitS", 5, 600, 60))};
    policy.unverifiedDeadline = minutes{TRY(file.integer("verify.deadlineMin", 1, 24 * 60, 30))};
    policy.blanksPerOrder = static_cast<int>(TRY(file.integer("making.blanksPerOrder", 1, 10, 3)));
    policy.hotline = TRY(file.text("contact.hotline", "12333"));
    policy.stock = TRY(readStock(file));
    TRY(file.refuseUnknownKeys());
    return policy;
}

}  // namespace liqu::policy
