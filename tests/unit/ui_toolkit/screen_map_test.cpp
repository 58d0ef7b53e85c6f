#include "ui/toolkit/screen_map.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

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
    map.add({"start", Role::primary, {60, 1500, 960, 150}, "welcome.start", true, true});
    map.add({"name", Role::personal, {60, 100, 960, 100}, "", true, true});
    REQUIRE(file.publish(map));
    const auto first = read();
    CHECK(first["screen"] == "welcome");
    CHECK(first["sequence"] == 1);
    CHECK(first["widgets"][0]["key"] == "welcome.start");
    CHECK(first["widgets"][0]["width"] == 960);
    CHECK_FALSE(first["widgets"][1].contains("key"));
    REQUIRE(file.publish(map));
    CHECK(read()["sequence"] == 1);
    map.add({"back", Role::footer, {0, 0, 120, 120}, "frame.back", true, true});
    REQUIRE(file.publish(map));
    CHECK(read()["sequence"] == 2);
    std::filesystem::remove(path);
}

TEST_CASE("a map that cannot be written is an error") {
    ScreenMapFile file("/no/such/folder/map.json");
    const auto published = file.publish(ScreenMap{});
    REQUIRE_FALSE(published);
    CHECK(published.error().code == ErrorCode::fileNotWritable);
}
