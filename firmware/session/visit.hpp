// One visit: from the first touch to the card in the hand, and every way out of it. Everything
// personal it learned dies with it.
#pragma once

#include "firmware/services/catalogue.hpp"
#include "firmware/session/conversation.hpp"
#include "firmware/session/problem_page.hpp"
#include "firmware/session/readiness.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::session {

// What a reading left on the reader. Another document is read and thrown away, because the reader
// tells "still there" only after a reading. An error tells nothing, least of all that it is empty.
enum class OnReader : std::uint8_t { nothing, theSame, another, unreadable };
Result<OnReader> lookAtReader(ports::IdReader& reader);

// Can anything be asked while no card can be made for this reason?
bool answersQuestions(const SessionParts& parts, ErrorCode whyNoCard);

class Visit {
  public:
    Visit(SessionParts& parts, Readiness& readiness, Language language)
        : parts_(parts),
          readiness_(readiness),
          conversation_(parts, language),
          issuer_(parts.issuance, parts.config.terminal),
          accounts_(parts.issuance.database, parts.issuance.random) {}

    // queriesOnly: why no card can be made now; questions are answered all the same.
    // An error is one of the storage: the kiosk goes out of service.
    Result<void> run(std::optional<ErrorCode> queriesOnly);
    // Nobody took the ID card, and somebody must.
    bool idCardLeft() const { return idCardLeft_; }

  private:
    // Go on with the visit; what was before, as it was; other: the card of another person is
    // wanted; over: it has ended, and whoever is still there was told or is told by bidGoodbye().
    enum class Way : std::uint8_t { on, back, other, over };

    Result<void> serve(std::optional<ErrorCode> queriesOnly);
    Way recognise();
    Way identify();
    void waitForOtherCard();
    Way checkDocument();
    Way askAttendant();
    bool vouches(const Action& action);
    Way confirmPerson();
    Result<Way> lookUp(std::optional<ErrorCode> queriesOnly);
    Result<Way> showHeldCard();
    Result<Way> chooseAndAgree(std::optional<ErrorCode> queriesOnly);
    Way askProvinceForPerson();
    Way checkHolder();
    Way checkPortrait();
    Way chooseService(std::optional<ErrorCode> queriesOnly);
    Way answerQuestion();
    Result<Way> checkEligibility();
    Result<Way> requireCounted();
    Result<Way> checkPending();
    Way withdrawMark(const province::Application& pending);
    Result<void> askToWithdraw(const province::Application& pending);
    Way consent(const std::string& bank);
    Result<void> make();
    Way end(ErrorCode why);

    // visit_endings.cpp: what is said at the end, until the reader is empty.
    Result<void> conclude(const issuance::Ending& ending);
    void bidGoodbye();
    void sayWhatIsNext(const issuance::Ending& ending);
    void showNextSteps(const issuance::Ending& ending);
    void noteReading(std::optional<ErrorCode> trouble);
    Way readerProblem(const Error& error);
    Way problem(const Error& error);
    Way problem(const Error& error, const issuance::Ending& ending);
    Way understood(ErrorCode why);
    void noteEnd(ErrorCode why, const std::string& orderId);
    issuance::Ending brokenOff(const Error& error);
    void placeCard(Problem& problem, const issuance::Ending& ending);
    void sayAndStay(Problem problem);
    bool idCardLies();
    void waitForIdCardGone();
    void leaveIdCard(const Result<OnReader>& there);
    void forgetPerson();
    province::Business queryBusiness() const;
    province::ApplicationRequest applicationRequest() const;

    SessionParts& parts_;
    Readiness& readiness_;
    Conversation conversation_;
    issuance::Issuer issuer_;
    staff::Accounts accounts_;

    card::IdentityDocument document_;
    std::string holderDigest_;
    issuance::Holder holder_;  // as document and province agree
    bool photoAvailable_ = false;
    bool needsPhoto_ = true;
    province::Eligibility eligibility_;
    Ready ready_;
    const services::Service* service_ = &services::firstCard;
    std::string applicationNo_;
    std::string pendingBank_;  // of an application that is led on
    bool alreadyMarked_ = false;
    std::optional<province::Application> markedElsewhere_;  // to be taken from there
    std::string operatorId_;
    std::optional<ErrorCode> why_;  // it ends, and nothing was said yet
    bool told_ = false;             // what became of it was said
    bool documentFound_ = false;    // one was laid down
    bool documentRead_ = false;
    bool idCardLeft_ = false;
};

}  // namespace liqu::session
