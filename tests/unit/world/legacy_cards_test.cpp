// Cards that exist: the methods of CardService, and the loss family of both interfaces.
#include "tests/unit/world/legacy_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

constexpr const char* card = "K00000049";

LegacyPairs whom(const std::string& number = card, const std::string& person = legacyNormal,
                 const std::string& name = "样例已有") {
    return {{"aaz500", number}, {"aac002", person}, {"aac003", name}, {"aab301", "410100"}};
}

std::string set(LegacyHost& host, const std::string& code, const std::string& account) {
    return host.call("setCard", {{"operation", code},
                                 {"aaz500", card},
                                 {"aac002", legacyNormal},
                                 {"aac003", "样例已有"},
                                 {"aae008", "B01"},
                                 {"aae010", account},
                                 {"aab301", "410100"}});
}

std::string account(LegacyHost& host) {
    return host.books().cards.at(card).account;
}

}  // namespace

TEST_CASE("getCard says a word, whatever the card is") {
    LegacyHost host;
    using State = LegacyCardState;
    for (const auto& [state, word] :
         {std::pair(State::normal, "OK"), std::pair(State::sealed, "封存"),
          std::pair(State::temporarilyLost, "临时挂失"), std::pair(State::formallyLost, "正式挂失"),
          std::pair(State::cancelled, "注销"), std::pair(State::numbered, "身份证号不存在")}) {
        host.books().cards.at(card).state = state;
        CHECK(host.call("getCard", whom()) == word);
    }
    host.profile().normal = "正常";
    host.books().cards.at(card).state = State::normal;
    CHECK(host.call("getCard", whom("")) == "正常");
    CHECK(host.call("getCard", whom(card, legacyFirst, "测试样例")) == "身份证号不存在");
    CHECK(host.call("getCard", whom("", legacyFirst, "测试样例")) == "身份证号不存在");
    CHECK(host.call("getCard", whom(card, legacyNormal, "样例他人")) == "姓名不一致");
}

TEST_CASE("what is told of a person and a card") {
    LegacyHost host;
    const std::string bank = host.call("getBank", whom());
    CHECK(bank.starts_with("<ERR>OK</ERR><AAZ500>K00000049</AAZ500><AAE008>B01</AAE008><AAE010>"));
    CHECK(tagged(bank, "AAZ502") == "1");
    LegacyPairs own = whom();
    own.pop_back();
    const std::string data = host.call("getData", own);
    CHECK(tagged(data, "AAC003") == "样例已有");
    CHECK(tagged(data, "PHOTO").starts_with("/9j/"));
    CHECK(tagged(host.call("getAC01", own), "PHOTO") == "(none)");
    const LegacyPairs person{{"aac002", legacyFirst}, {"aac003", "测试样例"}, {"aab301", ""}};
    CHECK(tagged(host.call("getRysj", person), "AAC006") == "19850312");
    CHECK(host.call("getPhoto", person).starts_with("/9j/"));
    const LegacyPairs noPhoto{
        {"aac002", "440000199010100084"}, {"aac003", "样例无照"}, {"aab301", ""}};
    CHECK(host.call("getPhoto", noPhoto) == "身份证号不存在");
    LegacyPairs elsewhere = person;
    elsewhere[2].second = "410200";
    CHECK(host.call("getRysj", elsewhere) == "<ERR>身份证号不存在(或发卡城市不符)</ERR>");
}

TEST_CASE("setCard goes by its code") {
    LegacyHost host;
    const std::string number = account(host);
    CHECK(set(host, "03", number) == "01");
    CHECK(set(host, "01", number) == "00");
    CHECK(host.call("getCard", whom()) == "临时挂失");
    CHECK(set(host, "01", number) == "01");
    CHECK(set(host, "11", number) == "卡状态不允许此操作");
    CHECK(set(host, "02", number) == "00");
    CHECK(set(host, "01", number) == "卡状态不允许此操作");
    CHECK(set(host, "03", number) == "00");
    CHECK(host.call("getCard", whom()) == "OK");
    CHECK(set(host, "11", number) == "01");
    CHECK(set(host, "01", "62281") == "银行卡号不一致");
    CHECK(set(host, "04", number) == "00");
    CHECK(set(host, "04", number) == "01");
    CHECK(set(host, "77", number) == "卡状态不允许此操作");
    CHECK(host.books().act("loss-temporary", card).done == 1);
    CHECK(host.books().act("loss-temporary", card).already == 1);
    CHECK(host.books().act("loss-temporary", card).refused == 2);
}

TEST_CASE("the social side alone: 02, and 02 with words") {
    LegacyHost host;
    CHECK(set(host, "01", "") == "02银行卡号为空");
    CHECK(host.call("getCard", whom()) == "临时挂失");
    CHECK(host.books().act("loss-temporary", card).partly == 1);
    const auto made = host.numbered(legacyNoBank, "样例银行");
    CHECK(host.report(made, legacyNoBank, "样例银行") == "00");
    CHECK(host.ask("领卡启用", LegacyHost::enabling(made.card, legacyNoBank, "样例银行")) == "02");
    CHECK(host.state(made.card, legacyNoBank, "样例银行") == "OK");
    CHECK(host.ask("领卡启用", LegacyHost::enabling(made.card, legacyNoBank, "样例银行")) == "01");
}

TEST_CASE("setStart and setLoss, and the city that may enable") {
    LegacyHost host;
    host.books().cards.at(card).state = LegacyCardState::sealed;
    CHECK(host.call("setLoss", whom()) == "卡状态不允许此操作");
    LegacyPairs elsewhere = whom();
    elsewhere[3].second = "410200";
    CHECK(host.call("setStart", elsewhere) == "身份证号不存在(或发卡城市不符)");
    CHECK(host.call("setStart", whom()) == "00");
    CHECK(host.call("setStart", whom()) == "01");
    CHECK(host.call("setLoss", elsewhere) == "00");
    CHECK(host.call("setLoss", whom()) == "01");
    CHECK(host.call("setStart", whom()) == "卡状态不允许此操作");
}

TEST_CASE("a sealed card may be lost where the province lets it") {
    LegacyHost host;
    host.profile().sealedMayBeLost = true;
    host.books().cards.at(card).state = LegacyCardState::sealed;
    const std::string number = account(host);
    CHECK(set(host, "02", number) == "00");
    CHECK(set(host, "03", number) == "00");
    CHECK(host.call("getCard", whom()) == "封存");
    host.profile().releasesFormalLoss = false;
    CHECK(set(host, "02", number) == "00");
    CHECK(set(host, "03", number) == "卡状态不允许此操作");
}

TEST_CASE("the loss family by operations, and none of it while a card is being replaced") {
    LegacyHost host;
    const auto lost = [&](const char* operation) {
        LegacyPairs fields = LegacyHost::enabling("K00000014", legacyLost, "样例挂失");
        fields.insert(fields.end(), {{"开户银行", "B01"},
                                     {"银行卡号", host.books().cards.at("K00000014").account}});
        return host.ask(operation, fields);
    };
    CHECK(lost("正式挂失") == "01");
    CHECK(lost("解除挂失") == "00");
    CHECK(lost("临时挂失") == "00");
    CHECK(lost("正式挂失") == "00");
    CHECK(host.ask("申请社保卡", host.application(legacyLost, "样例挂失", "5")) == "00");
    CHECK(lost("解除挂失") == "卡状态不允许此操作");
}

TEST_CASE("jl names a person otherwise, and has no card methods") {
    LegacyHost host("jl");
    const std::string data =
        host.call("getData", {{"idCard", legacyNormal}, {"name", "样例已有"}, {"city", "220100"}});
    CHECK(tagged(data, "AAZ500") == card);
    const LegacyRequest none = host.request(literalCall("getCard", {{"user", "kiosk"},
                                                                    {"password", "kiosk-pass"},
                                                                    {"aaz500", ""},
                                                                    {"aac002", ""},
                                                                    {"aac003", ""}}));
    CHECK(host.sent(none).status == 500);
    LegacyHost hubei("hb");
    const LegacyRequest dsjk = hubei.request(literalCall("allDsjk", {{"xml", "x"}}));
    CHECK(hubei.sent(dsjk).body.find("No such operation 'allDsjk'") != std::string::npos);
}
