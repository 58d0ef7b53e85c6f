#include "firmware/base/config_file.hpp"

#include <doctest/doctest.h>

using namespace liqu;

namespace {
constexpr const char* sample = R"(name = "kiosk"
depth = 3

[printer]
ratio = 1.5
lanes = ["a", "b"]
open = true

[[lane]]
bank = "B01"

[[lane]]
bank = "B02"
)";
}

TEST_CASE("values come by path and type") {
    const auto file = ConfigFile::parse(sample, "kiosk.toml");
    REQUIRE(file);
    CHECK(*file->text("name") == "kiosk");
    CHECK(*file->integer("depth", 1, 5) == 3);
    CHECK(*file->real("printer.ratio", 0, 2) == doctest::Approx(1.5));
    CHECK(file->texts("printer.lanes")->size() == 2);
    CHECK(*file->boolean("printer.open"));
    CHECK(file->count("lane") == 2);
    CHECK(*file->text("lane[1].bank") == "B02");
    CHECK(*file->integer("absent", 0, 9, 4) == 4);
    const auto unknown = file->refuseUnknownKeys();
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().cause == "kiosk.toml:10: lane[0].bank: no such key");
    REQUIRE(file->text("lane[0].bank"));
    CHECK(file->refuseUnknownKeys());
}

TEST_CASE("each fault is named with file and line") {
    const auto file = ConfigFile::parse(sample, "kiosk.toml");
    REQUIRE(file);
    const auto check = [](const auto& result, ErrorCode code, const char* where) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == code);
        CHECK(result.error().cause.substr(0, std::string_view(where).size()) == where);
    };
    check(file->integer("name", 0, 1), ErrorCode::configWrongType, "kiosk.toml:1: name");
    check(file->integer("depth", 4, 5), ErrorCode::configBadValue, "kiosk.toml:2: depth");
    check(file->text("nothing"), ErrorCode::configMissingKey, "kiosk.toml: nothing");
    check(file->oneOf("name", {"a", "b"}), ErrorCode::configBadValue, "kiosk.toml:1: name");
    check(ConfigFile::parse("a = \nb = 1", "broken.toml"), ErrorCode::configSyntax,
          "broken.toml:1");
    check(ConfigFile::read("/nonexistent/kiosk.toml"), ErrorCode::configNotReadable,
          "/nonexistent");
}
