#include "firmware/province/canonical_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "firmware/base/personal.hpp"

namespace liqu::province {
namespace {

using nlohmann::json;

constexpr std::int64_t largestInteger = 9'007'199'254'740'991;  // 2^53 - 1

// Before anything is built: how deep do the brackets go?
bool tooDeep(std::string_view text) {
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inText) {
            if (c == '\\') ++i;
            if (c == '"') inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > deepestJson) return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

bool onlyAllowedNumbers(const json& value) {
    if (value.is_number_float()) return false;
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= largestInteger;
    if (value.is_number_integer()) return value.get<std::int64_t>() >= -largestInteger;
    if (value.is_structured()) return std::all_of(value.begin(), value.end(), onlyAllowedNumbers);
    return true;
}

}  // namespace

Result<json> parseStrictly(std::string_view text) {
    const auto malformed = [](std::string why) {
        return fail(ErrorCode::provinceReplyMalformed, std::move(why));
    };
    if (text.size() > largestJson) return malformed("JSON is too long");
    if (tooDeep(text)) return malformed("JSON is nested too deeply");
    // One set of keys for every object that is open; the library keeps the last of two silently.
    std::vector<std::set<std::string>> open;
    bool duplicate = false;
    const auto watch = [&](int, json::parse_event_t event, json& value) {
        if (event == json::parse_event_t::object_start) open.emplace_back();
        if (event == json::parse_event_t::object_end) open.pop_back();
        if (event == json::parse_event_t::key) {
            duplicate |= !open.back().insert(value.get<std::string>()).second;
        }
        return true;
    };
    json value = json::parse(text, watch, false);
    if (value.is_discarded()) return malformed("not JSON");
    if (duplicate) return malformed("JSON names a key twice");
    if (!onlyAllowedNumbers(value)) return malformed("JSON holds a number that is no integer");
    return value;
}

Result<std::string> canonical(const json& value) {
    try {
        return value.dump();
    } catch (const json::exception&) {
        return fail(ErrorCode::documentDataInvalid, "a text is not UTF-8");
    }
}

void wipeJson(json& value) {
    if (value.is_string()) {
        wipe(value.get_ref<std::string&>());
    } else if (value.is_structured()) {
        for (json& child : value) wipeJson(child);
    }
}

Result<PersonalText> canonicalText(json&& body) {
    auto text = canonical(body);
    wipeJson(body);
    return PersonalText(TRY(std::move(text)));
}

}  // namespace liqu::province
