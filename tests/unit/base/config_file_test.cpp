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
    for (const char* text : {"a = 1\n[(", "a = 1\n[(\nb = 2\n\n[c]\n"}) {
        check(ConfigFile::parse(text, "broken.toml"), ErrorCode::configSyntax, "broken.toml:2:");
    }
    check(ConfigFile::read("/nonexistent/kiosk.toml"), ErrorCode::configNotReadable,
          "/nonexistent");
}

TEST_CASE("a key of very many parts, and a line without end, are errors of their line") {
    const auto dotted = [](std::size_t parts) {
        std::string key = "a";
        for (std::size_t i = 1; i < parts; ++i) key += ".a";
        return key;
    };
    CHECK(ConfigFile::parse("b = 1\n" + dotted(16) + " = 1\n", "k.toml"));
    for (const std::string& text :
         {dotted(60'000) + " = 1", dotted(17) + " = 1", "[" + dotted(60'000) + "]",
          "[[" + dotted(60'000) + "]]", "b = {" + dotted(60'000) + " = 1}", dotted(60'000),
          "b = [" + std::string(60'000, '[') + "]", "\"x\"" + dotted(60'000),
          "b = " + std::string(20'000, '1')}) {
        const auto file = ConfigFile::parse("b = 1\n" + text + "\n", "k.toml");
        REQUIRE_FALSE(file);
        CHECK(file.error().code == ErrorCode::configSyntax);
        CHECK(file.error().cause.starts_with("k.toml:2: "));
    }
    // Dots of texts, of comments and of numbers in a list are no parts of a key.
    const std::string dots(100, '.');
    CHECK(ConfigFile::parse("c = \"" + dots + "\" # " + dots, "k.toml"));
    std::string list = "c = [1.5";
    for (int i = 0; i < 50; ++i) list += ", 1.5";
    CHECK(ConfigFile::parse(list + "]", "k.toml"));
}

TEST_CASE("given a list, the reading says every fault and goes on") {
    Faults faults;
    const auto file = ConfigFile::parse(sample, "kiosk.toml", &faults);
    REQUIRE(file);
    CHECK(*file->integer("name", 3, 5) == 3);
    CHECK(*file->integer("depth", 7, 9) == 7);
    CHECK(*file->real("printer.ratio", 2, 3) == doctest::Approx(2));
    CHECK(*file->oneOf("printer.open", {"a", "b"}) == "a");
    CHECK(*file->oneOf("depth", {9, 10}) == 9);
    CHECK(file->texts("absent")->empty());
    CHECK(*file->text("gone") == "");
    CHECK(file->refuse(ErrorCode::configBadValue, "gone", "what follows from it"));
    CHECK(file->refuse(ErrorCode::configBadValue, "lane[0].bank", "is no bank"));
    CHECK(file->refuseUnknownKeys());
    std::string said;
    for (const Error& fault : faults) said += fault.cause + "\n";
    CHECK(said ==
          "kiosk.toml:1: name: must be a whole number\n"
          "kiosk.toml:2: depth: must be from 7 to 9\n"
          "kiosk.toml:5: printer.ratio: is out of its limits\n"
          "kiosk.toml:7: printer.open: must be a text\n"
          "kiosk.toml: absent: is missing\n"
          "kiosk.toml: gone: is missing\n"
          "kiosk.toml:10: lane[0].bank: is no bank\n"
          "kiosk.toml:13: lane[1].bank: no such key\n"
          "kiosk.toml:6: printer.lanes: no such key\n");
}
