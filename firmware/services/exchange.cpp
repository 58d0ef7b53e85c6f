#include "firmware/services/exchange.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "firmware/base/china_time.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/loss_pages.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {
namespace {

using namespace screen;
using province::CardState;
using province::HolderCard;

// One that is being replaced may have an application of this person that is led on; the province
// says so when it is asked for that.
bool isInForce(const HolderCard& card, const Exchange& exchange) {
    return card.state == CardState::normal || card.state == CardState::replacing ||
           (exchange.takesNotEnabled && card.state == CardState::notEnabled);
}

// 届满前几个月: from this day of its last months; else the first day after its last one, which is
// still one of its days. None: it ends on no day of the calendar.
std::optional<Date> canBeExchangedFrom(const HolderCard& card, const Occasion& occasion) {
    const auto last = parseDate(card.expiryDate);
    if (!last || last->year() >= std::chrono::year(9999)) return std::nullopt;
    const bool hasRule = occasion.region.services.contains(std::string(exchangeExpired.id));
    const std::int64_t months =
        hasRule ? occasion.region.rule(exchangeExpired.id).number("beforeMonths") : 0;
    if (months == 0) return Date(std::chrono::sys_days(*last) + std::chrono::days(1));
    const Date early = *last - std::chrono::months(static_cast<int>(months));
    // The 31st has no fellow in each month.
    return early.ok() ? early : Date(early.year() / early.month() / std::chrono::last);
}

bool isExpired(const HolderCard& card, const Occasion& occasion) {
    const auto from = canBeExchangedFrom(card, occasion);
    return from && std::chrono::sys_days(*from) <= std::chrono::sys_days(chinaDate(occasion.at));
}

PersonPage noneInForce(const std::vector<HolderCard>& cards, const Occasion& occasion) {
    PersonPage page = lossPage("exchange-none", Picture::socialCard);
    tellNewest(page, cards, occasion.region);
    finishLossPage(page);
    return page;
}

PersonPage notExpired(const HolderCard& card, const Occasion& occasion) {
    PersonPage page = lossPage("exchange-not-expired", Picture::socialCard);
    page.parts.push_back(
        Notice{{"exchange.valid-to", {{"day", dayOf(card.expiryDate)}}}, Tone::info});
    if (const auto from = canBeExchangedFrom(card, occasion))
        page.parts.push_back(Paragraph{{"exchange.from", {{"day", dayOf(formatDate(*from))}}}});
    page.parts.push_back(Paragraph{{"exchange.other-way"}});
    page.beside = cardNamed(card, occasion.region);
    finishLossPage(page);
    return page;
}

// What has to be done first, of the card that people mean.
std::string_view helpFor(const std::vector<HolderCard>& cards) {
    const auto newest = std::ranges::max_element(cards, {}, &HolderCard::issueDate);
    if (newest == cards.end()) return "first-card";
    if (newest->state == CardState::formalLost) return "replacement";
    return newest->state == CardState::tempLost ? "loss-release" : "";
}

}  // namespace

Result<Subjects> exchangeable(const Exchange& exchange, const Question& question) {
    const province::CardList held =
        TRY(question.province.cards(question.business, question.socialNumber));
    Subjects found;
    std::ranges::copy_if(held.cards, std::back_inserter(found.cards),
                         [&](const HolderCard& card) { return isInForce(card, exchange); });
    if (found.cards.empty()) {
        found.whyNone = noneInForce(held.cards, question.occasion);
        found.leadsTo = helpFor(held.cards);
        return found;
    }
    if (!exchange.takesExpiredOnly) return found;
    const HolderCard first = found.cards.front();
    std::erase_if(found.cards,
                  [&](const HolderCard& card) { return !isExpired(card, question.occasion); });
    if (found.cards.empty()) found.whyNone = notExpired(first, question.occasion);
    return found;
}

PersonPage exchangeNotice(const std::string& bankName) {
    PersonPage page{.name = "exchange-agree", .stage = VisitStage::confirm};
    page.question = {"exchange-agree.question"};
    page.picture = Picture::replacedCard;
    page.parts.push_back(NumberedList{{{"replacement-agree.benefits"},
                                       {"replacement-agree.balance", {{"bank", bankName}}},
                                       {"exchange-agree.old-card"},
                                       {"exchange-agree.number"}}});
    page.buttons = {{ActionKind::confirm, {"replacement-agree.go-on"}, true},
                    {ActionKind::decline, {"exchange-agree.not-now"}}};
    return page;
}

std::vector<PersonPage> exchangePages(const Occasion& occasion) {
    HolderCard card{"A0000067X", "B01", CardState::normal, "20240511", "20340511", true, ""};
    std::vector<PersonPage> pages = {exchangeNotice(occasion.region.bankName("B01")),
                                     notExpired(card, occasion), noneInForce({}, occasion)};
    for (const CardState state : {CardState::tempLost, CardState::formalLost, CardState::notEnabled,
                                  CardState::cancelled, CardState::unknown}) {
        card.state = state;
        pages.push_back(noneInForce({card}, occasion));
    }
    return pages;
}

}  // namespace liqu::services
