// A machine before an older province, with an attendant, a slot for cards and everything that such
// a system can allowed by the rules; and one of its visits for each change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {

constexpr const char* theirCard = "K00000049";

// The simulator's rules, with these services at everybody's hand.
KioskSettings olderDeskSettings(const std::string& province, std::vector<std::string> faults = {});

struct OlderDesk {
    explicit OlderDesk(const std::string& province, std::vector<std::string> faults = {})
        : OlderDesk(olderDeskSettings(province, std::move(faults))) {}
    explicit OlderDesk(KioskSettings settings);

    // The holder of that card, as the province has it now.
    void serve(const std::string& service);
    world::LegacyBooks& there() { return kiosk.outside().older->books(); }
    world::LegacyCard& card() { return there().cards.at(theirCard); }
    void becomes(world::LegacyCardState state);
    bool saw(const char* page) const;
    // "ISSUE.HANDOVER, PIN.CHANGED": what is on the branch's list.
    std::string branchList();
    // Books and province tell the same story, and no screen said what was not so.
    std::vector<std::string> amiss();

    mutable SimulatedKiosk kiosk;
};

// The kiosk's power goes at one of its calls, before it is heard or after.
class CutAtCall final : public Seams, public ports::SoapLink {
  public:
    CutAtCall(int call, bool isHeard) : call_(call), isHeard_(isHeard) {}

    ports::SoapLink& soapLine(ports::SoapLink& real) override {
        real_ = &real;
        return *this;
    }
    Result<ports::SoapReply> post(const ports::SoapPost& post, Duration patience) override {
        if (++calls_ != call_) return real_->post(post, patience);
        if (isHeard_) (void)real_->post(post, patience);
        throw PowerCut{};
    }
    Result<ports::SoapReply> look(const std::string& path, Duration patience) override {
        return real_->look(path, patience);
    }
    void beginCounting() { calls_ = 0; }
    int calls() const { return calls_; }

  private:
    ports::SoapLink* real_ = nullptr;
    int call_;
    bool isHeard_;
    int calls_ = 0;
};

// A change that a visit makes of their card, and how it stands before and after.
struct OlderChange {
    const char* service;
    const char* donePage;
    const char* act;       // of the world's books
    const char* place[2];  // the call in hn and in hb
    world::LegacyCardState before;
    world::LegacyCardState after;
};
const std::vector<OlderChange>& olderChanges();

}  // namespace liqu::scenario
