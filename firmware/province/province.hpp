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

#include "firmware/province/adapter.hpp"
#include "firmware/province/already.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

class Province {
  public:
    explicit Province(Adapter& adapter) : adapter_(adapter) {}

    // Has the province's system such a message?
    bool can(MessageType type) const { return adapter_.can(type); }

    // Where the last query is found in the province's own books, and when it was answered by its
    // clock; empty where nothing came.
    struct Trace {
        std::string serverRef;
        std::string serverTime;
    };
    const Trace& lastTrace() const { return trace_; }

    // -- queries
    Result<SignInAnswer> signIn(const Business& business, const SignIn& message);
    Result<Person> person(const Business& business, const PersonQuery& query);
    Result<Photo> photo(const Business& business, const PersonalText& socialNumber);
    // A negative answer is an answer: see Eligibility::eligible and errorOf().
    Result<Eligibility> eligibility(const Business& business, const EligibilityCheck& check);
    Result<Progress> progress(const Business& business, ProgressBy by, std::string value);
    // About that person: of somebody else it is an error.
    Result<CardList> cards(const Business& business, const PersonalText& socialNumber);
    // About that application and person: of another it is an error, and so is a quote that does not
    // say by which article.
    Result<FeeQuote> feeQuote(const Business& business, const FeeQuestion& question);
    Result<Recon> recon(const Business& business, const ReconQuery& query);

    // -- changes
    Result<ApplicationAnswer> createApplication(const Business& business,
                                                const ApplicationRequest& request, int ordinal = 1);
    Result<StateAnswer> cancelApplication(const Business& business, const Withdrawal& withdrawal,
                                          int ordinal = 1, int attempt = 1);
    Result<StateAnswer> mark(const Business& business, const std::string& applicationNo,
                             int ordinal = 1);
    Result<StateAnswer> unmark(const Business& business, const Withdrawal& withdrawal,
                               int ordinal = 1, int attempt = 1);
    Result<BlankAnswer> reserveBlank(const Business& business, const BlankReservation& reservation,
                                     int ordinal);
    // 临时挂失, 正式挂失 or 解除挂失 by its message's type, about that person's card: of another it
    // is an error. What is so already is an answer too, when the register says so as well. attempt:
    // above 1 where the same act is asked for once more (adapter.hpp).
    Result<LossAnswer> changeLoss(MessageType type, const Business& business,
                                  const LossReport& report, int attempt = 1);
    // 领卡启用 of that person's card: of another it is an error. What is so already is an answer
    // too, when the register says so as well.
    Result<CardEnabled> enableCard(const Business& business, const CardEnabling& enabling,
                                   int attempt = 1);
    // 信息变更 of that person: of somebody else, or of other items, it is an error.
    Result<DataChanged> changeData(const Business& business, const DataChange& wanted,
                                   int attempt = 1);
    // Whom and what the answer is about is the caller's to compare (issuance/binding.hpp).
    Result<Personalisation> personalisation(const Business& business,
                                            const PersonalisationRequest& request, int ordinal);

    // Was that change carried out? An error says nothing either way.
    Result<bool> wasCarriedOut(const Business& business, MessageType type, int ordinal = 1);

  private:
    Result<LossAnswer> readLoss(MessageType type, const Business& business,
                                const LossReport& report, const Reply& reply);
    Result<CardEnabled> readEnabled(const Business& business, const CardEnabling& enabling,
                                    const Reply& reply);
    Result<Reply> query(MessageType type, const Business& business, std::string_view body);
    // Sends, asks where no answer came, sends again; verifies ALREADY.
    Result<Reply> change(const Claim& claim, int ordinal, std::string_view body, int attempt = 1);
    Result<Reply> sendCertainly(Outgoing message);

    Adapter& adapter_;
    Trace trace_;
};

// The province's encryption machine for one order. UPDATE_CARD is granted only with its permit.
class OrderCardAuthority final : public ports::CardAuthority, public ports::PinAuthority {
  public:
    OrderCardAuthority(Adapter& adapter, Business business)
        : adapter_(adapter), business_(std::move(business)) {}

    void usePermit(std::string permitId) { permitId_ = std::move(permitId); }

    Result<ports::Block8> internalAuthentication(const ports::CardKeyContext& card,
                                                 const ports::Block8& factor,
                                                 const ports::Block8& original) override;
    Result<ports::Block8> externalAuthentication(const ports::CardKeyContext& card,
                                                 ports::CardKey key, const ports::Block8& factor,
                                                 const ports::Block8& original) override;
    Result<Bytes> secureMessage(const ports::CardKeyContext& card, const ports::Block8& challenge,
                                const std::array<std::uint8_t, 5>& head,
                                const std::string& pin) override;

  private:
    Result<ports::Block8> ask(const ports::CardKeyContext& card, std::optional<ports::CardKey> key,
                              const ports::Block8& factor, const ports::Block8& original);

    Adapter& adapter_;
    Business business_;
    std::string permitId_;
};

}  // namespace liqu::province
