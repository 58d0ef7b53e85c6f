// Reads one JSON object strictly: every field is asked for by name and shape, a missing, foreign
// or ill-shaped one makes the whole object malformed. The cause names the field, never its value.
// For this folder's .cpp files; they include nlohmann/json.hpp.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/province/wire_words.hpp"

namespace liqu::province {

// Which texts a field allows: their length in bytes and their characters.
struct Shape {
    std::size_t least;
    std::size_t most;
    bool (*allows)(unsigned char);
};
namespace shapes {
bool isDigit(unsigned char c);
bool isHexDigit(unsigned char c);   // upper case
bool isCapital(unsigned char c);    // A-Z 0-9
bool isTokenPart(unsigned char c);  // A-Z a-z 0-9 - . _
bool isTimePart(unsigned char c);   // digits and - : . + T
bool isPrintable(unsigned char c);  // no control characters; UTF-8 as it is

constexpr Shape digits(std::size_t least, std::size_t most) {
    return {least, most, isDigit};
}
constexpr Shape hex(std::size_t size) {
    return {size, size, isHexDigit};
}
constexpr Shape token(std::size_t least, std::size_t most) {
    return {least, most, isTokenPart};
}
constexpr Shape words(std::size_t least, std::size_t most) {
    return {least, most, isPrintable};
}
constexpr Shape date{8, 8, isDigit};
constexpr Shape time{29, 29, isTimePart};
constexpr Shape cardNumber{9, 9, isCapital};
constexpr Shape cardNumberOrNone{0, 9, isCapital};
constexpr Shape socialNumber{15, 18, isCapital};
constexpr Shape name{1, 600, isPrintable};
}  // namespace shapes

class ObjectReader {
  public:
    explicit ObjectReader(const nlohmann::json& object);

    std::string text(const char* field, const Shape& shape);
    PersonalText personal(const char* field, const Shape& shape) {
        return PersonalText(text(field, shape));
    }
    std::int64_t integer(const char* field, std::int64_t least, std::int64_t most);
    bool boolean(const char* field);
    template <typename Enum, std::size_t count>
    Enum choice(const char* field, const Words<Enum, count>& words) {
        const auto chosen = words.find(text(field, shapes::token(1, 40)));
        if (!chosen) refuse(field);
        return chosen.value_or(words.values().front());
    }
    // Null where absent.
    const nlohmann::json* optional(const char* field);
    const nlohmann::json& object(const char* field);
    // The elements of an array of at most `most`; empty where it is wrong.
    std::vector<const nlohmann::json*> elements(const char* field, std::size_t most);
    std::vector<std::string> texts(const char* field, const Shape& shape, std::size_t most);
    std::vector<std::int64_t> integers(const char* field, std::size_t most);

    void refuse(const char* field);
    // After everything was asked for.
    Result<void> finish();

  private:
    const nlohmann::json& at(const char* field);
    const nlohmann::json& object_;
    std::set<std::string, std::less<>> asked_;
    std::string wrong_;
};

}  // namespace liqu::province
