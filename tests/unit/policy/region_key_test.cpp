// Rules: G-24.
#include "firmware/base/whole_file.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/services/catalogue.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/policy/key_rows.hpp"

namespace liqu::policy {
namespace {

using test::checkRows;
using test::keysNamedIn;
using test::keysOf;
using test::text;

constexpr const char* regionExample = R"(policyId = "p-1"
version = 1
document = { Guangdong = "a rule" }
filing = "filed-1"
validFrom = 2023-05-01
validTo = 2028-04-30
filingRequired = true
words = "words"
holidays = "holidays"
regionCode = "420100"
basis = "ground 1"
[[bank]]
code = "B01"
name = "示范银行"
cardPrefix = "621700"
hotline = "95500"
[identity]
basis = "ground 2"
presence = "none"
unattendedFromAge = 16
[service.first-card]
otherCityCleared = false
mode = "self"
basis = "Guangdong Art.36"
bankChoice = true
[service.loss-temporary]
mode = "attended"
basis = "Guangdong Art.24"
days = 7
linkedBank = true
eCardGoesOn = true
liable = true
receiptRequired = true
[service.loss-formal]
mode = "attended"
basis = "Guangdong Art.25"
linkedBank = false
final = true
releasable = false
ownBankOnly = true
[service.loss-release]
mode = "attended"
basis = "Guangdong Art.26"
linkedBank = false
formal = false
ownBankOnly = false
[service.exchange-expired]
mode = "attended"
basis = "Guangdong Art.30"
beforeMonths = 3
[service.withdraw]
mode = "attended"
basis = "Guangdong Art.27"
firstCard = true
[service.enable]
mode = "attended"
basis = "Guangdong Art.16"
firstPin = true
temporaryCardBlocks = false
[service.pin-first]
mode = "attended"
basis = "Guangdong Art.18"
offline = false
[service.pin-change]
mode = "self"
basis = "Guangdong Art.19"
offline = true
idRequired = true
otherProvinces = false
[service.pin-reset]
mode = "attended"
basis = "Guangdong Art.21"
transportPin = 654321
[service.data-change]
mode = "attended"
basis = "Changji 1"
phone = true
occupation = true
mailingAddress = true
[consent]
basis = "ground 2"
clauses = ["consent.data"]
optional = []
[items]
basis = "silent; default"
phone = false
mailingAddress = false
occupations = []
[pin]
basis = "ground 2"
setAtIssuance = false
[screen]
languages = ["zh-CN"]
draftWords = false
basis = "ground 2"
patienceS = 60
[handover]
basis = "ground 2"
takeTimeoutS = 61
[enable]
basis = "ground 2"
waitS = 62
[verify]
basis = "ground 2"
deadlineMin = 30
[making]
basis = "ground 2"
blanksPerOrder = 3
failuresInARow = 2
[stock]
basis = "ground 2"
boxCapacity = 500
[day]
basis = "ground 2"
issueWhileUnclosed = true
[bins]
basis = "ground 2"
holdDays = 7
rejectDays = 30
oldCardDays = 31
unclaimedMonths = 6
recoverWorkdays = 10
againMonths = 5
[agent]
basis = "ground 2"
fetchProofs = ["hukou"]
minorProofs = ["community"]
keepCopy = false
[wrongCard]
basis = "ground 2"
confirmedAt = ["hrss"]
[records]
basis = "ground 2"
years = 5
[fee]
basis = "ground 2"
channel = "qr"
collector = { zh-CN = "市财政局", en = "the treasury" }
patienceS = 180
[photo]
basis = "ground 2"
noneUnderAge = 7
fromIdCard = true
[messages]
basis = "ground 2"
keepDays = 30
[contact]
basis = "ground 2"
hotline = "12333"
counter = { zh-CN = "三号", en = "three" }
lossPhone = "12333-1"
formalLossPlace = { zh-CN = "经办窗口", en = "the agency's counter" }
complaint = "12345"
)";

using Region = test::Row<RegionPolicy>;

constexpr const char* lossFile = "firmware/services/loss_temporary.cpp";

std::function<std::string(const RegionPolicy&)> termOfLoss(std::string key,
                                                           std::string service = "loss-temporary") {
    return [key, service](const RegionPolicy& r) { return text(r.rule(service).number(key)); };
}

const std::vector<Region>& regionRows() {
    static const std::vector<Region> rows = {
        {"policyId", "p-1", "p-2", [](const RegionPolicy& r) { return r.policyId; },
         "program/books.cpp", "region.policyId"},
        {"version", "version = 1", "version = 2", [](const RegionPolicy& r) { return r.edition(); },
         "firmware/issuance/issuer.cpp", "region.edition"},
        {"document", "a rule", "another",
         [](const RegionPolicy& r) { return r.documents.at("Guangdong"); },
         "firmware/services/guidance.cpp", "region.documents"},
        {"filing", "filed-1", "filed-2", [](const RegionPolicy& r) { return r.filing; },
         "program/kiosk_command.cpp", "region.filing"},
        {"validFrom", "2023-05-01", "2023-05-02",
         [](const RegionPolicy& r) { return formatDate(*r.term.from); },
         "firmware/session/readiness.cpp", "term.holdsOn"},
        {"validTo", "2028-04-30", "2028-05-01",
         [](const RegionPolicy& r) { return formatDate(*r.term.to); },
         "firmware/services/who_may.cpp", "term.holdsOn"},
        {"filingRequired", "filingRequired = true", "filingRequired = false",
         [](const RegionPolicy& r) { return text(r.filingRequired); }, "program/books.cpp",
         "filingRequired"},
        {"holidays", "holidays = \"holidays\"", "holidays = \"other\"",
         [](const RegionPolicy& r) {
             return std::string(r.workdays.knows(std::chrono::year{2030}) ? "2030" : "none");
         },
         "firmware/desk/held_book.cpp", "region.workdays"},
        {"words", "words = \"words\"", "words = \"other\"",
         [](const RegionPolicy& r) { return r.words.filename().string(); },
         "program/kiosk_command.cpp", "region->words"},
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
        {"bank.hotline", "\"95500\"", "\"95501\"",
         [](const RegionPolicy& r) { return r.bankHotline("B01"); },
         "firmware/services/loss_pages.cpp", "bankHotline"},
        {"identity.presence", "presence = \"none\"", "presence = \"staff\"",
         [](const RegionPolicy& r) { return text(r.presence == Presence::none); },
         "firmware/session/visit_person.cpp", "region.presence"},
        {"identity.unattendedFromAge", "unattendedFromAge = 16", "unattendedFromAge = 18",
         [](const RegionPolicy& r) { return text(std::int64_t{r.unattendedFromAge}); },
         "firmware/session/visit_person.cpp", "unattendedFromAge"},
        {"service.first-card.mode", "mode = \"self\"", "mode = \"guide\"",
         [](const RegionPolicy& r) { return std::string(nameOf(r.rule("first-card").mode)); },
         "firmware/services/who_may.cpp", "rule->second.mode"},
        {"service.first-card.otherCityCleared", "otherCityCleared = false",
         "otherCityCleared = true", termOfLoss("otherCityCleared", "first-card"),
         "firmware/session/visit.cpp", "flag(\"otherCityCleared\")"},
        {"service.first-card.basis", "Art.36", "Art.27",
         [](const RegionPolicy& r) { return r.services.at("first-card").basis; },
         "program/kiosk_command.cpp", "rule.basis"},
        {"service.first-card.bankChoice", "bankChoice = true", "bankChoice = false",
         termOfLoss("bankChoice", "first-card"), "firmware/session/visit_bank.cpp",
         "flag(\"bankChoice\")"},
        {"service.exchange-expired.beforeMonths", "beforeMonths = 3", "beforeMonths = 2",
         termOfLoss("beforeMonths", "exchange-expired"), "firmware/services/exchange.cpp",
         "number(\"beforeMonths\")"},
        {"service.loss-temporary.days", "days = 7", "days = 8", termOfLoss("days"), lossFile,
         "rule.number(\"days\")"},
        {"service.loss-temporary.linkedBank", "linkedBank = true", "linkedBank = false",
         termOfLoss("linkedBank"), lossFile, "rule.flag(\"linkedBank\")"},
        {"service.loss-temporary.eCardGoesOn", "eCardGoesOn = true", "eCardGoesOn = false",
         termOfLoss("eCardGoesOn"), lossFile, "rule.flag(\"eCardGoesOn\")"},
        {"service.loss-temporary.liable", "liable = true", "liable = false", termOfLoss("liable"),
         lossFile, "rule.flag(\"liable\")"},
        {"service.loss-temporary.receiptRequired", "receiptRequired = true",
         "receiptRequired = false",
         [](const RegionPolicy& p) { return text(p.rule("loss-temporary").receiptRequired); },
         "firmware/session/visit_service.cpp", "receiptRequired"},
        {"service.loss-formal.linkedBank", "linkedBank = false\nfinal", "linkedBank = true\nfinal",
         termOfLoss("linkedBank", "loss-formal"), "firmware/services/loss_formal.cpp",
         "rule.flag(\"linkedBank\")"},
        {"service.loss-formal.final", "final = true", "final = false",
         termOfLoss("final", "loss-formal"), "firmware/services/loss_formal.cpp",
         "rule.flag(\"final\")"},
        {"service.loss-formal.releasable", "releasable = false", "releasable = true",
         termOfLoss("releasable", "loss-formal"), "firmware/services/loss_formal.cpp",
         "rule.flag(\"releasable\")"},
        {"service.loss-release.linkedBank", "linkedBank = false\nformal",
         "linkedBank = true\nformal", termOfLoss("linkedBank", "loss-release"),
         "firmware/services/loss_release.cpp", "rule.flag(\"linkedBank\")"},
        {"service.loss-release.formal", "formal = false", "formal = true",
         termOfLoss("formal", "loss-release"), "firmware/services/loss_release.cpp",
         "rule.flag(\"formal\")"},
        {"service.loss-formal.ownBankOnly", "ownBankOnly = true", "ownBankOnly = false",
         termOfLoss("ownBankOnly", "loss-formal"), "firmware/services/loss_formal.cpp",
         "rule.flag(\"ownBankOnly\")"},
        {"service.loss-release.ownBankOnly", "ownBankOnly = false", "ownBankOnly = true",
         termOfLoss("ownBankOnly", "loss-release"), "firmware/services/loss_release.cpp",
         "rule.flag(\"ownBankOnly\")"},
        {"service.withdraw.firstCard", "firstCard = true", "firstCard = false",
         termOfLoss("firstCard", "withdraw"), "firmware/services/withdraw_pages.cpp",
         "flag(\"firstCard\")"},
        {"service.enable.firstPin", "firstPin = true", "firstPin = false",
         termOfLoss("firstPin", "enable"), "firmware/session/enabling.cpp", "flag(\"firstPin\")"},
        {"service.enable.temporaryCardBlocks", "temporaryCardBlocks = false",
         "temporaryCardBlocks = true", termOfLoss("temporaryCardBlocks", "enable"),
         "firmware/session/enabling.cpp", "flag(\"temporaryCardBlocks\")"},
        {"service.pin-first.offline", "offline = false", "offline = true",
         termOfLoss("offline", "pin-first"), "firmware/session/pin_desk.cpp", "flag(\"offline\")"},
        {"service.pin-change.offline", "offline = true", "offline = false",
         termOfLoss("offline", "pin-change"), "firmware/session/pin_desk.cpp", "flag(\"offline\")"},
        {"service.pin-change.idRequired", "idRequired = true", "idRequired = false",
         termOfLoss("idRequired", "pin-change"), "firmware/session/visit_pin.cpp",
         "flag(\"idRequired\")"},
        {"service.pin-change.otherProvinces", "otherProvinces = false", "otherProvinces = true",
         termOfLoss("otherProvinces", "pin-change"), "firmware/session/other_province.cpp",
         "flag(\"otherProvinces\")"},
        {"service.pin-reset.transportPin", "transportPin = 654321", "transportPin = 888888",
         termOfLoss("transportPin", "pin-reset"), "firmware/session/pin_maintenance.cpp",
         "number(\"transportPin\")"},
        {"service.data-change.phone", "phone = true\noccupation", "phone = false\noccupation",
         termOfLoss("phone", "data-change"), "firmware/services/data_pages.cpp", "flag(\"phone\")"},
        {"service.data-change.occupation", "occupation = true", "occupation = false",
         termOfLoss("occupation", "data-change"), "firmware/services/data_pages.cpp",
         "flag(\"occupation\")"},
        {"service.data-change.mailingAddress", "mailingAddress = true\n[consent]",
         "mailingAddress = false\n[consent]", termOfLoss("mailingAddress", "data-change"),
         "firmware/services/data_pages.cpp", "flag(\"mailingAddress\")"},
        {"consent.clauses", "[\"consent.data\"]", "[\"consent.account\"]",
         [](const RegionPolicy& r) { return r.consentClauses.at(0); }, "firmware/session/visit.cpp",
         "consentClauses"},
        {"consent.optional", "optional = []", "optional = [\"consent.data\"]",
         [](const RegionPolicy& r) { return std::to_string(r.optionalClauses.size()); },
         "firmware/session/visit_pages.cpp", "optionalClauses"},
        {"items.phone", "phone = false", "phone = true",
         [](const RegionPolicy& r) { return std::to_string(r.items.phone); },
         "firmware/session/visit_items.cpp", "items.phone"},
        {"items.mailingAddress", "mailingAddress = false", "mailingAddress = true",
         [](const RegionPolicy& r) { return std::to_string(r.items.mailingAddress); },
         "firmware/session/visit_items.cpp", "items.mailingAddress"},
        {"items.occupations", "occupations = []", "occupations = [\"5\", \"8\"]",
         [](const RegionPolicy& r) { return std::to_string(r.items.occupations.size()); },
         "firmware/session/visit_items.cpp", "items.occupations"},
        // Refused: no version sets a PIN yet.
        {"pin.setAtIssuance", "setAtIssuance = false", "setAtIssuance = true", {}, "", ""},
        {"screen.languages", "languages = [\"zh-CN\"]", "languages = [\"zh-CN\", \"ug\"]",
         [](const RegionPolicy& r) { return std::to_string(r.languages.size()); },
         "firmware/session/conversation.cpp", "region.languages"},
        {"screen.draftWords", "draftWords = false", "draftWords = true",
         [](const RegionPolicy& r) { return std::to_string(r.draftWords); },
         "program/offered_languages.cpp", "draftWords"},
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
        {"fee.channel", "channel = \"qr\"", "channel = \"counter\"",
         [](const RegionPolicy& r) { return std::string(nameOf(r.fee.channel)); },
         "program/machine.cpp", "fee.channel"},
        {"fee.collector", "市财政局", "省财政厅",
         [](const RegionPolicy& r) { return r.fee.collector.chinese; },
         "firmware/session/making_watch.cpp", "fee.collector"},
        {"fee.patienceS", "patienceS = 180", "patienceS = 170",
         [](const RegionPolicy& r) { return text(r.fee.patience); },
         "firmware/issuance/steps_fee.cpp", "fee.patience"},
        {"stock.boxCapacity", "boxCapacity = 500", "boxCapacity = 400",
         [](const RegionPolicy& r) { return text(r.stock.boxCapacity); },
         "firmware/desk/stock_desk.cpp", "stock.boxCapacity"},
        {"day.issueWhileUnclosed", "issueWhileUnclosed = true", "issueWhileUnclosed = false",
         [](const RegionPolicy& r) { return text(r.stock.issueWhileUnclosed); },
         "firmware/session/readiness.cpp", "issueWhileUnclosed"},
        {"bins.unclaimedMonths", "unclaimedMonths = 6", "unclaimedMonths = 7",
         [](const RegionPolicy& r) { return text(std::int64_t{r.stock.unclaimedMonths}); },
         "firmware/desk/bin_exits.cpp", "unclaimedMonths"},
        {"bins.recoverWorkdays", "recoverWorkdays = 10", "recoverWorkdays = 11",
         [](const RegionPolicy& r) { return text(std::int64_t{r.stock.recoverWorkdays}); },
         "firmware/desk/held_book.cpp", "recoverWorkdays"},
        {"bins.againMonths", "againMonths = 5", "againMonths = 4",
         [](const RegionPolicy& r) { return text(std::int64_t{r.stock.againMonths}); },
         "firmware/desk/held_book.cpp", "againMonths"},
        {"agent.fetchProofs", "[\"hukou\"]", "[\"kinship\"]",
         [](const RegionPolicy& r) { return std::string(nameOf(r.agent.proofs.at(0))); },
         "firmware/desk/bin_exits.cpp", "rules.proofsFor"},
        {"agent.minorProofs", "[\"community\"]", "[\"kinship\"]",
         [](const RegionPolicy& r) { return std::string(nameOf(r.agent.minorProofs->at(0))); },
         "firmware/desk/bin_exits.cpp", "rules.proofsFor"},
        {"agent.keepCopy", "keepCopy = false", "keepCopy = true",
         [](const RegionPolicy& r) { return text(r.agent.keepCopy); },
         "firmware/desk/bin_exits.cpp", "rules.keepCopy"},
        {"wrongCard.confirmedAt", "[\"hrss\"]", "[\"authorised\"]",
         [](const RegionPolicy& r) { return std::string(nameOf(r.wrongConfirmedAt.at(0))); },
         "firmware/desk/wrong_cards.cpp", "confirmsWrongCards"},
        {"records.years", "years = 5", "years = 6",
         [](const RegionPolicy& r) { return text(std::int64_t{r.keptRecords.count()}); },
         "firmware/issuance/steps_handover.cpp", "keptRecords"},
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
        {"photo.fromIdCard", "fromIdCard = true", "fromIdCard = false",
         [](const RegionPolicy& r) { return text(r.photoFromIdCard); },
         "firmware/session/visit_photo.cpp", "photoFromIdCard"},
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
        {"contact.complaint", "12345", "12346",
         [](const RegionPolicy& r) { return r.contacts.complaint; },
         "firmware/session/conversation.cpp", "region.complaint"},
    };
    return rows;
}

TEST_CASE("another value of any key of a region is another rule, and somebody reads it") {
    const test::Scratch scratch;
    for (const char* folder : {"words", "other", "holidays"})
        std::filesystem::create_directory(scratch.file(folder));
    REQUIRE(writeWholeFile(scratch.file("holidays/2030.toml"),
                           bytesOf("year = 2030\nsource = \"a notice\"\noff = []\nworked = []\n")));
    checkRows(regionRows(), regionExample, [&](const std::string& toml) {
        REQUIRE(writeWholeFile(scratch.file("region.toml"), bytesOf(toml)));
        return loadRegionPolicy(scratch.file("region.toml"), {.termsOf = services::termsOf});
    });
}

TEST_CASE("no key of a region is read that has no row here") {
    std::set<std::string> keys = keysNamedIn(
        "firmware/policy/region_policy.cpp",
        {{"code", "bank"}, {"name", "bank"}, {"cardPrefix", "bank"}, {"hotline", "bank"}});
    keys.merge(keysNamedIn("firmware/policy/service_rules.cpp",
                           {{"mode", "service.first-card"},
                            {"basis", "service.first-card"},
                            {"receiptRequired", "service.loss-temporary"}}));
    keys.erase("service");  // the table of all of them
    for (const services::Service* service : services::catalogue()) {
        const std::string table = "service." + std::string(service->id) + ".";
        for (const Term& term : service->terms) keys.insert(table + std::string(term.key));
    }
    for (const std::string& key : keys) CHECK_MESSAGE(keysOf(regionRows()).contains(key), key);
    for (const std::string& key : keysOf(regionRows())) CHECK_MESSAGE(keys.contains(key), key);
}

}  // namespace
}  // namespace liqu::policy
