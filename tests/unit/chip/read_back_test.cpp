// Whole conversations, APDU by APDU: read-back, compare after a restart, replies without end.
// Rules: A-20.
#include "tests/unit/chip/scripted_station.hpp"

using namespace liqu;
using namespace liqu::chip;
using namespace liqu::tests;

namespace {

// The card as it is after orderOfZhangSan.
ScriptedCard writtenCard() {
    ScriptedCard card;
    card.holder = ScriptedCard::writtenHolder();
    card.issueDate = "20240601";
    card.expiryDate = "20340601";
    return card;
}

}  // namespace

TEST_CASE("a read-back that is torn or mute is done again, twice") {
    for (const ErrorCode code : {ErrorCode::chipReplyTorn, ErrorCode::chipMute}) {
        for (const int failures : {1, 2, 3}) {
            CAPTURE(failures);
            Station station;
            station.card = writtenCard();
            for (int i = 0; i < failures; ++i) {
                station.reader.fails("power on", code);
                if (i < 2) station.reader.powersOff();
            }
            if (failures < 3) {
                station.reader.powersOn();
                station.script.opens(station.card);
                station.script.selectsHolder();
                station.reader.answers("00B2010414", "6982");
                station.script.unlocks("0A");
                const char* commands[] = {"00B2010414", "00B2020420", "00B2030416", "00B2040403",
                                          "00B2050403", "00B2060405", "00B2070406"};
                for (std::size_t i = 0; i < 7; ++i) {
                    station.reader.answers(commands[i], station.card.holder[i] + "9000");
                }
                station.script.provesItself();
            }
            SocialCard social = station.make();
            const auto found = social.readBack(orderOfZhangSan());
            CHECK(station.reader.complaint() == "");
            CHECK(found.has_value() == (failures < 3));
            if (!found) CHECK(found.error().code == code);
        }
    }
}

TEST_CASE("read-back: closed to strangers, opened afresh, all equal") {
    Station station;
    station.card = writtenCard();
    station.reader.powersOn();
    station.script.opens(station.card);
    station.script.selectsHolder();
    station.reader.answers("00B2010414", "6982");
    station.script.unlocks("0A");
    // EF06 is the current file still.
    const char* commands[] = {"00B2010414", "00B2020420", "00B2030416", "00B2040403",
                              "00B2050403", "00B2060405", "00B2070406"};
    SUBCASE("equal") {
        for (std::size_t i = 0; i < 7; ++i) {
            station.reader.answers(commands[i], station.card.holder[i] + "9000");
        }
        station.script.provesItself();
        SocialCard social = station.make();
        const auto found = social.readBack(orderOfZhangSan());
        CHECK(station.reader.complaint() == "");
        REQUIRE(found);
        CHECK(found->items.name.reveal() == "张三");
        CHECK(found->items.socialNumber.reveal() == "11010519491231002X");
        CHECK(found->items.birthDate.reveal() == "19491231");
        CHECK(found->items.cardNumber == "A00000003");
        CHECK(found->items.issueDate == "20240601");
        CHECK(found->items.version == "3.00");
        CHECK(toHex(found->atr) == ScriptedReader::contactAtr);
    }
    SUBCASE("equal, but not genuine") {
        for (std::size_t i = 0; i < 7; ++i) {
            station.reader.answers(commands[i], station.card.holder[i] + "9000");
        }
        station.reader.answers("0088000010" + factorChallenge + originalChallenge,
                               "01020304050607089000");
        SocialCard social = station.make();
        CHECK(codeOf(social.readBack(orderOfZhangSan())) == ErrorCode::chipNotGenuine);
        CHECK(station.reader.complaint() == "");
    }
    SUBCASE("one record differs: it is named, not shown") {
        station.card.holder[3] = "0A0131";
        for (std::size_t i = 0; i < 7; ++i) {
            station.reader.answers(commands[i], station.card.holder[i] + "9000");
        }
        SocialCard social = station.make();
        const auto found = social.readBack(orderOfZhangSan());
        CHECK(codeOf(found) == ErrorCode::chipReadBackDiffers);
        CHECK(found.error().cause == "sex");
    }
    SUBCASE("the province is gone: its error, unchanged") {
        station.authority.refusal = Error{ErrorCode::provinceUnreachable, "no route", {}};
        SocialCard social = station.make();
        const auto found = social.readBack(orderOfZhangSan());
        CHECK(codeOf(found) == ErrorCode::provinceUnreachable);
        CHECK_FALSE(found.error().fate);
    }
}

TEST_CASE("a 3.00 card that shows EF06 to anybody is not handed out") {
    Station station;
    station.card = writtenCard();
    station.reader.powersOn();
    station.script.opens(station.card);
    station.script.selectsHolder();
    station.reader.answers("00B2010414", station.card.holder[0] + "9000");
    SocialCard social = station.make();
    CHECK(codeOf(social.readBack(orderOfZhangSan())) == ErrorCode::chipReadUnprotected);
    CHECK(station.authority.asked.empty());
}

TEST_CASE("after a restart the chip says what became of the order") {
    Station station;
    station.reader.powersOn();
    const auto compare = [&station] {
        station.script.opens(station.card);
        station.script.unlocks("0A");
        station.script.readsHolder(station.card);
        SocialCard social = station.make();
        const auto contents = social.compare(orderOfZhangSan());
        CHECK(station.reader.complaint() == "");
        return contents.value();
    };
    SUBCASE("nothing") {
        CHECK(compare() == ChipContents::untouched);
    }
    SUBCASE("missing records are nothing, too") {
        station.card.holder.assign(7, "");
        CHECK(compare() == ChipContents::untouched);
    }
    SUBCASE("half") {
        station.card.holder[0] = ScriptedCard::writtenHolder()[0];
        CHECK(compare() == ChipContents::partial);
    }
    SUBCASE("all but the last date") {
        station.card = writtenCard();
        station.card.expiryDate = "20340101";
        CHECK(compare() == ChipContents::partial);
    }
    SUBCASE("all") {
        station.card = writtenCard();
        CHECK(compare() == ChipContents::completeAndEqual);
    }
}

TEST_CASE("after a restart another card in the station is told apart") {
    Station station;
    station.card.idCode = "420100D1560000050000000BFFFFFFFF";
    station.reader.powersOn();
    station.script.opens(station.card);
    SocialCard social = station.make();
    CHECK(codeOf(social.compare(orderOfZhangSan())) == ErrorCode::chipIdentityDiffers);
}

TEST_CASE("a reply that never ends is cut off") {
    ScriptedReader reader;
    CardChannel channel(reader);
    reader.answers("0084000008", "6108");
    for (int piece = 0; piece < 8; ++piece) reader.answers("00C0000008", "AA6108");
    const auto reply = channel.send(getChallenge());
    CHECK(codeOf(reply) == ErrorCode::chipStatusUnexpected);
    CHECK(reader.complaint() == "");
    reader.answers("0084000008", "90");
    CHECK(codeOf(channel.send(getChallenge())) == ErrorCode::chipReplyTorn);
}
