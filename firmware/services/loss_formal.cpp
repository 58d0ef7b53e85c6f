// 正式挂失: in writing, at the outlets the rules name (Guangdong Art.23, 25; Shangluo Window
// Art.15). Only then another card is made; in some regions it is for good.
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

constexpr std::array<policy::Term, 4> terms = {
    // 联动挂失: the bank's side is blocked with it.
    policy::Term{.key = "linkedBank"},
    // 不能撤销: it cannot be undone. Where neither is said, nothing is said of it.
    policy::Term{.key = "final", .usual = 0},
    // It can, until another card is applied for.
    policy::Term{.key = "releasable", .usual = 0},
    // At a bank: of its own cards only.
    policy::Term{.key = "ownBankOnly", .usual = 0},
};

struct Rule {
    bool linkedBank = false;
    bool isFinal = false;
    bool isReleasable = false;
};

Rule ruleOf(const Occasion& occasion) {
    const policy::ServiceRule& rule = occasion.region.rule(lossFormal.id);
    return {rule.flag("linkedBank"), rule.flag("final"), rule.flag("releasable")};
}

constexpr std::array rows = {lossRow<MessageType::lossFormal>("reportFormalLoss")};
constinit const issuance::Plan plan(rows);

bool canBeLost(const HolderCard& card) {
    return card.state == CardState::normal || card.state == CardState::notEnabled ||
           card.state == CardState::tempLost;
}

void tellWhatIsNext(PersonPage& page, const Rule& rule) {
    NumberedList list{{{"formal.replace"}}};
    if (rule.isReleasable) list.items.push_back({"formal.found"});
    page.parts.push_back(std::move(list));
}

PersonPage noneToLose(const std::vector<HolderCard>& cards, const Rule& rule,
                      const Occasion& occasion) {
    const auto lost = std::ranges::find(cards, CardState::formalLost, &HolderCard::state);
    const bool already = lost != cards.end();
    PersonPage page = lossPage(already ? "loss-formal-already" : "loss-none", Picture::socialCard);
    if (already) {
        tellWhatIsNext(page, rule);
        page.beside = cardNamed(*lost, occasion.region);
    } else {
        tellNewest(page, cards, occasion.region);
    }
    finishLossPage(page);
    return page;
}

Result<Subjects> subjects(const Question& question) {
    province::CardList held =
        TRY(question.province.cards(question.business, question.socialNumber));
    Subjects found;
    std::ranges::copy_if(held.cards, std::back_inserter(found.cards), canBeLost);
    const policy::ServiceRule& rule = question.occasion.region.rule(lossFormal.id);
    if (rule.flag("ownBankOnly")) {
        if (auto elsewhere = onlyOwnBank(found.cards, question)) {
            found.whyNone = std::move(*elsewhere);
            return found;
        }
    }
    if (found.cards.empty())
        found.whyNone = noneToLose(held.cards, ruleOf(question.occasion), question.occasion);
    return found;
}

PersonPage agreePage(const HolderCard& card, const Rule& rule, const Occasion& occasion) {
    PersonPage page = lossPage("loss-formal-agree", Picture::socialCard);
    if (rule.isFinal) page.parts.push_back(Notice{{"formal.final"}, Tone::warning});
    NumberedList list;
    list.items.push_back({rule.linkedBank ? "loss.stops-both" : "loss.stops-social"});
    if (!rule.linkedBank) list.items.push_back(bankDuty(card, occasion.region));
    if (rule.isReleasable) list.items.push_back({"formal.found"});
    list.items.push_back({"formal.written"});
    page.parts.push_back(std::move(list));
    page.beside = cardNamed(card, occasion.region);
    page.buttons = {{ActionKind::confirm, {"formal.do-it"}, true},
                    {ActionKind::decline, {"loss.not-now"}}};
    return page;
}

// What is for good is asked twice.
PersonPage surePage(const HolderCard& card, const Occasion& occasion) {
    PersonPage page = lossPage("loss-formal-sure-agree", Picture::socialCard);
    page.parts.push_back(Notice{{"formal.final"}, Tone::warning});
    page.beside = cardNamed(card, occasion.region);
    page.buttons = {{ActionKind::confirm, {"formal.sure"}, true},
                    {ActionKind::decline, {"loss.not-now"}}};
    return page;
}

std::vector<PersonPage> agree(const HolderCard& card, const Occasion& occasion) {
    const Rule rule = ruleOf(occasion);
    std::vector<PersonPage> pages = {agreePage(card, rule, occasion)};
    if (rule.isFinal) pages.push_back(surePage(card, occasion));
    return pages;
}

PersonPage donePage(const HolderCard& card, const LossAnswer* loss, const std::string& orderId,
                    const Rule& rule, const Occasion& occasion) {
    PersonPage page = lossPage("loss-formal-done", Picture::socialCard);
    page.stage = VisitStage::take;
    page.parts.push_back(bankSide(card, loss, occasion.region));
    tellWhatIsNext(page, rule);
    page.beside = cardNamed(card, occasion.region);
    if (loss != nullptr) {
        page.beside.push_back(
            Paragraph{{"loss.since", {{"time", minuteOf(loss->effectiveTime)}}}, TextSize::small});
    }
    tellOrderNumber(page.parts, orderId);
    finishLossPage(page);
    return page;
}

PersonPage told(const ChangeEnd& end) {
    if (auto undone = toldUndone(LossTurn::loss, end)) return *undone;
    const issuance::Ending& ending = end.ending;
    return donePage(end.subject, ending.loss ? &*ending.loss : nullptr, ending.orderId,
                    ruleOf(end.occasion), end.occasion);
}

constexpr Change change{.subjects = subjects,
                        .agree = agree,
                        .told = told,
                        .notBegun = lossNotBegun,
                        .isWritten = true,
                        // Shangluo Window Art.15: together with it.
                        .leadsTo = "replacement"};

std::vector<PersonPage> pages(const Occasion& occasion) {
    const HolderCard card{"A0000067X", "B01", CardState::normal, "20240511", "20340511", true, ""};
    HolderCard lost = card;
    lost.state = CardState::formalLost;
    LossAnswer apart{
        PersonalText(), card.cardNumber, CardState::formalLost, "2024-06-01T10:00:00.150+08:00", "",
        false};
    LossAnswer linked = apart;
    linked.bankBlocked = true;
    const Rule final{.isFinal = true};
    const Rule releasable{.linkedBank = true, .isReleasable = true};
    const std::string order = "T-000017-20240601-000042";
    return {agreePage(card, final, occasion),
            surePage(card, occasion),
            agreePage(card, releasable, occasion),
            donePage(card, &apart, order, final, occasion),
            donePage(card, &linked, order, releasable, occasion),
            donePage(card, nullptr, order, releasable, occasion),
            noneToLose({lost}, releasable, occasion),
            otherBankPage(card, occasion),
            noneToLose({}, final, occasion)};
}

constexpr std::array says = {MessageType::cardQuery, MessageType::lossFormal};

}  // namespace

const Service lossFormal{.id = "loss-formal",
                         .plan = &plan,
                         .change = &change,
                         .says = says,
                         .terms = terms,
                         .pages = pages,
                         .picture = Picture::cardLost};

}  // namespace liqu::services
