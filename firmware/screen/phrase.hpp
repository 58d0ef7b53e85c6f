// Words as a value: what is said, without the language it is said in. Never holds personal data:
// that goes into a PersonalText, which neither logs nor the screen map show.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace liqu::screen {

// A text by its key, with values for its {placeholders}.
struct Phrase {
    std::string key{};
    std::vector<std::pair<std::string, std::string>> values{};

    bool empty() const { return key.empty(); }

    // The same in every language: a number, a date.
    static Phrase plain(std::string text) { return {"plain", {{"text", std::move(text)}}}; }
    static Phrase number(std::int64_t value) { return plain(std::to_string(value)); }
};

}  // namespace liqu::screen
