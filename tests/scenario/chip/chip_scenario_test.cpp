// The chip's firmware against the emulated card, both written apart, from hardware-notes/chip.md:
// cards of both generations and both kinds of number, and every chip fault of the world.
// Rules: I-08.
#include <doctest/doctest.h>

#include "tests/scenario/chip/chip_bench.hpp"

using namespace liqu;
using namespace liqu::chip;
using namespace liqu::tests;
using world::Fault;

namespace {

void makeOneCard(ChipBench& bench) {
    bench.feed();
    SocialCard social = bench.socialCard();
    const auto identity = social.inspectBlank(bench.expectation());
    REQUIRE_MESSAGE(identity.has_value(), describe(identity.error()));
    CHECK(identity->bankCardNumber.reveal() == bench.blank.bankCardNumber);
    CHECK(social.compare(bench.order()).value() == ChipContents::untouched);
    const auto report = bench.personalise(social, *identity);
    REQUIRE_MESSAGE(report.has_value(), describe(report.error()));
    const auto found = social.readBack(bench.order());
    REQUIRE_MESSAGE(found.has_value(), describe(found.error()));
    CHECK(found->items.name.reveal() == "张三");
    CHECK(found->items.cardNumber == "A00000003");
    CHECK(social.compare(bench.order()).value() == ChipContents::completeAndEqual);
    social.powerOff();
    CHECK_FALSE(bench.card->powered());
    checkComplete(*bench.card);
    for (const auto& [id, key] : bench.card->memory().keys) CHECK(key.left == key.limit);
}

// The code inspectBlank refuses with.
ErrorCode refusal(ChipBench& bench) {
    bench.feed();
    SocialCard social = bench.socialCard();
    const auto identity = social.inspectBlank(bench.expectation());
    REQUIRE_FALSE(identity);
    CHECK(identity.error().fate);
    CHECK(bench.faults.allFired());
    return identity.error().code;
}

// In the order they are written, by the world's names.
const char* const writtenRecords[] = {"social-number", "name",       "sex",        "ethnic",
                                      "birth-place",   "birth-date", "issue-date", "expiry-date"};

}  // namespace

TEST_CASE("cards of both generations, number prewritten or assigned") {
    for (const std::string version : {"3.00", "2.00"}) {
        for (const bool prewritten : {true, false}) {
            CAPTURE(version);
            CAPTURE(prewritten);
            ChipBench bench;
            bench.blank.version = version;
            bench.blank.numberPrewritten = prewritten;
            bench.profile =
                ChipBench::shipped(prewritten ? "number-prewritten" : "number-assigned");
            makeOneCard(bench);
        }
    }
}

TEST_CASE("cards that behave differently are made all the same") {
    ChipBench bench;
    SUBCASE("T=1: data at once") {
        bench.behaviour.characterProtocol = false;
    }
    SUBCASE("T=0 over a reader that rejects Le behind data") {
        bench.behaviour.refusesTrailingLe = true;
    }
    SUBCASE("the original must have been issued") {
        bench.behaviour.requiresIssuedOriginal = true;
    }
    SUBCASE("the payment application answers in format 77") {
        bench.behaviour.paymentFormat77 = true;
    }
    SUBCASE("the master file first") {
        bench.behaviour.masterFileFirst = true;
        bench.profile.selectMasterFileFirst = true;
    }
    SUBCASE("records by tag") {
        bench.profile.addressing = Addressing::byTag;
    }
    SUBCASE("2.00 without an algorithm in the FCI: 3DES") {
        bench.blank.version = "2.00";
        bench.blank.namesAlgorithm = false;
    }
    makeOneCard(bench);
}

TEST_CASE("a name across the 30-byte border is read back whole") {
    ChipBench bench;
    bench.feed();
    SocialCard social = bench.socialCard();
    const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
    card::ChipItems order = bench.order();
    // One letter and fifteen characters: the last one crosses the border.
    order.name = PersonalText("A一二三四五六七八九十百千万买提");
    REQUIRE(social.personalise(order, identity, {}, {}));
    CHECK(social.readBack(order)->items.name.reveal() == order.name.reveal());
    CHECK(bench.card->memory().item(world::card_tag::name)[29] == 0);
    CHECK(bench.card->memory().item(world::card_tag::nameExtension)[1] != 0);
}

TEST_CASE("blanks that must not be spent") {
    ChipBench bench;
    SUBCASE("mute") {
        bench.faults.arm(Fault::chipMute);
        CHECK(refusal(bench) == ErrorCode::chipMute);
    }
    SUBCASE("foreign") {
        bench.faults.arm(Fault::chipForeign);
        CHECK(refusal(bench) == ErrorCode::chipForeign);
    }
    SUBCASE("somebody's") {
        bench.faults.arm(Fault::chipAlreadyWritten);
        CHECK(refusal(bench) == ErrorCode::chipAlreadyPersonalised);
    }
    SUBCASE("somebody's, of version 2.00") {
        bench.blank.version = "2.00";
        bench.faults.arm(Fault::chipAlreadyWritten);
        CHECK(refusal(bench) == ErrorCode::chipAlreadyPersonalised);
    }
    SUBCASE("wrong number") {
        bench.faults.arm(Fault::chipWrongNumber);
        CHECK(refusal(bench) == ErrorCode::chipWrongNumber);
        CHECK(bench.authority.questions == 0);
    }
    SUBCASE("another bank's") {
        bench.blank.bankCardNumber = "6228480000000000013";
        CHECK(refusal(bench) == ErrorCode::chipWrongBank);
    }
    SUBCASE("last attempt of the read key: one, and no more") {
        bench.faults.arm(Fault::chipKeyCounterOne);
        CHECK(refusal(bench) == ErrorCode::chipKeyBlocked);
        CHECK(bench.card->memory().keys.at(0x04).left == 1);
    }
    SUBCASE("a copy with a recorded proof, before both random numbers of ours") {
        bench.faults.arm(Fault::chipCopied);
        CHECK(refusal(bench) == ErrorCode::chipNotGenuine);
    }
    SUBCASE("the same where the factor is the card's") {
        bench.profile.internalFactor = chip::CardFactor::cardsChallenge;
        bench.faults.arm(Fault::chipCopied);
        CHECK(refusal(bench) == ErrorCode::chipNotGenuine);
    }
    SUBCASE("a version the profile does not name") {
        bench.blank.version = "2.00";
        bench.profile.versions = {"3.00"};
        CHECK(refusal(bench) == ErrorCode::chipVersionUnsupported);
        CHECK(bench.authority.questions == 0);
    }
    SUBCASE("the line is cut: the province's error, and a good card") {
        bench.authority.lineIsCut = true;
        bench.feed();
        SocialCard social = bench.socialCard();
        const auto identity = social.inspectBlank(bench.expectation());
        REQUIRE_FALSE(identity);
        CHECK(identity.error().code == ErrorCode::provinceUnreachable);
        CHECK_FALSE(identity.error().fate);
        bench.authority.lineIsCut = false;
        CHECK(social.inspectBlank(bench.expectation()));
    }
}

TEST_CASE("2.00 with the last attempt of the write key: nothing is written") {
    ChipBench bench;
    bench.blank.version = "2.00";
    bench.faults.arm(Fault::chipKeyCounterOne);
    bench.feed();
    SocialCard social = bench.socialCard();
    const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
    const auto report = bench.personalise(social, identity);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::chipKeyBlocked);
    CHECK(social.compare(bench.order()).value() == ChipContents::untouched);
}

TEST_CASE("6581 at any record: the card is given up at once") {
    for (const std::string place : writtenRecords) {
        CAPTURE(place);
        ChipBench bench;
        bench.faults.arm(Fault::chipMemoryFailure, place);
        bench.feed();
        SocialCard social = bench.socialCard();
        const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
        const auto report = bench.personalise(social, identity);
        REQUIRE_FALSE(report);
        CHECK(report.error().code == ErrorCode::chipMemoryFailed);
        CHECK(report.error().fate == CardFate::atChipStation);
        CHECK(bench.faults.allFired());
        const bool first = place == writtenRecords[0];
        CHECK(social.compare(bench.order()).value() ==
              (first ? ChipContents::untouched : ChipContents::partial));
    }
}

TEST_CASE("a reset before or after any update: one clean restart, and a complete card") {
    for (const std::string when : {"", "after-"}) {
        for (int update = 1; update <= 8; ++update) {
            const std::string place = when + std::to_string(update);
            CAPTURE(place);
            ChipBench bench;
            bench.faults.arm(Fault::chipReset, place);
            bench.feed();
            SocialCard social = bench.socialCard();
            const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
            const auto report = bench.personalise(social, identity);
            REQUIRE_MESSAGE(report.has_value(), describe(report.error()));
            CHECK(report->restarted);
            CHECK(report->written.size() == 8);
            CHECK(social.readBack(bench.order()));
            checkComplete(*bench.card);
            CHECK(bench.faults.allFired());
        }
    }
}

TEST_CASE("a second reset ends it, and the chip says partial") {
    ChipBench bench;
    bench.faults.arm(Fault::chipReset, "3");
    bench.faults.arm(Fault::chipReset, "5");
    bench.feed();
    SocialCard social = bench.socialCard();
    const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
    const auto report = bench.personalise(social, identity);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::chipWasReset);
    CHECK(bench.faults.allFired());
    // As after a restart of the program: another object, the same card.
    SocialCard later = bench.socialCard();
    CHECK(later.compare(bench.order()).value() == ChipContents::partial);
}

TEST_CASE("the line is cut between write and read-back: the card is fine and waits") {
    ChipBench bench;
    bench.feed();
    SocialCard social = bench.socialCard();
    const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
    REQUIRE(bench.personalise(social, identity));
    bench.authority.lineIsCut = true;
    const auto found = social.readBack(bench.order());
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ErrorCode::provinceUnreachable);
    CHECK_FALSE(found.error().fate);
    bench.authority.lineIsCut = false;
    SocialCard later = bench.socialCard();
    CHECK(later.compare(bench.order()).value() == ChipContents::completeAndEqual);
    CHECK(later.readBack(bench.order()));
}

TEST_CASE("a card that falls silent while writing is a hung reader") {
    ChipBench bench;
    bench.faults.arm(Fault::chipMute, "sex");
    bench.feed();
    SocialCard social = bench.socialCard();
    const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
    const auto report = bench.personalise(social, identity);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::chipReaderHung);
}

TEST_CASE("a slow card is waited for") {
    ChipBench bench;
    bench.faults.arm(Fault::chipSlow, "name");
    makeOneCard(bench);
    CHECK(bench.faults.allFired());
}

TEST_CASE("what was changed behind our back is found at read-back, by record") {
    ChipBench bench;
    bench.feed();
    SocialCard social = bench.socialCard();
    const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
    REQUIRE(bench.personalise(social, identity));
    world::CardMemory memory = bench.card->memory();
    SUBCASE("a record") {
        memory.setItem(world::card_tag::ethnic, Bytes{0x02});
        bench.card->setMemory(memory);
        const auto found = social.readBack(bench.order());
        REQUIRE_FALSE(found);
        CHECK(found.error().code == ErrorCode::chipReadBackDiffers);
        CHECK(found.error().cause == "ethnicCode");
    }
    SUBCASE("the right to read") {
        memory.socialFile(world::card_id::holderFile)->readKey.reset();
        bench.card->setMemory(memory);
        CHECK(social.readBack(bench.order()).error().code == ErrorCode::chipReadUnprotected);
    }
}

TEST_CASE("another card put into the station meanwhile is not written") {
    ChipBench bench;
    bench.feed();
    SocialCard social = bench.socialCard();
    const BlankIdentity identity = social.inspectBlank(bench.expectation()).value();
    bench.blank.serial = 0x0B;
    bench.feed();
    const auto report = bench.personalise(social, identity);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::chipIdentityDiffers);
}
