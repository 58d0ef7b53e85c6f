#include "tests/world/legacy_province/legacy_front.hpp"

namespace liqu::world {

LegacyAnswer LegacyFront::receive(const LegacyRequest& request) {
    const std::lock_guard lock(mutex_);
    return engine_.handle(request, clock_.wallTime());
}

void LegacyFront::use(const std::function<void(LegacyEngine&, WallTime now)>& act) {
    const std::lock_guard lock(mutex_);
    act(engine_, clock_.wallTime());
}

std::string LegacyFront::evidenceJson() {
    const std::lock_guard lock(mutex_);
    return dump(engine_.books());
}

LegacyExchange exchangeInProcess(LegacyFront& front, Clock& clock, const LegacyRequest& request,
                                 Duration patience) {
    LegacyAnswer answer = front.receive(request);
    if (answer.line == LegacyLine::neverArrived) return {LegacyFate::neverSent, {}};
    const bool late = answer.delay > patience;
    clock.sleepFor(late ? patience : answer.delay);
    if (late || answer.line == LegacyLine::noAnswer) return {LegacyFate::unknown, {}};
    if (answer.line == LegacyLine::halfAnswer) {
        answer.body.resize(answer.body.size() / 2);
        return {LegacyFate::torn, std::move(answer)};
    }
    return {LegacyFate::answered, std::move(answer)};
}

}  // namespace liqu::world
