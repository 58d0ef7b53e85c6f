#include "tests/scenario/legacy_kiosk/older_desk.hpp"

#include <algorithm>

#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using policy::ServiceMode;
using world::LegacyCardState;

constexpr const char* initialPin = "123456";
constexpr const char* freshPin = "582047";

void allow(KioskSettings& settings, const char* id, ServiceMode mode,
           std::map<std::string, std::int64_t> terms) {
    policy::ServiceRule& rule = settings.region.services[id];
    rule.mode = mode;
    if (rule.basis.empty()) rule.basis = "Guangdong Art.16(1)";
    for (const auto& [name, value] : terms) rule.terms[name] = value;
}

}  // namespace

KioskSettings olderDeskSettings(const std::string& province, std::vector<std::string> faults) {
    KioskSettings settings = olderSettings(province, std::move(faults));
    settings.takesPins = true;
    allow(settings, "enable", ServiceMode::attended, {{"firstPin", 1}, {"temporaryCardBlocks", 0}});
    for (const char* id : {"pin-first", "pin-change"})
        allow(settings, id, ServiceMode::self,
              {{"offline", 0}, {"idRequired", 1}, {"otherProvinces", 0}});
    allow(settings, "loss-formal", ServiceMode::attended,
          {{"linkedBank", 1}, {"final", 0}, {"releasable", 1}, {"ownBankOnly", 0}});
    allow(settings, "loss-release", ServiceMode::attended,
          {{"linkedBank", 1}, {"formal", 1}, {"ownBankOnly", 0}});
    return settings;
}

OlderDesk::OlderDesk(KioskSettings settings) : kiosk(std::move(settings)) {
    addAttendant(kiosk, staff::Role::attendant, Pin::own);
    kiosk.citizen().attendant = attendantTypes();
    kiosk.outside().ownCard =
        kiosk.outside().cardOf(cardHolder(), theirCard, "3.00", initialPin, {},
                               kiosk.outside().older->engine->profile().city);
}

void OlderDesk::serve(const std::string& service) {
    kiosk.citizen().pins = {initialPin, freshPin, freshPin};
    kiosk.serve(cardHolder(), service);
    kiosk.settle();
}

void OlderDesk::becomes(LegacyCardState state) {
    card().state = state;
    card().beforeLoss = LegacyCardState::normal;
}

bool OlderDesk::saw(const char* page) const {
    return sawScreen(kiosk.citizen(), page);
}

std::string OlderDesk::branchList() {
    std::string all;
    const auto rows = kiosk.database().query("SELECT message_type FROM branch_list").value();
    for (const storage::Row& row : rows) all += (all.empty() ? "" : ", ") + row.text(0);
    return all;
}

std::vector<std::string> OlderDesk::amiss() {
    auto found = disagreements(kiosk);
    const auto& lies = kiosk.truth().lies();
    found.insert(found.end(), lies.begin(), lies.end());
    return found;
}

const std::vector<OlderChange>& olderChanges() {
    static const std::vector<OlderChange> all = {{"loss-temporary",
                                                  "loss-done",
                                                  "loss-temporary",
                                                  {"临时挂失", "setCard"},
                                                  LegacyCardState::normal,
                                                  LegacyCardState::temporarilyLost},
                                                 {"loss-formal",
                                                  "loss-formal-done",
                                                  "loss-formal",
                                                  {"正式挂失", "setCard"},
                                                  LegacyCardState::normal,
                                                  LegacyCardState::formallyLost},
                                                 {"loss-release",
                                                  "release-done",
                                                  "release",
                                                  {"解除挂失", "setCard"},
                                                  LegacyCardState::temporarilyLost,
                                                  LegacyCardState::normal},
                                                 {"enable",
                                                  "enable-done",
                                                  "enable",
                                                  {"领卡启用", "setStart"},
                                                  LegacyCardState::sealed,
                                                  LegacyCardState::normal}};
    return all;
}

}  // namespace liqu::scenario
