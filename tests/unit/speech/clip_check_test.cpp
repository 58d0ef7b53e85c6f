// The manifests against the words of the pages: those of the tree, and two clips that
// scripts/record-clip made for tests.
#include "ui/speech/clip_check.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"
#include "ui/speech/utterances.hpp"

namespace liqu::ui {
namespace {

using screen::Language;

const std::filesystem::path strings = LIQU_SOURCE_DIR "/kiosk-config/strings";
const std::filesystem::path testClips = LIQU_SOURCE_DIR "/tests/unit/speech/clips";

std::string faultsIn(const std::filesystem::path& folder, const Dictionary& words,
                     const Dictionary& region, const Language& language) {
    const auto clips = Clips::read(folder, language);
    REQUIRE(clips);
    std::string all;
    for (const Error& fault : faultsOfClips(*clips, words, region, language))
        all += describe(fault) + "\n";
    return all;
}

Dictionary wordsWith(const test::Scratch& scratch, const std::string& from, const std::string& to) {
    std::filesystem::copy(strings, scratch.file("strings"),
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
    const std::filesystem::path file = scratch.folder() / "strings/en.toml";
    std::string text = textOf(readWholeFile(file).value());
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    REQUIRE(writeWholeFile(file, bytesOf(text)));
    return Dictionary::read(scratch.file("strings")).value();
}

std::string manifest(const std::string& key, const std::string& file, const std::string& words) {
    return "[" + key + "]\nfile = \"" + file + "\"\nwords = \"" + digestOfWords(words) + "\"\n";
}

TEST_CASE("every clip of the tree is of the words that stand there") {
    const Dictionary words = Dictionary::read(strings).value();
    for (const auto& [language, writing] : words.languages().all()) {
        for (const auto& folder :
             {std::filesystem::path(LIQU_SOURCE_DIR "/kiosk-config/speech"), testClips})
            CHECK(faultsIn(folder, words, words, language) == "");
    }
    for (const Language& language : {Language::chinese, Language::english})
        CHECK(Clips::read(testClips, language)->all().size() == 1);
}

TEST_CASE("a clip whose words have changed is named, one of the region's words is right") {
    const test::Scratch scratch;
    const Dictionary usual = Dictionary::read(strings).value();
    const Dictionary changed = wordsWith(scratch, "done = \"OK\"", "done = \"Okay\"");
    CHECK(faultsIn(testClips, changed, changed, Language::english)
              .find("en.toml: settings.done: other words were recorded") != std::string::npos);
    CHECK(faultsIn(testClips, changed, usual, Language::english) == "");
    CHECK(faultsIn(testClips, usual, changed, Language::english) == "");
}

TEST_CASE("a clip of no words, of words with a value, without a file or of noise is named") {
    const test::Scratch scratch;
    const Dictionary words = Dictionary::read(strings).value();
    const std::string hearing = words.all(Language::english).at("settings.hearing").spokenText();
    const std::string done = words.all(Language::english).at("settings.done").spokenText();
    REQUIRE(writeWholeFile(scratch.file("noise.wav"), bytesOf("RIFF of nobody")));
    REQUIRE(writeWholeFile(scratch.file("en.toml"),
                           bytesOf(manifest("no.such", "noise.wav", "a") +
                                   manifest("settings.hearing", "noise.wav", hearing) +
                                   manifest("settings.done", "noise.wav", done) +
                                   manifest("act.back", "gone.wav", "b"))));
    const std::string all = faultsIn(scratch.folder(), words, words, Language::english);
    CAPTURE(all);
    CHECK(all.find("no.such: there are no such words") != std::string::npos);
    CHECK(all.find("settings.hearing: words with a value") != std::string::npos);
    CHECK(all.find("settings.done: noise.wav: is no WAVE") != std::string::npos);
    CHECK(all.find("act.back: ") != std::string::npos);
    CHECK(std::ranges::count(all, '\n') == 4);
}

TEST_CASE("what has no clip yet is listed for each language; staff and values are not") {
    const Dictionary words = Dictionary::read(strings).value();
    for (const Language& language : {Language::chinese, Language::english}) {
        const auto clips = Clips::read(testClips, language);
        REQUIRE(clips);
        const auto all = recordableWords(words, *clips, language);
        CHECK(all.size() > 200);
        CHECK(std::ranges::count_if(all, &Recordable::hasClip) == 1);
        CHECK(std::ranges::none_of(all, [](const Recordable& one) {
            return one.key.starts_with("staff.") || one.words.find('{') != std::string::npos ||
                   one.isStale;
        }));
    }
}

}  // namespace
}  // namespace liqu::ui
