// The text inside a call of allDsjk and inside most answers. It looks like XML and is none: names
// hold * and brackets, there is no root, values are raw, and a table may follow.
//
//   text     := word | fragment | fragment CRLF table
//   fragment := { "<" name ">" value "</" name ">" }
//   table    := head { line end row }        cells by comma, no quoting
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace liqu::world {

struct InnerField {
    std::string name, value;
};
using TableRow = std::vector<std::string>;

struct InnerText {
    std::vector<InnerField> fields;
    std::vector<TableRow> rows;  // the head first; empty: no table

    const std::string* find(std::string_view name) const;
    std::string valueOf(std::string_view name) const;  // empty: not there
};

// The real servers search for tags and take an end tag that differs in * or in the width of its
// brackets; strict is what a client should be held to.
enum class InnerReading { strict, lenient };

// Or what is wrong with it.
tl::expected<InnerText, std::string> readInner(std::string_view text, InnerReading reading);
// Without the *, and with narrow brackets.
std::string plainName(std::string_view name);
TableRow cellsOf(std::string_view line);

}  // namespace liqu::world
