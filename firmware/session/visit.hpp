// One visit: from the first touch to the card in the hand, and every way out of it. Everything
// personal it learned dies with it.
#pragma once

#include "firmware/services/catalogue.hpp"
#include "firmware/services/data_pages.hpp"
#include "firmware/services/exchange.hpp"
#include "firmware/services/who_may.hpp"
#include "firmware/services/withdraw_pages.hpp"
#include "firmware/session/bank_pages.hpp"
#include "firmware/session/citizens_card.hpp"
#include "firmware/session/conversation.hpp"
#include "firmware/session/item_pages.hpp"
#include "firmware/session/problem_page.hpp"
#include "firmware/session/readiness.hpp"
#include "firmware/session/slip_desk.hpp"
#include "firmware/session/visit_notes.hpp"
#include "firmware/session/visit_pages.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::session {

// What a reading left on the reader. Another document is read and thrown away, because the reader
// tells "still there" only after a reading. An error tells nothing, least of all that it is empty.
enum class OnReader : std::uint8_t { nothing, theSame, another, unreadable };
Result<OnReader> lookAtReader(ports::IdReader& reader);

// Can anything be asked, or changed, while no card can be made for this reason?
bool answersQuestions(const SessionParts& parts, ErrorCode whyNoCard);
bool makesChanges(const SessionParts& parts, ErrorCode whyNoCard);

// A citizen's own card can be put in, and its PIN entered.
bool takesPins(const SessionParts& parts);
// Who may do what is asked for here and today.
services::Setting settingOf(const SessionParts& parts);

// 换卡: what the chip of the old card said of its holder.
enum class OldCardSays : std::uint8_t {
    nothing,       // not read
    itsHolder,     // or no more than its own number, which is this person's card
    formerNumber,  // another number than the holder's, on a card of this person
};

class Visit {
  public:
    Visit(SessionParts& parts, Readiness& readiness, const Comfort& comfort)
        : parts_(parts),
          readiness_(readiness),
          conversation_(parts, comfort),
          slips_(parts, conversation_),
          issuer_(parts.issuance, parts.config.terminal),
          accounts_(parts.issuance.database, parts.issuance.random),
          notes_(parts) {}

    // queriesOnly: why no card can be made now; questions are answered, and changes made, all the
    // same. An error is one of the storage: the kiosk goes out of service.
    Result<void> run(std::optional<ErrorCode> queriesOnly);
    // Nobody took the ID card, and somebody must.
    bool idCardLeft() const { return idCardLeft_; }

  private:
    // Go on with the visit; what was before, as it was; other: the card of another person is
    // wanted; over: it has ended, and whoever is still there was told or is told by bidGoodbye().
    enum class Way : std::uint8_t { on, back, other, over };

    Result<void> serve(std::optional<ErrorCode> queriesOnly);
    // visit_person.cpp
    Way recognise();
    Way identify();
    void waitForOtherCard();
    Way checkDocument();
    std::vector<Error> documentLacks() const;
    Way askForPresence();
    // Without an act on the screen they say who it is.
    Way askAttendant(AttendantScreen screen, staff::Act act);
    bool vouches(const Action& action, staff::Act act);
    Way confirmPerson();
    // visit.cpp
    Result<Way> lookUp(std::optional<ErrorCode> queriesOnly);
    Result<Way> showHeldCard();
    Way takeNext();
    Result<Way> chooseAndAgree(std::optional<ErrorCode> queriesOnly);
    Way askProvinceForPerson();
    Result<void> readPerson();
    std::vector<Error> holderLacks();
    Result<void> askEligibility();
    Result<Way> checkEligibility();
    bool isHeldElsewhere() const;
    std::vector<Error> refusals() const;
    Result<bool> owesFee();
    Result<Way> showExistingCard();
    Result<Way> requireCounted();
    Result<bool> isFeePaid();
    Result<Way> checkPending();
    Way withdrawMark(const province::Application& pending);
    Result<void> askToWithdraw(const province::Application& pending);
    // Another card for one the person has, or had.
    bool replacesCard() const { return service_->application && service_ != &services::firstCard; }
    std::string oldBank() const;
    bool makesCardsOf(const std::string& bank) const;
    Way sendToOwnBank();
    Way consent(const std::string& bank);
    Way agreeToEach(const std::vector<Agreement>& asked);
    Way agreeToMake();
    Result<void> make();
    Way end(ErrorCode why);

    // visit_photo.cpp
    bool mayUseIdPhoto() const;
    Way askForIdPhoto();
    Result<PersonalBytes> decodeIdPhoto();
    Way checkPortrait();
    Result<void> portraitFits();

    // visit_bank.cpp
    bool choosesBank() const;
    Way chooseBankAndAgree();
    Way askForBank(const BankOffer& offer, BankAsked asked, std::string& bank);
    Way sendToBank(const std::string& bank);

    // visit_items.cpp
    Way sayAndAgree(const std::string& bank);
    Way sayItems();
    Way sayPhone();
    Way sayOccupation();
    Way sayAddress();
    Way reviewItems();

    // visit_service.cpp: which one, and those that make no card.
    Way chooseService(std::optional<ErrorCode> queriesOnly);
    std::optional<Action> askWaiting(const PersonPage& page);
    std::optional<Action> askOrGuide(PersonPage page, std::optional<ErrorCode> queriesOnly);
    std::optional<Action> chooseAmong(std::span<const services::Service* const> offered,
                                      std::optional<ErrorCode> queriesOnly);
    std::optional<Action> chooseByGroup(std::span<const services::Service* const> offered,
                                        std::optional<ErrorCode> queriesOnly);
    // subject: the card it is done to; null: none of the person's.
    // 申请表 of what is stood by: its number is typed where it was printed for the signature.
    enum class Form : std::uint8_t { none, printed };
    Way standBy(const province::HolderCard* subject = nullptr, Form form = Form::none);
    services::Question question(const province::Business& business, const Contacts& contacts) const;
    Way answerQuestion();
    Result<void> requireReceipt();
    Result<Way> carryOutChange(std::optional<ErrorCode> queriesOnly);
    Way chooseSubject(const std::vector<province::HolderCard>& cards, std::size_t& chosen);
    enum class Answer : std::uint8_t { yes, no, back, over };
    Answer askToAgree(const PersonPage& page, const std::string& clause);
    Result<Way> change(const province::HolderCard& subject, std::optional<ErrorCode> queriesOnly);
    void offerNext(PersonPage& page, std::optional<ErrorCode> queriesOnly) const;
    Result<issuance::Ending> awaitOutcome(const issuance::OrderRequest& request,
                                          issuance::Ending ending);
    void noteOutcome(const issuance::Ending& ending);
    PersonPage outcomePage(const issuance::Ending& ending, const province::HolderCard& subject);
    Way changeFailed(const Error& error);
    PersonPage notBegunPage(const Error& error);
    // Why it ended is logged and noted, and the page is the last word.
    Way leaveWith(const Error& error, const PersonPage& page);
    struct BrokenPages {
        PersonPage notDone;
        PersonPage unconfirmed;
    };
    // The books could not take it in. Where its intent stands in them it may be done all the same,
    // and nobody says that it is not.
    Way leaveBroken(const Error& error, const BrokenPages& pages);

    // visit_exchange.cpp
    bool isExchange() const { return service_->exchange != nullptr; }
    Way findOldCard();
    Way whyNoExchange(const services::Subjects& found);
    Way showOldCard();
    Result<void> oldCardHolds() const;
    Result<OldCardSays> compareOldCard(CitizensCard& card) const;
    Way standByWithCard();
    std::string takeOldCard();
    std::string oldCardTail() const;
    OldCardIs oldCardAtEnd(const issuance::Ending& ending) const;

    // visit_pin.cpp
    bool changesPinWithCardOnly() const;
    // other_province.cpp
    bool comesFromOtherProvince(const Error& error);
    static bool isForOtherProvince(const services::Service& service);
    Way standByPin();
    Result<Way> servePin();
    Result<void> servePinOnly();
    bool leadsToPin() const;
    Result<void> servePinOfNewCard();
    std::string digestOf(const PersonalText& number) const;

    // visit_data.cpp
    std::vector<std::string> occupationsAsked() const;
    Result<Way> changeData();
    Way sayChange();
    Way sayItem(services::DataItem item);
    Way sayNewAddress();
    province::DataChange wantedData() const;
    Way agreeToChange();
    Result<Way> carryOutDataChange();

    // visit_withdraw.cpp
    Result<Way> withdraw();
    Result<std::optional<province::Application>> openApplication();
    Result<std::optional<services::WithdrawBar>> withdrawBar(
        const std::optional<province::Application>& application);
    Result<std::optional<services::WithdrawBar>> feeBar(const province::Application& application);
    Result<Way> carryOutWithdrawal(const province::Application& application);
    void tellWithdrawal(const issuance::Ending& ending);

    // visit_endings.cpp: what is said at the end, until the reader is empty.
    Result<void> conclude(const issuance::Ending& ending);
    void bidGoodbye();
    void sayWhatIsNext(const issuance::Ending& ending);
    void showNextSteps(const issuance::Ending& ending);
    void noteInHand(const std::string& orderId);
    void noteReading(std::optional<ErrorCode> trouble);
    Way readerProblem(const Error& error);
    Way problem(const Error& error);
    Way problem(const Error& error, const issuance::Ending& ending);
    Way refuse(const std::vector<Error>& why);
    std::string guideOfService() const;
    void tellRefusal(Problem& problem);
    SlipTold giveSlip(const issuance::Ending& ending);
    void tellDone(PersonPage page, const std::string& orderId);
    Way understood(ErrorCode why);
    void logTrouble(const Error& error, const std::string& orderId);
    void noteEnd(ErrorCode why, const std::string& orderId);
    issuance::Ending brokenOff(const Error& error);
    bool isFeeKept(const std::string& orderId);
    void placeCard(Problem& problem, const issuance::Ending& ending);
    void sayAndStay(Problem problem);
    bool idCardLies();
    void waitForIdCardGone();
    void leaveIdCard(const Result<OnReader>& there);
    void forgetPerson();
    // Who of the staff stands behind what is asked for now; empty: nobody.
    const std::string& attendant() const {
        return attendantOfAct_.empty() ? operatorId_ : attendantOfAct_;
    }
    province::Business queryBusiness() const;
    province::ApplicationRequest applicationRequest() const;

    SessionParts& parts_;
    Readiness& readiness_;
    Conversation conversation_;
    SlipDesk slips_;
    issuance::Issuer issuer_;
    staff::Accounts accounts_;
    VisitNotes notes_;

    card::IdentityDocument document_;
    std::string holderDigest_;
    issuance::Holder holder_;  // as document and province agree
    bool photoAvailable_ = false;
    bool needsPhoto_ = true;
    bool asksForIdPhoto_ = false;  // the province holds none, and the ID card's may be used
    province::Eligibility eligibility_;
    std::vector<Error> lacks_;     // of the holder, whatever the province says
    std::vector<ErrorCode> also_;  // stands in the way besides what is told first
    Ready ready_;
    const services::Service* service_ = &services::firstCard;
    bool serviceChosen_ = false;
    const services::Service* next_ = nullptr;  // chosen where another one ended
    SaidItems said_;
    std::vector<std::string> agreedTo_;               // clauses
    std::optional<province::HolderCard> oldCard_;     // 换卡: what is exchanged
    OldCardSays oldCardSays_ = OldCardSays::nothing;  // people look at what it does not say
    std::string applicationNo_;
    std::string pendingBank_;  // of an application that is led on
    bool alreadyMarked_ = false;
    std::optional<province::Application> markedElsewhere_;  // to be taken from there
    std::string operatorId_;                                // who vouched for the person
    std::string attendantOfAct_;                            // who stands by what is chosen now
    std::optional<ErrorCode> why_;                          // it ends, and nothing was said yet
    bool told_ = false;                                     // what became of it was said
    bool documentFound_ = false;                            // one was laid down
    bool documentRead_ = false;
    bool idCardLeft_ = false;
    bool cardOnly_ = false;           // the social PIN, without an ID card
    bool isOfOtherProvince_ = false;  // this province has no record of them
};

}  // namespace liqu::session
