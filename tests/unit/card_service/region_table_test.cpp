#include "firmware/province/adapters/card_service/region_table.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "firmware/base/whole_file.hpp"
#include "tests/unit/card_service/fake_service.hpp"

namespace liqu::province::card_service {
namespace {

std::string shipped(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(LIQU_SOURCE_DIR "/kiosk-config/legacy/" + name + ".toml").rdbuf();
    return text.str();
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

Result<RegionTable> load(const std::string& text, std::string_view region = "410000") {
    const test::Scratch scratch;
    std::ofstream(scratch.file("table.toml")) << text;
    return loadRegionTable(scratch.file("table.toml"), region);
}
// What is wrong with it; empty: nothing.
std::string fault(const std::string& text, std::string_view region = "410000") {
    const auto table = load(text, region);
    return table ? "" : describe(table.error());
}
bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("the shipped tables are read, each for its own province only") {
    for (const char* name : {"henan", "hubei", "jilin"}) {
        CAPTURE(name);
        CHECK(test::tableNamed(name).name == name);
    }
    CHECK(says(fault(shipped("henan"), "220000"), "is not the province of the region's rules"));
    CHECK(fault(shipped("henan"), "410100").empty());
}

TEST_CASE("two provinces mixed up are found") {
    const std::string henan = shipped("henan");
    for (const char* part : {"[call]\nof = ", "[answer]\nof = ", "[meaning]\nof = "}) {
        const std::string from = std::string(part) + "\"henan\"";
        CHECK(says(fault(with(henan, from, std::string(part) + "\"jilin\"")), "mixed up"));
    }
    // What another province says means nothing here, and what two say alike stands once.
    CHECK(
        says(fault(henan + "\n[[meaning.text]]\ntext = \"身份证号不存在\"\nmeans = \"refused\"\n"),
             "twice"));
}

TEST_CASE("a text means what its table says, and what no table says means nothing") {
    const RegionTable table = test::tableNamed("henan");
    CHECK(table.meaningOf(Call::enable, "00") == Meaning::done);
    CHECK(table.meaningOf(Call::enable, " 00\r\n") == Meaning::done);
    CHECK(table.meaningOf(Call::enable, "００") == Meaning::done);
    CHECK(table.meaningOf(Call::enable, "02银行卡号为空") == Meaning::partial);
    CHECK(table.meaningOf(Call::createBatch, "批次确认加锁失败（保存失败）") == Meaning::later);
    CHECK(table.meaningOf(Call::createBatch, "批次号已经被使用") == Meaning::numberTaken);
    CHECK(table.meaningOf(Call::apply, "已提交过办卡申请") == Meaning::already);
    for (const char* unknown :
         {"020", "0 1", "01已启用", "0", "00.", "ok", "OK", "您已提交过办卡申请"})
        CHECK_FALSE(table.meaningOf(Call::enable, unknown));
    // 01 is "already" where clients agree on it, and nothing where they do not.
    CHECK_FALSE(table.meaningOf(Call::report, "01"));
}

TEST_CASE("a part of a text never means success") {
    const std::string henan = shipped("henan");
    const std::string row = "\n[[meaning.text]]\ntext = \"系统正在维护\"\nmatch = \"contains\"\n";
    CHECK(fault(henan + row + "means = \"later\"\n").empty());
    for (const char* means : {"done", "already", "partial"})
        CHECK(says(fault(henan + row + "means = \"" + means + "\"\n"), "never means success"));
    CHECK(says(fault(henan + "\n[[meaning.text]]\ntext = \"维护\"\nmatch = \"contains\"\n"
                             "means = \"later\"\n"),
               "too short"));
    const auto table = load(henan + row + "means = \"later\"\n");
    CHECK(table->meaningOf(Call::enable, "对不起，系统正在维护，请稍后") == Meaning::later);
}

TEST_CASE("what is misspelt, missing or out of its limits is refused with its key") {
    const std::string henan = shipped("henan");
    CHECK(says(fault(with(henan, "\"aac003:name\", \"aab301:city\"", "\"aac003:nmae\"")),
               "is no name:value"));
    CHECK(says(fault(with(henan, "[call.person]", "[call.persno]")), "call.persno"));
    CHECK(says(fault(with(henan, "means = \"done\"", "means = \"fine\"")), "means"));
    CHECK(says(fault(with(henan, "operation = \"撤销标注\"\n", "")), "belong together"));
    CHECK(says(fault(with(henan, "method = \"getRysj\"", "method = \"get Rysj\"")), "method"));
    CHECK(says(fault(with(henan, "is = \"NORMAL\"", "is = \"FINE\"")), "no state"));
    CHECK(says(fault(with(henan, "city = [\"AAB301\"]", "city = [\"AAC002\"]")), "another item"));
    CHECK(says(fault(with(henan, "answer = [\"ERR\"]\n", "")), "answer.item.answer"));
    CHECK(says(fault(with(henan, "path = \"/hn", "path = \"hn")), "soap.path"));
    CHECK(says(fault(with(henan, "text = \"封存\"", "text = \"正常\"")), "twice"));
    CHECK(says(fault(with(henan, "text = \"封存\"", "text = \"<封存>\"")), "markup"));
    std::string many = henan;
    for (int i = 0; i < 300; ++i)
        many += "[[meaning.text]]\ntext = \"t" + std::to_string(i) + "\"\nmeans = \"refused\"\n";
    CHECK(says(fault(many), "1 to 300"));
}

}  // namespace
}  // namespace liqu::province::card_service
