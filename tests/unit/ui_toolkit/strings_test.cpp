// Every text that can be shown exists in both languages, and none is left over.
#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/window/ui/gallery.hpp"
#include "ui/screens/pages.hpp"

namespace {

using namespace liqu;
using session::Language;

ui::Words shippedWords() {
    auto words = ui::Words::read(std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/strings");
    REQUIRE_MESSAGE(words, (words ? "" : describe(words.error())));
    return *words;
}

using Phrases = std::vector<ui::Phrase>;

struct Collect {
    Phrases& found;
    void operator()(const ui::Paragraph& block) { found.push_back(block.text); }
    void operator()(const ui::Notice& block) { found.push_back(block.text); }
    void operator()(const ui::Facts& block) {
        for (const ui::Fact& fact : block.facts) found.push_back(fact.label);
    }
    void operator()(const ui::NumberedList& block) {
        found.insert(found.end(), block.items.begin(), block.items.end());
    }
    void operator()(const ui::Choices& block) {
        for (const ui::Choice& choice : block.choices) {
            found.push_back(choice.title);
            found.push_back(choice.detail);
        }
    }
    void operator()(const ui::StepList& block) {
        found.insert(found.end(), block.steps.begin(), block.steps.end());
    }
    void operator()(const ui::ProgressBar& block) {
        if (block.timeLeft) found.push_back(*block.timeLeft);
    }
    void operator()(const ui::Fields& block) {
        for (const ui::Field& field : block.fields) found.push_back(field.label);
    }
    void operator()(const ui::Keypad&) { found.push_back({"attendant.clear"}); }
    void operator()(const ui::Table& block) {
        found.push_back(block.title);
        found.push_back(block.whenEmpty);
        for (const ui::TableColumn& column : block.columns) found.push_back(column.head);
        for (const ui::TableRow& row : block.rows) {
            found.insert(found.end(), row.cells.begin(), row.cells.end());
        }
    }
    void operator()(const ui::FactTable& block) {
        for (const ui::FactTable::Row& row : block.rows) {
            found.push_back(row.label);
            found.push_back(row.value);
        }
    }
    void operator()(const ui::Tiles& block) {
        for (const ui::Tile& tile : block.tiles) {
            found.push_back(tile.label);
            found.push_back(tile.note);
        }
    }
};

Phrases phrasesOf(const session::Screen& screen) {
    const ui::Page page = ui::pageOf(screen);
    Phrases found{page.question};
    for (const auto* blocks : {&page.beside, &page.blocks}) {
        for (const ui::Block& block : *blocks) std::visit(Collect{found}, block);
    }
    for (const ui::Button& button : page.buttons) found.push_back(button.label);
    // Where a page has no note or no title, it has no words for it.
    std::erase_if(found, [](const ui::Phrase& phrase) { return phrase.empty(); });
    return found;
}

// What header and footer say, and answers that only the toolkit knows.
Phrases framePhrases() {
    Phrases found;
    for (const auto* key :
         {"brand", "back", "home", "sign-out", "call-assistant", "assistant-called", "language",
          "more-time", "stage.identify", "stage.confirm", "stage.make", "stage.take"}) {
        found.push_back({std::string("frame.") + key});
    }
    found.push_back({"frame.time-left", {{"seconds", "1"}}});
    return found;
}

// Texts of staff are put together in session/: the keys stand there as they are written. One that
// ends with a dot or a dash is the beginning of a family.
std::set<std::string> staffKeys() {
    namespace files = std::filesystem;
    const files::path root(LIQU_SOURCE_DIR);
    const std::regex key("\"(staff\\.[a-z0-9.-]*)\"");
    std::set<std::string> found;
    for (const char* folder : {"firmware/session", "ui/screens"}) {
        for (const auto& entry : files::directory_iterator(root / folder)) {
            if (!entry.path().filename().string().starts_with("staff_")) continue;
            std::ostringstream stream;
            stream << std::ifstream(entry.path()).rdbuf();
            const std::string text = stream.str();
            for (std::sregex_iterator at(text.begin(), text.end(), key), end; at != end; ++at) {
                found.insert((*at)[1]);
            }
        }
    }
    return found;
}

bool isFamily(const std::string& key) {
    return key.ends_with('.') || key.ends_with('-');
}

bool isOfStaff(const std::string& key, const std::set<std::string>& keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const std::string& known) {
        return key == known || (isFamily(known) && key.starts_with(known));
    });
}

Phrases everyPhrase() {
    Phrases found = framePhrases();
    for (const auto& shown : test::gallery(Language::chinese, Instant{})) {
        const Phrases more = phrasesOf(shown.screen);
        found.insert(found.end(), more.begin(), more.end());
    }
    for (const ErrorCode code : allErrorCodes()) {
        found.push_back({ui::errorWhat(code)});
        found.push_back({ui::errorNext(code)});
    }
    return found;
}

}  // namespace

TEST_CASE("every text shown exists in both languages, with the placeholders it is given") {
    const ui::Words words = shippedWords();
    for (const Language language : {Language::chinese, Language::english}) {
        for (const ui::Phrase& phrase : everyPhrase()) {
            CAPTURE(phrase.key);
            CHECK(words.has(language, phrase.key));
            const std::string text = words.text(language, phrase);
            CHECK(text.find('{') == std::string::npos);
            CHECK_FALSE(text.empty());
        }
    }
}

TEST_CASE("no text is left over") {
    const ui::Words words = shippedWords();
    std::set<std::string> used;
    for (const ui::Phrase& phrase : everyPhrase()) used.insert(phrase.key);
    const auto staff = staffKeys();
    for (const Language language : {Language::chinese, Language::english}) {
        for (const auto& [key, text] : words.all(language)) {
            CAPTURE(key);
            CHECK((used.contains(key) || isOfStaff(key, staff)));
        }
    }
}

TEST_CASE("every text of staff exists in both languages") {
    const ui::Words words = shippedWords();
    for (const std::string& key : staffKeys()) {
        CAPTURE(key);
        if (isFamily(key)) continue;
        CHECK(words.has(Language::chinese, key));
        CHECK(words.has(Language::english, key));
    }
}

TEST_CASE("both languages have the same keys and placeholders") {
    const ui::Words words = shippedWords();
    CHECK(words.all(Language::chinese).size() == words.all(Language::english).size());
    for (const auto& [key, text] : words.all(Language::chinese)) {
        CAPTURE(key);
        REQUIRE(words.has(Language::english, key));
        auto here = ui::placeholdersOf(text);
        auto there = ui::placeholdersOf(words.all(Language::english).find(key)->second);
        CHECK(std::set(here.begin(), here.end()) == std::set(there.begin(), there.end()));
    }
}

TEST_CASE("a key without words shows itself, and values are put in once") {
    const ui::Words words = shippedWords();
    CHECK(words.text(Language::english, {"no.such"}) == "[no.such]");
    CHECK(words.text(Language::english, {"frame.time-left", {{"seconds", "{seconds}"}}}) ==
          "{seconds} seconds left");
}
