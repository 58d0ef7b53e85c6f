// What must be so for a text about the world to be true, and the comparison of what is shown with
// what is so. The word of the screen is a predicate over the world (decision 44).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/world/truth/truth.hpp"
#include "tests/world/truth/word_classes.hpp"

namespace liqu::truth {

struct Predicate {
    std::string_view name;
    bool (*holds)(const Truth&);
};
std::span<const Predicate> predicates();
// Null where there is none of that name.
const Predicate* predicateNamed(std::string_view name);

// A text as it stands on the screen: the machine says it, or it stands on a control or in a record.
struct SaidKey {
    std::string key;
    bool statement = true;
};

struct Lie {
    std::string key;
    std::string predicate;
};

// Every text that says what is not so, or that has no class, or that puts an answer into the
// machine's mouth.
std::vector<Lie> liesOf(const WordClasses& classes, const std::vector<SaidKey>& said,
                        const Truth& truth);

}  // namespace liqu::truth
