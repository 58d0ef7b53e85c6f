// The pages of a visit that need no more than a few words each.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/services/service.hpp"
#include "firmware/session/slip_desk.hpp"

namespace liqu::session {

// whyNoCard: said above what is offered all the same.
screen::PersonPage choosePage(std::span<const services::Service* const> offered,
                              std::optional<ErrorCode> whyNoCard = std::nullopt);

// Those of what is offered that are about the same thing.
std::vector<const services::Service*> servicesOf(std::span<const services::Service* const> offered,
                                                 std::optional<services::GuideGroup> group);
// What it is about, where there is too much for one page; the choices are the groups' names.
screen::PersonPage chooseGroupPage(std::span<const services::Service* const> offered,
                                   std::optional<ErrorCode> whyNoCard = std::nullopt);
// A way from there to the guide; its choice is services::helpId.
void offerGuide(screen::PersonPage& page);

// Which of the person's own cards; the choices are "card-0", "card-1" …
screen::PersonPage whichCardPage(const std::vector<province::HolderCard>& cards,
                                 const policy::RegionPolicy& region);

// A page that asks for one yes, and what that yes is to: a text key, "consent.data".
struct Agreement {
    std::string clause{};
    bool optional = false;  // who says no gets the card all the same
    screen::PersonPage page{};
};
Agreement consentTo(const services::Service& service, const std::string& bankName,
                    const std::string& clause, const policy::RegionPolicy& region);

// 社保待遇发放账户变更 (Guangdong Art.27(3)), and that the old card stays blocked when it is found.
Agreement replacementNotice(const std::string& bankName);
// 换卡: the same, and what becomes of the old card.
Agreement exchangeAgreement(const std::string& bankName);

// 授权使用身份证相片: kept and sent like the clauses, and asked for where it is needed alone.
Agreement idPhotoAgreement();

// The main way on from there is another service.
void leadOn(screen::PersonPage& page, const services::Service& next);

// What is to be done with the card in the hand.
struct NextSteps {
    std::string bankName{};
    bool bankLinkMissing = false;  // PARTIAL: the bank side must be done at the counter
    std::string cardNumberTail{};
    SlipTold slip{};
    std::string oldCardTail{};  // taken in; empty: none was
    bool pinHere = false;       // the social PIN can be set here, at once
};
screen::PersonPage nextStepsPage(const NextSteps& next, const screen::Contacts& contacts);

// "Problem with my card", chosen on the page before.
screen::PersonPage cardProblemPage(const std::string& reference, const screen::Contacts& contacts);

}  // namespace liqu::session
