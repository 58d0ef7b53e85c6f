#include "firmware/province/object_reader.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace liqu::province {

using nlohmann::json;

namespace shapes {
bool isDigit(unsigned char c) {
    return c >= '0' && c <= '9';
}
bool isHexDigit(unsigned char c) {
    return isDigit(c) || (c >= 'A' && c <= 'F');
}
bool isCapital(unsigned char c) {
    return isDigit(c) || (c >= 'A' && c <= 'Z');
}
bool isTokenPart(unsigned char c) {
    return isCapital(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
}
bool isTimePart(unsigned char c) {
    return isDigit(c) || c == '-' || c == ':' || c == '.' || c == '+' || c == 'T';
}
bool isPrintable(unsigned char c) {
    return c >= 0x20 && c != 0x7F;
}
}  // namespace shapes

namespace {

const json& nothing() {
    static const json null;
    return null;
}

bool fits(const json& value, const Shape& shape) {
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    return text.size() >= shape.least && text.size() <= shape.most &&
           std::ranges::all_of(text,
                               [&](char c) { return shape.allows(static_cast<unsigned char>(c)); });
}

}  // namespace

ObjectReader::ObjectReader(const json& object) : object_(object) {
    if (!object.is_object()) wrong_ = "not an object";
}

const json& ObjectReader::at(const char* field) {
    asked_.emplace(field);
    const auto found = object_.is_object() ? object_.find(field) : object_.end();
    return found == object_.end() ? nothing() : *found;
}

void ObjectReader::refuse(const char* field) {
    if (wrong_.empty()) wrong_ = field;
}

std::string ObjectReader::text(const char* field, const Shape& shape) {
    const json& value = at(field);
    if (fits(value, shape)) return value.get<std::string>();
    refuse(field);
    return {};
}

std::int64_t ObjectReader::integer(const char* field, std::int64_t least, std::int64_t most) {
    const json& value = at(field);
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        if (number >= least && number <= most) return number;
    }
    refuse(field);
    return least;
}

bool ObjectReader::boolean(const char* field) {
    const json& value = at(field);
    if (value.is_boolean()) return value.get<bool>();
    refuse(field);
    return false;
}

const json* ObjectReader::optional(const char* field) {
    const json& value = at(field);
    return &value == &nothing() ? nullptr : &value;
}

const json& ObjectReader::object(const char* field) {
    const json& value = at(field);
    if (!value.is_object()) refuse(field);
    return value;
}

std::vector<const json*> ObjectReader::elements(const char* field, std::size_t most) {
    std::vector<const json*> list;
    const json& value = at(field);
    if (!value.is_array() || value.size() > most) {
        refuse(field);
        return list;
    }
    for (const json& element : value) list.push_back(&element);
    return list;
}

std::vector<std::string> ObjectReader::texts(const char* field, const Shape& shape,
                                             std::size_t most) {
    std::vector<std::string> list;
    for (const json* element : elements(field, most)) {
        if (!fits(*element, shape)) {
            refuse(field);
            return {};
        }
        list.push_back(element->get<std::string>());
    }
    return list;
}

std::vector<std::int64_t> ObjectReader::integers(const char* field, std::size_t most) {
    std::vector<std::int64_t> list;
    for (const json* element : elements(field, most)) {
        if (!element->is_number_integer()) {
            refuse(field);
            return {};
        }
        list.push_back(element->get<std::int64_t>());
    }
    return list;
}

Result<void> ObjectReader::finish() {
    if (wrong_.empty()) {
        for (const auto& [field, value] : object_.items()) {
            if (!asked_.contains(field))
                return fail(ErrorCode::provinceReplyMalformed, "a field too many");
        }
        return {};
    }
    return fail(ErrorCode::provinceReplyMalformed, "field " + wrong_);
}

}  // namespace liqu::province
