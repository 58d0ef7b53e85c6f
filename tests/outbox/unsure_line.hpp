// A line to a province on which everything goes wrong that can, by chance and seed, in virtual
// time: lost there, lost on the way back, late, twice, cut short, another's answer, a page of a
// gateway; gone for days; and a kiosk whose power goes while it waits for an answer.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "firmware/base/random.hpp"
#include "firmware/ports/province_link.hpp"
#include "tests/world/province/province_engine.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::proof {

// Thrown out of an exchange: the power went.
struct PowerGone {};

class UnsureLine final : public ports::ProvinceLink {
  public:
    UnsureLine(world::ProvinceEngine& engine, world::VirtualClock& clock, std::uint64_t seed)
        : engine_(engine), clock_(clock), random_(seed) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override;

    // Nothing listens until then.
    void goes(Duration howLong) { goneUntil_ = clock_.now() + howLong; }
    // The province starts anew: what was on its way to it is not any more.
    void startsAnew() { late_.clear(); }
    // Nothing goes wrong from now on.
    void isMended() { mended_ = true; }

    // How often each thing happened, the good ones as "answered".
    const std::map<std::string, std::int64_t>& happened() const { return happened_; }

  private:
    struct Late {
        Instant at;
        std::string path;
        std::string envelope;
    };
    std::string carryOut(std::string_view path, std::string_view envelope);
    void bringLate();
    Result<std::string> goesWrong(std::string_view path, std::string_view envelope,
                                  Duration patience);

    world::ProvinceEngine& engine_;
    world::VirtualClock& clock_;
    SeededRandom random_;
    Instant goneUntil_{};
    bool mended_ = false;
    std::vector<Late> late_;
    std::string answerBefore_;
    std::map<std::string, std::int64_t> happened_;
};

}  // namespace liqu::proof
