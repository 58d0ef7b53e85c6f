// Rules: K-03.
// Working days: what the notices of the State Council's office move about, and what nobody knows.
#include "firmware/policy/workdays.hpp"

#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using policy::Workdays;

namespace {

Workdays shipped() {
    return Workdays::load(LIQU_SOURCE_DIR "/kiosk-config/holidays").value();
}

std::string after(const Workdays& workdays, int year, unsigned month, unsigned day, int days) {
    const auto found = workdays.after(
        Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}, days);
    return found ? formatDate(*found) : "";
}

struct Folder {
    test::Scratch scratch;
    void put(const std::string& name, const std::string& toml) {
        REQUIRE(writeWholeFile(scratch.file(name), bytesOf(toml)));
    }
    Result<Workdays> load() const { return Workdays::load(scratch.file(".")); }
};

}  // namespace

TEST_CASE("ten working days go around weekends, holidays and weekends that are worked") {
    const Workdays workdays = shipped();
    // A week without a holiday: Monday to the Monday after next.
    CHECK(after(workdays, 2024, 6, 17, 10) == "20240701");
    CHECK(after(workdays, 2024, 6, 14, 1) == "20240617");
    CHECK(after(workdays, 2024, 6, 15, 1) == "20240617");
    // The National Day of 2024: 29 September and 12 October are worked, 1 to 7 October are not.
    CHECK(after(workdays, 2024, 9, 27, 1) == "20240929");
    CHECK(after(workdays, 2024, 9, 27, 2) == "20240930");
    CHECK(after(workdays, 2024, 9, 27, 3) == "20241008");
    CHECK(after(workdays, 2024, 9, 27, 7) == "20241012");
    CHECK(after(workdays, 2024, 9, 27, 10) == "20241016");
    // Over the end of a year, and the Spring Festivals.
    CHECK(after(workdays, 2024, 12, 31, 1) == "20250102");
    CHECK(after(workdays, 2025, 1, 27, 1) == "20250205");
    CHECK(after(workdays, 2026, 2, 13, 2) == "20260224");
}

TEST_CASE("a year without a table is not guessed") {
    const Workdays workdays = shipped();
    CHECK_FALSE(workdays.knows(std::chrono::year{2027}));
    CHECK(after(workdays, 2026, 12, 17, 10) == "20261231");
    CHECK(after(workdays, 2026, 12, 18, 10).empty());
    CHECK(after(Workdays(), 2024, 6, 17, 1).empty());
}

TEST_CASE("that the next year's table is missing is told from the first of December on") {
    const auto missing = [](const Workdays& workdays, int year, unsigned month, unsigned day) {
        const auto found = workdays.missingOn(
            Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}});
        return found ? static_cast<int>(*found) : 0;
    };
    const Workdays workdays = shipped();
    CHECK(missing(workdays, 2025, 12, 31) == 0);
    CHECK(missing(workdays, 2026, 11, 30) == 0);
    CHECK(missing(workdays, 2026, 12, 1) == 2027);
    CHECK(missing(workdays, 2027, 1, 1) == 2027);
    CHECK(missing(Workdays(), 2024, 6, 17) == 2024);
}

TEST_CASE("a table with a slip in it is refused") {
    const std::string head = "year = 2024\nsource = \"a notice\"\n";
    const auto accepts = [&](const std::string& toml) {
        Folder folder;
        folder.put("2024.toml", toml);
        folder.put("notes.txt", "not a year");
        const auto loaded = folder.load();
        return loaded.has_value();
    };
    CHECK(accepts(head + "off = [\"2024-01-01\"]\nworked = [\"2024-02-04\"]\n"));
    // Another year, no source, a weekday that is worked, twice, backwards, no day, a strange key.
    CHECK_FALSE(accepts("year = 2025\nsource = \"a\"\noff = []\nworked = []\n"));
    CHECK_FALSE(accepts("year = 2024\nsource = \"\"\noff = []\nworked = []\n"));
    CHECK_FALSE(accepts(head + "off = []\nworked = [\"2024-02-05\"]\n"));
    CHECK_FALSE(accepts(head + "off = [\"2024-02-04\"]\nworked = [\"2024-02-04\"]\n"));
    CHECK_FALSE(accepts(head + "off = [\"2024-02-17/2024-02-10\"]\nworked = []\n"));
    CHECK_FALSE(accepts(head + "off = [\"2024-02-30\"]\nworked = []\n"));
    CHECK_FALSE(accepts(head + "off = [\"2024-2-3\"]\nworked = []\n"));
    CHECK_FALSE(accepts(head + "off = [\"2023-12-31\"]\nworked = []\n"));
    CHECK_FALSE(accepts(head + "off = [\"2024-01-01/2024-12-31\"]\nworked = []\n"));
    CHECK_FALSE(accepts(head + "off = []\nworked = []\nmore = 1\n"));
    CHECK_FALSE(Workdays::load("/nowhere/at/all"));
}
