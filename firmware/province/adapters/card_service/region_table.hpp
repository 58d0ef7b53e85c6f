// What one province's CardService is told and says, as data (kiosk-config/legacy/): its calls with
// their fields in order, the names in its answers, and what each of its texts means. The code of
// this folder knows none of these words. Read strictly, with limits; a table of another province,
// or one put together of two, is refused.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "firmware/base/words.hpp"
#include "firmware/province/adapters/card_service/inner_string.hpp"
#include "firmware/province/adapters/card_service/soap_envelope.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province::card_service {

// What can be asked or told. A province has some of them.
enum class Call : std::uint8_t {
    person,
    photo,
    cardState,
    cardBank,
    cardData,
    progress,
    apply,
    mark,
    unmark,
    markedPersons,
    takeBatch,
    createBatch,
    cardItems,
    report,
    enable,
    lossTemp,
    lossFormal,
    lossRelease,
};
constexpr auto wordsOf(Call) {
    return words<Call>({{Call::person, "person"},
                        {Call::photo, "photo"},
                        {Call::cardState, "cardState"},
                        {Call::cardBank, "cardBank"},
                        {Call::cardData, "cardData"},
                        {Call::progress, "progress"},
                        {Call::apply, "apply"},
                        {Call::mark, "mark"},
                        {Call::unmark, "unmark"},
                        {Call::markedPersons, "markedPersons"},
                        {Call::takeBatch, "takeBatch"},
                        {Call::createBatch, "createBatch"},
                        {Call::cardItems, "cardItems"},
                        {Call::report, "report"},
                        {Call::enable, "enable"},
                        {Call::lossTemp, "lossTemp"},
                        {Call::lossFormal, "lossFormal"},
                        {Call::lossRelease, "lossRelease"}});
}
// Does it change nothing? What takes a number of a batch changes nothing of anybody.
bool isQuestion(Call call);

// What a place in a request is filled with.
enum class Value : std::uint8_t {
    user,
    password,
    inner,
    city,
    district,
    outlet,
    bank,
    maker,
    socialNumber,
    name,
    documentNumber,
    documentExpiry,
    sex,
    ethnicity,
    birthDate,
    address,
    mailingAddress,
    phone,
    occupation,
    applicationKind,
    applicationReason,
    portrait,
    cardNumber,
    bankCardNumber,
    batch,
    issueDate,
    expiryDate,
    cardIdCode,
    atr,
    failedStage,
    failedReason,
};
constexpr auto wordsOf(Value) {
    return words<Value>({{Value::user, "user"},
                         {Value::password, "password"},
                         {Value::inner, "inner"},
                         {Value::city, "city"},
                         {Value::district, "district"},
                         {Value::outlet, "outlet"},
                         {Value::bank, "bank"},
                         {Value::maker, "maker"},
                         {Value::socialNumber, "socialNumber"},
                         {Value::name, "name"},
                         {Value::documentNumber, "documentNumber"},
                         {Value::documentExpiry, "documentExpiry"},
                         {Value::sex, "sex"},
                         {Value::ethnicity, "ethnicity"},
                         {Value::birthDate, "birthDate"},
                         {Value::address, "address"},
                         {Value::mailingAddress, "mailingAddress"},
                         {Value::phone, "phone"},
                         {Value::occupation, "occupation"},
                         {Value::applicationKind, "applicationKind"},
                         {Value::applicationReason, "applicationReason"},
                         {Value::portrait, "portrait"},
                         {Value::cardNumber, "cardNumber"},
                         {Value::bankCardNumber, "bankCardNumber"},
                         {Value::batch, "batch"},
                         {Value::issueDate, "issueDate"},
                         {Value::expiryDate, "expiryDate"},
                         {Value::cardIdCode, "cardIdCode"},
                         {Value::atr, "atr"},
                         {Value::failedStage, "failedStage"},
                         {Value::failedReason, "failedReason"}});
}

// "姓名*:name" or, always the same, "序号:=1".
struct Slot {
    std::string name;
    std::optional<Value> value;  // none: the literal
    std::string literal;
};

struct CallRow {
    std::string method;
    std::vector<Slot> arguments;  // of the method, in their order
    std::string operation;        // inside; empty: the method says what is asked
    std::vector<Slot> fields;     // of the string inside
    std::vector<Slot> cells;      // of the one row of its table
};

// What stands in an answer.
enum class Item : std::uint8_t {
    answer,
    socialNumber,
    name,
    sex,
    ethnicity,
    birthDate,
    city,
    cardNumber,
    bank,
    bankCardNumber,
    cardIdCode,
    issueDate,
    expiryDate,
    photo,
    kind,
    batch,
    applied,
    bankSent,
    bankDone,
    makingBegun,
    makingDone,
    received,
    collected,
    valid,
    remarks,
    stage,
};
constexpr auto wordsOf(Item) {
    return words<Item>({{Item::answer, "answer"},
                        {Item::socialNumber, "socialNumber"},
                        {Item::name, "name"},
                        {Item::sex, "sex"},
                        {Item::ethnicity, "ethnicity"},
                        {Item::birthDate, "birthDate"},
                        {Item::city, "city"},
                        {Item::cardNumber, "cardNumber"},
                        {Item::bank, "bank"},
                        {Item::bankCardNumber, "bankCardNumber"},
                        {Item::cardIdCode, "cardIdCode"},
                        {Item::issueDate, "issueDate"},
                        {Item::expiryDate, "expiryDate"},
                        {Item::photo, "photo"},
                        {Item::kind, "kind"},
                        {Item::batch, "batch"},
                        {Item::applied, "applied"},
                        {Item::bankSent, "bankSent"},
                        {Item::bankDone, "bankDone"},
                        {Item::makingBegun, "makingBegun"},
                        {Item::makingDone, "makingDone"},
                        {Item::received, "received"},
                        {Item::collected, "collected"},
                        {Item::valid, "valid"},
                        {Item::remarks, "remarks"},
                        {Item::stage, "stage"}});
}

// What a text of the province means. Only a whole text may mean that something was done.
enum class Meaning : std::uint8_t {
    done,
    already,
    partial,
    refused,
    later,
    numberTaken,
    feeMissing,
    noPerson,
    noPersonOrCity,
    staff,
};
constexpr auto wordsOf(Meaning) {
    return words<Meaning>({{Meaning::done, "done"},
                           {Meaning::already, "already"},
                           {Meaning::partial, "partial"},
                           {Meaning::refused, "refused"},
                           {Meaning::later, "later"},
                           {Meaning::numberTaken, "numberTaken"},
                           {Meaning::feeMissing, "feeMissing"},
                           {Meaning::noPerson, "noPerson"},
                           {Meaning::noPersonOrCity, "noPersonOrCity"},
                           {Meaning::staff, "staff"}});
}
enum class TextMatch : std::uint8_t { whole, contains };
constexpr auto wordsOf(TextMatch) {
    return words<TextMatch>({{TextMatch::whole, "whole"}, {TextMatch::contains, "contains"}});
}
struct TextRow {
    std::string text;  // plainText
    Meaning means = Meaning::refused;
    TextMatch match = TextMatch::whole;
    std::set<Call> calls;  // where it is said; empty: everywhere
};

// Where the clock of the system is read: in the head of its answers, or nowhere.
enum class ClockSource : std::uint8_t { httpDate, none };
constexpr auto wordsOf(ClockSource) {
    return words<ClockSource>({{ClockSource::httpDate, "http-date"}, {ClockSource::none, "none"}});
}

// What the system says of no card, and a chip needs.
struct ChipConstants {
    std::string cardClass;
    std::string version;
    std::string issuerCode;
};

struct RegionTable {
    std::string name;      // "henan"
    std::string province;  // its first two digits of GB/T 2260
    std::string path;
    std::string action;  // SOAPAction
    SoapStyle style;
    EndTags endTags = EndTags::strict;
    ClockSource clock = ClockSource::httpDate;
    std::string operationName;  // the fields that open every string inside
    std::string userName;
    std::string passwordName;
    std::map<Call, CallRow> calls;
    std::map<Item, std::vector<std::string>> items;  // any of these names
    std::vector<TextRow> texts;
    std::map<std::string, CardState> cardStates;     // by plainText
    std::map<std::string, ApplicationState> stages;  // by plainText
    std::map<ApplicationKind, std::string> kinds;
    std::map<ApplicationKind, std::string> reasons;
    std::map<std::string, std::string> banks;  // ours → theirs
    std::string longTerm;                      // 长期, of a document without a last day
    std::string failedAtBank;
    std::string failedAtMaking;
    std::optional<ChipConstants> chip;

    const CallRow* call(Call call) const;
    bool has(Call call) const { return this->call(call) != nullptr; }
    // None: nobody has said what it means.
    std::optional<Meaning> meaningOf(Call call, std::string_view text) const;
    std::string bankThere(const std::string& ours) const;
    std::string bankHere(const std::string& theirs) const;
};

// regionCode: of the rules this machine works by; the table must be of the same province.
Result<RegionTable> loadRegionTable(const std::filesystem::path& file, std::string_view regionCode,
                                    Faults* faults = nullptr);

}  // namespace liqu::province::card_service
