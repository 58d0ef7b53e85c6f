#include "tests/world/main/last_word.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>

namespace liqu::world {
namespace {

constexpr int made = 0;
constexpr int notMade = 3;
constexpr int tracesLeft = 4;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

// What the kiosk said, and which named fault is behind it.
std::string why(const RunEnd& end) {
    std::string text = end.reason;
    if (!end.reasonInWords.empty()) text += " " + end.reasonInWords;
    if (!end.happened.empty()) {
        text += (text.empty() ? "" : "; ") + ("the named fault: " + joined(end.happened));
    }
    if (text.starts_with(' ')) text.erase(0, 1);
    return text.empty() ? "no screen gave a reason" : text;
}

std::string sentence(const RunEnd& end) {
    if (end.code == made) return "The card was made and its holder has it; all records agree.";
    if (end.code == tracesLeft) return "The citizen's data was found where none may be left.";
    if (!end.cameIntoService) {
        return (end.code == notMade
                    ? "No card was made: the kiosk stayed out of service, as it should ("
                    : "No card was made: the kiosk never came into service (") +
               why(end) + ").";
    }
    if (end.code == notMade && end.takenBack) {
        return "The card was made and taken back as wrong; all records agree.";
    }
    if (end.code == notMade) {
        return "No card was made, and all records agree on that (" + why(end) + ").";
    }
    if (!end.trouble.empty()) return "The run went wrong: " + end.trouble + ".";
    if (!end.missing.empty()) {
        return "A named fault did not happen: " + joined(end.missing) + ".";
    }
    return "The records do not agree: see the lines marked WRONG.";
}

}  // namespace

std::string lastWord(const RunEnd& end) {
    std::string text = sentence(end);
    std::ranges::transform(text, text.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return text;
}

std::string wordsOfCode(const std::filesystem::path& stringsFile, const std::string& code) {
    std::ifstream file(stringsFile);
    const std::string before = code + " = { what = \"";
    std::string line;
    while (!code.empty() && std::getline(file, line)) {
        if (!line.starts_with(before)) continue;
        return line.substr(before.size(), line.find('"', before.size()) - before.size());
    }
    return {};
}

std::string wordsOfKey(const std::filesystem::path& stringsFile, const std::string& key) {
    std::ifstream file(stringsFile);
    const std::size_t dot = key.find('.');
    if (dot == std::string::npos) return {};
    const std::string table = "[" + key.substr(0, dot) + "]";
    const std::string ownTable = "[" + key + "]";
    // What the line of the words begins with in the table that was entered last.
    std::string before;
    for (std::string line; std::getline(file, line);) {
        if (line == table)
            before = key.substr(dot + 1) + " = \"";
        else if (line == ownTable)
            before = "text = \"";
        else if (line.starts_with('['))
            before.clear();
        if (before.empty() || !line.starts_with(before)) continue;
        return line.substr(before.size(), line.find('"', before.size()) - before.size());
    }
    return {};
}

}  // namespace liqu::world
