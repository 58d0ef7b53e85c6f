#include "firmware/policy/region_policy.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/policy/basis.hpp"
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
        policy.bankHotlines[code] = TRY(file.text(key + "hotline", ""));
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
    policy.photoFromIdCard = TRY(file.boolean("photo.fromIdCard", false));
    return {};
}

Result<void> readLanguages(const ConfigFile& file, RegionPolicy& policy) {
    policy.draftWords = TRY(file.boolean("screen.draftWords", false));
    if (!file.has("screen.languages")) return {};
    policy.languages = TRY(file.texts("screen.languages"));
    if (policy.languages.empty() || policy.languages.front() != "zh-CN")
        TRY(file.refuse(ErrorCode::configBadValue, "screen.languages",
                        "begins with zh-CN, in which the rules are written"));
    const std::set<std::string> once(policy.languages.begin(), policy.languages.end());
    if (once.size() != policy.languages.size())
        TRY(file.refuse(ErrorCode::configBadValue, "screen.languages", "names one twice"));
    return {};
}

// Who may stand there, and what they can read.
Result<void> readPeople(const ConfigFile& file, RegionPolicy& policy) {
    TRY(readPresence(file, policy));
    return readLanguages(file, policy);
}

Result<void> readTimes(const ConfigFile& file, RegionPolicy& policy) {
    policy.screenPatience = seconds{TRY(file.integer("screen.patienceS", 10, 600, 60))};
    policy.takePatience = seconds{TRY(file.integer("handover.takeTimeoutS", 10, 600, 60))};
    policy.enableWait = seconds{TRY(file.integer("enable.waitS", 5, 600, 60))};
    policy.unverifiedDeadline = minutes{TRY(file.integer("verify.deadlineMin", 1, 24 * 60, 30))};
    policy.keptRecords = std::chrono::years{TRY(file.integer("records.years", 5, 100, 5))};
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
    stock.recoverWorkdays =
        static_cast<int>(TRY(file.integer("bins.recoverWorkdays", 1, 60, stock.recoverWorkdays)));
    stock.againMonths =
        static_cast<int>(TRY(file.integer("bins.againMonths", 1, 60, stock.againMonths)));
    stock.boxCapacity = TRY(file.integer("stock.boxCapacity", 1, 10'000, stock.boxCapacity));
    return stock;
}

Result<std::vector<AgentProof>> readProofs(const ConfigFile& file, const char* key) {
    std::vector<AgentProof> proofs;
    for (const std::string& word : TRY(file.texts(key))) {
        const auto proof = named<AgentProof>(word);
        if (proof) proofs.push_back(*proof);
        if (!proof) TRY(file.refuse(ErrorCode::configBadValue, key, "names no proof"));
    }
    if (proofs.empty()) TRY(file.refuse(ErrorCode::configBadValue, key, "names no proof"));
    return proofs;
}

// A list for minors alone is an unknown key.
Result<AgentRules> readAgent(const ConfigFile& file) {
    AgentRules rules;
    rules.keepCopy = TRY(file.boolean("agent.keepCopy", true));
    if (!file.has("agent.fetchProofs")) return rules;
    rules.proofs = TRY(readProofs(file, "agent.fetchProofs"));
    if (file.has("agent.minorProofs"))
        rules.minorProofs = TRY(readProofs(file, "agent.minorProofs"));
    return rules;
}

Result<std::vector<SiteKind>> readWrongCards(const ConfigFile& file) {
    constexpr const char* key = "wrongCard.confirmedAt";
    std::vector<SiteKind> sites;
    if (!file.has(key)) return sites;
    for (const std::string& word : TRY(file.texts(key))) {
        const auto site = named<SiteKind>(word);
        if (site) sites.push_back(*site);
        if (!site) TRY(file.refuse(ErrorCode::configBadValue, key, "names no kind of site"));
    }
    if (sites.empty()) TRY(file.refuse(ErrorCode::configBadValue, key, "names no kind of site"));
    return sites;
}

Result<FeePolicy> readFee(const ConfigFile& file) {
    FeePolicy fee;
    if (!file.has("fee")) return fee;
    fee.channel = TRY(file.oneOf<FeeChannel>("fee.channel"));
    fee.collector = TRY(readLocalText(file, "fee.collector"));
    if (fee.channel == FeeChannel::qr && fee.collector.chinese.empty())
        TRY(file.refuse(ErrorCode::configMissingKey, "fee.collector", "says nobody collects it"));
    fee.patience = seconds{TRY(file.integer("fee.patienceS", 60, 600, 180))};
    return fee;
}

Result<Contacts> readContacts(const ConfigFile& file) {
    Contacts contacts;
    contacts.counter = TRY(readLocalText(file, "contact.counter"));
    contacts.hotline = TRY(file.text("contact.hotline", ""));
    contacts.lossPhone = TRY(file.text("contact.lossPhone", ""));
    contacts.formalLossPlace = TRY(readLocalText(file, "contact.formalLossPlace"));
    contacts.complaint = TRY(file.text("contact.complaint", ""));
    return contacts;
}

Result<TermOfForce> readTerm(const ConfigFile& file) {
    TermOfForce term;
    if (file.has("validFrom")) term.from = TRY(file.date("validFrom"));
    if (file.has("validTo")) term.to = TRY(file.date("validTo"));
    if (term.from && term.to && *term.to < *term.from)
        TRY(file.refuse(ErrorCode::configBadValue, "validTo", "is before validFrom"));
    return term;
}

Result<void> readHolidays(const ConfigFile& file, const std::filesystem::path& path,
                          RegionPolicy& policy) {
    const std::string tables = TRY(file.text("holidays", ""));
    if (tables.empty()) return {};
    auto workdays = Workdays::load(path.parent_path() / tables);
    if (!workdays) return file.refuse(workdays.error().code, "holidays", workdays.error().cause);
    policy.workdays = std::move(*workdays);
    return {};
}

// Which file it is, and from when to when it holds.
Result<void> readHead(const ConfigFile& file, const std::filesystem::path& path,
                      RegionPolicy& policy) {
    policy.policyId = TRY(codeIn(file, "policyId", policyCode));
    policy.version = TRY(file.integer("version", 1, 9999));
    for (const std::string& name : file.names("document"))
        policy.documents[name] = TRY(file.text("document." + name));
    if (policy.documents.empty())
        TRY(file.refuse(ErrorCode::configMissingKey, "document", "names no rules"));
    policy.filing = TRY(file.text("filing", ""));
    policy.term = TRY(readTerm(file));
    policy.filingRequired = TRY(file.boolean("filingRequired", false));
    policy.regionCode = TRY(codeIn(file, "regionCode", areaCode));
    policy.words = path.parent_path() / TRY(file.text("words"));
    std::error_code error;
    if (!std::filesystem::is_directory(policy.words, error))
        TRY(file.refuse(ErrorCode::configBadValue, "words", "there is no folder of that name"));
    return readHolidays(file, path, policy);
}

// What only may be refused is asked for all the same.
Result<void> readConsents(const ConfigFile& file, RegionPolicy& policy) {
    policy.consentClauses = TRY(file.texts("consent.clauses"));
    if (!file.has("consent.optional")) return {};
    for (const std::string& clause : TRY(file.texts("consent.optional"))) {
        if (std::ranges::find(policy.consentClauses, clause) == policy.consentClauses.end())
            TRY(file.refuse(ErrorCode::configBadValue, "consent.optional",
                            clause + " is none of the clauses"));
        policy.optionalClauses.insert(clause);
    }
    return {};
}

bool isMajorGroup(const std::string& code) {
    return code.size() == 1 && code[0] >= '1' && code[0] <= '8';
}

Result<void> readItems(const ConfigFile& file, ApplicationItems& items) {
    items.phone = TRY(file.boolean("items.phone", false));
    items.mailingAddress = TRY(file.boolean("items.mailingAddress", false));
    if (!file.has("items.occupations")) return {};
    items.occupations = TRY(file.texts("items.occupations"));
    if (!std::ranges::all_of(items.occupations, isMajorGroup))
        TRY(file.refuse(ErrorCode::configBadValue, "items.occupations",
                        "each is a major group of GB/T 6565, 1 to 8"));
    return {};
}

}  // namespace

Result<RegionPolicy> loadRegionPolicy(const std::filesystem::path& path, const Here& here,
                                      Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    RegionPolicy policy;
    TRY(readHead(file, path, policy));
    TRY(readBanks(file, policy));
    TRY(readPeople(file, policy));
    policy.services = TRY(readServiceRules(file, here.termsOf, here.site));
    TRY(readConsents(file, policy));
    TRY(readItems(file, policy.items));
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
    policy.agent = TRY(readAgent(file));
    policy.wrongConfirmedAt = TRY(readWrongCards(file));
    policy.fee = TRY(readFee(file));
    TRY(requireBases(file));
    TRY(file.refuseUnknownKeys());
    return policy;
}

bool RegionPolicy::confirmsWrongCards(std::optional<SiteKind> site) const {
    return wrongConfirmedAt.empty() ||
           (site && std::ranges::find(wrongConfirmedAt, *site) != wrongConfirmedAt.end());
}

const ServiceRule& RegionPolicy::rule(std::string_view service) const {
    const auto found = services.find(std::string(service));
    LIQU_ASSERT(found != services.end());
    return found->second;
}

std::string RegionPolicy::bankName(const std::string& code) const {
    const auto name = bankNames.find(code);
    return name == bankNames.end() ? code : name->second;
}

std::string RegionPolicy::bankHotline(const std::string& code) const {
    const auto hotline = bankHotlines.find(code);
    return hotline == bankHotlines.end() ? "" : hotline->second;
}

}  // namespace liqu::policy
