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
#include "firmware/province/shapes.hpp"
#include "firmware/province/wire_words.hpp"

namespace liqu::province {

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
