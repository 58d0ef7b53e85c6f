// Messages to the province that two people have closed: they are not sent any more.
// Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfQueue[] = {
    R"(CREATE TABLE closed_facts(
        fact INTEGER PRIMARY KEY REFERENCES outbox,
        reason TEXT NOT NULL,
        evidence TEXT NOT NULL,
        operator TEXT NOT NULL,
        second_operator TEXT NOT NULL,
        at INTEGER NOT NULL) STRICT)",
};

}  // namespace liqu::storage
