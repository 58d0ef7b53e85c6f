// Texts in which no line breaks inside a Chinese word, by a program of its own (program/words/):
// ICU's dictionary is large, and asked once. The program only adds word joiners; an answer that
// would change a sign of a text is not used. Words that ICU does not know stand in a file beside
// those of the language: kiosk-config/strings/zh-CN.words.txt. Any thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::ui {

// Of each text, in their order; texts have no line ends. fileNotReadable where the program is
// missing, fails, is late or answers something else.
Result<std::vector<std::string>> withJoinedWords(
    const std::vector<std::string>& texts, const std::filesystem::path& program,
    const std::filesystem::path& ownWords,
    std::chrono::milliseconds patience = std::chrono::seconds{5});

// As it was before.
std::string withoutJoiners(std::string text);

}  // namespace liqu::ui
