// A manual as data (docs/manual/): chapters of steps, each beside a screen of a robot's walk. What
// stands on a screen is never written out: [id-card.question] is a key of kiosk-config/strings/,
// and the manual says whatever the kiosk says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "firmware/base/result.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::manual {

// A walk of docs/manual/walks.toml; a day is the branch's, from its accounts to its report.
struct Walk {
    std::string name;
    std::string visit;  // empty: a day
    std::string region;
    std::string site;
    std::string language;
    std::vector<std::string> faults;
};

// "first-card/attendant#2": the second attendant's page of that walk.
struct Picture {
    std::string walk;
    std::string screen;
    std::size_t which = 1;
};

// As it is printed, and the keys that it took.
struct Passage {
    std::string text;
    std::vector<std::string> keys;
};

struct Step {
    Picture picture;
    Passage title;  // with what is done: only words of that screen
    Passage does;
    Passage comes;  // what comes next
};

// What may be seen instead, and what to do then.
struct Trouble {
    Passage seen;
    std::string code;  // of an error; else empty
    Passage help;
};

struct Chapter {
    Passage title;
    Passage purpose;
    std::vector<Passage> needs;
    std::vector<Step> steps;
    std::vector<Passage> notes;
    std::vector<Trouble> troubles;
};

struct Manual {
    std::string title;
    std::string reader;
    std::vector<Passage> opening;
    std::vector<Chapter> chapters;
};

// An unknown key of words, a placeholder without a value, a step without a picture: refused with
// file and line.
Result<Manual> readManual(const std::filesystem::path& file, const ui::Dictionary& words);
Result<std::vector<Walk>> readWalks(const std::filesystem::path& file);

}  // namespace liqu::manual
