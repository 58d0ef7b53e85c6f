// What a call is about, and what is said to it, before it becomes text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/world/legacy_province/inner_text.hpp"

namespace liqu::world {

enum class LegacyDeed { query, done, partly, already, repeated, refused };
std::string_view nameOf(LegacyDeed deed);

struct LegacyReply {
    std::string word;   // ERR, or all there is
    bool bare = false;  // the word stands alone, without a tag
    std::vector<InnerField> fields{};
    std::vector<TableRow> rows{};
    std::string lineEnd = "\n";
    LegacyDeed deed = LegacyDeed::query;
    // A refusal that may leave something half done.
    bool halfDone = false;
};

std::string innerTextOf(const LegacyReply& reply);

// Whom and what a call is about, read without doing anything. The act is a word of this world,
// whatever the call is named; empty: nothing is changed by it.
struct LegacyIntent {
    std::string place;  // setStart, 即制卡批次
    std::string act;
    std::string key;     // the natural one
    std::string person;  // empty: not said
};

}  // namespace liqu::world
