// The books as text: fixtures in, province.json out.
#include <nlohmann/json.hpp>

#include "tests/world/province/books.hpp"

namespace liqu::world {
namespace {

using OrderedJson = nlohmann::ordered_json;

Person personOf(const nlohmann::json& json) {
    Person person;
    person.socialNumber = json.at("socialNumber");
    person.name = json.at("name");
    person.printName = json.value("printName", "");
    person.nameLatin = json.value("nameLatin", "");
    person.documentType = json.at("documentType");
    person.documentNo = json.value("documentNo", person.socialNumber);
    person.nationality = json.value("nationality", "CHN");
    person.sex = json.at("sex");
    person.ethnicCode = json.value("ethnicCode", "01");
    person.birthDate = json.at("birthDate");
    person.birthPlace = json.value("birthPlace", "");
    person.regionOfRecord = json.value("regionOfRecord", "440100");
    person.alive = json.value("alive", true);
    person.photo = json.value("photo", true);
    person.bankLinked = json.value("bankLinked", true);
    person.needsStaff = json.value("needsStaff", false);
    person.feePaid = json.value("feePaid", false);
    person.feeCents = json.value("feeCents", 0);
    return person;
}

Card oldCardOf(const nlohmann::json& json, const Person& person) {
    Card card;
    card.number = json.at("cardNo");
    card.bankCode = json.at("bankCode");
    card.state = json.at("state");
    card.issueDate = json.at("issueDate");
    card.expiryDate = json.at("expiryDate");
    card.regionCode = json.value("regionCode", "440100");
    card.socialNumber = person.socialNumber;
    return card;
}

OrderedJson jsonOf(const Person& person) {
    return {{"socialNumber", person.socialNumber},
            {"name", person.name},
            {"printName", person.printName.empty() ? person.name : person.printName},
            {"documentType", person.documentType},
            {"documentNo", person.documentNo},
            {"sex", person.sex},
            {"ethnicCode", person.ethnicCode},
            {"birthDate", person.birthDate},
            {"birthPlace", person.birthPlace},
            {"alive", person.alive},
            {"bankLinked", person.bankLinked},
            {"feeCents", person.feeCents},
            {"feePaid", person.feePaid}};
}

OrderedJson jsonOf(const Application& application) {
    return {{"applicationNo", application.number},
            {"bizId", application.bizId},
            {"terminalId", application.terminalId},
            {"socialNumber", application.socialNumber},
            {"kind", application.kind},
            {"bankCode", application.bankCode},
            {"oldCardNo", application.oldCardNo},
            {"state", application.state},
            {"cardNo", application.cardNo},
            {"reservedBlank", application.reservedBlank},
            {"failedBlanks", application.failedBlanks},
            {"permitsGiven", application.permitsGiven},
            {"createdTime", application.createdTime}};
}

OrderedJson jsonOf(const Permit& permit) {
    return {{"permitId", permit.id},
            {"applicationNo", permit.applicationNo},
            {"blankId", permit.blankId},
            {"terminalId", permit.terminalId},
            {"cardNo", permit.cardNo},
            {"cardIdCode", permit.cardIdCode},
            {"atr", permit.atr},
            {"version", permit.version},
            {"expires", formatChinaTime(permit.expires)},
            {"state", nameOf(permit.state)},
            {"updateAuthorisations", permit.updateAuthorisations}};
}

OrderedJson jsonOf(const Blank& blank) {
    return {{"blankId", blank.id},
            {"bankCode", blank.bankCode},
            {"version", blank.version},
            {"prewritten", blank.prewritten},
            {"state", nameOf(blank.state)},
            {"applicationNo", blank.applicationNo},
            {"cardIdCode", blank.cardIdCode},
            {"atr", blank.atr},
            {"loadedIn", blank.loadedIn}};
}

OrderedJson jsonOf(const Card& card) {
    OrderedJson json{{"cardNo", card.number},
                     {"bankCode", card.bankCode},
                     {"state", card.state},
                     {"issueDate", card.issueDate},
                     {"expiryDate", card.expiryDate},
                     {"socialNumber", card.socialNumber},
                     {"applicationNo", card.applicationNo},
                     {"blankId", card.blankId},
                     {"permitId", card.permitId},
                     {"cardIdCode", card.cardIdCode},
                     {"bankLinked", card.bankLinked},
                     {"lostUntil", card.lostUntil},
                     {"bankBlocked", card.bankBlocked},
                     {"timesHandedOver", card.timesHandedOver}};
    if (!card.recoveredAs.empty()) json["recoveredAs"] = card.recoveredAs;
    return json;
}

OrderedJson jsonOf(const CarriedOut& message) {
    const auto parsed = [](const std::string& text) {
        return text.empty() ? OrderedJson(nullptr) : OrderedJson::parse(text);
    };
    OrderedJson json{{"msgType", message.messageType},
                     {"terminalId", message.terminalId},
                     {"terminalSeq", message.terminalSeq},
                     {"epoch", message.epoch},
                     {"bizId", message.bizId},
                     {"idemKey", message.idemKey},
                     {"bodyHash", message.bodyHash},
                     {"bizTime", message.bizTime},
                     {"receivedTime", message.receivedTime},
                     {"code", message.code},
                     {"detail", message.detail},
                     {"serverRef", message.serverRef},
                     {"replays", message.replays}};
    json["request"] = parsed(message.requestBody);
    // Personalisation data stay out of the evidence; the permit above says what was given.
    if (message.messageType != "PERSO.GET") json["answer"] = parsed(message.answerBody);
    return json;
}

OrderedJson jsonOf(const Incident& incident) {
    return {{"time", incident.time},           {"terminalId", incident.terminalId},
            {"msgType", incident.messageType}, {"code", incident.code},
            {"detail", incident.detail},       {"what", incident.what}};
}

template <typename Map>
OrderedJson listOf(const Map& map) {
    OrderedJson list = OrderedJson::array();
    for (const auto& [key, value] : map) list.push_back(jsonOf(value));
    return list;
}

// Untouched blanks are only counted.
OrderedJson blanksOf(const Books& books) {
    OrderedJson touched = OrderedJson::array();
    std::map<std::string, int> untouched;
    for (const auto& [id, blank] : books.blanks) {
        if (blank.state == BlankState::inStock && blank.cardIdCode.empty()) {
            ++untouched[blank.bankCode];
        } else {
            touched.push_back(jsonOf(blank));
        }
    }
    return {{"touched", touched}, {"untouched", untouched}};
}

OrderedJson checkpointsOf(const Terminal& terminal) {
    OrderedJson list = OrderedJson::array();
    for (const auto& [number, stand] : terminal.auditStands) list.push_back(stand.text);
    return list;
}

OrderedJson terminalsOf(const Books& books) {
    OrderedJson list = OrderedJson::array();
    for (const auto& [id, terminal] : books.terminals) {
        list.push_back({{"terminalId", id},
                        {"lastSignIn", terminal.lastSignIn},
                        {"epoch", terminal.epoch},
                        {"lastTerminalSeq", terminal.lastNumber()},
                        {"missingTerminalSeqs", terminal.missingNumbers(100)},
                        {"auditCheckpoints", checkpointsOf(terminal)},
                        {"auditBroken", terminal.auditBroken}});
    }
    return list;
}

}  // namespace

Result<void> loadFixtures(Books& books, std::string_view text) {
    try {
        const auto json = nlohmann::json::parse(text);
        for (const auto& entry : json.at("persons")) {
            const Person person = personOf(entry);
            for (const auto& held : entry.value("cards", nlohmann::json::array())) {
                const Card card = oldCardOf(held, person);
                books.cards[card.number] = card;
            }
            books.persons[person.socialNumber] = person;
        }
        for (const auto& lot : json.at("lots")) {
            TRY(addLot(books, {lot.at("bankCode"), lot.at("first"), lot.at("last"),
                               lot.value("version", "3.00")}));
        }
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::configSyntax, std::string("persons.json: ") + error.what());
    }
    return {};
}

std::string dump(const Books& books) {
    OrderedJson json;
    json["violations"] = violations(books);
    json["applications"] = listOf(books.applications);
    json["permits"] = listOf(books.permits);
    json["cards"] = listOf(books.cards);
    json["blanks"] = blanksOf(books);
    json["terminals"] = terminalsOf(books);
    json["carriedOut"] = OrderedJson::array();
    for (const std::string& key : books.order) {
        json["carriedOut"].push_back(jsonOf(books.carriedOut.at(key)));
    }
    json["incidents"] = OrderedJson::array();
    for (const Incident& incident : books.incidents) json["incidents"].push_back(jsonOf(incident));
    json["messages"] = books.messages;
    json["persons"] = listOf(books.persons);
    return json.dump(2) + "\n";
}

}  // namespace liqu::world
