// What nobody in the product asks for, and what is longer than a reader's breath.
#pragma once

#include "tests/unit/house/house_rules.hpp"

namespace liqu::house {

// Bodies of more lines than `most`; those of the tests too. `known`: names that may be longer.
std::vector<std::string> functionsTooLong(const Files& files, std::size_t most,
                                          const std::set<std::string>& known);

// Functions that a header of the product declares and members of its classes, whose name stands
// nowhere else in the product; members that are written only. What tests ask for does not count. By
// name: one that something else bears as well is not found.
std::vector<std::string> unusedNames(const Files& files, const std::set<std::string>& known);

}  // namespace liqu::house
