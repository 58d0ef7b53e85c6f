#include "firmware/base/whole_file.hpp"
#include "firmware/policy/region_policy.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/policy/key_rows.hpp"

namespace liqu::policy {
namespace {

using test::checkRows;
using test::keysNamedIn;
using test::keysOf;
using test::text;

constexpr const char* regionExample = R"(policyId = "p-1"
regionCode = "420100"
[[bank]]
code = "B01"
name = "示范银行"
cardPrefix = "621700"
[identity]
presence = "none"
unattendedFromAge = 16
[service.first-card]
mode = "self"
basis = "Guangdong Art.36"
[consent]
clauses = ["consent.data"]
[pin]
setAtIssuance = false
[screen]
patienceS = 60
[handover]
takeTimeoutS = 61
[enable]
waitS = 62
[verify]
deadlineMin = 30
[making]
blanksPerOrder = 3
failuresInARow = 2
[stock]
boxCapacity = 500
[day]
issueWhileUnclosed = true
[bins]
holdDays = 7
rejectDays = 30
oldCardDays = 31
unclaimedMonths = 6
[photo]
noneUnderAge = 7
[messages]
keepDays = 30
[contact]
hotline = "12333"
counter = { zh-CN = "三号", en = "three" }
lossPhone = "12333-1"
formalLossPlace = { zh-CN = "经办窗口", en = "the agency's counter" }
)";

using Region = test::Row<RegionPolicy>;

const std::vector<Region>& regionRows() {
    static const std::vector<Region> rows = {
        {"policyId", "p-1", "p-2", [](const RegionPolicy& r) { return r.policyId; },
         "program/books.cpp", "region.policyId"},
        {"regionCode", "420100", "420200", [](const RegionPolicy& r) { return r.regionCode; },
         "program/books.cpp", "region.regionCode"},
        {"bank", "[[bank]]\n",
         "[[bank]]\ncode = \"B02\"\nname = \"n\"\ncardPrefix = \"1\"\n[[bank]]\n",
         [](const RegionPolicy& r) { return text(static_cast<std::int64_t>(r.bankNames.size())); },
         "program/books.cpp", "bankNames"},
        {"bank.code", "code = \"B01\"", "code = \"B03\"",
         [](const RegionPolicy& r) { return r.bankNames.begin()->first; }, "program/books.cpp",
         "bankNames"},
        {"bank.name", "示范银行", "另一银行",
         [](const RegionPolicy& r) { return r.bankNames.begin()->second; },
         "firmware/session/visit.cpp", "bankName"},
        {"bank.cardPrefix", "621700", "621701",
         [](const RegionPolicy& r) { return r.bankCardPrefixes.begin()->second; },
         "firmware/issuance/steps_card.cpp", "bankCardPrefixes"},
        {"identity.presence", "presence = \"none\"", "presence = \"staff\"",
         [](const RegionPolicy& r) { return text(r.presence == Presence::none); },
         "firmware/session/visit.cpp", "region.presence"},
        {"identity.unattendedFromAge", "unattendedFromAge = 16", "unattendedFromAge = 18",
         [](const RegionPolicy& r) { return text(std::int64_t{r.unattendedFromAge}); },
         "firmware/session/visit.cpp", "unattendedFromAge"},
        {"service.first-card.mode", "mode = \"self\"", "mode = \"guide\"",
         [](const RegionPolicy& r) { return text(r.offers("first-card")); },
         "firmware/session/visit.cpp", "region.offers"},
        {"service.first-card.basis", "Art.36", "Art.27",
         [](const RegionPolicy& r) { return r.services.at("first-card").basis; },
         "program/kiosk_command.cpp", "rule.basis"},
        {"consent.clauses", "[\"consent.data\"]", "[\"consent.account\"]",
         [](const RegionPolicy& r) { return r.consentClauses.at(0); }, "firmware/session/visit.cpp",
         "consentClauses"},
        // Refused: no version sets a PIN yet.
        {"pin.setAtIssuance", "setAtIssuance = false", "setAtIssuance = true", {}, "", ""},
        {"screen.patienceS", "patienceS = 60", "patienceS = 50",
         [](const RegionPolicy& r) { return text(r.screenPatience); },
         "firmware/session/conversation.cpp", "screenPatience"},
        {"handover.takeTimeoutS", "takeTimeoutS = 61", "takeTimeoutS = 50",
         [](const RegionPolicy& r) { return text(r.takePatience); },
         "firmware/session/making_watch.cpp", "takePatience"},
        {"enable.waitS", "waitS = 62", "waitS = 50",
         [](const RegionPolicy& r) { return text(r.enableWait); },
         "firmware/issuance/steps_province.cpp", "enableWait"},
        {"verify.deadlineMin", "deadlineMin = 30", "deadlineMin = 29",
         [](const RegionPolicy& r) { return text(r.unverifiedDeadline); },
         "firmware/issuance/issuer.cpp", "unverifiedDeadline"},
        {"making.blanksPerOrder", "blanksPerOrder = 3", "blanksPerOrder = 2",
         [](const RegionPolicy& r) { return text(std::int64_t{r.blanksPerOrder}); },
         "firmware/issuance/runner.cpp", "blanksPerOrder"},
        {"making.failuresInARow", "failuresInARow = 2", "failuresInARow = 3",
         [](const RegionPolicy& r) { return text(std::int64_t{r.failuresInARow}); },
         "firmware/issuance/streak.cpp", "failuresInARow"},
        {"stock.boxCapacity", "boxCapacity = 500", "boxCapacity = 400",
         [](const RegionPolicy& r) { return text(r.stock.boxCapacity); },
         "firmware/desk/stock_desk.cpp", "stock.boxCapacity"},
        {"day.issueWhileUnclosed", "issueWhileUnclosed = true", "issueWhileUnclosed = false",
         [](const RegionPolicy& r) { return text(r.stock.issueWhileUnclosed); },
         "firmware/session/readiness.cpp", "issueWhileUnclosed"},
        {"bins.unclaimedMonths", "unclaimedMonths = 6", "unclaimedMonths = 7",
         [](const RegionPolicy& r) { return text(std::int64_t{r.stock.unclaimedMonths}); },
         "firmware/desk/bin_exits.cpp", "unclaimedMonths"},
        {"bins.holdDays", "holdDays = 7", "holdDays = 8",
         [](const RegionPolicy& r) { return text(std::int64_t{r.stock.holdDays}); },
         "firmware/desk/bin_exits.cpp", "holdDays"},
        {"bins.rejectDays", "rejectDays = 30", "rejectDays = 8",
         [](const RegionPolicy& r) { return text(std::int64_t{r.stock.rejectDays}); },
         "firmware/desk/bin_exits.cpp", "rejectDays"},
        {"bins.oldCardDays", "oldCardDays = 31", "oldCardDays = 8",
         [](const RegionPolicy& r) { return text(std::int64_t{r.stock.oldCardDays}); },
         "firmware/desk/bin_exits.cpp", "oldCardDays"},
        {"photo.noneUnderAge", "noneUnderAge = 7", "noneUnderAge = 6",
         [](const RegionPolicy& r) { return text(std::int64_t{r.noPhotoUnderAge}); },
         "firmware/session/visit.cpp", "noPhotoUnderAge"},
        {"messages.keepDays", "keepDays = 30", "keepDays = 31",
         [](const RegionPolicy& r) { return text(std::int64_t{r.keptBodies.count()}); },
         "firmware/session/readiness.cpp", "keptBodies"},
        {"contact.hotline", "hotline = \"12333\"", "hotline = \"12345\"",
         [](const RegionPolicy& r) { return r.contacts.hotline; },
         "firmware/session/conversation.cpp", "region.hotline"},
        {"contact.counter", "\"three\"", "\"four\"",
         [](const RegionPolicy& r) { return r.contacts.counter.english; },
         "firmware/session/conversation.cpp", "region.counter"},
        {"contact.lossPhone", "12333-1", "12333-2",
         [](const RegionPolicy& r) { return r.contacts.lossPhone; },
         "firmware/session/conversation.cpp", "region.lossPhone"},
        {"contact.formalLossPlace", "经办窗口", "别处",
         [](const RegionPolicy& r) { return r.contacts.formalLossPlace.chinese; },
         "firmware/session/conversation.cpp", "region.formalLossPlace"},
    };
    return rows;
}

TEST_CASE("another value of any key of a region is another rule, and somebody reads it") {
    const test::Scratch scratch;
    checkRows(regionRows(), regionExample, [&](const std::string& toml) {
        REQUIRE(writeWholeFile(scratch.file("region.toml"), bytesOf(toml)));
        return loadRegionPolicy(scratch.file("region.toml"));
    });
}

TEST_CASE("no key of a region is read that has no row here") {
    CHECK(keysNamedIn("firmware/policy/region_policy.cpp", {{"code", "bank"},
                                                            {"name", "bank"},
                                                            {"cardPrefix", "bank"},
                                                            {"mode", "service.first-card"},
                                                            {"basis", "service.first-card"}}) ==
          keysOf(regionRows()));
}

}  // namespace
}  // namespace liqu::policy
