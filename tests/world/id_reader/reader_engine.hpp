// A simulated reader of identity documents on USB, 0400:C35A, in both flavours that exist under
// that one name (hardware-notes/id-reader.md, "Wires"), and on a serial line. Strict: what a module
// does not know it refuses, a second command waits until the first is answered, and answers nobody
// fetched stay in front of the next one. All methods are thread-safe.
#pragma once

#include <memory>
#include <mutex>

#include "tests/world/fault_plan.hpp"
#include "tests/world/id_reader/frame_assembler.hpp"
#include "tests/world/id_reader/sam.hpp"
#include "tests/world/usb/in_pipe.hpp"
#include "tests/world/usb/transcript.hpp"
#include "tests/world/usb/usb_shape.hpp"

namespace liqu::world {

enum class ReaderFlavour : std::uint8_t {
    fourPipes,  // A: head and body of a frame on pipes of their own
    onePair,    // B: whole frames on one IN and one OUT
};

struct ReaderSettings {
    ReaderFlavour flavour = ReaderFlavour::fourPipes;
    SamSettings sam;
    // Whether an answer that fills its last packet is followed by an empty one.
    MessageEnd fullPackets = MessageEnd::closed;
    // Flavour B of some makes pads the last packet of an answer to 64 bytes.
    bool padsLastPacket = false;
    bool interruptPipes = false;
};

class ReaderEngine final : public UsbEngine {
  public:
    // Plan and transcript may be null; where they are not, they outlive the engine.
    ReaderEngine(ReaderSettings settings, FaultPlan* faults, Transcript* transcript);

    Bytes descriptors() const override;
    std::string serialNumber() const override { return {}; }
    bool plugged() const override;
    UsbTransfer control(const UsbSetup& setup, ByteView data, Instant now) override;
    UsbTransfer out(std::uint8_t endpoint, ByteView data, Instant now) override;
    UsbTransfer in(std::uint8_t endpoint, std::size_t most, Instant now) override;
    void advance(Instant now) override;
    std::optional<Instant> nextEvent() const override;

    // The hand.
    void layDown(const Document& document);
    void lift();
    bool documentLies() const;
    std::optional<Document> documentLying() const;
    // The one that lies there, or was lifted no longer ago: a host knows no more than its last
    // look.
    std::optional<Document> documentSeenWithin(Duration age) const;
    int readings() const;
    void unplug();
    void plugIn();

  private:
    void answerWaitingFrame(Instant now);
    void deliver(const SamAnswer& answer, Instant at);
    bool pluggedLocked() const;
    void forgetTransfers();

    mutable std::mutex mutex_;
    ReaderSettings settings_;
    FaultPlan* faults_;
    Transcript* transcript_;
    DeviceShape shape_;
    Sam sam_;
    FrameAssembler assembler_;
    InPipe headPipe_{64};  // flavour B uses this one alone
    InPipe bodyPipe_{64};
    Instant busyUntil_{};
    Instant now_{};  // as last told
    std::optional<Document> lifted_;
    Instant liftedAt_{};
    bool cablePlugged_ = true;
};

// The same module at the end of a serial line: bytes in, bytes out.
class SerialReader {
  public:
    SerialReader(SamSettings settings, FaultPlan* faults, Transcript* transcript);

    void write(ByteView bytes, Instant now);
    // What has arrived by now, at most `most` bytes.
    Bytes read(std::size_t most, Instant now);
    std::optional<Instant> nextEvent() const;

    void layDown(const Document& document);
    void lift();

  private:
    mutable std::mutex mutex_;
    Transcript* transcript_;
    Sam sam_;
    FrameAssembler assembler_;
    InPipe line_{1};
};

}  // namespace liqu::world
