// The reader of the simulated world against the vectors of hardware-notes/id-reader.md, "Frames",
// "The simulated module", "Test vectors".
#include <doctest/doctest.h>
#include <openssl/evp.h>

#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/usb/inprocess_bus.hpp"

using namespace liqu;
using namespace liqu::world;
using namespace std::chrono_literals;

namespace {

std::string sha256(ByteView bytes) {
    Bytes digest(32);
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return toHex(digest);
}

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

const Bytes resetCommand = hex("AAAAAA96690003 10FFEC");
const Bytes statusCommand = hex("AAAAAA96690003 11FFED");
const Bytes numberCommand = hex("AAAAAA96690003 12FFEE");
const Bytes findCommand = hex("AAAAAA96690003 200122");
const Bytes selectCommand = hex("AAAAAA96690003 200221");
const Bytes readCommand = hex("AAAAAA96690003 300132");
const Bytes readAllCommand = hex("AAAAAA96690003 301023");
const Bytes addressCommand = hex("AAAAAA96690003 300330");

const Bytes success = hex("AAAAAA96690004 00009094");
const Bytes findFailed = hex("AAAAAA96690004 00008084");
const Bytes readFailed = hex("AAAAAA96690004 00004145");

std::uint8_t statusOf(const Bytes& frame) {
    return frame.at(9);
}

struct Bench {
    explicit Bench(SamSettings settings = {}) : sam(std::move(settings), &faults) {}
    Bytes ask(const Bytes& request) { return sam.answer(request).frame; }
    Bytes findSelectRead(const Document& document) {
        sam.layDown(document);
        ask(findCommand);
        ask(selectCommand);
        return ask(readCommand);
    }
    FaultPlan faults;
    Sam sam;
};

// A plain host of the four-pipe flavour.
struct UsbBench {
    explicit UsbBench(ReaderSettings settings) : engine(std::move(settings), &faults, &transcript) {
        addTo(clock, engine);
        bus.attach("1-1", engine);
        const auto listed = bus.list().value();
        device = bus.open(listed.at(0), 0).value();
    }
    void sendSplit(const Bytes& frame) {
        REQUIRE(device->write(0x02, ByteView(frame).first(7), 500ms));
        REQUIRE(device->write(0x06, ByteView(frame).subspan(7), 500ms));
    }
    Bytes receiveSplit() {
        Bytes frame = device->read(0x81, 64, 2s).value_or(Bytes{});
        const Bytes body = device->read(0x85, 4096, 2s).value_or(Bytes{});
        frame.insert(frame.end(), body.begin(), body.end());
        return frame;
    }
    VirtualClock clock;
    FaultPlan faults;
    Transcript transcript{Instant{}};
    ReaderEngine engine;
    InProcessBus bus{clock};
    std::unique_ptr<drivers::UsbDevice> device;
};

}  // namespace

TEST_CASE("the SAM answers with the frames of the note") {
    Bench bench;
    CHECK(bench.ask(statusCommand) == success);
    CHECK(bench.ask(resetCommand) == success);
    CHECK(bench.ask(numberCommand) == hex("AAAAAA96690014000090050001"
                                          "0009B8320105BE1200ADC5B11163"));
    bench.sam.layDown(documents::resident());
    CHECK(bench.ask(findCommand) == hex("AAAAAA9669000800009F0000000097"));
    CHECK(bench.ask(selectCommand) == hex("AAAAAA9669000C00009000000000000000009C"));
    CHECK(bench.ask(readCommand).size() == 1295);
    CHECK(bench.ask(addressCommand) == hex("AAAAAA9669000400009195"));
}

TEST_CASE("the synthetic document T1 has the digests of the note") {
    Bench bench;
    const Bytes base = bench.findSelectRead(documents::resident());
    CHECK(sha256(base) == "1FB9ECAF07196BD8F48C463583DD8E4890114EC93413FB19EF0AB938D18A4609");
    CHECK(base.back() == 0xBE);
    const Bytes all = bench.ask(readAllCommand);
    CHECK(all.size() == 2321);
    CHECK(sha256(all) == "DDD964A5ED5AD0D2A540BC9CAABB3BF588F2B6F0051B8E5EE4B74A278115B9B2");
    Document moved = documents::resident();
    moved.newAddress = "测试省测试市新住址2号";
    bench.findSelectRead(moved);
    const Bytes address = bench.ask(addressCommand);
    CHECK(address.size() == 81);
    CHECK(address.back() == 0xA4);
}

TEST_CASE("check characters of the fixtures are computed, not copied") {
    CHECK(withCheckCharacter("11010519491231002") == "11010519491231002X");
    CHECK(withCheckCharacter("44052418800101001") == "440524188001010014");
    for (const Document& document : {documents::resident(), documents::residentRareName(),
                                     documents::permit(), documents::foreigner2023()}) {
        CHECK(withCheckCharacter(document.number.substr(0, 17)) == document.number);
        const std::string wrong = documents::wrongCheckDigit(document).number;
        CHECK(withCheckCharacter(wrong.substr(0, 17)) != wrong);
    }
}

TEST_CASE("type marks stand where the four layouts have them") {
    const auto mark = [](const Document& document) { return encodeText(document).at(248); };
    CHECK(mark(documents::resident()) == 0x20);
    CHECK(mark(documents::foreigner2017()) == 'I');
    CHECK(mark(documents::permit()) == 'J');
    CHECK(mark(documents::foreigner2023()) == 'Y');
    CHECK(mark(documents::unknownTypeMark(documents::permit())) == 'Z');
}

TEST_CASE("what the module does not know it refuses") {
    Bench bench;
    Bytes wrongSum = statusCommand;
    wrongSum.back() ^= 1;
    CHECK(statusOf(bench.ask(wrongSum)) == 0x10);
    const std::uint8_t unknown[] = {0x30, 0x05};
    CHECK(statusOf(bench.ask(samFrame(unknown))) == 0x21);
    const std::uint8_t tooLong[] = {0x11, 0xFF, 0x00};
    CHECK(statusOf(bench.ask(samFrame(tooLong))) == 0x11);
    const std::uint8_t smallField[] = {0x61, 0xFF, 0x10};
    CHECK(statusOf(bench.ask(samFrame(smallField))) == 0x21);
    CHECK(bench.ask(hex("AAAAAA9669000461FF50CA")) == success);
    const std::uint8_t baud[] = {0x60, 0x00};
    CHECK(statusOf(bench.ask(samFrame(baud))) == 0x21);
}

TEST_CASE("order matters, and a document is read once until it is lifted") {
    Bench bench;
    CHECK(bench.ask(findCommand) == findFailed);
    bench.sam.layDown(documents::resident());
    CHECK(statusOf(bench.ask(selectCommand)) == 0x81);
    CHECK(bench.ask(readCommand) == readFailed);
    CHECK(bench.ask(addressCommand) == readFailed);
    CHECK(statusOf(bench.ask(findCommand)) == 0x9F);
    CHECK(statusOf(bench.ask(selectCommand)) == 0x90);
    CHECK(statusOf(bench.ask(readCommand)) == 0x90);
    CHECK(bench.ask(findCommand) == findFailed);
    bench.sam.lift();
    CHECK(bench.ask(addressCommand) == readFailed);
    bench.sam.layDown(documents::permit());
    CHECK(statusOf(bench.ask(findCommand)) == 0x9F);
}

TEST_CASE("named faults of the reader strike where they say") {
    Bench bench;
    SUBCASE("the document is lifted in the middle") {
        bench.faults.arm(Fault::readerCardLifted);
        CHECK(bench.findSelectRead(documents::resident()) == readFailed);
        CHECK_FALSE(bench.sam.documentLies());
    }
    SUBCASE("a defective chip stays defective") {
        bench.faults.arm(Fault::readerAnswers, "31");
        CHECK(statusOf(bench.findSelectRead(documents::resident())) == 0x31);
        CHECK(bench.ask(findCommand) == findFailed);
        CHECK(statusOf(bench.findSelectRead(documents::resident())) == 0x31);
    }
    SUBCASE("a failed reading passes when the document is laid down again") {
        bench.faults.arm(Fault::readerAnswers, "41");
        CHECK(statusOf(bench.findSelectRead(documents::resident())) == 0x41);
        CHECK(statusOf(bench.findSelectRead(documents::resident())) == 0x90);
    }
    SUBCASE("a module without authorisation does nothing") {
        bench.faults.arm(Fault::readerAnswers, "66");
        CHECK(statusOf(bench.ask(statusCommand)) == 0x60);
        CHECK(statusOf(bench.ask(findCommand)) == 0x66);
    }
    SUBCASE("an unknown document") {
        bench.faults.arm(Fault::readerUnknownDocument);
        CHECK(bench.findSelectRead(documents::resident()).at(14 + 248) == 'Z');
    }
    CHECK(bench.faults.allFired());
}

TEST_CASE("four pipes: head and body travel apart, and answers take their time") {
    UsbBench bench({});
    bench.engine.layDown(documents::resident());
    for (const Bytes& command : {findCommand, selectCommand}) {
        bench.sendSplit(command);
        bench.receiveSplit();
    }
    const Instant before = bench.clock.now();
    bench.sendSplit(readCommand);
    const Bytes frame = bench.receiveSplit();
    CHECK(sha256(frame) == "1FB9ECAF07196BD8F48C463583DD8E4890114EC93413FB19EF0AB938D18A4609");
    CHECK(bench.clock.now() - before == 900ms);
    CHECK(bench.transcript.text().find("OUT 06 300132") != std::string::npos);
}

TEST_CASE("four pipes: a whole frame on the head pipe is not understood") {
    UsbBench bench({});
    REQUIRE(bench.device->write(0x02, statusCommand, 500ms));
    CHECK(bench.device->read(0x81, 64, 500ms).error().error == drivers::UsbError::timedOut);
    CHECK(bench.device->write(0x01, statusCommand, 500ms).error().error ==
          drivers::UsbError::stalled);
}

TEST_CASE("one pair: whole frames in any pieces, answers nobody fetched come first") {
    ReaderSettings settings;
    settings.flavour = ReaderFlavour::onePair;
    UsbBench bench(settings);
    for (const std::uint8_t byte : statusCommand) {
        const std::uint8_t one[] = {byte};
        REQUIRE(bench.device->write(0x02, one, 500ms));
    }
    // The module is busy: the next command waits, and its answer comes behind the old one.
    REQUIRE(bench.device->write(0x02, findCommand, 500ms));
    CHECK(bench.device->read(0x81, 4096, 500ms).value() == success);
    CHECK(bench.device->read(0x81, 4096, 500ms).value() == findFailed);
}

TEST_CASE("faults on the wire") {
    UsbBench bench({});
    SUBCASE("a reply comes twice") {
        bench.faults.arm(Fault::readerStaleReply, "find");
        bench.sendSplit(findCommand);
        CHECK(bench.receiveSplit() == findFailed);
        bench.clock.sleepFor(50ms);
        bench.sendSplit(statusCommand);
        CHECK(bench.receiveSplit() == findFailed);
        CHECK(bench.receiveSplit() == success);
    }
    SUBCASE("a reply is torn") {
        bench.faults.arm(Fault::readerTornReply);
        bench.sendSplit(statusCommand);
        CHECK(bench.receiveSplit().size() == 5);
    }
    SUBCASE("noise in front of a reply") {
        bench.faults.arm(Fault::readerStrayBytes);
        bench.sendSplit(statusCommand);
        CHECK(bench.receiveSplit().size() == 4 + 11);
    }
    SUBCASE("silence") {
        bench.faults.arm(Fault::readerMute);
        bench.sendSplit(statusCommand);
        CHECK(bench.receiveSplit().empty());
    }
    SUBCASE("the cable is pulled and put back") {
        bench.faults.arm(Fault::readerUnplugged, "read");
        bench.engine.layDown(documents::resident());
        for (const Bytes& command : {findCommand, selectCommand}) {
            bench.sendSplit(command);
            bench.receiveSplit();
        }
        REQUIRE(bench.device->write(0x02, ByteView(readCommand).first(7), 500ms));
        CHECK(bench.device->write(0x06, ByteView(readCommand).subspan(7), 500ms).error().error ==
              drivers::UsbError::unplugged);
        CHECK(bench.bus.list()->empty());
        bench.engine.plugIn();
        bench.sendSplit(findCommand);
        CHECK(statusOf(bench.receiveSplit()) == 0x9F);
    }
    CHECK(bench.faults.allFired());
}

TEST_CASE("the same module on a serial line") {
    SerialReader reader({}, nullptr, nullptr);
    reader.layDown(documents::resident());
    const Bytes noise = hex("00FF");
    reader.write(noise, Instant{});
    reader.write(findCommand, Instant{});
    CHECK(reader.read(100, Instant{}).empty());
    const Instant later = Instant{} + 60ms;
    CHECK(reader.read(7, later) == hex("AAAAAA96690008"));
    CHECK(reader.read(100, later).size() == 8);
    const std::uint8_t baud[] = {0x60, 0x04};
    reader.write(samFrame(baud), later);
    CHECK(reader.read(100, later + 60ms) == success);
}
