// `liqu check` and `liqu check-config`: one line for each part, with what to do.
#include <cstdio>

#include "firmware/session/readiness.hpp"
#include "program/console.hpp"
#include "program/instance_lock.hpp"
#include "program/machine.hpp"

namespace liqu::program {
namespace {

class NoDisplay final : public session::Display {
  public:
    void show(session::Screen) override {}
    std::optional<session::Action> waitForAction(Instant) override { return std::nullopt; }
    void forgetPersonalData() override {}
};

std::string_view advice(const Error& error) {
    switch (remedyOf(error.code)) {
        case Remedy::tryAgain:
            return "try again";
        case Remedy::callAssistant:
            return "a technician must look at it now";
        case Remedy::goToCounter:
            return "cannot be done at this machine";
        case Remedy::comeBackLater:
            return "refill or wait, then check again";
        case Remedy::outOfService:
            return "mend it before the machine is opened";
    }
    return "";
}

}  // namespace

int runCheck(const CommonOptions& options) {
    const auto lock = InstanceLock::take(options.data);
    if (!lock) return say(lock.error());
    auto machine = Machine::assemble(options);
    if (!machine) return say(machine.error());
    NoDisplay display;
    session::SessionParts parts = (*machine)->parts(display, {});
    session::Readiness readiness(parts);
    int wrong = 0;
    for (const auto& part : readiness.parts()) {
        const auto good = part.check();
        const std::string name = part.name.substr(part.name.find('.') + 1);
        if (good) {
            std::printf("%-12s ok\n", name.c_str());
            continue;
        }
        ++wrong;
        std::printf("%-12s %s — %s\n", name.c_str(), describe(good.error()).c_str(),
                    std::string(advice(good.error())).c_str());
    }
    return wrong == 0 ? 0 : 1;
}

int runCheckConfig(const CommonOptions& options) {
    const auto files = readConfiguration(options.config);
    if (!files) return say(files.error());
    std::printf("%s is right: terminal %s, region %s, %zu lane(s)\n",
                options.config.filename().c_str(), files->kiosk.terminal.c_str(),
                files->region.policyId.c_str(), files->kiosk.lanes.size());
    return 0;
}

}  // namespace liqu::program
