// A line to an older province on which everything goes wrong that can, by chance and seed, in
// virtual time: lost before the act and after it, late, twice, half, torn, spoilt, a page of
// something on the way; gone for days; and a kiosk whose power goes at one of its calls.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "firmware/base/random.hpp"
#include "firmware/ports/soap_link.hpp"
#include "tests/outbox/unsure_line.hpp"
#include "tests/world/legacy_province/legacy_link.hpp"

namespace liqu::proof {

class UnsureSoapLine final : public ports::SoapLink {
  public:
    UnsureSoapLine(world::LegacyEngine& engine, world::LegacyFront& front,
                   world::LegacyFaults& faults, world::VirtualClock& clock, std::uint64_t seed)
        : engine_(engine), link_(front, clock), faults_(faults), clock_(clock), random_(seed) {}

    // Throws PowerGone where the kiosk's power goes.
    Result<ports::SoapReply> post(const ports::SoapPost& post, Duration patience) override;
    Result<ports::SoapReply> look(const std::string& path, Duration patience) override;

    // Nothing listens until then.
    void goes(Duration howLong) { goneUntil_ = clock_.now() + howLong; }
    // Nothing goes wrong from now on.
    void isMended() { mended_ = true; }
    // What was late and has had its time arrives now.
    void bringLate();

    // How often each thing happened, the good ones as "answered".
    const std::map<std::string, std::int64_t>& happened() const { return happened_; }

  private:
    // A request owns what a SoapPost only points to.
    struct Late {
        Instant at;
        std::string path, action, charset, body;
    };
    Result<ports::SoapReply> goesWrong(const ports::SoapPost& post, Duration patience);
    Result<ports::SoapReply> withFault(world::LegacyFault fault, const ports::SoapPost& post,
                                       Duration patience);
    [[noreturn]] void losePower(const ports::SoapPost& post, Duration patience);

    world::LegacyEngine& engine_;
    world::LegacyLink link_;
    world::LegacyFaults& faults_;
    world::VirtualClock& clock_;
    SeededRandom random_;
    Instant goneUntil_{};
    bool mended_ = false;
    std::vector<Late> late_;
    std::map<std::string, std::int64_t> happened_;
};

}  // namespace liqu::proof
