#include "tests/window/ui/geometry_check.hpp"

#include <doctest/doctest.h>
#include <iterator>

#include "tests/support/shown_words.hpp"

namespace liqu::test {

namespace {

// Screens on which the person only waits or does something outside the screen.
bool needsNoAnswer(std::string_view name) {
    for (const auto* one :
         {"starting", "recovering", "out-of-service", "lay-down", "choose", "which-card", "making",
          "take-card", "take-id-card", "waiting", "guide-list", "citizens-card", "take-citizens",
          "fee-code", "fee-arrived", "item-occupation", "old-card", "data-choose"}) {
        if (name.starts_with(one)) return true;
    }
    return false;
}

bool overlap(const ui::Rect& one, const ui::Rect& other) {
    return one.x < other.right() && other.x < one.right() && one.y < other.bottom() &&
           other.y < one.bottom();
}

}  // namespace

void checkGeometry(const ui::ScreenMap& map, ui::Size window, std::string_view name,
                   const screen::Frame& frame, float leastTarget) {
    const ui::Rect whole{0, 0, window.width, window.height};
    std::size_t primaries = 0;
    for (std::size_t i = 0; i < map.entries().size(); ++i) {
        const ui::MapEntry& entry = map.entries()[i];
        CAPTURE(entry.id);
        CHECK(entry.fits);
        CHECK(whole.contains(entry.place));
        if (entry.role == ui::Role::primary) ++primaries;
        if (entry.role >= ui::Role::primary) {
            CHECK(entry.place.width >= leastTarget - 0.5F);
            CHECK(entry.place.height >= leastTarget - 0.5F);
        }
        if (entry.id == "body") continue;
        for (std::size_t j = i + 1; j < map.entries().size(); ++j) {
            const ui::MapEntry& other = map.entries()[j];
            if (other.id == "body") continue;
            CAPTURE(other.id);
            // A hair's breadth is rounding.
            CHECK_FALSE(overlap(entry.place.inset(1), other.place.inset(1)));
        }
    }
    // Staff have menus and lists; a page of theirs has one main way at most.
    const bool free = name.starts_with("staff-");
    // Where a page goes on, its own answers stand at the end.
    const bool goesOn = map.find("part-next") != nullptr;
    if (free) {
        CHECK(primaries <= 1U);
    } else if (goesOn) {
        CHECK(primaries == 1U);
    } else {
        CHECK(primaries == (needsNoAnswer(name) ? 0U : 1U));
    }
    CHECK(map.find("question") != nullptr);
    // What is drawn acts, and what acts is drawn.
    CHECK((map.find("settings") != nullptr) == frame.canAdjust);
    CHECK((map.find("call-assistant") != nullptr) == frame.call.has_value());
    CHECK((map.find("home") != nullptr) == frame.canGoHome);
    CHECK((map.find("back") != nullptr) == frame.canGoBack);
}

std::vector<GalleryScreen> allScreens(screen::Language language, Instant until) {
    auto screens = gallery(language, until);
    auto problems = problemGallery(language);
    screens.insert(screens.end(), std::make_move_iterator(problems.begin()),
                   std::make_move_iterator(problems.end()));
    // Nobody is asked whether they are still there: the page itself is looked at.
    for (GalleryScreen& one : screens) {
        if (one.screen.frame.deadline) one.screen.frame.deadline = until;
    }
    return screens;
}

std::set<std::string> keysOf(const screen::Screen& screen) {
    std::set<std::string> keys;
    for (const auto& words : shownWords(screen)) keys.insert(words.phrase.key);
    return keys;
}

std::string keysText(const std::set<std::string>& keys) {
    std::string text;
    for (const std::string& key : keys) text += key + " ";
    return text;
}

}  // namespace liqu::test
