#include "firmware/policy/kiosk_config.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <string>

#include "tests/support/scratch.hpp"

namespace liqu::policy {
namespace {

constexpr const char* good = R"(terminal = "T-1"
outlet = "O-1"
region = "any.file"

[printer]
driver = "evolis"
profile = "any.file"

[cardFace]
layout = "any.file"

[chip]
profile = "any.file"
reader = "Station"

[sealing]
profile = "sm4-ctr-hmac-sm3"

[[lane]]
bank = "B01"
vendor = "V01"

[[lane]]
bank = "B02"
vendor = "V02"

[idReader]
wire = "usb"

[province]
url = "https://province.example"
caCertificate = "any.file"
clientCertificate = "any.file"
clientKey = "any.file"
signingKey = "any.file"
verificationKey = "any.file"

[window]
strings = "any.file"
fonts = "any.file"
theme = "any.file"
)";

Result<KioskConfig> load(const std::string& text) {
    const test::Scratch scratch;
    std::ofstream(scratch.file("any.file")) << "";
    std::ofstream(scratch.file("kiosk.toml")) << text;
    return loadKioskConfig(scratch.file("kiosk.toml"));
}

std::string with(const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

void checkRefused(const std::string& text, ErrorCode code, const std::string& where) {
    const auto config = load(text);
    REQUIRE(!config);
    CHECK(nameOf(config.error().code) == nameOf(code));
    CAPTURE(config.error().cause);
    CHECK(config.error().cause.find(where) != std::string::npos);
}

TEST_CASE("staff: patience and stick, and what holds where nothing is said") {
    const auto silent = load(good);
    REQUIRE(silent);
    CHECK(silent->staff.patience == std::chrono::seconds{120});
    CHECK(silent->staff.stick == "/media/usb");
    CHECK_FALSE(silent->staff.stickIsFolder);
    const auto said =
        load(std::string(good) +
             "\n[staff]\npatienceS = 300\nstick = \"/mnt/stick\"\nstickIsFolder = true\n");
    REQUIRE(said);
    CHECK(said->staff.patience == std::chrono::seconds{300});
    CHECK(said->staff.stick == "/mnt/stick");
    CHECK(said->staff.stickIsFolder);
    checkRefused(std::string(good) + "\n[staff]\npatienceS = 5\n", ErrorCode::configBadValue,
                 "staff.patienceS");
}

TEST_CASE("a machine's file is read") {
    const auto config = load(good);
    REQUIRE(config.has_value());
    CHECK(config->terminal == "T-1");
    REQUIRE(config->lanes.size() == 2);
    CHECK(config->lanes[1].number == 2);
    CHECK(config->lanes[1].bank == "B02");
    CHECK(config->idReader.wire == IdReaderWire::usb);
    CHECK(config->province.patience.query == std::chrono::seconds{15});
    CHECK(config->hopperCapacity == 100);
    CHECK(config->region.is_absolute());
}

TEST_CASE("a wrong key, type or value is refused with file and line") {
    checkRefused(with("outlet =", "outlte ="), ErrorCode::configMissingKey, "outlet");
    checkRefused(with("[chip]\n", "[chip]\nspeed = 3\n"), ErrorCode::configUnknownKey,
                 "kiosk.toml:13");
    checkRefused(with("terminal = \"T-1\"", "terminal = 1"), ErrorCode::configWrongType,
                 "kiosk.toml:1");
    checkRefused(with("sm4-ctr-hmac-sm3", "rot13"), ErrorCode::configBadValue, "kiosk.toml:17");
    checkRefused(with("https://", "http://"), ErrorCode::configBadValue, "kiosk.toml:31");
    checkRefused(with("[window]\n", "[window]\nwidth = 3\n"), ErrorCode::configBadValue,
                 "kiosk.toml:39");
    checkRefused(with("wire = \"usb\"", "wire = \"serial\""), ErrorCode::configMissingKey,
                 "idReader.port");
}

TEST_CASE("a printer nobody has a driver for is refused with the words there are") {
    checkRefused(with("\"evolis\"", "\"nobody\""), ErrorCode::configBadValue,
                 "kiosk.toml:6: printer.driver: must be one of: evolis");
    checkRefused(with("driver = \"evolis\"\n", ""), ErrorCode::configMissingKey,
                 "printer.driver: is missing");
}

TEST_CASE("a lane has the machine's card face, or one of its own that must be there") {
    const auto config = load(good);
    REQUIRE(config);
    CHECK(config->lanes[0].cardFace == config->cardFace);
    CHECK(config->lanes[1].cardFace == config->cardFace);
    checkRefused(with("bank = \"B02\"", "bank = \"B02\"\ncardFace = \"no.file\""),
                 ErrorCode::configBadValue, "lane[1].cardFace: there is no");
}

TEST_CASE("a file that is named must be there, and is named where it is not") {
    checkRefused(with("region = \"any.file\"", "region = \"no.file\""), ErrorCode::configBadValue,
                 "kiosk.toml:3");
}

TEST_CASE("no lane is no kiosk") {
    std::string text = good;
    for (const char* lane : {"[[lane]]\nbank = \"B01\"\nvendor = \"V01\"\n",
                             "[[lane]]\nbank = \"B02\"\nvendor = \"V02\"\n"}) {
        text.erase(text.find(lane), std::string(lane).size());
    }
    checkRefused(text, ErrorCode::configMissingKey, "lane");
}

TEST_CASE("a file that is not there says so") {
    const auto config = loadKioskConfig("/nowhere/kiosk.toml");
    REQUIRE(!config);
    CHECK(config.error().code == ErrorCode::configNotReadable);
}

}  // namespace
}  // namespace liqu::policy
