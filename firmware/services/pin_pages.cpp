#include "firmware/services/pin_pages.hpp"

#include "firmware/screen/error_words.hpp"
#include "firmware/services/loss_pages.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {

using namespace screen;

namespace {

PersonPage pinPage(const char* name, Picture picture) {
    PersonPage page{.name = name, .stage = VisitStage::confirm};
    page.question = {std::string(name) + ".question"};
    page.picture = picture;
    page.buttons = {{ActionKind::finish, {"pin.understood"}, true}};
    return page;
}

// What can be done about it; the words of chip errors speak of blank cards.
Phrase adviceOn(ErrorCode code) {
    switch (code) {
        case ErrorCode::chipRemoved:
        case ErrorCode::chipMute:
        case ErrorCode::chipWasReset:
        case ErrorCode::chipReplyTorn:
            return {"pin-failed.card-gone"};
        case ErrorCode::chipIdentityDiffers:
            return {"pin-failed.other-card"};
        case ErrorCode::pinCardDead:
        case ErrorCode::chipBlocked:
            return {"pin-failed.dead"};
        case ErrorCode::provinceUnreachable:
        case ErrorCode::provinceOutcomeUnknown:
        case ErrorCode::provinceBusy:
            return {"pin-failed.later"};
        default:
            return {"pin-failed.counter"};
    }
}

}  // namespace

PersonPage pinAgreePage(std::string_view service) {
    PersonPage page = pinPage("pin-agree", Picture::consent);
    page.question = {service == "pin-first"    ? "pin-agree.first"
                     : service == "pin-unlock" ? "pin-agree.unlock"
                     : service == "pin-reset"  ? "pin-agree.reset"
                                               : "pin-agree.question"};
    page.parts = {NumberedList{{{"pin.social-only"}, {"pin.not-simple"}, {"pin.only-you"}}}};
    page.buttons = {{ActionKind::confirm, {"pin-agree.go-on"}, true},
                    {ActionKind::decline, {"pin-agree.not-now"}}};
    return page;
}

PersonPage pinLastTryPage() {
    PersonPage page = pinPage("pin-last-try", Picture::trouble);
    page.parts = {Notice{{"pin-last-try.what"}, Tone::danger}, Notice{{"pin-entry.social"}}};
    page.buttons = {{ActionKind::decline, {"pin-last-try.stop"}, true},
                    {ActionKind::confirm, {"pin-last-try.go-on"}}};
    return page;
}

PersonPage pinLockedPage() {
    PersonPage page = pinPage("pin-locked", Picture::trouble);
    page.parts = {Paragraph{{"pin-locked.how"}, TextSize::large}, Notice{{"pin-entry.social"}}};
    return page;
}

PersonPage pinDonePage(PinWas was, const std::string& orderId) {
    PersonPage page = pinPage("pin-done", Picture::socialCard);
    page.stage = VisitStage::take;
    if (was == PinWas::set) page.question = {"pin-done.first"};
    page.parts = {Notice{{"pin-done.bank"}, Tone::info}, Paragraph{{"pin.only-you"}}};
    tellOrderNumber(page.parts, orderId);
    return page;
}

PersonPage pinUnknownPage() {
    PersonPage page = pinPage("pin-unknown", Picture::waiting);
    page.parts = {Paragraph{{"pin-unknown.how"}, TextSize::large}, Notice{{"pin-entry.social"}}};
    page.buttons = {{ActionKind::confirm, {"pin-unknown.go-on"}, true},
                    {ActionKind::decline, {"pin-unknown.leave"}}};
    return page;
}

PersonPage pinFailedPage(const Error& error) {
    PersonPage page = pinPage("pin-failed", Picture::trouble);
    page.reason = error.code;
    page.parts = {Paragraph{adviceOn(error.code), TextSize::large}, Notice{{"pin-entry.social"}}};
    page.beside = {Paragraph{
        {"problem.code", {{"code", std::to_string(numberOf(error.code))}}}, TextSize::small, true}};
    page.besideLast = true;
    return page;
}

PersonPage pinNotNowPage(province::CardState state) {
    PersonPage page = pinPage("pin-not-now", Picture::socialCard);
    tellState(page, state);
    return page;
}

PersonPage cardOfAnotherPage() {
    PersonPage page = pinPage("card-of-another", Picture::socialCard);
    page.parts = {Paragraph{{"card-of-another.next"}, TextSize::large}};
    return page;
}

PersonPage cardOfOtherProvincePage() {
    PersonPage page = pinPage("other-province", Picture::socialCard);
    page.parts = {NumberedList{{{"other-province.hotline"}, {"other-province.place"}}},
                  Notice{{"pin-entry.social"}}};
    return page;
}

PersonPage pinNotLockedPage() {
    PersonPage page = pinPage("pin-not-locked", Picture::socialCard);
    page.parts = {Paragraph{{"pin-not-locked.how"}, TextSize::large}, Notice{{"pin-entry.social"}}};
    return page;
}

PersonPage pinUnlockedPage(const std::string& orderId) {
    PersonPage page = pinPage("pin-unlocked", Picture::socialCard);
    page.parts = {Paragraph{{"pin-unlocked.same"}, TextSize::large}, Notice{{"pin-entry.social"}}};
    tellOrderNumber(page.parts, orderId);
    return page;
}

PersonPage pinResetPage() {
    PersonPage page = pinPage("pin-was-reset", Picture::socialCard);
    page.parts = {Notice{{"pin-was-reset.now"}, Tone::warning}, Notice{{"pin-entry.social"}}};
    page.buttons = {{ActionKind::confirm, {"pin-was-reset.go-on"}, true}};
    return page;
}

PersonPage pinUnsurePage() {
    PersonPage page = pinPage("pin-unsure", Picture::waiting);
    page.parts = {Paragraph{{"pin-unsure.how"}, TextSize::large}, Notice{{"pin-entry.social"}}};
    page.buttons = {{ActionKind::confirm, {"pin-unknown.go-on"}, true},
                    {ActionKind::decline, {"pin-unknown.leave"}}};
    return page;
}

std::vector<PersonPage> pinUnlockPages(const Occasion&) {
    return {pinAgreePage("pin-unlock"),
            pinAgreePage("pin-reset"),
            pinNotLockedPage(),
            pinUnlockedPage("T-000017-20240601-000042"),
            pinResetPage(),
            pinUnsurePage()};
}

std::vector<PersonPage> pinPages(const Occasion&) {
    const std::string order = "T-000017-20240601-000042";
    std::vector<PersonPage> pages = {pinAgreePage("pin-first"),
                                     pinAgreePage("pin-change"),
                                     pinLastTryPage(),
                                     pinLockedPage(),
                                     pinDonePage(PinWas::set, order),
                                     pinDonePage(PinWas::changed, order),
                                     pinUnknownPage(),
                                     cardOfAnotherPage(),
                                     cardOfOtherProvincePage(),
                                     pinNotNowPage(province::CardState::tempLost)};
    for (const ErrorCode code :
         {ErrorCode::chipRemoved, ErrorCode::chipIdentityDiffers, ErrorCode::pinCardDead,
          ErrorCode::provinceUnreachable, ErrorCode::pinRefused})
        pages.push_back(pinFailedPage({code, ""}));
    return pages;
}

}  // namespace liqu::services
