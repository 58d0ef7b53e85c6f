#include "firmware/session/staff_pages.hpp"

namespace liqu::session {

namespace {

// Not faster: the sensors are read over the wire that the making uses too.
constexpr Duration liveRhythm = std::chrono::seconds{1};

}  // namespace

std::optional<Action> StaffPages::unlocking(const Asking& asking) {
    while (true) {
        auto action = asking();
        if (action || !unlock_ || !conversation_.wasSilent()) return action;
        conversation_.sayGoodbye();
        if (!unlock_()) return std::nullopt;
    }
}

std::optional<Action> StaffPages::ask(const ScreenContent& content, const Manners& manners) {
    return unlocking([&] { return conversation_.ask(content, manners); });
}

std::optional<std::string> StaffPages::showLive(const LivePage& page) {
    bool over = false;
    const auto outcome = std::exchange(outcome_, std::nullopt);
    const auto content = [&]() -> std::optional<ScreenContent> {
        auto now = page();
        over = !now;
        if (!now) return std::nullopt;
        if (outcome) now->notices.insert(now->notices.begin(), *outcome);
        return ScreenContent(std::move(*now));
    };
    const auto action =
        unlocking([&] { return conversation_.askLive(content, liveRhythm, {.canGoBack = true}); });
    if (over) return std::string();
    if (!action) return std::nullopt;
    return action->kind == ActionKind::choose ? action->choice : "back";
}

std::optional<std::string> StaffPages::showContent(const ScreenContent& content,
                                                   const Manners& manners) {
    const auto action = ask(content, manners);
    if (!action) return std::nullopt;
    return action->kind == ActionKind::choose ? action->choice : "back";
}

void StaffPages::addOutcome(std::vector<Notice>& notices) {
    if (outcome_) notices.insert(notices.begin(), std::move(*outcome_));
    outcome_.reset();
}

std::optional<std::string> StaffPages::show(StaffPageScreen page, const Manners& manners) {
    addOutcome(page.notices);
    return showContent(std::move(page), manners);
}

std::optional<std::string> StaffPages::show(StaffMenuScreen menu, const Manners& manners) {
    addOutcome(menu.notices);
    return showContent(std::move(menu), manners);
}

std::optional<Action> StaffPages::fill(const StaffFormScreen& form) {
    StaffFormScreen shown = form;
    addOutcome(shown.notices);
    auto action = ask(std::move(shown), {.canGoBack = true});
    if (!action || action->kind == ActionKind::back) return std::nullopt;
    return action;
}

void StaffPages::tell(const Error& error) {
    parts_.log.trouble("staff", error);
    StaffPageScreen page;
    page.name = "staff-problem";
    page.title = {"staff.problem.title"};
    page.notices = noticesOf(error);
    page.ways = {mainWay("understood", "staff.understood")};
    show(std::move(page));
}

void StaffPages::tellDone(Phrase words, std::vector<StaffFact> facts, StaffTable table,
                          std::vector<Notice> more) {
    StaffPageScreen page;
    page.name = "staff-done";
    page.title = {"staff.done.title"};
    page.notices = std::move(more);
    page.notices.insert(page.notices.begin(), {std::move(words), Tone::success});
    page.facts = std::move(facts);
    if (!table.columns.empty()) page.tables.push_back(std::move(table));
    page.ways = {mainWay("understood", "staff.understood")};
    show(std::move(page));
}

std::optional<std::string> askReason(StaffPages& pages, const std::string& what,
                                     std::initializer_list<const char*> reasons) {
    StaffPageScreen page;
    page.name = "staff-reason";
    page.title = {"staff.reason.for-" + what};
    for (const char* reason : reasons) {
        page.tiles.push_back(way(reason, std::string("staff.reason.") + reason));
    }
    auto chosen = pages.show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return chosen;
}

}  // namespace liqu::session
