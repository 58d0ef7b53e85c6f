#include "firmware/session/visit_pages.hpp"

#include "firmware/screen/error_words.hpp"

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

PersonPage consentPage(const services::Service& service, const std::string& bankName,
                       const std::vector<std::string>& clauses) {
    PersonPage page{.name = "consent", .stage = VisitStage::confirm};
    page.question = {"consent.question"};
    page.parts.push_back(
        Notice{{"consent." + std::string(service.id), {{"bank", bankName}}}, Tone::info});
    NumberedList list;
    for (const std::string& key : clauses) list.items.push_back({key, {{"bank", bankName}}});
    page.parts.push_back(std::move(list));
    page.buttons = {{ActionKind::confirm, {"consent.agree"}, true},
                    {ActionKind::decline, {"consent.refuse"}}};
    return page;
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
    NumberedList list{{bank, {"next.pin-social"}, {"next.pin-bank"}}};
    if (!contacts.hotline.empty()) {
        list.items.push_back({"next.hotline", {{"hotline", contacts.hotline}}});
    }
    page.parts = {std::move(list)};
    page.buttons = {{ActionKind::finish, {"next.finish"}, true},
                    {ActionKind::reportProblem, {"next.problem"}}};
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
