// Is everything about the person in front and about the card that lies there? The document, the
// answers of the province and the blank are compared here and nowhere else (decision 33). Pure
// functions; nothing personal is in their causes, which name the item that differs.
//
// Before a permit a difference ends the visit with nothing touched; after it the blank is spoiled,
// reported FAILED, and isAlarm() is true of the error.
#pragma once

#include <string>

#include "firmware/card/identity_document.hpp"
#include "firmware/chip/social_card.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::issuance {

// The person in front, as their document and the province agree.
struct Holder {
    PersonalText socialNumber;
    PersonalText name;       // wire form, the province's
    PersonalText printName;  // as it will stand on the face
    card::Sex sex = card::Sex::notStated;
    std::string ethnicCode;
    PersonalText birthDate;        // YYYYMMDD
    PersonalBytes portraitDigest;  // SM3 of the province's portrait; empty: it holds none
    // Then printed in its place: the ID card's, agreed to (ports/photo_decoder.hpp); empty: none.
    PersonalBytes documentPortrait{};
};

// PERSON.QUERY against the document. answerForOtherPerson.
Result<Holder> bindPerson(const card::IdentityDocument& document, const province::Person& person);

// As the document alone says, where its number is the social number; none of another one.
std::optional<Holder> holderByDocument(const card::IdentityDocument& document);

// PHOTO.GET; takes the portrait as the one to be printed. answerForOtherPerson.
Result<void> bindPhoto(Holder& holder, const province::Photo& photo);

// ELIG.CHECK. answerForOtherPerson.
Result<void> bindEligibility(const Holder& holder, const province::Eligibility& answer);

// APPLY.CREATE. answerForOtherPerson; provinceNeedsStaff in another state.
Result<void> bindApplication(const Holder& holder, const province::ApplicationAnswer& answer);

// ISSUE.MARK and its withdrawal. answerForOtherCard; provinceNeedsStaff in another state.
Result<void> bindState(const std::string& applicationNo, province::ApplicationState wanted,
                       const province::StateAnswer& answer);

// BLANK.RESERVE against the blank under the contacts: answerForOtherCard; chipVersionUnsupported,
// which another blank mends.
Result<void> bindBlank(const province::BlankReservation& asked, const chip::BlankIdentity& blank,
                       const chip::ChipProfile& profile, const province::BlankAnswer& answer);

// What a permit must be for.
struct PermitClaim {
    const Holder& holder;
    std::string applicationNo;
    std::string bankCode;
    std::string blankId;
    const chip::BlankIdentity& blank;
    const chip::ChipProfile& profile;
    WallTime now{};
};
// PERSO.GET, chip and face. answerForOtherCard, answerForOtherPerson, permitOutOfTime, and
// chipItemUnfit where a record cannot take an item.
Result<void> bindPersonalisation(const PermitClaim& claim, const province::Personalisation& answer);

// The province speaks of somebody or something else, or of another time: staff must hear of it.
bool isAlarm(ErrorCode code);

}  // namespace liqu::issuance
