#include "firmware/services/enable_pages.hpp"

#include <utility>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/loss_pages.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {

using namespace screen;
using province::CardState;
using province::HolderCard;

namespace {

PersonPage enablePage(const char* name, Picture picture) {
    PersonPage page{.name = name, .stage = VisitStage::confirm};
    page.question = {std::string(name) + ".question"};
    page.picture = picture;
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"enable.understood"}, true}};
    return page;
}

Notice bankDutyOf(const HolderCard& card, const policy::RegionPolicy& region) {
    return {{"enable.bank", {{"bank", region.bankName(card.bankCode)}}}, Tone::warning};
}

void tellPin(PersonPage& page, FirstPin pin) {
    if (pin == FirstPin::setNow) page.parts.push_back(Paragraph{{"enable.pin-set"}});
}

// What can be done about it.
Phrase adviceOn(ErrorCode code) {
    switch (code) {
        case ErrorCode::chipRemoved:
        case ErrorCode::chipMute:
        case ErrorCode::chipWasReset:
        case ErrorCode::chipReplyTorn:
            return {"enable-failed.card-gone"};
        case ErrorCode::chipIdentityDiffers:
            return {"enable-failed.other-card"};
        case ErrorCode::provinceUnreachable:
        case ErrorCode::provinceOutcomeUnknown:
        case ErrorCode::provinceBusy:
            return {"enable-failed.later"};
        case ErrorCode::temporaryCardOpen:
            return {"enable-temporary-card.how"};
        default:
            return {"enable-failed.counter"};
    }
}

}  // namespace

PersonPage enableAgreePage(const policy::RegionPolicy& region) {
    PersonPage page = enablePage("enable-agree", Picture::consent);
    NumberedList list;
    if (region.rule(enable.id).flag("firstPin"))
        list.items = {{"enable.pin-first"}, {"pin.not-simple"}, {"pin.only-you"}};
    else
        list.items = {{"enable.at-once"}};
    list.items.push_back({"enable.bank-apart"});
    page.parts = {std::move(list)};
    page.buttons = {{ActionKind::confirm, {"enable.do-it"}, true},
                    {ActionKind::decline, {"enable.not-now"}}};
    return page;
}

PersonPage enableDonePage(const HolderCard& card, const province::CardEnabled* answer, FirstPin pin,
                          const std::string& orderId, const policy::RegionPolicy& region) {
    PersonPage page = enablePage("enable-done", Picture::bankCounter);
    page.stage = VisitStage::take;
    page.parts = {bankDutyOf(card, region)};
    if (answer != nullptr && !answer->bankLinked)
        page.parts.push_back(Paragraph{{"enable-done.bank-missing"}});
    tellPin(page, pin);
    if (!region.rule(enable.id).flag("firstPin"))
        page.parts.push_back(Paragraph{{"enable-done.pin"}});
    // The bank is named already.
    page.beside = cardNamed(card, region);
    page.beside.pop_back();
    tellOrderNumber(page.beside, orderId);
    return page;
}

PersonPage enableAlreadyPage(const HolderCard& card, const policy::RegionPolicy& region) {
    PersonPage page = enablePage("enable-already", Picture::socialCard);
    page.parts = {bankDutyOf(card, region)};
    page.beside = cardNamed(card, region);
    return page;
}

PersonPage enableNotNowPage(const HolderCard* card) {
    PersonPage page = enablePage("enable-not-now", Picture::socialCard);
    if (card == nullptr) {
        page.parts = {Paragraph{{"enable-not-now.not-listed"}, TextSize::large}};
        return page;
    }
    tellState(page, card->state);
    // It is in the hand: found again.
    if (card->state == CardState::tempLost)
        page.parts.back() = Paragraph{{"enable-not-now.release-first"}};
    return page;
}

PersonPage temporaryCardPage() {
    PersonPage page = enablePage("enable-temporary-card", Picture::attendant);
    page.parts = {Paragraph{{"enable-temporary-card.how"}, TextSize::large}};
    return page;
}

PersonPage enableFailedPage(const Error& error, FirstPin pin) {
    PersonPage page = enablePage("enable-failed", Picture::trouble);
    page.reason = error.code;
    page.parts = {Paragraph{adviceOn(error.code), TextSize::large}};
    tellPin(page, pin);
    page.beside = {Paragraph{
        {"problem.code", {{"code", std::to_string(numberOf(error.code))}}}, TextSize::small, true}};
    return page;
}

PersonPage enableUnconfirmedPage(FirstPin pin, const std::string& orderId) {
    PersonPage page = enablePage("enable-unconfirmed", Picture::waiting);
    page.parts = {Notice{{"enable-unconfirmed.do-not-rely"}, Tone::danger}};
    tellPin(page, pin);
    page.parts.push_back(Paragraph{{"enable-unconfirmed.ask-again"}});
    tellOrderNumber(page.beside, orderId);
    return page;
}

std::vector<PersonPage> enablePages(const Occasion& occasion) {
    const policy::RegionPolicy& region = occasion.region;
    HolderCard card{"A0000067X", "B01", CardState::notEnabled, "20240511", "20340511", true, ""};
    const province::CardEnabled linked{PersonalText(), card.cardNumber, CardState::normal,
                                       "2024-06-01T10:00:00.150+08:00", true};
    province::CardEnabled apart = linked;
    apart.bankLinked = false;
    const std::string order = "T-000017-20240601-000042";
    policy::RegionPolicy withPin = region;
    withPin.services["enable"].terms = {{"firstPin", 1}, {"temporaryCardBlocks", 0}};
    policy::RegionPolicy withoutPin = withPin;
    withoutPin.services["enable"].terms["firstPin"] = 0;
    std::vector<PersonPage> pages = {
        enableAgreePage(withPin),
        enableAgreePage(withoutPin),
        enableDonePage(card, &linked, FirstPin::setNow, order, withPin),
        enableDonePage(card, &apart, FirstPin::setNow, order, withPin),
        enableDonePage(card, &apart, FirstPin::asItWas, order, withoutPin),
        enableDonePage(card, nullptr, FirstPin::asItWas, order, withoutPin),
        enableAlreadyPage(card, region),
        enableNotNowPage(nullptr),
        temporaryCardPage(),
        enableUnconfirmedPage(FirstPin::setNow, order),
        enableUnconfirmedPage(FirstPin::asItWas, order)};
    for (const CardState state : {CardState::tempLost, CardState::formalLost, CardState::replacing,
                                  CardState::cancelled, CardState::unknown}) {
        card.state = state;
        pages.push_back(enableNotNowPage(&card));
    }
    for (const ErrorCode code :
         {ErrorCode::chipRemoved, ErrorCode::chipIdentityDiffers, ErrorCode::provinceUnreachable,
          ErrorCode::temporaryCardOpen, ErrorCode::enablingRefused})
        pages.push_back(enableFailedPage({code, ""}, FirstPin::setNow));
    return pages;
}

}  // namespace liqu::services
