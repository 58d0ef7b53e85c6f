// 临时挂失: a card is blocked at once, until it is found or formally reported lost (Guangdong
// Art.24; Shangluo Window Art.15). Online or not at all: what waits in a queue blocks nothing.
#include <algorithm>
#include <array>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/loss_pages.hpp"
#include "firmware/services/loss_row.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {
namespace {

using namespace screen;
using province::CardState;
using province::HolderCard;
using province::LossAnswer;
using province::MessageType;

// -- what differs from region to region --------------------------------------------------------

constexpr std::array<policy::Term, 4> terms = {
    // After so many days the province releases it by itself; 0: it does not.
    policy::Term{.key = "days", .kind = policy::Term::Kind::number, .least = 0, .most = 60},
    // 联动挂失: the bank's side is blocked with it.
    policy::Term{.key = "linkedBank"},
    // The electronic card goes on proving who one is.
    policy::Term{.key = "eCardGoesOn", .usual = 0},
    // What happened before the loss was reported is the holder's own.
    policy::Term{.key = "liable", .usual = 0},
};

struct Rule {
    std::int64_t days = 0;
    bool linkedBank = false;
    bool eCardGoesOn = false;
    bool liable = false;
};

Rule ruleOf(const Occasion& occasion) {
    const policy::ServiceRule& rule = occasion.region.rule(lossTemporary.id);
    return {rule.number("days"), rule.flag("linkedBank"), rule.flag("eCardGoesOn"),
            rule.flag("liable")};
}

// -- what is done ------------------------------------------------------------------------------

constexpr std::array rows = {lossRow<MessageType::lossTemp>("reportLoss")};
constinit const issuance::Plan plan(rows);

// -- what is said ------------------------------------------------------------------------------

// Since when, and until when where it ends by itself.
Phrase timesOf(const LossAnswer& loss) {
    const std::string since = minuteOf(loss.effectiveTime);
    if (loss.validUntil.empty()) return {"loss.since", {{"time", since}}};
    return {"loss.since-until", {{"time", since}, {"until", minuteOf(loss.validUntil)}}};
}

// 社会保障卡丢失后: no text asks whether it was enabled before. Where the province takes no such
// report it says so, and its words name who does.
bool canBeLost(const HolderCard& card) {
    return card.state == CardState::normal || card.state == CardState::notEnabled;
}

PersonPage lostAlready(const HolderCard& card, const Rule& rule, const Occasion& occasion) {
    PersonPage page = lossPage("loss-already", Picture::socialCard);
    if (!rule.linkedBank)
        page.parts.push_back(Notice{bankDuty(card, occasion.region), Tone::warning});
    page.parts.push_back(NumberedList{{{"loss.found"}, {"loss.not-found"}}});
    page.beside = cardNamed(card, occasion.region);
    if (!card.lostUntil.empty()) {
        page.beside.push_back(
            Paragraph{{"loss.until", {{"time", minuteOf(card.lostUntil)}}}, TextSize::small});
    }
    finishLossPage(page);
    return page;
}

PersonPage noneToReport(const std::vector<HolderCard>& cards, const Rule& rule,
                        const Occasion& occasion) {
    const auto lost = std::ranges::find(cards, CardState::tempLost, &HolderCard::state);
    if (lost != cards.end()) return lostAlready(*lost, rule, occasion);
    PersonPage page = lossPage("loss-none", Picture::socialCard);
    tellNewest(page, cards, occasion.region);
    if (page.question.key == "loss-none.unknown") tellPhones(page, "", occasion);
    finishLossPage(page);
    return page;
}

Result<Subjects> subjects(const Question& question) {
    province::CardList held =
        TRY(question.province.cards(question.business, question.socialNumber));
    Subjects found;
    std::ranges::copy_if(held.cards, std::back_inserter(found.cards), canBeLost);
    if (found.cards.empty())
        found.whyNone = noneToReport(held.cards, ruleOf(question.occasion), question.occasion);
    return found;
}

PersonPage agreePage(const HolderCard& card, const Rule& rule, const Occasion& occasion) {
    PersonPage page = lossPage("loss-agree", Picture::socialCard);
    NumberedList list;
    list.items.push_back({rule.linkedBank ? "loss.stops-both" : "loss.stops-social"});
    if (!rule.linkedBank) list.items.push_back(bankDuty(card, occasion.region));
    if (rule.days > 0) list.items.push_back({"loss.lasts", {{"days", std::to_string(rule.days)}}});
    if (rule.days == 0) list.items.push_back({"loss.lasts-on"});
    if (rule.eCardGoesOn) list.items.push_back({"loss.e-card"});
    if (rule.liable) list.items.push_back({rule.days > 0 ? "loss.liable-ended" : "loss.liable"});
    page.parts = {std::move(list)};
    page.beside = cardNamed(card, occasion.region);
    page.buttons = {{ActionKind::confirm, {"loss.do-it"}, true},
                    {ActionKind::decline, {"loss.not-now"}}};
    return page;
}

std::vector<PersonPage> agree(const HolderCard& card, const Occasion& occasion) {
    return {agreePage(card, ruleOf(occasion), occasion)};
}

PersonPage donePage(const HolderCard& card, const LossAnswer* loss, const std::string& orderId,
                    const Occasion& occasion) {
    PersonPage page = lossPage("loss-done", Picture::socialCard);
    page.stage = VisitStage::take;
    page.parts.push_back(bankSide(card, loss, occasion.region));
    page.parts.push_back(NumberedList{{{"loss.found"}, {"loss.not-found"}}});
    page.beside = cardNamed(card, occasion.region);
    if (loss != nullptr) page.beside.push_back(Paragraph{timesOf(*loss), TextSize::small});
    tellOrderNumber(page.parts, orderId);
    finishLossPage(page);
    return page;
}

PersonPage told(const ChangeEnd& end) {
    const issuance::Ending& ending = end.ending;
    const HolderCard& card = end.subject;
    // Somebody was quicker, and went further than this.
    if (ending.loss && ending.loss->state == CardState::formalLost) {
        PersonPage page = lossPage("loss-already", Picture::socialCard);
        tellState(page, CardState::formalLost);
        page.beside = cardNamed(card, end.occasion.region);
        finishLossPage(page);
        return page;
    }
    if (auto undone = toldUndone(LossTurn::loss, end)) return *undone;
    return donePage(card, ending.loss ? &*ending.loss : nullptr, ending.orderId, end.occasion);
}

constexpr Change change{
    .subjects = subjects, .agree = agree, .told = told, .notBegun = lossNotBegun};

std::vector<PersonPage> pages(const Occasion& occasion) {
    const HolderCard card{"A0000067X", "B01", CardState::normal, "20240511", "20340511", true, ""};
    HolderCard lost = card;
    lost.state = CardState::tempLost;
    lost.lostUntil = "2024-06-08T10:00:00.150+08:00";
    HolderCard ofOtherBank = card;
    ofOtherBank.bankCode = "B02";
    LossAnswer loss{PersonalText(),      card.cardNumber,
                    CardState::tempLost, "2024-06-01T10:00:00.150+08:00",
                    lost.lostUntil,      false};
    LossAnswer linked = loss;
    linked.validUntil.clear();
    linked.bankBlocked = true;
    const std::string order = "T-000017-20240601-000042";
    const issuance::Ending waiting{.kind = issuance::EndingKind::waiting, .orderId = order};
    std::vector<PersonPage> all = {
        agreePage(card, {.days = 7, .liable = true}, occasion),
        agreePage(card, {.linkedBank = true, .eCardGoesOn = true, .liable = true}, occasion),
        donePage(card, &loss, order, occasion),
        donePage(card, &linked, order, occasion),
        donePage(card, nullptr, order, occasion),
        donePage(ofOtherBank, &loss, order, occasion),
        unconfirmedPage(LossTurn::loss, {waiting, card, occasion}),
        failedPage(LossTurn::loss, {ErrorCode::provinceUnreachable, ""}, card.bankCode, occasion),
        lostAlready(lost, {.days = 7}, occasion),
        lostAlready(lost, {.linkedBank = true}, occasion),
        noneToReport({}, {}, occasion)};
    for (const CardState state :
         {CardState::formalLost, CardState::replacing, CardState::cancelled, CardState::unknown}) {
        lost.state = state;
        all.push_back(noneToReport({lost}, {}, occasion));
    }
    return all;
}

constexpr std::array says = {MessageType::cardQuery, MessageType::lossTemp};

}  // namespace

const Service lossTemporary{.id = "loss-temporary",
                            .plan = &plan,
                            .change = &change,
                            .says = says,
                            .terms = terms,
                            .pages = pages,
                            .picture = Picture::cardLost};

}  // namespace liqu::services
