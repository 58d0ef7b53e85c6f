// Takes the fields of a message (message_fields.hpp) out of a JSON object, strictly: a missing,
// foreign or ill-shaped one makes the whole message malformed. The cause names the field, never its
// value.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/china_time.hpp"
#include "firmware/base/money.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/province/object_reader.hpp"

namespace liqu::province {

class FieldReader {
  public:
    static constexpr bool writes = false;

    explicit FieldReader(const nlohmann::json& object) : reader_(object) {}

    void text(const char* name, std::string& value, const Shape& shape) {
        value = reader_.text(name, shape);
    }
    void textIfAny(const char* name, std::string& value, const Shape& shape) {
        if (reader_.optional(name) != nullptr) value = reader_.text(name, shape);
    }
    void personal(const char* name, PersonalText& value, const Shape& shape) {
        value = reader_.personal(name, shape);
    }
    // Spaces and dots of other systems do not make another name of it.
    void wireName(const char* name, PersonalText& value);
    template <typename Integer>
    void integer(const char* name, Integer& value, std::int64_t least, std::int64_t most) {
        value = static_cast<Integer>(reader_.integer(name, least, most));
    }
    void money(const char* name, Money& value, std::int64_t least) {
        value = Money::ofFen(reader_.integer(name, least, Money::mostFen));
    }
    void flag(const char* name, bool& value) { value = reader_.boolean(name); }
    template <typename Value, std::size_t count>
    void choice(const char* name, Value& value, const Words<Value, count>& words) {
        value = reader_.choice(name, words);
    }
    template <typename Value, std::size_t count>
    void choiceIfAny(const char* name, std::optional<Value>& value,
                     const Words<Value, count>& words) {
        if (reader_.optional(name) != nullptr) value = reader_.choice(name, words);
    }
    template <typename Value, std::size_t count>
    void wordOf(const char* name, std::string& word, const Words<Value, count>& words) {
        word = province::wordOf(words, reader_.choice(name, words));
    }
    void always(const char* name, const char* word) {
        if (reader_.text(name, shapes::token(1, 40)) != word) reader_.refuse(name);
    }
    void moment(const char* name, WallTime& value);
    void hex(const char* name, Bytes& value, std::size_t least, std::size_t most);
    template <std::size_t size>
    void block(const char* name, std::array<std::uint8_t, size>& value) {
        Bytes bytes;
        hex(name, bytes, size, size);
        if (bytes.size() == size) std::ranges::copy(bytes, value.begin());
    }
    void base64(const char* name, PersonalBytes& value, std::size_t mostCharacters);
    void texts(const char* name, std::vector<std::string>& values, const Shape& shape,
               std::size_t most) {
        values = reader_.texts(name, shape, most);
    }
    void integers(const char* name, std::vector<std::int64_t>& values, std::size_t most) {
        values = reader_.integers(name, most);
    }
    template <typename Message>
    void object(const char* name, Message& value) {
        inner(reader_.object(name), value);
    }
    template <typename Message>
    void objectIfAny(const char* name, std::optional<Message>& value) {
        const nlohmann::json* found = reader_.optional(name);
        if (found != nullptr) inner(*found, value.emplace());
    }
    template <typename Message>
    void list(const char* name, std::vector<Message>& values, std::size_t most) {
        for (const nlohmann::json* element : reader_.elements(name, most))
            inner(*element, values.emplace_back());
    }

    // After every field was asked for.
    Result<void> finish();

  private:
    // The first thing that is wrong inside is what is wrong with the whole.
    template <typename Message>
    void inner(const nlohmann::json& object, Message& value) {
        FieldReader reader(object);
        fields(reader, value);
        const Result<void> read = reader.finish();
        if (!read && !wrongInside_) wrongInside_ = read.error();
    }

    ObjectReader reader_;
    std::optional<Error> wrongInside_;
};

}  // namespace liqu::province
