#include "ui/screens/pages.hpp"

#include <algorithm>

namespace liqu::ui {

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
    const auto* take = std::get_if<screen::TakeCardScreen>(&screen.content);
    const bool moreTime = frame.canHaveMoreTime && (take == nullptr || take->moreTimeOffered);
    PageFrame result{.canGoBack = frame.canGoBack,
                     .canGoHome = frame.canGoHome,
                     .canSwitchLanguage = frame.canSwitchLanguage,
                     .call = frame.call,
                     .secondsLeft = std::nullopt,
                     .moreTimeOffered = moreTime,
                     .signedIn = frame.signedIn};
    if (frame.deadline) {
        const auto left = std::max(Duration::zero(), *frame.deadline - now);
        result.secondsLeft =
            static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
    }
    return result;
}

}  // namespace liqu::ui
