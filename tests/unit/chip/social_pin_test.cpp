// The social PIN on the chip, on both versions: hardware-notes/chip.md, "PIN and blocking".
// Rules: P-05.
#include <array>

#include "tests/unit/chip/pin_bench.hpp"

using namespace liqu;
using namespace liqu::chip;
using namespace liqu::tests;

namespace {

struct Reset {
    std::string pin, apdu;
};
struct Vector {
    std::string version, pukKey, pukSession, authentication, stkSession, unlock;
    std::vector<Reset> resets;
};

const std::vector<Vector> vectors = {
    {"3.00",
     "F10CAB6D81B919DB1AF0C43066463D2E",
     "C9547AC46D6F5A1136E6CFA6A30CDF55",
     "00820006105106B7DD053788691122334455667788",
     "8C4F20197173548F7B3D5E8B2DBC8472",
     "842400000419AF0158",
     {{"123456", "8424000114A0E04C1BA43617E14DFD3955EE6F38C927E803DA"},
      {"258369", "8424000114A2DF063AA92164B9774F701437DA92A752D7BFC0"},
      {"1234", "84240001147A6260E29AB73F599D6FB97CB0CF3F6870BD6A51"},
      {"12345", "84240001141DDCD32F3DBFFFA8DB7F0C14F9E591431FC407BB"},
      {"12345678", "8424000114AD6260C2FFB57FC9BA2671E47C3419E09F58FDF3"},
      {"12345678901234", "8424000114671B7E1D434F0BEA66B299E5B4F96436874CDAD2"},
      {"1234567890123456", "8424000114AAAA4BD395EAB2A53455F979ED421F8388633B96"}}},
    {"2.00",
     "232FE67DC8CE177CF7AEFCAB783D9BB0",
     "DEF67C95C4161BB8",
     "0082000610D98A9E438A3EAC991122334455667788",
     "F5912A0637264CF7",
     "842400000491DD2608",
     {{"123456", "842400010CD63B288CED232A156DC6EC5E"},
      {"258369", "842400010C0D855B036DA5FE9AE1D4F2E6"},
      {"1234", "842400010C2F995771A2DEACC8B0AE8D9F"},
      {"12345", "842400010C4B1D017F64A43208FDCE01DB"},
      {"12345678", "842400010C33E7ABBCB60BA079E2B0EBEF"},
      {"12345678901234", "842400010CBEB8D3E20AB4FDCDA460E27B"},
      {"1234567890123456", "8424000114DEF7CFF679FD1C7BED425947758AAD69EF602060"}}}};

std::vector<std::string> lastOf(const std::vector<std::string>& all, std::size_t count) {
    REQUIRE(all.size() >= count);
    return {all.end() - static_cast<std::ptrdiff_t>(count), all.end()};
}

}  // namespace

TEST_CASE("PIN vectors: keys and sessions of the unlock key and the maintenance key") {
    for (const Vector& v : vectors) {
        const PinBench bench(v.version);
        const auto card = bench.identity();
        const auto puk = bench.hsm.cardKey(world::keyAddressOf(world::KeyName::pinUnlock), card);
        CHECK(toHex(*puk) == v.pukKey);
        CHECK(toHex(world::sessionKey(card.algorithm, *puk, fromHex("A1B2C3D4E5F60718").value())) ==
              v.pukSession);
        const auto stk = bench.hsm.cardKey(world::keyAddressOf(world::KeyName::maintenance), card);
        CHECK(toHex(world::sessionKey(card.algorithm, *stk, fromHex("8877665544332211").value())) ==
              v.stkSession);
    }
}

TEST_CASE("PIN vectors: unlock, byte for byte, and the PIN is kept") {
    for (const Vector& v : vectors) {
        PinBench bench(v.version);
        for (int i = 0; i < 6; ++i) CHECK(bench.pins.verify(DigitsPin("111111")).status != 0x9000);
        CHECK(bench.pins.ask()->kind == PinState::Kind::locked);
        bench.drawsAsInVectors();
        const auto answer = bench.pins.unlock(bench.identity(), bench.keys, bench.keys);
        CHECK(answer->outcome == PinOutcome::done);
        CHECK(lastOf(bench.reader.sent, 5) == std::vector<std::string>{"0084000008", "0084000008",
                                                                       v.authentication,
                                                                       "0084000008", v.unlock});
        CHECK(bench.triesNow() == "63C6");
        CHECK(bench.pins.verify(DigitsPin("123456")).outcome == PinOutcome::done);
    }
}

TEST_CASE("PIN vectors: reset to each PIN, byte for byte") {
    for (const Vector& v : vectors) {
        for (const Reset& reset : v.resets) {
            PinBench bench(v.version);
            bench.drawsAsInVectors();
            const auto answer =
                bench.pins.reset(bench.identity(), bench.keys, bench.keys, reset.pin);
            REQUIRE(answer.has_value());
            CHECK(answer->outcome == PinOutcome::done);
            CHECK(bench.reader.sent.back() == reset.apdu);
            CHECK(bench.pins.verify(DigitsPin(reset.pin)).outcome == PinOutcome::done);
            CHECK(bench.card->mistake().empty());
        }
    }
}

TEST_CASE("PIN vectors: plain commands") {
    for (const char* version : {"3.00", "2.00"}) {
        const std::vector<std::pair<std::string, std::string>> verifies = {
            {"1234", "00200000021234"},
            {"12345", "002000000312345F"},
            {"123456", "0020000003123456"},
            {"12345678", "002000000412345678"}};
        for (const auto& [pin, apdu] : verifies) {
            PinBench bench(version, pin);
            CHECK(bench.pins.verify(DigitsPin(pin)).outcome == PinOutcome::done);
            CHECK(bench.reader.sent.back() == apdu);
        }
        const std::vector<std::pair<std::string, std::string>> changes = {
            {"123456", "805E010007123456FF258369"},
            {"1234", "805E0100061234FF258369"},
            {"12345", "805E01000712345FFF258369"}};
        for (const auto& [old, apdu] : changes) {
            PinBench bench(version, old);
            const PinAnswer answer = bench.pins.change(DigitsPin(old), DigitsPin("258369"));
            CHECK(bench.reader.sent.back() == apdu);
            CHECK(answer.outcome == PinOutcome::done);
        }
        PinBench longest(version, "1234567890123456");
        CHECK(longest.pins.change(DigitsPin("1234567890123456"), DigitsPin("6543210987654321"))
                  .outcome == PinOutcome::done);
        CHECK(longest.reader.sent.back() == "805E0100111234567890123456FF6543210987654321");
        PinBench first(version, "");
        CHECK(first.pins.setFirst(DigitsPin("258369")).outcome == PinOutcome::done);
        CHECK(first.reader.sent.back() == "805E010004FF258369");
    }
}

TEST_CASE("PIN dialogue: a change") {
    PinBench bench;
    CHECK(bench.pins.ask()->triesLeft == 6);
    CHECK(bench.pins.verify(DigitsPin("111111")).triesLeft == 5);
    CHECK(bench.pins.ask()->triesLeft == 5);
    CHECK(bench.pins.change(DigitsPin("123456"), DigitsPin("258369")).outcome == PinOutcome::done);
    CHECK(bench.pins.ask()->triesLeft == 6);
    CHECK(bench.pins.verify(DigitsPin("123456")).triesLeft == 5);
    CHECK(bench.pins.verify(DigitsPin("258369")).outcome == PinOutcome::done);
    CHECK(bench.reader.answered ==
          std::vector<std::string>{"63C6", "63C5", "63C5", "9000", "63C6", "63C5", "9000"});
}

TEST_CASE("PIN dialogue: locked, and not compared any more") {
    PinBench bench("3.00", "123456", {.lockedAnswers6983 = true});
    for (int left = 5; left > 0; --left)
        CHECK(bench.pins.verify(DigitsPin("111111")).triesLeft == left);
    CHECK(bench.pins.verify(DigitsPin("111111")).outcome == PinOutcome::locked);
    const PinAnswer seventh = bench.pins.verify(DigitsPin("123456"));
    CHECK(seventh.outcome == PinOutcome::locked);
    CHECK(seventh.status == 0x6983);
    CHECK(bench.pins.change(DigitsPin("123456"), DigitsPin("258369")).status == 0x6983);
    CHECK(bench.pins.ask()->kind == PinState::Kind::locked);
}

TEST_CASE("PIN dialogue: a wrong MAC is not sent twice by us, and its challenge is spent") {
    PinBench bench;
    REQUIRE(bench.pins.openUnlockKey(bench.identity(), bench.keys)->outcome == PinOutcome::done);
    Bytes frame = bench.pins.prepare(bench.identity(), bench.keys, "123456")->reveal();
    frame.back() ^= 1;
    const PersonalBytes spoiled(frame);
    CHECK(bench.pins.carryOut(spoiled).outcome == PinOutcome::unlockKeyRefused);
    CHECK(bench.pins.carryOut(spoiled).outcome == PinOutcome::authenticationLost);
    CHECK(bench.triesNow() == "63C6");
}

TEST_CASE("PIN dialogue: a card without one") {
    PinBench bench("3.00", "");
    CHECK(bench.pins.ask()->kind == PinState::Kind::none);
    CHECK(bench.pins.verify(DigitsPin("123456")).outcome == PinOutcome::wrong);
    CHECK(bench.pins.setFirst(DigitsPin("258369")).outcome == PinOutcome::done);
    CHECK(bench.pins.ask()->triesLeft == 6);
    SUBCASE("a first one over one that is there is a wrong old one") {
        CHECK(bench.pins.setFirst(DigitsPin("147036")).triesLeft == 5);
    }
}

TEST_CASE("PIN dialogue: the answer is lost after the card changed it") {
    PinBench bench;
    bench.reader.losesNext = ErrorCode::chipRemoved;
    const PinAnswer answer = bench.pins.change(DigitsPin("123456"), DigitsPin("258369"));
    CHECK(answer.isOpen());
    CHECK(bench.reader.sent.size() == 1);
    bench.card->reset();
    bench.card->transmit(fromHex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF").value());
    CHECK(bench.pins.ask()->triesLeft == 6);
    CHECK(bench.pins.verify(DigitsPin("258369")).outcome == PinOutcome::done);
}

TEST_CASE("PIN: the tries are asked over T=1 with four bytes, then with five") {
    PinBench strict("3.00", "123456", {.characterProtocol = false, .asksWithFourBytes = true});
    CHECK(strict.pins.ask()->triesLeft == 6);
    CHECK(strict.reader.sent == std::vector<std::string>{"00200000"});
    OneAnswer refuses(0x6700);
    CardChannel channel(refuses);
    CHECK_FALSE(SocialPin(channel, true).ask().has_value());
    CHECK(refuses.commands == 2);
    OneAnswer refusesT0(0x6700);
    CardChannel channelT0(refusesT0);
    CHECK_FALSE(SocialPin(channelT0, false).ask().has_value());
    CHECK(refusesT0.commands == 1);
}

TEST_CASE("PIN: an entry that is empty never becomes a command") {
    PinBench bench;
    CHECK(bench.pins.change(DigitsPin("123456"), EmptyPin()).outcome == PinOutcome::refusedFrame);
    CHECK(bench.pins.change(EmptyPin(), DigitsPin("258369")).outcome == PinOutcome::refusedFrame);
    CHECK(bench.pins.setFirst(EmptyPin()).outcome == PinOutcome::refusedFrame);
    CHECK(bench.pins.verify(EmptyPin()).outcome == PinOutcome::refusedFrame);
    CHECK(bench.reader.sent.empty());
}

TEST_CASE("PIN: whatever the card answers, one command goes out, and it has a name") {
    struct Row {
        std::uint16_t status;
        PinOutcome verify, change, key, maintenance;
    };
    using enum PinOutcome;
    const std::vector<Row> rows = {
        {0x9000, done, done, done, done},
        {0x63C2, wrong, wrong, unlockKeyRefused, unlockKeyRefused},
        {0x63C1, wrong, wrong, unlockKeyRefused, unlockKeyRefused},
        {0x63C0, locked, locked, unlockKeyDead, unlockKeyDead},
        {0x6983, locked, locked, unlockKeyDead, unlockKeyDead},
        {0x6581, writeFailed, writeFailed, writeFailed, writeFailed},
        {0x6700, refusedFrame, refusedFrame, refusedFrame, refusedFrame},
        {0x6982, authenticationLost, authenticationLost, authenticationLost, authenticationLost},
        {0x6984, noPin, authenticationLost, authenticationLost, authenticationLost},
        {0x6985, conditions, conditions, conditions, conditions},
        {0x6988, refusedFrame, refusedFrame, refusedFrame, unlockKeyRefused},
        {0x6A80, refusedFrame, refusedFrame, refusedFrame, refusedFrame},
        {0x6A81, dead, dead, dead, dead},
        {0x6A86, noPin, noPin, noPin, noPin},
        {0x6A88, noPin, noPin, noPin, noPin},
        {0x6E00, refusedFrame, refusedFrame, refusedFrame, refusedFrame},
        {0x6D00, refusedFrame, refusedFrame, refusedFrame, refusedFrame},
        {0x9303, dead, dead, dead, dead},
        {0x9302, refusedFrame, refusedFrame, refusedFrame, unlockKeyRefused},
        {0x9401, foreign, foreign, foreign, foreign},
        {0x9402, foreign, foreign, foreign, foreign},
        {0x9403, foreign, foreign, foreign, foreign},
        {0x9406, foreign, foreign, foreign, foreign},
        // A card that asks for it again with another length is not given a second try.
        {0x6C06, refusedFrame, refusedFrame, refusedFrame, refusedFrame}};
    for (const Row& row : rows) {
        CAPTURE(row.status);
        CHECK(verifyAnswer(row.status).outcome == row.verify);
        CHECK(changeAnswer(row.status).outcome == row.change);
        CHECK(unlockKeyAnswer(row.status).outcome == row.key);
        CHECK(maintenanceAnswer(row.status).outcome == row.maintenance);
        OneAnswer reader(row.status);
        CardChannel channel(reader);
        SocialPin pins(channel, false);
        CHECK(pins.verify(DigitsPin("123456")).outcome == row.verify);
        CHECK(pins.change(DigitsPin("123456"), DigitsPin("258369")).outcome == row.change);
        CHECK(pins.carryOut(PersonalBytes(Bytes{0x84, 0x24, 0, 0, 0})).outcome == row.maintenance);
        CHECK(reader.commands == 3);
    }
}

TEST_CASE("PIN vectors: an empty one, which only the emulated card understands") {
    const std::array<std::pair<std::string, std::string>, 2> empties = {
        std::pair{"3.00", "8424000114DB20F2D86F4641D10E5D23ED6D4FB786034763A5"},
        std::pair{"2.00", "842400010C86C05A8778FAB8C65F887170"}};
    for (const auto& [version, apdu] : empties) {
        PinBench bench(version);
        bench.drawsAsInVectors();
        REQUIRE(bench.pins.openUnlockKey(bench.identity(), bench.keys)->outcome ==
                PinOutcome::done);
        bench.reader.transmit(fromHex("0084000008").value()).value();
        CHECK(toHex(bench.card->transmit(fromHex(apdu).value()).bytes) == "9000");
        CHECK(bench.card->memory().pin.empty());
        CHECK(bench.card->mistake() == "the PIN was removed");
    }
}
