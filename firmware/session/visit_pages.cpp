#include "firmware/session/visit_pages.hpp"

#include <algorithm>
#include <iterator>

#include "firmware/screen/error_words.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/exchange.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::session {

using namespace screen;

PersonPage choosePage(std::span<const services::Service* const> offered,
                      std::optional<ErrorCode> whyNoCard) {
    PersonPage page{.name = "choose-service", .stage = VisitStage::confirm};
    page.question = {"choose.question"};
    Choices choices;
    for (const services::Service* service : offered) {
        const std::string id(service->id);
        const std::string key = "service." + id;
        choices.choices.push_back({id, {key}, {key + "-detail"}, service->picture});
    }
    if (whyNoCard) page.parts.push_back(Notice{whatHappened(*whyNoCard), Tone::warning});
    page.parts.push_back(std::move(choices));
    return page;
}

std::vector<const services::Service*> servicesOf(std::span<const services::Service* const> offered,
                                                 std::optional<services::GuideGroup> group) {
    std::vector<const services::Service*> found;
    std::ranges::copy_if(offered, std::back_inserter(found), [group](const auto* service) {
        // Whoever asks for another card in place of one they have looks for it in one place; so
        // does who comes with a card in the hand.
        if (service->exchange != nullptr) return group == services::GuideGroup::exchange;
        if (service->isOfPin) return group == services::GuideGroup::pin;
        return services::groupOf(service->id) == group;
    });
    return found;
}

PersonPage chooseGroupPage(std::span<const services::Service* const> offered,
                           std::optional<ErrorCode> whyNoCard) {
    PersonPage page{.name = "choose-group", .stage = VisitStage::confirm};
    page.question = {"choose.question"};
    Choices choices;
    for (const services::GuideGroup group : wordTable<services::GuideGroup>.values()) {
        const auto ofGroup = servicesOf(offered, group);
        if (ofGroup.empty()) continue;
        const services::Service& first = *ofGroup.front();
        const bool alone = ofGroup.size() == 1;
        const std::string id(alone ? first.id : nameOf(group));
        const std::string key = (alone ? "service." : "choose.group.") + id;
        choices.choices.push_back(
            {.id = id, .title = {key}, .detail = {key + "-detail"}, .picture = first.picture});
    }
    if (whyNoCard) page.parts.push_back(Notice{whatHappened(*whyNoCard), Tone::warning});
    page.parts.push_back(std::move(choices));
    return page;
}

void offerGuide(PersonPage& page) {
    std::get<Choices>(page.parts.back())
        .choices.push_back({.id = std::string(services::helpId),
                            .title = {"choose.others"},
                            .detail = {"choose.others-detail"},
                            .picture = Picture::consent});
}

PersonPage whichCardPage(const std::vector<province::HolderCard>& cards,
                         const policy::RegionPolicy& region) {
    PersonPage page{.name = "which-card", .stage = VisitStage::confirm};
    page.question = {"which-card.question"};
    Choices choices;
    for (const province::HolderCard& card : cards) {
        choices.choices.push_back(
            {.id = "card-" + std::to_string(choices.choices.size()),
             .title = {"which-card.bank", {{"bank", region.bankName(card.bankCode)}}},
             .detail = {"which-card.issued", {{"day", services::dayOf(card.issueDate)}}},
             .picture = Picture::socialCard});
    }
    page.parts.push_back(std::move(choices));
    return page;
}

Agreement consentTo(const services::Service& service, const std::string& bankName,
                    const std::string& clause, const policy::RegionPolicy& region) {
    const auto& clauses = region.consentClauses;
    const auto place = std::ranges::find(clauses, clause) - clauses.begin() + 1;
    const bool optional = region.optionalClauses.contains(clause);
    PersonPage page{.name = optional ? "consent-choice" : "consent", .stage = VisitStage::confirm};
    page.question = {"consent.question",
                     {{"number", std::to_string(place)}, {"of", std::to_string(clauses.size())}}};
    page.parts.push_back(
        Notice{{"consent." + std::string(service.id), {{"bank", bankName}}}, Tone::info});
    page.parts.push_back(Paragraph{{clause, {{"bank", bankName}}}, TextSize::large});
    page.buttons = {{ActionKind::confirm, {optional ? "consent.accept" : "consent.agree"}, true},
                    {ActionKind::decline, {optional ? "consent.without" : "consent.refuse"}}};
    return {clause, optional, std::move(page)};
}

Agreement replacementNotice(const std::string& bankName) {
    PersonPage page{.name = "replacement-agree", .stage = VisitStage::confirm};
    page.question = {"replacement-agree.question"};
    page.picture = Picture::replacedCard;
    page.parts.push_back(NumberedList{{{"replacement-agree.benefits"},
                                       {"replacement-agree.balance", {{"bank", bankName}}},
                                       {"replacement-agree.old-card"}}});
    page.buttons = {{ActionKind::confirm, {"replacement-agree.go-on"}, true},
                    {ActionKind::decline, {"replacement-agree.not-now"}}};
    return {page.name, false, page};
}

Agreement exchangeAgreement(const std::string& bankName) {
    PersonPage page = services::exchangeNotice(bankName);
    return {page.name, false, page};
}

Agreement idPhotoAgreement() {
    PersonPage page{.name = "id-photo-agree", .stage = VisitStage::confirm};
    page.question = {"id-photo-agree.question"};
    page.picture = Picture::identity;
    page.parts = {Paragraph{{"id-photo-agree.why"}, TextSize::large},
                  Paragraph{{"consent.id-photo"}, TextSize::large},
                  Paragraph{{"id-photo-agree.without"}}};
    page.buttons = {{ActionKind::confirm, {"id-photo-agree.yes"}, true},
                    {ActionKind::decline, {"id-photo-agree.no"}}};
    return {"consent.id-photo", false, std::move(page)};
}

void leadOn(PersonPage& page, const services::Service& next) {
    for (Button& button : page.buttons) button.primary = false;
    const std::string id(next.id);
    page.buttons.insert(page.buttons.begin(), {ActionKind::choose, {"go-on." + id}, true, id});
}

PersonPage nextStepsPage(const NextSteps& next, const Contacts& contacts) {
    PersonPage page{.name = "next-steps", .stage = VisitStage::take};
    page.question = {"next.question"};
    page.picture = Picture::bankCounter;
    if (!next.cardNumberTail.empty()) {
        page.beside = {Facts{{{{"next.card-tail"}, PersonalText(next.cardNumberTail)}}}};
    }
    const Phrase bank{next.bankLinkMissing ? "next.bank-missing" : "next.bank",
                      {{"bank", next.bankName}}};
    const char* pin = next.pinHere ? "next.pin-here" : "next.pin-social";
    NumberedList list{{bank, {pin}, {"next.pin-bank"}}};
    // The slip has the number to call.
    if (Phrase slip = slipWords(next.slip); !slip.empty()) {
        list.items.push_back(std::move(slip));
    } else if (!contacts.hotline.empty()) {
        list.items.push_back({"next.hotline", {{"hotline", contacts.hotline}}});
    }
    page.parts = {std::move(list)};
    // There is room for one of them; the slip has both.
    if (next.oldCardTail.empty()) {
        page.beside.push_back(Paragraph{{"next.keep"}, TextSize::small});
    } else {
        page.beside.push_back(
            Paragraph{{"old-card.taken", {{"tail", next.oldCardTail}}}, TextSize::small});
    }
    page.buttons = {{ActionKind::finish, {"next.finish"}, true},
                    {ActionKind::reportProblem, {"next.problem"}}};
    if (next.pinHere) leadOn(page, services::pinFirst);
    // Either way the person says that they have it (签收).
    if (next.pinHere) page.buttons.front().label = {"next.sign-pin"};
    return page;
}

PersonPage cardProblemPage(const std::string& reference, const Contacts& contacts) {
    PersonPage page{.name = "problem-with-card", .stage = VisitStage::take};
    page.question = {"card-problem.question"};
    page.picture = Picture::attendant;
    NumberedList list{{{"card-problem.printed"}, {"card-problem.unreadable"}}};
    if (!contacts.lossPhone.empty()) {
        list.items.push_back({"card-problem.lost", {{"lossPhone", contacts.lossPhone}}});
    }
    page.parts = {std::move(list)};
    page.beside = {
        Paragraph{{"card-problem.reference", {{"reference", reference}}}, TextSize::small, true}};
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"card-problem.understood"}, true}};
    return page;
}

}  // namespace liqu::session
