#include "tests/world/province/canonical_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace liqu::world {
namespace {

using Json = nlohmann::json;

tl::unexpected<Error> without(const char* what) {
    return fail(ErrorCode::provinceReplyMalformed, std::string("no canonical form: ") + what);
}

Result<void> write(const Json& value, std::string& out);

Result<void> writeObject(const Json& object, std::string& out) {
    // nlohmann's object is an ordered map: its keys come sorted by their bytes.
    out += '{';
    bool first = true;
    for (const auto& [key, member] : object.items()) {
        if (!std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7F; })) {
            return without("a key that is not plain ASCII");
        }
        if (!first) out += ',';
        first = false;
        out += Json(key).dump();
        out += ':';
        TRY(write(member, out));
    }
    out += '}';
    return {};
}

Result<void> writeArray(const Json& array, std::string& out) {
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (i > 0) out += ',';
        TRY(write(array[i], out));
    }
    out += ']';
    return {};
}

Result<void> write(const Json& value, std::string& out) {
    if (value.is_object()) return writeObject(value, out);
    if (value.is_array()) return writeArray(value, out);
    if (value.is_number_float()) return without("a fraction");
    try {
        // RFC 8785's escapes are those of dump(): short forms where they exist, \u00xx below 0x20.
        out += value.dump();
    } catch (const Json::exception&) {
        return without("text that is not UTF-8");
    }
    return {};
}

}  // namespace

Result<std::string> canonicalText(const nlohmann::json& value) {
    std::string out;
    TRY(write(value, out));
    return out;
}

}  // namespace liqu::world
