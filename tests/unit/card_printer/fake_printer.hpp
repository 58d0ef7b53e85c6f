// A printer of a few rules, for the driver's unit tests: it answers what a test tells it to answer,
// else what a healthy printer says. The full emulator with its mechanics is in tests/world/.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "drivers/transport/usb.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::test {

class FakePrinter final : public drivers::UsbBus {
  public:
    enum class Place { hopper, print, chip, mouth, bin, taken };

    explicit FakePrinter(world::VirtualClock& clock) : clock_(clock) {}

    drivers::UsbResult<std::vector<drivers::UsbDeviceInfo>> list() override;
    drivers::UsbResult<std::unique_ptr<drivers::UsbDevice>> open(const drivers::UsbDeviceInfo&,
                                                                 std::uint8_t) override;

    // --- what the test sets ---
    std::optional<drivers::UsbError> openError;
    bool plugged = true;
    std::uint16_t vendor = 0x0F49;
    std::uint8_t interfaceClass = 7;
    std::string terminator = std::string(1, '\0');
    std::size_t packetSize = 64;
    bool queriesDuringMotion = false;
    bool panelsAnswered = true;
    bool classicPositions = false;
    std::uint8_t port = 0x18;
    Place place = Place::hopper;
    bool coverOpen = false;
    bool feederEmpty = false;
    bool binFull = false;
    bool ribbonEnded = false;
    std::uint32_t panels = 100;
    std::uint32_t panelsPerFace = 5;
    std::optional<Duration> takenAfter = std::chrono::seconds{3};
    bool seAnswersAtOnce = false;
    // The next answers to this command, instead of the healthy one and of its effect. An empty
    // text is no answer at all; "+" before the text keeps the effect.
    std::map<std::string, std::deque<std::string>> answers;
    // Answers come this much later than they are due, once.
    std::map<std::string, Duration> late;
    bool keepsInput = false;  // a new connection finds the parser where it was
    std::string unplugAt;     // on this command
    std::string blocksAt;     // from this command on, takes no bytes
    std::string stallAt;      // once, on this command's first bytes

    // --- what the test looks at ---
    std::vector<std::string> log;  // commands; panels as "Db;y;128;"
    std::map<std::string, Bytes> payloads;
    int softResets = 0;
    // Who manages errors; the printer itself (0) after power-on and after either reset.
    std::string errorMode = "0";
    int opened = 0;
    bool said(const std::string& command) const;
    int count(const std::string& command) const;

  private:
    friend class FakeDevice;
    drivers::UsbResult<void> take(ByteView data);
    drivers::UsbResult<Bytes> give(std::size_t most, Duration patience);
    void consume();
    void execute(const std::string& command);
    void endOfJob();
    std::string answerTo(const std::string& command);
    std::string healthyAnswer(const std::string& command);
    void reply(const std::string& command, const std::string& text);
    void settle();

    world::VirtualClock& clock_;
    Bytes input_;
    std::optional<std::size_t> payloadLeft_;
    std::string payloadOf_;
    std::multimap<Instant, Bytes> replies_;
    Instant busyUntil_{};
    Instant lastReady_{};
    bool keepInside_ = true;
    bool job_ = false;
    Duration hold_ = std::chrono::seconds{30};
    std::optional<Instant> mouthAt_, takenAt_;
};

}  // namespace liqu::test
