// Changes: written down before they are sent, proven before they are sent again.
#include <doctest/doctest.h>

#include "firmware/province/bodies.hpp"
#include "firmware/province/province.hpp"
#include "tests/unit/card_service/fake_service.hpp"

namespace liqu::province::card_service {
namespace {

using test::legacyCard;
using test::LegacyDesk;
using test::ssn;

const Business own{.bizId = "T-000017-20240601-000042", .bankCode = "B01"};
const Error cut{ErrorCode::provinceOutcomeUnknown, "the line was cut"};

LossReport lossOf() {
    LossReport report;
    report.socialNumber = PersonalText(ssn);
    report.name = PersonalText("张三");
    report.documentNumber = PersonalText(ssn);
    report.cardNumber = legacyCard;
    return report;
}

// A step of its own: said once, before what is said for ever.
void becomes(LegacyDesk& desk, const std::string& after) {
    desk.service.forget("getCard");
    desk.service.says("getCard", after);
}

TEST_CASE("a loss goes out with card, person and account, and its state is asked afterwards") {
    LegacyDesk desk;
    test::holdsCard(desk.service, "正常");
    desk.service.says("getCard", "临时挂失");
    desk.service.says("临时挂失", "<ERR>00</ERR>");
    const auto answer = Province(*desk.adapter).changeLoss(MessageType::lossTemp, own, lossOf());
    REQUIRE(answer);
    CHECK(answer->state == CardState::tempLost);
    CHECK(answer->bankBlocked);
    CHECK(answer->cardNumber == legacyCard);
    CHECK(desk.service.bodies["临时挂失"].find(
              "<操作*>临时挂失</操作*><用户名*>u1</用户名*><密码*>p1</密码*><城市代码*>410100"
              "</城市代码*><社会保障卡卡号*>A00000003</社会保障卡卡号*><社会保障号码*>"
              "11010519491231002X</社会保障号码*><姓名*>张三</姓名*><开户银行>B01</开户银行>"
              "<银行卡号>6200000000000000005</银行卡号>") != std::string::npos);
}

TEST_CASE("in Hubei it is a method with a code before its arguments") {
    LegacyDesk desk("hubei");
    test::holdsCard(desk.service, "正常");
    desk.service.says("getCard", "正式挂失");
    desk.service.says("setCard", "02银行卡号为空");
    const auto answer = Province(*desk.adapter).changeLoss(MessageType::lossFormal, own, lossOf());
    REQUIRE(answer);
    CHECK_FALSE(answer->bankBlocked);
    CHECK(desk.service.bodies["setCard"].find("<operation xsi:type=\"xsd:string\">02</operation>"
                                              "<aaz500 xsi:type=\"xsd:string\">A00000003") !=
          std::string::npos);
}

TEST_CASE("no answer: the state of the card is asked before anything is sent again") {
    LegacyDesk carried;
    test::holdsCard(carried.service, "正常");
    carried.service.says("getCard", "临时挂失");
    carried.service.says("临时挂失", {"", cut});
    const auto done = Province(*carried.adapter).changeLoss(MessageType::lossTemp, own, lossOf());
    REQUIRE(done);
    CHECK(carried.service.count("临时挂失") == 1);

    LegacyDesk lost;
    test::holdsCard(lost.service, "正常");
    lost.service.says("临时挂失", {"", cut});
    lost.service.says("临时挂失", "<ERR>00</ERR>");
    CHECK_FALSE(Province(*lost.adapter).changeLoss(MessageType::lossTemp, own, lossOf()));
    // Asked twice each time, five seconds apart; then sent once more, and never believed while the
    // register says otherwise.
    CHECK(lost.service.count("临时挂失") == 2);
}

TEST_CASE("a question that finds no answer leaves the change open, and nothing is sent again") {
    LegacyDesk desk;
    test::holdsCard(desk.service, "正常");
    desk.service.says("getCard", test::FakeService::Step{"", cut});
    desk.service.says("临时挂失", {"", cut});
    const auto open = Province(*desk.adapter).changeLoss(MessageType::lossTemp, own, lossOf());
    REQUIRE_FALSE(open);
    CHECK(open.error().code == ErrorCode::provinceOutcomeUnknown);
    CHECK(desk.service.count("临时挂失") == 1);
}

TEST_CASE("after a restart the books know what was sent, and the card says what became of it") {
    LegacyDesk desk;
    test::holdsCard(desk.service, "正常");
    desk.service.says("getCard", test::FakeService::Step{"", cut});
    desk.service.says("临时挂失", {"", cut});
    CHECK_FALSE(Province(*desk.adapter).changeLoss(MessageType::lossTemp, own, lossOf()));
    desk.restart();
    becomes(desk, "临时挂失");
    Province province(*desk.adapter);
    CHECK(*province.wasCarriedOut(own, MessageType::lossTemp));
    becomes(desk, "正常");
    CHECK_FALSE(*province.wasCarriedOut(own, MessageType::lossTemp));
    becomes(desk, "无法识别");
    CHECK_FALSE(province.wasCarriedOut(own, MessageType::lossTemp));
    // Never begun is never carried out.
    CHECK_FALSE(*province.wasCarriedOut(own, MessageType::lossFormal));
}

TEST_CASE("what was answered is answered again from the books, without a call") {
    LegacyDesk desk;
    test::holdsCard(desk.service, "正常");
    desk.service.says("getCard", "临时挂失");
    desk.service.says("临时挂失", "<ERR>00</ERR>");
    const auto body = bodyOf(lossOf());
    const Outgoing message = desk.outgoing(MessageType::lossTemp, body->reveal());
    const auto first = desk.adapter->send(message);
    desk.restart();
    const std::size_t calls = desk.service.asked.size();
    const auto again = desk.adapter->send(message);
    REQUIRE(again);
    CHECK(again->replayed);
    CHECK(again->code == ReplyCode::ok);
    CHECK(again->body == first->body);
    CHECK(desk.service.asked.size() == calls);
}

TEST_CASE("01 is success only where the card is so; a text nobody knows never is by itself") {
    LegacyDesk already;
    test::holdsCard(already.service, "临时挂失");
    already.service.says("临时挂失", "<ERR>01</ERR>");
    CHECK(Province(*already.adapter).changeLoss(MessageType::lossTemp, own, lossOf()));

    for (const char* text : {"01", "01已启用", "020", "操作成功"}) {
        CAPTURE(text);
        LegacyDesk desk;
        test::holdsCard(desk.service, "正常");
        desk.service.says("临时挂失", "<ERR>" + std::string(text) + "</ERR>");
        const auto refused =
            Province(*desk.adapter).changeLoss(MessageType::lossTemp, own, lossOf());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::provinceNeedsStaff);
        CHECK(desk.service.count("临时挂失") == 1);
        CHECK(*countUnknownTexts(*desk.database) == (std::string(text) == "01" ? 0 : 1));
    }
}

TEST_CASE("a fault before the method ran sends nothing into doubt; one of the server does") {
    const auto fault = [](const std::string& code) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault>"
               "<faultcode>e:" +
               code + "</faultcode></e:Fault></e:Body></e:Envelope>";
    };
    for (const bool before : {true, false}) {
        LegacyDesk desk;
        test::holdsCard(desk.service, "正常");
        desk.service.says(
            "临时挂失", {"", std::nullopt, 500, fault(before ? "Client" : "Server.userException")});
        const auto body = bodyOf(lossOf());
        const auto reply = desk.adapter->send(desk.outgoing(MessageType::lossTemp, body->reveal()));
        REQUIRE_FALSE(reply);
        CHECK(mayHaveHappened(reply.error()) == !before);
        const auto proof = desk.adapter->proofOf(desk.outgoing(MessageType::lossTemp, ""));
        REQUIRE(proof);
        CHECK_FALSE(proof->carriedOut);
    }
}

TEST_CASE("a card that is another's, or a person with a sign of markup, goes to staff unsent") {
    LegacyDesk desk;
    test::holdsCard(desk.service, "正常");
    LossReport other = lossOf();
    other.cardNumber = "B00000004";
    CHECK_FALSE(Province(*desk.adapter).changeLoss(MessageType::lossTemp, own, other));
    LossReport odd = lossOf();
    odd.name = PersonalText("张<三");
    CHECK_FALSE(Province(*desk.adapter).changeLoss(MessageType::lossTemp, own, odd));
    CHECK(desk.service.count("临时挂失") == 0);
    CHECK(*desk.database->number("SELECT count(*) FROM legacy_acts") == 0);
}

TEST_CASE("enabling a card in the hand, and what the system cannot do") {
    LegacyDesk desk;
    test::holdsCard(desk.service, "封存");
    desk.service.says("领卡启用", "<ERR>00</ERR>");
    becomes(desk, "正常");
    CardEnabling enabling;
    enabling.socialNumber = PersonalText(ssn);
    enabling.name = PersonalText("张三");
    enabling.documentNumber = PersonalText(ssn);
    enabling.cardNumber = legacyCard;
    const auto answer = Province(*desk.adapter).enableCard(own, enabling);
    REQUIRE(answer);
    CHECK(answer->state == CardState::normal);
    DataChange change;
    const auto body = bodyOf(change);
    const auto no = desk.adapter->send(desk.outgoing(MessageType::dataChange, body->reveal()));
    REQUIRE(no);
    CHECK(no->code == ReplyCode::needsStaff);
}

}  // namespace
}  // namespace liqu::province::card_service
