#include "firmware/services/withdraw_pages.hpp"

#include <algorithm>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/loss_pages.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {

using namespace screen;
using province::Application;
using province::ApplicationKind;
using province::ApplicationState;
using province::CardState;
using province::HolderCard;

namespace {

PersonPage withdrawPage(const char* name, Picture picture) {
    PersonPage page{.name = name, .stage = VisitStage::confirm};
    page.question = {std::string(name) + ".question"};
    page.picture = picture;
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"withdraw.understood"}, true}};
    return page;
}

}  // namespace

std::optional<WithdrawBar> barOf(const Application& application,
                                 const policy::RegionPolicy& region) {
    const bool isFirst = application.kind == ApplicationKind::newCard;
    if (isFirst && !region.rule(withdraw.id).flag("firstCard")) return WithdrawBar::counter;
    if (application.feePaid) return WithdrawBar::paid;
    switch (application.state) {
        case ApplicationState::created:
        case ApplicationState::marked:
            return std::nullopt;
        case ApplicationState::needsStaff:
            return WithdrawBar::counter;
        default:
            return WithdrawBar::batch;
    }
}

PersonPage withdrawBarPage(WithdrawBar bar) {
    const std::string key = "withdraw-not." + std::string(nameOf(bar));
    PersonPage page = withdrawPage(
        "withdraw-not", bar == WithdrawBar::counter ? Picture::attendant : Picture::waiting);
    page.question = {key};
    page.parts = {Paragraph{{key + "-next"}, TextSize::large}};
    return page;
}

PersonPage withdrawAgreePage(const Application& application) {
    PersonPage page = withdrawPage("withdraw-agree", Picture::consent);
    NumberedList list{{{"withdraw.cancels"}}};
    if (application.state == ApplicationState::marked) list.items.push_back({"withdraw.unmarks"});
    if (application.kind != ApplicationKind::newCard) list.items.push_back({"withdraw.old-card"});
    page.parts = {std::move(list)};
    page.buttons = {{ActionKind::confirm, {"withdraw.do-it"}, true},
                    {ActionKind::decline, {"withdraw.not-now"}}};
    return page;
}

PersonPage withdrawnPage(const province::CardList* cards, const std::string& orderId,
                         const policy::RegionPolicy& region) {
    PersonPage page = withdrawPage("withdraw-done", Picture::socialCard);
    page.stage = VisitStage::take;
    page.parts = {Notice{{"withdraw-done.no-fee"}, Tone::success}};
    if (cards != nullptr && !cards->cards.empty()) {
        const HolderCard& newest =
            *std::ranges::max_element(cards->cards, {}, &HolderCard::issueDate);
        tellState(page, newest.state);
        page.beside = cardNamed(newest, region);
    }
    tellOrderNumber(page.parts, orderId);
    return page;
}

PersonPage withdrawFailedPage(const Error& error) {
    PersonPage page = withdrawPage("withdraw-failed", Picture::trouble);
    page.reason = error.code;
    const bool later = isIn(error.code, ErrorGroup::line);
    page.parts = {
        Paragraph{{later ? "withdraw-failed.later" : "withdraw-failed.counter"}, TextSize::large}};
    page.beside = {Paragraph{
        {"problem.code", {{"code", std::to_string(numberOf(error.code))}}}, TextSize::small, true}};
    return page;
}

PersonPage withdrawUnconfirmedPage(const std::string& orderId) {
    PersonPage page = withdrawPage("withdraw-unconfirmed", Picture::waiting);
    page.parts = {Notice{{"withdraw-unconfirmed.do-not-rely"}, Tone::danger},
                  Paragraph{{"withdraw-unconfirmed.ask-again"}}};
    tellOrderNumber(page.beside, orderId);
    return page;
}

std::vector<PersonPage> withdrawPages(const Occasion& occasion) {
    const std::string order = "T-000017-20240601-000042";
    Application marked;
    marked.kind = ApplicationKind::lost;
    marked.state = ApplicationState::marked;
    Application first;
    province::CardList cards;
    cards.cards = {{"A0000067X", "B01", CardState::formalLost, "20240511", "20340511", true, ""}};
    std::vector<PersonPage> pages = {withdrawAgreePage(marked),
                                     withdrawAgreePage(first),
                                     withdrawnPage(&cards, order, occasion.region),
                                     withdrawnPage(nullptr, order, occasion.region),
                                     withdrawFailedPage({ErrorCode::provinceUnreachable, ""}),
                                     withdrawFailedPage({ErrorCode::provinceRefused, ""}),
                                     withdrawUnconfirmedPage(order)};
    for (const WithdrawBar bar : wordTable<WithdrawBar>.values())
        pages.push_back(withdrawBarPage(bar));
    return pages;
}

}  // namespace liqu::services
