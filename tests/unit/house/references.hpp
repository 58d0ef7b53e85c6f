// What comments, pages and settings refer to stands in the tree: decisions, pages and their
// headings, articles of the regulation (the forms are those of ARCHITECTURE.md). A stranger has
// this tree and nothing beside it.
#pragma once

#include "tests/unit/house/house_rules.hpp"

namespace liqu::house {

// Every text of the tree: sources, pages, settings, scripts.
Files readTexts(const std::string& root);

// One line for each reference in this text of this path that leads nowhere in the tree. Lines of
// a comment are read as one, so a reference may be wrapped.
std::vector<std::string> danglingIn(const std::string& path, const std::string& text,
                                    const Files& tree);
std::vector<std::string> danglingReferences(const Files& tree);

// How many references of the forms there are, dangling or not: a scanner that sees none proves
// nothing.
std::size_t referencesIn(const Files& tree);

}  // namespace liqu::house
