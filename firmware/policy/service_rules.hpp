// [service.<id>] of a region: who carries a service out here (办理方式), by which article, and the
// service's own terms. Which services there are and which terms they have, their catalogue says.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firmware/base/config_file.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"

namespace liqu::policy {

// 网点: whose outlet the machine stands in. Articles bind acts to kinds of outlets (Guangdong
// Art.5(1), 25(1)).
enum class SiteKind : std::uint8_t {
    bank,
    hrss,        // 人社部门: the agency's own counters
    authorised,  // another institution the city authorised
};
constexpr auto wordsOf(SiteKind) {
    return words<SiteKind>(
        {{SiteKind::bank, "bank"}, {SiteKind::hrss, "hrss"}, {SiteKind::authorised, "authorised"}});
}

// From the freest to the strictest. attended: an attendant confirms inside the act. guide: nobody
// does it here, as where the service is left out.
enum class ServiceMode : std::uint8_t { self, attended, guide };
constexpr auto wordsOf(ServiceMode) {
    return words<ServiceMode>({{ServiceMode::self, "self"},
                               {ServiceMode::attended, "attended"},
                               {ServiceMode::guide, "guide"}});
}

// A key of a service's own. Without a usual value the region must say it wherever the service is
// carried out: what is left out is never guessed.
struct Term {
    enum class Kind : std::uint8_t { flag, number };
    std::string_view key;
    Kind kind = Kind::flag;
    std::int64_t least = 0;  // of a number
    std::int64_t most = 1;
    std::optional<std::int64_t> usual{};
};

using Terms = std::span<const Term>;
// none: this version has no such service.
using FindTerms = std::optional<Terms> (*)(std::string_view service);

class ServiceRule {
  public:
    ServiceMode mode = ServiceMode::guide;  // at this machine's site
    std::string basis;                      // the article its mode stands on, "Guangdong Art.8(1)"
    std::map<std::string, std::int64_t, std::less<>> terms;  // a flag is 0 or 1
    bool receiptRequired = false;  // 须出具凭据: without paper it is not begun

    // Of a term that the service declares.
    bool flag(std::string_view key) const { return number(key) != 0; }
    std::int64_t number(std::string_view key) const;
};

// By id. site: none where the machine's kind is not said; then the strictest of all holds.
Result<std::map<std::string, ServiceRule>> readServiceRules(const ConfigFile& file,
                                                            FindTerms termsOf,
                                                            std::optional<SiteKind> site);

}  // namespace liqu::policy
