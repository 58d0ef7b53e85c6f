// Every text that can be shown exists in both languages, and none is left over.
// Rules: G-05, P-01.
#include <algorithm>
#include <cctype>
#include <doctest/doctest.h>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "firmware/base/words.hpp"
#include "firmware/province/message_types.hpp"
#include "firmware/screen/error_words.hpp"
#include "firmware/services/catalogue.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/shown_words.hpp"
#include "tests/window/ui/gallery.hpp"

namespace {

using namespace liqu;
using screen::Language;

ui::Dictionary shippedWords() {
    auto words =
        ui::Dictionary::read(std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/strings");
    REQUIRE_MESSAGE(words, (words ? "" : describe(words.error())));
    return *words;
}

using Phrases = std::vector<ui::Phrase>;

// What header and footer can say on some screen or other.
Phrases framePhrases() {
    Phrases found;
    ui::PageFrame frame{true, true, true, screen::StaffCall::ready, 1, true, "", true};
    std::vector<ui::PageFrame> frames{frame};
    for (const auto call :
         {screen::StaffCall::asked, screen::StaffCall::acknowledged, screen::StaffCall::unheard}) {
        frame.call = call;
        frames.push_back(frame);
    }
    frame.signedIn = "1001";
    frames.push_back(frame);
    for (const ui::PageFrame& one : frames) {
        for (const ui::FooterButton& button : ui::footerButtons(one)) found.push_back(button.label);
    }
    for (const std::string_view key : ui::stagesOfCard) found.push_back({std::string(key)});
    for (const std::string_view key : ui::stagesWithoutCard) found.push_back({std::string(key)});
    found.push_back({"frame.time-left", {{"seconds", "1"}}});
    found.push_back({"frame.more-time"});
    found.push_back({"frame.part-next", {{"part", "1"}, {"parts", "2"}}});
    found.push_back({"frame.part-before"});
    // Where the region names no place of its own.
    found.push_back({"place.counter"});
    found.push_back({"place.formalLossPlace"});
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
            const std::string name = entry.path().filename().string();
            if (!name.starts_with("staff_") && !name.starts_with("readiness_certificate") &&
                !name.starts_with("machine_readings")) {
                continue;
            }
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

// What the window lays over a page.
Phrases overlayPhrases(const ui::Dictionary& words) {
    screen::Frame frame;
    frame.canGoHome = true;
    for (const auto& [language, writing] : words.languages().all()) {
        frame.languages.push_back(language);
    }
    const auto sizes = wordTable<screen::LetterSize>.values();
    screen::Frame listens = frame;
    listens.comfort.speech = screen::Speech::loud;
    screen::Frame voiceless = frame;
    voiceless.comfort.language = *Language::of("ug");
    const auto settings = [&](const screen::Frame& of, ui::Health health) {
        return ui::settingsPage(of, words.languages(), {sizes.begin(), sizes.end()},
                                {{screen::Speech::loud, screen::Speech::headphones}, health});
    };
    // Said and never shown.
    Phrases found = {{"speech.can-touch"},
                     {"speech.chosen", {{"what", ""}}},
                     {"speech.private"},
                     {"speech.dark"},
                     {"speech.can-darken"}};
    screen::Frame listensAlone = frame;
    listensAlone.comfort.speech = screen::Speech::headphones;
    for (const ui::Page& page :
         {settings(listens, ui::Health::works), settings(listens, ui::Health::failed),
          settings(listensAlone, ui::Health::works), settings(voiceless, ui::Health::works),
          ui::stillTherePage(frame, 9)}) {
        for (const auto& shown : test::shownWords(page, {})) found.push_back(shown.phrase);
    }
    return found;
}

Phrases everyPhrase() {
    Phrases found = framePhrases();
    for (const ui::Phrase& phrase : overlayPhrases(shippedWords())) found.push_back(phrase);
    for (const auto& shown : test::gallery(Language::chinese, Instant{})) {
        for (const test::ShownWords& words : test::shownWords(shown.screen)) {
            found.push_back(words.phrase);
        }
    }
    for (const ErrorCode code : allErrorCodes()) {
        found.push_back(screen::whatHappened(code));
        found.push_back(screen::whatIsNext(code));
    }
    return found;
}

}  // namespace

TEST_CASE("every text shown exists in each language, with the placeholders it is given") {
    const ui::Dictionary words = shippedWords();
    for (const auto& [language, writing] : words.languages().all()) {
        for (const ui::Phrase& phrase : everyPhrase()) {
            if (!writing.staff && phrase.key.starts_with("staff.")) continue;
            CAPTURE(phrase.key);
            CAPTURE(std::string(nameOf(language)));
            CHECK(words.has(language, phrase.key));
            const std::string text = words.text(language, phrase);
            CHECK(text.find('{') == std::string::npos);
            CHECK_FALSE(text.empty());
        }
    }
}

namespace {

std::vector<std::string> placeholdersOf(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) break;
        names.emplace_back(text.substr(open + 1, close - open - 1));
    }
    return names;
}

// What the guides of the shipped regions say, and the places that their words name.
std::set<std::string> keysOfGuides() {
    const std::filesystem::path folder(LIQU_SOURCE_DIR "/kiosk-config/regions");
    std::set<std::string> found;
    for (const char* name : test::shippedRegions) {
        const auto region = policy::loadRegionPolicy(folder / (std::string(name) + ".toml"),
                                                     {.termsOf = services::termsOf});
        REQUIRE(region);
        for (const auto& shown : test::guideGallery(Language::chinese, *region)) {
            for (const auto& words : test::shownWords(shown.screen)) found.insert(words.phrase.key);
        }
        const auto own = ui::Dictionary::read(region->words);
        REQUIRE(own);
        for (const auto& [key, wording] : own->all(Language::chinese)) {
            for (const std::string& place : placeholdersOf(wording.text)) {
                found.insert("place." + place);
            }
        }
    }
    return found;
}

}  // namespace

TEST_CASE("no text is left over") {
    const ui::Dictionary words = shippedWords();
    std::set<std::string> used = keysOfGuides();
    for (const ui::Phrase& phrase : everyPhrase()) used.insert(phrase.key);
    const auto staff = staffKeys();
    for (const auto& [language, writing] : words.languages().all()) {
        for (const auto& [key, wording] : words.all(language)) {
            CAPTURE(key);
            CHECK((used.contains(key) || isOfStaff(key, staff)));
        }
    }
}

TEST_CASE("whatever waits for the province, and why it waits, has words for staff") {
    const ui::Dictionary words = shippedWords();
    const auto check = [&words](const std::string& family, std::string_view name) {
        std::string key = family + std::string(name);
        std::ranges::transform(key, key.begin(), [](unsigned char sign) {
            return sign == '_' ? '-' : static_cast<char>(std::tolower(sign));
        });
        std::replace(key.begin() + static_cast<std::ptrdiff_t>(family.size()), key.end(), '.', '-');
        CAPTURE(key);
        CHECK(words.has(Language::chinese, key));
        CHECK(words.has(Language::english, key));
    };
    for (const auto type : wordTable<province::MessageType>.values()) {
        if (province::kindOf(type) == province::MessageKind::fact)
            check("staff.message.", nameOf(type));
    }
    for (const auto code : wordTable<province::ReplyCode>.values()) {
        if (code > province::ReplyCode::partial) check("staff.outcome.", nameOf(code));
    }
    check("staff.outcome.", "NOT_SENT");
}

TEST_CASE("every text of staff exists in both languages") {
    const ui::Dictionary words = shippedWords();
    for (const std::string& key : staffKeys()) {
        CAPTURE(key);
        if (isFamily(key)) continue;
        CHECK(words.has(Language::chinese, key));
        CHECK(words.has(Language::english, key));
    }
}

TEST_CASE("both languages have the same keys and placeholders") {
    const ui::Dictionary words = shippedWords();
    CHECK(words.all(Language::chinese).size() == words.all(Language::english).size());
    for (const auto& [key, wording] : words.all(Language::chinese)) {
        CAPTURE(key);
        REQUIRE(words.has(Language::english, key));
        for (const std::string& other : {wording.easyText(), wording.spokenText()}) {
            CHECK(placeholdersOf(other) == placeholdersOf(wording.text));
        }
        auto here = placeholdersOf(wording.text);
        auto there = placeholdersOf(words.all(Language::english).find(key)->second.text);
        CHECK(std::set(here.begin(), here.end()) == std::set(there.begin(), there.end()));
    }
}

namespace {

// Signs of a text, its placeholders apart.
std::size_t signsOf(const std::string& text) {
    const std::string bare = std::regex_replace(text, std::regex("\\{[^}]*\\}"), "");
    return static_cast<std::size_t>(std::ranges::count_if(
        bare, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

}  // namespace

TEST_CASE("easy words are short, and there for a reason") {
    const ui::Dictionary words = shippedWords();
    std::size_t seen = 0;
    for (const Language language : {Language::chinese, Language::english}) {
        const std::size_t most = language == Language::chinese ? 8 : 28;
        for (const auto& [key, wording] : words.all(language)) {
            if (wording.easyText() == wording.text) continue;
            CAPTURE(key);
            CAPTURE(wording.easyText());
            CHECK(signsOf(wording.easyText()) <= most);
            CHECK(signsOf(wording.easyText()) < signsOf(wording.text));
            ++seen;
        }
    }
    CHECK(seen > 0);
}

namespace {

// A folder whose Chinese words are these.
Result<ui::Dictionary> dictionaryOf(const std::string& chinese) {
    const test::Scratch scratch;
    std::ofstream(scratch.folder() / "zh-CN.toml") << chinese;
    std::ofstream(scratch.folder() / "en.toml") << "[take-card]\nquestion = \"Take your card\"\n";
    return ui::Dictionary::read(scratch.folder());
}

}  // namespace

TEST_CASE("a word may say how it is read aloud, how it is said easily, and where it points") {
    const auto words = dictionaryOf(
        "[take-card.question]\ntext = \"卡做好了，请取卡\"\n"
        "easy = \"请取卡\"\nplace = \"mouth\"\nprivate = true\n"
        "[take-card]\nwhere = \"绿灯\"\n");
    REQUIRE(words);
    CHECK(words->text(Language::chinese, {"take-card.question"}) == "卡做好了，请取卡");
    const auto& all = words->all(Language::chinese);
    REQUIRE(all.size() == 2);
    const ui::Wording& question = all.find("take-card.question")->second;
    CHECK(question.easyText() == "请取卡");
    CHECK(question.spokenText() == question.text);
    CHECK(question.place == ui::MachinePart::mouth);
    CHECK(question.isPrivate);
    const ui::Wording& where = all.find("take-card.where")->second;
    CHECK(where.easyText() == "绿灯");
    CHECK(where.spokenText() == "绿灯");
    CHECK(where.place == ui::MachinePart::none);
    CHECK_FALSE(where.isPrivate);
}

TEST_CASE("what stands beside a word and means nothing is refused with file and line") {
    for (const char* beside : {"sya = \"…\"", "place = \"moon\"", "private = 1", "easy = 3"}) {
        CAPTURE(std::string(beside));
        const auto words =
            dictionaryOf("[take-card.question]\ntext = \"取卡\"\n" + std::string(beside) + "\n");
        REQUIRE_FALSE(words);
        CHECK(words.error().cause.find("zh-CN.toml:3") != std::string::npos);
    }
}

TEST_CASE("each further language has the citizens' keys, and the placeholders of the Chinese") {
    const ui::Dictionary words = shippedWords();
    for (const auto& [language, writing] : words.languages().all()) {
        CAPTURE(std::string(nameOf(language)));
        for (const auto& [key, wording] : words.all(Language::chinese)) {
            CAPTURE(key);
            if (!words.has(language, key)) {
                CHECK((!writing.staff && key.starts_with("staff.")));
                continue;
            }
            const ui::Wording& there = words.all(language).find(key)->second;
            const auto expected = placeholdersOf(wording.text);
            for (const std::string& text : {there.text, there.easyText(), there.spokenText()}) {
                const auto names = placeholdersOf(text);
                CHECK(std::set(names.begin(), names.end()) ==
                      std::set(expected.begin(), expected.end()));
            }
        }
        for (const auto& [key, wording] : words.all(language)) {
            CHECK_MESSAGE(words.has(Language::chinese, key), key);
        }
    }
}

TEST_CASE("what a language has no words for is said in Chinese") {
    const ui::Dictionary words = shippedWords();
    const Language uyghur = *Language::of("ug");
    CHECK(words.text(uyghur, {"staff.menu.question"}) ==
          words.text(Language::chinese, {"staff.menu.question"}));
}

TEST_CASE("a value among words that are read from the right keeps its own direction") {
    const ui::Dictionary words = shippedWords();
    const Language uyghur = *Language::of("ug");
    const std::string text = words.text(uyghur, {"frame.time-left", {{"seconds", "12"}}});
    CHECK(text.find("\u206612\u2069") != std::string::npos);
    const std::string name = words.text(uyghur, {"frame.time-left", {{"seconds", "ئالتە"}}});
    CHECK(name.find("\u2068ئالتە\u2069") != std::string::npos);
    CHECK(words.text(Language::chinese, {"frame.time-left", {{"seconds", "12"}}}).find("\u2066") ==
          std::string::npos);
}

TEST_CASE("languages.toml is read strictly") {
    for (const char* wrong :
         {"[x]\nname = \"X\"\ndirection = \"ltr\"\nfonts = [\"A\"]\n",
          "[zh-CN]\nname = \"中文\"\ndirection = \"up\"\nfonts = [\"A\"]\n",
          "[zh-CN]\nname = \"中文\"\ndirection = \"ltr\"\nfonts = []\n",
          "[zh-CN]\nname = \"中文\"\ndirection = \"ltr\"\nfonts = [\"A\"]\nloud = true\n",
          "[en]\nname = \"English\"\ndirection = \"ltr\"\nfonts = [\"A\"]\n"}) {
        CAPTURE(std::string(wrong));
        const test::Scratch scratch;
        std::ofstream(scratch.folder() / "languages.toml") << wrong;
        CHECK_FALSE(ui::Languages::read(scratch.folder()));
    }
}

TEST_CASE("a key without words shows itself, and values are put in once") {
    const ui::Dictionary words = shippedWords();
    CHECK(words.text(Language::english, {"no.such"}) == "[no.such]");
    CHECK(words.text(Language::english, {"frame.time-left", {{"seconds", "{counter}"}}}) ==
          "{counter} seconds left");
}

TEST_CASE("a place is called as the region calls it, else by its common name") {
    ui::Dictionary words = shippedWords();
    const ui::Phrase phrase{"closed.elsewhere"};
    const std::string common = words.text(Language::chinese, phrase);
    CHECK(common.find(words.text(Language::chinese, {"place.counter"})) != std::string::npos);
    words.usePlaces({{"counter", "三号窗口"}, {"formalLossPlace", ""}});
    CHECK(words.text(Language::chinese, phrase).find("三号窗口") != std::string::npos);
    // Who shares the words has places of their own.
    const ui::Dictionary shared = words.asRead();
    CHECK(shared.text(Language::chinese, phrase) == common);
    CHECK(&shared.all(Language::english) == &words.all(Language::english));
    words.usePlaces({});
    CHECK(words.text(Language::chinese, phrase) == common);
}
