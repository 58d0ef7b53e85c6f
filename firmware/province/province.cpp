#include "firmware/province/province.hpp"

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

}  // namespace

Error errorOf(const Eligibility& refusal) {
    const ErrorCode otherwise =
        refusal.needsStaff ? ErrorCode::provinceNeedsStaff : ErrorCode::notEligible;
    return {errorCodeOf(refusal.reason).value_or(otherwise), "not eligible: " + refusal.reason};
}

Result<Reply> Province::query(MessageType type, const Business& business, std::string_view body) {
    const Reply reply = TRY(courier_.query(type, business, body));
    if (!succeeded(reply)) return fail(errorOf(reply));
    return reply;
}

Result<Reply> Province::sendCertainly(Outgoing message) {
    Result<Reply> first = courier_.send(message);
    const bool unknown =
        first ? first->code == ReplyCode::unknownOutcome : mayHaveHappened(first.error());
    if (!unknown) return first;
    const Error inDoubt = first ? errorOf(*first) : first.error();
    // Query first: a province that does not answer a question is not sent the change again.
    const auto proof =
        courier_.progress(message.business, ProgressBy::idempotencyKey, message.idempotencyKey);
    if (!proof) return fail(inDoubt);
    // Carried out or not, the same key brings the one answer there is.
    message.attempt = 2;
    Result<Reply> second = courier_.send(message);
    // What the first send did is still open, whatever kept the second from being sent.
    if (!second) return fail(inDoubt);
    return second;
}

Result<Reply> Province::change(const Claim& claim, int ordinal, std::string_view body) {
    Outgoing message;
    message.type = claim.type;
    message.idempotencyKey =
        idempotencyKey(courier_.terminal().terminalId, claim.business.bizId, claim.type, ordinal);
    message.business = claim.business;
    message.body = body;
    Reply reply = TRY(sendCertainly(std::move(message)));
    // A blank is ALREADY reserved only for the application that asks; whose bizId does not matter.
    const bool already = reply.code == ReplyCode::already;
    if (already && claim.type == MessageType::blankReserve) return reply;
    if (already) {
        const auto proof = askForProof(courier_, claim);
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
    SignInAnswer answer = TRY(readSignInAnswer(reply.body.reveal()));
    answer.serverTime = reply.serverTime;
    return answer;
}

Result<Person> Province::person(const Business& business, const PersonQuery& personQuery) {
    const PersonalText body = TRY(bodyOf(personQuery));
    const Reply reply = TRY(query(MessageType::personQuery, business, body.reveal()));
    return readPerson(reply.body.reveal());
}

Result<Photo> Province::photo(const Business& business, const PersonalText& socialNumber) {
    const PersonalText body = TRY(bodyAboutPerson(socialNumber));
    const Reply reply = TRY(query(MessageType::photoGet, business, body.reveal()));
    return readPhoto(reply.body.reveal());
}

Result<Eligibility> Province::eligibility(const Business& business, const EligibilityCheck& check) {
    const PersonalText body = TRY(bodyOf(check));
    const Reply reply = TRY(query(MessageType::eligibilityCheck, business, body.reveal()));
    return readEligibility(reply.body.reveal());
}

Result<Progress> Province::progress(const Business& business, ProgressBy by, std::string value) {
    return courier_.progress(business, by, std::move(value));
}

Result<CardList> Province::cards(const Business& business, const PersonalText& socialNumber) {
    const PersonalText body = TRY(bodyAboutPerson(socialNumber));
    const Reply reply = TRY(query(MessageType::cardQuery, business, body.reveal()));
    CardList answer = TRY(readCardList(reply.body.reveal()));
    if (answer.socialNumber != socialNumber)
        return fail(ErrorCode::answerForOtherPerson, "CARD.QUERY: of another person");
    return answer;
}

Result<Recon> Province::recon(const Business& business, const ReconQuery& reconQuery) {
    const PersonalText body = TRY(bodyOf(reconQuery));
    const Reply reply = TRY(query(MessageType::reconDay, business, body.reveal()));
    return readRecon(reply.body.reveal());
}

Result<ApplicationAnswer> Province::createApplication(const Business& business,
                                                      const ApplicationRequest& request,
                                                      int ordinal) {
    const PersonalText body = TRY(bodyOf(request));
    const Claim claim = claimFor(MessageType::applyCreate, business, "");
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return readApplicationAnswer(reply.body.reveal());
}

Result<StateAnswer> Province::cancelApplication(const Business& business,
                                                const Withdrawal& withdrawal, int ordinal) {
    const PersonalText body = TRY(bodyOf(withdrawal));
    const Claim claim = claimFor(MessageType::applyCancel, business, withdrawal.applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return readStateAnswer(reply.body.reveal());
}

Result<StateAnswer> Province::mark(const Business& business, const std::string& applicationNo,
                                   int ordinal) {
    const PersonalText body = TRY(markBody(applicationNo));
    const Claim claim = claimFor(MessageType::issueMark, business, applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return readStateAnswer(reply.body.reveal());
}

Result<StateAnswer> Province::unmark(const Business& business, const Withdrawal& withdrawal,
                                     int ordinal) {
    const PersonalText body = TRY(bodyOf(withdrawal));
    const Claim claim = claimFor(MessageType::issueUnmark, business, withdrawal.applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return readStateAnswer(reply.body.reveal());
}

Result<BlankAnswer> Province::reserveBlank(const Business& business,
                                           const BlankReservation& reservation, int ordinal) {
    const PersonalText body = TRY(bodyOf(reservation));
    Claim claim = claimFor(MessageType::blankReserve, business, reservation.applicationNo);
    claim.cardNumber = reservation.cardNumber;
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    return readBlankAnswer(reply.body.reveal());
}

Result<Personalisation> Province::personalisation(const Business& business,
                                                  const PersonalisationRequest& request,
                                                  int ordinal) {
    const PersonalText body = TRY(bodyOf(request));
    const Claim claim = claimFor(MessageType::personalisationGet, business, request.applicationNo);
    const Reply reply = TRY(change(claim, ordinal, body.reveal()));
    Personalisation answer = TRY(readPersonalisation(reply.body.reveal()));
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
    const Reply reply = TRY(courier_.query(type, business_, body.reveal()));
    if (!succeeded(reply)) return fail(errorOf(reply));
    return readCryptogram(reply.body.reveal());
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

}  // namespace liqu::province
