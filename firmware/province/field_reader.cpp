#include "firmware/province/field_reader.hpp"

#include <nlohmann/json.hpp>

#include "firmware/card/person_name.hpp"

namespace liqu::province {

void FieldReader::wireName(const char* name, PersonalText& value) {
    value = card::wireName(reader_.personal(name, shapes::name).reveal());
}

void FieldReader::moment(const char* name, WallTime& value) {
    const auto time = parseChinaTime(reader_.text(name, shapes::time));
    if (!time) reader_.refuse(name);
    value = time.value_or(WallTime{});
}

void FieldReader::hex(const char* name, Bytes& value, std::size_t least, std::size_t most) {
    auto bytes = fromHex(reader_.text(name, {2 * least, 2 * most, shapes::isHexDigit}));
    if (!bytes) return reader_.refuse(name);
    value = std::move(*bytes);
}

void FieldReader::base64(const char* name, PersonalBytes& value, std::size_t mostCharacters) {
    const PersonalText coded = reader_.personal(name, shapes::words(0, mostCharacters));
    auto bytes = fromBase64(coded.reveal());
    if (!bytes) return reader_.refuse(name);
    value = PersonalBytes(std::move(*bytes));
}

Result<void> FieldReader::finish() {
    TRY(reader_.finish());
    if (wrongInside_) return fail(*wrongInside_);
    return {};
}

}  // namespace liqu::province
