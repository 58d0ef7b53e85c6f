// The form of a faulty answer, byte by byte, and that every fault of the list strikes somewhere.
#include <fstream>
#include <set>

#include "tests/unit/world/legacy_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

// A person with a number under work; every call below is about them.
struct Scene {
    LegacyHost host;
    LegacyHost::Numbered card = host.numbered();

    LegacyRequest data() const {
        return host.dsjk(host.text(
            "即制卡数据",
            {{"批次号*", card.batch}, {"社保卡号*", card.card}, {"社会保障号码*", legacyFirst}}));
    }
    LegacyRequest method(const char* name) const {
        return host.request(literalCall(name, {{"user", "kiosk"},
                                               {"password", "kiosk-pass"},
                                               {"aac002", legacyFirst},
                                               {"aac003", "测试样例"},
                                               {"aab301", ""}}));
    }
    LegacyRequest list() const {
        return host.dsjk(host.text("即制卡人员", {{"城市代码*", "410100"}}));
    }
    LegacyRequest enable() const {
        return host.dsjk(host.text("领卡启用", LegacyHost::enabling(card.card)));
    }
    std::string raw(const char* verb, const LegacyRequest& request) {
        REQUIRE(host.faults.arm(verb));
        const LegacyAnswer answer = host.sent(request);
        CHECK(host.faults.unfired().empty());
        CHECK(answer.status == 200);
        return answer.body;
    }
    // The text inside.
    std::string text(const char* verb, const LegacyRequest& request, const char* name = "allDsjk") {
        return LegacyHost::contentOf(name, raw(verb, request));
    }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// The second person marked, so that the list has rows.
void markAnother(LegacyHost& host) {
    host.marked("440000199010100084", "样例无照");
}

}  // namespace

TEST_CASE("an answer about somebody else, and about one of the same name") {
    Scene scene;
    std::string told = scene.text("legacy.other-person", scene.method("getRysj"), "getRysj");
    CHECK_FALSE(has(told, legacyFirst));
    CHECK(tagged(told, "AAC003") != "测试样例");
    told = scene.text("legacy.namesake", scene.method("getAZ03"), "getAZ03");
    CHECK(tagged(told, "AAC002") == namesakeOfFirst);
    CHECK(tagged(told, "AAC003") == "测试样例");
    CHECK(tagged(told, "AAE008") == "B01");
    told = scene.text("legacy.other-bank", scene.data());
    CHECK(tagged(told, "社保卡号") == "F30000000");
    // Two persons of one name and bank, both marked, in one list.
    scene.host.marked(namesakeOfFirst, "测试样例");
    told = scene.host.ask("即制卡人员", {{"城市代码*", "410100"}, {"服务银行", "B01"}});
    CHECK(has(told, std::string(namesakeOfFirst) + ",测试样例,B01,1"));
}

TEST_CASE("names that come back damaged") {
    Scene scene;
    CHECK(tagged(scene.text("legacy.name-lost", scene.data()), "姓名") == "?试样例");
    CHECK(tagged(scene.text("legacy.name-pinyin", scene.data()), "姓名") == "测试样例[PINYIN]");
    CHECK(tagged(scene.text("legacy.name-cut", scene.data()), "姓名") == "测试样");
}

TEST_CASE("tables with other columns, quotes, a missing end, and one row too many") {
    Scene scene;
    markAnother(scene.host);
    const std::string row = "1,440000199010100084,样例无照,B01,1";
    CHECK(has(scene.text("legacy.csv-swapped", scene.list()),
              "序号,姓名,社会保障号码,服务银行,申请类型\r\n1,样例无照,440000199010100084,B01,1"));
    CHECK(has(scene.text("legacy.csv-quoted", scene.list()),
              "\"1\",\"440000199010100084\",\"样例无照\",\"B01\",\"1\""));
    CHECK(scene.text("legacy.csv-short", scene.list())
              .ends_with("\r\n1,440000199010100084,样例无照,B01"));
    const std::string two = scene.text("legacy.two-persons", scene.list());
    CHECK(has(two, "<人数>2</人数>"));
    CHECK(has(two, row + "\r\n2,"));
    const std::string cr = scene.raw("legacy.cr-only", scene.list());
    CHECK(has(cr, "&#xd;1,440000199010100084"));
    CHECK_FALSE(has(cr, "\n"));
}

TEST_CASE("values of another form") {
    Scene scene;
    CHECK(tagged(scene.text("legacy.portrait-broken", scene.data()), "相片").starts_with("#/9j/"));
    CHECK(tagged(scene.text("legacy.portrait-empty", scene.data()), "相片").empty());
    CHECK(
        scene.text("legacy.portrait-empty@getPhoto", scene.method("getPhoto"), "getPhoto").empty());
    CHECK(tagged(scene.text("legacy.date-form", scene.data()), "制卡日期") == "2024-6-1");
    CHECK(tagged(scene.text("legacy.full-width-code", scene.data()), "ERR") == "００");
    CHECK(scene.text("legacy.trailing-period", scene.enable()) == "卡未制作完成。");
    REQUIRE(scene.host.report(scene.card) == "00");
    CHECK(scene.text("legacy.code-with-text", scene.enable()) == "01已启用");
}

TEST_CASE("a text that is put together wrongly") {
    Scene scene;
    CHECK(scene.text("legacy.duplicate-err", scene.data())
              .starts_with("<ERR>00</ERR><ERR>01</ERR><社保卡号>"));
    const std::string last = scene.text("legacy.err-last", scene.data());
    CHECK(last.starts_with("<社保卡号>"));
    CHECK(last.ends_with("</相片><ERR>00</ERR>"));
    CHECK(scene.text("legacy.bare-word", scene.data()) == "00");
    CHECK(scene.text("legacy.end-tag-differs", scene.data()).ends_with("</相片*>"));
    const std::string whole = scene.text("legacy.clock@0", scene.data());
    const std::string cut = scene.text("legacy.truncated-inner", scene.data());
    CHECK(cut.size() < whole.size());
    CHECK(whole.starts_with(cut));
    CHECK(scene.text("legacy.huge-reply", scene.data()).size() > 300 * 1024);
    REQUIRE(scene.host.report(scene.card) == "00");
    CHECK(scene.text("legacy.truncated-inner", scene.enable()) == "0");
}

TEST_CASE("the same answer in other XML") {
    Scene scene;
    const LegacyRequest ask = scene.method("getZkjd");
    const std::string plain = scene.host.sent(ask).body;
    CHECK(has(plain, "<getZkjdReturn>&lt;ERR&gt;OK&lt;/ERR&gt;&lt;AAC002&gt;"));
    CHECK(has(scene.raw("legacy.double-escaped", ask), "Return>&amp;lt;ERR&amp;gt;OK&amp;lt;/ERR"));
    CHECK(has(scene.raw("legacy.cdata", ask), "Return><![CDATA[<ERR>OK</ERR><AAC002>"));
    CHECK(has(scene.raw("legacy.child-elements", ask), "Return><ERR>OK</ERR><AAC002>"));
    CHECK(has(scene.raw("legacy.nil", ask), "<getZkjdReturn xsi:nil=\"true\"></getZkjdReturn>"));
    CHECK(has(scene.raw("legacy.empty", ask), "<getZkjdReturn></getZkjdReturn>"));
    const std::string reference = scene.raw("legacy.multi-ref", ask);
    CHECK(
        has(reference, "<getZkjdReturn href=\"#id0\"></getZkjdReturn></getZkjdResponse><multiRef"));
    CHECK(has(reference, " id=\"id0\" xsi:type=\"xsd:string\">&lt;ERR&gt;OK"));
    const std::string dangling = scene.raw("legacy.multi-ref-dangling", ask);
    CHECK(has(dangling, "href=\"#id0\""));
    CHECK_FALSE(has(dangling, "<multiRef"));
    CHECK(has(scene.raw("legacy.control-character", ask), "&#1;</getZkjdReturn>"));
}

TEST_CASE("bytes: a mark in front, a NUL behind, GBK, and GBK broken inside a character") {
    Scene scene;
    const LegacyRequest ask = scene.method("getRysj");
    CHECK(scene.raw("legacy.bom", ask).starts_with("\xEF\xBB\xBF<?xml"));
    CHECK(scene.raw("legacy.trailing-nul", ask).back() == '\0');
    const std::string gbk = scene.raw("legacy.gbk-bytes", ask);
    // 测试样例 as B2E2 CAD4 D1F9 C0FD, under a declaration of UTF-8.
    CHECK(has(gbk, "AAC003&gt;\xB2\xE2\xCA\xD4\xD1\xF9\xC0\xFD&lt;"));
    CHECK(has(gbk, "encoding=\"UTF-8\""));
    const std::string torn = scene.raw("legacy.gbk-torn", scene.method("getZkjd"));
    // 制卡中 ends with D6D0: its second byte is gone.
    CHECK(has(torn, "ZKZT&gt;\xD6\xC6\xBF\xA8\xD6&lt;"));
}

TEST_CASE("a lie strikes once, and only where there is what it spoils") {
    Scene scene;
    REQUIRE(scene.host.faults.arm("legacy.csv-quoted"));
    scene.host.sent(scene.enable());
    CHECK(scene.host.faults.unfired() == std::vector<std::string>{"legacy.csv-quoted"});
    markAnother(scene.host);
    CHECK(has(LegacyHost::contentOf("allDsjk", scene.host.sent(scene.list()).body), "\"1\""));
    CHECK_FALSE(has(LegacyHost::contentOf("allDsjk", scene.host.sent(scene.list()).body), "\"1\""));
    CHECK_FALSE(scene.host.faults.arm("legacy.no-such").has_value());
}

TEST_CASE("every fault of the list is played by one of these tests") {
    std::string tests;
    for (const char* name :
         {"legacy_faults_test.cpp", "legacy_lies_test.cpp", "legacy_making_test.cpp"}) {
        std::ifstream file(std::string(LIQU_SOURCE_DIR) + "/tests/unit/world/" + name);
        tests.append(std::istreambuf_iterator<char>(file), {});
    }
    for (const LegacyFault fault : allLegacyFaults()) {
        INFO(verbOf(fault));
        CHECK(has(tests, "\"" + std::string(verbOf(fault))));
    }
}
