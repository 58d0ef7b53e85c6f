// What pages are put together from, for citizens and staff alike: words by key, how they are meant,
// which picture goes with them. How it looks is the window's.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/base/words.hpp"
#include "firmware/screen/action.hpp"
#include "firmware/screen/phrase.hpp"

namespace liqu::screen {

// How something is meant; never said by colour alone: a sign goes with it.
enum class Tone : std::uint8_t { plain, info, success, warning, danger };
constexpr auto wordsOf(Tone) {
    return words<Tone>({{Tone::plain, "plain"},
                        {Tone::info, "info"},
                        {Tone::success, "success"},
                        {Tone::warning, "warning"},
                        {Tone::danger, "danger"}});
}

enum class TextSize : std::uint8_t { small, body, large };
constexpr auto wordsOf(TextSize) {
    return words<TextSize>(
        {{TextSize::small, "small"}, {TextSize::body, "body"}, {TextSize::large, "large"}});
}

enum class Picture : std::uint8_t {
    none,
    socialCard,      // the card itself
    idCardOnReader,  // lay it down here
    attendant,       // a member of staff
    identity,        // an ID card and a tick
    newCard,         // a card and a plus
    replacedCard,    // a card and two arrows
    cardLost,        // a card and a bar across
    making,          // a card in the machine
    takeCard,        // out of the mouth, into the hand
    takeIdCard,      // off the reader, into the hand
    bankCounter,
    waiting,   // a clock
    cardKept,  // a card in a drawer
    trouble,   // the machine and a question
    closed,    // out of service
    starting,
    consent,  // a page with a tick
};
constexpr auto wordsOf(Picture) {
    return words<Picture>({{Picture::none, "none"},
                           {Picture::socialCard, "social-card"},
                           {Picture::idCardOnReader, "id-card-on-reader"},
                           {Picture::attendant, "attendant"},
                           {Picture::identity, "identity"},
                           {Picture::newCard, "new-card"},
                           {Picture::replacedCard, "replaced-card"},
                           {Picture::cardLost, "card-lost"},
                           {Picture::making, "making"},
                           {Picture::takeCard, "take-card"},
                           {Picture::takeIdCard, "take-id-card"},
                           {Picture::bankCounter, "bank-counter"},
                           {Picture::waiting, "waiting"},
                           {Picture::cardKept, "card-kept"},
                           {Picture::trouble, "trouble"},
                           {Picture::closed, "closed"},
                           {Picture::starting, "starting"},
                           {Picture::consent, "consent"}});
}

struct Paragraph {
    Phrase text{};
    TextSize size = TextSize::body;
    bool muted = false;
};
// A line that must be seen: a sign and a surface of its own.
struct Notice {
    Phrase text{};
    Tone tone = Tone::info;
};
// A label and what belongs to this person. Never told to the screen map, wiped afterwards.
struct Fact {
    Phrase label{};
    PersonalText value{};
};
struct Facts {
    std::vector<Fact> facts{};
};
// What somebody else says, in their own words; it may be about this person.
struct Quote {
    Phrase who{};
    PersonalText text{};
};
// What is to be done, in this order.
struct NumberedList {
    std::vector<Phrase> items{};
    int first = 1;  // the number of the first one
};
// To be scanned by a telephone: dark on white, with its quiet margin, in every theme. Nobody's
// personal data.
struct QrCode {
    std::string text{};
};
// A large way on; ActionKind::choose names its id.
struct Choice {
    std::string id{};
    Phrase title{};
    Phrase detail{};
    Picture picture = Picture::none;
};
struct Choices {
    std::vector<Choice> choices{};
    int of = 0;  // how many there are on all parts of a page; 0: these
};
// What is typed, with keys to type it; it comes with the action, by the field's id.
enum class FieldKind : std::uint8_t { digits, cardNumber, secret };
constexpr auto wordsOf(FieldKind) {
    return words<FieldKind>({{FieldKind::digits, "digits"},
                             {FieldKind::cardNumber, "card-number"},
                             {FieldKind::secret, "secret"}});
}
struct Field {
    std::string id;
    Phrase label;
    FieldKind kind = FieldKind::digits;
    std::size_t longest = 8;
};
struct Fields {
    std::vector<Field> fields{};
};
struct Button {
    ActionKind action = ActionKind::confirm;
    Phrase label{};
    bool primary = false;
    std::string choice{};  // with ActionKind::choose: which one, and the id in the screen map
};

}  // namespace liqu::screen
