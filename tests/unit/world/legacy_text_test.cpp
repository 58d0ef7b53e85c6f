// The text inside, read strictly and as the real ones read it; GBK; and the vectors of the field.
#include "tests/unit/world/legacy_host.hpp"
#include "tests/world/legacy_province/gbk.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

std::string wrongOf(const std::string& text) {
    const auto read = readInner(text, InnerReading::strict);
    return read ? std::string() : read.error();
}
std::string lenient(const std::string& text, const std::string& name) {
    const auto read = readInner(text, InnerReading::lenient);
    return read ? read->valueOf(name) : "wrong: " + read.error();
}

// 121 characters, 222 bytes of UTF-8, 172 of GBK.
constexpr const char* firstVector =
    "<操作*>即制卡标注</操作*><用户名*>u1</用户名*><密码*>p1</密码*><城市代码*>410100</城市代码*>"
    "<社会保障号码*>999999199003070012</社会保障号码*><姓名*>阿卜杜拉·买买提</姓名*>";

}  // namespace

TEST_CASE("the vector of a mark has six fields, and its lengths") {
    const std::string text = firstVector;
    CHECK(text.size() == 222);
    CHECK(gbkLength(text) == 172);
    const auto read = readInner(text, InnerReading::strict);
    REQUIRE(read.has_value());
    CHECK(read->fields.size() == 6);
    CHECK(read->rows.empty());
    CHECK(read->valueOf("姓名*") == "阿卜杜拉·买买提");
    CHECK(plainName(read->fields[4].name) == "社会保障号码");
    CHECK(literalCall("allDsjk", {{"xml", text}}).size() == 526);
}

TEST_CASE("names with stars and brackets of both widths") {
    const std::string text =
        "<ERR>00</ERR><所在社区(村)编号>1</所在社区(村)编号><所在社区（村）编号>2</"
        "所在社区（村）编号>"
        "<姓名*>王</姓名*>";
    const auto read = readInner(text, InnerReading::strict);
    REQUIRE(read.has_value());
    CHECK(read->valueOf("所在社区(村)编号") == "1");
    CHECK(read->valueOf("所在社区（村）编号") == "2");
    CHECK(read->valueOf("姓名*") == "王");
}

TEST_CASE("an end tag that differs in star or bracket: the real ones take it, the strict one not") {
    CHECK(lenient("<城市代码>410100</城市代码*>", "城市代码") == "410100");
    CHECK(lenient("<社区(村)名称>甲</社区（村）名称>", "社区(村)名称") == "甲");
    CHECK(wrongOf("<城市代码>410100</城市代码*>") == "no end tag of its own: 城市代码");
    CHECK(lenient("<a>1</b>", "a").starts_with("wrong"));
}

TEST_CASE("a table behind the fields") {
    const std::string text = "<批次号*>B1</批次号*>\r\n序号,姓名\r\n1,王\r\n2,\r\n";
    const auto read = readInner(text, InnerReading::strict);
    REQUIRE(read.has_value());
    REQUIRE(read->rows.size() == 3);
    CHECK(read->rows[1] == TableRow{"1", "王"});
    CHECK(read->rows[2] == TableRow{"2", ""});
    CHECK_FALSE(wrongOf(replaced(text, "\r\n", "\n")).empty());
    CHECK_FALSE(wrongOf(replaced(text, "\r\n", "\r")).empty());
    CHECK(readInner(replaced(text, "\r\n", "\n"), InnerReading::lenient)->rows.size() == 3);
}

TEST_CASE("what is no such text") {
    CHECK_FALSE(wrongOf("").empty());
    CHECK_FALSE(wrongOf("00").empty());
    CHECK_FALSE(wrongOf("<a>1").empty());
    CHECK_FALSE(wrongOf("<a").empty());
    CHECK_FALSE(wrongOf("<a>1</a><a>2</a>").empty());
    CHECK_FALSE(wrongOf("<a>1&amp;2</a>").empty());
    CHECK_FALSE(wrongOf("<a><b>1</b></a>").empty());
    CHECK_FALSE(wrongOf("<a>1</a> <b>2</b>").empty());
    CHECK_FALSE(wrongOf("<a>1</a>text").empty());
    CHECK_FALSE(wrongOf("<a>" + std::string(300 * 1024, 'x') + "</a>").empty());
    CHECK(wrongOf("<a></a>").empty());
}

TEST_CASE("GBK keeps what it has a code for") {
    CHECK(gbkFromUtf8("测试") == "\xB2\xE2\xCA\xD4");
    CHECK(gbkFromUtf8("买买提·阿不都") ==
          "\xC2\xF2\xC2\xF2\xCC\xE1\xA1\xA4\xB0\xA2\xB2\xBB\xB6\xBC");
    CHECK(asStoredInGbk("王䶮") == "王?");
    CHECK(asStoredInGbk("𫖯𠮷•") == "???");
    CHECK(fitsGbk("测试样例"));
    CHECK_FALSE(fitsGbk("王䶮"));
    CHECK(isUtf8("测试"));
    CHECK_FALSE(isUtf8("\xB2\xE2\xCA\xD4"));
    CHECK_FALSE(isUtf8("\xE6\xB5"));
}

TEST_CASE("a name outside GBK comes back with question marks, or is refused") {
    LegacyHost host;
    constexpr const char* rare = "650000194910010021";  // 测𬭸㛃 of the fixtures
    const LegacyPairs whom{{"aac002", rare}, {"aac003", "测𬭸㛃"}, {"aab301", ""}};
    const std::string said = host.call("getRysj", whom);
    CHECK(tagged(said, "ERR") == "OK");
    CHECK(tagged(said, "AAC003").starts_with("测?"));
    host.profile().refusesOutsideGbk = true;
    CHECK(host.ask("即制卡标注", LegacyHost::of(rare, "测𬭸㛃")) == "含有不能识别的字符");
}

TEST_CASE("strict: fields as the table has them") {
    LegacyHost host;
    LegacyPairs good = host.application();
    std::string expected;
    SUBCASE("an unknown one") {
        good.push_back({"备注", "1"});
        expected = "报文格式错误:备注";
    }
    SUBCASE("another order") {
        std::swap(good[0], good[1]);
        expected = "报文格式错误:城市代码*";
    }
    SUBCASE("a star is missing") {
        good[0].first = "城市代码";
        expected = "报文格式错误:城市代码";
    }
    SUBCASE("a mandatory one is missing") {
        good.erase(good.begin() + 3);
        expected = "服务银行不能为空";
    }
    SUBCASE("a mandatory one is empty") {
        good[8].second.clear();
        expected = "姓名不能为空";
    }
    SUBCASE("a value with an entity of its own") {
        good[12].second = "1&lt;2";
        expected = "报文格式错误";
    }
    SUBCASE("the picture is none") {
        good[17].second = "#";
        expected = "报文格式错误";
    }
    SUBCASE("a day that is none") {
        good[11].second = "1985-3-12";
        expected = "报文格式错误";
    }
    CHECK(host.ask("申请社保卡", good) == expected);
    CHECK(host.books().applications.empty());
    CHECK(host.books().wrongs.size() == 1);
}

TEST_CASE("lenient: as live requests come") {
    LegacyHost host;
    host.profile().reading = InnerReading::lenient;
    host.profile().ordered = false;
    std::string inner = host.text("申请社保卡", host.application());
    inner = replaced(inner, "<城市代码*>", "<城市代码>");
    inner = replaced(inner, "</所在社区(村)编号>", "</所在社区（村）编号>");
    inner += "<别的>x</别的>";
    CHECK(host.returned("allDsjk", literalCall("allDsjk", {{"xml", inner}})) == "00");
    CHECK(host.books().applications.size() == 1);
}
