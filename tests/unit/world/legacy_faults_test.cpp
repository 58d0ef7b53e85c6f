// What the legacy province does wrong: the line, what it says of the matter, and the evidence of
// each. The form of its answers stands in legacy_lies_test.cpp.
#include "tests/unit/world/legacy_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

void arm(LegacyHost& host, const std::string& verb) {
    REQUIRE(host.faults.arm(verb));
}
LegacyRequest applying(const LegacyHost& host) {
    return host.dsjk(host.text("申请社保卡", host.application()));
}
const LegacyAct& applied(LegacyHost& host) {
    return host.books().act("apply", legacyFirst);
}
LegacyRequest enabling(const LegacyHost& host, const std::string& card) {
    return host.dsjk(host.text("领卡启用", LegacyHost::enabling(card)));
}
std::string said(LegacyHost& host, const LegacyRequest& request) {
    return LegacyHost::contentOf("allDsjk", host.sent(request).body);
}

}  // namespace

TEST_CASE("the line: whether it was carried out cannot be told from outside") {
    LegacyHost host;
    LegacyFate fate = LegacyFate::unknown;
    std::string verb = "legacy.answer-lost@申请社保卡";
    std::size_t carriedOut = 1;
    SUBCASE("cut after the act") {}
    SUBCASE("swallowed before it") {
        verb = "legacy.request-lost";
        carriedOut = 0;
    }
    SUBCASE("half of the bytes") {
        verb = "legacy.half-reply";
        fate = LegacyFate::torn;
    }
    SUBCASE("a second too late") {
        verb = "legacy.late";
    }
    arm(host, verb);
    CHECK(host.send(applying(host)).fate == fate);
    CHECK(host.books().applications.size() == carriedOut);
    CHECK(host.faults.unfired().empty());
    CHECK(applied(host).inDoubt);
    CHECK(host.books().calls.back().spoiled);
    // Who looks first may send again; who does not is seen.
    SUBCASE("with a look") {
        host.progress(legacyFirst, "测试样例");
        CHECK(violations(host.books()).empty());
    }
    SUBCASE("blind") {
        host.send(applying(host));
        CHECK(applied(host).blind == 1);
        CHECK(violations(host.books()) ==
              std::vector<std::string>{"apply of " + std::string(legacyFirst) +
                                       " was asked for again 1 times without a look"});
    }
    CHECK(applied(host).done <= 1);
}

TEST_CASE("an answer after 31 s to a query, after 61 s to an act") {
    LegacyHost host;
    arm(host, "legacy.late@getRysj");
    const LegacyRequest query = host.request(literalCall("getRysj", {{"user", "kiosk"},
                                                                     {"password", "kiosk-pass"},
                                                                     {"aac002", legacyFirst},
                                                                     {"aac003", "测试样例"},
                                                                     {"aab301", ""}}));
    CHECK(host.send(query, 30s).fate == LegacyFate::unknown);
    CHECK(host.clock.now().time_since_epoch() == 30s);
    arm(host, "legacy.late@申请社保卡");
    CHECK(host.send(applying(host), 62s).fate == LegacyFate::answered);
    CHECK(host.clock.now().time_since_epoch() > 91s);
}

TEST_CASE("nothing listens: that alone proves that nothing was done") {
    LegacyHost host;
    arm(host, "legacy.unreachable");
    CHECK(host.send(applying(host)).fate == LegacyFate::neverSent);
    CHECK(host.send(applying(host)).fate == LegacyFate::neverSent);
    CHECK(applied(host).asked == 0);
    host.faults.mend("legacy.unreachable");
    CHECK(said(host, applying(host)) == "00");
    CHECK(violations(host.books()).empty());
}

TEST_CASE("the server's own faults and pages") {
    LegacyHost host;
    std::string verb = "legacy.fault-after";
    std::string expected = "<faultcode xmlns:ns1=\"http://xml.apache.org/axis/\">ns1:Server.";
    int status = 500;
    std::size_t carriedOut = 1;
    SUBCASE("a fault after the commit") {}
    SUBCASE("a fault before it, of the same looks") {
        verb = "legacy.fault-before";
        carriedOut = 0;
    }
    SUBCASE("a page with 200") {
        verb = "legacy.html-200";
        expected = "<title>登录</title>";
        status = 200;
    }
    SUBCASE("a page of a proxy") {
        verb = "legacy.proxy-503";
        expected = "503 Service Unavailable";
        status = 503;
    }
    arm(host, verb);
    const LegacyAnswer answer = host.sent(applying(host));
    CHECK(answer.status == status);
    CHECK(answer.body.find(expected) != std::string::npos);
    CHECK(answer.contentType.starts_with("text/html") == (status != 500));
    CHECK(host.books().applications.size() == carriedOut);
    CHECK(applied(host).inDoubt);
    CHECK(said(host, applying(host)) == (carriedOut == 1 ? "已提交过办卡申请" : "00"));
    CHECK(applied(host).done == 1);
    CHECK(applied(host).blind == 1);
}

TEST_CASE("a request executed twice answers for the second time") {
    LegacyHost host;
    std::string answer;
    std::string act;
    std::string key = legacyFirst;
    SUBCASE("an application") {
        arm(host, "legacy.executed-twice@申请社保卡");
        answer = said(host, applying(host));
        CHECK(answer == "已提交过办卡申请");
        act = "apply";
    }
    SUBCASE("an enabling") {
        const auto card = host.numbered();
        host.report(card);
        arm(host, "legacy.executed-twice@领卡启用");
        CHECK(said(host, enabling(host, card.card)) == "01");
        act = "enable";
        key = card.card;
    }
    SUBCASE("a batch") {
        host.marked();
        const std::string number = host.batchNumber();
        arm(host, "legacy.executed-twice@即制卡批次");
        CHECK(host.batch(number) == "<ERR>已经有批次号</ERR>");
        act = "batch";
    }
    const LegacyAct& seen = host.books().act(act, key);
    CHECK(seen.asked == 1);
    CHECK(seen.done == 1);
    CHECK(seen.already == 1);
    CHECK(seen.twice == 1);
    CHECK(violations(host.books()).empty());
}

TEST_CASE("already: somebody else's act, in words that do not say whose") {
    LegacyHost host;
    SUBCASE("another bank's application") {
        arm(host, "legacy.done-elsewhere@申请社保卡");
        CHECK(said(host, applying(host)) == "已提交过办卡申请");
        const std::string told = host.progress(legacyFirst, "测试样例");
        CHECK(tagged(told, "AAE008") == "B09");
        CHECK(tagged(told, "AGENCY") == "99000001");
        CHECK(applied(host).done == 0);
    }
    SUBCASE("another outlet's batch") {
        host.marked();
        const std::string number = host.batchNumber();
        arm(host, "legacy.done-elsewhere@即制卡批次");
        CHECK(host.batch(number) == "<ERR>已经有批次号</ERR>");
        CHECK(tagged(host.progress(legacyFirst, "测试样例"), "BATCHNO") != number);
    }
    SUBCASE("another chip's report") {
        const auto card = host.numbered();
        arm(host, "legacy.done-elsewhere@即制卡回盘");
        CHECK(host.report(card) == "该卡已回盘");
        const std::string base = host.call(
            "getAC01", {{"aaz500", card.card}, {"aac002", legacyFirst}, {"aac003", "测试样例"}});
        CHECK(tagged(base, "AAZ501") != legacyChip);
    }
    SUBCASE("another fee") {
        LegacyPairs fee = LegacyHost::of(legacyDue, "样例欠费");
        fee.insert(fee.end(), {{"电子缴款码*", "P-1"}, {"缴款时间", "20240601"}});
        arm(host, "legacy.done-elsewhere@交费登记");
        CHECK(host.ask("交费登记", fee) == "已做交费登记");
        CHECK(tagged(host.ask("查询交费登记状态", LegacyHost::of(legacyDue, "样例欠费")),
                     "电子缴款码") == "FEE-9999");
    }
    SUBCASE("a mark, an enabling and a loss look the same from here") {
        host.ask("申请社保卡", host.application());
        arm(host, "legacy.done-elsewhere@即制卡标注");
        CHECK(host.ask("即制卡标注", LegacyHost::of(legacyFirst, "测试样例")) == "已经开始制卡");
        const auto batch = host.batch(host.batchNumber());
        const std::string card = batch.substr(batch.rfind("\n1,") + 3, 9);
        host.books().cards.at(card).state = LegacyCardState::sealed;
        arm(host, "legacy.done-elsewhere@领卡启用");
        CHECK(said(host, enabling(host, card)) == "01");
    }
    CHECK(host.faults.unfired().empty());
}

TEST_CASE("already by word alone: nothing was done, and a look tells") {
    LegacyHost host;
    arm(host, "legacy.says-already@申请社保卡");
    CHECK(said(host, applying(host)) == "已提交过办卡申请");
    CHECK(host.books().applications.empty());
    CHECK(host.progress(legacyFirst, "测试样例") == "<ERR>身份证号不存在</ERR>");
    const auto card = host.numbered();
    host.report(card);
    arm(host, "legacy.says-already@领卡启用");
    CHECK(said(host, enabling(host, card.card)) == "01");
    CHECK(host.state(card.card, legacyFirst, "测试样例") == "封存");
    CHECK(host.books().act("enable", card.card).done == 0);
}

TEST_CASE("half linked: the social side is done") {
    LegacyHost host;
    const auto card = host.numbered();
    host.report(card);
    std::string word = "02";
    SUBCASE("bare") {
        arm(host, "legacy.half-linked@领卡启用");
    }
    SUBCASE("with words") {
        arm(host, "legacy.half-linked-text@领卡启用");
        word = "02银行卡号为空";
    }
    CHECK(said(host, enabling(host, card.card)) == word);
    CHECK(host.state(card.card, legacyFirst, "测试样例") == "OK");
    CHECK(host.books().act("enable", card.card).partly == 1);
    CHECK(said(host, enabling(host, card.card)) == "01");
}

TEST_CASE("a text of no list is a refusal") {
    LegacyHost host;
    arm(host, "legacy.unmapped-text@申请社保卡");
    CHECK(said(host, applying(host)) == "系统正在进行数据迁移,该业务暂停办理");
    CHECK(host.books().applications.empty());
    CHECK(applied(host).refused == 1);
    CHECK(said(host, applying(host)) == "00");
}

TEST_CASE("progress lags by ten seconds, and the server's clock is its own") {
    LegacyHost host;
    arm(host, "legacy.progress-lags@getAZ03");
    CHECK(said(host, applying(host)) == "00");
    CHECK(host.progress(legacyFirst, "测试样例") == "<ERR>身份证号不存在</ERR>");
    host.clock.sleepFor(10s);
    CHECK(tagged(host.progress(legacyFirst, "测试样例"), "ERR") == "OK");
    LegacyHost early;
    arm(early, "legacy.clock@-600");
    CHECK(said(early, applying(early)) == "00");
    CHECK(tagged(early.progress(legacyFirst, "测试样例"), "APPLYTIME") == "20240601095000");
}

TEST_CASE("the evidence is a file that a judge reads") {
    LegacyHost host;
    const auto card = host.numbered();
    host.report(card);
    const std::string evidence = host.front.evidenceJson();
    CHECK(evidence.find("\"violations\": []") != std::string::npos);
    CHECK(evidence.find("\"wrongs\": []") != std::string::npos);
    CHECK(evidence.find("\"act\": \"report\",\n      \"key\": \"" + card.card) !=
          std::string::npos);
    CHECK(evidence.find("\"call\": \"即制卡批次\"") != std::string::npos);
}

TEST_CASE("a living card too many, and an open application too many, are found") {
    LegacyHost host;
    REQUIRE(violations(host.books()).empty());
    LegacyCard second = host.books().cards.at("K00000049");
    second.number = "K00000990";
    host.books().cards[second.number] = second;
    LegacyApplication application;
    application.person = legacyFirst;
    host.books().applications.assign(2, application);
    CHECK(violations(host.books()) ==
          std::vector<std::string>{std::string(legacyNormal) + " has 2 cards",
                                   std::string(legacyFirst) + " has 2 applications"});
}
