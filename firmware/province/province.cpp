#include "firmware/province/province.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"
#include "firmware/province/bodies.hpp"

namespace liqu::province {
namespace {

Claim claimFor(MessageType type, const Business& business, const std::string& applicationNo) {
    Claim claim;
    claim.type = type;
    claim.business = business;
    claim.applicationNo = applicationNo;
    return claim;
}

bool isAboutAnother(ErrorCode code) {
    return code == ErrorCode::answerForOtherPerson || code == ErrorCode::answerForOtherCard;
}

// Where something on the way repeats a message, the refusal of the second is what comes back.
bool leavesOpen(const Reply& reply) {
    return reply.code == ReplyCode::unknownOutcome || reply.code == ReplyCode::protocol;
}

bool isAboutLoss(MessageType type) {
    return type == MessageType::lossTemp || type == MessageType::lossFormal ||
           type == MessageType::lossRelease;
}

// What the card is, once the change was made. One that is formally lost is lost for now, too.
bool isStateAfter(MessageType type, CardState state) {
    switch (type) {
        case MessageType::lossRelease:
            return state == CardState::normal || state == CardState::notEnabled;
        case MessageType::lossFormal:
            return state == CardState::formalLost;
        default:
            return state == CardState::tempLost || state == CardState::formalLost;
    }
}

}  // namespace

Error errorOf(const Eligibility& refusal) {
    const ErrorCode otherwise =
        refusal.needsStaff ? ErrorCode::provinceNeedsStaff : ErrorCode::notEligible;
    return {errorCodeOf(refusal.reason).value_or(otherwise), "not eligible: " + refusal.reason};
}

Result<Reply> Province::query(MessageType type, const Business& business, std::string_view body) {
    trace_ = {};
    const Reply reply = TRY(adapter_.query(type, business, body));
    trace_ = {reply.serverRef, reply.serverTime};
    if (!succeeded(reply)) return fail(errorOf(reply));
    return reply;
}

Result<Reply> Province::sendCertainly(Outgoing message) {
    Result<Reply> first = adapter_.send(message);
    const bool unknown = first ? leavesOpen(*first) : mayHaveHappened(first.error());
    if (!unknown) return first;
    const Error inDoubt =
        first ? Error{ErrorCode::provinceOutcomeUnknown, errorOf(*first).cause} : first.error();
    // Query first: a province that does not answer a question is not sent the change again.
    auto proof = adapter_.proofOf(message);
    if (!proof || !proof->onlyPeople.empty()) return fail(inDoubt);
    // Carried out or not, the same key brings the one answer there is.
    ++message.attempt;
    Result<Reply> second = adapter_.send(message);
    // What the first send did is still open, whatever kept the second from being sent.
    if (!second) return fail(inDoubt);
    if (second->code == ReplyCode::protocol && !proof->carriedOut) {
        proof = adapter_.proofOf(message);
        if (!proof || !proof->onlyPeople.empty()) return fail(inDoubt);
    }
    // What was carried out is not undone by a refusal to say so again.
    const bool said = succeeded(*second) || second->code == ReplyCode::already;
    if (proof->carriedOut && !said) return fail(inDoubt);
    return second;
}

Result<Reply> Province::change(const Claim& claim, int ordinal, std::string_view body,
                               int attempt) {
    Outgoing message;
    message.type = claim.type;
    message.idempotencyKey =
        idempotencyKey(adapter_.terminal().terminalId, claim.business.bizId, claim.type, ordinal);
    message.business = claim.business;
    message.body = body;
    message.attempt = attempt;
    Reply reply = TRY(sendCertainly(std::move(message)));
    // A blank is ALREADY reserved only for the application that asks, and a card that is lost, or
    // enabled, is so whoever said it: whose bizId does not matter.
    const bool already = reply.code == ReplyCode::already;
    const bool whoever = claim.type == MessageType::blankReserve || isAboutLoss(claim.type) ||
                         claim.type == MessageType::cardEnable;
    if (already && whoever) return reply;
    if (already) {
        const auto proof = askForProof(adapter_, claim);
        // ALREADY said that something was carried out; whether it was ours is not known now.
        if (!proof) return fail(ErrorCode::provinceOutcomeUnknown, describe(proof.error()));
        if (*proof) return reply;
        const ErrorCode code = claim.type == MessageType::applyCreate
                                   ? ErrorCode::applicationPending
                                   : ErrorCode::provinceNeedsStaff;
        return fail(code, "the province holds another record of this already");
    }
    if (!succeeded(reply)) return fail(errorOf(reply));
    return reply;
}

Result<SignInAnswer> Province::signIn(const Business& business, const SignIn& message) {
    const PersonalText body = TRY(bodyOf(message));
    const Reply reply = TRY(query(MessageType::signIn, business, body.reveal()));
    SignInAnswer answer = TRY(read<SignInAnswer>(reply.body.reveal()));
    answer.serverTime = reply.serverTime;
    return answer;
}

Result<Person> Province::person(const Business& business, const PersonQuery& personQuery) {
    const PersonalText body = TRY(bodyOf(personQuery));
    const Reply reply = TRY(query(MessageType::personQuery, business, body.reveal()));
    return read<Person>(reply.body.reveal());
}

Result<Photo> Province::photo(const Business& business, const PersonalText& socialNumber) {
    const PersonalText body = TRY(bodyOf(AboutPerson{socialNumber}));
    const Reply reply = TRY(query(MessageType::photoGet, business, body.reveal()));
    return read<Photo>(reply.body.reveal());
}

Result<Eligibility> Province::eligibility(const Business& business, const EligibilityCheck& check) {
    const PersonalText body = TRY(bodyOf(check));
    const Reply reply = TRY(query(MessageType::eligibilityCheck, business, body.reveal()));
    return read<Eligibility>(reply.body.reveal());
}

Result<Progress> Province::progress(const Business& business, ProgressBy by, std::string value) {
    return adapter_.progress(business, by, std::move(value));
}

Result<CardList> Province::cards(const Business& business, const PersonalText& socialNumber) {
    const PersonalText body = TRY(bodyOf(AboutPerson{socialNumber}));
    const Reply reply = TRY(query(MessageType::cardQuery, business, body.reveal()));
    CardList answer = TRY(read<CardList>(reply.body.reveal()));
    if (answer.socialNumber != socialNumber)
        return fail(ErrorCode::answerForOtherPerson, "CARD.QUERY: of another person");
    return answer;
}

Result<Recon> Province::recon(const Business& business, const ReconQuery& reconQuery) {
    const PersonalText body = TRY(bodyOf(reconQuery));
    const Reply reply = TRY(query(MessageType::reconDay, business, body.reveal()));
    return read<Recon>(reply.body.reveal());
}

Result<FeeQuote> Province::feeQuote(const Business& business, const FeeQuestion& question) {
    const PersonalText body = TRY(bodyOf(question));
    const Reply reply = TRY(query(MessageType::feeQuote, business, body.reveal()));
    FeeQuote quote = TRY(read<FeeQuote>(reply.body.reveal()));
    if (quote.socialNumber != question.socialNumber ||
        quote.applicationNo != question.applicationNo)
        return fail(ErrorCode::answerForOtherPerson, "FEE.QUOTE: of another application");
    if (!quote.amount.isNothing() && !quote.exemption.empty())
        return fail(ErrorCode::provinceReplyMalformed, "FEE.QUOTE: free, and an amount");
    return quote;
}

Result<ApplicationAnswer> Province::createApplication(const Business& business,
                                                      const ApplicationRequest& request,
                                                      int ordinal) {
    const PersonalText body = TRY(bodyOf(request));
    const Claim claim = claimFor(MessageType::applyCreate, business, "");
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return read<ApplicationAnswer>(reply.body.reveal());
}

Result<StateAnswer> Province::cancelApplication(const Business& business,
                                                const Withdrawal& withdrawal, int ordinal,
                                                int attempt) {
    const PersonalText body = TRY(bodyOf(withdrawal));
    const Claim claim = claimFor(MessageType::applyCancel, business, withdrawal.applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal(), attempt));
    return read<StateAnswer>(reply.body.reveal());
}

Result<StateAnswer> Province::mark(const Business& business, const std::string& applicationNo,
                                   int ordinal) {
    const PersonalText body = TRY(bodyOf(AboutApplication{applicationNo}));
    const Claim claim = claimFor(MessageType::issueMark, business, applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return read<StateAnswer>(reply.body.reveal());
}

Result<StateAnswer> Province::unmark(const Business& business, const Withdrawal& withdrawal,
                                     int ordinal, int attempt) {
    const PersonalText body = TRY(bodyOf(withdrawal));
    const Claim claim = claimFor(MessageType::issueUnmark, business, withdrawal.applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal(), attempt));
    return read<StateAnswer>(reply.body.reveal());
}

Result<BlankAnswer> Province::reserveBlank(const Business& business,
                                           const BlankReservation& reservation, int ordinal) {
    const PersonalText body = TRY(bodyOf(reservation));
    Claim claim = claimFor(MessageType::blankReserve, business, reservation.applicationNo);
    claim.cardNumber = reservation.cardNumber;
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return read<BlankAnswer>(reply.body.reveal());
}

Result<LossAnswer> Province::changeLoss(MessageType type, const Business& business,
                                        const LossReport& report, int attempt) {
    LIQU_ASSERT(isAboutLoss(type));
    const PersonalText body = TRY(bodyOf(report));
    const Claim claim = claimFor(type, business, "");
    const Reply reply = TRY(change(claim, 1, body.reveal(), attempt));
    auto answer = readLoss(type, business, report, reply);
    // It was carried out, whatever keeps it from being believed.
    if (!answer && !isAboutAnother(answer.error().code))
        return fail(ErrorCode::provinceOutcomeUnknown, describe(answer.error()));
    return answer;
}

Result<LossAnswer> Province::readLoss(MessageType type, const Business& business,
                                      const LossReport& report, const Reply& reply) {
    const std::string name(nameOf(type));
    LossAnswer answer = TRY(read<LossAnswer>(reply.body.reveal()));
    if (answer.socialNumber != report.socialNumber)
        return fail(ErrorCode::answerForOtherPerson, name + ": of another person");
    if (answer.cardNumber != report.cardNumber)
        return fail(ErrorCode::answerForOtherCard, name + ": of another card");
    if (!isStateAfter(type, answer.state))
        return fail(ErrorCode::provinceReplyMalformed, name + ": the card is another by it");
    if (reply.code != ReplyCode::already) return answer;
    const CardList held = TRY(cards(business, report.socialNumber));
    const auto card = std::ranges::find(held.cards, report.cardNumber, &HolderCard::cardNumber);
    if (card == held.cards.end() || !isStateAfter(type, card->state))
        return fail(ErrorCode::provinceReplyMalformed, name + ": done, and not in the register");
    return answer;
}

Result<CardEnabled> Province::enableCard(const Business& business, const CardEnabling& enabling,
                                         int attempt) {
    const PersonalText body = TRY(bodyOf(enabling));
    const Claim claim = claimFor(MessageType::cardEnable, business, "");
    const Reply reply = TRY(change(claim, 1, body.reveal(), attempt));
    auto answer = readEnabled(business, enabling, reply);
    // It was carried out, whatever keeps it from being believed.
    if (!answer && !isAboutAnother(answer.error().code))
        return fail(ErrorCode::provinceOutcomeUnknown, describe(answer.error()));
    return answer;
}

Result<CardEnabled> Province::readEnabled(const Business& business, const CardEnabling& enabling,
                                          const Reply& reply) {
    CardEnabled answer = TRY(read<CardEnabled>(reply.body.reveal()));
    if (answer.socialNumber != enabling.socialNumber)
        return fail(ErrorCode::answerForOtherPerson, "CARD.ENABLE: of another person");
    if (answer.cardNumber != enabling.cardNumber)
        return fail(ErrorCode::answerForOtherCard, "CARD.ENABLE: of another card");
    if (answer.state != CardState::normal)
        return fail(ErrorCode::provinceReplyMalformed, "CARD.ENABLE: the card is another by it");
    if (reply.code != ReplyCode::already) return answer;
    const CardList held = TRY(cards(business, enabling.socialNumber));
    const auto card = std::ranges::find(held.cards, enabling.cardNumber, &HolderCard::cardNumber);
    if (card == held.cards.end() || card->state != CardState::normal)
        return fail(ErrorCode::provinceReplyMalformed,
                    "CARD.ENABLE: done, and not in the register");
    return answer;
}

Result<DataChanged> Province::changeData(const Business& business, const DataChange& wanted,
                                         int attempt) {
    const PersonalText body = TRY(bodyOf(wanted));
    const Claim claim = claimFor(MessageType::dataChange, business, "");
    const Reply reply = TRY(change(claim, 1, body.reveal(), attempt));
    // It was carried out, whatever keeps the answer from being believed.
    auto answer = read<DataChanged>(reply.body.reveal());
    if (!answer) return fail(ErrorCode::provinceOutcomeUnknown, describe(answer.error()));
    if (answer->socialNumber != wanted.socialNumber)
        return fail(ErrorCode::answerForOtherPerson, "DATA.CHANGE: of another person");
    const bool fits = answer->phone != wanted.phone.empty() &&
                      answer->mailingAddress != wanted.mailingAddress.empty() &&
                      answer->occupation != wanted.occupation.empty();
    if (!fits) return fail(ErrorCode::provinceOutcomeUnknown, "DATA.CHANGE: of other items");
    return answer;
}

Result<bool> Province::wasCarriedOut(const Business& business, MessageType type, int ordinal) {
    Outgoing message;
    message.type = type;
    message.business = business;
    message.idempotencyKey =
        idempotencyKey(adapter_.terminal().terminalId, business.bizId, type, ordinal);
    const Proof proof = TRY(adapter_.proofOf(message));
    if (proof.onlyPeople.empty()) return proof.carriedOut;
    return fail(ErrorCode::provinceNeedsStaff, "only people can tell: " + proof.onlyPeople);
}

Result<Personalisation> Province::personalisation(const Business& business,
                                                  const PersonalisationRequest& request,
                                                  int ordinal) {
    const PersonalText body = TRY(bodyOf(request));
    const Claim claim = claimFor(MessageType::personalisationGet, business, request.applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    Personalisation answer = TRY(read<Personalisation>(reply.body.reveal()));
    answer.serverTime = reply.serverTime;
    return answer;
}

Result<ports::Block8> OrderCardAuthority::ask(const ports::CardKeyContext& card,
                                              std::optional<ports::CardKey> key,
                                              const ports::Block8& factor,
                                              const ports::Block8& original) {
    const MessageType type = key ? MessageType::cardAuthExternal : MessageType::cardAuthInternal;
    const PersonalText body =
        TRY(bodyOf(CardAuthentication{key, permitId_, card, factor, original}));
    const Reply reply = TRY(adapter_.query(type, business_, body.reveal()));
    if (!succeeded(reply)) return fail(errorOf(reply));
    return TRY(read<Cryptogram>(reply.body.reveal())).cryptogram;
}

Result<ports::Block8> OrderCardAuthority::internalAuthentication(const ports::CardKeyContext& card,
                                                                 const ports::Block8& factor,
                                                                 const ports::Block8& original) {
    return ask(card, std::nullopt, factor, original);
}

Result<ports::Block8> OrderCardAuthority::externalAuthentication(const ports::CardKeyContext& card,
                                                                 ports::CardKey key,
                                                                 const ports::Block8& factor,
                                                                 const ports::Block8& original) {
    return ask(card, key, factor, original);
}

Result<Bytes> OrderCardAuthority::secureMessage(const ports::CardKeyContext& card,
                                                const ports::Block8& challenge,
                                                const std::array<std::uint8_t, 5>& head,
                                                const std::string& pin) {
    const PersonalText body = TRY(bodyOf(SecureMessageRequest{card, challenge, toHex(head), pin}));
    const Reply reply = TRY(adapter_.query(MessageType::cardAuthSecure, business_, body.reveal()));
    if (!succeeded(reply)) return fail(errorOf(reply));
    return TRY(read<SecureMessage>(reply.body.reveal())).message;
}

}  // namespace liqu::province
