// Losses and their end: 临时挂失, 正式挂失, 解除挂失.
#include "tests/world/province/desk.hpp"

namespace liqu::world {

// 超过期限自动解挂 (Shangluo Window Art.15): the province does it, nobody asks.
void Desk::releaseLapsedLosses() {
    const std::string now = formatChinaTime(now_);
    for (auto& [number, card] : books_.cards) {
        if (card.state != "TEMP_LOST" || card.lostUntil.empty() || card.lostUntil > now) continue;
        restore(card);
        card.bankBlocked = false;
    }
}

void Desk::restore(Card& card) {
    card.state = card.everEnabled ? "NORMAL" : "NOT_ENABLED";
    card.lostSince.clear();
    card.lostUntil.clear();
}

// Of the person that the document says, and of the bank that is named.
tl::expected<Card*, Outcome> Desk::cardOfLoss(const Json& envelope, const Json& body) {
    const std::string socialNumber = body.at("socialNumber");
    const auto person = books_.persons.find(socialNumber);
    if (person == books_.persons.end())
        return tl::unexpected(refusal("PERSON_UNKNOWN", "no such person"));
    const bool theirs = person->second.isCalled(body.at("name").get<std::string>()) &&
                        body.at("documentType") == person->second.documentType &&
                        body.at("documentNo") == person->second.documentNo;
    if (!theirs) return tl::unexpected(refusal("PERSON_DATA_DIFFERS", "an item is another"));
    const auto found = books_.cards.find(body.at("cardNo").get<std::string>());
    if (found == books_.cards.end() || found->second.socialNumber != socialNumber)
        return tl::unexpected(refusal("NOT_ELIGIBLE", "no such card of the person"));
    if (found->second.bankCode != envelope.at("bankCode"))
        return tl::unexpected(refusal("NOT_ELIGIBLE", "another bank's"));
    return &found->second;
}

Json Desk::lossAnswer(const Card& card) const {
    return {{"socialNumber", card.socialNumber},
            {"cardNo", card.number},
            {"state", card.state},
            {"effectiveTime", card.lostSince.empty() ? formatChinaTime(now_) : card.lostSince},
            {"validUntil", card.lostUntil},
            {"bankBlocked", card.bankBlocked}};
}

// 联动: what the bank should do with it, and does not where it is away.
Outcome Desk::withBank(Card& card, bool blocked) {
    const bool links = books_.lossRule.linksBank;
    const bool bankIsAway = faults_.strikes(Fault::provinceBankNotBlocked);
    if (links && !bankIsAway) card.bankBlocked = blocked;
    Outcome outcome = done(lossAnswer(card));
    if (links && bankIsAway) {
        outcome.code = "PARTIAL";
        outcome.detail = "BANK_LINK_MISSING";
        outcome.next = "GO_BANK";
    }
    return outcome;
}

Outcome Desk::reportLoss(const Json& envelope, const Json& body) {
    const auto found = cardOfLoss(envelope, body);
    if (!found) return found.error();
    Card& card = **found;
    if (card.state == "TEMP_LOST" || card.state == "FORMAL_LOST") return already(lossAnswer(card));
    const LossRule& rule = books_.lossRule;
    if (card.state != "NORMAL" && card.state != "NOT_ENABLED")
        return refusal("WRONG_STATE", "the card is " + card.state);
    card.everEnabled = card.state == "NORMAL";
    card.state = "TEMP_LOST";
    card.lostSince = formatChinaTime(now_);
    card.lostUntil = rule.lasts.count() > 0 ? formatChinaTime(now_ + rule.lasts) : "";
    return withBank(card, true);
}

Outcome Desk::reportFormalLoss(const Json& envelope, const Json& body) {
    const auto found = cardOfLoss(envelope, body);
    if (!found) return found.error();
    Card& card = **found;
    if (card.state == "FORMAL_LOST") return already(lossAnswer(card));
    const bool can =
        card.state == "NORMAL" || card.state == "NOT_ENABLED" || card.state == "TEMP_LOST";
    if (!can) return refusal("WRONG_STATE", "the card is " + card.state);
    if (card.state != "TEMP_LOST") card.everEnabled = card.state == "NORMAL";
    card.state = "FORMAL_LOST";
    card.lostSince = formatChinaTime(now_);
    card.lostUntil.clear();
    return withBank(card, true);
}

// 未办理补卡前 (Guangdong Art.26(1)); where the region calls a formal loss final, never of one.
Outcome Desk::releaseLoss(const Json& envelope, const Json& body) {
    const auto found = cardOfLoss(envelope, body);
    if (!found) return found.error();
    Card& card = **found;
    if (card.state == "NORMAL") return already(lossAnswer(card));
    const bool can = card.state == "TEMP_LOST" ||
                     (card.state == "FORMAL_LOST" && books_.lossRule.formalIsReleased);
    if (!can) return refusal("WRONG_STATE", "the card is " + card.state);
    if (books_.openApplicationOf(card.socialNumber))
        return refusal("WRONG_STATE", "another card was applied for");
    restore(card);
    return withBank(card, false);
}

}  // namespace liqu::world
