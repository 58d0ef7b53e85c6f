// What a test card is asked: it may be any chip, and whatever may be a social security card counts
// as one.
#include "firmware/chip/contact_probe.hpp"

#include <doctest/doctest.h>

#include "tests/unit/chip/scripted_reader.hpp"

namespace liqu::chip {
namespace {

constexpr auto patience = std::chrono::seconds{5};
const std::string masterFile = "00A40000023F00";
const std::string application = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF";

struct Probe {
    tests::ScriptedReader reader;
    ChipProfile profile{};

    Result<ContactProbe> run() { return probeContacts(reader, profile, patience); }
    void answersTo(const std::string& toApplication) {
        reader.powersOn();
        reader.answers(masterFile, "9000");
        reader.answers(application, toApplication);
    }
};

}  // namespace

TEST_CASE("a chip without the application is a test card's, whatever its answer to reset") {
    for (const char* word : {"6A82", "6D00", "6E00"}) {
        CAPTURE(std::string(word));
        Probe probe;
        probe.reader.powersOn("3B00");
        probe.reader.answers(masterFile, "6E00");
        probe.reader.answers(application, word);
        probe.reader.powersOff();
        const auto found = probe.run();
        REQUIRE(found);
        CHECK_FALSE(found->isSocialCard);
        CHECK(probe.reader.complaint().empty());
    }
}

TEST_CASE("a blank is known, with its number") {
    Probe probe;
    probe.answersTo("9000");
    probe.reader.answers("00A4020002EF05", "9000");
    probe.reader.answers("00B207040B", "07094130303030303030339000");
    probe.reader.powersOff();
    const auto found = probe.run();
    REQUIRE(found);
    CHECK(found->isSocialCard);
    CHECK(found->cardNumber == "A00000003");
    CHECK(probe.reader.complaint().empty());
}

TEST_CASE("what may be a social security card is none to be printed on") {
    for (const char* word : {"9303", "6283", "6985", "63C0"}) {
        CAPTURE(std::string(word));
        Probe probe;
        probe.answersTo(word);
        probe.reader.answers("00A4020002EF05", "6A82");
        const auto found = probe.run();
        REQUIRE(found);
        CHECK(found->isSocialCard);
        CHECK(found->cardNumber.empty());
    }
}

TEST_CASE("a card that does not answer, or not to the end, is no test card") {
    Probe mute;
    mute.reader.fails("power on", ErrorCode::chipMute);
    CHECK(mute.run().error().code == ErrorCode::chipMute);
    Probe torn;
    torn.reader.powersOn("3B6D000000");
    CHECK(torn.run().error().code == ErrorCode::chipReplyTorn);
    Probe pulled;
    pulled.reader.powersOn();
    pulled.reader.fails(masterFile, ErrorCode::chipRemoved);
    CHECK(pulled.run().error().code == ErrorCode::chipRemoved);
}

}  // namespace liqu::chip
