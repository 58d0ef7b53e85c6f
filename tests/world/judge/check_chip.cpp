// The chip of a card that was made. Source of the records: hardware-notes/chip.md, "Commands for
// files".
#include <algorithm>

#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/digest.hpp"

namespace liqu::judge {
namespace {

struct RecordPlace {
    const char* item;
    const char* file;
    std::size_t record;
    const char* tag;
    bool text;  // characters; else packed digits or bytes
};

constexpr RecordPlace records[] = {
    {"card-id-code", "EF05", 0, "01", false}, {"card-class", "EF05", 1, "02", true},
    {"version", "EF05", 2, "03", true},       {"issuer", "EF05", 3, "04", false},
    {"issue-date", "EF05", 4, "05", false},   {"expiry-date", "EF05", 5, "06", false},
    {"card-number", "EF05", 6, "07", true},   {"social-number", "EF06", 0, "08", true},
    {"sex", "EF06", 3, "0A", true},           {"ethnic", "EF06", 4, "0B", false},
    {"birth-place", "EF06", 5, "0C", false},  {"birth-date", "EF06", 6, "0D", false}};

std::string unhex(const std::string& hex) {
    std::string text;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        text += static_cast<char>(std::strtol(hex.substr(i, 2).c_str(), nullptr, 16));
    }
    return text;
}

// The value of a record of the wanted tag whose length is right; none otherwise.
std::optional<std::string> valueOf(const Json& chip, const char* file, std::size_t record,
                                   const char* tag) {
    const std::string hex =
        textAt(chip, std::string("files/") + file + "/records/" + std::to_string(record));
    if (hex.size() < 4 || hex.substr(0, 2) != tag) return std::nullopt;
    const auto length =
        static_cast<std::size_t>(std::strtol(hex.substr(2, 2).c_str(), nullptr, 16));
    if (hex.size() != 4 + 2 * length) return std::nullopt;
    return hex.substr(4);
}

void checkRecords(Bench& bench, const Json& chip) {
    for (const RecordPlace& place : records) {
        const auto value = valueOf(chip, place.file, place.record, place.tag);
        std::string read = value.value_or("no such record");
        if (value && place.text) {
            read = unhex(*value);
            read.erase(std::find(read.begin(), read.end(), '\0'), read.end());
        } else if (value && std::string(place.item) != "card-id-code") {
            read.erase(read.find_last_not_of('F') + 1);
        }
        bench.expectEqual(read, textAt(chip, std::string("items/") + place.item),
                          std::string("the record holds the item: ") + place.item);
    }
    // The name's GBK bytes: 30 in one record, 20 more in another; what follows the end is zero.
    const std::string name =
        valueOf(chip, "EF06", 1, "09").value_or("") + valueOf(chip, "EF06", 2, "4E").value_or("");
    const std::string bytes = unhex(name);
    const std::size_t end = bytes.find('\0');
    bench.expect(name.size() == 100 && end != std::string::npos && end > 0 &&
                     bytes.find_first_not_of('\0', end) == std::string::npos,
                 "the two records of the name have their form");
    bench.expectEqual(nameInGbk(bytes.substr(0, end)), textAt(chip, "items/name"),
                      "the records hold the name");
}

bool liesInHopper(const Bench& bench, const std::string& number) {
    for (const Json& card : bench.evidence.world.value("cards", Json::array())) {
        if (textAt(card, "cardNumber") == number) {
            return textAt(card, "place").starts_with("hopper");
        }
    }
    return false;
}

// An untouched blank of the same pile shows what must not have changed.
void checkLikeBlank(Bench& bench, const Json& chip) {
    for (const Json& other : bench.evidence.chips.value("cards", Json::array())) {
        if (!liesInHopper(bench, textAt(other, "cardNumber"))) continue;
        const auto same = [&](const char* path) {
            bench.expectEqual(textAt(chip, path), textAt(other, path),
                              std::string("as on an untouched blank: ") + path);
        };
        same("counters");
        same("files/EF07");
        same("files/EF08");
        same("files/EF05/kind");
        same("files/EF06/kind");
        same("algorithm");
        same("items/issuer");
        same("items/card-class");
        return;
    }
}

const Json* messageOf(const Bench& bench, const char* type, const std::string& application) {
    const Json* found = nullptr;
    for (const Json& message : bench.evidence.province.at("carriedOut")) {
        if (textAt(message, "msgType") == type &&
            textAt(message, "request/applicationNo") == application) {
            found = &message;
        }
    }
    return found;
}

void checkReadBack(Bench& bench, const Json& chip, const Json& card) {
    const Json* asked = messageOf(bench, "PERSO.GET", textAt(card, "applicationNo"));
    const Json* report = messageOf(bench, "ISSUE.REPORT", textAt(card, "applicationNo"));
    bench.expect(asked != nullptr && report != nullptr, "the province was asked and told");
    if (asked == nullptr || report == nullptr) return;
    const std::string bank = textAt(chip, "bankCardNumber");
    bench.expectEqual(textAt(*asked, "request/bankCardNo"), bank,
                      "the permit was asked for with the chip's bank card number");
    bench.expectEqual(textAt(*report, "request/readBack/bankCardNoTail"),
                      bank.size() < 4 ? "" : bank.substr(bank.size() - 4),
                      "the report carries its last four digits");
    for (const auto& [said, item] :
         {std::pair("cardNo", "card-number"), std::pair("socialNumber", "social-number"),
          std::pair("cardIdCode", "card-id-code"), std::pair("version", "version"),
          std::pair("issueDate", "issue-date"), std::pair("expiryDate", "expiry-date")}) {
        bench.expectEqual(textAt(*report, std::string("request/readBack/") + said),
                          textAt(chip, std::string("items/") + item),
                          std::string("the report carries what was read back: ") + item);
    }
    bench.expectEqual(textAt(*report, "request/readBack/atr"), textAt(chip, "answerToReset"),
                      "the report carries the answer to reset");
}

}  // namespace

void checkChip(Bench& bench, const Json& card, const Json& person) {
    const Json* chip = bench.chipOf(textAt(card, "cardNo"));
    bench.expect(chip != nullptr, "there is a chip with the number of the card");
    if (chip == nullptr) return;
    const auto same = [&](const char* item, const Json& record, const char* field) {
        bench.expectEqual(textAt(*chip, std::string("items/") + item), textAt(record, field),
                          std::string("chip and province agree: ") + item);
    };
    same("card-number", card, "cardNo");
    same("card-id-code", card, "cardIdCode");
    same("issue-date", card, "issueDate");
    same("expiry-date", card, "expiryDate");
    same("social-number", card, "socialNumber");
    same("name", person, "name");
    same("sex", person, "sex");
    same("ethnic", person, "ethnicCode");
    same("birth-date", person, "birthDate");
    same("birth-place", person, "birthPlace");
    bench.expectEqual(textAt(*chip, "items/version"), bench.evidence.world.value("chipVersion", ""),
                      "the chip is of the version that was asked for");
    bench.expectEqual(textAt(*chip, "blocked"), "false", "the chip is not blocked");
    bool linked = textAt(person, "bankLinked") == "true";
    for (const CsvRow& fact : bench.evidence.outbox) {
        linked = linked && !fact.at("outcome").starts_with("PARTIAL");
    }
    bench.expectEqual(textAt(card, "bankLinked"), linked ? "true" : "false",
                      "the province: the bank side is as the kiosk was told");
    bench.expectEqual(textAt(card, "blankId"), textAt(card, "cardNo"),
                      "the province: the card is the blank of that number");
    checkRecords(bench, *chip);
    checkLikeBlank(bench, *chip);
    checkReadBack(bench, *chip, card);
}

}  // namespace liqu::judge
