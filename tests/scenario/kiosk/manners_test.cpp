// What is the same on every screen: language, more time, calling the assistant; and a kiosk that
// must stop with a card inside.
// Rules: G-14.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/support/shown_words.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using screen::ActionKind;

TEST_CASE("a language chosen on the way stays for the visit, and not for the next person") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["is-this-you"] = {ActionKind::adjust};
    kiosk.serve();
    CHECK(screensNamed(kiosk.citizen(), "consent").at(0).frame.comfort.language ==
          screen::Language::english);
    CHECK(screensNamed(kiosk.citizen(), "next-steps").at(0).frame.comfort.language ==
          screen::Language::english);
    CHECK(kiosk.citizen().seen.back().frame.comfort.language == screen::Language::chinese);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

// "Make" and "take" are steps of a visit that makes a card, and of no other.
TEST_CASE("the steps in the header are those of what was chosen") {
    const auto says = [](const screen::Screen& screen, std::string_view key) {
        return std::ranges::any_of(test::shownWords(screen), [&](const test::ShownWords& words) {
            return words.phrase.key == key;
        });
    };
    const auto shownAt = [&](SimulatedKiosk& kiosk, std::string_view page, std::string_view key) {
        const auto shown = screensNamed(kiosk.citizen(), page);
        REQUIRE(!shown.empty());
        return says(shown.back(), key);
    };
    SimulatedKiosk card;
    card.serve();
    CHECK(shownAt(card, "consent", "frame.stage.make"));
    CHECK(shownAt(card, "next-steps", "frame.stage.take"));
    CHECK_FALSE(shownAt(card, "next-steps", "frame.stage.finish"));
    CHECK_FALSE(shownAt(card, "choose-service", "frame.stage.make"));
    SimulatedKiosk loss;
    loss.serve(cardHolder(), "loss-temporary");
    CHECK(shownAt(loss, "loss-done", "frame.stage.finish"));
    for (const screen::Screen& screen : loss.citizen().seen) {
        CHECK_FALSE(says(screen, "frame.stage.make"));
        CHECK_FALSE(says(screen, "frame.stage.take"));
    }
}

// Acknowledges so long after it was asked.
class SimulatedSite final : public ports::AttentionCaller {
  public:
    explicit SimulatedSite(Duration answersAfter) : answersAfter_(answersAfter) {}

    void call(ports::CallReason reason) override {
        reasons.push_back(reason);
        state_ = ports::CallState::asked;
        askedAt_ = clock->now();
    }
    ports::CallState state() const override {
        const bool answered =
            state_ == ports::CallState::asked && clock->now() - askedAt_ >= answersAfter_;
        return answered ? ports::CallState::acknowledged : state_;
    }
    void clear() override { state_ = ports::CallState::none; }

    const Clock* clock = nullptr;
    std::vector<ports::CallReason> reasons;

  private:
    Duration answersAfter_;
    ports::CallState state_ = ports::CallState::none;
    Instant askedAt_{};
};

TEST_CASE("staff who were called are said to be called when they have acknowledged, not before") {
    SimulatedSite site(std::chrono::seconds(1));
    KioskSettings settings = shippedSettings();
    settings.attention = &site;
    SimulatedKiosk kiosk(settings);
    site.clock = &kiosk.outside().clock;
    kiosk.citizen().touchesFirst["consent-choice"] = {ActionKind::callAssistant};
    kiosk.serve();
    using screen::StaffCall;
    CHECK(screensNamed(kiosk.citizen(), "is-this-you").at(0).frame.call == StaffCall::ready);
    std::vector<std::optional<StaffCall>> seen;
    for (const screen::Screen& screen : screensNamed(kiosk.citizen(), "consent-choice")) {
        seen.push_back(screen.frame.call);
    }
    CHECK(seen == std::vector<std::optional<StaffCall>>{StaffCall::ready, StaffCall::asked,
                                                        StaffCall::acknowledged});
    CHECK(site.reasons == std::vector{ports::CallReason::person});
    // For the next person nobody was called yet.
    CHECK(kiosk.citizen().seen.back().frame.call.value_or(StaffCall::ready) == StaffCall::ready);
}

TEST_CASE("where there is nothing to call with, no such control is drawn") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    for (const screen::Screen& screen : kiosk.citizen().seen) CHECK_FALSE(screen.frame.call);
}

TEST_CASE("more time is given on a question and before the mouth") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["consent"] = {ActionKind::moreTime};
    kiosk.citizen().touchesFirst["take-card"] = {ActionKind::moreTime};
    kiosk.serve();
    for (const char* name : {"consent", "take-card"}) {
        CAPTURE(std::string(name));
        const auto shown = screensNamed(kiosk.citizen(), name);
        REQUIRE(shown.size() >= 2);
        CHECK(*shown.back().frame.deadline > *shown.front().frame.deadline);
    }
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("a kiosk that must stop takes a card at the mouth back into its hold bin") {
    SimulatedKiosk kiosk(shippedSettings({"holder.walks-away@take-card"}));
    kiosk.citizen().onScreen = [&kiosk](std::string_view name) {
        if (name == "take-card") kiosk.stop();
    };
    kiosk.serve();
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");
    CHECK(ordersOf(kiosk) == "held");
    CHECK(disagreements(kiosk) == Names{});
}

}  // namespace
}  // namespace liqu::scenario
