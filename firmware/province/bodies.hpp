// Bodies of messages: typed values to canonical JSON and back. Readers are strict and bounded,
// because a reply comes from outside. Pure functions.
#pragma once

#include <string_view>

#include "firmware/base/result.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

Result<PersonalText> bodyOf(const SignIn& message);
Result<PersonalText> bodyOf(const PersonQuery& message);
// PHOTO.GET, CARD.QUERY
Result<PersonalText> bodyAboutPerson(const PersonalText& socialNumber);
Result<PersonalText> bodyOf(const EligibilityCheck& message);
Result<PersonalText> bodyOf(const ProgressQuery& message);
Result<PersonalText> bodyOf(const ApplicationRequest& message);
Result<PersonalText> bodyOf(const Withdrawal& message);
Result<PersonalText> markBody(const std::string& applicationNo);
Result<PersonalText> bodyOf(const BlankReservation& message);
Result<PersonalText> bodyOf(const PersonalisationRequest& message);
Result<PersonalText> bodyOf(const MakeReport& message);
Result<PersonalText> bodyOf(const Enabling& message);
Result<PersonalText> bodyOf(const Handover& message);
Result<PersonalText> bodyOf(const StockLoad& message);
Result<PersonalText> bodyOf(const StockAct& message);
Result<PersonalText> bodyOf(const StockSnapshot& message);
Result<PersonalText> bodyOf(const ReconQuery& message);

struct CardAuthentication {
    std::optional<ports::CardKey> key;  // none: internal authentication
    std::string permitId;
    ports::CardKeyContext card;
    ports::Block8 factor{};
    ports::Block8 original{};
};
Result<PersonalText> bodyOf(const CardAuthentication& message);

Result<SignInAnswer> readSignInAnswer(std::string_view body);
Result<Person> readPerson(std::string_view body);
Result<Photo> readPhoto(std::string_view body);
Result<Eligibility> readEligibility(std::string_view body);
Result<Progress> readProgress(std::string_view body);
Result<CardList> readCardList(std::string_view body);
Result<ApplicationAnswer> readApplicationAnswer(std::string_view body);
Result<StateAnswer> readStateAnswer(std::string_view body);
Result<BlankAnswer> readBlankAnswer(std::string_view body);
Result<Personalisation> readPersonalisation(std::string_view body);
Result<Recon> readRecon(std::string_view body);
Result<ports::Block8> readCryptogram(std::string_view body);

}  // namespace liqu::province
