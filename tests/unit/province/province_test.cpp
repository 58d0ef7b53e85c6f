// Rules: G-02.
#include "firmware/province/province.hpp"

#include <doctest/doctest.h>

#include "tests/unit/province/scripted_link.hpp"

using namespace liqu;
using namespace liqu::province;
using nlohmann::json;
using test::Answer;
using Names = std::vector<std::string>;

namespace {

const Error outcomeUnknown{ErrorCode::provinceOutcomeUnknown, "cut"};
const Error notSent{ErrorCode::provinceUnreachable, "no route"};

json progressWith(const std::string& state, const std::string& bizId) {
    json progress = test::exampleAnswer("PROGRESS.QUERY");
    progress["applications"] = json::array({test::applicationJson(state, bizId)});
    progress["cards"] = json::array();
    return progress;
}

}  // namespace

TEST_CASE("an answer about another business proves nothing") {
    test::Desk desk;
    Province province(desk.adapter);
    desk.link.then(outcomeUnknown);
    json progress = test::exampleAnswer("PROGRESS.QUERY");
    progress["value"] = "T-000017-20240601-000099";
    desk.link.then(Answer{"OK", progress});
    const auto marked = province.mark(test::business(), "A-1");
    REQUIRE_FALSE(marked);
    CHECK(marked.error().code == ErrorCode::provinceOutcomeUnknown);
    CHECK(desk.link.types() == Names{"ISSUE.MARK", "PROGRESS.QUERY"});
}

TEST_CASE("no answer: ask first, then send the same key again") {
    test::Desk desk;
    Province province(desk.adapter);
    desk.link.then(outcomeUnknown);
    const auto answer = province.createApplication(test::business(), test::exampleApplication());
    REQUIRE(answer.has_value());
    CHECK(answer->applicationNo == "A-20240601-000042");
    REQUIRE(desk.link.types() == Names{"APPLY.CREATE", "PROGRESS.QUERY", "APPLY.CREATE"});
    const auto& requests = desk.link.requests;
    CHECK(requests[1]["body"]["by"] == "IDEM_KEY");
    CHECK(requests[1]["body"]["value"] == requests[0]["idemKey"]);
    CHECK(requests[2]["idemKey"] == requests[0]["idemKey"]);
    CHECK(requests[2]["body"] == requests[0]["body"]);
    CHECK(requests[2]["msgId"] != requests[0]["msgId"]);
    CHECK(requests[2]["attempt"] == 2);
    CHECK(desk.link.faults == Names{});
}

TEST_CASE("a question and a change are waited for as long as was configured") {
    test::Desk desk;
    Province province(desk.adapter);
    REQUIRE(province.mark(test::business(), "A-1"));
    REQUIRE(desk.adapter.progress(test::business(), ProgressBy::idempotencyKey, "0123"));
    REQUIRE(desk.link.types() == Names{"ISSUE.MARK", "PROGRESS.QUERY"});
    CHECK(desk.link.patiences == std::vector{test::patience.change, test::patience.query});
}

TEST_CASE("an outcome nobody knows stays unknown, whatever fails afterwards") {
    SUBCASE("the question is not answered") {
        test::Desk desk;
        desk.link.then(outcomeUnknown);
        desk.link.then(notSent);
        const auto answer = Province(desk.adapter).mark(test::business(), "A-1");
        CHECK(answer.error().code == ErrorCode::provinceOutcomeUnknown);
        CHECK(desk.link.requests.size() == 2);
    }
    SUBCASE("the second send does not leave the machine") {
        test::Desk desk;
        desk.link.then(outcomeUnknown);
        desk.link.then(Answer{"OK", test::exampleAnswer("PROGRESS.QUERY")});
        desk.link.then(notSent);
        CHECK(Province(desk.adapter).mark(test::business(), "A-1").error().code ==
              ErrorCode::provinceOutcomeUnknown);
    }
    SUBCASE("the province itself does not know, twice") {
        test::Desk desk;
        desk.link.then(Answer{"UNKNOWN_OUTCOME"});
        desk.link.then(Answer{"OK", test::exampleAnswer("PROGRESS.QUERY")});
        desk.link.then(Answer{"UNKNOWN_OUTCOME"});
        CHECK(Province(desk.adapter).mark(test::business(), "A-1").error().code ==
              ErrorCode::provinceOutcomeUnknown);
    }
    SUBCASE("a reply that cannot be trusted proves nothing either") {
        test::Desk desk;
        desk.link.then(Error{ErrorCode::provinceReplyMalformed, "torn"});
        CHECK(Province(desk.adapter).mark(test::business(), "A-1").has_value());
        CHECK(desk.link.types() == Names{"ISSUE.MARK", "PROGRESS.QUERY", "ISSUE.MARK"});
    }
}

TEST_CASE("provably not sent is reported at once and not sent again behind the caller's back") {
    test::Desk desk;
    desk.link.then(notSent);
    const auto answer = Province(desk.adapter).mark(test::business(), "A-1");
    CHECK(answer.error().code == ErrorCode::provinceUnreachable);
    CHECK_FALSE(mayHaveHappened(answer.error()));
    CHECK(desk.link.requests.size() == 1);
}

TEST_CASE("the same act has the same key, another one another") {
    test::Desk desk;
    Province province(desk.adapter);
    REQUIRE(province.reserveBlank(test::business(), test::exampleReservation(), 1));
    REQUIRE(province.reserveBlank(test::business(), test::exampleReservation(), 1));
    REQUIRE(province.reserveBlank(test::business(), test::exampleReservation(), 2));
    REQUIRE(province.reserveBlank(test::business(43), test::exampleReservation(), 1));
    const auto& requests = desk.link.requests;
    CHECK(requests[0]["idemKey"] == requests[1]["idemKey"]);
    CHECK(requests[0]["idemKey"] != requests[2]["idemKey"]);
    CHECK(requests[0]["idemKey"] != requests[3]["idemKey"]);
}

TEST_CASE("ALREADY is success only where the record is ours") {
    const std::string ours = test::business().bizId;
    const std::string theirs = "T-000099-20240601-000001";
    const auto mark = [](const std::string& state, const std::string& bizId) {
        test::Desk desk;
        desk.link.then(
            Answer{"ALREADY", {{"applicationNo", "A-20240601-000042"}, {"state", "MARKED"}}});
        desk.link.then(Answer{"OK", progressWith(state, bizId)});
        return Province(desk.adapter).mark(test::business(), "A-20240601-000042");
    };
    CHECK(mark("MARKED", ours).has_value());
    CHECK(mark("CREATED", ours).error().code == ErrorCode::provinceNeedsStaff);
    CHECK(mark("MARKED", theirs).error().code == ErrorCode::provinceNeedsStaff);

    test::Desk desk;
    desk.link.then(Answer{"ALREADY", test::exampleAnswer("APPLY.CREATE")});
    desk.link.then(Answer{"OK", progressWith("CREATED", theirs)});
    CHECK(Province(desk.adapter)
              .createApplication(test::business(), test::exampleApplication())
              .error()
              .code == ErrorCode::applicationPending);
}

TEST_CASE("ALREADY without its proof may have happened") {
    test::Desk desk;
    desk.link.then(
        Answer{"ALREADY", {{"applicationNo", "A-20240601-000042"}, {"state", "MARKED"}}});
    desk.link.then(Error{ErrorCode::provinceUnreachable, "the line is gone"});
    const auto answer = Province(desk.adapter).mark(test::business(), "A-20240601-000042");
    CHECK(answer.error().code == ErrorCode::provinceOutcomeUnknown);
    CHECK(mayHaveHappened(answer.error()));
}

TEST_CASE("a loss that was reported already counts where the register says so too") {
    const auto report = [](const std::string& registered) {
        test::Desk desk;
        desk.link.then(Answer{"ALREADY", test::exampleAnswer("LOSS.TEMP")});
        json cards = test::exampleAnswer("CARD.QUERY");
        cards["cards"][0]["state"] = registered;
        desk.link.then(Answer{"OK", cards});
        return Province(desk.adapter)
            .changeLoss(MessageType::lossTemp, test::business(), test::exampleLoss());
    };
    CHECK(report("TEMP_LOST")->validUntil == "2024-06-08T10:00:00.150+08:00");
    CHECK(report("FORMAL_LOST").has_value());
    CHECK(report("NORMAL").error().code == ErrorCode::provinceOutcomeUnknown);
}

TEST_CASE("a loss that was reported, and an answer that is of no use: nobody says it was not") {
    const auto changed = [](const char* field, const char* value) {
        test::Desk desk;
        json answer = test::exampleAnswer("LOSS.TEMP");
        answer[field] = value;
        desk.link.then(Answer{"OK", answer});
        return Province(desk.adapter)
            .changeLoss(MessageType::lossTemp, test::business(), test::exampleLoss())
            .error()
            .code;
    };
    CHECK(changed("cardNo", "A00000011") == ErrorCode::answerForOtherCard);
    CHECK(changed("socialNumber", "110105194912310038") == ErrorCode::answerForOtherPerson);
    CHECK(changed("state", "NORMAL") == ErrorCode::provinceOutcomeUnknown);
    CHECK(changed("effectiveTime", "") == ErrorCode::provinceOutcomeUnknown);
}

TEST_CASE("each change of a loss is done where the card is what it makes of it, and nothing else") {
    struct Row {
        MessageType type;
        std::vector<std::string> states;
    };
    for (const Row& row : {Row{MessageType::lossTemp, {"TEMP_LOST", "FORMAL_LOST"}},
                           Row{MessageType::lossFormal, {"FORMAL_LOST"}},
                           Row{MessageType::lossRelease, {"NORMAL", "NOT_ENABLED"}}}) {
        for (const char* state :
             {"NORMAL", "NOT_ENABLED", "TEMP_LOST", "FORMAL_LOST", "REPLACING"}) {
            CAPTURE(std::string(nameOf(row.type)) + " " + state);
            test::Desk desk;
            json answer = test::exampleAnswer(std::string(nameOf(row.type)));
            answer["state"] = state;
            desk.link.then(Answer{"OK", answer});
            const auto done =
                Province(desk.adapter).changeLoss(row.type, test::business(), test::exampleLoss());
            const bool fits = std::ranges::find(row.states, state) != row.states.end();
            CHECK(done.has_value() == fits);
            if (!done) CHECK(done.error().code == ErrorCode::provinceOutcomeUnknown);
        }
    }
}

TEST_CASE("a card counts as enabled where the answer is of it and says that it is in force") {
    const auto enabled = [](const char* field, const char* value, const char* code = "OK",
                            const char* registered = "NORMAL") {
        test::Desk desk;
        json answer = test::exampleAnswer("CARD.ENABLE");
        if (*field != '\0') answer[field] = value;
        json cards = test::exampleAnswer("CARD.QUERY");
        cards["cards"][0]["state"] = registered;
        desk.link.then(Answer{code, answer});
        desk.link.then(Answer{"OK", cards});
        const auto done =
            Province(desk.adapter).enableCard(test::business(), test::exampleCardEnabling());
        return done ? ErrorCode{} : done.error().code;
    };
    CHECK(enabled("", "") == ErrorCode{});
    CHECK(enabled("", "", "PARTIAL") == ErrorCode{});
    CHECK(enabled("cardNo", "A00000011") == ErrorCode::answerForOtherCard);
    CHECK(enabled("socialNumber", "110105194912310038") == ErrorCode::answerForOtherPerson);
    CHECK(enabled("state", "NOT_ENABLED") == ErrorCode::provinceOutcomeUnknown);
    CHECK(enabled("effectiveTime", "") == ErrorCode::provinceOutcomeUnknown);
    // Enabled before by another channel: the register says so, or nobody does.
    CHECK(enabled("", "", "ALREADY") == ErrorCode{});
    CHECK(enabled("", "", "ALREADY", "NOT_ENABLED") == ErrorCode::provinceOutcomeUnknown);
}

TEST_CASE(
    "a fee is quoted for this application and person, with its article, and never both ways") {
    const FeeQuestion question{"A-20240601-000042", PersonalText(test::socialNumber),
                               ApplicationKind::lost};
    const auto quoted = [&](const char* field, json value) {
        test::Desk desk;
        json answer = test::exampleAnswer("FEE.QUOTE");
        if (*field != '\0') answer[field] = std::move(value);
        desk.link.then(Answer{"OK", answer});
        const auto quote = Province(desk.adapter).feeQuote(test::business(), question);
        return quote ? ErrorCode{} : quote.error().code;
    };
    CHECK(quoted("", {}) == ErrorCode{});
    CHECK(quoted("socialNumber", "110105194912310038") == ErrorCode::answerForOtherPerson);
    CHECK(quoted("applicationNo", "A-1") == ErrorCode::answerForOtherPerson);
    CHECK(quoted("basis", "") == ErrorCode::provinceReplyMalformed);
    CHECK(quoted("exemption", "QUALITY") == ErrorCode::provinceReplyMalformed);
    CHECK(quoted("amountFen", "2000") == ErrorCode::provinceReplyMalformed);
    CHECK(quoted("amountFen", 20.0) == ErrorCode::provinceReplyMalformed);
    CHECK(quoted("amountFen", 1'000'001) == ErrorCode::provinceReplyMalformed);
}

TEST_CASE("whether a change was carried out is asked by its own key") {
    test::Desk desk;
    Province province(desk.adapter);
    json progress = test::exampleAnswer("PROGRESS.QUERY");
    const std::string key =
        idempotencyKey("T-000017", test::business().bizId, MessageType::lossTemp, 1);
    for (const bool done : {true, false}) {
        progress["carriedOut"] = done;
        progress["value"] = key;
        desk.link.then(Answer{"OK", progress});
        CHECK(province.wasCarriedOut(test::business(), MessageType::lossTemp) == done);
        CHECK(desk.link.requests.back()["body"]["value"] == key);
    }
    desk.link.then(notSent);
    CHECK_FALSE(province.wasCarriedOut(test::business(), MessageType::lossTemp).has_value());
}

TEST_CASE("a change that was carried out is not undone by a refusal to say so again") {
    const auto marked = [](bool carriedOut) {
        test::Desk desk;
        json progress = test::exampleAnswer("PROGRESS.QUERY");
        progress["carriedOut"] = carriedOut;
        progress["value"] =
            idempotencyKey("T-000017", test::business().bizId, MessageType::issueMark, 1);
        desk.link.then(outcomeUnknown);
        desk.link.then(Answer{"OK", progress});
        desk.link.then(Answer{"BIZ_REFUSED", nullptr, "WRONG_STATE"});
        const auto answer = Province(desk.adapter).mark(test::business(), "A-1");
        CHECK(desk.link.types() == Names{"ISSUE.MARK", "PROGRESS.QUERY", "ISSUE.MARK"});
        return answer.error().code;
    };
    CHECK(marked(true) == ErrorCode::provinceOutcomeUnknown);
    CHECK(marked(false) != ErrorCode::provinceOutcomeUnknown);
}

TEST_CASE("refusals keep their meaning") {
    const auto refusal = [](const char* code, const char* detail) {
        test::Desk desk;
        desk.link.then(Answer{code, nullptr, detail});
        return Province(desk.adapter).mark(test::business(), "A-1").error().code;
    };
    CHECK(refusal("BIZ_REFUSED", "NONE") == ErrorCode::provinceRefused);
    CHECK(refusal("BIZ_REFUSED", "FEE_DUE") == ErrorCode::feeDue);
    CHECK(refusal("BIZ_REFUSED", "BLANK_WRONG_BANK") == ErrorCode::blankRefused);
    CHECK(refusal("BIZ_REFUSED", "SOMETHING_NEW") == ErrorCode::provinceRefused);
    CHECK(refusal("NEEDS_STAFF", "PERSON_DATA_DIFFERS") == ErrorCode::personDataDiffers);
    CHECK(refusal("NEEDS_STAFF", "NONE") == ErrorCode::provinceNeedsStaff);
    CHECK(refusal("RETRY_LATER", "HSM_DOWN") == ErrorCode::provinceBusy);
    CHECK(refusal("SECURITY", "PERMIT_REFUSED") == ErrorCode::permitRefused);
    CHECK(refusal("SECURITY", "SIGNATURE_WRONG") == ErrorCode::provinceRefusedKiosk);
    CHECK(refusal("SECURITY", "CLOCK_DIFFERS") == ErrorCode::clockNotTrusted);
}

TEST_CASE("a refusal of the message leaves open what became of the change") {
    const Answer refused{"PROTOCOL", nullptr, "SCHEMA"};
    const auto proofSaying = [](bool carriedOut) {
        json progress = test::exampleAnswer("PROGRESS.QUERY");
        progress["carriedOut"] = carriedOut;
        progress["value"] =
            idempotencyKey("T-000017", test::business().bizId, MessageType::issueMark, 1);
        return Answer{"OK", progress};
    };
    test::Desk desk;
    const auto mark = [&] { return Province(desk.adapter).mark(test::business(), "A-1"); };
    desk.link.then(refused);
    SUBCASE("something on the way repeated it: the same key brings the answer") {
        desk.link.then(proofSaying(true));
        CHECK(mark().has_value());
        CHECK(desk.link.types() == Names{"ISSUE.MARK", "PROGRESS.QUERY", "ISSUE.MARK"});
        CHECK(desk.link.requests[0]["msgId"] != desk.link.requests[2]["msgId"]);
        CHECK(desk.link.requests[0]["idemKey"] == desk.link.requests[2]["idemKey"]);
    }
    SUBCASE("and repeats the next, too: nobody says that it was refused") {
        desk.link.then(proofSaying(true));
        desk.link.then(refused);
        CHECK(mark().error().code == ErrorCode::provinceOutcomeUnknown);
    }
    SUBCASE("and the next that came was the first that was carried out") {
        desk.link.then(proofSaying(false));
        desk.link.then(refused);
        desk.link.then(proofSaying(true));
        CHECK(mark().error().code == ErrorCode::provinceOutcomeUnknown);
    }
    SUBCASE("it is not carried out, and refused again") {
        desk.link.then(proofSaying(false));
        desk.link.then(refused);
        desk.link.then(proofSaying(false));
        CHECK(mark().error().code == ErrorCode::provinceNeedsStaff);
    }
    SUBCASE("nobody says") {
        desk.link.then(notSent);
        CHECK(mark().error().code == ErrorCode::provinceOutcomeUnknown);
    }
}

// Whether it is the right one is issuance's question (binding_test.cpp).
TEST_CASE("an answer comes with what it is about and when it was given") {
    test::Desk desk;
    Province province(desk.adapter);
    const auto answer =
        province.personalisation(test::business(), test::examplePersonalisation(), 1).value();
    CHECK(answer.applicationNo == "A-20240601-000042");
    CHECK(answer.bankCode == "B01");
    CHECK(answer.serverTime == "2024-06-01T10:00:00.180+08:00");
    const auto marked = province.mark(test::business(), "A-1").value();
    CHECK(marked.applicationNo == "A-20240601-000042");
    CHECK(marked.state == ApplicationState::marked);
    const auto blank = province.reserveBlank(test::business(), test::exampleReservation(), 1);
    CHECK(blank->blankId == test::cardNumber);
    CHECK(blank->version == "3.00");
}

TEST_CASE("not being eligible is an answer with a reason") {
    test::Desk desk;
    json body = test::exampleAnswer("ELIG.CHECK");
    body["eligible"] = false;
    body["reason"] = "OLD_CARD_NOT_LOST";
    body["pending"] = json::array({test::applicationJson("MARKED", test::business().bizId)});
    desk.link.then(Answer{"OK", body});
    const auto answer = Province(desk.adapter)
                            .eligibility(test::business(), {PersonalText(test::socialNumber),
                                                            ApplicationKind::lost, AgeClass::adult})
                            .value();
    CHECK_FALSE(answer.eligible);
    CHECK(errorOf(answer).code == ErrorCode::oldCardNotReportedLost);
    REQUIRE(answer.pending.size() == 1);
    CHECK(answer.pending[0].state == ApplicationState::marked);
}

TEST_CASE("the card authority asks with the permit once there is one") {
    test::Desk desk;
    OrderCardAuthority authority(desk.adapter, test::business());
    ports::CardKeyContext card;
    card.algorithm = ports::ChipAlgorithm::tripleDes;
    const ports::Block8 factor{1, 2, 3, 4, 5, 6, 7, 8};
    CHECK(authority.internalAuthentication(card, factor, {}).value() ==
          ports::Block8{0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8});
    authority.usePermit("P-000042");
    REQUIRE(authority.externalAuthentication(card, ports::CardKey::updateCard, factor, {}));
    CHECK(desk.link.requests[0]["body"]["permitId"] == "");
    CHECK(desk.link.requests[0]["body"]["algorithm"] == "TDES");
    CHECK(desk.link.requests[0]["body"]["factor"] == "0102030405060708");
    CHECK(desk.link.requests[1]["body"]["permitId"] == "P-000042");
    CHECK(desk.link.requests[1]["body"]["key"] == "UPDATE_CARD");
    desk.link.then(Answer{"BIZ_REFUSED", nullptr, "CARD_AUTH_REFUSED"});
    CHECK(authority.internalAuthentication(card, factor, {}).error().code ==
          ErrorCode::cardAuthenticationRefused);
    CHECK(desk.link.faults == Names{});
}
