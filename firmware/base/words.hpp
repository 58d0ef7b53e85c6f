// The words of an enumeration: one table beside it, read both ways. Whatever is stored, sent or
// configured by name goes through such a table, so that no word is ever read as another one, and no
// enumerator is without its word (the compiler sees to that, for numbers below 64).
//
//     enum class Colour : std::uint8_t { red, green };
//     constexpr auto wordsOf(Colour) {
//         return words<Colour>({{Colour::red, "red"}, {Colour::green, "green"}});
//     }
//
// gives nameOf(Colour::red) and named<Colour>("red"). A second vocabulary of the same enumeration
// is a table with a name of its own.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace liqu {

template <typename Enum>
struct Word {
    Enum value;
    std::string_view text;
};

template <typename Enum, std::size_t count>
class Words {
  public:
    constexpr explicit Words(const Word<Enum> (&rows)[count]) {
        for (std::size_t i = 0; i < count; ++i) {
            values_[i] = rows[i].value;
            texts_[i] = rows[i].text;
        }
    }

    // In the order of the table.
    constexpr const std::array<std::string_view, count>& texts() const { return texts_; }
    constexpr const std::array<Enum, count>& values() const { return values_; }

    // Empty for what is no enumerator.
    constexpr std::string_view operator[](Enum value) const {
        for (std::size_t i = 0; i < count; ++i) {
            if (values_[i] == value) return texts_[i];
        }
        return {};
    }

    // None for a word that is not in the table.
    constexpr std::optional<Enum> find(std::string_view text) const {
        for (std::size_t i = 0; i < count; ++i) {
            if (texts_[i] == text) return values_[i];
        }
        return std::nullopt;
    }

    // Each enumerator once, each word once.
    constexpr bool tellsApart() const {
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (values_[i] == values_[j] || texts_[i] == texts_[j]) return false;
            }
        }
        return true;
    }

  private:
    std::array<Enum, count> values_{};
    std::array<std::string_view, count> texts_{};
};

namespace words_detail {

// The compiler writes an enumerator by its name, and any other value as "(Colour)7".
template <auto value>
constexpr bool isEnumerator() {
    const std::string_view text = __PRETTY_FUNCTION__;
    const std::size_t type = text.rfind(')');
    if (type == std::string_view::npos) return true;
    const char next = text[type + 1];
    return next != '-' && (next < '0' || next > '9');
}

template <typename Enum, std::size_t... numbers>
constexpr std::size_t enumeratorsAmong(std::index_sequence<numbers...>) {
    return (std::size_t{isEnumerator<static_cast<Enum>(numbers)>()} + ...);
}

// No enumerator is looked for from here on.
inline constexpr std::size_t numbersLookedAt = 64;

}  // namespace words_detail

template <typename Enum, std::size_t count>
consteval Words<Enum, count> words(const Word<Enum> (&rows)[count]) {
    using namespace words_detail;
    static_assert(enumeratorsAmong<Enum>(std::make_index_sequence<numbersLookedAt>()) == count,
                  "each enumerator has its word");
    const Words<Enum, count> table(rows);
    if (!table.tellsApart()) throw "each enumerator once, each word once";
    return table;
}

template <typename Enum>
concept HasWords = requires {
    wordsOf(Enum{});
};

template <HasWords Enum>
inline constexpr auto wordTable = wordsOf(Enum{});

template <HasWords Enum>
constexpr std::string_view nameOf(Enum value) {
    return wordTable<Enum>[value];
}

template <HasWords Enum>
constexpr std::optional<Enum> named(std::string_view text) {
    return wordTable<Enum>.find(text);
}

}  // namespace liqu
