#include "firmware/issuance/binding.hpp"

#include <algorithm>

#include "firmware/base/china_time.hpp"
#include "firmware/card/person_name.hpp"
#include "firmware/card/social_card_number.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::issuance {
namespace {

// Decision 33; the sign-in holds the clock to the same.
constexpr std::chrono::minutes serverTimeTolerance{5};

Result<void> require(bool holds, ErrorCode code, std::string_view item) {
    if (holds) return {};
    return fail(code, std::string(item) + " differs");
}
Result<void> samePerson(bool holds, std::string_view item) {
    return require(holds, ErrorCode::answerForOtherPerson, item);
}
Result<void> sameCard(bool holds, std::string_view item) {
    return require(holds, ErrorCode::answerForOtherCard, item);
}

Result<void> inState(province::ApplicationState wanted, province::ApplicationState state) {
    if (state == wanted) return {};
    return fail(ErrorCode::provinceNeedsStaff, "the application is in another state");
}

// The number of a citizen and of a residence permit is the social security number; a foreigner's
// card may have another (Guangdong Art.35).
bool numberIsSocialNumber(card::DocumentKind kind) {
    return kind == card::DocumentKind::residentIdCard ||
           kind == card::DocumentKind::residencePermit;
}

bool isStated(card::Sex sex) {
    return sex == card::Sex::male || sex == card::Sex::female;
}

char codeOf(card::Sex sex) {
    return static_cast<char>('0' + static_cast<int>(sex));
}

PersonalBytes digestOf(const PersonalBytes& portrait) {
    if (portrait.empty()) return {};
    const security::Sm3Digest digest = security::sm3(portrait.reveal());
    return PersonalBytes(Bytes(digest.begin(), digest.end()));
}

Result<void> bindChip(const PermitClaim& claim, const card::ChipItems& chip) {
    const Holder& holder = claim.holder;
    TRY(samePerson(chip.socialNumber == holder.socialNumber, "chip: social number"));
    TRY(samePerson(chip.name == holder.name, "chip: name"));
    TRY(samePerson(chip.sex == std::string(1, codeOf(holder.sex)), "chip: sex"));
    TRY(samePerson(chip.birthDate == holder.birthDate, "chip: birth date"));
    TRY(samePerson(chip.ethnicCode == holder.ethnicCode, "chip: ethnicity"));
    TRY(sameCard(chip.cardIdCode == claim.blank.cardIdCode, "chip: card identification code"));
    TRY(sameCard(chip.version == claim.blank.version, "chip: version"));
    const bool issuerIsFixed =
        claim.profile.ruleFor(chip::Item::issuerCode) == chip::ItemRule::verify;
    TRY(sameCard(!issuerIsFixed || chip.issuerCode == claim.blank.issuerCode, "chip: issuer"));
    const bool number = claim.profile.assignsNumber()
                            ? card::SocialCardNumber::parse(chip.cardNumber).has_value()
                            : chip.cardNumber == claim.blank.cardNumber;
    return sameCard(number, "chip: card number");
}

Result<void> bindFace(const Holder& holder, const card::ChipItems& chip,
                      const card::FaceItems& face) {
    TRY(samePerson(face.socialNumber == holder.socialNumber, "face: social number"));
    TRY(samePerson(face.printName == holder.printName, "face: name"));
    TRY(samePerson(digestOf(face.portraitJpeg) == holder.portraitDigest, "face: portrait"));
    TRY(sameCard(face.cardNumber == chip.cardNumber, "face: card number"));
    return sameCard(face.issueDate == chip.issueDate, "face: issue date");
}

Result<void> bindTime(const PermitClaim& claim, const province::Personalisation& answer) {
    const auto inTime = [](bool holds, std::string_view item) -> Result<void> {
        if (holds) return {};
        return fail(ErrorCode::permitOutOfTime, std::string(item));
    };
    const auto server = parseChinaTime(answer.serverTime);
    TRY(inTime(server && std::chrono::abs(claim.now - *server) <= serverTimeTolerance,
               "the province's time is more than five minutes away"));
    const auto expires = parseChinaTime(answer.permitExpires);
    TRY(inTime(expires && *expires > claim.now, "the permit has expired"));
    const auto issued = parseDate(answer.chip.issueDate);
    const auto ends = parseDate(answer.chip.expiryDate);
    const std::chrono::sys_days today(chinaDate(claim.now));
    TRY(inTime(issued && std::chrono::sys_days(*issued) <= today + std::chrono::days(1),
               "the date of issue"));
    return inTime(ends && std::chrono::sys_days(*ends) > today, "the card's expiry date");
}

}  // namespace

Result<Holder> bindPerson(const card::IdentityDocument& document, const province::Person& person) {
    TRY(samePerson(person.documentNumber == document.number, "document number"));
    TRY(samePerson(!numberIsSocialNumber(document.kind) || person.socialNumber == document.number,
                   "social number"));
    TRY(samePerson(card::sameName(document.name.reveal(), person.name.reveal()) ||
                       card::sameName(document.nameLatin.reveal(), person.name.reveal()),
                   "name"));
    TRY(samePerson(!isStated(document.sex) || !isStated(person.sex) || document.sex == person.sex,
                   "sex"));
    TRY(samePerson(person.birthDate.reveal() == formatDate(document.birthDate), "birth date"));
    TRY(samePerson(document.ethnicCode.empty() || person.ethnicCode.empty() ||
                       document.ethnicCode == person.ethnicCode,
                   "ethnicity"));
    TRY(samePerson(card::sameName(person.name.reveal(), person.printName.reveal()), "print name"));
    return Holder{.socialNumber = person.socialNumber,
                  .name = person.name,
                  .printName = person.printName,
                  .sex = person.sex,
                  .ethnicCode = person.ethnicCode,
                  .birthDate = person.birthDate,
                  .portraitDigest = {},
                  .documentPortrait = {}};
}

std::optional<Holder> holderByDocument(const card::IdentityDocument& document) {
    if (!numberIsSocialNumber(document.kind)) return std::nullopt;
    Holder holder;
    holder.socialNumber = document.number;
    holder.name = card::displayName(document);
    holder.sex = document.sex;
    holder.ethnicCode = document.ethnicCode;
    holder.birthDate = PersonalText(formatDate(document.birthDate));
    return holder;
}

Result<void> bindPhoto(Holder& holder, const province::Photo& photo) {
    TRY(samePerson(photo.socialNumber == holder.socialNumber, "photo: social number"));
    holder.portraitDigest = digestOf(photo.portraitJpeg);
    return {};
}

Result<void> bindEligibility(const Holder& holder, const province::Eligibility& answer) {
    return samePerson(answer.socialNumber == holder.socialNumber, "eligibility: social number");
}

Result<void> bindApplication(const Holder& holder, const province::ApplicationAnswer& answer) {
    TRY(samePerson(answer.socialNumber == holder.socialNumber, "application: social number"));
    return inState(province::ApplicationState::created, answer.state);
}

Result<void> bindState(const std::string& applicationNo, province::ApplicationState wanted,
                       const province::StateAnswer& answer) {
    TRY(sameCard(answer.applicationNo == applicationNo, "state: application"));
    return inState(wanted, answer.state);
}

Result<void> bindBlank(const province::BlankReservation& asked, const chip::BlankIdentity& blank,
                       const chip::ChipProfile& profile, const province::BlankAnswer& answer) {
    const auto fits = [](bool holds, ErrorCode code, std::string_view item) -> Result<void> {
        if (holds) return {};
        return fail(code, "the province's " + std::string(item) + " of this blank is another",
                    CardFate::atChipStation);
    };
    TRY(fits(answer.applicationNo == asked.applicationNo, ErrorCode::answerForOtherCard,
             "application"));
    TRY(fits(answer.blankId == asked.blankId, ErrorCode::answerForOtherCard, "number"));
    const bool assigns = answer.numberMode == province::NumberMode::assigned;
    TRY(fits(assigns == profile.assignsNumber(), ErrorCode::answerForOtherCard,
             "way of numbering"));
    return fits(answer.version == blank.version, ErrorCode::chipVersionUnsupported, "version");
}

Result<void> bindPersonalisation(const PermitClaim& claim,
                                 const province::Personalisation& answer) {
    TRY(sameCard(answer.applicationNo == claim.applicationNo, "application"));
    TRY(sameCard(answer.bankCode == claim.bankCode, "bank"));
    TRY(sameCard(answer.blankId == claim.blankId, "blank"));
    const bool assigns = answer.numberMode == province::NumberMode::assigned;
    TRY(sameCard(assigns == claim.profile.assignsNumber(), "way of numbering"));
    TRY(bindChip(claim, answer.chip));
    TRY(bindFace(claim.holder, answer.chip, answer.face));
    TRY(bindTime(claim, answer));
    TRY(chip::valuesFor(answer.chip));
    return {};
}

bool isAlarm(ErrorCode code) {
    return code == ErrorCode::answerForOtherPerson || code == ErrorCode::answerForOtherCard ||
           code == ErrorCode::permitOutOfTime;
}

}  // namespace liqu::issuance
