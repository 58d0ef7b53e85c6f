#include "tests/scenario/staff/control_explorer.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/support/controls.hpp"
#include "tests/support/shown_words.hpp"

namespace liqu::scenario {

using screen::Action;
using screen::ActionKind;

namespace {

std::string nameOf(const screen::Screen& screen) {
    return std::string(screen::nameOf(screen.content));
}

std::string questionOf(const screen::Screen& screen) {
    if (const auto* page = std::get_if<screen::StaffPageScreen>(&screen.content)) {
        return nameOf(screen) + " " + page->title.key;
    }
    if (const auto* form = std::get_if<screen::StaffFormScreen>(&screen.content)) {
        return nameOf(screen) + " " + form->title.key;
    }
    if (const auto* asked = std::get_if<screen::StaffSignInScreen>(&screen.content)) {
        const bool again = asked->asks != screen::SignInAsks::numberAndPin;
        return nameOf(screen) + (again ? " again" : asked->act.empty() ? "" : " second");
    }
    return nameOf(screen);
}

// What somebody in front of it sees. The time that runs out is no answer, except to who asks for
// more of it.
std::string looksOf(const screen::Screen& screen, ActionKind touched) {
    std::string looks = nameOf(screen) + " " + std::string(nameOf(screen.frame.comfort.language));
    for (const auto& [phrase, as] : test::shownWords(screen)) {
        if (phrase.key == "frame.time-left") continue;
        looks += "\n" + phrase.key;
        for (const auto& [name, value] : phrase.values) looks += " " + value;
    }
    if (touched == ActionKind::moreTime && screen.frame.deadline) {
        looks += std::to_string(screen.frame.deadline->time_since_epoch().count());
    }
    return looks;
}

// What nobody would type: a form answers to it too.
Action actionOf(const test::Control& control, const screen::Screen& screen) {
    Action action;
    action.kind = control.action;
    action.choice = control.choice;
    if (control.action == ActionKind::attendantConfirm) {
        action.typed.emplace("badge", SecretText("4711"));
        action.typed.emplace("pin", SecretText("999998"));
    }
    if (const auto* form = std::get_if<screen::StaffFormScreen>(&screen.content);
        form != nullptr && control.action == ActionKind::submit) {
        for (const screen::Field& field : form->fields) {
            action.typed.emplace(field.id, SecretText("1"));
        }
    }
    return action;
}

// What leaves the page comes last.
std::vector<test::Control> inOrder(const screen::Screen& screen) {
    std::vector<test::Control> controls = test::controlsOf(screen);
    const auto rank = [](const test::Control& control) {
        return control.action == ActionKind::home ? 2 : control.action == ActionKind::back ? 1 : 0;
    };
    std::ranges::stable_sort(controls, {}, rank);
    return controls;
}

}  // namespace

void ControlExplorer::judge(const screen::Screen& screen) {
    CAPTURE(touched_->question);
    CAPTURE(std::string(nameOf(touched_->control.action)));
    CAPTURE(touched_->control.choice);
    CHECK(touched_->looks != looksOf(screen, touched_->control.action));
    touched_.reset();
}

std::optional<Action> ControlExplorer::at(const screen::Screen& screen) {
    if (touched_) judge(screen);
    if (!nameOf(screen).starts_with("staff-")) {
        if (origin_) throw LostTheWay();
        return std::nullopt;
    }
    const std::string question = questionOf(screen);
    if (origin_ == question) origin_.reset();
    for (const test::Control& control : inOrder(screen)) {
        // What stands around every page is the same for all questions of a kind.
        const bool around = control.action != ActionKind::choose &&
                            control.action != ActionKind::submit &&
                            control.action != ActionKind::attendantConfirm;
        if (!tried_.insert({around ? nameOf(screen) : question, control}).second) continue;
        if (!origin_) origin_ = question;
        touched_ = Touched{question, control, looksOf(screen, control.action)};
        anything_ = true;
        return actionOf(control, screen);
    }
    if (!origin_) return std::nullopt;
    constexpr int waysBack = 12;
    if (!screen.frame.canGoBack || ++backs_ > waysBack) throw LostTheWay();
    return actionOf({ActionKind::back}, screen);
}

}  // namespace liqu::scenario
