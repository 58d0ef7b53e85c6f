// The line between the window and the voice, a program of its own (program/voice/): one order is
// one line of text. What is too long, unknown or not for the loudspeaker is refused whole.
//
//     say loud public 4 6 en en take-card.question<TAB>Your card is ready.
//     play loud 6 card-out
//     stop
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "firmware/base/personal.hpp"
#include "firmware/screen/comfort.hpp"
#include "ui/speech/earcons.hpp"

namespace liqu::ui {

// Of the words, in bytes; a longer sentence is cut at a character.
inline constexpr std::size_t mostWordBytes = 2000;
inline constexpr std::size_t mostLineBytes = 2400;

enum class Ears : std::uint8_t { everybody, one };
constexpr auto wordsOf(Ears) {
    return words<Ears>({{Ears::everybody, "public"}, {Ears::one, "private"}});
}

struct SayOrder {
    screen::Speech speech = screen::Speech::loud;  // never off
    Ears ears = Ears::everybody;                   // `one` goes to headphones only
    int rate = 1;
    int volume = 1;
    std::string language;
    std::string voice;
    std::string key;
    PersonalText words;

    friend bool operator==(const SayOrder&, const SayOrder&) = default;
};
// One of the six short sounds, at once, over what is being said.
struct PlayOrder {
    screen::Speech speech = screen::Speech::loud;  // never off
    int volume = 1;
    Earcon earcon = Earcon::touch;

    friend bool operator==(const PlayOrder&, const PlayOrder&) = default;
};
// What is being said, and what waits, is dropped.
struct StopOrder {
    friend bool operator==(const StopOrder&, const StopOrder&) = default;
};
using Order = std::variant<SayOrder, PlayOrder, StopOrder>;

// With the line's end. Empty for an order that the other side would refuse.
PersonalText lineOf(const Order& order);
// Without the line's end.
std::optional<Order> orderFrom(std::string_view line);

// Bytes as they come, given out as lines.
class LineBuffer {
  public:
    // False where a line is longer than any order: nobody who speaks this language writes that.
    bool add(std::string_view bytes);
    std::optional<PersonalText> take();

  private:
    PersonalText bytes_;
};

}  // namespace liqu::ui
