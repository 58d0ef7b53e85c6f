// A robot that plays the staff at the real window: finds what it needs in the screen map, touches
// it through the X server, types on the keys that are drawn, and keeps a picture of every screen.
#pragma once

#include <functional>
#include <map>

#include "firmware/base/clock.hpp"
#include "tests/window/ui/private_display.hpp"
#include "tests/world/robot/keypad_hand.hpp"
#include "tests/world/robot/screen_sight.hpp"

namespace liqu::world {

struct ClerkPlan {
    std::filesystem::path screenMap;
    std::filesystem::path pictures;  // folder; empty: none are kept, nothing is said
    double speed = 1.0;
    bool byKeys = false;  // touches nothing
};

class Clerk {
  public:
    Clerk(test::PrivateDisplay& display, ClerkPlan plan, std::function<bool()> kioskLives)
        : display_(display), plan_(std::move(plan)), kioskLives_(std::move(kioskLives)) {}

    // Each fails with what was seen instead.
    Result<SeenScreen> waitFor(const std::string& screen);
    Result<void> touch(const std::string& screen, const std::string& id);
    Result<void> type(const std::string& screen, const std::string& field, const std::string& text);
    // All fields of a form, then its answer.
    Result<void> fill(const std::string& screen, const std::map<std::string, std::string>& values);
    Result<void> signIn(const std::string& number, const std::string& pin);
    // Three touches where nothing is to be seen, then number and PIN.
    Result<void> comeAndSignIn(const std::string& number, const std::string& pin);

    int pictures() const { return pictureCount_; }

  private:
    Result<SeenScreen> waitUntil(const std::function<bool(const SeenScreen&)>& fits,
                                 const std::string& what);
    // On whichever part of the page it stands.
    Result<SeenScreen> find(const std::string& screen, const std::string& id);
    // Whether something else is on the glass, soon.
    bool changes(const SeenScreen& seen, const std::string& id);
    void press(Spot spot);
    // By touch or by keys.
    void press(const SeenScreen& seen, const std::string& id);
    std::string lookAt(Spot field);
    void select(const SeenScreen& seen, const std::string& field);
    // Like anybody who types: the next key only when the field shows this one.
    Result<void> pressKey(const SeenScreen& seen, const std::string& key, Spot field);
    void keepPicture(const SeenScreen& screen);

    test::PrivateDisplay& display_;
    ClerkPlan plan_;
    std::function<bool()> kioskLives_;
    SystemClock clock_;
    std::string ownPin_;  // of whoever signed in; asked again before a second person is
    std::string lastName_;
    std::string lastQuestion_;
    int pictureCount_ = 0;
};

}  // namespace liqu::world
