// Puts the fields of a message (message_fields.hpp) into a JSON object.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/money.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/province/shapes.hpp"
#include "firmware/province/wire_words.hpp"

namespace liqu::province {

class FieldWriter {
  public:
    static constexpr bool writes = true;

    void text(const char* name, const std::string& value, const Shape&) { object_[name] = value; }
    void textIfAny(const char* name, const std::string& value, const Shape&) {
        if (!value.empty()) object_[name] = value;
    }
    void personal(const char* name, const PersonalText& value, const Shape&) {
        object_[name] = value.reveal();
    }
    void wireName(const char* name, const PersonalText& value) { object_[name] = value.reveal(); }
    template <typename Integer>
    void integer(const char* name, Integer value, std::int64_t, std::int64_t) {
        object_[name] = value;
    }
    void money(const char* name, Money value, std::int64_t) { object_[name] = value.fen(); }
    void flag(const char* name, bool value) { object_[name] = value; }
    template <typename Value, std::size_t count>
    void choice(const char* name, Value value, const Words<Value, count>& words) {
        object_[name] = province::wordOf(words, value);
    }
    template <typename Value, std::size_t count>
    void choiceIfAny(const char* name, const std::optional<Value>& value,
                     const Words<Value, count>& words) {
        if (value) choice(name, *value, words);
    }
    // A word that is kept as a text.
    template <typename Value, std::size_t count>
    void wordOf(const char* name, const std::string& word, const Words<Value, count>&) {
        object_[name] = word;
    }
    void always(const char* name, const char* word) { object_[name] = word; }
    void moment(const char* name, WallTime value) { object_[name] = formatChinaTime(value); }
    void hex(const char* name, const Bytes& value, std::size_t, std::size_t) {
        object_[name] = toHex(value);
    }
    template <std::size_t size>
    void block(const char* name, const std::array<std::uint8_t, size>& value) {
        object_[name] = toHex(value);
    }
    void base64(const char* name, const PersonalBytes& value, std::size_t) {
        object_[name] = toBase64(value.reveal());
    }
    void texts(const char* name, const std::vector<std::string>& values, const Shape&,
               std::size_t) {
        object_[name] = values;
    }
    void integers(const char* name, const std::vector<std::int64_t>& values, std::size_t) {
        object_[name] = values;
    }
    template <typename Message>
    void object(const char* name, const Message& value) {
        FieldWriter inner;
        fields(inner, value);
        object_[name] = std::move(inner).take();
    }
    template <typename Message>
    void objectIfAny(const char* name, const std::optional<Message>& value) {
        if (value) object(name, *value);
    }
    template <typename Message>
    void list(const char* name, const std::vector<Message>& values, std::size_t) {
        nlohmann::json all = nlohmann::json::array();
        for (const Message& value : values) {
            FieldWriter inner;
            fields(inner, value);
            all.push_back(std::move(inner).take());
        }
        object_[name] = std::move(all);
    }

    nlohmann::json take() && { return std::move(object_); }

  private:
    nlohmann::json object_ = nlohmann::json::object();
};

}  // namespace liqu::province
