#include "firmware/session/staff_causes.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "firmware/session/staff_counter.hpp"

using namespace liqu;
using session::causeWords;

namespace {

// The sources that write causes, with literals that were broken over lines joined again.
std::string sourcesOfCauses() {
    std::string all;
    for (const char* folder : {"custody", "issuance", "desk", "session", "staff", "card"}) {
        const auto path = std::filesystem::path(LIQU_SOURCE_DIR) / "firmware" / folder;
        for (const auto& entry : std::filesystem::directory_iterator(path)) {
            if (entry.path().filename() == "staff_causes.cpp") continue;
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            all += text.str();
        }
    }
    return std::regex_replace(all, std::regex("\"\\s*\n\\s*\""), "");
}

}  // namespace

TEST_CASE("a cause becomes words, with its numbers and without what has no words") {
    auto words = causeWords("A00000046 is in the books already, at hopper-1");
    REQUIRE(words);
    CHECK(words->key == "staff.cause.known");
    CHECK(words->values == std::vector<std::pair<std::string, std::string>>{{"a", "A00000046"}});
    words = causeWords("A00000046 is in the books already, at vault, box 0001");
    REQUIRE(words);
    CHECK(words->key == "staff.cause.known-at-box");
    CHECK(words->values.back().second == "0001");
    words = causeWords("A00000003 to A00000102 are 11 cards, the label says 100");
    REQUIRE(words);
    CHECK(words->values.size() == 4);
}

TEST_CASE("why a lane stands still: a session, a difference, or a card that may have left it") {
    CHECK(session::stopWords({"", 7, {}}).key == "staff.lane.exchange");
    CHECK(session::stopWords({"", {}, 7}).key == "staff.lane.locked");
    CHECK(session::stopWords({"", {}, {}}).key == "staff.lane.in-doubt");
    const auto words =
        causeWords("lane 2 is stopped: a card may have left it unseen; count the day");
    REQUIRE(words);
    CHECK(words->key == "staff.cause.lane-in-doubt");
    CHECK(words->values == std::vector<std::pair<std::string, std::string>>{{"a", "2"}});
}

TEST_CASE("a cause that is not known has no words") {
    for (const char* cause : {"", "SQLITE_CORRUPT: database disk image is malformed",
                              "A00000046 is in the books", " was never here"}) {
        CAPTURE(std::string(cause));
        CHECK_FALSE(causeWords(cause));
    }
}

TEST_CASE("every sentence that is known is one the books write") {
    const std::string sources = sourcesOfCauses();
    const std::regex gap("\\{.\\}");
    for (const session::CausePattern& row : session::causePatterns()) {
        const std::string pattern(row.pattern);
        for (std::sregex_token_iterator at(pattern.begin(), pattern.end(), gap, -1), end; at != end;
             ++at) {
            const std::string words = *at;
            if (words.size() < 5) continue;
            CAPTURE(pattern);
            CAPTURE(words);
            CHECK(sources.find(words) != std::string::npos);
        }
    }
}
