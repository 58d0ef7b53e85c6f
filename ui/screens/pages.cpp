#include "ui/screens/pages.hpp"

#include <algorithm>

namespace liqu::ui {

namespace {

bool offersMoreTime(const screen::Screen& screen) {
    const auto* take = std::get_if<screen::TakeCardScreen>(&screen.content);
    return screen.frame.canHaveMoreTime && (take == nullptr || take->moreTimeOffered);
}

// A code that a telephone reads.
bool isScanned(const screen::ScreenContent& content) {
    const auto* page = std::get_if<screen::PersonPage>(&content);
    if (page == nullptr) return false;
    const auto isCode = [](const screen::PagePart& part) {
        return std::holds_alternative<screen::QrCode>(part);
    };
    return std::ranges::any_of(page->parts, isCode) || std::ranges::any_of(page->beside, isCode);
}

}  // namespace

Page pageOf(const screen::Screen& screen) {
    Page page = std::visit(
        [&screen](const auto& content) {
            if constexpr (requires { pageOf(content, screen.frame); }) {
                return pageOf(content, screen.frame);
            } else {
                return pageOf(content);
            }
        },
        screen.content);
    page.name = nameOf(screen.content);
    return page;
}

PageFrame frameOf(const screen::Screen& screen, Instant now) {
    const screen::Frame& frame = screen.frame;
    PageFrame result{.canGoBack = frame.canGoBack,
                     .canGoHome = frame.canGoHome,
                     .canAdjust = frame.canAdjust,
                     .call = frame.call,
                     .secondsLeft = std::nullopt,
                     .moreTimeOffered = offersMoreTime(screen),
                     .signedIn = frame.signedIn,
                     .makesCard = frame.makesCard};
    if (!canBeAskedOver(screen)) result.secondsLeft = secondsLeft(frame, now);
    return result;
}

bool canBeAskedOver(const screen::Screen& screen) {
    const bool toBeTaken = std::holds_alternative<screen::TakeCardScreen>(screen.content) ||
                           std::holds_alternative<screen::TakeIdCardScreen>(screen.content);
    return offersMoreTime(screen) && !toBeTaken && !isScanned(screen.content);
}

std::optional<int> secondsLeft(const screen::Frame& frame, Instant now) {
    if (!frame.deadline) return std::nullopt;
    const auto left = std::max(Duration::zero(), *frame.deadline - now);
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

}  // namespace liqu::ui
