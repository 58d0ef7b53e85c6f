#include "tests/scenario/kiosk/id_card_watch.hpp"

#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

constexpr Duration slowHands = std::chrono::seconds(4);

}  // namespace

IdCardWatch::IdCardWatch(SimulatedKiosk& kiosk) : kiosk_(kiosk) {
    kiosk.citizen().liftsAfter = slowHands;
    kiosk.citizen().onScreen = [this](std::string_view page) { look(page); };
}

IdCardWatch::~IdCardWatch() {
    kiosk_.citizen().onScreen = [](std::string_view) {};
}

void IdCardWatch::look(std::string_view page) {
    // What lies on a reader without its cable nobody can know.
    const world::ReaderEngine& reader = *kiosk_.outside().idReader;
    if (!reader.plugged() || !reader.documentLies()) return;
    const auto& content = kiosk_.citizen().seen.back().content;
    const auto problem = problemOn(content);
    const bool isFree = page == "welcome" || page == "queries-only" || page == "out-of-service";
    freeTooEarly_ = freeTooEarly_ || isFree;
    lay_ = lay_ || problem || page == "already-have" || page == "take-id-card";
    askedBack_ = askedBack_ || page == "take-id-card" || (problem && problem->idCardThere);
}

}  // namespace liqu::scenario
