#include "tests/world/main/person_picture.hpp"

#include "tests/world/card_printer/plastic_card.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::world {

Look lookOf(const Document& document) {
    Person person;
    person.socialNumber = document.number;
    person.sex = document.sex;
    person.birthDate = document.birth;
    return lookOf(person, SystemClock().wallTime());
}

Bytes pictureOf(const Document& document) {
    const Bytes drawn = drawPortrait(lookOf(document));
    Bytes rgb;
    rgb.reserve(drawn.size() / 4 * 3);
    // Cairo's word is blue, green, red, nothing.
    for (std::size_t i = 0; i + 3 < drawn.size(); i += 4) {
        for (const std::size_t channel : {i + 2, i + 1, i}) rgb.push_back(drawn[channel]);
    }
    return encodePng(rgb, portraitWidth, portraitHeight);
}

}  // namespace liqu::world
