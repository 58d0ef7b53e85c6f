// Lines of Chinese break between words: the program that says where, and what it cannot do.
#include "ui/toolkit/word_joiner.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>

#include "tests/support/scratch.hpp"
#include "ui/toolkit/dictionary.hpp"
#include "ui/toolkit/text_layouter.hpp"

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;

const std::filesystem::path strings = LIQU_SOURCE_DIR "/kiosk-config/strings";
const std::string joiner = "\u2060";

Result<std::vector<std::string>> joinedBy(const std::string& program,
                                          const std::vector<std::string>& texts,
                                          std::chrono::milliseconds patience = 5s) {
    return withJoinedWords(texts, program, strings / "zh-CN.words.txt", patience);
}

std::string programSaying(const test::Scratch& scratch, const std::string& script) {
    std::ofstream(scratch.file("program")) << "#!/bin/sh\n" << script << "\n";
    ::chmod(scratch.file("program").c_str(), 0700);
    return scratch.file("program");
}

TEST_CASE("signs of one word are joined, words are not, and nothing else is touched") {
    const auto joined = joinedBy(LIQU_WORDS_PROGRAM, {"您的社会保障卡已经正式挂失",
                                                      "请从出卡口取卡，谢谢{hotline}", "OK", ""});
    REQUIRE_MESSAGE(joined, (joined ? "" : describe(joined.error())));
    REQUIRE(joined->size() == 4);
    const auto holds = [&](std::size_t line, const std::string& text) {
        return joined->at(line).find(text) != std::string::npos;
    };
    CHECK(holds(0, "社" + joiner + "会保" + joiner + "障" + joiner + "卡"));
    // Of the house's own words: ICU does not know it.
    CHECK(holds(0, "正" + joiner + "式挂" + joiner + "失"));
    CHECK(holds(1, "出" + joiner + "卡" + joiner + "口取" + joiner + "卡，"));
    CHECK(holds(1, "{hotline}"));
    CHECK(joined->at(2) == "OK");
    CHECK(withoutJoiners(joined->at(0)) == "您的社会保障卡已经正式挂失");
}

TEST_CASE("a program that is missing, fails, is late or says something else is not believed") {
    const test::Scratch scratch;
    const std::vector<std::string> texts = {"取卡", "换卡"};
    CHECK_FALSE(joinedBy(scratch.file("no-such-program"), texts));
    CHECK_FALSE(joinedBy(programSaying(scratch, "cat; exit 3"), texts));
    CHECK_FALSE(joinedBy(programSaying(scratch, "exec sleep 60"), texts, 200ms));
    CHECK_FALSE(joinedBy(programSaying(scratch, "sed s/取/退/"), texts));
    CHECK_FALSE(joinedBy(programSaying(scratch, "head -n 1"), texts));
    CHECK_FALSE(joinedBy(programSaying(scratch, "cat; echo more"), texts));
    CHECK(joinedBy(programSaying(scratch, "cat"), texts) == texts);
}

TEST_CASE("the screen's words are joined and what is read aloud is not") {
    Dictionary words = Dictionary::read(strings).value();
    std::map<std::string, std::string> before;
    for (const auto& [key, wording] : words.all(Language::chinese))
        before[key] = words.text(Language::chinese, {key, {}});
    REQUIRE(words.joinChineseWords(LIQU_WORDS_PROGRAM));
    std::size_t changed = 0;
    for (const auto& [key, text] : before) {
        const std::string now = words.text(Language::chinese, {key, {}});
        CHECK(withoutJoiners(now) == text);
        if (now != text) ++changed;
        CHECK(words.spoken(Language::chinese, {key, {}}).find(joiner) == std::string::npos);
    }
    CHECK(changed > 500);
    // A slip has them as they stand in the file.
    const Dictionary slips = words.asRead();
    for (const auto& [key, text] : before) CHECK(slips.text(Language::chinese, {key, {}}) == text);
    Dictionary plain = Dictionary::read(strings).value();
    CHECK_FALSE(plain.joinChineseWords("/no-such-program"));
    CHECK(plain.text(Language::chinese, {before.begin()->first, {}}) == before.begin()->second);
}

TEST_CASE("a line does not break inside a joined word") {
    const auto layouter = TextLayouter::open(LIQU_SOURCE_DIR "/kiosk-config/fonts/fonts.conf");
    REQUIRE(layouter);
    TextStyle style{40};
    style.width = 210;  // five signs
    const TextCoverage anywhere = (*layouter)->draw("我们社会保障", style);
    const TextCoverage between =
        (*layouter)->draw("我" + joiner + "们社" + joiner + "会保" + joiner + "障", style);
    CHECK(anywhere.lines == 2);
    CHECK(between.lines == 2);
    CHECK(anywhere.width > 180);
    CHECK(between.width < 170);
}

}  // namespace
}  // namespace liqu::ui
