#include "tests/world/robot/citizen.hpp"

#include <fmt/format.h>

namespace liqu::world {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration lookRhythm = milliseconds(20);
constexpr Duration toUnderstand = milliseconds(1500);
constexpr Duration toHandleCard = milliseconds(1200);
constexpr Duration fingerDown = milliseconds(80);
// Whoever sees nothing happen touches again.
constexpr Duration untilTouchedAgain = seconds(4);
// A closed machine may open again by itself; longer than this nobody waits.
constexpr Duration waitBeforeClosed = seconds(12);
constexpr Duration waitBeforeMending = seconds(2);

bool isBetweenVisits(const SeenScreen& screen) {
    static const std::set<std::string> names = {"starting", "recovering", "out-of-service",
                                                "queries-only", "welcome"};
    return names.contains(screen.name);
}

// Other screens may name an error that is mended at once, such as a wrong PIN.
bool saysWhyNot(const SeenScreen& screen) {
    static const std::set<std::string> names = {"out-of-service", "queries-only", "problem",
                                                "loss-failed"};
    return names.contains(screen.name);
}

}  // namespace

Citizen::Citizen(World world, CitizenPlan plan)
    : world_(std::move(world)),
      plan_(std::move(plan)),
      random_(plan_.seed),
      typist_(world_.display, {plan_.screenMap, {}, plan_.speed, plan_.byKeys}, world_.kioskLives),
      keys_(world_.display, plan_.screenMap) {
    report_.screens = plan_.screensBefore;
}

CitizenReport Citizen::visit(Duration atMost) {
    const Instant until = clock_.now() + atMost;
    closedSince_ = clock_.now();
    while (clock_.now() < until) {
        if (!world_.kioskLives()) {
            report_.trouble = "the kiosk ended in the middle of the visit";
            return report_;
        }
        const auto screen = readScreenMap(plan_.screenMap);
        if (screen) {
            noticeScreen(*screen);
            if (respond(*screen)) {
                report_.visitEnded = true;
                return report_;
            }
        }
        clock_.sleepFor(lookRhythm);
    }
    report_.trouble = "the visit did not end; last screen: " + lastShown_;
    return report_;
}

void Citizen::noticeScreen(const SeenScreen& screen) {
    if (!screen.reason.empty() && saysWhyNot(screen)) report_.reason = screen.reason;
    static const std::set<std::string> tells = {
        "already-have", "progress",           "card-state",       "loss-done",
        "loss-already", "loss-none",          "loss-unconfirmed", "loss-formal-done",
        "release-done", "pin-done",           "pin-unlocked",     "data-done",
        "enable-done",  "withdraw-done",      "guide-topic",      "loss-other-bank",
        "release-none", "loss-formal-already"};
    if (tells.contains(screen.name)) report_.found = screen.question;
    const std::string shown = screen.name + " " + screen.question + " " + screen.language;
    if (shown == lastShown_) return;
    lastShown_ = shown;
    report_.screens.push_back(screen.name);
    if (!plan_.pictures.empty()) tellScreen(screen.name);
    if (world_.onScreen) world_.onScreen(screen.name);
}

void Citizen::tellScreen(const std::string& name) {
    const std::string file = fmt::format("{:02}-{}.png", report_.screens.size(), name);
    if (!world_.display.savePicture(plan_.pictures / file)) {
        fmt::print("  (no picture of {})\n", name);
    }
    fmt::print("  {}\n", name);
    std::fflush(stdout);
}

// What the window lays over the page that is asked.
bool Citizen::respondToOverlay(const SeenScreen& screen) {
    if (screen.name == "still-there" && !away_) touch(screen, "more-time");
    if (screen.name == "settings") {
        if (screen.language != plan_.language) {
            touch(screen, "language." + plan_.language);
        } else if (plan_.listens && !screen.offers("volume.up")) {
            touch(screen, "speech.loud");
        } else {
            listened_ = plan_.listens;
            touch(screen, "finish");
        }
    }
    return screen.name == "still-there" || screen.name == "settings";
}

bool Citizen::respond(const SeenScreen& screen) {
    if (respondToOverlay(screen)) return false;
    if (isBetweenVisits(screen)) return respondBetweenVisits(screen);
    closedSince_ = clock_.now();
    if (!away_ && leaves(screen)) return false;
    if (!away_) respondInVisit(screen);
    return false;
}

bool Citizen::respondBetweenVisits(const SeenScreen& screen) {
    const bool closedLong = clock_.now() - closedSince_ > waitBeforeClosed;
    if (clock_.now() - closedSince_ > waitBeforeMending) mendCables();
    if (begun_) {
        if (world_.idReader.documentLies()) world_.idReader.lift();
        const bool plugged = world_.idReader.plugged() && world_.printer.plugged();
        return screen.name == "welcome" || (screen.name == "queries-only" && plugged) || closedLong;
    }
    if (!screen.offers("start")) return closedLong && screen.name == "out-of-service";
    if (screen.language != plan_.language || (plan_.listens && !listened_)) {
        touch(screen, "settings");
        return false;
    }
    touch(screen, plan_.service.starts_with("guide") ? "guide" : "start");
    return false;
}

// Somebody of the branch sees the closed machine and puts back a cable that came loose.
void Citizen::mendCables() {
    if (begun_ && !world_.idReader.plugged()) world_.idReader.plugIn();
    if (begun_ && !world_.printer.plugged()) world_.printer.plugIn();
}

void Citizen::respondInVisit(const SeenScreen& screen) {
    begun_ = true;
    handleIdCard(screen);
    if (respondInGuide(screen) || respondWithOwnCard(screen) || respondWithWords(screen)) return;
    if (screen.name == "choose-service") {
        touch(screen, plan_.service);
    } else if (screen.name == "which-card") {
        touch(screen, "card-0");
    } else if (screen.name == "take-card") {
        takeCard();
    } else {
        touchFirst(screen, {"confirm", "finish"});
    }
}

// The ID card goes down where it is asked for, and up again with the new card, unless it is
// forgotten or another one is left in its place.
void Citizen::handleIdCard(const SeenScreen& screen) {
    const bool lies = world_.idReader.documentLies();
    if (screen.name == "lay-down-id-card" && !lies) {
        pause(toHandleCard);
        world_.idReader.layDown(plan_.document);
    } else if (screen.name == "take-id-card" && lies) {
        pause(toHandleCard);
        world_.idReader.lift();
    } else if ((screen.name == "next-steps" || screen.name == "problem") && lies) {
        world_.idReader.lift();
    }
}

void Citizen::takeCard() {
    if (report_.takenCard) return;
    const Instant begin = clock_.now();
    pause(toHandleCard);
    const auto card = world_.printer.take(clock_.now());
    world_.onPause(begin, clock_.now());
    if (!card) return;
    report_.takenCard = *card;
    if (world_.faults.strikes(Fault::holderForgetsIdCard)) return;
    world_.idReader.lift();
    if (world_.faults.strikes(Fault::holderSwapsIdCard)) {
        Document other = documents::residentRareName();
        if (other.number == plan_.document.number) other = documents::resident();
        world_.idReader.layDown(other);
    }
}

bool Citizen::leaves(const SeenScreen& screen) {
    if (screen.name == "making") return false;  // nothing can be touched, and the card is coming
    if (world_.faults.strikes(Fault::holderWalksAway, screen.name)) {
        away_ = true;
        begun_ = true;
        if (world_.idReader.documentLies()) world_.idReader.lift();
        return true;
    }
    const char* way = screen.offers("home") ? "home" : "decline";
    if (!screen.offers(way) || lastShown_ == touchedShown_) return false;
    const bool wantsHome = screen.name == plan_.leavesAt;
    if (!wantsHome && !world_.faults.strikes(Fault::holderCancels, screen.name)) return false;
    begun_ = true;
    touch(screen, way);
    return true;
}

void Citizen::touch(const SeenScreen& screen, const std::string& id) {
    const bool touchedAlready = lastShown_ == touchedShown_;
    if (touchedAlready && clock_.now() - touchedAt_ < untilTouchedAgain) return;
    pause(toUnderstand);
    // The person may have read slowly: the screen must still be the one that was read.
    const auto now = readScreenMap(plan_.screenMap);
    if (!now || now->name != screen.name) return;
    // It may stand on a later part of the page.
    const bool isFurther = !now->offers(id) && now->offers("part-next");
    if (!isFurther && !now->offers(id)) return;
    if (world_.onTouch && !isFurther) world_.onTouch(screen.name, id);
    const std::string target = isFurther ? "part-next" : id;
    if (plan_.byKeys) {
        keys_.press(screen.name, target);
    } else {
        touchAt(now->touchable.at(target));
    }
    if (isFurther) return;
    touchedShown_ = lastShown_;
    touchedAt_ = clock_.now();
}

void Citizen::touchAt(const Spot& spot) {
    world_.display.moveTo(spot.x, spot.y);
    world_.display.press(spot.x, spot.y);
    // A real finger's touch is never shorter, however fast the world runs.
    clock_.sleepFor(fingerDown);
    world_.display.release();
}

void Citizen::touchFirst(const SeenScreen& screen, std::initializer_list<const char*> ids) {
    for (const char* id : ids) {
        if (screen.offers(id)) return touch(screen, id);
    }
    if (screen.offers("part-next")) touch(screen, *ids.begin());
}

// A human pause, a third shorter or longer.
void Citizen::pause(Duration usual) {
    const double part = 0.67 + 0.66 * static_cast<double>(random_.below(1000)) / 1000.0;
    clock_.sleepFor(std::chrono::duration_cast<Duration>(usual * part / plan_.speed));
}

}  // namespace liqu::world
