// A card made over a system that assigns its number with a batch: application, mark, batch, blank,
// items, 回盘, enabling.
#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/province/bodies.hpp"
#include "firmware/province/province.hpp"
#include "tests/unit/card_service/fake_service.hpp"

namespace liqu::province::card_service {
namespace {

using test::LegacyDesk;
using test::ssn;

constexpr const char* made = "A12345678";
constexpr const char* idCode = "00112233445566778899AABBCCDDEEFF";
const Business own{.bizId = "T-000017-20240601-000042", .bankCode = "B01"};
const Error cut{ErrorCode::provinceOutcomeUnknown, "the line was cut"};
const std::string picture = toBase64(Bytes{0xFF, 0xD8, 0xFF, 0xE0, 0, 1});
const std::string good = "<ERR>00</ERR>";

ApplicationRequest wish() {
    ApplicationRequest request;
    request.socialNumber = PersonalText(ssn);
    request.name = PersonalText("张三");
    request.documentNumber = PersonalText(ssn);
    request.sex = card::Sex::female;
    request.ethnicCode = "01";
    request.birthDate = PersonalText("19491231");
    request.documentValidTo = "20300101";
    request.phone = PersonalText("13800138000");
    return request;
}

std::string batchSays(const std::string& batch = "B1", const std::string& person = ssn,
                      const std::string& name = "张三") {
    return "<ERR>00</ERR><批次号>" + batch +
           "</批次号><人数>1</人数>\n"
           "序号,社保卡号,社会保障号码,姓名\n1," +
           made + "," + person + "," + name + "\n";
}
const std::string items =
    "<ERR>00</ERR><社保卡号>A12345678</社保卡号><社会保障号码>11010519491231002X</社会保障号码>"
    "<姓名>张三</姓名><性别>2</性别><民族>01</民族><出生日期>19491231</出生日期><制卡日期>20240601"
    "</制卡日期><有效期至>20340601</有效期至><银行卡号>6200000000000000005</银行卡号><相片>" +
    picture + "</相片>";

// A service where everything goes well.
void goesWell(LegacyDesk& desk) {
    desk.service.says("getPhoto", "<ERR>OK</ERR><PHOTO>" + picture + "</PHOTO>");
    desk.service.says("申请社保卡", good);
    desk.service.says("即制卡标注", good);
    desk.service.says("获取批次号", "<ERR>00</ERR><批次号>B1</批次号>");
    desk.service.says("即制卡批次", batchSays());
    desk.service.says("即制卡数据", items);
    desk.service.says("即制卡回盘", good);
    desk.service.says("领卡启用", good);
}
std::string applied(LegacyDesk& desk) {
    const auto answer = Province(*desk.adapter).createApplication(own, wish());
    REQUIRE_MESSAGE(answer, (answer ? "" : describe(answer.error())));
    CHECK(answer->socialNumber.reveal() == ssn);
    return answer->applicationNo;
}
BlankReservation blankFor(const std::string& application, const std::string& number) {
    return {application, number.empty() ? idCode : number, number, idCode, Bytes{0x3B, 0x6D}, 1};
}
MakeReport reportOf(const std::string& application, MakeResult result) {
    MakeReport report;
    report.applicationNo = application;
    report.blankId = made;
    report.result = result;
    report.stage = result == MakeResult::failed ? MakeStage::chip : MakeStage::none;
    report.reasonCode = result == MakeResult::failed ? 30203 : 0;
    if (result == MakeResult::failed) return report;
    ReadBack& back = report.readBack.emplace();
    back.cardNumber = made;
    back.socialNumber = PersonalText(ssn);
    back.cardIdCode = idCode;
    back.atr = Bytes{0x3B, 0x6D};
    back.version = "3.00";
    back.issueDate = "20240601";
    back.expiryDate = "20340601";
    return report;
}
Result<Reply> tell(LegacyDesk& desk, MessageType type, const PersonalText& body, int attempt = 1) {
    Outgoing fact = desk.outgoing(type, body.reveal());
    fact.attempt = attempt;
    return desk.adapter->send(std::move(fact));
}
// Applied for and marked, with its number.
std::string marked(LegacyDesk& desk) {
    goesWell(desk);
    const std::string application = applied(desk);
    REQUIRE(Province(*desk.adapter).mark(own, application));
    return application;
}

TEST_CASE("from the application to the card in force") {
    LegacyDesk desk;
    const std::string application = marked(desk);
    // Known before a blank is fed.
    CHECK(*desk.adapter->numberAssigned(application) == made);
    CHECK(desk.service.bodies["申请社保卡"].find("<办卡类型*>1</办卡类型*>") != std::string::npos);
    CHECK(desk.service.bodies["申请社保卡"].find(picture) != std::string::npos);
    CHECK(desk.service.bodies["即制卡批次"].find("<卡商*>V01</卡商*><批次号*>B1</批次号*><人数*>1"
                                                 "</人数*>\r\n序号,社会保障号码,姓名\r\n1,"
                                                 "11010519491231002X,张三\r\n") !=
          std::string::npos);
    Province province(*desk.adapter);
    const auto blank = province.reserveBlank(own, blankFor(application, made), 1);
    REQUIRE(blank);
    CHECK(blank->numberMode == NumberMode::prewritten);
    const auto permit =
        province.personalisation(own, {application, made, idCode, Bytes{0x3B, 0x6D}, {}, false}, 1);
    REQUIRE(permit);
    CHECK(permit->chip.cardNumber == made);
    CHECK(permit->chip.cardIdCode == idCode);
    CHECK(permit->chip.issuerCode == "001122334455667788990011");
    CHECK(permit->face.portraitJpeg.reveal().size() == 6);
    CHECK(permit->batchNo == "B1");
    const auto report = bodyOf(reportOf(application, MakeResult::ok));
    CHECK(tell(desk, MessageType::issueReport, *report)->code == ReplyCode::ok);
    CHECK(desk.service.bodies["即制卡回盘"].find(
              "\r\n序号,社保卡号,社会保障号码,姓名,制卡日期,有效期至,卡识别码,卡复位码,个人帐户,"
              "银行卡号,"
              "金融帐户,装箱位置,失败环节,失败原因\r\n1,A12345678,11010519491231002X,张三,20240601,"
              "20340601,00112233445566778899AABBCCDDEEFF,3B6D,,6200000000000000005,,,,\r\n") !=
          std::string::npos);
    const auto enabling =
        bodyOf(Enabling{application, made, PersonalText(ssn), PersonalText("张三"), false});
    CHECK(tell(desk, MessageType::issueEnable, *enabling)->code == ReplyCode::ok);
    CHECK(desk.service.count("即制卡批次") == 1);
}

TEST_CASE("a blank with another number than the one assigned is not used") {
    LegacyDesk desk;
    const std::string application = marked(desk);
    const auto other =
        Province(*desk.adapter).reserveBlank(own, blankFor(application, "B00000004"), 1);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == ErrorCode::provinceNeedsStaff);
    CHECK_FALSE(mayHaveHappened(other.error()));
    const auto unnumbered = Province(*desk.adapter).reserveBlank(own, blankFor(application, ""), 2);
    REQUIRE(unnumbered);
    CHECK(unnumbered->numberMode == NumberMode::assigned);
}

TEST_CASE("a batch of somebody else is an alarm, and nothing is made") {
    for (const std::string& says :
         {batchSays("B1", "410102199003070011"), batchSays("B2"), batchSays("B1", ssn, "李四")}) {
        LegacyDesk desk;
        goesWell(desk);
        desk.service.forget("即制卡批次");
        desk.service.says("即制卡批次", says);
        const std::string application = applied(desk);
        const auto refused = Province(*desk.adapter).mark(own, application);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::answerForOtherPerson);
        CHECK(desk.adapter->numberAssigned(application)->empty());
    }
}

TEST_CASE("an application whose answer was lost is looked for by person, bank, kind and time") {
    struct Row {
        std::string progress;
        bool found;
        std::size_t sent;
    };
    const auto differs = [](const std::string& from, const std::string& to) {
        std::string text = test::progressOf("");
        return text.replace(text.find(from), from.size(), to);
    };
    const std::vector<Row> rows = {
        {test::progressOf(""), true, 1},
        {"身份证号不存在", true, 2},  // twice: then it is sent again
        {differs("<AAE008>B01", "<AAE008>B02"), false, 1},
        {differs("<TRANSACTTYPE>1", "<TRANSACTTYPE>5"), false, 1},
        {differs("20240601100231", "20240601093000"), false, 1},  // before ours
        {differs("20240601100231", "20240601"), false, 1},        // of that day: whose?
        // The same name and bank, and no number: many people's.
        {differs("<AAC002>11010519491231002X</AAC002>", ""), false, 1}};
    for (const Row& row : rows) {
        CAPTURE(row.progress);
        LegacyDesk desk;
        goesWell(desk);
        desk.service.forget("申请社保卡");
        desk.service.says("申请社保卡", {"", cut});
        desk.service.says("申请社保卡", good);
        desk.service.says("getAZ03", row.progress);
        const auto answer = Province(*desk.adapter).createApplication(own, wish());
        CHECK(answer.has_value() == row.found);
        CHECK(desk.service.count("申请社保卡") == row.sent);
    }
}

TEST_CASE("an application that is there already is ours or nobody's to go on with") {
    for (const bool isOurs : {true, false}) {
        LegacyDesk desk;
        goesWell(desk);
        desk.service.forget("申请社保卡");
        desk.service.says("申请社保卡", "<ERR>已提交过办卡申请</ERR>");
        std::string progress = test::progressOf("");
        if (!isOurs) progress.replace(progress.find("100231"), 6, "080000");
        desk.service.says("getAZ03", progress);
        test::holdsCard(desk.service, "正常");
        desk.service.forget("getAC01");
        desk.service.says("getAC01", "身份证号不存在");
        desk.service.says("即制卡人员", good);
        const auto answer = Province(*desk.adapter).createApplication(own, wish());
        CHECK(answer.has_value() == isOurs);
        if (!isOurs) CHECK(answer.error().code == ErrorCode::applicationPending);
    }
}

TEST_CASE("a batch in doubt is proven by its number, and its card number is taken from there") {
    LegacyDesk desk;
    goesWell(desk);
    desk.service.forget("即制卡批次");
    desk.service.says("即制卡批次", {"", cut});
    desk.service.says("即制卡人员",
                      "<ERR>00</ERR>\n序号,社会保障号码,姓名\n1,11010519491231002X,张三\n");
    desk.service.says("getAZ03",
                      test::progressOf("<BATCHNO>B1</BATCHNO><AAZ500>A12345678</AAZ500>"));
    const std::string application = applied(desk);
    const auto answer = Province(*desk.adapter).mark(own, application);
    REQUIRE_MESSAGE(answer, (answer ? "" : describe(answer.error())));
    CHECK(*desk.adapter->numberAssigned(application) == made);
    CHECK(desk.service.count("即制卡批次") == 1);
    CHECK(desk.service.count("即制卡标注") == 1);
    CHECK(desk.service.count("获取批次号") == 1);
}

TEST_CASE("a batch of another number is for staff; a used number is given up, a locked one kept") {
    const auto marking = [](const std::string& says, const std::string& progress) {
        auto desk = std::make_unique<LegacyDesk>();
        goesWell(*desk);
        desk->service.forget("即制卡批次");
        desk->service.says("即制卡批次", "<ERR>" + says + "</ERR>");
        desk->service.says("即制卡批次", batchSays());
        desk->service.says("即制卡人员", good);
        desk->service.says("getAZ03", progress);
        const std::string application = applied(*desk);
        const auto answer = Province(*desk->adapter).mark(own, application);
        REQUIRE_FALSE(answer);
        return std::pair{std::move(desk), answer.error().code};
    };
    const auto [foreign, why] = marking("已经有批次号", test::progressOf("<BATCHNO>B7</BATCHNO>"));
    CHECK(why == ErrorCode::provinceNeedsStaff);
    const auto [used, later] = marking("批次号已经被使用", test::progressOf(""));
    CHECK(later == ErrorCode::provinceBusy);
    CHECK(used->database->query("SELECT batch FROM legacy_applications")->front().text(0).empty());
    const auto [locked, busy] = marking("批次确认加锁失败(保存失败)", test::progressOf(""));
    CHECK(busy == ErrorCode::provinceBusy);
    CHECK(locked->database->query("SELECT batch FROM legacy_applications")->front().text(0) ==
          "B1");
}

TEST_CASE("a failed card: its stage and a reason that fits, and its number is dead") {
    LegacyDesk desk;
    const std::string application = marked(desk);
    const auto report = bodyOf(reportOf(application, MakeResult::failed));
    CHECK(tell(desk, MessageType::issueReport, *report)->code == ReplyCode::ok);
    CHECK(desk.service.bodies["即制卡回盘"].find(
              "1,A12345678,11010519491231002X,张三,,,,,,,,,制卡,liqu 30203 A12345678\r\n") !=
          std::string::npos);
    CHECK(desk.adapter->numberAssigned(application)->empty());
}

TEST_CASE("a report in doubt is proven by this card's number only") {
    for (const char* progress : {"<AAZ500>A12345678</AAZ500><ZKZT>待领卡</ZKZT>",
                                 "<AAZ500>B00000004</AAZ500><ZKZT>待领卡</ZKZT>", ""}) {
        CAPTURE(progress);
        LegacyDesk desk;
        const std::string application = marked(desk);
        desk.service.forget("即制卡回盘");
        desk.service.says("即制卡回盘", {"", cut});
        desk.service.says("getAZ03", test::progressOf(progress));
        desk.service.says("getAC01", std::string("<ERR>OK</ERR><AAZ500>") + made +
                                         "</AAZ500><AAZ501>" + idCode + "</AAZ501>");
        const auto report = bodyOf(reportOf(application, MakeResult::ok));
        CHECK_FALSE(tell(desk, MessageType::issueReport, *report));
        desk.restart();
        const bool isOurs = std::string(progress).find(made) != std::string::npos;
        const auto again = tell(desk, MessageType::issueReport, *report, 2);
        CHECK(again.has_value() == isOurs);
        CHECK(desk.service.count("即制卡回盘") == 1);
    }
}

TEST_CASE("a report of our number with another chip is somebody else's") {
    LegacyDesk desk;
    const std::string application = marked(desk);
    desk.service.forget("即制卡回盘");
    desk.service.says("即制卡回盘", {"", cut});
    desk.service.says("getAZ03", test::progressOf("<AAZ500>A12345678</AAZ500><ZKZT>待领卡</ZKZT>"));
    desk.service.says("getAC01", std::string("<ERR>OK</ERR><AAZ500>") + made +
                                     "</AAZ500><AAZ501>FF112233445566778899AABBCCDDEEFF</AAZ501>");
    const auto report = bodyOf(reportOf(application, MakeResult::ok));
    CHECK_FALSE(tell(desk, MessageType::issueReport, *report));
    CHECK(tell(desk, MessageType::issueReport, *report, 2)->code == ReplyCode::needsStaff);
    CHECK(desk.service.count("即制卡回盘") == 1);
}

TEST_CASE("a report that nothing shows stays open for a day, and then is for people") {
    LegacyDesk desk;
    const std::string application = marked(desk);
    desk.service.forget("即制卡回盘");
    desk.service.says("即制卡回盘", {"", cut});
    desk.service.says("getAZ03", test::progressOf("<AAZ500>A12345678</AAZ500>"));
    const auto report = bodyOf(reportOf(application, MakeResult::failed));
    CHECK_FALSE(tell(desk, MessageType::issueReport, *report));
    const auto open = tell(desk, MessageType::issueReport, *report, 2);
    CHECK(open.error().code == ErrorCode::provinceOutcomeUnknown);
    desk.clock.sleepFor(std::chrono::hours{25});
    for (int attempt : {3, 4}) {
        const auto late = tell(desk, MessageType::issueReport, *report, attempt);
        REQUIRE(late);
        CHECK(late->code == ReplyCode::needsStaff);
        CHECK(late->detail == "NOT_SHOWN");
    }
    const auto proof =
        desk.adapter->proofOf(desk.outgoing(MessageType::issueReport, report->reveal()));
    CHECK(proof->onlyPeople == "NOT_SHOWN");
    CHECK_FALSE(proof->carriedOut);
    CHECK(desk.service.count("即制卡回盘") == 1);
}

TEST_CASE("in Jilin the table of a 回盘 has other columns") {
    const RegionTable jilin = test::tableNamed("jilin");
    std::string head;
    for (const Slot& slot : jilin.call(Call::report)->cells) head += slot.name + ",";
    CHECK(head ==
          "序号,社保卡号,社会保障号码,姓名,发卡日期,卡有效期,卡识别码,卡复位码,服务银行,银行卡号,"
          "个人帐户,装箱位置,失败环节,失败原因,");
}

TEST_CASE("a mark is withdrawn only where the list still has the person") {
    for (const bool isListed : {true, false}) {
        LegacyDesk desk;
        const std::string application = marked(desk);
        desk.service.says("撤销标注", good);
        desk.service.says("即制卡人员", isListed ? "<ERR>00</ERR>\n序号,社会保障号码,姓名\n1,"
                                                   "11010519491231002X,张三\n"
                                                 : good);
        desk.service.says("getAZ03", test::progressOf(""));
        const auto answer =
            Province(*desk.adapter).unmark(own, {application, WithdrawReason::person});
        REQUIRE(answer);
        CHECK(answer->state == ApplicationState::created);
        CHECK(desk.service.count("撤销标注") == (isListed ? 1 : 0));
    }
}

TEST_CASE("a field the server must have and nobody knows: nothing is applied for") {
    LegacyDesk desk;
    goesWell(desk);
    ApplicationRequest request = wish();
    request.documentValidTo.clear();  // 长期, for which this table has no word
    const auto refused = Province(*desk.adapter).createApplication(own, request);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::provinceNeedsStaff);
    CHECK(desk.service.count("申请社保卡") == 0);
}

TEST_CASE("who may have a card is put together from the card and what is under way") {
    LegacyDesk desk;
    test::holdsCard(desk.service, "正常");
    desk.service.says("getAZ03", "身份证号不存在");
    Province province(*desk.adapter);
    EligibilityCheck check;
    check.socialNumber = PersonalText(ssn);
    CHECK_FALSE(province.eligibility(own, check));  // nobody has heard the name
    CHECK(desk.service.asked.empty());
    desk.hearsName();
    CHECK(province.eligibility(own, check)->reason == "CARD_EXISTS");
    check.kind = ApplicationKind::lost;
    CHECK(province.eligibility(own, check)->reason == "OLD_CARD_NOT_LOST");
    desk.service.forget("getCard");
    desk.service.says("getCard", "正式挂失");
    const auto lost = province.eligibility(own, check);
    CHECK(lost->eligible);
    CHECK(lost->feeRequired);
    desk.service.forget("getAC01");
    desk.service.says("getAC01", "身份证号不存在");
    check.kind = ApplicationKind::newCard;
    CHECK(province.eligibility(own, check)->eligible);
}

}  // namespace
}  // namespace liqu::province::card_service
