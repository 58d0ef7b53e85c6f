// Which PINs are refused, counted over all there are of six digits; and what a PIN gives away.
// Rules: P-02.
#include <array>
#include <doctest/doctest.h>
#include <functional>

#include "firmware/card/pin.hpp"

using namespace liqu;
using namespace liqu::card;

namespace {

constexpr std::size_t length = 6;

int countOf(const std::function<bool(PinDigits)>& test) {
    int count = 0;
    std::array<std::uint8_t, length> digits{};
    for (int value = 0; value < 1'000'000; ++value) {
        int rest = value;
        for (std::size_t at = length; at-- > 0; rest /= 10)
            digits[at] = static_cast<std::uint8_t>(rest % 10);
        if (test(digits)) ++count;
    }
    return count;
}

int countOf(PinPattern pattern) {
    return countOf([pattern](PinDigits digits) { return hasPattern(digits, pattern); });
}
int countOf(const std::vector<PinPattern>& patterns) {
    const PinRules rules{.patterns = patterns};
    return countOf([&rules](PinDigits digits) { return isWeak(digits, rules, {}); });
}

bool isOfHolder(const std::string& pin, const PinHolder& holder) {
    return Pin::of(SecretText(pin))->isWeak({}, holder);
}

}  // namespace

TEST_CASE("PIN rules: how many of a million each pattern refuses") {
    CHECK(countOf(PinPattern::allSame) == 10);
    CHECK(countOf(PinPattern::steps) == 20);
    CHECK(countOf(PinPattern::pairs) == 100);
    CHECK(countOf(PinPattern::triples) == 1'000);
    CHECK(countOf(PinPattern::doubles) == 1'000);
    CHECK(countOf(PinPattern::palindrome) == 1'000);
    CHECK(countOf(PinPattern::twoDigits) == 2'800);
    CHECK(countOf(PinPattern::fourInARow) == 2'800);
    using enum PinPattern;
    CHECK(countOf({allSame, steps, pairs, triples, twoDigits, fourInARow}) == 5'700);
    CHECK(countOf({allSame, steps, pairs, triples, doubles}) == 2'100);
}

TEST_CASE("PIN rules: what is known of the holder, in every form") {
    PinHolder holder;
    holder.socialNumber = PersonalText("999999199003070012");
    holder.phone = PersonalText("19900001234");
    holder.cardNumber = PersonalText("A1234567X");
    for (const char* pin : {"900307", "199003", "070390", "030790", "900703", "039007", "070012",
                            "307001", "999999", "001234", "199000", "123456", "234567"}) {
        CAPTURE(pin);
        CHECK(isOfHolder(pin, holder));
    }
    CHECK_FALSE(isOfHolder("582047", holder));
    CHECK_FALSE(isOfHolder("900307", {}));
    PinHolder endsOnX;
    endsOnX.socialNumber = PersonalText("99999919900307003X");
    CHECK(isOfHolder("307003", endsOnX));
}

TEST_CASE("PIN: only digits, four to sixteen, and only into a command") {
    for (const char* bad : {"", "123", "12345a", "12345678901234567", "１２３４"})
        CHECK_FALSE(Pin::of(SecretText(bad)).has_value());
    LockedBytes command;
    command.append(0x20);
    Pin::of(SecretText("12345"))->into(command);
    CHECK(toHex(command.view()) == "2012345F");
    const auto one = Pin::of(SecretText("258369"));
    CHECK(one->matches(*Pin::of(SecretText("258369"))));
    CHECK_FALSE(one->matches(*Pin::of(SecretText("258360"))));
    CHECK_FALSE(one->matches(*Pin::of(SecretText("2583"))));
    CHECK(Pin::of(SecretText("159357"))->isWeak({.patterns = {}, .values = {"159357"}}, {}));
}

TEST_CASE("locked bytes: what was there is gone, and a move leaves nothing") {
    LockedBytes bytes;
    bytes.append(fromHex("0123456789").value());
    const std::uint8_t* place = bytes.view().data();
    LockedBytes moved = std::move(bytes);
    CHECK(moved.view().data() == place);
    moved.clear();
    CHECK(moved.empty());
    CHECK(place[0] == 0);
    CHECK(place[4] == 0);
}
