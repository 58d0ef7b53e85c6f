#include "firmware/province/already.hpp"

#include <algorithm>

namespace liqu::province {
namespace {

bool isOneOf(ApplicationState state, std::initializer_list<ApplicationState> states) {
    return std::ranges::find(states, state) != states.end();
}

bool isMade(ApplicationState state) {
    return isOneOf(state, {ApplicationState::reportedOk, ApplicationState::enabled,
                           ApplicationState::handedOver, ApplicationState::held});
}

bool isNormalCard(const Progress& progress, const std::string& cardNumber) {
    return std::ranges::any_of(progress.cards, [&](const HolderCard& card) {
        return card.cardNumber == cardNumber && card.state == CardState::normal;
    });
}

bool reportHolds(const Claim& claim, const Application& application) {
    if (claim.result == MakeResult::failed) {
        return application.failedBlanks > 0 && !isMade(application.state);
    }
    return isMade(application.state) && application.cardNumber == claim.cardNumber;
}

// A card that was kept may have come to its holder since; one that its holder has is not waiting.
bool handoverHolds(const Claim& claim, const Application& application) {
    if (application.cardNumber != claim.cardNumber) return false;
    const bool given =
        claim.outcome == HandoverOutcome::taken || claim.outcome == HandoverOutcome::staffDelivered;
    return application.state == ApplicationState::handedOver ||
           (!given && application.state == ApplicationState::held);
}

bool stateHolds(const Claim& claim, const Application& application, const Progress& progress) {
    const ApplicationState state = application.state;
    switch (claim.type) {
        case MessageType::applyCreate:
            return state != ApplicationState::cancelled;
        case MessageType::applyCancel:
            return state == ApplicationState::cancelled;
        case MessageType::issueMark:
            return application.instant && state == ApplicationState::marked;
        case MessageType::issueUnmark:
            return state == ApplicationState::created;
        case MessageType::personalisationGet:
            return state == ApplicationState::dataReady;
        case MessageType::issueReport:
            return reportHolds(claim, application);
        case MessageType::issueEnable:
            return application.cardNumber == claim.cardNumber &&
                   isNormalCard(progress, claim.cardNumber);
        case MessageType::issueHandover:
            return handoverHolds(claim, application);
        default:
            return false;  // nothing can prove it: for staff to look at
    }
}

}  // namespace

std::optional<Application> proofOf(const Claim& claim, const Progress& progress) {
    for (const Application& application : progress.applications) {
        const bool ours =
            application.bizId == claim.business.bizId &&
            application.bankCode == claim.business.bankCode &&
            (claim.applicationNo.empty() || application.applicationNo == claim.applicationNo);
        if (ours && stateHolds(claim, application, progress)) return application;
    }
    return std::nullopt;
}

Result<std::optional<Application>> askForProof(Adapter& adapter, const Claim& claim) {
    const Progress progress =
        TRY(adapter.progress(claim.business, ProgressBy::bizId, claim.business.bizId));
    return proofOf(claim, progress);
}

}  // namespace liqu::province
