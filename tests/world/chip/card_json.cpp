#include <algorithm>
#include <nlohmann/json.hpp>

#include "firmware/base/encoding.hpp"
#include "tests/world/chip/card_memory.hpp"

namespace liqu::world {
namespace {

using nlohmann::ordered_json;

bool isText(std::uint8_t tag) {
    switch (tag) {
        case card_tag::cardClass:
        case card_tag::version:
        case card_tag::cardNumber:
        case card_tag::socialNumber:
        case card_tag::sex:
            return true;
        default:
            return false;
    }
}

// Text without its padding; packed digits as hex, without their F padding.
std::string readable(std::uint8_t tag, ByteView value) {
    if (isText(tag)) {
        std::string text = textOf(value);
        text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
        return text;
    }
    std::string digits = toHex(value);
    if (tag == card_tag::cardIdCode) return digits;
    digits.erase(digits.find_last_not_of('F') + 1);
    return digits;
}

std::string holderName(const CardMemory& memory) {
    Bytes name = memory.item(card_tag::name);
    const Bytes extension = memory.item(card_tag::nameExtension);
    name.insert(name.end(), extension.begin(), extension.end());
    std::erase(name, std::uint8_t{0});
    return utf8FromGb18030(name).value_or("(not GB 18030) " + toHex(name));
}

ordered_json fileJson(const ElementaryFile& file) {
    if (file.kind == FileKind::transparent) {
        return {{"kind", "transparent"}, {"size", file.content.size()}};
    }
    ordered_json records = ordered_json::array();
    for (const Bytes& record : file.records) records.push_back(toHex(record));
    return {{"kind", "records"}, {"records", records}};
}

}  // namespace

std::string toJson(const CardMemory& memory) {
    ordered_json items = ordered_json::object();
    ordered_json files = ordered_json::object();
    for (const ChipApplication& application : memory.applications) {
        for (const ElementaryFile& file : application.files) {
            if (application.id != card_id::socialSecurity) continue;
            files[toHex(Bytes{static_cast<std::uint8_t>(file.id >> 8),
                              static_cast<std::uint8_t>(file.id & 0xFF)})] = fileJson(file);
            for (const Bytes& record : file.records) {
                items[std::string(nameOfTag(record[0]))] =
                    readable(record[0], ByteView(record).subspan(2));
            }
        }
    }
    if (!items.empty()) {
        items["name"] = holderName(memory);
        items.erase("name-extension");
    }

    ordered_json keysLeft = ordered_json::object();
    for (const auto& [id, key] : memory.keys) keysLeft[toHex(Bytes{id})] = key.left;
    const ordered_json card = {
        {"answerToReset", toHex(memory.answerToReset)},
        {"algorithm", memory.algorithm == ports::ChipAlgorithm::sm4 ? "SM4" : "3DES"},
        {"cardNumber", textOf(memory.item(card_tag::cardNumber)).c_str()},
        {"bankCardNumber", memory.bankCardNumber},
        {"items", items},
        {"files", files},
        {"counters", {{"pin", memory.pinLeft}, {"keys", keysLeft}}},
        {"blocked", memory.blocked},
    };
    return card.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace liqu::world
