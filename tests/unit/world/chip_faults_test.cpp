// Each fault of the card strikes, once, where it is named.
#include <doctest/doctest.h>

#include "tests/unit/world/chip_host.hpp"

using namespace liqu;
using namespace liqu::world;
using namespace liqu::world::test;

namespace {

struct Faulty {
    explicit Faulty(const char* verb) {
        REQUIRE(plan.arm(verb));
        host = std::make_unique<Host>(seedBlank(), CardBehaviour{}, &plan);
    }
    FaultPlan plan;
    std::unique_ptr<Host> host;
};

const std::string writeSex = "00DC0404030A0132";
const std::string writeEthnic = "00DC0504030B0101";
const std::string selectHolder = "00A4020002EF06";

}  // namespace

TEST_CASE("card faults: a card that is not what is wanted") {
    SUBCASE("mute") {
        Faulty faulty("chip.mute");
        CHECK(faulty.host->card->reset().empty());
        CHECK(faulty.host->card->transmit(fromHex(selectSocial).value()).kind ==
              CardReply::Kind::mute);
        CHECK(faulty.plan.allFired());
    }
    SUBCASE("foreign: only the payment application is there") {
        Faulty faulty("chip.foreign");
        CHECK(faulty.host->send(selectSocial) == "6A82");
        CHECK(faulty.host->send("00A4040008A000000333010101").substr(0, 2) == "61");
        CHECK(faulty.plan.allFired());
    }
    SUBCASE("already written") {
        Faulty faulty("chip.already-written");
        faulty.host->openForWriting();
        faulty.host->send(selectHolder);
        CHECK(faulty.host->send("00B2080014") == "08123131303130353139343931323331303032589000");
        CHECK(faulty.plan.allFired());
    }
    SUBCASE("wrong number") {
        Faulty faulty("chip.wrong-number");
        faulty.host->send(selectSocial);
        faulty.host->send("00A4020002EF05");
        CHECK(faulty.host->send("00B207000B") != "07094130303030303030339000");
        CHECK(faulty.plan.allFired());
    }
    SUBCASE("of another version: to be read by everybody") {
        Faulty faulty("chip.other-version");
        faulty.host->send(selectSocial);
        faulty.host->send(selectHolder);
        CHECK(faulty.host->send("00B2080014").ends_with("9000"));
        CHECK(faulty.plan.allFired());
    }
}

TEST_CASE("card faults: a card that proves too much or fails at once") {
    SUBCASE("copied: convinces whoever takes its random numbers, nobody with their own") {
        Faulty faulty("chip.copied");
        Host& host = *faulty.host;
        host.send(selectSocial);
        const auto proof = [&host](const Block8& factor, const Block8& original) {
            host.send("0088000010" + toHex(factor) + toHex(original));
            const auto right = host.hsm.internalAuthentication(host.identity(), factor, original);
            return host.send("00C0000008") == toHex(right.value()) + "9000";
        };
        const Block8 original = host.challenge();
        const Block8 factor = host.challenge();
        CHECK(proof(factor, original));
        CHECK_FALSE(proof(factor, Block8{1, 2, 3, 4, 5, 6, 7, 8}));
        CHECK_FALSE(proof(Block8{1, 2, 3, 4, 5, 6, 7, 8}, Block8{8, 7, 6, 5, 4, 3, 2, 1}));
        // And it opens to everybody.
        CHECK(host.send("0082000A10" + std::string(32, '0')) == "9000");
        CHECK(faulty.plan.allFired());
    }
    SUBCASE("key counter 1: the first failure is the last") {
        Faulty faulty("chip.key-counter-1");
        faulty.host->send(selectSocial);
        CHECK(faulty.host->authenticate(KeyName::readHolder) == "63C0");
        CHECK(faulty.host->authenticate(KeyName::readHolder) == "6983");
        CHECK(faulty.plan.allFired());
    }
    SUBCASE("another card is meant") {
        Faulty faulty("chip.mute@2");
        CHECK_FALSE(faulty.host->card->mute());
        CHECK_FALSE(faulty.plan.allFired());
    }
}

TEST_CASE("card faults: a record that cannot be written stays broken") {
    for (const char* verb : {"chip.6581@sex", "chip.6581@1", "chip.6581"}) {
        Faulty faulty(verb);
        faulty.host->openForWriting();
        faulty.host->send(selectHolder);
        CHECK(faulty.host->send(writeSex) == "6581");
        CHECK(faulty.host->send(writeSex) == "6581");
        CHECK(faulty.host->send(writeEthnic) == "9000");
        CHECK(faulty.host->send("00B2040403") == "0A01009000");
        CHECK(faulty.plan.allFired());
    }
}

TEST_CASE("card faults: reset before the second update") {
    Faulty faulty("chip.reset@2");
    faulty.host->openForWriting();
    faulty.host->send(selectHolder);
    CHECK(faulty.host->send(writeSex) == "9000");
    const CardReply reply = faulty.host->card->transmit(fromHex(writeEthnic).value());
    CHECK(reply.kind == CardReply::Kind::wasReset);
    CHECK(faulty.host->send(writeEthnic) == "6986");
    faulty.host->openForWriting();
    faulty.host->send(selectHolder);
    CHECK(faulty.host->send("00B2040403") == "0A01329000");
    CHECK(faulty.host->send("00B2050403") == "0B01FF9000");
}

TEST_CASE("card faults: reset after the first update, which is stored") {
    Faulty faulty("chip.reset@after-1");
    faulty.host->openForWriting();
    faulty.host->send(selectHolder);
    CHECK(faulty.host->card->transmit(fromHex(writeSex).value()).kind == CardReply::Kind::wasReset);
    CHECK(faulty.host->send("00B2040403") == "6986");
    faulty.host->openForWriting();
    faulty.host->send(selectHolder);
    CHECK(faulty.host->send("00B2040403") == "0A01329000");
    CHECK(faulty.plan.allFired());
}

TEST_CASE("card faults: mute and slow in the middle") {
    SUBCASE("mute") {
        Faulty faulty("chip.mute@sex");
        faulty.host->openForWriting();
        faulty.host->send(selectHolder);
        CHECK(faulty.host->card->transmit(fromHex(writeSex).value()).kind == CardReply::Kind::mute);
        CHECK(faulty.host->card->reset().empty());
    }
    SUBCASE("slow") {
        Faulty faulty("chip.slow");
        const CardReply reply = faulty.host->card->transmit(fromHex(selectSocial).value());
        CHECK(reply.delay == std::chrono::seconds(5));
        CHECK(toHex(reply.bytes) == "611E");
        CHECK(faulty.host->card->transmit(fromHex(selectSocial).value()).delay == Duration{});
    }
}
