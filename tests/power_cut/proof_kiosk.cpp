#include "tests/power_cut/proof_kiosk.hpp"

#include <algorithm>
#include <iconv.h>

#include "tests/power_cut/own_card.hpp"

namespace liqu::proof {
namespace {

// Until the firmware runs again: the machine's own start, or the service manager's.
constexpr Duration bootTime = std::chrono::seconds{40};
constexpr Duration serviceRestart = std::chrono::seconds{2};
// A month before the simulated world begins.
constexpr WallTime builtAt{std::chrono::sys_days{std::chrono::year{2024} / 5 / 1}};

scenario::KioskSettings settingsFor(std::vector<std::string> faults, CutWatch& watch,
                                    WatchedFees& fees, ProofKiosk::Adapt adapt) {
    scenario::KioskSettings settings = scenario::oneOfMany(std::move(faults));
    if (adapt != nullptr) adapt(settings);
    if (settings.region.fee.channel == policy::FeeChannel::qr) settings.payments = &fees;
    settings.seams = &watch;
    settings.builtAt = builtAt;
    return settings;
}

std::string_view textIn(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The C library loads a converter's file anew each time the last user has gone.
void keepConvertersLoaded() {
    static const iconv_t toCard = ::iconv_open("GB18030", "UTF-8");
    static const iconv_t fromCard = ::iconv_open("UTF-8", "GB18030");
    static_cast<void>(toCard);
    static_cast<void>(fromCard);
}

}  // namespace

ProofKiosk::ProofKiosk(std::vector<std::string> faults, Sabotage sabotage, Adapt adapt)
    : watch(vfs, sabotage),
      kiosk(settingsFor(std::move(faults), watch, fees, adapt)),
      guard(kiosk.outside()),
      stage(kiosk, watch) {
    keepConvertersLoaded();
    watch.watchMotions(kiosk.outside());
    fees.service.clock = &kiosk.outside().clock;
    fees.service.onPaid = [this](const scenario::FeeService::Order& order) {
        const bool isRight = order.paid == order.amount;
        kiosk.truth().breaks(isRight ? &truth::Truth::feeArrived : &truth::Truth::feeDiffers);
    };
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

// Sealed or not at all: nobody's number or name may be read off the disk.
std::string ProofKiosk::plainTraces() {
    const world::Books& province = kiosk.outside().province();
    std::map<std::string, Bytes> contents;
    for (const auto& [file, content] : vfs.disk().files()) contents[file] = content.bytes();
    for (const auto& [number, application] : province.applications) {
        const world::Person& person = province.persons.at(application.socialNumber);
        for (const std::string& text : {person.socialNumber, person.name}) {
            for (const auto& [file, content] : contents) {
                if (textIn(content).find(text) != std::string_view::npos) {
                    return "a person's number or name is in " + file + " in plain text";
                }
            }
        }
    }
    return {};
}

Judgement ProofKiosk::judgeCards() {
    stage.putRight();
    return Judge(kiosk, guard, stage, staffGoOn).judge();
}

// Fees and PINs, which are no cards of the machine.
std::string ProofKiosk::sideBooks() {
    const bool provinceForgot = stage.provinceEverFellBack();
    const FellBack fellBack =
        provinceForgot || stage.booksEverFellBack() ? FellBack::somebody : FellBack::nobody;
    const std::string fee = unsettledFees(kiosk, fees.service, fellBack);
    return fee.empty() ? pinsDisagree(kiosk, provinceForgot) : fee;
}

Judgement ProofKiosk::judge() {
    Judgement judgement = judgeCards();
    const auto add = [&judgement](const std::string& what) {
        if (what.empty()) return;
        judgement.why += (judgement.why.empty() ? "" : "; ") + what;
        judgement.verdict = Verdict::unaccounted;
    };
    add(plainTraces());
    add(sideBooks());
    if (wasCutShort()) add(*faceUnderWay_ + " was being printed, and the face was cut short");
    return judgement;
}

void ProofKiosk::cut(const Comeback& comeback, MemoryDisk disk) {
    goDark(comeback.kind);
    vfs.insert(stage.strike(comeback.aftermath, std::move(disk), comeback.choice));
    stage.startsWithoutKey();
    kiosk.restartAbandoning();
}

void ProofKiosk::restart(const Comeback& comeback, MemoryDisk disk,
                         const std::function<void()>& diskIsThere) {
    goDark(comeback.kind);
    MemoryDisk found = stage.strike(comeback.aftermath, std::move(disk), comeback.choice);
    // Closing removes the log by its name: the old database must be closed before the disk is
    // there.
    kiosk.restart([&] {
        vfs.insert(std::move(found));
        stage.startsWithoutKey();
        diskIsThere();
    });
}

}  // namespace liqu::proof
