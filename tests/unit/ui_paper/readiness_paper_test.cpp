// 就绪报告 on paper: what failed is said, and the signed page is bound to the table.
#include "ui/paper/readiness_paper.hpp"

#include <doctest/doctest.h>

using namespace liqu;

namespace {

ports::ReadinessReport sample() {
    ports::ReadinessReport report;
    report.terminal = "T-000017";
    report.region = "simulator";
    report.by = "1003 样品";
    report.at = WallTime{std::chrono::seconds{1715390040}};
    report.tests = {{"卡打印机", "通过", "2024-05-11 09:14:00"},
                    {"芯片读写器", "读写器没有应答（30104）", "2024-05-11 09:14:01", false}};
    report.sensors = {{"上盖", "关着", "2024-05-11 09:14:02"}};
    report.versions = {{"密钥保管", "在文件里"}};
    return report;
}

}  // namespace

TEST_CASE("the table has every line, and a text stays a text") {
    ports::ReadinessReport report = sample();
    report.versions.push_back({"固件", "=1+1"});
    const std::string table = ui::readinessTable(report);
    for (const char* words : {"卡打印机", "30104", "上盖", "密钥保管", "1003 样品", "T-000017"}) {
        CAPTURE(std::string(words));
        CHECK(table.find(words) != std::string::npos);
    }
    CHECK(table.find(",=1+1") == std::string::npos);
    CHECK(report.failed() == 1);
}

TEST_CASE("the page bears the digest of its table, and one more failure is another page") {
    const auto fonts = ui::PaperFonts::open(LIQU_SOURCE_DIR "/kiosk-config/fonts/fonts.conf");
    REQUIRE(fonts);
    std::string digested;
    const ui::PaperDigest digest{"SM3", [&digested](ByteView bytes) {
                                     digested = textOf(bytes);
                                     return std::string(64, 'A');
                                 }};
    ports::ReadinessReport report = sample();
    const auto first = ui::readinessPdf(**fonts, report, {}, digest);
    REQUIRE(first);
    CHECK(digested == ui::readinessTable(report));
    CHECK(ui::readinessPdf(**fonts, report, {}, digest).value() == *first);
    report.tests.front().good = false;
    CHECK(ui::readinessPdf(**fonts, report, {}, digest).value() != *first);
}

TEST_CASE("what was never tested is said, and is no failure") {
    const auto fonts = ui::PaperFonts::open(LIQU_SOURCE_DIR "/kiosk-config/fonts/fonts.conf");
    REQUIRE(fonts);
    const ui::PaperDigest digest{"SM3", [](ByteView) { return std::string(64, 'A'); }};
    ports::ReadinessReport report = sample();
    report.tests.back().good = true;
    CHECK(report.undone() == 0);
    const auto whole = ui::readinessPdf(**fonts, report, {}, digest);
    report.tests.back().done = false;
    CHECK(report.failed() == 0);
    CHECK(report.undone() == 1);
    CHECK(ui::readinessPdf(**fonts, report, {}, digest).value() != *whole);
}
