// A serial line as the drivers need it: raw 8N1, no flow control. The real one is a POSIX
// terminal; tests put another in its place. Called from one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::drivers {

enum class SerialRate : std::uint32_t {
    baud9600 = 9600,
    baud19200 = 19200,
    baud38400 = 38400,
    baud57600 = 57600,
    baud115200 = 115200,
};
std::optional<SerialRate> serialRateOf(int baud);

enum class SerialError : std::uint8_t {
    notFound,
    noPermission,
    heldByProcess,
    unplugged,  // the line is gone: a USB bridge was pulled out
    timedOut,
    failed,
};

struct SerialFailure {
    SerialError error = SerialError::failed;
    std::string cause;
};

template <typename T>
using SerialResult = tl::expected<T, SerialFailure>;

// One open line, closed by the destructor.
class SerialPort {
  public:
    virtual ~SerialPort() = default;

    // Hands all of it to the line within the patience.
    virtual SerialResult<void> write(ByteView data, Duration patience) = 0;
    // Waits until all written bytes have left.
    virtual SerialResult<void> drain() = 0;
    // What has come, at most `most` bytes; empty when nothing came within the patience.
    virtual SerialResult<Bytes> read(std::size_t most, Duration patience) = 0;
    // Throws away what has come and was not read.
    virtual SerialResult<void> discardInput() = 0;
};

SerialResult<std::unique_ptr<SerialPort>> openSerialPort(const std::string& path, SerialRate rate);

}  // namespace liqu::drivers
