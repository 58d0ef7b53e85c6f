#include "tests/bench/timed_parts.hpp"

#include <sqlite3.h>
#include <string_view>

namespace liqu::bench {
namespace {

using world::BusyPart;

class TimedDevice final : public drivers::UsbDevice {
  public:
    TimedDevice(std::unique_ptr<drivers::UsbDevice> device, const Clock& clock,
                world::BusyTimes& listening)
        : device_(std::move(device)), clock_(clock), listening_(listening) {}

    drivers::UsbResult<void> write(std::uint8_t endpoint, ByteView data,
                                   Duration patience) override {
        return device_->write(endpoint, data, patience);
    }
    drivers::UsbResult<Bytes> read(std::uint8_t endpoint, std::size_t most,
                                   Duration patience) override {
        const Instant begin = clock_.now();
        auto answer = device_->read(endpoint, most, patience);
        listening_.add(BusyPart::mechanics, begin, clock_.now());
        return answer;
    }
    drivers::UsbResult<Bytes> controlIn(std::uint8_t requestType, std::uint8_t request,
                                        std::uint16_t value, std::uint16_t index,
                                        std::uint16_t length, Duration patience) override {
        return device_->controlIn(requestType, request, value, index, length, patience);
    }
    drivers::UsbResult<void> controlOut(std::uint8_t requestType, std::uint8_t request,
                                        std::uint16_t value, std::uint16_t index, ByteView data,
                                        Duration patience) override {
        return device_->controlOut(requestType, request, value, index, data, patience);
    }
    drivers::UsbResult<void> clearHalt(std::uint8_t endpoint) override {
        return device_->clearHalt(endpoint);
    }

  private:
    std::unique_ptr<drivers::UsbDevice> device_;
    const Clock& clock_;
    world::BusyTimes& listening_;
};

class TimedBus final : public drivers::UsbBus {
  public:
    TimedBus(drivers::UsbBus& bus, const Clock& clock, world::BusyTimes& listening)
        : bus_(bus), clock_(clock), listening_(listening) {}
    drivers::UsbResult<std::vector<drivers::UsbDeviceInfo>> list() override { return bus_.list(); }
    drivers::UsbResult<std::unique_ptr<drivers::UsbDevice>> open(
        const drivers::UsbDeviceInfo& device, std::uint8_t interfaceNumber) override {
        auto opened = bus_.open(device, interfaceNumber);
        if (!opened) return opened;
        return std::make_unique<TimedDevice>(std::move(*opened), clock_, listening_);
    }

  private:
    drivers::UsbBus& bus_;
    const Clock& clock_;
    world::BusyTimes& listening_;
};

thread_local std::int64_t commitNanoseconds = 0;

int noteStatement(unsigned, void*, void* statement, void* nanoseconds) {
    const char* sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
    if (sql != nullptr && std::string_view(sql) == "COMMIT")
        commitNanoseconds += *static_cast<sqlite3_int64*>(nanoseconds);
    return 0;
}

int watchConnection(sqlite3* database, char**, const sqlite3_api_routines*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_PROFILE, noteStatement, nullptr);
}

// The type SQLite takes for every kind of extension.
using Extension = void (*)();
Extension extension() {
    return reinterpret_cast<Extension>(watchConnection);
}

}  // namespace

std::unique_ptr<drivers::UsbBus> timedBus(drivers::UsbBus& bus, const Clock& clock,
                                          world::BusyTimes& listening) {
    return std::make_unique<TimedBus>(bus, clock, listening);
}

CommitWatch::CommitWatch() {
    commitNanoseconds = 0;
    sqlite3_auto_extension(extension());
}

CommitWatch::~CommitWatch() {
    sqlite3_cancel_auto_extension(extension());
}

Duration CommitWatch::spent() const {
    return std::chrono::duration_cast<Duration>(std::chrono::nanoseconds(commitNanoseconds));
}

}  // namespace liqu::bench
