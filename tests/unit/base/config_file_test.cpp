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

TEST_CASE("letters other than ASCII stand in quotation marks and comments only") {
    const auto file = ConfigFile::parse(
        "\xEF\xBB\xBF"
        "name = \"\\\"立取、\" # ﻃ\nother = '\\b'\nempty = \"\"\n",
        "kiosk.toml");
    REQUIRE(file);
    CHECK(file->text("name").value() == "\"立取、");
    CHECK(file->text("other").value() == "\\b");
    // What toml++ must not be asked about, and what is no text.
    for (const char* text :
         {"a = 1\n\xEF\xBB\x83U", "a = 1\n名 = 2", "a = 1\nb = 2 、", "a = 1\nb = \"x\ny\" 、",
          "a = 1\nb = \"\"\"x\"\"\"", "a = 1\nb = '''x'''", "a = 1\n\xFF", "a = 1\nb = '立'",
          "a = 1\nb = \"\\立\"", "a = 1\nb = \"\xFF\""}) {
        CAPTURE(text);
        const auto refused = ConfigFile::parse(text, "kiosk.toml");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::configSyntax);
        CHECK(refused.error().cause.starts_with("kiosk.toml:"));
    }
    CHECK(ConfigFile::parse("a = 1\nb = 2 、", "kiosk.toml")
              .error()
              .cause.starts_with("kiosk.toml:2:"));
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
    check(ConfigFile::parse("a = 1\n[(", "broken.toml"), ErrorCode::configSyntax, "broken.toml");
    check(ConfigFile::read("/nonexistent/kiosk.toml"), ErrorCode::configNotReadable,
          "/nonexistent");
}
