#include "ui/toolkit/screen_map.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::ui;

TEST_CASE("the map is written when it changes, and only then") {
    const auto path = std::filesystem::temp_directory_path() / "liqu-screen-map-test.json";
    std::filesystem::remove(path);
    const auto read = [&] {
        std::ifstream file(path);
        return nlohmann::json::parse(file);
    };
    ScreenMapFile file(path);
    ScreenMap map;
    map.begin("welcome", "en", {1080, 1920});
    map.add({"start",
             Role::primary,
             {60, 1500, 960, 150},
             "welcome.start",
             WidgetState::enabled,
             true});
    map.add({"name", Role::personal, {60, 100, 960, 100}, "", WidgetState::enabled, true});
    REQUIRE(file.publish(map));
    const auto first = read();
    CHECK(first["screen"] == "welcome");
    CHECK(first["sequence"] == 1);
    CHECK(first["widgets"][0]["key"] == "welcome.start");
    CHECK(first["widgets"][0]["width"] == 960);
    CHECK_FALSE(first["widgets"][1].contains("key"));
    REQUIRE(file.publish(map));
    CHECK(read()["sequence"] == 1);
    map.add({"back", Role::footer, {0, 0, 120, 120}, "frame.back", WidgetState::enabled, true});
    REQUIRE(file.publish(map));
    CHECK(read()["sequence"] == 2);
    std::filesystem::remove(path);
}

TEST_CASE("what was shown is a line each, with its time and the keys of all its words") {
    const test::Scratch scratch;
    const auto path = scratch.folder() / "map.json";
    ScreenMapFile file(path);
    ScreenMap map;
    map.begin("welcome", "en", {1080, 1920});
    map.say("welcome.start");
    map.say("frame.brand");
    const WallTime came{std::chrono::milliseconds{1764388800250}};
    REQUIRE(file.record(map, came));
    REQUIRE(file.record(map, came + std::chrono::seconds(3)));
    map.begin("making", "en", {1080, 1920});
    map.say("making.question");
    REQUIRE(file.record(map, came + std::chrono::seconds(5)));
    std::ifstream lines(scratch.folder() / "map.json.shown");
    std::vector<nlohmann::json> shown;
    for (std::string line; std::getline(lines, line);) shown.push_back(nlohmann::json::parse(line));
    REQUIRE(shown.size() == 2);
    CHECK(shown[0]["keys"] == nlohmann::json{"frame.brand", "welcome.start"});
    CHECK(shown[0]["at"] == "2025-11-29T12:00:00.250+08:00");
    CHECK(shown[1]["screen"] == "making");
}

TEST_CASE("a map that cannot be written is an error") {
    ScreenMapFile file("/no/such/folder/map.json");
    const auto published = file.publish(ScreenMap{});
    REQUIRE_FALSE(published);
    CHECK(published.error().code == ErrorCode::fileNotWritable);
}
