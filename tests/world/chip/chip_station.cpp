#include "tests/world/chip/chip_station.hpp"

#include <string>

namespace liqu::world {

void ChipStation::insert(std::shared_ptr<CardEngine> card) {
    const std::lock_guard lock(mutex_);
    if (!card->beenAtStation()) card->cameToStation(++cardsSeen_);
    card->powerOff();
    occupant_ = {std::move(card), occupant_.insertion + 1};
    for (const auto& [token, watcher] : watchers_) watcher();
}

void ChipStation::remove() {
    const std::lock_guard lock(mutex_);
    if (occupant_.card == nullptr) return;
    occupant_.card->powerOff();
    occupant_.card.reset();
    for (const auto& [token, watcher] : watchers_) watcher();
}

ChipStation::Occupant ChipStation::occupant() const {
    const std::lock_guard lock(mutex_);
    return occupant_;
}

bool ChipStation::stillThere(const Occupant& occupant) const {
    const std::lock_guard lock(mutex_);
    return occupant.card != nullptr && occupant_.card == occupant.card &&
           occupant_.insertion == occupant.insertion;
}

Bytes ChipStation::reset(const Occupant& occupant) {
    if (!stillThere(occupant)) return {};
    const Bytes answer = occupant.card->reset();
    note(occupant, "reset", answer);
    return answer;
}

void ChipStation::powerOff(const Occupant& occupant) {
    if (!stillThere(occupant)) return;
    occupant.card->powerOff();
    note(occupant, "off", {});
}

CardReply ChipStation::transmit(const Occupant& occupant, ByteView command) {
    CardReply reply;
    reply.kind = CardReply::Kind::mute;
    if (!stillThere(occupant)) return reply;
    note(occupant, ">", command);
    reply = occupant.card->transmit(command);
    switch (reply.kind) {
        case CardReply::Kind::answered:
            note(occupant, "<", reply.bytes);
            break;
        case CardReply::Kind::mute:
            note(occupant, "no answer", {});
            break;
        case CardReply::Kind::wasReset:
            note(occupant, "lost power", {});
            break;
    }
    return reply;
}

int ChipStation::addWatcher(std::function<void()> watcher) {
    const std::lock_guard lock(mutex_);
    watchers_[nextToken_] = std::move(watcher);
    return nextToken_++;
}

void ChipStation::removeWatcher(int token) {
    const std::lock_guard lock(mutex_);
    watchers_.erase(token);
}

void ChipStation::note(const Occupant& occupant, std::string_view what, ByteView bytes) {
    if (!log_) return;
    std::string line = occupant.card->serial() + " " + std::string(what);
    if (!bytes.empty()) line += " " + toHex(bytes);
    const std::lock_guard lock(logMutex_);
    log_(line);
}

}  // namespace liqu::world
