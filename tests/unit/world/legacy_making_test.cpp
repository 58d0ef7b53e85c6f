// From the wish for a card to the card that works, in hn's words.
#include "tests/unit/world/legacy_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

int done(LegacyHost& host, const char* act, const std::string& key) {
    return host.books().act(act, key).done;
}

}  // namespace

TEST_CASE("the whole way of one card, and its progress") {
    LegacyHost host;
    CHECK(host.progress(legacyFirst, "测试样例") == "<ERR>身份证号不存在</ERR>");
    host.marked();
    std::string told = host.progress(legacyFirst, "测试样例");
    CHECK(tagged(told, "APPLYTIME").starts_with("202406011000"));
    CHECK(tagged(told, "AAE008") == "B01");
    CHECK(tagged(told, "BATCHNO").empty());
    const std::string list = host.ask("即制卡人员", {{"城市代码*", "410100"}, {"服务银行", "B01"}});
    CHECK(list == "<ERR>00</ERR><人数>1</人数>\r\n序号,社会保障号码,姓名,服务银行,申请类型\r\n1," +
                      std::string(legacyFirst) + ",测试样例,B01,1");

    const std::string number = host.batchNumber();
    CHECK(number == "B202406010001");
    host.books().blanks.push_back({"A12345678", "6228000000000000019"});
    CHECK(host.batch(number) ==
          "<ERR>00</ERR><批次号>B202406010001</批次号><人数>1</人数>\n"
          "序号,社保卡号,社会保障号码,姓名\n1,A12345678," +
              std::string(legacyFirst) + ",测试样例");
    told = host.progress(legacyFirst, "测试样例");
    CHECK(tagged(told, "BATCHNO") == number);
    CHECK(tagged(told, "AAZ500") == "A12345678");
    CHECK(tagged(told, "AAE010") == "6228000000000000019");
    CHECK(host.ask("查询批次号", {{"社保卡号", "A12345678"}}) ==
          "<ERR>00</ERR><AAZ500>A12345678</AAZ500><batchno>B202406010001</batchno>");

    const LegacyPairs of{
        {"批次号*", number}, {"社保卡号*", "A12345678"}, {"社会保障号码*", legacyFirst}};
    const std::string data = host.ask("即制卡数据", of);
    CHECK(tagged(data, "姓名") == "测试样例");
    CHECK(tagged(data, "制卡日期") == "20240601");
    CHECK(tagged(data, "有效期至") == "20340601");
    CHECK(tagged(data, "所在社区(村)编号") == "1");
    CHECK(tagged(data, "相片").starts_with("/9j/"));
    CHECK(host.ask("即制卡数据", of) == data);

    const LegacyHost::Numbered card{number, "A12345678", "6228000000000000019", "20240601",
                                    "20340601"};
    CHECK(host.ask("领卡启用", LegacyHost::enabling("A12345678")) == "卡未制作完成");
    CHECK(host.report(card) == "00");
    CHECK(host.state("A12345678", legacyFirst, "测试样例") == "封存");
    const LegacyPairs whom{{"aac002", legacyFirst}, {"aac003", "测试样例"}, {"aab301", ""}};
    CHECK(tagged(host.call("getZkjd", whom), "ZKZT") == "待领卡");
    CHECK(host.ask("领卡启用", LegacyHost::enabling("A12345678")) == "00");
    CHECK(host.ask("领卡启用", LegacyHost::enabling("A12345678")) == "01");
    CHECK(host.state("A12345678", legacyFirst, "测试样例") == "OK");
    CHECK(tagged(host.call("getZkjd", whom), "ZKZT") == "卡已领取");
    const std::string base = host.call(
        "getAC01", {{"aaz500", "A12345678"}, {"aac002", legacyFirst}, {"aac003", "测试样例"}});
    CHECK(tagged(base, "AAZ501") == legacyChip);
    CHECK(tagged(base, "AAZ507") == legacyAtr);
    CHECK(violations(host.books()).empty());
    CHECK(host.books().wrongs.empty());
    CHECK(done(host, "apply", legacyFirst) == 1);
    CHECK(done(host, "report", "A12345678") == 1);
    CHECK(host.books().act("enable", "A12345678").already == 1);
}

TEST_CASE("what was done is said as a sentence") {
    LegacyHost host;
    host.marked();
    CHECK(host.ask("申请社保卡", host.application()) == "已提交过办卡申请");
    CHECK(host.ask("即制卡标注", LegacyHost::of(legacyFirst, "测试样例")) == "已经开始制卡");
    const std::string first = host.batchNumber();
    const std::string second = host.batchNumber();
    CHECK(first != second);
    CHECK(tagged(host.batch(first), "ERR") == "00");
    CHECK(host.batch(second) == "<ERR>已经有批次号</ERR>");
    CHECK(host.batch(first) == "<ERR>已经有批次号</ERR>");
    constexpr const char* other = "440000199010100084";
    host.marked(other, "样例无照");
    CHECK(host.batch(first, other, "样例无照") == "<ERR>批次号已经被使用</ERR>");
    CHECK(done(host, "batch", legacyFirst) == 1);
    CHECK(host.books().act("batch", legacyFirst).already == 2);
    CHECK(host.books().act("apply", legacyFirst).already == 1);
}

TEST_CASE("each step wants the one before it") {
    LegacyHost host;
    const LegacyPairs whom = LegacyHost::of(legacyFirst, "测试样例");
    CHECK(host.ask("即制卡标注", whom) == "未提交办卡申请");
    CHECK(host.ask("撤销标注", whom) == "未做即制卡标注");
    CHECK(host.ask("申请社保卡", host.application()) == "00");
    CHECK(host.batch(host.batchNumber()) == "<ERR>未做即制卡标注</ERR>");
    CHECK(host.ask("即制卡标注", whom) == "00");
    CHECK(host.ask("撤销标注", whom) == "00");
    CHECK(tagged(host.ask("即制卡人数", {{"城市代码*", "410100"}}), "人数") == "0");
    CHECK(host.ask("即制卡标注", whom) == "00");
    CHECK(host.batch("B1") == "<ERR>批次号不存在</ERR>");
    CHECK(host.ask("即制卡数据", {{"批次号*", host.batchNumber()},
                                  {"社保卡号*", "A12345678"},
                                  {"社会保障号码*", legacyFirst}}) == "<ERR>卡号不存在</ERR>");
    CHECK(host.report({"B1", "A12345678", "1", "20240601", "20340601"}) == "卡号不存在");
    CHECK(host.ask("撤销补换卡", whom) == "没有权限");
    CHECK(host.ask("补换卡", whom) == "操作不存在");
}

TEST_CASE("person, name and city are compared") {
    LegacyHost host;
    CHECK(host.ask("申请社保卡", host.application("110000199001010011")) == "身份证号不存在");
    CHECK(host.ask("申请社保卡", host.application(legacyFirst, "样例他人")) == "姓名不一致");
    LegacyPairs elsewhere = host.application();
    elsewhere[0].second = "410200";
    CHECK(host.ask("申请社保卡", elsewhere) == "身份证号不存在(或发卡城市不符)");
    CHECK(host.ask("申请社保卡", host.application(legacyNormal, "样例已有")) == "已有社会保障卡");
}

TEST_CASE("a replacement: the old card lost, the fee registered, the old card ends with the new") {
    LegacyHost host;
    CHECK(host.ask("申请社保卡", host.application(legacyNormal, "样例已有", "5")) ==
          "原卡未正式挂失");
    CHECK(host.ask("申请社保卡", host.application(legacyDue, "样例欠费", "5")) ==
          "未做交费登记或已撤销交费登记");
    LegacyPairs fee = LegacyHost::of(legacyDue, "样例欠费");
    CHECK(tagged(host.ask("查询交费登记状态", fee), "登记状态") == "0");
    fee.insert(fee.end(), {{"电子缴款码*", "P-1"}, {"缴款时间", "20240601"}});
    CHECK(host.ask("交费登记", fee) == "00");
    CHECK(host.ask("交费登记", fee) == "01");
    fee[3].second = "P-2";
    CHECK(host.ask("交费登记", fee) == "已做交费登记");
    CHECK(tagged(host.ask("查询交费登记状态", LegacyHost::of(legacyDue, "样例欠费")),
                 "电子缴款码") == "P-1");
    const auto card = host.numbered(legacyDue, "样例欠费", "5");
    CHECK(host.report(card, legacyDue, "样例欠费") == "00");
    CHECK(host.state("K00000022", legacyDue, "样例欠费") == "注销");
    CHECK(host.state(card.card, legacyDue, "样例欠费") == "封存");
    CHECK(violations(host.books()).empty());
    CHECK(host.ask("撤销交费登记", LegacyHost::of(legacyDue, "样例欠费")) == "00");
    CHECK(host.ask("撤销交费登记", LegacyHost::of(legacyDue, "样例欠费")) ==
          "未做交费登记或已撤销交费登记");
}

TEST_CASE("the lock of a batch lasts two hours") {
    LegacyHost host;
    host.marked();
    const std::string number = host.batchNumber();
    const std::string locked = "<ERR>批次确认加锁失败(保存失败)</ERR>";
    SUBCASE("nothing was done") {
        REQUIRE(host.faults.arm("legacy.batch-locked"));
        CHECK(host.batch(number) == locked);
        CHECK(tagged(host.progress(legacyFirst, "测试样例"), "BATCHNO").empty());
        host.clock.sleepFor(119min);
        CHECK(host.batch(number) == locked);
        CHECK(host.batch(host.batchNumber()) == locked);
        host.clock.sleepFor(1min);
        host.progress(legacyFirst, "测试样例");
        CHECK(tagged(host.batch(number), "ERR") == "00");
        // Once it was asked for again without a look at what the lock had left.
        CHECK(host.books().act("batch", legacyFirst).blind == 1);
        CHECK(violations(host.books()).size() == 1);
    }
    SUBCASE("half of it was done") {
        REQUIRE(host.faults.arm("legacy.batch-locked@half"));
        CHECK(host.batch(number) == locked);
        std::string told = host.progress(legacyFirst, "测试样例");
        CHECK(tagged(told, "BATCHNO") == number);
        CHECK(tagged(told, "AAZ500").empty());
        host.clock.sleepFor(2h);
        told = host.progress(legacyFirst, "测试样例");
        CHECK(tagged(told, "AAZ500") == "L0000001" + std::string(1, tagged(told, "AAZ500").back()));
        CHECK(host.batch(number) == "<ERR>已经有批次号</ERR>");
        CHECK(violations(host.books()).empty());
    }
}

TEST_CASE("a report: the same row again is taken, another one is not") {
    LegacyHost host;
    LegacyHost::Numbered card = host.numbered();
    SUBCASE("made") {
        CHECK(host.report(card) == "00");
        CHECK(host.report(card) == "00");
        CHECK(host.books().act("report", card.card).repeated == 1);
        CHECK(host.reportFailed(card, "打印机卡纸") == "该卡已回盘");
        CHECK(violations(host.books()).size() == 1);
    }
    SUBCASE("failed: the number is dead, and the person gets another one") {
        CHECK(host.reportFailed(card, "芯片写入失败") == "00");
        CHECK(host.reportFailed(card, "芯片写入失败") == "00");
        CHECK(host.reportFailed(card, "打印机卡纸") == "该卡已回盘");
        const std::string told = host.progress(legacyFirst, "测试样例");
        CHECK(tagged(told, "VALIDTAG") == "-1");
        CHECK(tagged(told, "REMARKS") == "芯片写入失败");
        const std::string next = host.batch(host.batchNumber());
        CHECK(tagged(next, "ERR") == "00");
        CHECK(next.find(card.card) == std::string::npos);
        CHECK(tagged(host.progress(legacyFirst, "测试样例"), "VALIDTAG") == "1");
        CHECK(violations(host.books()).empty());
        CHECK(host.report(card) == "该卡已回盘");
        CHECK(violations(host.books()).size() == 1);
    }
    SUBCASE("values that are not this card's") {
        card.account = "6228000000000000001";
        CHECK(host.report(card) == "回盘数据不正确");
        CHECK(host.books().wrongs.size() == 1);
    }
    SUBCASE("another batch") {
        card.batch = host.batchNumber();
        CHECK(host.report(card) == "批次号不存在");
    }
    SUBCASE("a reason of 66 bytes, and one of fifty") {
        std::string reason;
        for (int i = 0; i < 33; ++i) reason += "卡";
        CHECK(host.reportFailed(card, reason) == "失败原因超长");
        CHECK(host.reportFailed(card, reason.substr(0, 75)) == "00");
    }
    SUBCASE("a comma in the reason moves the columns") {
        CHECK(host.reportFailed(card, "卡纸,重试") == "数据列不一致");
    }
}

TEST_CASE("the tables of jl are others, and hn's are refused there") {
    LegacyHost host("jl");
    const std::string head = reportHead;
    const LegacyPairs fields{{"批次号*", "B1"}, {"人数*", "1"}};
    const std::string row = "\r\n1,A12345678,x,y,20240601,20340601,a,b,c,d,e,,,\r\n";
    CHECK(host.ask("即制卡回盘", fields, head + row) == "数据列不一致");
    const std::string jl =
        "序号,社保卡号,社会保障号码,姓名,发卡日期,卡有效期,卡识别码,卡复位码,服务银行,银行卡号,"
        "个人帐户,装箱位置,失败环节,失败原因";
    CHECK(host.ask("即制卡回盘", fields, jl + row) == "卡号不存在");
    CHECK(host.ask("即制卡标注", LegacyHost::of(legacyFirst, "测试样例")) == "操作不存在");
    CHECK(host.ask("即时制卡标注", {{"所属城市*", "220100"},
                                    {"社会保障号码*", legacyFirst},
                                    {"姓名*", "测试样例"}}) == "未提交办卡申请");
}
