#include "drivers/transport/serial.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <utility>

#include "firmware/base/assert.hpp"

namespace liqu::drivers {
namespace {

tl::unexpected<SerialFailure> failure(SerialError error, std::string_view step, int number) {
    return tl::unexpected(SerialFailure{error, std::string(step) + ": " + std::strerror(number)});
}

SerialError errorOf(int number) {
    switch (number) {
        case ENOENT:
            return SerialError::notFound;
        case EACCES:
        case EPERM:
            return SerialError::noPermission;
        case EBUSY:
        case EWOULDBLOCK:
            return SerialError::heldByProcess;
        case EIO:
        case ENXIO:
        case ENODEV:
            return SerialError::unplugged;
        default:
            return SerialError::failed;
    }
}

speed_t speedOf(SerialRate rate) {
    switch (rate) {
        case SerialRate::baud9600:
            return B9600;
        case SerialRate::baud19200:
            return B19200;
        case SerialRate::baud38400:
            return B38400;
        case SerialRate::baud57600:
            return B57600;
        case SerialRate::baud115200:
            return B115200;
    }
    LIQU_ASSERT(!"a rate outside the enumeration");
    return B115200;
}

class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    int get() const { return value_; }

  private:
    int value_;
};

class PosixSerialPort final : public SerialPort {
  public:
    explicit PosixSerialPort(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    SerialResult<void> write(ByteView data, Duration patience) override {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!data.empty()) {
            const ssize_t written = ::write(descriptor_.get(), data.data(), data.size());
            if (written > 0) {
                data = data.subspan(static_cast<std::size_t>(written));
                continue;
            }
            if (written < 0 && errno != EAGAIN && errno != EINTR) {
                return failure(errorOf(errno), "write", errno);
            }
            if (!ready(POLLOUT, end)) return failure(SerialError::timedOut, "write", ETIMEDOUT);
        }
        return {};
    }

    SerialResult<void> drain() override {
        if (::tcdrain(descriptor_.get()) != 0) return failure(errorOf(errno), "drain", errno);
        return {};
    }

    SerialResult<Bytes> read(std::size_t most, Duration patience) override {
        const auto end = std::chrono::steady_clock::now() + patience;
        Bytes data(most);
        while (ready(POLLIN, end)) {
            const ssize_t got = ::read(descriptor_.get(), data.data(), data.size());
            // A terminal that hung up reads as end of file.
            if (got == 0) return failure(SerialError::unplugged, "read", EIO);
            if (got > 0) {
                data.resize(static_cast<std::size_t>(got));
                return data;
            }
            if (errno != EAGAIN && errno != EINTR) return failure(errorOf(errno), "read", errno);
        }
        return Bytes{};
    }

    SerialResult<void> discardInput() override {
        if (::tcflush(descriptor_.get(), TCIFLUSH) != 0) {
            return failure(errorOf(errno), "flush", errno);
        }
        return {};
    }

  private:
    // Also true when the line hung up: the call that follows finds out.
    bool ready(short events, std::chrono::steady_clock::time_point end) const {
        pollfd waiting{descriptor_.get(), events, 0};
        while (true) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                end - std::chrono::steady_clock::now());
            const auto milliseconds = std::clamp<std::int64_t>(left.count(), 0, 3'600'000);
            const int outcome = ::poll(&waiting, 1, static_cast<int>(milliseconds));
            if (outcome >= 0 || errno != EINTR) return outcome > 0;
        }
    }

    Descriptor descriptor_;
};

SerialResult<void> makeRaw(int descriptor, SerialRate rate) {
    termios settings{};
    if (::tcgetattr(descriptor, &settings) != 0) return failure(errorOf(errno), "settings", errno);
    ::cfmakeraw(&settings);
    settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS | PARENB);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    ::cfsetispeed(&settings, speedOf(rate));
    ::cfsetospeed(&settings, speedOf(rate));
    if (::tcsetattr(descriptor, TCSAFLUSH, &settings) != 0) {
        return failure(errorOf(errno), "settings", errno);
    }
    return {};
}

}  // namespace

std::optional<SerialRate> serialRateOf(int baud) {
    for (const SerialRate rate :
         {SerialRate::baud9600, SerialRate::baud19200, SerialRate::baud38400, SerialRate::baud57600,
          SerialRate::baud115200}) {
        if (static_cast<int>(rate) == baud) return rate;
    }
    return std::nullopt;
}

SerialResult<std::unique_ptr<SerialPort>> openSerialPort(const std::string& path, SerialRate rate) {
    Descriptor descriptor(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (descriptor.get() < 0) {
        // A node whose device is gone is, to a person, no device.
        const SerialError error = errorOf(errno);
        return failure(error == SerialError::unplugged ? SerialError::notFound : error, "open",
                       errno);
    }
    if (::isatty(descriptor.get()) == 0) return failure(SerialError::failed, "open", ENOTTY);
    // TIOCEXCL does not stop root, the lock stops whoever asks for it: both together.
    if (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
        return failure(errorOf(errno), "lock", errno);
    }
    ::ioctl(descriptor.get(), TIOCEXCL);
    if (auto raw = makeRaw(descriptor.get(), rate); !raw) return tl::unexpected(raw.error());
    return std::make_unique<PosixSerialPort>(std::move(descriptor));
}

}  // namespace liqu::drivers
