#include "ui/paper/day_paper.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"
#include "ui/paper/sheet.hpp"

using namespace liqu;

namespace {

constexpr WallTime evening{std::chrono::milliseconds{1717236000000}};

ports::DayReport quietDay() {
    ports::DayReport report;
    report.terminal = "T-000017";
    report.outlet = "O-0001";
    report.region = "420100";
    report.day = "20240601";
    report.closed = true;
    report.openedAt = evening - std::chrono::hours{9};
    report.closedAt = evening;
    report.places = {{"hopper-1", 1, "B01", "V01", 40, 60, 3, 97, 97, 0},
                     {"hopper-2", 2, "B02", "V02", 20, 0, 0, 20, 20, 0},
                     {"path", 0, "", "", 0, 3, 3, 0, 0, 0},
                     {"hold-bin", 0, "", "", 0, 1, 0, 1, 1, 0},
                     {"reject-bin", 0, "", "", 1, 0, 0, 1, 1, 0},
                     {"old-card-bin", 0, "", "", 0, 0, 0, 0, 0, 0},
                     {"cabinet", 0, "", "", 2, 0, 0, 2, 2, 0},
                     {"vault", 0, "", "", 500, 0, 60, 440, 440, 0}};
    report.kiosk = {61, 60, 0, 2, 0, 0, 0, 0, 0, 0, 119, 119, 0};
    report.vault = {500, 0, 60, 0, 0, 0, 0, 0, 440, 440, 0};
    report.consumption = {{"B01", 3, 2, 1, 0, 0, 0}};
    report.consumed = {{"A00000003", "B01", ports::ConsumedAs::taken, "T-000017-20240601-000001"},
                       {"A00000011", "B01", ports::ConsumedAs::taken, "T-000017-20240601-000002"},
                       {"A0000002X", "B01", ports::ConsumedAs::held, "T-000017-20240601-000003"}};
    report.comparedAt = evening;
    for (const ports::PlaceFigures& place : report.places) {
        report.signatures.push_back({place.place, 1, "1001", place.counted, evening});
        report.signatures.push_back({place.place, 1, "1002", place.counted, evening});
    }
    report.signatures.push_back({"", 1, "1003", std::nullopt, evening});
    report.generatedAt = evening;
    return report;
}

// A day that went wrong: many cases, the last with a thousand numbers.
ports::DayReport badDay() {
    ports::DayReport report = quietDay();
    report.places[0].counted = 95;
    report.places[0].difference = -2;
    for (int i = 1; i <= 12; ++i) {
        ports::DayCase one;
        one.id = i;
        one.place = "hopper-1";
        one.booked = 97;
        one.counted = 95;
        one.laneLocked = true;
        const int numbers = i == 12 ? 1000 : i * 3;
        for (int n = 0; n < numbers; ++n) one.numbers.push_back("A" + std::to_string(10000000 + n));
        if (i % 2 == 0) one.releasedBy = "1001, 1003";
        if (i % 2 == 0) one.releaseReason = "double-feed";
        report.cases.push_back(std::move(one));
    }
    report.differences = {{ports::DifferenceKind::onlyLocal, "A00000003", "taken", ""},
                          {ports::DifferenceKind::stateDiff, "A00000011", "spoiled", "OK"}};
    report.calendarDays = 2;
    return report;
}

std::size_t countOf(const std::string& text, const std::string& word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++count;
    }
    return count;
}

// As a reader of PDF counts them: how they are written differs between versions of the library.
int pagesOf(const std::filesystem::path& pdf) {
    FILE* info = ::popen(("pdfinfo '" + pdf.string() + "'").c_str(), "r");
    REQUIRE(info != nullptr);
    int pages = 0;
    std::array<char, 256> line{};
    while (std::fgets(line.data(), line.size(), info) != nullptr) {
        const std::string_view text(line.data());
        if (text.starts_with("Pages:")) pages = std::atoi(line.data() + 6);
    }
    CHECK(::pclose(info) == 0);
    return pages;
}

std::string textOfPage(const std::filesystem::path& pdf, int page) {
    const std::string number = std::to_string(page);
    FILE* words = ::popen(
        ("pdftotext -raw -f " + number + " -l " + number + " '" + pdf.string() + "' -").c_str(),
        "r");
    REQUIRE(words != nullptr);
    std::string text;
    std::array<char, 256> line{};
    while (std::fgets(line.data(), line.size(), words) != nullptr) text += line.data();
    CHECK(::pclose(words) == 0);
    return text;
}

struct Paper {
    test::Scratch scratch;
    std::unique_ptr<ports::DocumentPrinter> printer = ui::makeDocumentPrinter(
        std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/fonts/fonts.conf",
        {{{"B01", "示范银行"}, {"B02", "样例银行"}}, {{"V01", "示范卡厂"}}, "样例支行"},
        {"SM3", [this](ByteView bytes) {
             digested = textOf(bytes);
             return std::string(64, 'A');
         }});
    std::string digested{};  // what the signed page was bound to

    // A person who wants to look at the pages says where they shall lie.
    std::filesystem::path pathOf(const char* name) const {
        const char* folder = std::getenv("LIQU_REPORT_PAGES");
        return folder == nullptr ? std::filesystem::path(scratch.file(name))
                                 : std::filesystem::path(folder) / name;
    }
    std::string print(const ports::DayReport& report, const char* name) {
        REQUIRE(printer->printDayReport(report, pathOf(name)));
        return textOf(readWholeFile(pathOf(name)).value());
    }
};

// How much of a page is dark where these words alone stand on it.
std::size_t inkOf(const std::string& words) {
    const test::Scratch scratch;
    const auto fonts = ui::PaperFonts::open(LIQU_SOURCE_DIR "/kiosk-config/fonts/fonts.conf");
    REQUIRE(fonts);
    const auto pdf =
        ui::makePdf(**fonts, {}, [&](ui::Sheet& sheet) { sheet.words(words, {.size = 40}); });
    REQUIRE(pdf);
    REQUIRE(writeWholeFile(scratch.file("words.pdf"), *pdf));
    FILE* picture =
        ::popen(("pdftoppm -gray -r 36 -H 100 '" + scratch.file("words.pdf") + "'").c_str(), "r");
    REQUIRE(picture != nullptr);
    std::size_t dark = 0;
    for (int grey = std::fgetc(picture); grey != EOF; grey = std::fgetc(picture)) {
        if (grey < 64) ++dark;
    }
    ::pclose(picture);
    return dark;
}

TEST_CASE("a glyph that Cairo loses in a PDF stands on the paper") {
    const std::size_t nothing = inkOf(" ");
    CHECK(inkOf("果") > nothing + 50);
    CHECK(inkOf("如") > nothing + 50);
}

}  // namespace

TEST_CASE("a quiet day fits two pages") {
    Paper paper;
    const std::string pdf = paper.print(quietDay(), "quiet.pdf");
    CHECK(pdf.starts_with("%PDF"));
    CHECK(pagesOf(paper.pathOf("quiet.pdf")) == 2);
}

TEST_CASE("the signatures stand under the verdict, with names, bound to the table by its digest") {
    Paper paper;
    ports::DayReport report = quietDay();
    report.names = {{"1001", "样品甲"}, {"1002", "样品乙"}, {"1003", "样品丙"}};
    paper.print(report, "signed.pdf");
    CHECK(paper.digested == ui::dayTable(report));
    const std::string first = textOfPage(paper.pathOf("signed.pdf"), 1);
    for (const char* word :
         {"账实相符", "盘点人（一）", "1001 样品甲", "盘点人（二）", "1002 样品乙", "网点主管",
          "1003 样品丙", "SM3", "AAAAAAAA AAAAAAAA", "O-0001 样例支行", "V01 示范卡厂"}) {
        CHECK_MESSAGE(first.find(word) != std::string::npos, word);
    }
    const std::string second = textOfPage(paper.pathOf("signed.pdf"), 2);
    CHECK(second.find("网点主管") == std::string::npos);
    // Other figures, another table.
    const std::string before = paper.digested;
    report.kiosk.taken = 3;
    paper.print(report, "other.pdf");
    CHECK(paper.digested != before);
}

TEST_CASE("equal figures give equal bytes, other figures others") {
    Paper paper;
    const std::string one = paper.print(quietDay(), "one.pdf");
    CHECK(one == paper.print(quietDay(), "again.pdf"));
    ports::DayReport other = quietDay();
    other.kiosk.taken = 3;
    CHECK(one != paper.print(other, "other.pdf"));
    other = quietDay();
    other.generatedAt += std::chrono::hours{1};
    CHECK(one != paper.print(other, "later.pdf"));
}

TEST_CASE("a day with many cases goes over many pages") {
    Paper paper;
    paper.print(badDay(), "bad.pdf");
    CHECK(pagesOf(paper.pathOf("bad.pdf")) >= 5);
}

TEST_CASE("the slip is a picture as wide as the paper, the same for the same day") {
    Paper paper;
    const char* folder = std::getenv("LIQU_REPORT_PAGES");
    const std::filesystem::path path = folder == nullptr
                                           ? std::filesystem::path(paper.scratch.file("slip.png"))
                                           : std::filesystem::path(folder) / "slip.png";
    REQUIRE(paper.printer->drawDaySlip(quietDay(), path));
    const Bytes one = readWholeFile(path).value();
    REQUIRE(one.size() > 24);
    CHECK(textOf(ByteView(one).subspan(1, 3)) == "PNG");
    // The width stands in the header, high byte first.
    CHECK(one[18] * 256 + one[19] == 576);
    REQUIRE(paper.printer->drawDaySlip(quietDay(), path));
    CHECK(one == readWholeFile(path).value());
    REQUIRE(paper.printer->drawDaySlip(badDay(), path));
    CHECK(one != readWholeFile(path).value());
    REQUIRE(paper.printer->drawDaySlip(quietDay(), path));
}

TEST_CASE("what the branch keeps of the audit record stands on report and slip") {
    Paper paper;
    ports::DayReport report = quietDay();
    const auto slipOf = [&paper](const ports::DayReport& day) {
        REQUIRE(paper.printer->drawDaySlip(day, paper.pathOf("slip.png")));
        return readWholeFile(paper.pathOf("slip.png")).value();
    };
    const Bytes without = slipOf(report);
    report.auditLines = 4711;
    report.auditLetters = "K7QM-ABCD-EFGH-WXYZ";
    report.auditCheckpoint = "LIQU-AUDIT/1 T-000017 1717236000000 4711 " + std::string(64, 'A') +
                             " " + std::string(64, 'B') + " 57 48212 " + std::string(128, 'C');
    paper.print(report, "witness.pdf");
    // It stands on the page of the signatures.
    CHECK(pagesOf(paper.pathOf("witness.pdf")) == 3);
    const std::string words = textOfPage(paper.pathOf("witness.pdf"), 1);
    CHECK(words.find("4711") != std::string::npos);
    CHECK(words.find(report.auditLetters) != std::string::npos);
    const Bytes with = slipOf(report);
    CHECK(with.size() > without.size());
    // The code is of the whole text.
    report.auditCheckpoint.back() = 'D';
    CHECK(slipOf(report) != with);
}

TEST_CASE("a folder that is not there is an error, and nothing is left behind") {
    Paper paper;
    const std::filesystem::path path = paper.scratch.file("gone/report.pdf");
    const auto printed = paper.printer->printDayReport(quietDay(), path);
    REQUIRE_FALSE(printed);
    CHECK(printed.error().code == ErrorCode::fileNotWritable);
}

TEST_CASE("the table has every figure, and quotes what needs it") {
    ports::DayReport report = badDay();
    report.outlet = "O-0001, \"east\"";
    const std::string table = ui::dayTable(report);
    CHECK(table.starts_with("\xEF\xBB\xBF部分,对象,项目,数值\r\n"));
    CHECK(table.find("\"O-0001, \"\"east\"\"\"") != std::string::npos);
    CHECK(table.find("位置,1 号卡槽,实点,95\r\n") != std::string::npos);
    CHECK(table.find("位置,1 号卡槽,差额,-2\r\n") != std::string::npos);
    CHECK(table.find("机内等式,,应有,119\r\n") != std::string::npos);
    CHECK(table.find("耗用卡号,A0000002X,T-000017-20240601-000003,待领\r\n") != std::string::npos);
    CHECK(countOf(table, "可能的卡号") > 1000);
    // Staff numbers may begin with 0, and stay what they are.
    report.signatures = {{"", 1, "0012", {}, {}}};
    CHECK(ui::dayTable(report).find("盘点人,日结,\"=\"\"0012\"\"\",\r\n") != std::string::npos);
    CHECK(table.find("省中心核对,A00000011,STATE_DIFF,spoiled / OK\r\n") != std::string::npos);
}
