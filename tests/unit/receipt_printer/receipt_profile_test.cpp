#include "drivers/receipt_printer/receipt_profile.hpp"

#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::drivers;

namespace {

const std::filesystem::path folder =
    std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/printers";

Result<ReceiptProfile> withLine(const std::string& from, const std::string& to) {
    std::string text = textOf(readWholeFile(folder / "receipt-pyramid.toml").value());
    const auto at = text.find("\n" + from);
    REQUIRE(at != std::string::npos);
    const auto end = text.find('\n', at + 1);
    text.replace(at + 1, end - at - 1, to);
    const test::Scratch scratch;
    const auto path = scratch.folder() / "receipt.toml";
    REQUIRE(writeWholeFile(path, bytesOf(text)));
    return readReceiptProfile(path);
}

}  // namespace

TEST_CASE("every shipped profile is read, and says what its family is known to do") {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("receipt-")) continue;
        ++count;
        const auto profile = readReceiptProfile(entry.path());
        REQUIRE_MESSAGE(profile, (name + ": " + describe(profile.error())));
        CHECK(profile->head.bandRows == 128);
    }
    CHECK(count == 7);
    const auto epson = readReceiptProfile(folder / "receipt-epson-tm.toml");
    CHECK(epson->usbIds == std::vector<UsbId>{{0x04B8, 0x0202}});
    CHECK(epson->head.dots == 512);
    CHECK(epson->status.fence);
    CHECK_FALSE(epson->leaveChinese);
    CHECK(readReceiptProfile(folder / "receipt-snbc-t080.toml")->leaveChinese);
    const auto pyramid = readReceiptProfile(folder / "receipt-pyramid.toml");
    CHECK_FALSE(pyramid->status.fixedBits);
    CHECK(pyramid->presenter.commands == PresenterCommands::gsE);
    CHECK(pyramid->cut.command == CutCommand::present);
    const auto custom = readReceiptProfile(folder / "receipt-custom-vkp.toml");
    CHECK(custom->status.source == StatusSource::custom6);
    CHECK(custom->presenter.hold == std::chrono::seconds{60});
    const auto small = readReceiptProfile(folder / "receipt-generic-58.toml");
    CHECK(small->head.dots == 384);
    CHECK(small->head.avoidRows == 48);
    CHECK_FALSE(small->status.fence);
}

TEST_CASE("what would become a wrong command is refused, with its line") {
    const auto code = [](const Result<ReceiptProfile>& profile) {
        REQUIRE_FALSE(profile);
        CHECK(profile.error().cause.find("receipt.toml:") != std::string::npos);
        return profile.error().code;
    };
    CHECK(code(withLine("dots =", "dots = 580")) == ErrorCode::configBadValue);
    CHECK(code(withLine("dots =", "dots = 5760")) == ErrorCode::configBadValue);
    CHECK(code(withLine("avoidRows =", "avoidRows = 64")) == ErrorCode::configBadValue);
    CHECK(code(withLine("ids =", "ids = [\"4b8:202\"]")) == ErrorCode::configBadValue);
    CHECK(code(withLine("ids =", "ids = [\"04b8-0202\"]")) == ErrorCode::configBadValue);
    CHECK(code(withLine("command =", "command = \"tear\"")) == ErrorCode::configBadValue);
    CHECK(code(withLine("feedDots =", "feedDots = 256")) == ErrorCode::configBadValue);
    CHECK(code(withLine("commands =", "commands = \"none\"")) == ErrorCode::configBadValue);
    CHECK(code(withLine("fixedBits =", "fixedBits = 0")) == ErrorCode::configWrongType);
    CHECK(code(withLine("fixedBits =", "fixed = true")) == ErrorCode::configMissingKey);
    CHECK(code(withLine("fence =", "fence = true\nwall = 1")) == ErrorCode::configUnknownKey);
    CHECK(withLine("ids =", "ids = [\"0dd4:0205\"]")->usbIds ==
          std::vector<UsbId>{{0x0DD4, 0x0205}});
}
