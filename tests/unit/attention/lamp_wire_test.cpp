// A lamp on a serial line: its bytes, its button, and a line that was pulled out.
#include <doctest/doctest.h>
#include <vector>

#include "drivers/attention/attention_wire.hpp"

using namespace liqu;
using namespace liqu::drivers;
using ports::CallReason;

namespace {

// What stands at the other end of the line.
struct Lamp {
    std::vector<Bytes> written;
    std::vector<Bytes> coming;
    bool isPulled = false;
    int timesOpened = 0;
};

class LampPort final : public SerialPort {
  public:
    explicit LampPort(Lamp& lamp) : lamp_(lamp) {}
    SerialResult<void> write(ByteView data, Duration) override {
        if (lamp_.isPulled) return tl::make_unexpected(pulled());
        lamp_.written.emplace_back(data.begin(), data.end());
        return {};
    }
    SerialResult<void> drain() override { return {}; }
    SerialResult<Bytes> read(std::size_t, Duration) override {
        if (lamp_.isPulled) return tl::make_unexpected(pulled());
        if (lamp_.coming.empty()) return Bytes();
        Bytes next = lamp_.coming.front();
        lamp_.coming.erase(lamp_.coming.begin());
        return next;
    }
    SerialResult<void> discardInput() override {
        if (lamp_.isPulled) return tl::make_unexpected(pulled());
        lamp_.coming.clear();
        return {};
    }

  private:
    static SerialFailure pulled() { return {SerialError::unplugged, "pulled out"}; }
    Lamp& lamp_;
};

const Bytes on{0xA0, 0x01, 0x01, 0xA2};
const Bytes off{0xA0, 0x01, 0x00, 0xA1};

std::unique_ptr<AttentionWire> wireTo(Lamp& lamp, Bytes button) {
    LampOptions options;
    options.on = on;
    options.off = off;
    options.acknowledge = std::move(button);
    options.open = [&lamp]() -> SerialResult<std::unique_ptr<SerialPort>> {
        if (lamp.isPulled) {
            return tl::make_unexpected(SerialFailure{SerialError::notFound, "no such line"});
        }
        ++lamp.timesOpened;
        return std::make_unique<LampPort>(lamp);
    };
    return makeLampWire(std::move(options));
}

}  // namespace

TEST_CASE("the lamp is lit once for a call and goes out at its end") {
    Lamp lamp;
    const auto wire = wireTo(lamp, {});
    CHECK(wire->ask(1, CallReason::person).value() == false);
    CHECK(wire->ask(1, CallReason::person).value() == false);
    CHECK(lamp.written == std::vector<Bytes>{on});
    REQUIRE(wire->over(1));
    CHECK(lamp.written == std::vector<Bytes>{on, off});
    CHECK(wire->ask(2, CallReason::person));
    CHECK(lamp.written.size() == 3);
}

TEST_CASE("its button acknowledges, also where its bytes come in pieces") {
    Lamp lamp;
    const auto wire = wireTo(lamp, {0x06, 0x01});
    CHECK(wire->ask(1, CallReason::person).value() == false);
    lamp.coming = {{0x55, 0x06}, {}, {0x01}};
    CHECK(wire->ask(1, CallReason::person).value() == false);
    CHECK(wire->ask(1, CallReason::person).value() == false);
    CHECK(wire->ask(1, CallReason::person).value() == true);
    // What was pressed for the last call says nothing of the next one.
    CHECK(wire->ask(2, CallReason::person).value() == false);
}

TEST_CASE("a button that was pressed without a call acknowledges none that comes later") {
    Lamp lamp;
    const auto wire = wireTo(lamp, {0x06});
    REQUIRE(wire->ask(1, CallReason::person));
    lamp.coming = {{0x06}, {0x06}};
    CHECK(wire->ask(1, CallReason::person).value() == true);
    REQUIRE(wire->over(1));
    CHECK(wire->ask(2, CallReason::person).value() == false);
    lamp.coming = {{0x06}};
    CHECK(wire->ask(2, CallReason::person).value() == true);
}

TEST_CASE("the end of an earlier call leaves the lamp lit for a later one") {
    Lamp lamp;
    const auto wire = wireTo(lamp, {});
    REQUIRE(wire->ask(2, CallReason::person));
    REQUIRE(wire->over(1));
    CHECK(lamp.written == std::vector<Bytes>{on});
    REQUIRE(wire->over(2));
    CHECK(lamp.written == std::vector<Bytes>{on, off});
}

TEST_CASE("a line that was pulled out is an error, and is opened and lit again") {
    Lamp lamp;
    const auto wire = wireTo(lamp, {0x06});
    REQUIRE(wire->ask(1, CallReason::person));
    lamp.isPulled = true;
    for (int i = 0; i < 2; ++i) {
        const auto asked = wire->ask(1, CallReason::person);
        REQUIRE_FALSE(asked);
        CHECK(asked.error().code == ErrorCode::serialPortFailed);
    }
    lamp.isPulled = false;
    REQUIRE(wire->ask(1, CallReason::person));
    CHECK(lamp.timesOpened == 2);
    CHECK(lamp.written == std::vector<Bytes>{on, on});
}
