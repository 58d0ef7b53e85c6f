// The file of PINs that are refused: the shipped one, and what is wrong in others.
#include "firmware/policy/weak_pins.hpp"

#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::policy {
namespace {

Result<card::PinRules> load(const std::string& toml) {
    const test::Scratch scratch;
    REQUIRE(writeWholeFile(scratch.file("weak.toml"), bytesOf(toml)));
    return loadWeakPins(scratch.file("weak.toml"));
}

TEST_CASE("weak PINs: the shipped file has the usual patterns and the numbers many choose") {
    const auto rules = loadWeakPins(LIQU_SOURCE_DIR "/kiosk-config/pins/weak-pins.toml");
    REQUIRE(rules.has_value());
    CHECK(rules->patterns.size() == 6);
    CHECK(rules->values.contains("159357"));
    CHECK(rules->values.contains("258369"));
}

TEST_CASE("weak PINs: a pattern nobody knows, a value that is no PIN and no basis are refused") {
    const std::string good = "basis = \"x\"\npatterns = [\"steps\"]\nvalues = [\"159357\"]\n";
    CHECK(load(good).has_value());
    for (const char* bad : {"basis = \"\"\npatterns = []\nvalues = []\n",
                            "basis = \"x\"\npatterns = [\"odd\"]\nvalues = []\n",
                            "basis = \"x\"\npatterns = []\nvalues = [\"12a456\"]\n",
                            "basis = \"x\"\npatterns = []\nvalues = [\"123\"]\n",
                            "basis = \"x\"\npatterns = []\nvalues = []\nmore = 1\n",
                            "patterns = []\nvalues = []\n"}) {
        CAPTURE(bad);
        CHECK_FALSE(load(bad).has_value());
    }
}

}  // namespace
}  // namespace liqu::policy
