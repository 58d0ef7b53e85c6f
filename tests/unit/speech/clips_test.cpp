// Recorded clips: found by key and by the very words that were recorded.
#include "ui/speech/clips.hpp"

#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::ui {
namespace {

const screen::Language english = screen::Language::english;

Result<Clips> clipsOf(const test::Scratch& scratch, const std::string& toml) {
    REQUIRE(writeWholeFile(scratch.file("en.toml"), bytesOf(toml)));
    return Clips::read(scratch.folder(), english);
}

TEST_CASE("the digest is the one that stands in the manifests") {
    // FNV-1a, 64 bits, as its authors publish them.
    CHECK(digestOfWords("") == "cbf29ce484222325");
    CHECK(digestOfWords("a") == "af63dc4c8601ec8c");
    CHECK(digestOfWords("foobar") == "85944171f73967e8");
}

TEST_CASE("a clip is used for the words that were recorded, and for no others") {
    const test::Scratch scratch;
    const auto clips = clipsOf(scratch, "[take-card.question]\nfile = \"en/take.wav\"\nwords = \"" +
                                            digestOfWords("Take it") + "\"\n");
    REQUIRE(clips);
    CHECK(clips->find("take-card.question", "Take it") == scratch.folder() / "en/take.wav");
    CHECK_FALSE(clips->find("take-card.question", "Take your card"));
    CHECK(clips->isStale("take-card.question", "Take your card"));
    CHECK_FALSE(clips->isStale("take-card.question", "Take it"));
    CHECK_FALSE(clips->find("welcome.question", "Take it"));
    CHECK_FALSE(clips->isStale("welcome.question", "Take it"));
}

TEST_CASE("without a manifest there are no clips; a wrong one is refused") {
    const test::Scratch scratch;
    const auto none = Clips::read(scratch.file("no-such-folder"), english);
    REQUIRE(none);
    CHECK_FALSE(none->find("take-card.question", ""));
    for (const char* wrong :
         {"[a]\nfile = \"/etc/passwd\"\nwords = \"0123456789abcdef\"",
          "[a]\nfile = \"../x.wav\"\nwords = \"0123456789abcdef\"", "[a]\nfile = \"x.wav\"",
          "[a]\nwords = \"0123456789abcdef\"", "[a]\nfile = \"\"\nwords = \"0123456789abcdef\"",
          "[a]\nfile = \"x.wav\"\nwords = \"0123456789abcdef\"\nrate = 7", "a = 3",
          "[a]\nfile = \"x.wav\"\nwords = \"0123\"",
          "[a]\nfile = \"x.wav\"\nwords = \"0123456789ABCDEF\""}) {
        CAPTURE(std::string(wrong));
        CHECK_FALSE(clipsOf(scratch, wrong));
    }
}

}  // namespace
}  // namespace liqu::ui
