// The receipt printer on a serial line, 8N1: in one process on a clock that may be virtual, and
// behind a terminal device in real time. Bytes pass no faster than the line's rate. Thread-safe.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "drivers/transport/serial.hpp"
#include "firmware/base/result.hpp"
#include "tests/world/receipt_printer/receipt_machine.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::world {

class ReceiptSerialLine {
  public:
    // A null plan means no faults; it outlives the line.
    ReceiptSerialLine(ReceiptSettings settings, ReceiptFaults* faults, int baud);

    // The host's side: what the line carries by now; the answers that have come.
    std::size_t carry(ByteView bytes, Instant now);
    Bytes answers(std::size_t most, Instant now);
    void discardAnswers();
    bool plugged() const;

    void advance(Instant now);
    std::optional<Instant> nextEvent() const;

    using Hands = std::function<void(ReceiptPrinterMachine&, Instant now)>;
    void hands(const Hands& act);
    void unplug();
    void plugIn();
    ReceiptPrinterMachine machine() const;

  private:
    void collect();

    mutable std::mutex mutex_;
    ReceiptFaults* faults_;
    ReceiptPrinterMachine machine_;
    Duration byteTime_;
    Instant freeAt_{};
    bool waiting_ = false;
    std::deque<ReceiptAnswer> coming_;
    bool plugged_ = true;
    Instant now_{};
};

void addTo(VirtualClock& clock, ReceiptSerialLine& line);
// The host's end in virtual time; line and clock outlive it.
std::unique_ptr<drivers::SerialPort> openInProcess(ReceiptSerialLine& line, VirtualClock& clock);

// A terminal device whose other end is the printer; its thread lives from create to the
// destructor. The path is a link, which goes while the line is unplugged.
class ReceiptTerminal {
  public:
    static Result<std::unique_ptr<ReceiptTerminal>> create(ReceiptSerialLine& line,
                                                           std::filesystem::path path);
    ~ReceiptTerminal();
    const std::filesystem::path& path() const { return path_; }

  private:
    ReceiptTerminal(ReceiptSerialLine& line, std::filesystem::path path);
    void run(const std::stop_token& stop);
    bool open();
    void close();
    void exchange(Instant now);

    ReceiptSerialLine& line_;
    std::filesystem::path path_;
    int module_ = -1;
    Bytes read_;  // from the host, not carried yet
    std::jthread thread_;
};

}  // namespace liqu::world
