#include "tests/world/legacy_province/legacy_lies.hpp"

#include <algorithm>
#include <functional>

#include "firmware/base/encoding.hpp"
#include "tests/world/legacy_province/gbk.hpp"

namespace liqu::world {
namespace {

constexpr std::size_t hugeBytes = 300 * 1024;
constexpr const char* otherBanksNumber = "F30000000";

// Another form of the same answer, which who reads well reads.
bool isReadable(LegacyFault fault) {
    switch (fault) {
        case LegacyFault::doubleEscaped:
        case LegacyFault::cdata:
        case LegacyFault::childElements:
        case LegacyFault::multiRef:
        case LegacyFault::byteOrderMark:
        case LegacyFault::crOnly:
        case LegacyFault::errLast:
        case LegacyFault::fullWidthCode:
        case LegacyFault::trailingPeriod:
        case LegacyFault::csvSwapped:
            return true;
        default:
            return false;
    }
}

bool isCode(const std::string& word) {
    return word == "00" || word == "01" || word == "02" || word == "OK";
}

void forEachValue(LegacyReply& reply, const std::function<void(std::string&)>& use) {
    for (InnerField& field : reply.fields) use(field.value);
    for (TableRow& row : reply.rows) {
        for (std::string& cell : row) use(cell);
    }
}

bool holds(LegacyReply& reply, const std::string& value) {
    bool found = false;
    forEachValue(reply, [&](std::string& one) { found = found || (one == value && !one.empty()); });
    return found;
}

InnerField* fieldOf(LegacyReply& reply, std::initializer_list<std::string_view> names) {
    for (InnerField& field : reply.fields) {
        if (std::ranges::find(names, field.name) != names.end()) return &field;
    }
    return nullptr;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
}

// "20240501" as "2024-5-1".
std::string looseDate(const std::string& date) {
    return date.substr(0, 4) + "-" + std::to_string(std::stoi(date.substr(4, 2))) + "-" +
           std::to_string(std::stoi(date.substr(6, 2)));
}

// At a border of characters: what is broken is the text, not its encoding.
std::string firstHalf(const std::string& text) {
    const std::u32string points = codePointsOf(text);
    return utf8Of(std::u32string_view(points).substr(0, (points.size() + 1) / 2));
}

// GBK whose last character of two bytes lacks its second one.
std::string tornGbk(const std::string& utf8) {
    const std::u32string points = codePointsOf(utf8);
    std::size_t last = points.size();
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i] > 0x7F) last = i;
    }
    if (last == points.size()) return gbkFromUtf8(utf8);
    const std::u32string_view whole(points);
    return gbkFromUtf8(utf8Of(whole.substr(0, last))) +
           gbkFromUtf8(utf8Of(whole.substr(last, 1))).substr(0, 1) +
           gbkFromUtf8(utf8Of(whole.substr(last + 1)));
}

}  // namespace

bool LegacyLies::strikes(LegacyFault fault) {
    if (!faults_.strikes(fault, intent_.place)) return false;
    hides_ = hides_ || !isReadable(fault);
    return true;
}

void LegacyLies::spoil(LegacyReply& reply) {
    spoilPerson(reply);
    spoilName(reply);
    spoilNumber(reply);
    spoilRows(reply);
    spoilValues(reply);
    spoilWord(reply);
}

void LegacyLies::putPerson(LegacyReply& reply, const LegacyPerson& other) const {
    const LegacyPerson& asked = books_.persons.at(intent_.person);
    forEachValue(reply, [&](std::string& value) {
        if (value == asked.number) value = other.number;
        if (value == asked.name) value = other.name;
        if (value == asked.birthDate) value = other.birthDate;
    });
}

void LegacyLies::spoilPerson(LegacyReply& reply) {
    const auto asked = books_.persons.find(intent_.person);
    if (asked == books_.persons.end() || !holds(reply, asked->first)) return;
    const auto find = [&](bool sameName) -> const LegacyPerson* {
        for (const auto& [number, person] : books_.persons) {
            const bool same = person.name == asked->second.name;
            if (number != asked->first && same == sameName) return &person;
        }
        return nullptr;
    };
    const LegacyPerson* const namesake = find(true);
    if (namesake != nullptr && strikes(LegacyFault::namesake)) putPerson(reply, *namesake);
    const LegacyPerson* const other = find(false);
    if (other != nullptr && strikes(LegacyFault::otherPerson)) putPerson(reply, *other);
}

void LegacyLies::spoilName(LegacyReply& reply) {
    const auto asked = books_.persons.find(intent_.person);
    if (asked == books_.persons.end() || !holds(reply, asked->second.name)) return;
    const std::string name = asked->second.name;
    const std::u32string points = codePointsOf(name);
    const std::u32string_view letters(points);
    const auto rename = [&](const std::string& to) {
        forEachValue(reply, [&](std::string& value) {
            if (value == name) value = to;
        });
    };
    if (strikes(LegacyFault::nameLost)) rename("?" + utf8Of(letters.substr(1)));
    if (strikes(LegacyFault::namePinyin)) rename(name + "[PINYIN]");
    if (strikes(LegacyFault::nameCut)) rename(utf8Of(letters.substr(0, letters.size() - 1)));
}

void LegacyLies::spoilNumber(LegacyReply& reply) {
    const bool hasNumber = std::ranges::any_of(
        books_.cards, [&](const auto& entry) { return holds(reply, entry.first); });
    if (!hasNumber || !strikes(LegacyFault::otherBank)) return;
    forEachValue(reply, [&](std::string& value) {
        if (books_.cards.contains(value)) value = otherBanksNumber;
    });
}

void LegacyLies::spoilRows(LegacyReply& reply) {
    if (reply.rows.size() < 2) return;
    if (strikes(LegacyFault::twoPersons)) {
        TableRow row = reply.rows.back();
        for (const auto& [number, person] : books_.persons) {
            if (number == intent_.person) continue;
            for (std::string& cell : row) {
                if (cell == intent_.person) cell = number;
            }
            break;
        }
        row.front() = "2";
        reply.rows.push_back(std::move(row));
        if (InnerField* const count = fieldOf(reply, {"人数"})) count->value = "2";
    }
    if (strikes(LegacyFault::csvSwapped)) {
        for (TableRow& row : reply.rows) std::swap(row[1], row[2]);
    }
    if (strikes(LegacyFault::csvQuoted)) {
        for (std::size_t i = 1; i < reply.rows.size(); ++i) {
            for (std::string& cell : reply.rows[i]) cell = "\"" + cell + "\"";
        }
    }
    if (strikes(LegacyFault::csvShort)) reply.rows.back().pop_back();
}

void LegacyLies::spoilValues(LegacyReply& reply) {
    InnerField* const picture = fieldOf(reply, {"PHOTO", "相片"});
    const bool pictureAlone = intent_.place == "getPhoto";
    if (picture != nullptr || pictureAlone) {
        std::string& value = pictureAlone ? reply.word : picture->value;
        if (strikes(LegacyFault::portraitBroken)) value = "#" + value.substr(0, 40) + "#";
        if (strikes(LegacyFault::portraitEmpty)) value.clear();
    }
    InnerField* const date =
        fieldOf(reply, {profile_.issueField, profile_.expiryField, "AAZ161", "AAC006"});
    if (date != nullptr && date->value.size() == 8 && strikes(LegacyFault::dateForm)) {
        date->value = looseDate(date->value);
    }
}

void LegacyLies::spoilWord(LegacyReply& reply) {
    const bool digits = isCode(reply.word) && reply.word != "OK";
    if (digits && strikes(LegacyFault::fullWidthCode)) {
        replaceAll(reply.word, "0", "０");
        replaceAll(reply.word, "1", "１");
        replaceAll(reply.word, "2", "２");
    }
    if (!isCode(reply.word) && strikes(LegacyFault::trailingPeriod)) reply.word += "。";
    if (reply.bare && digits && strikes(LegacyFault::codeWithText)) reply.word = "01已启用";
    if (!reply.bare && !reply.fields.empty() && strikes(LegacyFault::bareWord)) {
        reply.bare = true;
        reply.fields.clear();
        reply.rows.clear();
    }
}

std::string LegacyLies::spoiltText(const LegacyReply& reply) {
    std::string text = innerTextOf(reply);
    const std::string error = "<ERR>" + reply.word + "</ERR>";
    if (!reply.bare && strikes(LegacyFault::duplicateErr)) {
        text.insert(error.size(), reply.word == "01" ? "<ERR>00</ERR>" : "<ERR>01</ERR>");
    }
    if (!reply.fields.empty() && strikes(LegacyFault::errLast)) {
        const std::size_t end = text.rfind("</");
        text.insert(text.find('>', end) + 1, error);
        text.erase(0, error.size());
    }
    if (!reply.fields.empty() && strikes(LegacyFault::endTagDiffers)) {
        text.insert(text.find('>', text.rfind("</")), "*");
    }
    if (!reply.rows.empty() && strikes(LegacyFault::crOnly)) {
        replaceAll(text, "\r\n", "\n");
        replaceAll(text, "\n", "\r");
    }
    if (strikes(LegacyFault::hugeReply)) {
        text += "<备注>" + std::string(hugeBytes, 'x') + "</备注>";
    }
    if (strikes(LegacyFault::truncatedInner)) text = firstHalf(text);
    return text;
}

std::string LegacyLies::spoiltEnvelope(const std::string& method, SoapStyle style,
                                       const std::string& text) {
    SoapReturn value;
    value.content = escaped(text);
    if (strikes(LegacyFault::doubleEscaped)) value.content = escaped(value.content);
    if (strikes(LegacyFault::cdata)) value.content = "<![CDATA[" + text + "]]>";
    if (strikes(LegacyFault::childElements)) value.content = text;
    if (strikes(LegacyFault::controlCharacter)) value.content += "&#1;";
    if (strikes(LegacyFault::emptyReturn)) value.content.clear();
    if (strikes(LegacyFault::nilReturn)) value = {"", " xsi:nil=\"true\"", ""};
    const bool dangling = strikes(LegacyFault::multiRefDangling);
    if (dangling || strikes(LegacyFault::multiRef)) {
        value.behind = dangling ? ""
                                : "<multiRef id=\"id0\" xsi:type=\"xsd:string\">" + value.content +
                                      "</multiRef>";
        value.attributes = " href=\"#id0\"";
        value.content.clear();
    }
    std::string bytes = writeAnswer(method, profile_.nameSpace, style, value);
    if (strikes(LegacyFault::byteOrderMark)) bytes.insert(0, "\xEF\xBB\xBF");
    if (strikes(LegacyFault::trailingNul)) bytes.push_back('\0');
    if (strikes(LegacyFault::gbkBytes)) bytes = gbkFromUtf8(bytes);
    if (strikes(LegacyFault::gbkTorn)) bytes = tornGbk(bytes);
    return bytes;
}

}  // namespace liqu::world
