// The pages of a visit that need no more than a few words each.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"
#include "firmware/services/service.hpp"

namespace liqu::session {

// whyNoCard: said above what is offered all the same.
screen::PersonPage choosePage(std::span<const services::Service* const> offered,
                              std::optional<ErrorCode> whyNoCard = std::nullopt);

// clauses: text keys, "consent.data", "consent.account" …
screen::PersonPage consentPage(const services::Service& service, const std::string& bankName,
                               const std::vector<std::string>& clauses);

// What is to be done with the card in the hand.
struct NextSteps {
    std::string bankName{};
    bool bankLinkMissing = false;  // PARTIAL: the bank side must be done at the counter
    std::string cardNumberTail{};
};
screen::PersonPage nextStepsPage(const NextSteps& next, const screen::Contacts& contacts);

// "Problem with my card", chosen on the page before.
screen::PersonPage cardProblemPage(const std::string& reference, const screen::Contacts& contacts);

}  // namespace liqu::session
