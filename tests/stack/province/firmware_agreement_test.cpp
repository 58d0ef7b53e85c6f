// The kiosk's own client, signer and link against the province that knows nothing of their code:
// two readings of one contract must meet.
// Rules: G-01.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

#include "drivers/https/https_link.hpp"
#include "firmware/base/random.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/province/province.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/hsm/hsm.hpp"
#include "tests/world/province/https_server.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

constexpr const char* terminalId = "T-000017";

template <typename T>
T need(Result<T> result) {
    if (!result) FAIL(describe(result.error()));
    return std::move(*result);
}

struct Meeting {
    Meeting() {
        pki = need(Pki::generate(scratch.folder(), terminalId));
        engine = need(ProvinceEngine::create(LIQU_SOURCE_DIR, need(Sm2Keys::load(pki)), faults));
        front =
            std::make_unique<ProvinceFront>(*engine, faults, ProvinceTimes{Duration{}, Duration{}});
        server = need(HttpsServer::start(*front, clock, pki));
        signer = need(security::Sm2Signer::load(pki.terminalSigningKey(), pki.provinceVerifyKey()));
        link = need(drivers::HttpsLink::create(
            {server->url(), pki.authority(), pki.terminal(), pki.terminalKey()}));
        adapter = std::make_unique<province::KipsAdapter>(
            *link, *signer, clock, random,
            province::Terminal{terminalId, "440100", "O-0001", "guangdong-3"},
            ports::LinePatience{});
    }
    Meeting(const Meeting&) = delete;
    Meeting& operator=(const Meeting&) = delete;

    test::Scratch scratch;
    SystemClock clock;
    SystemRandom random;
    FaultPlan faults;
    Pki pki;
    std::unique_ptr<ProvinceEngine> engine;
    std::unique_ptr<ProvinceFront> front;
    std::unique_ptr<HttpsServer> server;
    std::unique_ptr<security::Sm2Signer> signer;
    // Dies before the server: the server waits for the connections that are still open.
    std::unique_ptr<drivers::HttpsLink> link;
    std::unique_ptr<province::Adapter> adapter;
};

const province::Business business{"T-000017-20240601-000042", "B01", province::Channel::selfService,
                                  "", ""};
const std::string blankId = "A10000007";
const std::string cardIdCode = "420100D1560000050000000AFFFFFFFF";

province::ApplicationRequest requestOfT1() {
    province::ApplicationRequest request;
    request.socialNumber = PersonalText("110000198503120015");
    request.name = PersonalText("测试样例");
    request.documentNumber = request.socialNumber;
    request.sex = card::Sex::male;
    request.ethnicCode = "01";
    request.birthDate = PersonalText("19850312");
    request.address = PersonalText("测试省测试市测试路1号");
    request.documentAuthority = "测试市公安局";
    request.documentValidFrom = "20200101";
    request.consents = {"consent.data"};
    return request;
}

province::SignIn theSignIn() {
    province::SignIn signIn;
    signIn.firmwareVersion = "0.1.0";
    signIn.schemaVersion = 1;
    signIn.epoch = std::string(32, 'e');
    signIn.lastChain = std::string(64, '0');
    return signIn;
}

}  // namespace

TEST_CASE("the kiosk's client and the province agree, up to the card's key") {
    Meeting meeting;
    province::Province client(*meeting.adapter);
    CHECK(need(client.signIn(business, theSignIn())).hsmReady);
    const auto request = requestOfT1();
    const auto person =
        need(client.person(business, {request.documentKind, request.documentNumber, request.name}));
    CHECK(person.socialNumber == request.socialNumber);
    CHECK(need(client.eligibility(business, {request.socialNumber})).eligible);

    const std::string number = need(client.createApplication(business, request)).applicationNo;
    CHECK(need(client.mark(business, number)).state == province::ApplicationState::marked);
    const Bytes atr = need(fromHex("3B6D00000081544C96866042010000000A"));
    need(client.reserveBlank(business, {number, blankId, blankId, cardIdCode, atr, 1}, 1));
    const auto perso = need(client.personalisation(
        business, {number, blankId, cardIdCode, atr, PersonalText("6200000000000000005")}, 1));
    CHECK(perso.chip.cardNumber == blankId);
    CHECK(perso.face.portraitJpeg.reveal().size() > 5000);

    province::OrderCardAuthority authority(*meeting.adapter, business);
    authority.usePermit(perso.permitId);
    ports::CardKeyContext card;
    std::ranges::copy(need(fromHex("0081544C96866042010000000A")), card.historicalBytes.begin());
    std::ranges::copy(need(fromHex(cardIdCode)), card.cardIdCode.begin());
    const ports::Block8 factor{1, 2, 3, 4, 5, 6, 7, 8};
    const ports::Block8 original{8, 7, 6, 5, 4, 3, 2, 1};
    const auto cryptogram =
        need(authority.externalAuthentication(card, ports::CardKey::updateCard, factor, original));
    const auto expected = need(
        Hsm::forTheSimulation().externalAuthentication(KeyName::update, card, factor, original));
    CHECK(cryptogram == expected);
    for (const std::string& line : meeting.front->auditBooks()) FAIL_CHECK(line);
}

TEST_CASE("a lost answer is asked for by its key and nothing happens twice") {
    Meeting meeting;
    meeting.faults.arm(Fault::provinceAnswerLost, "APPLY.CREATE");
    province::Province client(*meeting.adapter);
    const auto answer = need(client.createApplication(business, requestOfT1()));
    CHECK(answer.state == province::ApplicationState::created);
    CHECK(meeting.engine->books().applications.size() == 1);
    CHECK(meeting.faults.allFired());
    for (const std::string& line : meeting.front->auditBooks()) FAIL_CHECK(line);
}

TEST_CASE("an answer that is no HTTP is no refusal: it was carried out, and is asked for") {
    Meeting meeting;
    meeting.faults.arm(Fault::provinceNotHttp, "PERSO.GET");
    province::Province client(*meeting.adapter);
    const std::string number =
        need(client.createApplication(business, requestOfT1())).applicationNo;
    need(client.mark(business, number));
    const Bytes atr = need(fromHex("3B6D00000081544C96866042010000000A"));
    need(client.reserveBlank(business, {number, blankId, blankId, cardIdCode, atr, 1}, 1));
    const province::PersonalisationRequest request{number, blankId, cardIdCode, atr,
                                                   PersonalText("6200000000000000005")};
    SUBCASE("once: the permit is the one the province gave") {
        CHECK(need(client.personalisation(business, request, 1)).chip.cardNumber == blankId);
    }
    SUBCASE("for good: nobody calls it unsent") {
        meeting.faults.arm(Fault::provinceNotHttp, "PROGRESS.QUERY");
        const auto answer = client.personalisation(business, request, 1);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == ErrorCode::provinceOutcomeUnknown);
        CHECK(province::mayHaveHappened(answer.error()));
    }
    CHECK(meeting.engine->books().permits.size() == 1);
    CHECK(meeting.faults.allFired());
}

TEST_CASE("what the kiosk makes of a bad province") {
    Meeting meeting;
    province::Province client(*meeting.adapter);
    const auto errorOf = [&] { return client.signIn(business, theSignIn()).error().code; };
    SUBCASE("a wrong signature") {
        meeting.faults.arm(Fault::provinceWrongSignature);
        CHECK(errorOf() == ErrorCode::provinceSignatureWrong);
    }
    SUBCASE("an answer that is no HTTP") {
        meeting.faults.arm(Fault::provinceNotHttp);
        CHECK(errorOf() == ErrorCode::provinceOutcomeUnknown);
    }
    SUBCASE("a line that is cut, then gone") {
        meeting.faults.arm(Fault::provinceLineCut);
        CHECK(errorOf() == ErrorCode::provinceOutcomeUnknown);
        CHECK(errorOf() == ErrorCode::provinceUnreachable);
    }
    CHECK(meeting.faults.allFired());
}
