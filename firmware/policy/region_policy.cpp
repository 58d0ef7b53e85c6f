#include "firmware/policy/region_policy.hpp"

#include "firmware/base/config_file.hpp"
#include "firmware/policy/code_in.hpp"

namespace liqu::policy {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Result<void> readBanks(const ConfigFile& file, RegionPolicy& policy) {
    for (std::size_t i = 0; i < file.count("bank"); ++i) {
        const std::string key = "bank[" + std::to_string(i) + "].";
        const std::string code = TRY(codeIn(file, key + "code", bankCode));
        policy.bankNames[code] = TRY(file.text(key + "name"));
        policy.bankCardPrefixes[code] = TRY(codeIn(file, key + "cardPrefix", cardPrefix));
    }
    if (policy.bankNames.empty())
        TRY(file.refuse(ErrorCode::configMissingKey, "bank", "is missing"));
    return {};
}

Result<void> readPresence(const ConfigFile& file, RegionPolicy& policy) {
    policy.presence = TRY(file.oneOf<Presence>("identity.presence"));
    policy.unattendedFromAge =
        static_cast<int>(TRY(file.integer("identity.unattendedFromAge", 0, 120, 16)));
    policy.noPhotoUnderAge = static_cast<int>(TRY(file.integer("photo.noneUnderAge", 0, 18, 0)));
    return {};
}

Result<void> readTimes(const ConfigFile& file, RegionPolicy& policy) {
    policy.screenPatience = seconds{TRY(file.integer("screen.patienceS", 10, 600, 60))};
    policy.takePatience = seconds{TRY(file.integer("handover.takeTimeoutS", 10, 600, 60))};
    policy.enableWait = seconds{TRY(file.integer("enable.waitS", 5, 600, 60))};
    policy.unverifiedDeadline = minutes{TRY(file.integer("verify.deadlineMin", 1, 24 * 60, 30))};
    policy.keptBodies = std::chrono::days{TRY(file.integer("messages.keepDays", 7, 180, 30))};
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
    stock.unclaimedMonths =
        static_cast<int>(TRY(file.integer("bins.unclaimedMonths", 1, 60, stock.unclaimedMonths)));
    stock.boxCapacity = TRY(file.integer("stock.boxCapacity", 1, 10'000, stock.boxCapacity));
    return stock;
}

Result<std::map<std::string, ServiceRule>> readServices(const ConfigFile& file) {
    std::map<std::string, ServiceRule> services;
    for (const std::string& id : file.names("service")) {
        const std::string key = "service." + id + ".";
        if (!file.has(key + "mode") && !file.has(key + "basis")) {
            TRY(file.refuse(ErrorCode::configBadValue, "service." + id,
                            "must be a table [service." + id + "] with mode and basis"));
            continue;
        }
        ServiceRule& rule = services[id];
        rule.mode = TRY(file.oneOf<ServiceMode>(key + "mode"));
        rule.basis = TRY(file.text(key + "basis"));
        if (rule.basis.empty()) {
            TRY(file.refuse(ErrorCode::configBadValue, key + "basis",
                            "the article this service stands on"));
        }
    }
    return services;
}

Result<Contacts> readContacts(const ConfigFile& file) {
    Contacts contacts;
    contacts.counter = TRY(readLocalText(file, "contact.counter"));
    contacts.hotline = TRY(file.text("contact.hotline", ""));
    contacts.lossPhone = TRY(file.text("contact.lossPhone", ""));
    contacts.formalLossPlace = TRY(readLocalText(file, "contact.formalLossPlace"));
    return contacts;
}

}  // namespace

Result<RegionPolicy> loadRegionPolicy(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    RegionPolicy policy;
    policy.policyId = TRY(codeIn(file, "policyId", policyCode));
    policy.regionCode = TRY(codeIn(file, "regionCode", areaCode));
    TRY(readBanks(file, policy));
    TRY(readPresence(file, policy));
    policy.services = TRY(readServices(file));
    policy.consentClauses = TRY(file.texts("consent.clauses"));
    policy.setPinStep = TRY(file.boolean("pin.setAtIssuance", false));
    if (policy.setPinStep) {
        TRY(file.refuse(ErrorCode::configBadValue, "pin.setAtIssuance",
                        "this version sets no PIN; leave it out"));
    }
    TRY(readTimes(file, policy));
    policy.blanksPerOrder = static_cast<int>(TRY(file.integer("making.blanksPerOrder", 1, 10, 3)));
    policy.failuresInARow = static_cast<int>(TRY(file.integer("making.failuresInARow", 1, 10, 2)));
    policy.contacts = TRY(readContacts(file));
    policy.stock = TRY(readStock(file));
    TRY(file.refuseUnknownKeys());
    return policy;
}

bool RegionPolicy::offers(std::string_view service) const {
    const auto rule = services.find(std::string(service));
    return rule != services.end() && rule->second.mode != ServiceMode::guide;
}

std::string RegionPolicy::bankName(const std::string& code) const {
    const auto name = bankNames.find(code);
    return name == bankNames.end() ? code : name->second;
}

}  // namespace liqu::policy
