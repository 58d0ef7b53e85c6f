#include "firmware/services/loss_pages.hpp"

#include <algorithm>

#include "firmware/screen/error_words.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {

using namespace screen;
using issuance::EndingKind;
using province::HolderCard;

PersonPage lossPage(const char* name, Picture picture) {
    PersonPage page{.name = name, .stage = VisitStage::confirm};
    page.question = {std::string(name) + ".question"};
    page.picture = picture;
    return page;
}

void finishLossPage(PersonPage& page) {
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"loss.understood"}, true}};
}

std::vector<PagePart> cardNamed(const HolderCard& card, const policy::RegionPolicy& region) {
    const std::string& number = card.cardNumber;
    const std::string tail = number.substr(number.size() - std::min<std::size_t>(3, number.size()));
    const Phrase bank{"loss.bank", {{"bank", region.bankName(card.bankCode)}}};
    return {Facts{{{{"loss.card-tail"}, PersonalText(tail)}}}, Paragraph{bank, TextSize::small}};
}

std::string minuteOf(const std::string& time) {
    return time.size() < 16 ? time : time.substr(0, 10) + " " + time.substr(11, 5);
}

Phrase bankDuty(const HolderCard& card, const policy::RegionPolicy& region) {
    const std::string hotline = region.bankHotline(card.bankCode);
    const std::string bank = region.bankName(card.bankCode);
    if (hotline.empty()) return {"loss.bank-apart", {{"bank", bank}}};
    return {"loss.bank-apart-phone", {{"bank", bank}, {"bankHotline", hotline}}};
}

Notice bankSide(const HolderCard& card, const province::LossAnswer* loss,
                const policy::RegionPolicy& region) {
    if (loss == nullptr) {
        const Phrase ask{"loss.bank-unknown", {{"bank", region.bankName(card.bankCode)}}};
        return {ask, Tone::warning};
    }
    if (loss->bankBlocked) return {{"loss.both-blocked"}, Tone::success};
    return {bankDuty(card, region), Tone::warning};
}

void tellPhones(PersonPage& page, const std::string& bankCode, const Occasion& occasion) {
    const Contacts& contacts = occasion.contacts;
    if (!contacts.lossPhone.empty()) {
        page.parts.push_back(Notice{{"loss.phone", {{"lossPhone", contacts.lossPhone}}}});
    } else if (!contacts.hotline.empty()) {
        page.parts.push_back(Paragraph{{"contact.hotline", {{"hotline", contacts.hotline}}}});
    }
    const std::string hotline = occasion.region.bankHotline(bankCode);
    if (hotline.empty()) return;
    page.parts.push_back(
        Notice{{"loss.bank-phone",
                {{"bank", occasion.region.bankName(bankCode)}, {"bankHotline", hotline}}}});
}

void tellOrderNumber(std::vector<PagePart>& parts, const std::string& orderId) {
    if (orderId.empty()) return;
    parts.push_back(Paragraph{{"loss.reference", {{"reference", orderId}}}, TextSize::small, true});
}

void tellNewest(PersonPage& page, const std::vector<HolderCard>& cards,
                const policy::RegionPolicy& region) {
    const auto newest = std::ranges::max_element(cards, {}, &HolderCard::issueDate);
    const bool any = newest != cards.end();
    if (any && newest->state == province::CardState::unknown)
        page.question = {page.name + ".unknown"};
    tellState(page, any ? newest->state : province::CardState::none);
    if (any) page.beside = cardNamed(*newest, region);
}

std::optional<PersonPage> onlyOwnBank(std::vector<HolderCard>& cards, const Question& question) {
    if (question.banksHere.empty() || cards.empty()) return std::nullopt;
    const HolderCard first = cards.front();
    std::erase_if(cards, [&](const HolderCard& card) {
        return std::ranges::find(question.banksHere, card.bankCode) == question.banksHere.end();
    });
    if (!cards.empty()) return std::nullopt;
    return otherBankPage(first, question.occasion);
}

PersonPage otherBankPage(const HolderCard& card, const Occasion& occasion) {
    PersonPage page = lossPage("loss-other-bank", Picture::bankCounter);
    page.parts.push_back(Paragraph{
        {"loss.other-bank", {{"bank", occasion.region.bankName(card.bankCode)}}}, TextSize::large});
    page.beside = cardNamed(card, occasion.region);
    finishLossPage(page);
    return page;
}

PersonPage unconfirmedPage(LossTurn turn, const ChangeEnd& end) {
    const bool isLoss = turn == LossTurn::loss;
    PersonPage page =
        lossPage(isLoss ? "loss-unconfirmed" : "release-unconfirmed", Picture::waiting);
    page.parts.push_back(
        Notice{{isLoss ? "loss.do-not-rely" : "release.do-not-rely"}, Tone::danger});
    if (isLoss) tellPhones(page, end.subject.bankCode, end.occasion);
    page.beside.push_back(Paragraph{{"loss.ask-again"}, TextSize::small});
    tellOrderNumber(page.beside, end.ending.orderId);
    finishLossPage(page);
    return page;
}

PersonPage failedPage(LossTurn turn, const Error& error, const std::string& bankCode,
                      const Occasion& occasion) {
    const bool isLoss = turn == LossTurn::loss;
    PersonPage page = lossPage(isLoss ? "loss-failed" : "release-failed", Picture::trouble);
    page.reason = error.code;
    page.parts.push_back(Paragraph{whatHappened(error.code), TextSize::large});
    if (isLoss) tellPhones(page, bankCode, occasion);
    page.parts.push_back(Paragraph{{"loss.go-to-counter"}});
    page.beside = {Paragraph{
        {"problem.code", {{"code", std::to_string(numberOf(error.code))}}}, TextSize::small, true}};
    finishLossPage(page);
    return page;
}

namespace {
PersonPage notBegun(LossTurn turn, const Error& error, const Occasion& occasion) {
    const bool noAnswer = error.code == ErrorCode::provinceOutcomeUnknown;
    return failedPage(turn, noAnswer ? Error{ErrorCode::provinceUnreachable, ""} : error, "",
                      occasion);
}
}  // namespace

PersonPage lossNotBegun(const Error& error, const Occasion& occasion) {
    return notBegun(LossTurn::loss, error, occasion);
}

PersonPage releaseNotBegun(const Error& error, const Occasion& occasion) {
    return notBegun(LossTurn::release, error, occasion);
}

std::optional<PersonPage> toldUndone(LossTurn turn, const ChangeEnd& end) {
    if (end.ending.kind == EndingKind::carriedOut) return std::nullopt;
    if (end.ending.kind == EndingKind::waiting) return unconfirmedPage(turn, end);
    const Error error = end.ending.error.value_or(Error{ErrorCode::provinceNeedsStaff, ""});
    return failedPage(turn, error, end.subject.bankCode, end.occasion);
}

}  // namespace liqu::services
