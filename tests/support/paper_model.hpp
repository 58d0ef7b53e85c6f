// A small ESC/POS printer at the place of the line, on a virtual clock: it reads every byte, prints
// rows on a roll that ends, cuts, presents, and answers. A test says what goes wrong, and where.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "drivers/receipt_printer/receipt_wire.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::test {

class PaperModel {
  public:
    explicit PaperModel(world::VirtualClock& clock) : clock_(clock) {}

    // What it is.
    int bytesPerRow = 72;
    bool fixedBits = true;
    bool answersModel = true;

    // How it is.
    int rowsLeft = 100'000;
    bool nearEnd = false;
    bool coverOpen = false;
    int cutterJams = 0;        // so often the cutter stops until it is told to go on
    bool cutterStuck = false;  // and then not even so
    Instant hotUntil{};
    bool broken = false;
    bool silent = false;
    bool plugged = true;
    std::optional<std::size_t> takesBytes;  // and no more
    std::optional<std::size_t> pulledAt;    // the cable, at this byte
    std::optional<std::size_t> losesByte;   // one of them never arrives
    std::optional<Instant> takenAt;         // a hand takes the slip from the mouth
    std::optional<std::uint8_t> port;

    // What came of it.
    std::vector<std::vector<Bytes>> slips;  // each a list of rows
    std::vector<Bytes> rows;                // not cut off yet
    Bytes text;                             // what was printed as text: never anything
    int cuts = 0;
    int opened = 0;
    int retracted = 0;

    Result<bool> open();
    Result<std::size_t> write(ByteView bytes);
    Result<Bytes> read(Duration patience);
    void say(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
    bool slipInMouth() const { return atMouth_ && !(takenAt && clock_.now() >= *takenAt); }
    bool canPrint() const { return plugged && !silent && !stopped(); }
    void unplug() { plugged = open_ = false; }

  private:
    bool stopped() const;
    bool mouth();
    void scan(std::uint8_t byte);
    void work();
    bool step();
    bool command();
    void cut();
    void answerRealTime(std::uint8_t question);

    world::VirtualClock& clock_;
    bool open_ = false;
    bool atMouth_ = false;
    bool cutterError_ = false;
    std::size_t count_ = 0;
    Bytes last_;
    std::deque<std::uint8_t> in_;
    std::size_t bandBytes_ = 0;
    std::size_t bandWidth_ = 0;
    Bytes row_;
    Bytes out_;
};

// The line to it.
class ModelWire final : public drivers::ReceiptWire {
  public:
    explicit ModelWire(PaperModel& model) : model_(model) {}
    Result<bool> open() override { return model_.open(); }
    Result<std::size_t> write(ByteView bytes, Duration) override { return model_.write(bytes); }
    Result<Bytes> read(Duration patience) override { return model_.read(patience); }
    std::optional<std::uint8_t> portStatus() override { return model_.port; }

  private:
    PaperModel& model_;
};

}  // namespace liqu::test
