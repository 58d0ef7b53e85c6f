// The security module behind every reader of identity documents: one frame in, one frame out,
// after a while (hardware-notes/id-reader.md, "Frames", "The simulated module"). It knows no wire;
// a wire owns it, and guards it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "firmware/base/clock.hpp"
#include "tests/world/fault_plan.hpp"
#include "tests/world/id_reader/documents.hpp"

namespace liqu::world {

// preamble + LEN + content + CHK around what a host or a module says.
Bytes samFrame(ByteView content);

enum class SamCommand : std::uint8_t {
    reset,
    status,
    number,
    find,
    select,
    read,
    readWithFingerprints,
    newAddress,
    setRadio,
    setBaud,
    unknown,
};

struct SamSettings {
    Bytes samNumber = {0x05, 0x00, 0x01, 0x00, 0x09, 0xB8, 0x32, 0x01,
                       0x05, 0xBE, 0x12, 0x00, 0xAD, 0xC5, 0xB1, 0x11};
    double speed = 1.0;             // divides every latency
    bool rereadWithoutFind = true;  // some modules read again without find and select
    bool fillsChipNumbers = false;  // find and select answer something else than zeros
    bool onSerialLine = false;      // only there can the baud rate be set
    Duration findLatency = std::chrono::milliseconds(60);
    Duration selectLatency = std::chrono::milliseconds(80);
    Duration readLatency = std::chrono::milliseconds(900);
    Duration fingerprintLatency = std::chrono::milliseconds(1100);
    Duration otherLatency = std::chrono::milliseconds(30);
    Duration newAddressLatency = std::chrono::milliseconds(300);
};

struct SamAnswer {
    SamCommand command = SamCommand::unknown;
    Bytes frame;  // empty: the module stays silent
    Duration latency{};
    bool losesCable = false;  // instead of the answer, the reader is gone
    bool repeated = false;    // delivered once more when nobody asked for it
    Bytes strayBytes;         // in front of the frame
};

class Sam {
  public:
    // The plan outlives the module; a null plan means no faults.
    Sam(SamSettings settings, FaultPlan* faults)
        : settings_(std::move(settings)), faults_(faults) {}

    // One whole request: preamble to CHK.
    SamAnswer answer(ByteView request);

    // The hand.
    void layDown(Document document);
    void lift();
    bool documentLies() const { return document_.has_value(); }
    const std::optional<Document>& document() const { return document_; }
    // How often the document lying there was read in full.
    int readings() const { return readings_; }

  private:
    enum class Card : std::uint8_t { none, present, found, selected, read, failed };

    Bytes perform(SamCommand command, ByteView request);
    Bytes find();
    Bytes select();
    Bytes read(bool withFingerprints);
    Bytes newAddress();
    Document documentAsRead() const;
    std::optional<std::uint8_t> forcedStatus(SamCommand command);
    Duration latencyOf(SamCommand command) const;
    void addWireFaults(SamAnswer& answer);
    bool strikes(Fault fault, std::string_view place = {});
    bool holds(Fault fault, std::string_view place = {}) const;

    SamSettings settings_;
    FaultPlan* faults_;
    Card card_ = Card::none;
    std::optional<Document> document_;
    bool unselectable_ = false;
    int readings_ = 0;
};

}  // namespace liqu::world
