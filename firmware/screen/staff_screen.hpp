// What staff see. Their screens are many and alike, so they are put together from a few kinds:
// words by key with values, facts, tables, ways on, and forms to type into. Nothing here is about a
// citizen: card numbers and order numbers are stock data (decision 21).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/error.hpp"
#include "firmware/screen/page_parts.hpp"

namespace liqu::screen {

struct StaffFact {
    Phrase label;
    Phrase value;
};
struct StaffColumn {
    Phrase head;
    float share = 1;
    bool right = false;  // figures stand to the right
};
struct StaffRow {
    std::vector<Phrase> cells;
    std::string choice{};  // not empty: can be touched
    Tone tone = Tone::plain;
};
struct StaffTable {
    Phrase title{};
    std::vector<StaffColumn> columns;
    std::vector<StaffRow> rows;
    Phrase whenEmpty{};
};
struct StaffWay {
    std::string choice;
    Phrase words;
    bool main = false;
    Phrase note{};
    Tone tone = Tone::plain;
};

enum class SignInAsks : std::uint8_t {
    numberAndPin,
    pinAgain,
    locked,  // the PIN of who was silent in the middle of work; then the page before stands again
};
constexpr auto wordsOf(SignInAsks) {
    return words<SignInAsks>({{SignInAsks::numberAndPin, "number-and-pin"},
                              {SignInAsks::pinAgain, "pin-again"},
                              {SignInAsks::locked, "locked"}});
}

// Number and PIN: of the person who begins, or of the second one for a single act; or the PIN of
// the first one again, before the second is asked or where the page was locked.
struct StaffSignInScreen {
    std::string act{};     // empty: somebody begins; else the act's name
    std::string person{};  // who has signed in already
    std::optional<ErrorCode> lastTry{};
    int waitSeconds = 0;  // after wrong PINs
    SignInAsks asks = SignInAsks::numberAndPin;
    std::vector<StaffFact> facts{};  // the act in numbers: which, how many, from where to where
};

struct StaffMenuScreen {
    std::vector<StaffWay> ways;
    std::vector<Notice> notices;  // what must not be overlooked
};

struct StaffPageScreen {
    std::string name;  // "staff-stock"
    Phrase title;
    std::vector<Notice> notices{};
    std::vector<StaffFact> facts{};
    std::vector<Phrase> steps{};  // what to do, in order
    std::vector<StaffTable> tables{};
    std::vector<StaffTable> moreTables{};  // in landscape, the second column
    std::vector<StaffWay> tiles{};         // large ways on
    std::vector<StaffWay> ways{};          // buttons
};

struct StaffFormScreen {
    std::string name;
    Phrase title;
    std::vector<Notice> notices{};
    std::vector<StaffFact> facts{};
    std::vector<Field> fields{};
    Phrase submit{};
    std::vector<StaffWay> ways{};  // other ways on
    std::uint64_t serial = 0;      // another number: what was typed is dropped
};

}  // namespace liqu::screen
