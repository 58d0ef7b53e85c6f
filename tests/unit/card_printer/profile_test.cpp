#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "drivers/card_printer/evolis/printer_profile.hpp"

using namespace liqu;
using namespace liqu::drivers;

namespace {

const std::filesystem::path shipped =
    std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/printers/evolis-kc.toml";

std::string shippedText() {
    std::ifstream file(shipped);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Result<PrinterProfile> withLine(const std::string& from, const std::string& to) {
    std::string text = shippedText();
    const auto at = text.find("\n" + from);
    REQUIRE(at != std::string::npos);
    const auto end = text.find('\n', at + 1);
    text.replace(at + 1, end - at - 1, to);
    return readPrinterProfile(*ConfigFile::parse(text, "printer.toml"));
}

}  // namespace

TEST_CASE("the shipped profile is the built-in one") {
    const auto profile = readPrinterProfile(shipped);
    REQUIRE_MESSAGE(profile, describe(profile.error()));
    const PrinterProfile builtIn;
    CHECK(profile->reply.terminator == builtIn.reply.terminator);
    CHECK(profile->reply.silence == builtIn.reply.silence);
    CHECK(profile->reply.queriesDuringMotion == builtIn.reply.queriesDuringMotion);
    CHECK(profile->feeder.lanes == builtIn.feeder.lanes);
    CHECK(profile->feeder.insertion == builtIn.feeder.insertion);
    CHECK(profile->exit.hold == builtIn.exit.hold);
    CHECK(profile->exit.rejectCommand == builtIn.exit.rejectCommand);
    CHECK(profile->print.bitsPerColour == builtIn.print.bitsPerColour);
    CHECK(profile->print.contrast == builtIn.print.contrast);
    CHECK(profile->patience.print == builtIn.patience.print);
    CHECK(profile->patience.resetRest == builtIn.patience.resetRest);
    CHECK(profile->setup == builtIn.setup);
}

TEST_CASE("choices are read") {
    CHECK(withLine("terminator =", "terminator = \"silence\"")->reply.terminator ==
          ReplyTerminator::silence);
    CHECK(withLine("positions =", "positions = \"classic\"")->reply.positions ==
          PositionDialect::classic);
    CHECK(withLine("selection =", "selection = \"piem\"")->feeder.selection == LaneSelection::piem);
    CHECK(withLine("rotation =", "rotation = 270")->print.rotation == 270);
}

TEST_CASE("what would become a wrong command is refused, with its line") {
    const auto code = [](const Result<PrinterProfile>& profile) {
        REQUIRE_FALSE(profile);
        CHECK(profile.error().cause.find("printer.toml:") == 0);
        return profile.error().code;
    };
    CHECK(code(withLine("terminator =", "terminator = \"bell\"")) == ErrorCode::configBadValue);
    CHECK(code(withLine("lanes =", "lanes = 2")) == ErrorCode::configBadValue);
    CHECK(code(withLine("rotation =", "rotation = 180")) == ErrorCode::configBadValue);
    CHECK(code(withLine("reject_tray =", "reject_tray = \"D\\rSer\"")) ==
          ErrorCode::configBadValue);
    CHECK(code(withLine("reject_tray =", "reject_tray = \"D;s\"")) == ErrorCode::configBadValue);
    CHECK(code(withLine("selection =", "selection = \"vendor\"")) == ErrorCode::configBadValue);
    CHECK(code(withLine("commands =", "commands = [\"Srs\"]")) == ErrorCode::configBadValue);
    CHECK(code(withLine("hold_s =", "hold_s = \"2\"")) == ErrorCode::configWrongType);
    CHECK(code(withLine("hold_s =", "hold = 2.0")) == ErrorCode::configMissingKey);
    CHECK(code(withLine("lanes =", "lanes = 1\nlane = 1")) == ErrorCode::configUnknownKey);
}
