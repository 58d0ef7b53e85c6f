#include "firmware/policy/service_rules.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"
#include "firmware/policy/basis.hpp"

namespace liqu::policy {
namespace {

// A word, or a table of words by kind of site; all of them are read, whichever holds here.
Result<ServiceMode> readMode(const ConfigFile& file, const std::string& key,
                             std::optional<SiteKind> site) {
    if (file.names(key).empty()) return file.oneOf<ServiceMode>(key);
    ServiceMode mode = TRY(file.oneOf<ServiceMode>(key + ".usual"));
    for (const SiteKind kind : wordTable<SiteKind>.values()) {
        const std::string ofKind = key + "." + std::string(nameOf(kind));
        if (!file.has(ofKind)) continue;
        const ServiceMode there = TRY(file.oneOf<ServiceMode>(ofKind));
        if (site == kind) mode = there;
        // A machine of no said kind takes the strictest.
        if (!site) mode = std::max(mode, there);
    }
    return mode;
}

Result<std::int64_t> readTerm(const ConfigFile& file, const std::string& key, const Term& term) {
    if (term.kind == Term::Kind::flag) return TRY(file.boolean(key)) ? 1 : 0;
    return file.integer(key, term.least, term.most);
}

Result<ServiceRule> readRule(const ConfigFile& file, const std::string& id, Terms terms,
                             std::optional<SiteKind> site) {
    const std::string key = "service." + id + ".";
    ServiceRule rule;
    rule.mode = TRY(readMode(file, key + "mode", site));
    std::vector<std::string> keys = file.names("service." + id);
    std::erase(keys, "basis");
    TRY(requireBasis(file, key, keys, keys));
    const std::string basis = key + "basis";
    rule.basis = TRY(file.text(file.names(basis).empty() ? basis : basis + ".mode"));
    rule.receiptRequired = TRY(file.boolean(key + "receiptRequired", false));
    for (const Term& term : terms) {
        const std::string at = key + std::string(term.key);
        const bool said = file.has(at);
        const bool needed = rule.mode != ServiceMode::guide && !term.usual;
        std::int64_t& value = rule.terms[std::string(term.key)];
        value = term.usual.value_or(term.least);
        if (said) value = TRY(readTerm(file, at, term));
        if (!said && needed) TRY(file.refuse(ErrorCode::configMissingKey, at, "is missing"));
    }
    return rule;
}

}  // namespace

std::int64_t ServiceRule::number(std::string_view key) const {
    const auto found = terms.find(key);
    LIQU_ASSERT(found != terms.end());
    return found->second;
}

Result<std::map<std::string, ServiceRule>> readServiceRules(const ConfigFile& file,
                                                            FindTerms termsOf,
                                                            std::optional<SiteKind> site) {
    std::map<std::string, ServiceRule> rules;
    for (const std::string& id : file.names("service")) {
        const std::string key = "service." + id;
        if (!file.has(key + ".mode") && !file.has(key + ".basis")) {
            TRY(file.refuse(ErrorCode::configBadValue, key,
                            "must be a table [service." + id + "] with mode and basis"));
            continue;
        }
        const auto terms = termsOf(id);
        if (!terms) {
            TRY(file.refuse(ErrorCode::configBadValue, key, "this version knows no such service"));
            continue;
        }
        rules[id] = TRY(readRule(file, id, *terms, site));
    }
    return rules;
}

}  // namespace liqu::policy
