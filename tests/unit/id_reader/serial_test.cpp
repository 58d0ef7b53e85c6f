#include "drivers/transport/serial.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "drivers/id_reader/sdt_command.hpp"
#include "drivers/id_reader/sdt_wire.hpp"
#include "tests/unit/id_reader/reader_vectors.hpp"

using namespace liqu;
using namespace liqu::drivers;
using namespace std::chrono_literals;

namespace {

// The module's end of a pseudo-terminal pair.
struct Terminal {
    Terminal() : module(::posix_openpt(O_RDWR | O_NOCTTY)) {
        REQUIRE(module >= 0);
        REQUIRE(::grantpt(module) == 0);
        REQUIRE(::unlockpt(module) == 0);
        path = ::ptsname(module);
    }
    ~Terminal() { hangUp(); }
    void hangUp() {
        if (module >= 0) ::close(module);
        module = -1;
    }
    void say(ByteView bytes) const {
        REQUIRE(::write(module, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    Bytes hear(std::size_t size) const {
        Bytes bytes(size);
        std::size_t got = 0;
        while (got < size) {
            const ssize_t read = ::read(module, bytes.data() + got, size - got);
            REQUIRE(read > 0);
            got += static_cast<std::size_t>(read);
        }
        return bytes;
    }

    int module;
    std::string path;
};

}  // namespace

TEST_CASE("a serial line carries every byte value unchanged, both ways") {
    Terminal terminal;
    auto port = openSerialPort(terminal.path, SerialRate::baud115200);
    REQUIRE(port.has_value());
    Bytes all;
    for (int value = 0; value < 256; ++value) all.push_back(static_cast<std::uint8_t>(value));
    REQUIRE((*port)->write(all, 1s).has_value());
    CHECK((*port)->drain().has_value());
    CHECK(terminal.hear(256) == all);
    terminal.say(all);
    Bytes got;
    while (got.size() < all.size()) {
        const auto part = (*port)->read(all.size() - got.size(), 1s);
        REQUIRE(part.has_value());
        REQUIRE_FALSE(part->empty());
        got.insert(got.end(), part->begin(), part->end());
    }
    CHECK(got == all);
}

TEST_CASE("reading an idle line brings nothing, discarded input is gone") {
    Terminal terminal;
    auto port = openSerialPort(terminal.path, SerialRate::baud9600);
    REQUIRE(port.has_value());
    CHECK((*port)->read(10, 1ms).value().empty());
    terminal.say(test::hex("01 02 03"));
    REQUIRE((*port)->discardInput().has_value());
    CHECK((*port)->read(10, 1ms).value().empty());
}

TEST_CASE("only the module's five rates are rates") {
    for (const int baud : {9600, 19200, 38400, 57600, 115200}) {
        const auto rate = serialRateOf(baud);
        REQUIRE(rate.has_value());
        Terminal terminal;
        CHECK(openSerialPort(terminal.path, *rate).has_value());
    }
    CHECK_FALSE(serialRateOf(0).has_value());
    CHECK_FALSE(serialRateOf(14400).has_value());
}

TEST_CASE("errors of a serial line are told apart") {
    CHECK((openSerialPort("/dev/no-such-line", SerialRate::baud9600).error().error ==
           SerialError::notFound));
    CHECK((openSerialPort("/dev/null", SerialRate::baud9600).error().error == SerialError::failed));
    Terminal terminal;
    auto port = openSerialPort(terminal.path, SerialRate::baud9600);
    REQUIRE(port.has_value());
    CHECK((openSerialPort(terminal.path, SerialRate::baud9600).error().error ==
           SerialError::heldByProcess));
    terminal.hangUp();
    CHECK(((*port)->read(10, 1s).error().error == SerialError::unplugged));
    CHECK(((*port)->write(test::hex("01"), 1s).error().error == SerialError::unplugged));
}

TEST_CASE("a frame goes over a serial wire and its answer comes back") {
    Terminal terminal;
    auto port = openSerialPort(terminal.path, SerialRate::baud57600);
    REQUIRE(port.has_value());
    const auto wire = sdt::makeSerialWire(std::move(port).value());
    const Bytes request = sdt::requestOf(sdt::Command::moduleStatus);
    REQUIRE(wire->send(request, 1s).has_value());
    CHECK(terminal.hear(request.size()) == request);
    terminal.say(test::answerFrame("000090"));
    sdt::FrameParser parser;
    std::optional<sdt::Answer> answer;
    while (!answer) {
        const auto bytes = wire->receive(parser.part(), parser.wanted(), 1s);
        REQUIRE(bytes.has_value());
        REQUIRE_FALSE(bytes->empty());
        parser.feed(*bytes);
        answer = parser.next().value();
    }
    CHECK(answer->status.sw3 == sdt::success);
    terminal.hangUp();
    CHECK(wire->receive(sdt::FramePart::head, 7, 1s).error().code == ErrorCode::idReaderUnplugged);
}
