// openapi.json is the contract: what the client builds must fit it, and what it says a province
// answers must be understood.
// Rules: A-11.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "firmware/province/bodies.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/province/province.hpp"
#include "tests/unit/province/scripted_link.hpp"

using namespace liqu;
using namespace liqu::province;
using nlohmann::json;

TEST_CASE("every online request of the client fits the contract") {
    test::Desk desk;
    Province province(desk.adapter);
    const Business business = test::business();
    SignIn signIn;
    signIn.firmwareVersion = "0.1.0";
    signIn.schemaVersion = 1;
    signIn.modules = {{"card-printer", ModuleState::warning}};
    signIn.epoch = std::string(32, 'e');
    signIn.lastChain = std::string(64, '0');
    CHECK(province.signIn(business, signIn));
    signIn.replacesEpoch = std::string(32, 'd');
    CHECK(province.signIn(business, signIn));
    CHECK(province.person(business, {card::DocumentKind::residencePermit,
                                     PersonalText(test::socialNumber), PersonalText("张三")}));
    CHECK(province.photo(business, PersonalText(test::socialNumber)));
    CHECK(province.eligibility(
        business, {PersonalText(test::socialNumber), ApplicationKind::lost, AgeClass::adult}));
    CHECK(province.progress(business, ProgressBy::socialNumber, test::socialNumber));
    CHECK(province.createApplication(business, test::exampleApplication()));
    CHECK(province.cancelApplication(business, {"A-1", WithdrawReason::timeout}));
    CHECK(province.mark(business, "A-1"));
    CHECK(province.unmark(business, {"A-1", WithdrawReason::noBlank}));
    for (const auto type :
         {MessageType::lossTemp, MessageType::lossFormal, MessageType::lossRelease})
        CHECK(province.changeLoss(type, business, test::exampleLoss()));
    CHECK(province.enableCard(business, test::exampleCardEnabling()));
    CHECK(province.changeData(business, test::exampleDataChange()));
    CHECK(province.reserveBlank(business, test::exampleReservation(), 1));
    CHECK(province.personalisation(business, test::examplePersonalisation(), 1));
    CHECK(province.feeQuote(
        business, {"A-20240601-000042", PersonalText(test::socialNumber), ApplicationKind::lost}));
    const auto recon = province.recon(business, {"20240601", {}, {}});
    CHECK(recon);
    CHECK((recon && recon->complete && recon->cards.at(0).made));
    OrderCardAuthority authority(desk.adapter, business);
    CHECK(authority.internalAuthentication({}, {}, {}));
    authority.usePermit("P-000042");
    CHECK(authority.externalAuthentication({}, ports::CardKey::updateCard, {}, {}));
    CHECK(desk.link.faults == std::vector<std::string>{});
    CHECK(desk.link.requests.size() == 21);
}

namespace {

void fits(MessageType type, Result<Fact> fact) {
    json envelope =
        test::contractDocument()["paths"]["/v1/" + std::string(nameOf(type))]["post"]["requestBody"]
                                ["content"]["application/json"]["example"];
    envelope["body"] = json::parse(fact.value().body.reveal());
    CHECK_FALSE(test::contract().requestFault(nameOf(type), envelope));
}

}  // namespace

TEST_CASE("every body of a fee fits the contract") {
    const std::string orderNo = "0123456789ABCDEFGHJKMNPQRS";
    fits(
        MessageType::feeRegister,
        factOf(test::business(), FeePayment{"A-1", orderNo, Money::ofFen(1), "42001", "", ""}, {}));
    fits(MessageType::feeRefund,
         factOf(test::business(),
                FeeRefund{"A-1", orderNo, orderNo, Money::ofFen(2000), RefundReason::paidTwice},
                {}));
}

TEST_CASE("the fact about an old card fits the contract, for every reason") {
    for (const RecoverReason reason : wordTable<RecoverReason>.values()) {
        fits(MessageType::cardRecover,
             factOf(test::business(),
                    CardRecovery{"A-1", test::cardNumber, test::cardNumber, reason, {}}));
    }
}

TEST_CASE("the facts about wrong cards fit the contract") {
    for (const WrongCause cause : wordTable<WrongCause>.values()) {
        fits(MessageType::wrongCardRegister,
             factOf(test::business(),
                    WrongCard{test::cardNumber, {"NAME", "PHOTO"}, {"NUMBER"}, cause, "P-1", {}}));
    }
    fits(MessageType::wrongCardConfirm,
         factOf(test::business(),
                WrongCardConfirmation{test::cardNumber, test::business().bizId, "Q-1", {}}));
}

TEST_CASE("every body of a fact fits the contract, in all its words") {
    MakeReport report = test::exampleReport();
    fits(MessageType::issueReport, factOf(test::business(), report, 1));
    for (const MakeStage stage :
         {MakeStage::bank, MakeStage::chip, MakeStage::print, MakeStage::transport,
          MakeStage::power, MakeStage::refusedByUser}) {
        report.result = MakeResult::failed;
        report.stage = stage;
        report.faceState = FaceState::partial;
        report.reasonCode = 20203;
        report.readBack.reset();
        fits(MessageType::issueReport, factOf(test::business(), report, 1));
    }
    fits(MessageType::issueEnable, factOf(test::business(), test::exampleEnabling(), WallTime{}));
    for (const HandoverOutcome outcome :
         {HandoverOutcome::taken, HandoverOutcome::retainedTimeout, HandoverOutcome::retainedFault,
          HandoverOutcome::staffDelivered}) {
        Handover handover = test::exampleHandover();
        handover.outcome = outcome;
        handover.pickupCode = "K7P2";
        fits(MessageType::issueHandover, factOf(test::business(), handover, 1));
    }
    fits(MessageType::pinChanged, factOf(test::business(), test::examplePinChange()));
    for (const MessageType type : {MessageType::pinUnlocked, MessageType::pinReset})
        fits(type, factOf(test::business(), type, test::examplePinService()));
    fits(MessageType::stockLoad, factOf(test::business(), test::exampleLoad()));
    StockAct act;
    for (const MessageType type :
         {MessageType::stockReceive, MessageType::stockUnload, MessageType::stockCount,
          MessageType::stockAdjust, MessageType::stockReturn, MessageType::stockDestroy,
          MessageType::finishedOverdue, MessageType::finishedReturn,
          MessageType::finishedReceive}) {
        fits(type, factOf(test::business(), type, act, 1));
        act = {"hopper-1",         "missing", 1, "BOX-1", "S-4711",         "", test::cardNumber,
               {test::cardNumber}, 1,         5, 4,       "a card slipped", {}};
    }
    StockSnapshot snapshot{"20240601",
                           {},
                           {},
                           {{"hopper-1", "B01", 1, 2, 3, 0, 0}},
                           3,
                           2,
                           0,
                           1,
                           0,
                           1,
                           {test::cardNumber},
                           12,
                           std::string(64, 'A')};
    fits(MessageType::stockSnapshot, factOf(test::business(), snapshot));
    const AuditCheckpoint checkpoint{{}, 12, "", std::string(64, 'A'), 3, 4, std::string(128, 'B')};
    fits(MessageType::auditCheckpoint, factOf(test::business(), checkpoint));
}

TEST_CASE("the contract's own examples fit it, and a broken one does not") {
    const json document = test::contractDocument();
    for (const auto& [path, item] : document["paths"].items()) {
        CAPTURE(path);
        const std::string type = path.substr(4);
        const json::json_pointer at("/content/application~1json/example");
        const json request = item["post"]["requestBody"][at];
        const json reply = item["post"]["responses"]["200"][at];
        CHECK_FALSE(test::contract().requestFault(type, request));
        CHECK_FALSE(test::contract().replyFault(type, reply));
        for (const auto& [field, value] : request.items()) {
            if (field == "operatorId" || field == "operator2Id") continue;
            json without = request;
            without.erase(field);
            CHECK(test::contract().requestFault(type, without));
        }
        json surplus = request;
        surplus["body"]["surplus"] = 1;
        CHECK(test::contract().requestFault(type, surplus));
    }
}

TEST_CASE("client and contract know the same messages and kinds") {
    const json document = test::contractDocument();
    std::size_t known = 0;
    for (const auto& [path, item] : document["paths"].items()) {
        CAPTURE(path);
        const auto type = named<MessageType>(path.substr(4));
        REQUIRE(type.has_value());
        const std::string kind = item["post"]["x-kind"];
        CHECK(kind == (kindOf(*type) == MessageKind::query    ? "query"
                       : kindOf(*type) == MessageKind::change ? "change"
                                                              : "fact"));
        ++known;
    }
    CHECK(known == static_cast<std::size_t>(MessageType::feeRefund) + 1);
    CHECK(world::Contract::foreignKeywords(document) == std::vector<std::string>{});
}

TEST_CASE("answers are read field by field, and refused whole where one is wrong") {
    json personalisation = test::exampleAnswer("PERSO.GET");
    personalisation["face"]["portraitJpeg"] = toBase64(bytesOf("jpeg"));
    const auto good = read<Personalisation>(personalisation.dump()).value();
    CHECK(good.permitId == "P-000042");
    CHECK(good.chip.name.reveal() == "张三");
    CHECK(good.chip.issuerCode == "915600000202440100000000");
    CHECK(textOf(good.face.portraitJpeg.reveal()) == "jpeg");

    const auto refused = [&](const char* pointer, const json& value) {
        CAPTURE(pointer);
        json touched = personalisation;
        touched[json::json_pointer(pointer)] = value;
        const auto answer = read<Personalisation>(touched.dump());
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == ErrorCode::provinceReplyMalformed);
        CHECK(answer.error().cause.find("110105") == std::string::npos);
    };
    refused("/chip/cardIdCode", "00");
    refused("/chip/cardIdCode", std::string(32, 'a'));
    refused("/chip/socialNumber", "11010519491231002X'");
    refused("/chip/name", "");
    refused("/chip/name", std::string(601, 'a'));
    refused("/chip/birthDate", "1949-12-31");
    refused("/chip/sex", "3");
    refused("/chip/surplus", 1);
    refused("/face/portraitJpeg", "not base64!");
    refused("/face/portraitJpeg", std::string(262'145, 'A'));
    refused("/face", "none");
    refused("/face/printName", "");
    refused("/chip/sex", "unknown");
    refused("/permitId", "");
    refused("/numberMode", "NEW");
}

TEST_CASE("lists in answers are bounded") {
    json progress = test::exampleAnswer("PROGRESS.QUERY");
    CHECK(read<Progress>(progress.dump()).value().applications.size() == 1);
    const json application = progress["applications"][0];
    for (int i = 0; i < 20; ++i) progress["applications"].push_back(application);
    CHECK_FALSE(read<Progress>(progress.dump()).has_value());
    json cards = test::exampleAnswer("CARD.QUERY");
    CHECK(read<CardList>(cards.dump()).value().cards.front().state == CardState::normal);
    const json card = cards["cards"][0];
    for (int i = 0; i < 20; ++i) cards["cards"].push_back(card);
    CHECK_FALSE(read<CardList>(cards.dump()).has_value());
    json signIn = test::exampleAnswer("TERM.SIGNIN");
    signIn["missingTerminalSeqs"] = json::array({1, "2"});
    CHECK_FALSE(read<SignInAnswer>(signIn.dump()).has_value());
}

TEST_CASE("who may speak to the province is said where tools look for it") {
    const json document = test::contractDocument();
    for (const auto& [name, scopes] : document["security"].at(0).items()) {
        CHECK(document["components"]["securitySchemes"][name]["type"] == "mutualTLS");
        CHECK(scopes.empty());
    }
    CHECK(document["security"].at(0).size() == 1);
}
