// One visit: from the first touch to the card in the hand, and every way out of it. Everything
// personal it learned dies with it.
#pragma once

#include "firmware/session/conversation.hpp"
#include "firmware/session/readiness.hpp"

namespace liqu::session {

class Visit {
  public:
    Visit(SessionParts& parts, Readiness& readiness, Language language)
        : parts_(parts),
          readiness_(readiness),
          conversation_(parts, language),
          issuer_(parts.issuance, parts.config.terminal) {}

    // queriesOnly: why no card can be made now; questions are answered all the same.
    // An error is one of the storage: the kiosk goes out of service.
    Result<void> run(std::optional<ErrorCode> queriesOnly);

  private:
    enum class Way : std::uint8_t { on, over };  // go on with the visit, or it is over

    Way identify();
    Way checkDocument();
    Way askAttendant();
    bool vouches(const Action& action);
    Way confirmPerson();
    Result<Way> lookUp(std::optional<ErrorCode> queriesOnly);
    Result<Way> showHeldCard();
    Way askProvinceForPerson();
    Way chooseService();
    Way checkEligibility();
    Way checkPending();
    Way consent(const std::string& bank);
    Result<void> make();
    Result<void> conclude(const issuance::Ending& ending);
    void waitForIdCardGone();
    void showNextSteps(const issuance::Ending& ending);
    Way problem(const Error& error);
    Way problem(const Error& error, const issuance::Ending& ending);
    province::Business queryBusiness() const;
    province::ApplicationRequest applicationRequest() const;

    SessionParts& parts_;
    Readiness& readiness_;
    Conversation conversation_;
    issuance::Issuer issuer_;

    card::IdentityDocument document_;
    std::string holderDigest_;
    province::Person person_;
    province::Eligibility eligibility_;
    Ready ready_;
    issuance::Service service_ = issuance::Service::firstCard;
    std::string applicationNo_;
    std::string pendingBank_;  // of an application that is led on
    bool alreadyMarked_ = false;
    std::string operatorId_;
};

}  // namespace liqu::session
