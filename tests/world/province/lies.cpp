#include "tests/world/province/lies.hpp"

#include <algorithm>
#include <utility>

#include "firmware/base/bytes.hpp"
#include "tests/world/province/books.hpp"
#include "tests/world/province/portrait.hpp"

namespace liqu::world {
namespace {

using Json = nlohmann::json;

constexpr int adultAge = 30;

// Another value of the same shape.
Json another(const std::string& field, const Json& value, WallTime now) {
    if (value.is_boolean()) return !value.get<bool>();
    if (value.is_number()) return value.get<std::int64_t>() + 1;
    std::string text = value.get<std::string>();
    if (field == "permitExpires") return formatChinaTime(now - std::chrono::minutes{1});
    if (field == "name" || field == "printName") return "样例他人";
    if (field == "version") return text == "3.00" ? "2.00" : "3.00";
    if (field == "numberMode") return text == "ASSIGNED" ? "PREWRITTEN" : "ASSIGNED";
    if (field == "state" && (text == "TEMP_LOST" || text == "FORMAL_LOST")) return "NORMAL";
    if (field == "state" && text == "NORMAL") return "TEMP_LOST";
    if (field == "state") return text == "CREATED" ? "MARKED" : "CREATED";
    // Turned over by a sign nobody sees.
    if (field == "remedy") return "\u202E" + text;
    if (field == "sex") return text == "1" ? "2" : "1";
    if (field == "portraitJpeg") return toBase64(portraitJpeg({4711, false, adultAge}));
    // A day that is none is a lie about the calendar; another day, one about the person.
    if (field == "expiryDate") return "20010101";
    if (field == "issueDate" || field == "birthDate") return "2001" + text.substr(4);
    char& changed = field == "cardNo" || field == "blankId" ? text[text.size() - 2] : text.back();
    changed = changed == '7' ? '8' : '7';
    return text;
}

const Person* somebodyElse(const Books& books, const std::string& socialNumber) {
    const auto found = std::ranges::find_if(books.persons, [&](const auto& entry) {
        return entry.first != socialNumber && entry.second.alive && entry.second.photo &&
               entry.second.documentType == "RESIDENT_ID";
    });
    return found == books.persons.end() ? nullptr : &found->second;
}

void putPerson(Json& items, const Person& person) {
    const std::pair<const char*, std::string> theirs[] = {{"socialNumber", person.socialNumber},
                                                          {"documentNo", person.documentNo},
                                                          {"name", person.name},
                                                          {"printName", person.nameOnFace()},
                                                          {"sex", person.sex},
                                                          {"ethnicCode", person.ethnicCode},
                                                          {"birthDate", person.birthDate},
                                                          {"birthPlace", person.birthPlace}};
    for (const auto& [field, value] : theirs) {
        if (items.contains(field)) items[field] = value;
    }
    if (items.contains("portraitJpeg")) {
        items["portraitJpeg"] =
            toBase64(portraitJpeg({lookSeed(person.socialNumber), person.sex == "2", adultAge}));
    }
}

void putOtherNumber(Json& body) {
    const std::string number = another("cardNo", body.at("chip").at("cardNo"), {});
    body["chip"]["cardNo"] = number;
    body["face"]["cardNo"] = number;
}

// As it comes from somewhere: whole without its end marker, cut in the middle, no picture at all.
std::string portraitAs(const std::string& place, const std::string& base64) {
    Bytes jpeg = fromBase64(base64).value();
    if (place == "no-end-marker") jpeg.resize(jpeg.size() - 2);
    if (place == "cut") jpeg.resize(jpeg.size() / 2);
    if (place == "none") jpeg = bytesOf("this is no picture");
    return toBase64(jpeg);
}

void lieAboutOneField(FaultPlan& faults, const std::string& messageType, Json& body, WallTime now) {
    const std::string place = faults.placeOf(Fault::provinceLies);
    if (!place.starts_with(messageType + "/")) return;
    const Json::json_pointer field(place.substr(messageType.size()));
    if (!body.contains(field) || !faults.holds(Fault::provinceLies, place)) return;
    body[field] = another(field.back(), body[field], now);
}

}  // namespace

void tellLies(FaultPlan& faults, const Books& books, const std::string& messageType, Json& body,
              WallTime now) {
    lieAboutOneField(faults, messageType, body, now);
    const bool permit = messageType == "PERSO.GET";
    const bool ofPerson =
        messageType == "PERSON.QUERY" || messageType == "PHOTO.GET" || messageType == "CARD.QUERY";
    if (!permit && !ofPerson) return;
    Json& items = permit ? body["chip"] : body;
    const Person* other = somebodyElse(books, items.at("socialNumber"));
    if (other != nullptr && faults.holds(Fault::provinceOtherPerson, messageType)) {
        putPerson(items, *other);
        if (permit) putPerson(body["face"], *other);
    }
    if (!permit && !items.contains("portraitJpeg")) return;
    Json& portrait = (permit ? body["face"] : body)["portraitJpeg"];
    const std::string form = faults.placeOf(Fault::provincePortrait);
    if (!form.empty() && faults.holds(Fault::provincePortrait, form))
        portrait = portraitAs(form, portrait);
    if (!permit) return;
    if (other != nullptr && faults.holds(Fault::provinceOtherFace)) putPerson(body["face"], *other);
    if (faults.holds(Fault::provinceOtherNumber)) putOtherNumber(body);
    if (faults.holds(Fault::provincePermitExpired))
        body["permitExpires"] = "2001-01-01T00:00:00.000+08:00";
}

std::vector<std::string> placesOfLies(const std::string& messageType, const Json& body) {
    // Not the person's and not the blank's: the kiosk has nothing to compare them with.
    static const std::vector<std::string> free{"permitId",
                                               "batchNo",
                                               "birthPlace",
                                               "cardClass",
                                               "regionOfRecord",
                                               "alive",
                                               "checkRef",
                                               "bankLinked",
                                               "remedy",
                                               "photoAvailable",
                                               "feeCents",
                                               "feePaid",
                                               "oldCardNo",
                                               "feeRequired",
                                               "reason",
                                               "oldCardState",
                                               "eligible",
                                               "needsStaff",
                                               "cardElsewhereInProvince"};
    std::vector<std::string> places;
    const Json flat = body.flatten();
    for (const auto& [pointer, value] : flat.items()) {
        const std::string field = Json::json_pointer(pointer).back();
        const bool inList = std::ranges::any_of(field, [](char c) { return c >= '0' && c <= '9'; });
        if (inList || value.is_null() || value.is_array() || value.is_object()) continue;
        if (std::ranges::find(free, field) == free.end()) places.push_back(messageType + pointer);
    }
    return places;
}

}  // namespace liqu::world
