// 解除挂失: the card that was found is in force again, as long as no other was applied for
// (Guangdong Art.26; Shangluo Window Art.16). An attendant looks at the card; it stays with its
// holder.
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

constexpr std::array<policy::Term, 3> terms = {
    // The bank's side is released with it.
    policy::Term{.key = "linkedBank"},
    // Also what was formally reported.
    policy::Term{.key = "formal", .usual = 0},
    // At a bank: of its own cards only.
    policy::Term{.key = "ownBankOnly", .usual = 0},
};

struct Rule {
    bool linkedBank = false;
    bool formal = false;
};

Rule ruleOf(const Occasion& occasion) {
    const policy::ServiceRule& rule = occasion.region.rule(lossRelease.id);
    return {rule.flag("linkedBank"), rule.flag("formal")};
}

constexpr std::array rows = {lossRow<MessageType::lossRelease>("releaseLoss")};
constinit const issuance::Plan plan(rows);

PersonPage noneToRelease(const std::vector<HolderCard>& cards, const Occasion& occasion) {
    PersonPage page = lossPage("release-none", Picture::socialCard);
    tellNewest(page, cards, occasion.region);
    finishLossPage(page);
    return page;
}

Result<Subjects> subjects(const Question& question) {
    province::CardList held =
        TRY(question.province.cards(question.business, question.socialNumber));
    const bool formal = ruleOf(question.occasion).formal;
    const policy::ServiceRule& rule = question.occasion.region.rule(lossRelease.id);
    Subjects found;
    std::ranges::copy_if(held.cards, std::back_inserter(found.cards), [&](const HolderCard& card) {
        return card.state == CardState::tempLost || (formal && card.state == CardState::formalLost);
    });
    if (rule.flag("ownBankOnly")) {
        if (auto elsewhere = onlyOwnBank(found.cards, question)) {
            found.whyNone = std::move(*elsewhere);
            return found;
        }
    }
    if (found.cards.empty()) found.whyNone = noneToRelease(held.cards, question.occasion);
    return found;
}

Phrase bankReleasesApart(const HolderCard& card, const policy::RegionPolicy& region) {
    return {"release.bank-apart", {{"bank", region.bankName(card.bankCode)}}};
}

PersonPage agreePage(const HolderCard& card, const Rule& rule, const Occasion& occasion) {
    PersonPage page = lossPage("release-agree", Picture::socialCard);
    NumberedList list{{{"release.show-card"}}};
    list.items.push_back(rule.linkedBank ? Phrase{"release.both"}
                                         : bankReleasesApart(card, occasion.region));
    page.parts = {std::move(list)};
    page.beside = cardNamed(card, occasion.region);
    page.buttons = {{ActionKind::confirm, {"release.do-it"}, true},
                    {ActionKind::decline, {"release.not-now"}}};
    return page;
}

std::vector<PersonPage> agree(const HolderCard& card, const Occasion& occasion) {
    return {agreePage(card, ruleOf(occasion), occasion)};
}

// Only the province's own words say that the account is free again.
Notice bankAfter(const HolderCard& card, const Rule& rule, const LossAnswer* loss,
                 const policy::RegionPolicy& region) {
    if (loss == nullptr)
        return {{"loss.bank-unknown", {{"bank", region.bankName(card.bankCode)}}}, Tone::warning};
    if (rule.linkedBank && !loss->bankBlocked) return {{"release.bank-free"}, Tone::success};
    return {bankReleasesApart(card, region), Tone::warning};
}

PersonPage donePage(const HolderCard& card, const LossAnswer* loss, const std::string& orderId,
                    const Rule& rule, const Occasion& occasion) {
    PersonPage page = lossPage("release-done", Picture::socialCard);
    page.stage = VisitStage::take;
    if (loss != nullptr) page.parts.push_back(Notice{{cardStateKey(loss->state)}, Tone::info});
    page.parts.push_back(bankAfter(card, rule, loss, occasion.region));
    page.beside = cardNamed(card, occasion.region);
    tellOrderNumber(page.parts, orderId);
    finishLossPage(page);
    return page;
}

PersonPage told(const ChangeEnd& end) {
    if (auto undone = toldUndone(LossTurn::release, end)) return *undone;
    const issuance::Ending& ending = end.ending;
    return donePage(end.subject, ending.loss ? &*ending.loss : nullptr, ending.orderId,
                    ruleOf(end.occasion), end.occasion);
}

constexpr Change change{
    .subjects = subjects, .agree = agree, .told = told, .notBegun = releaseNotBegun};

std::vector<PersonPage> pages(const Occasion& occasion) {
    const HolderCard lost{"A0000067X", "B01", CardState::tempLost, "20240511", "20340511",
                          true,        ""};
    LossAnswer free{
        PersonalText(), lost.cardNumber, CardState::normal, "2024-06-01T10:00:00.150+08:00", "",
        false};
    LossAnswer notEnabled = free;
    notEnabled.state = CardState::notEnabled;
    LossAnswer blocked = free;
    blocked.bankBlocked = true;
    const Rule linked{.linkedBank = true, .formal = true};
    const std::string order = "T-000017-20240601-000042";
    const issuance::Ending waiting{.kind = issuance::EndingKind::waiting, .orderId = order};
    std::vector<PersonPage> all = {
        agreePage(lost, {}, occasion),
        agreePage(lost, linked, occasion),
        donePage(lost, &free, order, linked, occasion),
        donePage(lost, &blocked, order, linked, occasion),
        donePage(lost, &free, order, {}, occasion),
        donePage(lost, &notEnabled, order, linked, occasion),
        donePage(lost, nullptr, order, linked, occasion),
        unconfirmedPage(LossTurn::release, {waiting, lost, occasion}),
        failedPage(LossTurn::release, {ErrorCode::provinceUnreachable, ""}, "B01", occasion),
        noneToRelease({}, occasion)};
    for (const CardState state :
         {CardState::normal, CardState::formalLost, CardState::replacing, CardState::unknown}) {
        HolderCard other = lost;
        other.state = state;
        all.push_back(noneToRelease({other}, occasion));
    }
    return all;
}

constexpr std::array says = {MessageType::cardQuery, MessageType::lossRelease};

}  // namespace

const Service lossRelease{.id = "loss-release",
                          .plan = &plan,
                          .change = &change,
                          .says = says,
                          .terms = terms,
                          .pages = pages,
                          .picture = Picture::socialCard};

}  // namespace liqu::services
