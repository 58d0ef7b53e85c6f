#include "drivers/id_reader/sdt_wire.hpp"

namespace liqu::drivers::sdt {
namespace {

class SerialWire final : public Wire {
  public:
    explicit SerialWire(std::unique_ptr<SerialPort> port) : port_(std::move(port)) {}

    Result<void> send(ByteView frame, Duration patience) override {
        const auto written = port_->write(frame, patience);
        if (!written) return fail(wireError(written.error()));
        return {};
    }

    Result<Bytes> receive(FramePart, std::size_t wanted, Duration patience) override {
        auto data = port_->read(wanted, patience);
        if (!data) return fail(wireError(data.error()));
        return std::move(data).value();
    }

  private:
    std::unique_ptr<SerialPort> port_;
};

}  // namespace

Error wireError(const SerialFailure& failure) {
    switch (failure.error) {
        case SerialError::notFound:
            return {ErrorCode::idReaderNotFound, failure.cause};
        case SerialError::noPermission:
            return {ErrorCode::idReaderNoPermission, failure.cause};
        case SerialError::heldByProcess:
            return {ErrorCode::idReaderHeldByProcess, failure.cause};
        case SerialError::timedOut:
            return {ErrorCode::idReaderSilent, failure.cause};
        case SerialError::unplugged:
        case SerialError::failed:
            break;
    }
    return {ErrorCode::idReaderUnplugged, failure.cause};
}

std::unique_ptr<Wire> makeSerialWire(std::unique_ptr<SerialPort> port) {
    return std::make_unique<SerialWire>(std::move(port));
}

}  // namespace liqu::drivers::sdt
