// The sentence in capitals a robot's run ends on: what happened, and why. Whoever started it for
// the first time must not take a visit that made no card for a success.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace liqu::world {

struct RunEnd {
    int code = 1;
    bool cameIntoService = false;
    bool takenBack = false;             // made, and brought back as wrong
    std::string reason;                 // the last code a screen gave, "20203"; empty: none
    std::string reasonInWords;          // of that code, or what the person has already
    std::string trouble;                // what kept the run from ending
    std::vector<std::string> happened;  // named faults
    std::vector<std::string> missing;   // named faults that did not happen
};

std::string lastWord(const RunEnd& end);

// The English words of a code; empty where the file has none.
std::string wordsOfCode(const std::filesystem::path& stringsFile, const std::string& code);
// The same of a key, "already.valid-card".
std::string wordsOfKey(const std::filesystem::path& stringsFile, const std::string& key);

}  // namespace liqu::world
