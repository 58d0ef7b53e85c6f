// No text says a word that the field does not use: kiosk-config/strings/glossary.toml.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "tests/support/scratch.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace {

using namespace liqu;
using screen::Language;

namespace files = std::filesystem;

const files::path configFolder = LIQU_SOURCE_DIR "/kiosk-config";

struct WrongWord {
    std::string wrong;
    std::string right;
    std::string why;
    std::vector<std::string> except;
};

std::vector<WrongWord> wrongWordsOf(const ConfigFile& file, Language language) {
    std::vector<WrongWord> words;
    const std::string list(nameOf(language));
    for (std::size_t i = 0; i < file.count(list); ++i) {
        const std::string entry = list + "[" + std::to_string(i) + "].";
        const auto wrong = file.text(entry + "wrong");
        const auto right = file.text(entry + "right");
        const auto why = file.text(entry + "why");
        REQUIRE_MESSAGE(wrong, entry);
        REQUIRE_MESSAGE(right, entry);
        REQUIRE_MESSAGE(why, entry);
        words.push_back({*wrong, *right, *why, {}});
        if (!file.has(entry + "except")) continue;
        const auto except = file.texts(entry + "except");
        REQUIRE_MESSAGE(except, entry);
        words.back().except = *except;
    }
    return words;
}

ConfigFile shippedGlossary() {
    auto file = ConfigFile::read(configFolder / "strings/glossary.toml");
    REQUIRE_MESSAGE(file, (file ? "" : describe(file.error())));
    return *file;
}

bool says(const std::string& text, const WrongWord& word) {
    return std::regex_search(text,
                             std::regex(word.wrong, std::regex::ECMAScript | std::regex::icase));
}

bool says(const ui::Wording& wording, const WrongWord& word) {
    return says(wording.text, word) || says(wording.easyText(), word) ||
           says(wording.spokenText(), word);
}

bool isSpared(const std::string& key, const WrongWord& word) {
    return std::ranges::find(word.except, key) != word.except.end();
}

// The keys that say this word where it is wrong.
std::vector<std::string> keysThatSay(const ui::Dictionary& words, Language language,
                                     const WrongWord& word) {
    std::vector<std::string> keys;
    for (const auto& [key, wording] : words.all(language)) {
        if (says(wording, word) && !isSpared(key, word)) keys.push_back(key);
    }
    return keys;
}

// Where words lie: those of all kiosks, and each region's own.
std::vector<files::path> foldersOfWords() {
    std::vector<files::path> folders{configFolder / "strings"};
    for (const auto& entry : files::directory_iterator(configFolder / "regions")) {
        if (files::exists(entry.path() / "zh-CN.toml")) folders.push_back(entry.path());
    }
    return folders;
}

ui::Dictionary wordsIn(const files::path& folder) {
    auto words = ui::Dictionary::read(folder);
    REQUIRE_MESSAGE(words, (words ? "" : describe(words.error())));
    return *words;
}

}  // namespace

TEST_CASE("no text says a word that is wrong in the field") {
    const ConfigFile glossary = shippedGlossary();
    const auto folders = foldersOfWords();
    REQUIRE(folders.size() > 1);
    for (const Language language : {Language::chinese, Language::english}) {
        const auto wrongWords = wrongWordsOf(glossary, language);
        REQUIRE(!wrongWords.empty());
        for (const files::path& folder : folders) {
            const ui::Dictionary words = wordsIn(folder);
            for (const WrongWord& word : wrongWords) {
                for (const std::string& key : keysThatSay(words, language, word)) {
                    FAIL_CHECK(folder.filename().string(), " ", key, ": not \"", word.wrong,
                               "\" but \"", word.right, "\" (", word.why, ")");
                }
            }
        }
    }
    CHECK(glossary.refuseUnknownKeys());
}

TEST_CASE("the glossary contradicts itself nowhere, and spares no text without need") {
    const ConfigFile glossary = shippedGlossary();
    for (const Language language : {Language::chinese, Language::english}) {
        const auto wrongWords = wrongWordsOf(glossary, language);
        for (const WrongWord& word : wrongWords) {
            CAPTURE(word.wrong);
            CHECK_FALSE(word.why.empty());
            for (const WrongWord& other : wrongWords) CHECK_FALSE(says(word.right, other));
            for (const std::string& key : word.except) {
                CAPTURE(key);
                const auto folders = foldersOfWords();
                CHECK(std::ranges::any_of(folders, [&](const files::path& folder) {
                    const ui::Dictionary words = wordsIn(folder);
                    const auto found = words.all(language).find(key);
                    return found != words.all(language).end() && says(found->second, word);
                }));
            }
        }
    }
}

TEST_CASE("a wrong word is found in what is shown, said easily and read aloud") {
    const test::Scratch scratch;
    std::ofstream(scratch.folder() / "zh-CN.toml")
        << "[role]\ntechnician = \"补卡员\"\n"
           "spared = \"补卡员\"\nright = \"设备维护员\"\n"
           "[role.easy]\ntext = \"员\"\neasy = \"补卡员\"\n"
           "[role.aloud]\ntext = \"员\"\nsay = \"补卡员\"\n";
    std::ofstream(scratch.folder() / "en.toml") << "[role]\ntechnician = \"Replacer\"\n";
    const WrongWord word{"补卡员", "设备维护员", "…", {"role.spared"}};
    CHECK(keysThatSay(wordsIn(scratch.folder()), Language::chinese, word) ==
          std::vector<std::string>{"role.aloud", "role.easy", "role.technician"});
    const WrongWord capital{"replacer", "technician", "…", {}};
    CHECK(keysThatSay(wordsIn(scratch.folder()), Language::english, capital) ==
          std::vector<std::string>{"role.technician"});
}
