// The online half of the provincial system: what must be asked and answered while the citizen
// waits. Facts that happened go through the outbox instead (outbox.hpp).
//
// Every change has an idempotency key made before the first send from bizId, step and ordinal.
// The ordinal counts the acts of one kind inside one business, from 1; the same act sent again,
// also after a restart, has the same ordinal and body. Where no answer came, the client asks by
// that key first and then sends the same key again; if that fails too the error stays
// provinceOutcomeUnknown and is never folded into a refusal (hardware-notes/province.md, "What an
// error proves").
//
// Used by one thread at a time.
#pragma once

#include <functional>

#include "firmware/province/already.hpp"
#include "firmware/province/courier.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

class Province {
  public:
    explicit Province(Courier& courier) : courier_(courier) {}

    // -- queries
    Result<SignInAnswer> signIn(const Business& business, const SignIn& message);
    Result<Person> person(const Business& business, const PersonQuery& query);
    Result<Photo> photo(const Business& business, const PersonalText& socialNumber);
    // A negative answer is an answer: see Eligibility::eligible and errorOf().
    Result<Eligibility> eligibility(const Business& business, const EligibilityCheck& check);
    Result<Progress> progress(const Business& business, ProgressBy by, std::string value);
    // About that person: of somebody else it is an error.
    Result<CardList> cards(const Business& business, const PersonalText& socialNumber);
    Result<Recon> recon(const Business& business, const ReconQuery& query);

    // -- changes
    Result<ApplicationAnswer> createApplication(const Business& business,
                                                const ApplicationRequest& request, int ordinal = 1);
    Result<StateAnswer> cancelApplication(const Business& business, const Withdrawal& withdrawal,
                                          int ordinal = 1);
    Result<StateAnswer> mark(const Business& business, const std::string& applicationNo,
                             int ordinal = 1);
    Result<StateAnswer> unmark(const Business& business, const Withdrawal& withdrawal,
                               int ordinal = 1);
    Result<BlankAnswer> reserveBlank(const Business& business, const BlankReservation& reservation,
                                     int ordinal);
    // Whom and what the answer is about is the caller's to compare (issuance/binding.hpp).
    Result<Personalisation> personalisation(const Business& business,
                                            const PersonalisationRequest& request, int ordinal);

  private:
    Result<Reply> query(MessageType type, const Business& business, std::string_view body);
    // Sends, asks where no answer came, sends again; verifies ALREADY.
    Result<Reply> change(const Claim& claim, int ordinal, std::string_view body);
    Result<Reply> sendCertainly(Outgoing message);

    Courier& courier_;
};

// The province's encryption machine for one order. UPDATE_CARD is granted only with its permit.
class OrderCardAuthority final : public ports::CardAuthority {
  public:
    OrderCardAuthority(Courier& courier, Business business)
        : courier_(courier), business_(std::move(business)) {}

    void usePermit(std::string permitId) { permitId_ = std::move(permitId); }

    Result<ports::Block8> internalAuthentication(const ports::CardKeyContext& card,
                                                 const ports::Block8& factor,
                                                 const ports::Block8& original) override;
    Result<ports::Block8> externalAuthentication(const ports::CardKeyContext& card,
                                                 ports::CardKey key, const ports::Block8& factor,
                                                 const ports::Block8& original) override;

  private:
    Result<ports::Block8> ask(const ports::CardKeyContext& card, std::optional<ports::CardKey> key,
                              const ports::Block8& factor, const ports::Block8& original);

    Courier& courier_;
    Business business_;
    std::string permitId_;
};

}  // namespace liqu::province
