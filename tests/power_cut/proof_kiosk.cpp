#include "tests/power_cut/proof_kiosk.hpp"

#include <algorithm>
#include <iconv.h>

namespace liqu::proof {
namespace {

// Until the firmware runs again: the machine's own start, or the service manager's.
constexpr Duration bootTime = std::chrono::seconds{40};
constexpr Duration serviceRestart = std::chrono::seconds{2};

scenario::KioskSettings settingsFor(std::vector<std::string> faults, CutWatch& watch) {
    scenario::KioskSettings settings = scenario::oneOfMany(std::move(faults));
    settings.seams = &watch;
    return settings;
}

// The C library loads a converter's file anew each time the last user has gone.
void keepConvertersLoaded() {
    static const iconv_t toCard = ::iconv_open("GBK", "UTF-8");
    static const iconv_t fromCard = ::iconv_open("UTF-8", "GBK");
    static_cast<void>(toCard);
    static_cast<void>(fromCard);
}

}  // namespace

ProofKiosk::ProofKiosk(std::vector<std::string> faults, Sabotage sabotage)
    : watch(vfs, sabotage), kiosk(settingsFor(std::move(faults), watch)), guard(kiosk.outside()) {
    keepConvertersLoaded();
    watch.watchMotions(kiosk.outside());
    kiosk.citizen().onScreen = [this](std::string_view) { watch.somethingHappened(); };
}

void ProofKiosk::goDark(CutKind kind) {
    watch.listenToPrinter(false);
    faceUnderWay_.reset();
    if (kind == CutKind::kill) faceUnderWay_ = kiosk.outside().printer->faceUnderWay();
    if (kind == CutKind::power) kiosk.outside().losePower();
    kiosk.outside().clock.sleepFor(kind == CutKind::power ? bootTime : serviceRestart);
}

// A machine that was left alone, and nothing wrong with it, has finished the face.
bool ProofKiosk::wasCutShort() {
    if (!faceUnderWay_) return false;
    const bool faulty =
        std::ranges::any_of(kiosk.outside().faults.armed(), [](const world::ArmedFault& armed) {
            return armed.fired > 0 && world::verbOf(armed.fault).starts_with("printer.");
        });
    const world::CardPlaces places = kiosk.outside().printer->places();
    const auto found = places.find(*faceUnderWay_);
    return !faulty && found && !found->card->hasWholeFace();
}

Judgement ProofKiosk::judge() {
    Judgement judgement = Judge(kiosk, guard, staffGoOn).judge();
    if (wasCutShort()) {
        judgement.why += (judgement.why.empty() ? "" : "; ") + *faceUnderWay_ +
                         " was being printed, and the face was cut short";
        judgement.verdict = Verdict::unaccounted;
    }
    return judgement;
}

void ProofKiosk::cut(CutKind kind, MemoryDisk disk) {
    goDark(kind);
    vfs.insert(std::move(disk));
    kiosk.restartAbandoning();
}

void ProofKiosk::restart(CutKind kind, MemoryDisk disk) {
    goDark(kind);
    // Closing removes the log by its name: the old database must be closed before the disk is
    // there.
    watch.insertBeforeOpening(std::move(disk));
    kiosk.restart();
}

}  // namespace liqu::proof
