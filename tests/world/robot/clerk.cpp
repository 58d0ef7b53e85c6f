#include "tests/world/robot/clerk.hpp"

#include <fmt/format.h>

namespace liqu::world {
namespace {

using std::chrono::milliseconds;

constexpr Duration lookRhythm = milliseconds(20);
constexpr Duration patience = std::chrono::seconds(30);
constexpr Duration fingerDown = milliseconds(60);
constexpr Duration betweenKeys = milliseconds(90);
constexpr Duration untilSelected = std::chrono::seconds(1);
constexpr int pressesAtMost = 3;
constexpr Duration untilPressedAgain = std::chrono::seconds(5);
constexpr Duration toRead = milliseconds(1200);
// Whoever sees nothing happen touches again.
constexpr int touchesAtMost = 4;
constexpr Duration untilTouchedAgain = std::chrono::seconds(3);

}  // namespace

Result<SeenScreen> Clerk::waitUntil(const std::function<bool(const SeenScreen&)>& fits,
                                    const std::string& what) {
    const Instant until = clock_.now() + patience;
    std::string seen = "nothing";
    while (clock_.now() < until && kioskLives_()) {
        if (const auto screen = readScreenMap(plan_.screenMap)) {
            keepPicture(*screen);
            if (fits(*screen)) return *screen;
            // Asked by the window whether anybody is there.
            if (screen->offers("more-time") && screen->name == "still-there") {
                press(*screen, "more-time");
            }
            seen = screen->name;
        }
        clock_.sleepFor(lookRhythm);
    }
    return fail(ErrorCode::visitTimedOut, "waited for " + what + ", saw " + seen);
}

void Clerk::keepPicture(const SeenScreen& screen) {
    if (screen.name == lastName_ && screen.question == lastQuestion_) return;
    lastName_ = screen.name;
    lastQuestion_ = screen.question;
    if (plan_.pictures.empty()) return;
    const std::string file = fmt::format("{:02}-{}.png", ++pictureCount_, screen.name);
    display_.savePicture(plan_.pictures / file);
    fmt::print("  {}\n", screen.name);
    std::fflush(stdout);
}

Result<SeenScreen> Clerk::waitFor(const std::string& screen) {
    return waitUntil([&](const SeenScreen& seen) { return seen.name == screen; }, screen);
}

void Clerk::press(Spot spot) {
    display_.moveTo(spot.x, spot.y);
    display_.press(spot.x, spot.y);
    clock_.sleepFor(fingerDown);
    display_.release();
}

void Clerk::press(const SeenScreen& seen, const std::string& id) {
    if (!plan_.byKeys) return press(seen.touchable.at(id));
    KeypadHand(display_, plan_.screenMap).press(seen.name, id);
}

// Some acts are told on the page they were chosen on.
bool Clerk::changes(const SeenScreen& seen, const std::string& id) {
    const Instant until = clock_.now() + untilTouchedAgain;
    while (clock_.now() < until) {
        const auto now = readScreenMap(plan_.screenMap);
        if (now && (now->name != seen.name || now->question != seen.question ||
                    now->words != seen.words || !now->offers(id)))
            return true;
        clock_.sleepFor(lookRhythm);
    }
    return false;
}

Result<SeenScreen> Clerk::find(const std::string& screen, const std::string& id) {
    constexpr const char* further = "part-next";
    constexpr int turnsAtMost = 30;
    for (int turns = 0; turns < turnsAtMost; ++turns) {
        SeenScreen seen = TRY(waitUntil(
            [&](const SeenScreen& now) {
                return now.name == screen && (now.offers(id) || now.offers(further));
            },
            screen + " with " + id));
        if (seen.offers(id)) return seen;
        clock_.sleepFor(std::chrono::duration_cast<Duration>(toRead / plan_.speed));
        press(seen, further);
        changes(seen, further);
    }
    return fail(ErrorCode::visitTimedOut, screen + " has no " + id + " on any part");
}

Result<void> Clerk::touch(const std::string& screen, const std::string& id) {
    for (int touches = 0; touches < touchesAtMost; ++touches) {
        const SeenScreen seen = TRY(find(screen, id));
        clock_.sleepFor(std::chrono::duration_cast<Duration>(toRead / plan_.speed));
        press(seen, id);
        if (changes(seen, id)) return {};
    }
    return fail(ErrorCode::visitTimedOut, id + " on " + screen + " changes nothing");
}

std::string Clerk::lookAt(Spot field) {
    return display_.pixelsOf(field.x - field.width / 2, field.y - field.height / 2, field.width,
                             field.height);
}

// A field that was selected before shows no change.
void Clerk::select(const SeenScreen& seen, const std::string& field) {
    const Spot place = seen.touchable.at(field);
    const std::string before = lookAt(place);
    press(seen, field);
    const Instant until = clock_.now() + untilSelected;
    while (clock_.now() < until && lookAt(place) == before) clock_.sleepFor(lookRhythm);
}

Result<void> Clerk::pressKey(const SeenScreen& seen, const std::string& key, Spot field) {
    for (int presses = 0; presses < pressesAtMost; ++presses) {
        const std::string before = lookAt(field);
        press(seen, key);
        clock_.sleepFor(betweenKeys);
        const Instant until = clock_.now() + untilPressedAgain;
        while (clock_.now() < until) {
            if (lookAt(field) != before) return {};
            clock_.sleepFor(lookRhythm);
        }
    }
    return fail(ErrorCode::visitTimedOut, "a key types nothing");
}

Result<void> Clerk::type(const std::string& screen, const std::string& field,
                         const std::string& text) {
    const std::string id = "field-" + field;
    const SeenScreen seen = TRY(find(screen, id));
    const Spot place = seen.touchable.at(id);
    select(seen, id);
    for (const char sign : text) {
        const std::string key = std::string("key-") + sign;
        if (!seen.offers(key)) return fail(ErrorCode::visitTimedOut, screen + " has no " + key);
        TRY(pressKey(seen, key, place));
    }
    return {};
}

Result<void> Clerk::fill(const std::string& screen,
                         const std::map<std::string, std::string>& values) {
    for (const auto& [field, text] : values) TRY(type(screen, field, text));
    if (screen == "staff-new-pin") ownPin_ = values.at("pin");
    lastName_.clear();  // a picture with what was typed
    return touch(screen, "submit");
}

Result<void> Clerk::signIn(const std::string& number, const std::string& pin) {
    const auto seen = TRY(find("staff-sign-in", "field-pin"));
    if (!seen.offers("field-badge")) {
        // Whoever signed in first types the PIN once more before the second one is asked.
        TRY(type("staff-sign-in", "pin", ownPin_));
        TRY(touch("staff-sign-in", "attendant-confirm"));
    }
    TRY(type("staff-sign-in", "badge", number));
    TRY(type("staff-sign-in", "pin", pin));
    return touch("staff-sign-in", "attendant-confirm");
}

Result<void> Clerk::comeAndSignIn(const std::string& number, const std::string& pin) {
    ownPin_ = pin;
    const auto corner = [](const SeenScreen& seen) { return seen.offers("staff-corner"); };
    constexpr int triesAtMost = 5;
    for (int tries = 0; tries < triesAtMost; ++tries) {
        for (int touches = 0; touches < 3; ++touches) {
            const auto seen = TRY(waitUntil(corner, "the corner"));
            press(seen.touchable.at("staff-corner"));
            clock_.sleepFor(milliseconds(400));
            const auto now = readScreenMap(plan_.screenMap);
            if (now && now->name == "staff-sign-in") return signIn(number, pin);
        }
        clock_.sleepFor(milliseconds(600));
        const auto now = readScreenMap(plan_.screenMap);
        if (now && now->name == "staff-sign-in") return signIn(number, pin);
    }
    return fail(ErrorCode::visitTimedOut, "the corner does not open");
}

}  // namespace liqu::world
