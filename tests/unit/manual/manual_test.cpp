// The manuals' text, without walking: every key, walk and screen that it names exists, so that a
// word or screen with another name breaks this and not the manual.
#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "firmware/base/config_file.hpp"
#include "tests/manual/manual_text.hpp"
#include "tests/support/scratch.hpp"
#include "tests/window/ui/gallery.hpp"
#include "tests/world/main/visits.hpp"

namespace {

using namespace liqu;
using namespace liqu::manual;
namespace files = std::filesystem;

const files::path texts = LIQU_SOURCE_DIR "/docs/manual";
constexpr const char* names[] = {"citizen", "branch", "technician"};

const ui::Dictionary& words() {
    static const ui::Dictionary all =
        ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    return all;
}

Manual read(const std::string& name) {
    auto manual = readManual(texts / (name + ".toml"), words());
    REQUIRE_MESSAGE(manual, (manual ? "" : describe(manual.error())));
    return std::move(*manual);
}

std::vector<Step> stepsOf(const Manual& manual) {
    std::vector<Step> steps;
    for (const Chapter& chapter : manual.chapters) {
        steps.insert(steps.end(), chapter.steps.begin(), chapter.steps.end());
    }
    return steps;
}

// All that is printed, the title apart.
std::vector<std::string> saidIn(const Manual& manual) {
    std::vector<std::string> said;
    const auto add = [&said](const std::vector<Passage>& passages) {
        for (const Passage& one : passages) said.push_back(one.text);
    };
    add(manual.opening);
    for (const Chapter& chapter : manual.chapters) {
        add({chapter.title, chapter.purpose});
        add(chapter.needs);
        add(chapter.notes);
        for (const Step& step : chapter.steps) add({step.title, step.does, step.comes});
        for (const Trouble& trouble : chapter.troubles) add({trouble.seen, trouble.help});
    }
    return said;
}

// What stands in quotes in the sources of this folder: those who put pages together name them so.
void addQuoted(const files::path& folder, std::set<std::string>& found) {
    for (const auto& entry : files::directory_iterator(folder)) {
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        for (std::size_t open = text.find('"'); open != std::string::npos;) {
            const std::size_t close = text.find('"', open + 1);
            if (close == std::string::npos) break;
            found.insert(text.substr(open + 1, close - open - 1));
            open = text.find('"', close + 1);
        }
    }
}

const std::set<std::string>& screens() {
    static const std::set<std::string> known = [] {
        std::set<std::string> all;
        for (const auto& shown : test::gallery(screen::Language::chinese, Instant{})) {
            all.emplace(nameOf(shown.screen.content));
        }
        for (const char* folder : {"firmware/session", "firmware/services", "ui/screens"}) {
            addQuoted(files::path(LIQU_SOURCE_DIR) / folder, all);
        }
        return all;
    }();
    return known;
}

Result<Manual> written(const std::string& text) {
    const test::Scratch scratch;
    const files::path file = scratch.folder() / "manual.toml";
    std::ofstream(file) << "title = \"t\"\nreader = \"r\"\n" << text;
    return readManual(file, words());
}

std::string whyNot(const Result<Manual>& manual) {
    return manual ? "" : describe(manual.error());
}

const std::string chapter = "[[chapter]]\ntitle = \"c\"\npurpose = \"p\"\n";

TEST_CASE("each manual names screens that there are") {
    for (const char* name : names) {
        CAPTURE(name);
        const std::vector<Step> steps = stepsOf(read(name));
        CHECK(steps.size() > 10);
        for (const Step& step : steps) {
            CHECK_MESSAGE(screens().contains(step.picture.screen), step.picture.screen);
        }
    }
    CHECK_FALSE(screens().contains("staff-nowhere"));
}

TEST_CASE("each walk that a manual shows is played by a visit and in a region of the tree") {
    const auto walks = readWalks(texts / "walks.toml");
    REQUIRE(walks);
    std::set<std::string> known;
    for (const Walk& walk : *walks) {
        CAPTURE(walk.name);
        CHECK(known.insert(walk.name).second);
        if (!walk.visit.empty()) CHECK(world::visitNamed(walk.visit) != nullptr);
        if (walk.region.empty()) continue;
        const std::string region = "kiosk-config/regions/" + walk.region + ".toml";
        CHECK(files::exists(files::path(LIQU_SOURCE_DIR) / region));
    }
    std::set<std::string> shown;
    for (const char* name : names) {
        for (const Step& step : stepsOf(read(name))) shown.insert(step.picture.walk);
    }
    CHECK(shown == known);
}

TEST_CASE("no manual says a word that the field does not use") {
    const auto glossary = ConfigFile::read(LIQU_SOURCE_DIR "/kiosk-config/strings/glossary.toml");
    REQUIRE(glossary);
    REQUIRE(glossary->count("zh-CN") > 0);
    for (std::size_t i = 0; i < glossary->count("zh-CN"); ++i) {
        const std::string at = "zh-CN[" + std::to_string(i) + "]";
        const std::string wrong = glossary->text(at + ".wrong").value();
        for (const char* name : names) {
            for (const std::string& said : saidIn(read(name))) {
                CHECK_FALSE_MESSAGE(std::regex_search(said, std::regex(wrong)), name, ": ", said,
                                    ", not ", wrong);
            }
        }
    }
}

TEST_CASE("what is said of a code is the kiosk's own") {
    const auto manual = written(chapter + "[[chapter.trouble]]\ncode = \"10203\"\n");
    REQUIRE_MESSAGE(manual, whyNot(manual));
    const Trouble& trouble = manual->chapters.at(0).troubles.at(0);
    CHECK(trouble.seen.text == words().text(screen::Language::chinese, {"error.10203.what"}));
    CHECK(trouble.help.text == words().text(screen::Language::chinese, {"error.10203.next"}));
}

TEST_CASE("staff are told what they can do where the kiosk tells them") {
    const std::string code = "[[chapter.trouble]]\ncode = \"70108\"\n";
    const auto manual = written("staff = true\n" + chapter + code);
    REQUIRE_MESSAGE(manual, whyNot(manual));
    CHECK(manual->chapters.at(0).troubles.at(0).help.text ==
          words().text(screen::Language::chinese, {"staff.error.70108"}));
    const auto citizens = written(chapter + code);
    REQUIRE_MESSAGE(citizens, whyNot(citizens));
    CHECK(citizens->chapters.at(0).troubles.at(0).help.text !=
          manual->chapters.at(0).troubles.at(0).help.text);
}

TEST_CASE("a key that no words have is refused, and so is what cannot be printed") {
    const auto refused = [](const std::string& purpose) {
        return whyNot(written("[[chapter]]\ntitle = \"c\"\npurpose = \"" + purpose + "\"\n"));
    };
    CHECK(refused("点[welcome.start]") == "");
    CHECK(refused("点[welcome.gone]").find("welcome.gone") != std::string::npos);
    CHECK(refused("点[开始]").find("bracket") != std::string::npos);
    CHECK(refused("点[welcome.start").find("bracket") != std::string::npos);
    CHECK(refused("[frame.time-left]").find("placeholder") != std::string::npos);
    CHECK(whyNot(written(chapter + "[[chapter.trouble]]\ncode = \"99999\"\n")) != "");
    CHECK(whyNot(written(chapter + "[[chapter.trouble]]\nseen = \"x\"\n")) != "");
    CHECK(whyNot(written(chapter + "colour = \"red\"\n")) != "");
    CHECK(whyNot(written("")) != "");
}

TEST_CASE("a picture is a walk, a screen, and which of them") {
    const auto step = [](const std::string& picture) {
        return written(chapter + "[[chapter.step]]\npicture = \"" + picture +
                       "\"\ntitle = \"t\"\ndoes = \"d\"\n");
    };
    const auto second = step("loss/attendant#2");
    REQUIRE_MESSAGE(second, whyNot(second));
    const Picture& picture = second->chapters.at(0).steps.at(0).picture;
    CHECK(picture.walk == "loss");
    CHECK(picture.screen == "attendant");
    CHECK(picture.which == 2);
    for (const char* wrong :
         {"attendant", "loss/attendant#", "loss/attendant#0", "loss/attendant#x"})
        CHECK_MESSAGE(!step(wrong), wrong);
}

}  // namespace
