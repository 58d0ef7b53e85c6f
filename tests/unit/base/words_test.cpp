#include "firmware/base/words.hpp"

#include <cstdint>
#include <doctest/doctest.h>

namespace liqu {
namespace {

enum class Far : std::uint8_t { near, far = 40 };

enum class Colour : std::uint8_t { red, green, blue = 9 };
constexpr auto wordsOf(Colour) {
    return words<Colour>({{Colour::red, "red"}, {Colour::green, "green"}, {Colour::blue, "blue"}});
}

TEST_CASE("an enumerator has its word, and the word its enumerator") {
    static_assert(nameOf(Colour::blue) == "blue");
    for (const Colour colour : wordTable<Colour>.values()) {
        CHECK(named<Colour>(nameOf(colour)) == colour);
    }
}

TEST_CASE("what is in no table has no other's word") {
    CHECK(nameOf(static_cast<Colour>(5)).empty());
    CHECK_FALSE(named<Colour>("mauve"));
    CHECK_FALSE(named<Colour>("Red"));
    CHECK_FALSE(named<Colour>(""));
}

TEST_CASE("the compiler's name tells an enumerator from another value") {
    CHECK(words_detail::isEnumerator<Colour::blue>());
    CHECK_FALSE(words_detail::isEnumerator<static_cast<Colour>(2)>());
    CHECK(words_detail::enumeratorsAmong<Colour>(std::make_index_sequence<10>()) == 3);
    CHECK(words_detail::enumeratorsAmong<Colour>(std::make_index_sequence<9>()) == 2);
    CHECK(words_detail::enumeratorsAmong<Far>(std::make_index_sequence<64>()) == 2);
}

TEST_CASE("a word or an enumerator that stands twice is seen") {
    constexpr Words<Colour, 2> sameWord({{Colour::red, "red"}, {Colour::green, "red"}});
    static_assert(!sameWord.tellsApart());
    constexpr Words<Colour, 2> sameValue({{Colour::red, "red"}, {Colour::red, "green"}});
    static_assert(!sameValue.tellsApart());
}

}  // namespace
}  // namespace liqu
