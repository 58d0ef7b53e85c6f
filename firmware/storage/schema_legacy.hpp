// A province whose system keeps nothing for the kiosk (hardware-notes/legacy-province.md): what was
// sent to it, and the list of facts it has no place for. Only schema.cpp includes this; a released
// list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfLegacy[] = {
    // A change, from before it is sent. code empty: its answer is not known.
    R"(CREATE TABLE legacy_acts(
        key TEXT PRIMARY KEY,
        message_type TEXT NOT NULL,
        biz_id TEXT NOT NULL,
        bank TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        body_sealed BLOB NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        answer_sealed BLOB) STRICT)",
    R"(CREATE TABLE legacy_applications(
        application_no TEXT PRIMARY KEY,
        biz_id TEXT NOT NULL,
        bank TEXT NOT NULL,
        kind TEXT NOT NULL,
        person_digest TEXT NOT NULL,
        person_sealed BLOB NOT NULL,
        name_sealed BLOB NOT NULL,
        state TEXT NOT NULL,
        batch TEXT NOT NULL DEFAULT '',
        card_number TEXT NOT NULL DEFAULT '',
        failed_blanks INTEGER NOT NULL DEFAULT 0,
        opened_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL) STRICT)",
    R"(CREATE INDEX legacy_applications_by_person ON legacy_applications(person_digest, opened_at))",
    R"(CREATE INDEX legacy_applications_by_business ON legacy_applications(biz_id))",
    R"(CREATE TABLE legacy_names(
        person_digest TEXT PRIMARY KEY,
        name_sealed BLOB NOT NULL,
        seen_at INTEGER NOT NULL) STRICT)",
    // What the system said and no table gives a meaning.
    R"(CREATE TABLE legacy_texts(
        line INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        call TEXT NOT NULL,
        text_sealed BLOB NOT NULL) STRICT)",
    // Facts that have no place there: the branch takes them over by hand. settled_at 0: not yet.
    R"(CREATE TABLE branch_list(
        line INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        message_type TEXT NOT NULL,
        biz_id TEXT NOT NULL,
        terminal_seq INTEGER NOT NULL,
        happened_at INTEGER NOT NULL,
        listed_at INTEGER NOT NULL,
        body_sealed BLOB NOT NULL,
        settled_at INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '',
        evidence TEXT NOT NULL DEFAULT '',
        operator_id TEXT NOT NULL DEFAULT '',
        second_operator_id TEXT NOT NULL DEFAULT '') STRICT)",
    R"(CREATE INDEX branch_list_open ON branch_list(line) WHERE settled_at = 0)",
    R"(CREATE TRIGGER branch_list_is_kept BEFORE DELETE ON branch_list WHEN OLD.settled_at = 0
        BEGIN SELECT raise(ABORT, 'a fact without a place is kept until it is settled'); END)",
};

}  // namespace liqu::storage
