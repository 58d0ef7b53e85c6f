// Whole conversations, APDU by APDU: check of the blank, writing, reset in the middle.
#include "tests/unit/chip/scripted_station.hpp"

using namespace liqu;
using namespace liqu::chip;
using namespace liqu::tests;

TEST_CASE("a 3.00 blank is inspected: bank, application, genuineness, EF06 empty") {
    Station station;
    station.script.inspects(station.card);
    SocialCard social = station.make();
    const auto blank = social.inspectBlank(Station::expectation());
    CHECK(station.reader.complaint() == "");
    REQUIRE(blank);
    CHECK(blank->cardNumber == "A00000003");
    CHECK(blank->cardIdCode == station.card.idCode);
    CHECK(blank->regionCode == "420100");
    CHECK(blank->version == "3.00");
    CHECK(blank->algorithm == ports::ChipAlgorithm::sm4);
    CHECK(blank->bankCardNumber.reveal() == "6221001234567890");
    CHECK(toHex(blank->historicalBytes) == "0081544C96866042010000000A");
    REQUIRE(station.authority.asked.size() == 2);
    const auto& question = station.authority.asked[0];
    CHECK(question.key == ports::CardKey::issuerRecognition);
    CHECK(toHex(question.factor) == factorChallenge);
    CHECK(toHex(question.original) == originalChallenge);
    CHECK(toHex(question.card.cardIdCode) == station.card.idCode);
    CHECK(station.authority.asked[1].key == ports::CardKey::readHolder);
}

TEST_CASE("a 2.00 blank speaks 3DES and its EF06 is read without a key") {
    Station station;
    station.card.version = "2.00";
    station.card.algorithm = "01";
    station.script.inspects(station.card);
    SocialCard social = station.make();
    const auto blank = social.inspectBlank(Station::expectation());
    CHECK(station.reader.complaint() == "");
    CHECK(blank->algorithm == ports::ChipAlgorithm::tripleDes);
    CHECK(station.authority.asked.size() == 1);
}

namespace {

// A blank that is looked at and refused.
struct RefusedBlank {
    Station station;
    BlankExpectation expected = Station::expectation();

    RefusedBlank() { station.reader.powersOn(); }
    ErrorCode inspect() {
        SocialCard social = station.make();
        const auto blank = social.inspectBlank(expected);
        CHECK(station.reader.complaint() == "");
        REQUIRE_FALSE(blank);
        CHECK(blank.error().fate == CardFate::atChipStation);
        return blank.error().code;
    }
};

}  // namespace

TEST_CASE_FIXTURE(RefusedBlank, "blanks that must not be spent: others' and blocked ones") {
    SUBCASE("no finance application") {
        station.reader.answers("00A4040008 A000000333010101", "6A82");
        CHECK(inspect() == ErrorCode::chipForeign);
    }
    SUBCASE("another bank's") {
        station.script.readsBankNumber();
        expected.bankPrefixes = {"622848"};
        // Its number is read all the same: it is refused under it.
        station.script.opens(station.card);
        CHECK(inspect() == ErrorCode::chipWrongBank);
        CHECK(station.authority.asked.empty());
    }
    SUBCASE("no social security application") {
        station.script.readsBankNumber();
        station.reader.answers("00A404000F 7378312E73682EC9E7BBE1B1A3D5CF", "6A82");
        CHECK(inspect() == ErrorCode::chipForeign);
    }
    SUBCASE("blocked") {
        station.script.readsBankNumber();
        station.reader.answers("00A404000F 7378312E73682EC9E7BBE1B1A3D5CF", "9303");
        CHECK(inspect() == ErrorCode::chipBlocked);
    }
    SUBCASE("wrong number: the province is not even asked") {
        station.card.number = "413030303030303131";
        station.script.readsBankNumber();
        station.script.opens(station.card);
        CHECK(inspect() == ErrorCode::chipWrongNumber);
        CHECK(station.authority.asked.empty());
    }
    SUBCASE("not the stock's identification code") {
        expected.cardIdCode = "420100D1560000050000000BFFFFFFFF";
        station.script.readsBankNumber();
        station.script.opens(station.card);
        CHECK(inspect() == ErrorCode::chipIdentityDiffers);
    }
    SUBCASE("an identification code of no social security card") {
        station.card.idCode = "420100D2560000050000000AFFFFFFFF";
        station.script.readsBankNumber();
        station.script.opens(station.card);
        CHECK(inspect() == ErrorCode::chipForeign);
    }
    SUBCASE("first generation") {
        station.card.version = "1.00";
        station.script.readsBankNumber();
        station.script.opens(station.card);
        CHECK(inspect() == ErrorCode::chipVersionUnsupported);
    }
}

TEST_CASE_FIXTURE(RefusedBlank, "blanks that must not be spent: no good card of ours") {
    SUBCASE("counterfeit") {
        station.script.readsBankNumber();
        station.script.opens(station.card);
        station.reader.answers("0088000010" + factorChallenge + originalChallenge,
                               "00000000000000009000");
        CHECK(inspect() == ErrorCode::chipNotGenuine);
    }
    SUBCASE("a version the profile does not name") {
        station.card.version = "2.00";
        station.card.algorithm = "01";
        station.script.readsBankNumber();
        station.script.opens(station.card);
        auto profile = shippedProfile("number-prewritten");
        profile.versions = {"3.00"};
        SocialCard social(station.reader, station.authority, station.random, profile, Duration(0));
        CHECK(codeOf(social.inspectBlank(expected)) == ErrorCode::chipVersionUnsupported);
        CHECK(station.authority.asked.empty());
        CHECK(station.reader.complaint() == "");
    }
    SUBCASE("a version that would break the line of a log") {
        station.card.version = "3.0\n";
        station.script.readsBankNumber();
        station.script.opens(station.card);
        CHECK(inspect() == ErrorCode::chipVersionUnsupported);
    }
    SUBCASE("somebody's already") {
        station.card.holder = ScriptedCard::writtenHolder();
        station.script.readsBankNumber();
        station.script.opens(station.card);
        station.script.provesItself();
        station.script.unlocks("0A");
        station.script.readsHolder(station.card);
        CHECK(inspect() == ErrorCode::chipAlreadyPersonalised);
    }
    SUBCASE("gone in the middle, three times") {
        station.reader.fails("00A4040008 A000000333010101", ErrorCode::chipRemoved);
        for (int again = 0; again < 2; ++again) {
            station.reader.powersOff();
            station.reader.powersOn();
            station.reader.fails("00A4040008 A000000333010101", ErrorCode::chipRemoved);
        }
        CHECK(inspect() == ErrorCode::chipRemoved);
    }
}

TEST_CASE("the kiosk draws both random numbers of the proof; one make of card draws the factor") {
    Station station;
    station.card.version = "2.00";
    station.card.algorithm = "01";
    station.reader.powersOn();
    station.script.readsBankNumber();
    station.script.opens(station.card);
    auto profile = shippedProfile("number-prewritten");
    SUBCASE("both, and the card is asked for none") {
        station.script.provesItself();
        station.script.readsHolder(station.card);
        SocialCard social(station.reader, station.authority, station.random, profile, Duration(0));
        CHECK(social.inspectBlank(Station::expectation()).has_value());
        CHECK(station.random.drawn == 2);
    }
    SUBCASE("the original stays ours") {
        profile.internalFactor = CardFactor::cardsChallenge;
        station.reader.answers("0084000008", factorChallenge + "9000");
        station.script.provesItself();
        station.script.readsHolder(station.card);
        SocialCard social(station.reader, station.authority, station.random, profile, Duration(0));
        CHECK(social.inspectBlank(Station::expectation()).has_value());
        CHECK(station.random.drawn == 1);
    }
    CHECK(station.reader.complaint() == "");
    REQUIRE(station.authority.asked.size() == 1);
    CHECK(toHex(station.authority.asked[0].original) == originalChallenge);
    CHECK(toHex(station.authority.asked[0].factor) == factorChallenge);
}

TEST_CASE("a blank that answers badly once or twice is seated again, not refused") {
    const auto inspectAfter = [](int failures, ErrorCode code, const char* command) {
        Station station;
        for (int i = 0; i < failures; ++i) {
            if (std::string(command) != "power on") station.reader.powersOn();
            station.reader.fails(command, code);
            if (i < 2) station.reader.powersOff();
        }
        if (failures < 3) {
            station.reader.powersOn();
            station.script.readsBankNumber();
            station.script.opens(station.card);
            station.script.provesItself();
            station.script.unlocks("0A");
            station.script.readsHolder(station.card);
        }
        SocialCard social = station.make();
        const auto blank = social.inspectBlank(Station::expectation());
        CHECK(station.reader.complaint() == "");
        return blank ? std::optional<ErrorCode>() : std::optional(blank.error().code);
    };
    for (const ErrorCode code :
         {ErrorCode::chipMute, ErrorCode::chipReplyTorn, ErrorCode::chipReaderHeld,
          ErrorCode::chipServiceDown, ErrorCode::chipReaderNotFound, ErrorCode::chipRemoved,
          ErrorCode::chipWasReset}) {
        CAPTURE(numberOf(code));
        for (const char* command : {"power on", "00A4040008A000000333010101"}) {
            CAPTURE(std::string(command));
            CHECK(inspectAfter(1, code, command) == std::nullopt);
            CHECK(inspectAfter(2, code, command) == std::nullopt);
            CHECK(inspectAfter(3, code, command) == code);
        }
    }
    // Nothing is tried again where the reader hangs.
    Station station;
    station.reader.fails("power on", ErrorCode::chipReaderHung);
    SocialCard social = station.make();
    CHECK(codeOf(social.inspectBlank(Station::expectation())) == ErrorCode::chipReaderHung);
    CHECK(station.reader.complaint() == "");
}

TEST_CASE("a challenge the card forgot is drawn again, once") {
    Station station;
    station.reader.powersOn();
    station.script.readsBankNumber();
    station.script.opens(station.card);
    station.script.provesItself();
    station.script.unlocks("0A", "6984");
    SUBCASE("then it works") {
        station.script.unlocks("0A");
        station.script.readsHolder(station.card);
        SocialCard social = station.make();
        CHECK(social.inspectBlank(Station::expectation()));
    }
    SUBCASE("or not") {
        station.script.unlocks("0A", "6984");
        SocialCard social = station.make();
        CHECK(codeOf(social.inspectBlank(Station::expectation())) ==
              ErrorCode::chipStatusUnexpected);
    }
    CHECK(station.reader.complaint() == "");
}

TEST_CASE("after a falling key counter no key of this card is tried again") {
    for (const auto& [status, code] :
         std::vector<std::pair<std::string, ErrorCode>>{{"63C2", ErrorCode::chipKeyCounterLow},
                                                        {"63C1", ErrorCode::chipKeyCounterLow},
                                                        {"63C0", ErrorCode::chipKeyBlocked},
                                                        {"6983", ErrorCode::chipKeyBlocked}}) {
        CAPTURE(status);
        Station station;
        station.reader.powersOn();
        station.script.readsBankNumber();
        station.script.opens(station.card);
        station.script.provesItself();
        station.script.unlocks("0A", status);
        SocialCard social = station.make();
        CHECK(codeOf(social.inspectBlank(Station::expectation())) == code);
        // The card may be asked again who it is, but its keys are left alone.
        station.script.inspects(station.card);
        CHECK(codeOf(social.inspectBlank(Station::expectation())) == code);
        CHECK(station.reader.stepsLeft() == 11);  // two challenges, the key, EF06
    }
}

TEST_CASE("personalise writes what differs: EF06, then the dates") {
    Station station;
    station.script.inspects(station.card);
    station.startsWriting();
    station.writes(0, 8);
    SocialCard social = station.make();
    const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
    const auto report = station.personalise(social, blank);
    CHECK(station.reader.complaint() == "");
    REQUIRE(report);
    CHECK(report->written == std::vector<Item>{Item::socialNumber, Item::name, Item::sex,
                                               Item::ethnicCode, Item::birthPlace, Item::birthDate,
                                               Item::issueDate, Item::expiryDate});
    CHECK_FALSE(report->restarted);
    CHECK(station.progress == std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("an assigned number is written last") {
    Station station;
    station.profile = "number-assigned";
    station.card.number = std::string(18, '0');
    station.script.inspects(station.card);
    station.startsWriting();
    station.writes(0, 8);
    station.reader.answers("00DC07040B 0709413030303030303033", "9000");
    SocialCard social = station.make();
    const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
    CHECK(blank.cardNumber.empty());
    const auto report = station.personalise(social, blank);
    CHECK(station.reader.complaint() == "");
    CHECK(report->written.back() == Item::cardNumber);
}

TEST_CASE("a card whose number should be assigned but is there already is refused") {
    Station station;
    station.profile = "number-assigned";
    station.reader.powersOn();
    station.script.readsBankNumber();
    station.script.opens(station.card);
    SocialCard social = station.make();
    CHECK(codeOf(social.inspectBlank(Station::expectation())) ==
          ErrorCode::chipAlreadyPersonalised);
}

TEST_CASE("an order that is not for this card writes nothing") {
    Station station;
    station.script.inspects(station.card);
    station.script.selectsIssuer();
    station.script.isStillTheSame(station.card);
    SocialCard social = station.make();
    const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
    card::ChipItems order = orderOfZhangSan();
    SUBCASE("another number") {
        order.cardNumber = "A00000011";
        CHECK(codeOf(station.personalise(social, blank, order)) == ErrorCode::chipWrongNumber);
    }
    SUBCASE("another institution") {
        order.issuerCode = "915600000242010042010002";
        const auto report = station.personalise(social, blank, order);
        CHECK(codeOf(report) == ErrorCode::chipIdentityDiffers);
        CHECK(report.error().cause.find("issuerCode") != std::string::npos);
    }
    SUBCASE("stopping before the first record") {
        station.stop.request_stop();
        CHECK(codeOf(station.personalise(social, blank, order)) == ErrorCode::kioskStopping);
    }
    SUBCASE("the province is gone: its own error, unchanged") {
        station.reader.answers("0084000008", originalChallenge + "9000");
        station.reader.answers("0084000008", factorChallenge + "9000");
        station.authority.refusal = Error{ErrorCode::provinceUnreachable, "no route", {}};
        const auto report = station.personalise(social, blank, order);
        CHECK(codeOf(report) == ErrorCode::provinceUnreachable);
        CHECK(report.error().cause == "no route");
        CHECK_FALSE(report.error().fate);
    }
    CHECK(station.reader.complaint() == "");
}

TEST_CASE("an order for another identification code is refused before its number is looked at") {
    Station station;
    station.script.inspects(station.card);
    station.script.selectsIssuer();
    station.reader.answers("00B2010412", "0110" + station.card.idCode + "9000");
    SocialCard social = station.make();
    const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
    card::ChipItems order = orderOfZhangSan();
    order.cardIdCode = "420100D1560000050000000BFFFFFFFF";
    CHECK(codeOf(station.personalise(social, blank, order)) == ErrorCode::chipIdentityDiffers);
    CHECK(station.reader.complaint() == "");
}

TEST_CASE("6581 at any record rejects the card at once") {
    const auto updates = CardScript::updates();
    for (std::size_t failing = 0; failing < updates.size(); ++failing) {
        CAPTURE(failing);
        Station station;
        station.script.inspects(station.card);
        station.startsWriting();
        station.writes(0, failing);
        if (failing == 6) station.script.selectsIssuer();
        station.reader.answers(updates[failing], "6581");
        SocialCard social = station.make();
        const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
        const auto report = station.personalise(social, blank);
        CHECK(station.reader.complaint() == "");
        CHECK(codeOf(report) == ErrorCode::chipMemoryFailed);
        // The record is named, its content is not.
        CHECK(report.error().cause.find("D5C5C8FD") == std::string::npos);
    }
}

TEST_CASE("a reset at any record gives one clean restart, which writes only the rest") {
    const auto updates = CardScript::updates();
    const auto written = ScriptedCard::writtenHolder();
    const std::size_t holderRecord[] = {0, 1, 3, 4, 5, 6};
    for (std::size_t failing = 0; failing < updates.size(); ++failing) {
        CAPTURE(failing);
        Station station;
        station.script.inspects(station.card);
        station.startsWriting();
        station.writes(0, failing);
        if (failing == 6) station.script.selectsIssuer();
        station.reader.fails(updates[failing], ErrorCode::chipWasReset);
        // The card kept what it had confirmed.
        for (std::size_t i = 0; i < std::min<std::size_t>(failing, 6); ++i) {
            station.card.holder[holderRecord[i]] = written[holderRecord[i]];
        }
        if (failing > 6) station.card.issueDate = "20240601";
        station.startsAgain();
        // After the restart EF06 is the current file.
        station.script.unlocks("04");
        if (failing >= 6) station.script.selectsIssuer();
        for (std::size_t i = failing; i < updates.size(); ++i) {
            if (i == 6 && failing < 6) station.script.selectsIssuer();
            station.reader.answers(updates[i], "9000");
        }
        SocialCard social = station.make();
        const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
        const auto report = station.personalise(social, blank);
        CHECK(station.reader.complaint() == "");
        REQUIRE(report);
        CHECK(report->restarted);
        CHECK(report->written.size() == updates.size());
    }
}

TEST_CASE("a lost authentication is a reset, too; a second one ends it") {
    Station station;
    station.script.inspects(station.card);
    station.startsWriting();
    station.reader.answers(CardScript::updates()[0], "6982");
    station.startsAgain();
    station.script.unlocks("04");
    station.reader.answers(CardScript::updates()[0], "6982");
    SocialCard social = station.make();
    const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
    CHECK(codeOf(station.personalise(social, blank)) == ErrorCode::chipSecurityLost);
    CHECK(station.reader.complaint() == "");
}

TEST_CASE("a reset that only the missing file betrays gives the restart, too") {
    Station station;
    station.script.inspects(station.card);
    station.startsWriting();
    station.writes(0, 6);
    station.reader.answers("00A4020002 EF05", "6A82");
    station.card.holder = ScriptedCard::writtenHolder();
    station.startsAgain();
    station.script.unlocks("04");
    station.script.selectsIssuer();
    station.reader.answers(CardScript::updates()[6], "9000");
    station.reader.answers(CardScript::updates()[7], "9000");
    SocialCard social = station.make();
    const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
    CHECK(station.personalise(social, blank)->restarted);
    CHECK(station.reader.complaint() == "");
}

TEST_CASE("after a reset another card in the station is not written") {
    Station station;
    station.script.inspects(station.card);
    station.startsWriting();
    station.reader.fails(CardScript::updates()[0], ErrorCode::chipRemoved);
    station.reader.powersOff();
    station.reader.powersOn();
    station.card.idCode = "420100D1560000050000000BFFFFFFFF";
    station.script.opens(station.card);
    station.reader.answers("00B2010412", "0110" + station.card.idCode + "9000");
    SocialCard social = station.make();
    const BlankIdentity blank = social.inspectBlank(Station::expectation()).value();
    CHECK(codeOf(station.personalise(social, blank)) == ErrorCode::chipIdentityDiffers);
    CHECK(station.reader.complaint() == "");
}
