// Every text has its class, and every claim about the world a predicate that can be false: before
// any of them is compared with a world.
#include <algorithm>
#include <doctest/doctest.h>
#include <random>
#include <regex>
#include <set>

#include "tests/support/shown_words.hpp"
#include "tests/window/ui/gallery.hpp"
#include "tests/world/truth/predicates.hpp"
#include "tests/world/truth/truth_file.hpp"

namespace {

using namespace liqu;
using screen::Language;
using truth::WordClass;

const std::string stringsFolder = LIQU_SOURCE_DIR "/kiosk-config/strings";

const truth::TruthFile& shippedTruth() {
    static const auto file = truth::TruthFile::read(stringsFolder + "/truth.toml");
    REQUIRE_MESSAGE(file, (file ? "" : describe(file.error())));
    return *file;
}

const truth::WordClasses& shippedClasses() {
    return shippedTruth().classes;
}

const ui::Dictionary& allWords() {
    static const auto words = ui::Dictionary::read(stringsFolder);
    REQUIRE(words);
    return *words;
}

std::string lowerCase(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char letter) {
        return letter < 0x80 ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
    });
    return text;
}

// The words of the glossary that a text holds.
std::string claimsIn(const std::string& text, const std::vector<std::string>& glossary) {
    std::string found;
    for (const std::string& word : glossary) {
        const std::regex pattern(word, std::regex::ECMAScript | std::regex::icase);
        if (std::regex_search(lowerCase(text), pattern)) found += word + " ";
    }
    return found;
}

}  // namespace

TEST_CASE("every text has a class, and no class is without a text") {
    std::set<std::string> used;
    for (const auto& [key, wording] : allWords().all(Language::chinese)) {
        CAPTURE(key);
        const truth::ClassRule* rule = shippedClasses().find(key);
        REQUIRE(rule != nullptr);
        used.insert(rule->pattern);
    }
    std::set<std::string> listed;
    for (const truth::ClassRule& rule : shippedClasses().rules()) {
        CAPTURE(rule.pattern);
        CHECK(used.contains(rule.pattern));
        CHECK_MESSAGE(listed.insert(rule.pattern).second, "this pattern stands in two classes");
    }
}

TEST_CASE("every claim has its predicate, and every predicate its claim") {
    std::set<std::string> claimed;
    for (const truth::ClassRule& rule : shippedClasses().rules()) {
        if (rule.wordClass != WordClass::world) continue;
        CAPTURE(rule.pattern);
        CAPTURE(rule.predicate);
        CHECK(truth::predicateNamed(rule.predicate) != nullptr);
        claimed.insert(rule.predicate);
    }
    for (const truth::Predicate& predicate : truth::predicates()) {
        CAPTURE(std::string(predicate.name));
        CHECK(claimed.contains(std::string(predicate.name)));
    }
}

TEST_CASE("words that say something is so stand in no question and no name") {
    for (const Language language : {Language::chinese, Language::english}) {
        const auto glossary = shippedTruth().glossary.find(std::string(nameOf(language)));
        REQUIRE(glossary != shippedTruth().glossary.end());
        REQUIRE(!glossary->second.empty());
        for (const auto& [key, wording] : allWords().all(language)) {
            const std::string text =
                wording.text + "\n" + wording.easyText() + "\n" + wording.spokenText();
            const std::string claims = claimsIn(text, glossary->second);
            if (claims.empty()) continue;
            CAPTURE(key);
            CAPTURE(text);
            CAPTURE(claims);
            const truth::ClassRule* rule = shippedClasses().find(key);
            REQUIRE(rule != nullptr);
            CHECK((rule->wordClass == WordClass::world || rule->wordClass == WordClass::answer));
        }
    }
}

TEST_CASE("what a person says stands on controls alone") {
    for (const auto& shown : test::gallery(Language::chinese, Instant{})) {
        CAPTURE(shown.name);
        for (const test::ShownWords& words : test::shownWords(shown.screen)) {
            if (words.as != test::SaidAs::statement) continue;
            CAPTURE(words.phrase.key);
            const truth::ClassRule* rule = shippedClasses().find(words.phrase.key);
            REQUIRE(rule != nullptr);
            CHECK(rule->wordClass != WordClass::answer);
        }
    }
}

TEST_CASE("every predicate is true in some world and false in another, and says so") {
    for (const truth::Predicate& predicate : truth::predicates()) {
        CAPTURE(std::string(predicate.name));
        std::mt19937 random(8);
        int held = 0;
        int lied = 0;
        truth::WordClasses classes;
        classes.add({"claim", WordClass::world, std::string(predicate.name)});
        for (int world = 0; world < 2000; ++world) {
            truth::Truth truth;
            for (const truth::FactName& one : truth::factNames) {
                truth.*one.fact = static_cast<int>(random() % 3) / 2;
            }
            const bool holds = predicate.holds(truth);
            const auto lies = truth::liesOf(classes, {{"claim"}}, truth);
            CHECK(lies.empty() == holds);
            ++(holds ? held : lied);
        }
        CHECK(lied > 0);
        CHECK(held > 0);
    }
}

TEST_CASE("the most exact pattern counts, and a text without a class is a lie") {
    truth::WordClasses classes;
    classes.add({"staff.*", WordClass::label});
    classes.add({"staff.*.way", WordClass::answer});
    classes.add({"staff.bin.way", WordClass::world, "actIsRecorded"});
    CHECK(classes.find("staff.bin.title")->wordClass == WordClass::label);
    CHECK(classes.find("staff.box.way")->wordClass == WordClass::answer);
    CHECK(classes.find("staff.bin.way")->wordClass == WordClass::world);
    CHECK(classes.find("staff") == nullptr);
    CHECK(truth::liesOf(classes, {{"new.text"}}, {}).size() == 1);
    CHECK(truth::liesOf(classes, {{"staff.box.way", true}}, {}).size() == 1);
    CHECK(truth::liesOf(classes, {{"staff.box.way", false}}, {}).empty());
}
