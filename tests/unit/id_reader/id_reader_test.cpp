#include "drivers/id_reader/id_reader.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/support/two_of_a_kind.hpp"
#include "tests/unit/id_reader/fake_usb_bus.hpp"
#include "tests/unit/id_reader/reader_vectors.hpp"

using namespace liqu;
using namespace std::chrono_literals;
using test::answerFrame;
using test::FakeUsbBus;
using test::Flavour;
using test::hex;

namespace {

constexpr auto statusCommand = 0x11FF;
constexpr auto numberCommand = 0x12FF;
constexpr auto findCommand = 0x2001;
constexpr auto selectCommand = 0x2002;
constexpr auto readCommand = 0x3001;
constexpr auto addressCommand = 0x3003;

int commandOf(ByteView request) {
    return request[7] << 8 | request[8];
}

// What a healthy module with a card on it answers.
Bytes healthyAnswer(int command) {
    switch (command) {
        case numberCommand:
            return answerFrame("000090", hex("05 00 01 00 09 B8 32 01 05 BE 12 00 AD C5 B1 11"));
        case findCommand:
            return answerFrame("00009F", Bytes(4, 0));
        case selectCommand:
            return answerFrame("000090", Bytes(8, 0));
        case readCommand:
            return answerFrame("000090",
                               test::baseData(test::citizenT1().bytes(), test::photoW1()));
        case addressCommand:
            return answerFrame("000091");
        default:
            return answerFrame("000090");
    }
}

// A reader on a virtual clock whose module is healthy but for what a test puts in its way.
struct Bench {
    explicit Bench(Flavour flavour = Flavour::fourPipes) : bus(clock, flavour) {
        bus.onRequest = [this](FakeUsbBus& self, ByteView request) {
            const int command = commandOf(request);
            if (override && override(command)) return;
            self.answer(healthyAnswer(command));
        };
        reader = drivers::makeUsbIdReader(bus, clock);
    }
    int sent(int command) const {
        return static_cast<int>(
            std::count_if(bus.requests.begin(), bus.requests.end(),
                          [&](const Bytes& request) { return commandOf(request) == command; }));
    }
    // From here on the command gets this answer instead.
    void answers(int wanted, std::string_view status) {
        override = [this, wanted, status = std::string(status)](int command) {
            if (command != wanted) return false;
            bus.answer(answerFrame(status));
            return true;
        };
    }

    world::VirtualClock clock;
    FakeUsbBus bus;
    std::function<bool(int command)> override;  // true: it has dealt with the request
    std::unique_ptr<ports::IdReader> reader;
};

ErrorCode readError(Bench& bench) {
    REQUIRE(bench.reader->findDocument() == true);
    const auto document = bench.reader->readDocument();
    REQUIRE_FALSE(document.has_value());
    return document.error().code;
}

}  // namespace

TEST_CASE("a document is found, read and watched over every USB flavour") {
    for (const auto flavour : {Flavour::fourPipes, Flavour::onePair, Flavour::onePairInterrupt}) {
        for (const bool zeroLengthPackets : {false, true}) {
            Bench bench(flavour);
            bench.bus.zeroLengthPackets = zeroLengthPackets;
            REQUIRE(bench.reader->selfTest().has_value());
            CHECK(bench.reader->serialNumber() == "05.01-20101129-0001228293-0296863149");
            CHECK(bench.reader->documentStillThere() == false);
            REQUIRE(bench.reader->findDocument() == true);
            const auto document = bench.reader->readDocument();
            REQUIRE(document.has_value());
            CHECK(document->name.reveal() == "测试样例");
            CHECK(bench.reader->documentStillThere() == true);
            bench.answers(addressCommand, "6A8241");
            CHECK(bench.reader->documentStillThere() == false);
            CHECK(bench.reader->documentStillThere() == false);
            CHECK(bench.bus.opened == 1);
        }
    }
}

TEST_CASE("four pipes carry head and body apart, one pair carries whole frames") {
    for (const auto flavour : {Flavour::fourPipes, Flavour::onePair}) {
        Bench bench(flavour);
        REQUIRE(bench.reader->selfTest().has_value());
        CHECK(bench.bus.requests.front() == hex("AA AA AA 96 69 00 03 11 FF ED"));
    }
}

TEST_CASE("a four-pipe device that only speaks on its first pair is tried there") {
    Bench bench(Flavour::fourPipes);
    bench.bus.onRequest = [](FakeUsbBus& bus, ByteView request) {
        // Deaf to split requests: it takes whole frames on pipe 02 and answers whole on 81.
        if (bus.opened == 2) bus.raw(healthyAnswer(commandOf(request)));
    };
    CHECK(bench.reader->selfTest().has_value());
    CHECK(bench.bus.opened == 2);
    CHECK(bench.reader->findDocument() == true);
}

TEST_CASE("answers of a whole number of packets do not need a closing empty packet") {
    // 7 + 57 bytes: on one pair exactly one packet.
    for (const bool closing : {false, true}) {
        Bench bench(Flavour::onePair);
        bench.bus.zeroLengthPackets = closing;
        REQUIRE(bench.reader->selfTest().has_value());
        bench.override = [&](int command) {
            if (command != findCommand) return false;
            bench.bus.raw(test::joined({Bytes(49, 0x55), healthyAnswer(findCommand)}));
            return true;
        };
        CHECK(bench.reader->findDocument() == true);
        bench.override = nullptr;
        CHECK(bench.reader->readDocument().has_value());
    }
}

TEST_CASE("no new document is an answer, not an error") {
    Bench bench;
    bench.answers(findCommand, "000080");
    CHECK(bench.reader->findDocument() == false);
}

TEST_CASE("looking keeps the module's rhythm of 300 ms") {
    Bench bench;
    bench.answers(findCommand, "000080");
    REQUIRE(bench.reader->selfTest().has_value());
    const Instant start = bench.clock.now();
    for (int i = 0; i < 11; ++i) REQUIRE(bench.reader->findDocument() == false);
    CHECK(bench.clock.now() - start >= 3000ms);
    CHECK(bench.clock.now() - start < 3500ms);
}

TEST_CASE("status words become the reader's errors") {
    struct Row {
        const char* status;
        ErrorCode code;
    };
    const Row rows[] = {{"000031", ErrorCode::idCardRejectedReader},
                        {"698232", ErrorCode::idReaderRejectedCard},
                        {"000033", ErrorCode::idCardDataUnverified},
                        {"000040", ErrorCode::idCardTypeUnrecognised},
                        {"6A8241", ErrorCode::idCardLifted},
                        {"000047", ErrorCode::idCardLifted},
                        {"000060", ErrorCode::idReaderSelfTestFailed},
                        {"000066", ErrorCode::idReaderNotAuthorised},
                        {"000021", ErrorCode::idReaderRefusedCommand},
                        {"050505", ErrorCode::idReaderRefusedCommand}};
    for (const Row& row : rows) {
        CAPTURE(row.status);
        Bench bench;
        bench.answers(readCommand, row.status);
        CHECK(readError(bench) == row.code);
        CHECK(bench.reader->documentStillThere() == false);
        // The next person is served.
        bench.override = nullptr;
        CHECK(bench.reader->findDocument() == true);
        CHECK(bench.reader->readDocument().has_value());
    }
}

TEST_CASE("a failed select is tried once more at once") {
    Bench bench;
    int selects = 0;
    bench.override = [&](int command) {
        if (command != selectCommand || ++selects > 1) return false;
        bench.bus.answer(answerFrame("000081"));
        return true;
    };
    REQUIRE(bench.reader->findDocument() == true);
    CHECK(bench.reader->readDocument().has_value());
    bench.answers(selectCommand, "000081");
    CHECK(readError(bench) == ErrorCode::idCardSelectFailed);
}

TEST_CASE("self test: a broken, an unauthorised and a missing module") {
    Bench bench;
    bench.answers(statusCommand, "000060");
    CHECK(bench.reader->selfTest().error().code == ErrorCode::idReaderSelfTestFailed);
    bench.answers(statusCommand, "000066");
    CHECK(bench.reader->selfTest().error().code == ErrorCode::idReaderNotAuthorised);
    bench.override = nullptr;
    CHECK(bench.reader->selfTest().has_value());
    bench.bus.plugged = false;
    CHECK(bench.reader->selfTest().error().code == ErrorCode::idReaderUnplugged);
    CHECK(bench.reader->selfTest().error().code == ErrorCode::idReaderNotFound);
}

TEST_CASE("why a reader cannot be opened is told apart") {
    using drivers::UsbError;
    const std::pair<UsbError, ErrorCode> rows[] = {
        {UsbError::noPermission, ErrorCode::idReaderNoPermission},
        {UsbError::heldByDriver, ErrorCode::idReaderHeldByDriver},
        {UsbError::heldByProcess, ErrorCode::idReaderHeldByProcess},
        {UsbError::notFound, ErrorCode::idReaderNotFound}};
    for (const auto& [error, code] : rows) {
        Bench bench;
        bench.bus.openError = error;
        CHECK(bench.reader->findDocument().error().code == code);
        bench.bus.openError.reset();
        CHECK(bench.reader->findDocument() == true);
    }
}

TEST_CASE("an answer that is late is waited for, and asked for only once") {
    for (const int command : {findCommand, selectCommand, readCommand}) {
        CAPTURE(command);
        Bench bench;
        REQUIRE(bench.reader->selfTest().has_value());
        bench.override = [&](int asked) {
            if (asked != command) return false;
            bench.bus.answer(healthyAnswer(command), command == readCommand ? 4900ms : 780ms);
            return true;
        };
        CHECK(bench.reader->findDocument() == true);
        CHECK(bench.reader->readDocument().has_value());
        CHECK(bench.sent(command) == 1);
    }
}

TEST_CASE("never the first of two readers: the configuration says which") {
    Bench bench;
    test::TwoOfAKind bus(bench.bus);
    const auto both = drivers::makeUsbIdReader(bus, bench.clock)->selfTest();
    REQUIRE_FALSE(both);
    CHECK(both.error().code == ErrorCode::idReaderAmbiguous);
    CHECK(both.error().cause.find("9-9") != std::string::npos);
    CHECK(bus.opened.empty());
    CHECK(drivers::makeUsbIdReader(bus, bench.clock, {.usbPath = "9-9"})->selfTest());
    CHECK(bus.opened == std::vector<std::string>{"9-9"});
    const auto none = drivers::makeUsbIdReader(bus, bench.clock, {.usbPath = "9-8"})->selfTest();
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::idReaderNotFound);
}

TEST_CASE("the first words of a waking module may be lost") {
    Bench bench;
    int lost = 0;
    bench.override = [&](int command) { return command == statusCommand && ++lost <= 2; };
    CHECK(bench.reader->selfTest().has_value());
    CHECK(bench.bus.opened == 1);
}

TEST_CASE("a mute module is silent, within its deadlines") {
    Bench bench;
    REQUIRE(bench.reader->selfTest().has_value());
    bench.override = [](int) { return true; };
    const Instant start = bench.clock.now();
    CHECK(bench.reader->findDocument().error().code == ErrorCode::idReaderSilent);
    CHECK(bench.clock.now() - start <= 1100ms);
    CHECK(bench.reader->selfTest().error().code == ErrorCode::idReaderSilent);
    CHECK(bench.clock.now() - start <= 10s);
    bench.override = nullptr;
    CHECK(bench.reader->findDocument() == true);
}

TEST_CASE("a late answer is never taken for the next command's") {
    // The answer to find comes after its deadline, at every moment of the next exchange.
    for (auto delay = 510ms; delay < 2500ms; delay += 35ms) {
        CAPTURE(delay.count());
        Bench bench;
        REQUIRE(bench.reader->selfTest().has_value());
        bool late = true;
        bench.override = [&](int command) {
            if (command != findCommand || !late) return false;
            late = false;
            bench.bus.answer(answerFrame("00009F", Bytes(4, 0)), delay);
            return true;
        };
        // Within once more its time it is waited for.
        const auto found = bench.reader->findDocument();
        if (delay < 980ms) CHECK(found == true);
        if (delay > 1000ms) CHECK(found.error().code == ErrorCode::idReaderSilent);
        const auto number = bench.reader->serialNumber();
        // Later than any deadline the true answer is stuck behind it: silence, not a wrong number.
        if (delay < 1800ms) REQUIRE(number.has_value());
        if (number) CHECK(*number == "05.01-20101129-0001228293-0296863149");
        CHECK(bench.reader->serialNumber() == "05.01-20101129-0001228293-0296863149");
    }
}

TEST_CASE("a stale answer in front of the true one is thrown away") {
    for (const auto flavour : {Flavour::fourPipes, Flavour::onePair}) {
        Bench bench(flavour);
        REQUIRE(bench.reader->selfTest().has_value());
        bench.override = [&](int command) {
            if (command == readCommand) bench.bus.answer(healthyAnswer(selectCommand), 40ms);
            if (command == findCommand) bench.bus.answer(healthyAnswer(numberCommand), 40ms);
            return false;
        };
        CHECK(bench.reader->findDocument() == true);
        CHECK(bench.reader->readDocument().has_value());
    }
}

TEST_CASE("what lies in the input before a command is drained") {
    Bench bench(Flavour::onePair);
    REQUIRE(bench.reader->selfTest().has_value());
    bench.bus.raw(test::joined({hex("AA AA 96"), answerFrame("000080"), Bytes(200, 0x11)}), 0ms);
    bench.clock.sleepFor(5ms);
    CHECK(bench.reader->findDocument() == true);
}

TEST_CASE("stray bytes and damaged answers: asked once more, then told") {
    Bench bench(Flavour::onePair);
    REQUIRE(bench.reader->selfTest().has_value());
    Bytes damaged = healthyAnswer(findCommand);
    damaged.back() ^= 0x01;
    int finds = 0;
    bench.override = [&](int command) {
        if (command != findCommand || ++finds > 1) return false;
        bench.bus.raw(damaged);
        return true;
    };
    CHECK(bench.reader->findDocument() == true);
    CHECK(bench.sent(findCommand) == 2);

    bench.override = [&](int command) {
        if (command != findCommand) return false;
        bench.bus.raw(damaged);
        return true;
    };
    CHECK(bench.reader->findDocument().error().code == ErrorCode::idReaderGarbled);

    bench.override = [&](int command) {
        bench.bus.raw(test::joined({hex("00 AA 5A AA"), healthyAnswer(command)}));
        return true;
    };
    CHECK(bench.reader->findDocument() == true);
}

TEST_CASE("an answer torn at any byte is garbled, and the next reading is whole") {
    const Bytes whole = healthyAnswer(readCommand);
    for (std::size_t cut = 1; cut < whole.size(); cut += 97) {
        CAPTURE(cut);
        Bench bench(Flavour::onePair);
        REQUIRE(bench.reader->findDocument() == true);
        bench.override = [&](int command) {
            if (command != readCommand) return false;
            bench.bus.raw(ByteView(whole).first(cut));
            return true;
        };
        const auto torn = bench.reader->readDocument();
        REQUIRE_FALSE(torn.has_value());
        CHECK(torn.error().code == ErrorCode::idReaderGarbled);
        bench.override = nullptr;
        CHECK(bench.reader->readDocument().has_value());
    }
}

TEST_CASE("an answer that pauses inside is waited for, up to 800 ms") {
    for (const auto pause : {700ms, 900ms}) {
        Bench bench(Flavour::onePair);
        REQUIRE(bench.reader->findDocument() == true);
        bench.override = [&](int command) {
            if (command != readCommand) return false;
            const Bytes whole = healthyAnswer(readCommand);
            bench.bus.raw(ByteView(whole).first(650), 100ms);
            bench.bus.raw(ByteView(whole).subspan(650), 100ms + pause);
            return true;
        };
        const auto document = bench.reader->readDocument();
        CHECK(document.has_value() == (pause < 800ms));
    }
}

TEST_CASE("the module's complaint about the request makes it be sent once more") {
    Bench bench;
    int finds = 0;
    bench.override = [&](int command) {
        if (command != findCommand || ++finds > 1) return false;
        bench.bus.answer(answerFrame("000010"));
        return true;
    };
    CHECK(bench.reader->findDocument() == true);
}

TEST_CASE("a stalled pipe is cleared and the command sent once more") {
    Bench bench;
    REQUIRE(bench.reader->selfTest().has_value());
    // The two drains, then head and body out: the head's answer is the fifth transfer.
    const int before = 5 * 2;
    bench.bus.failAt = {{before + 4, drivers::UsbError::stalled}};
    CHECK(bench.reader->findDocument() == true);
    CHECK(bench.bus.halts == 1);
}

TEST_CASE("unplugged at any transfer: told at once, and served after it is back") {
    for (int transfer = 0; transfer < 60; ++transfer) {
        CAPTURE(transfer);
        Bench bench;
        bench.bus.failAt = {{transfer, drivers::UsbError::unplugged}};
        std::optional<ErrorCode> error;
        bool wasRead = false;
        if (const auto found = bench.reader->findDocument(); !found) error = found.error().code;
        if (!error) {
            const auto document = bench.reader->readDocument();
            wasRead = document.has_value();
            if (!document) error = document.error().code;
        }
        if (!error) {
            if (const auto there = bench.reader->documentStillThere(); !there) {
                error = there.error().code;
            }
        }
        if (bench.bus.plugged) {
            CHECK(transfer > 20);
            CHECK_FALSE(error.has_value());
            break;
        }
        CHECK(error == ErrorCode::idReaderUnplugged);
        CHECK(bench.reader->findDocument().error().code == ErrorCode::idReaderNotFound);
        // A reader that is away does not say that the document is, too.
        CHECK(bench.reader->documentStillThere().has_value() != wasRead);
        bench.bus.plugged = true;
        REQUIRE(bench.reader->findDocument() == true);
        CHECK(bench.reader->readDocument().has_value());
    }
}

TEST_CASE("pulled out and plugged in between two looks: nobody notices") {
    Bench bench;
    bench.answers(findCommand, "000080");
    REQUIRE(bench.reader->findDocument() == false);
    // The old handle fails once, the device itself is there again.
    bench.bus.plugged = false;
    world::VirtualClock& clock = bench.clock;
    clock.add({[&](Instant) { bench.bus.plugged = true; }, [] { return std::nullopt; }});
    CHECK(bench.reader->findDocument() == false);
}

TEST_CASE("removal is watched only where the reader can do it") {
    Bench bench;
    auto reader = drivers::makeUsbIdReader(bench.bus, bench.clock, {.watchRemoval = false});
    REQUIRE(reader->findDocument() == true);
    REQUIRE(reader->readDocument().has_value());
    CHECK(reader->documentStillThere() == false);
    CHECK(bench.sent(addressCommand) == 0);
}

TEST_CASE("an unknown document was read: it can be told to be taken away") {
    Bench bench;
    REQUIRE(bench.reader->findDocument() == true);
    bench.override = [&](int command) {
        if (command != readCommand) return false;
        const auto block = test::citizenT1().put(248, 2, "Z");
        bench.bus.answer(answerFrame("000090", test::baseData(block.bytes(), test::photoW1())));
        return true;
    };
    CHECK(bench.reader->readDocument().error().code == ErrorCode::unknownDocument);
    CHECK(bench.reader->documentStillThere() == true);
}
