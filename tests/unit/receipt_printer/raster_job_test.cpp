#include "drivers/receipt_printer/raster_job.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::drivers;

namespace {

ports::SlipPicture picture(int width, int height, const Bytes& dots) {
    ports::SlipPicture made{width, height, PersonalBytes(dots)};
    return made;
}

ports::SlipPicture black(int width, int height) {
    const auto size = static_cast<std::size_t>(width / 8 * height);
    return picture(width, height, Bytes(size, 0xFF));
}

ReceiptProfile profileOf(int dots) {
    ReceiptProfile profile;
    profile.head.dots = dots;
    return profile;
}

Bytes headOf(const PersonalBytes& band) {
    const auto& bytes = band.reveal();
    return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace

TEST_CASE("a picture is sent in bands as wide as the head") {
    const auto bands = bandsOf(black(384, 300), profileOf(384));
    REQUIRE(bands.size() == 3);
    CHECK(headOf(bands[0]) == Bytes{0x1D, 0x76, 0x30, 0x00, 0x30, 0x00, 0x80, 0x00});
    CHECK(bands[0].reveal().size() == 8 + 6144);
    CHECK(headOf(bands[2]) == Bytes{0x1D, 0x76, 0x30, 0x00, 0x30, 0x00, 0x2C, 0x00});

    const auto wide = bandsOf(black(576, 1), profileOf(576));
    REQUIRE(wide.size() == 1);
    CHECK(headOf(wide[0]) == Bytes{0x1D, 0x76, 0x30, 0x00, 0x48, 0x00, 0x01, 0x00});
}

TEST_CASE("a narrower picture stands at the left, and white rows at the end are left out") {
    Bytes dots = {0xF0, 0xF0, 0x0F, 0x0F, 0x00, 0x00};
    const auto bands = bandsOf(picture(16, 3, dots), profileOf(384));
    REQUIRE(bands.size() == 1);
    const auto& bytes = bands[0].reveal();
    CHECK(bytes.size() == 8 + 2 * 48);
    CHECK(Bytes(bytes.begin() + 8, bytes.begin() + 11) == Bytes{0xF0, 0xF0, 0x00});
    CHECK(Bytes(bytes.begin() + 56, bytes.begin() + 59) == Bytes{0x0F, 0x0F, 0x00});
    CHECK(bandsOf(picture(16, 1, {0, 0}), profileOf(384)).empty());
}

TEST_CASE("no band is as high as the board cannot bear") {
    ReceiptProfile profile = profileOf(384);
    profile.head.avoidRows = 48;
    const auto bands = bandsOf(black(384, 128 + 96), profile);
    REQUIRE(bands.size() == 2);
    CHECK(headOf(bands[1])[6] == 97);
    CHECK(bands[1].reveal().size() == 8 + 97 * 48);
    CHECK(bands[1].reveal().back() == 0);
}

TEST_CASE("nothing in a picture is a real-time command") {
    const auto dotsOf = [](const Bytes& three) {
        Bytes row(48, 0);
        std::copy(three.begin(), three.end(), row.begin() + 20);
        row[47] = 1;
        const auto bands = bandsOf(picture(384, 1, row), profileOf(384));
        const auto& bytes = bands[0].reveal();
        return Bytes(bytes.begin() + 28, bytes.begin() + 31);
    };
    for (const std::uint8_t last :
         std::initializer_list<std::uint8_t>{0x01, 0x02, 0x03, 0x04, 0x14}) {
        CHECK(dotsOf({0x10, 0x04, last}) == Bytes{0x10, 0x04, 0x00});
    }
    CHECK(dotsOf({0x10, 0x05, 0x02}) == Bytes{0x10, 0x05, 0x00});
    CHECK(dotsOf({0x10, 0x14, 0x01}) == Bytes{0x10, 0x15, 0x01});
    CHECK(dotsOf({0x10, 0x04, 0x05}) == Bytes{0x10, 0x04, 0x05});
    CHECK(dotsOf({0x11, 0x04, 0x01}) == Bytes{0x11, 0x04, 0x01});
}

TEST_CASE("a slip ends as its printer cuts and presents") {
    ReceiptProfile profile;
    profile.cut = {CutCommand::feedAndCut, 0x60};
    CHECK(endCommands(profile) == Bytes{0x1D, 0x56, 0x42, 0x60});
    profile.cut = {CutCommand::old, 95};
    CHECK(endCommands(profile) == Bytes{0x1B, 0x4A, 95, 0x1B, 0x69});
    profile.cut = {CutCommand::partial, 95};
    CHECK(endCommands(profile) == Bytes{0x1B, 0x4A, 95, 0x1D, 0x56, 0x01});
    profile.cut = {CutCommand::present, 95};
    profile.presenter.commands = PresenterCommands::gsE;
    profile.presenter.steps = 12;
    CHECK(endCommands(profile) == Bytes{0x1B, 0x4A, 95, 0x1D, 0x65, 0x03, 12});
    profile.cut = {CutCommand::full, 95};
    profile.presenter.commands = PresenterCommands::fsP;
    profile.presenter.hold = std::chrono::seconds{60};
    CHECK(endCommands(profile) ==
          Bytes{0x1B, 0x4A, 95, 0x1D, 0x56, 0x00, 0x1C, 0x50, 12, 0x00, 0x52, 60});
    profile.presenter.commands = PresenterCommands::gsR;
    CHECK(endCommands(profile) == Bytes{0x1B, 0x4A, 95, 0x1D, 0x56, 0x00, 0x1D, 0x52, 0x01, 0x00});
    CHECK(initCommands(profile) == Bytes{0x1B, 0x40, 0x1C, 0x2E});
    profile.leaveChinese = false;
    CHECK(initCommands(profile) == Bytes{0x1B, 0x40});
}
