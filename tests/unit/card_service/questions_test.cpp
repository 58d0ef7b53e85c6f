// Questions through the adapter: from a neutral body to the string inside, and back.
#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/province/bodies.hpp"
#include "firmware/province/province.hpp"
#include "tests/unit/card_service/fake_service.hpp"

namespace liqu::province::card_service {
namespace {

using test::legacyCard;
using test::LegacyDesk;
using test::ssn;

const Business own{.bizId = "T-000017-20240601-000042", .bankCode = "B01"};

PersonQuery whoIs(const std::string& name = "张三") {
    return {card::DocumentKind::residentIdCard, PersonalText(ssn), PersonalText(name)};
}
const std::string person =
    "<ERR>OK</ERR><AAC002>11010519491231002X</AAC002><AAC003>张三</AAC003>"
    "<AAC004>2</AAC004><AAC005>01</AAC005><AAC006>19491231</AAC006>"
    "<AAB301>410100</AAB301>";

std::string without(std::string text, const std::string& part, const std::string& to = "") {
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), to);
}

TEST_CASE("PERSON.QUERY is getRysj, in its own order of arguments") {
    LegacyDesk desk;
    desk.service.says("getRysj", person);
    Province province(*desk.adapter);
    const auto found = province.person(own, whoIs());
    REQUIRE(found);
    CHECK(found->socialNumber.reveal() == ssn);
    CHECK(found->name.reveal() == "张三");
    CHECK(found->sex == card::Sex::female);
    CHECK(found->birthDate.reveal() == "19491231");
    CHECK(found->regionOfRecord == "410100");
    CHECK_FALSE(found->photoAvailable);
    CHECK(province.lastTrace().serverTime == "2024-06-01T10:02:31.000+08:00");
    const std::string& sent = desk.service.bodies["getRysj"];
    CHECK(sent.find("<s:user>u1</s:user><s:password>p1</s:password><s:aac002>11010519491231002X"
                    "</s:aac002><s:aac003>张三</s:aac003><s:aab301>410100</s:aab301>") !=
          std::string::npos);
}

TEST_CASE("the dots of a name go out as the one that GBK has; a character it lacks goes nowhere") {
    LegacyDesk desk;
    desk.service.says("getRysj", without(person, "张三", "买买提·阿不都"));
    Province province(*desk.adapter);
    CHECK(province.person(own, whoIs("买买提•阿不都")));
    CHECK(desk.service.bodies["getRysj"].find("买买提·阿不都") != std::string::npos);
    const auto rare = province.person(own, whoIs("王䶮"));
    REQUIRE_FALSE(rare);
    CHECK(rare.error().code == ErrorCode::provinceNeedsStaff);
    CHECK(desk.service.count("getRysj") == 1);
}

TEST_CASE("an answer that is unclear about its person is none") {
    for (const char* part : {"<AAC002>11010519491231002X</AAC002>", "<AAC003>张三</AAC003>",
                             "<AAC006>19491231</AAC006>"}) {
        LegacyDesk desk;
        desk.service.says("getRysj", without(person, part));
        const auto found = Province(*desk.adapter).person(own, whoIs());
        REQUIRE_FALSE(found);
        CHECK(found.error().code == ErrorCode::provinceReplyMalformed);
    }
    LegacyDesk desk;
    desk.service.says("getRysj", without(person, "19491231</AAC006>", "1949-12-31</AAC006>"));
    CHECK_FALSE(Province(*desk.adapter).person(own, whoIs()));
}

TEST_CASE("nobody, and a text nobody knows, are two things") {
    LegacyDesk desk;
    desk.service.says("getRysj", "身份证号不存在");
    desk.service.says("getRysj", "身份证号不存在，请核对后重试");
    Province province(*desk.adapter);
    const auto nobody = province.person(own, whoIs());
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().code == ErrorCode::personUnknown);
    CHECK(*countUnknownTexts(*desk.database) == 0);
    const auto unknown = province.person(own, whoIs());
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == ErrorCode::provinceNeedsStaff);
    // For staff, sealed; never in the cause, which is logged.
    CHECK(unknown.error().cause.find("核对") == std::string::npos);
    CHECK(*countUnknownTexts(*desk.database) == 1);
    const auto texts = unknownTexts(*desk.database, desk.sealer, 10);
    REQUIRE(texts);
    REQUIRE(texts->size() == 1);
    CHECK(texts->front().call == "person");
    CHECK(texts->front().text.reveal() == "身份证号不存在，请核对后重试");
    const auto kept = desk.database->query("SELECT text_sealed FROM legacy_texts");
    CHECK(textOf(kept->front().bytes(0)).find("核对") == std::string::npos);
}

TEST_CASE("CARD.QUERY puts three answers together, or nothing") {
    LegacyDesk desk;
    desk.hearsName();
    test::holdsCard(desk.service, "临时挂失");
    Province province(*desk.adapter);
    const auto held = province.cards(own, PersonalText(ssn));
    REQUIRE(held);
    REQUIRE(held->cards.size() == 1);
    CHECK(held->cards[0].cardNumber == legacyCard);
    CHECK(held->cards[0].state == CardState::tempLost);
    CHECK(held->cards[0].bankCode == "B01");
    CHECK(held->cards[0].bankLinked);
    CHECK(held->cards[0].expiryDate == "20340101");
}

TEST_CASE("a card of somebody else, or an account of another card, is used for nothing") {
    LegacyDesk foreign;
    foreign.hearsName();
    test::holdsCard(foreign.service, "正常", "410102199003070011");
    const auto other = Province(*foreign.adapter).cards(own, PersonalText(ssn));
    REQUIRE_FALSE(other);
    LegacyDesk mixed;
    mixed.hearsName();
    test::holdsCard(mixed.service, "正常");
    mixed.service.forget("getBank");
    mixed.service.says("getBank", "<ERR>OK</ERR><AAZ500>B00000004</AAZ500><AAE008>B01</AAE008>");
    const auto account = Province(*mixed.adapter).cards(own, PersonalText(ssn));
    REQUIRE_FALSE(account);
    CHECK(account.error().code == ErrorCode::answerForOtherCard);
    LegacyDesk unnamed;
    unnamed.hearsName();
    test::holdsCard(unnamed.service, "正常");
    unnamed.service.forget("getAC01");
    // The same name, and no number: many people's.
    unnamed.service.says("getAC01",
                         "<ERR>OK</ERR><AAZ500>A00000003</AAZ500><AAC003>张三</AAC003>"
                         "<AAZ161>20240101</AAZ161><AAZ162>20340101</AAZ162>");
    CHECK_FALSE(Province(*unnamed.adapter).cards(own, PersonalText(ssn)));
}

TEST_CASE("PROGRESS.QUERY by person tells the stage; by what the system does not know, staff") {
    LegacyDesk desk;
    desk.hearsName();
    test::holdsCard(desk.service, "正常");
    desk.service.says("getAZ03", test::progressOf("<BATCHNO>B1</BATCHNO><ZKZT>制卡中</ZKZT>"));
    const auto found = desk.adapter->progress(own, ProgressBy::socialNumber, ssn);
    REQUIRE(found);
    REQUIRE(found->applications.size() == 1);
    CHECK(found->applications[0].state == ApplicationState::dataReady);
    CHECK(found->applications[0].createdTime == "2024-06-01T10:02:31.000+08:00");
    CHECK(found->applications[0].bizId == "ELSEWHERE");
    const auto byKey =
        desk.adapter->progress(own, ProgressBy::idempotencyKey, std::string(64, '0'));
    REQUIRE_FALSE(byKey);
    CHECK(byKey.error().code == ErrorCode::provinceNeedsStaff);
    CHECK(desk.service.count("look") == 1);
}

TEST_CASE("TERM.SIGNIN asks whether the service is there, and for its clock") {
    LegacyDesk desk;
    SignIn message;
    message.firmwareVersion = "1";
    message.epoch = std::string(32, 'e');
    message.lastTerminalSeq = 7;
    message.lastChain = std::string(64, 'A');
    Province province(*desk.adapter);
    auto answer = province.signIn(own, message);
    REQUIRE(answer);
    CHECK(answer->serverTime == "2024-06-01T10:02:31.000+08:00");
    CHECK(answer->lastTerminalSeq == 7);
    CHECK(answer->epochGranted);
    CHECK_FALSE(answer->hsmReady);
    message.replacesEpoch = std::string(32, 'd');
    CHECK_FALSE(province.signIn(own, message)->epochGranted);
    desk.service.date = "yesterday";
    CHECK_FALSE(province.signIn(own, message));
}

TEST_CASE("dates of HTTP") {
    CHECK(parseHttpDate("Sat, 01 Jun 2024 02:02:31 GMT"));
    for (const char* bad : {"", "Sat, 01 Jun 2024 02:02:31 CST", "Sat, 31 Jun 2024 02:02:31 GMT",
                            "Sat, 01 Jun 2024 25:02:31 GMT", "Saturday, 01-Jun-24 02:02:31 GMT"})
        CHECK_FALSE(parseHttpDate(bad));
}

}  // namespace
}  // namespace liqu::province::card_service
