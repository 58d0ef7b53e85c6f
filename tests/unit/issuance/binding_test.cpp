// Every item that is compared, each with the one answer that differs in it alone.
// Rules, N-05, W-01.
#include "firmware/issuance/binding.hpp"

#include <doctest/doctest.h>
#include <functional>

#include "firmware/security/sm3.hpp"

using namespace liqu;
using namespace liqu::issuance;

namespace {

const WallTime noon{std::chrono::milliseconds{1717214400000}};  // 2024-06-01T12:00 in China

card::IdentityDocument documentOfZhangSan() {
    card::IdentityDocument document;
    document.name = PersonalText("张三");
    document.number = PersonalText("11010519491231002X");
    document.sex = card::Sex::female;
    document.ethnicCode = "01";
    document.birthDate = Date{std::chrono::year{1949} / 12 / 31};
    return document;
}

province::Person personOfZhangSan() {
    province::Person person;
    person.documentNumber = PersonalText("11010519491231002X");
    person.socialNumber = person.documentNumber;
    person.name = PersonalText("张三");
    person.printName = person.name;
    person.sex = card::Sex::female;
    person.ethnicCode = "01";
    person.birthDate = PersonalText("19491231");
    return person;
}

chip::BlankIdentity blankUnderContacts() {
    chip::BlankIdentity blank;
    blank.cardIdCode = "420100D1560000050000000AFFFFFFFF";
    blank.version = "3.00";
    blank.issuerCode = "915600000242010042010001";
    blank.cardNumber = "A00000003";
    return blank;
}

chip::ChipProfile profileOf(const char* name) {
    return chip::ChipProfile::read(std::filesystem::path(LIQU_SOURCE_DIR) /
                                   "kiosk-config/chip-profiles" / name)
        .value();
}

const Bytes portrait{0xFF, 0xD8, 0x01};

province::Personalisation permitForZhangSan() {
    province::Personalisation answer;
    answer.applicationNo = "A-1";
    answer.bankCode = "B01";
    answer.blankId = "A00000003";
    answer.permitId = "P-1";
    answer.permitExpires = "2024-06-01T12:30:00.000+08:00";
    answer.serverTime = "2024-06-01T12:00:01.000+08:00";
    answer.chip.cardIdCode = blankUnderContacts().cardIdCode;
    answer.chip.cardClass = "3";
    answer.chip.version = "3.00";
    answer.chip.issuerCode = blankUnderContacts().issuerCode;
    answer.chip.issueDate = "20240601";
    answer.chip.expiryDate = "20340601";
    answer.chip.cardNumber = "A00000003";
    answer.chip.socialNumber = PersonalText("11010519491231002X");
    answer.chip.name = PersonalText("张三");
    answer.chip.sex = "2";
    answer.chip.ethnicCode = "01";
    answer.chip.birthPlace = "110105";
    answer.chip.birthDate = PersonalText("19491231");
    answer.face = {PersonalText("张三"), PersonalText("11010519491231002X"), "A00000003",
                   "20240601", PersonalBytes(portrait)};
    return answer;
}

Holder holderOfZhangSan() {
    Holder holder = bindPerson(documentOfZhangSan(), personOfZhangSan()).value();
    REQUIRE(bindPhoto(holder, {holder.socialNumber, PersonalBytes(portrait)}).has_value());
    return holder;
}

Result<void> bound(const province::Personalisation& answer, const char* profileName,
                   const Holder& holder = holderOfZhangSan()) {
    const chip::ChipProfile profile = profileOf(profileName);
    chip::BlankIdentity blank = blankUnderContacts();
    if (profile.assignsNumber()) blank.cardNumber.clear();
    return bindPersonalisation({.holder = holder,
                                .applicationNo = "A-1",
                                .bankCode = "B01",
                                .blankId = profile.assignsNumber() ? blank.cardIdCode : "A00000003",
                                .blank = blank,
                                .profile = profile,
                                .now = noon},
                               answer);
}

using Lie = std::function<void(province::Personalisation&)>;
void refuses(const char* item, ErrorCode code, const Lie& lie) {
    CAPTURE(std::string(item));
    province::Personalisation answer = permitForZhangSan();
    lie(answer);
    const auto outcome = bound(answer, "number-prewritten.toml");
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == code);
    CAPTURE(outcome.error().cause);
    CHECK(outcome.error().cause.find(item) != std::string::npos);
    // Whose it is stays out of the log.
    for (const char* personal : {"张", "李", "1101", "1949", "2001"}) {
        CHECK(outcome.error().cause.find(personal) == std::string::npos);
    }
}

}  // namespace

TEST_CASE("document and province name the same person") {
    CHECK(bindPerson(documentOfZhangSan(), personOfZhangSan()).has_value());
    const auto refusesPerson = [](const char* item, auto lie) {
        CAPTURE(item);
        province::Person person = personOfZhangSan();
        lie(person);
        const auto outcome = bindPerson(documentOfZhangSan(), person);
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().code == ErrorCode::answerForOtherPerson);
        CHECK(outcome.error().cause == std::string(item) + " differs");
    };
    refusesPerson("document number",
                  [](auto& person) { person.documentNumber = PersonalText("110105194912310038"); });
    refusesPerson("social number",
                  [](auto& person) { person.socialNumber = PersonalText("110105194912310038"); });
    refusesPerson("name", [](auto& person) { person.name = PersonalText("李四"); });
    refusesPerson("print name", [](auto& person) { person.printName = PersonalText("李四"); });
    refusesPerson("sex", [](auto& person) { person.sex = card::Sex::male; });
    refusesPerson("ethnicity", [](auto& person) { person.ethnicCode = "02"; });
    refusesPerson("birth date", [](auto& person) { person.birthDate = PersonalText("19491230"); });
}

TEST_CASE("what is not stated, written otherwise or a foreigner's own is no difference") {
    card::IdentityDocument document = documentOfZhangSan();
    province::Person person = personOfZhangSan();
    document.sex = card::Sex::unknown;
    CHECK(bindPerson(document, person).has_value());
    document.sex = card::Sex::female;
    person.sex = card::Sex::notStated;
    CHECK(bindPerson(document, person).has_value());

    document.name = PersonalText("张\U000F0001");
    person.name = PersonalText("张[CHUI]");
    person.printName = PersonalText("张\U00020001");
    const auto rare = bindPerson(document, person);
    REQUIRE(rare.has_value());
    CHECK(rare->name.reveal() == "张[CHUI]");
    CHECK(rare->printName.reveal() == "张\U00020001");

    document = documentOfZhangSan();
    document.kind = card::DocumentKind::foreignerCard2017;
    document.name = PersonalText();
    document.nameLatin = PersonalText("SPECIMEN, ALEX");
    person = personOfZhangSan();
    person.name = PersonalText("SPECIMEN, ALEX");
    person.printName = person.name;
    person.socialNumber = PersonalText("UTO1100850312012");
    CHECK(bindPerson(document, person).has_value());
}

TEST_CASE("photo, eligibility, application and mark are about this person and application") {
    Holder holder = holderOfZhangSan();
    const PersonalText other("110105194912310038");
    CHECK(bindPhoto(holder, {other, {}}).error().code == ErrorCode::answerForOtherPerson);
    CHECK_FALSE(holder.portraitDigest.empty());
    CHECK(bindPhoto(holder, {holder.socialNumber, {}}).has_value());
    CHECK(holder.portraitDigest.empty());
    province::Eligibility eligibility;
    eligibility.socialNumber = other;
    CHECK(bindEligibility(holder, eligibility).error().code == ErrorCode::answerForOtherPerson);
    eligibility.socialNumber = holder.socialNumber;
    CHECK(bindEligibility(holder, eligibility).has_value());
    CHECK(bindApplication(holder, {other, "A-1"}).error().code == ErrorCode::answerForOtherPerson);
    CHECK(bindApplication(holder, {holder.socialNumber, "A-1"}).has_value());
    CHECK_FALSE(bindApplication(
        holder, {holder.socialNumber, "A-1", province::ApplicationState::cancelled}));
    using province::ApplicationState;
    CHECK(bindState("A-1", ApplicationState::marked, {"A-1", ApplicationState::marked}));
    CHECK(bindState("A-1", ApplicationState::marked, {"A-2", ApplicationState::marked})
              .error()
              .code == ErrorCode::answerForOtherCard);
    CHECK(bindState("A-1", ApplicationState::marked, {"A-1", ApplicationState::cancelled})
              .error()
              .code == ErrorCode::provinceNeedsStaff);
}

TEST_CASE("the blank under the contacts is the one the province keeps for this application") {
    province::BlankReservation asked;
    asked.applicationNo = "A-1";
    asked.blankId = "A00000003";
    const province::BlankAnswer right{"A-1", "A00000003", "3.00", province::NumberMode::prewritten};
    const auto outcome = [&](auto lie) {
        province::BlankAnswer answer = right;
        lie(answer);
        const auto result =
            bindBlank(asked, blankUnderContacts(), profileOf("number-prewritten.toml"), answer);
        return result ? std::string("bound") : std::string(nameOf(result.error().code));
    };
    CHECK(outcome([](auto&) {}) == "bound");
    CHECK(outcome([](auto& answer) { answer.applicationNo = "A-2"; }) == "answerForOtherCard");
    CHECK(outcome([](auto& answer) { answer.blankId = "A00000011"; }) == "answerForOtherCard");
    CHECK(outcome([](auto& answer) { answer.version = "2.00"; }) == "chipVersionUnsupported");
    CHECK(outcome([](auto& answer) { answer.numberMode = province::NumberMode::assigned; }) ==
          "answerForOtherCard");
}

TEST_CASE("a permit for this person, this application and this card is bound") {
    CHECK(bound(permitForZhangSan(), "number-prewritten.toml").has_value());
    province::Personalisation assigned = permitForZhangSan();
    assigned.numberMode = province::NumberMode::assigned;
    assigned.blankId = blankUnderContacts().cardIdCode;
    CHECK(bound(assigned, "number-assigned.toml").has_value());
    CHECK_FALSE(bound(assigned, "number-prewritten.toml").has_value());
    CHECK_FALSE(bound(permitForZhangSan(), "number-assigned.toml").has_value());
}

TEST_CASE("a permit for somebody else") {
    constexpr ErrorCode code = ErrorCode::answerForOtherPerson;
    refuses("chip: social number", code,
            [](auto& a) { a.chip.socialNumber = PersonalText("110105194912310038"); });
    refuses("chip: name", code, [](auto& a) { a.chip.name = PersonalText("李四"); });
    refuses("chip: sex", code, [](auto& a) { a.chip.sex = "1"; });
    refuses("chip: birth date", code, [](auto& a) { a.chip.birthDate = PersonalText("20011231"); });
    refuses("chip: ethnicity", code, [](auto& a) { a.chip.ethnicCode = "02"; });
    refuses("face: social number", code,
            [](auto& a) { a.face.socialNumber = PersonalText("110105194912310038"); });
    refuses("face: name", code, [](auto& a) { a.face.printName = PersonalText("李四"); });
    refuses("face: portrait", code, [](auto& a) {
        a.face.portraitJpeg = PersonalBytes(Bytes{0xFF, 0xD8, 0x02});
    });
    refuses("face: portrait", code, [](auto& a) { a.face.portraitJpeg = {}; });
}

TEST_CASE("a permit for another card, application or bank") {
    constexpr ErrorCode code = ErrorCode::answerForOtherCard;
    refuses("application", code, [](auto& a) { a.applicationNo = "A-2"; });
    refuses("bank", code, [](auto& a) { a.bankCode = "B02"; });
    refuses("blank", code, [](auto& a) { a.blankId = "A00000011"; });
    refuses("way of numbering", code,
            [](auto& a) { a.numberMode = province::NumberMode::assigned; });
    refuses("chip: card identification code", code,
            [](auto& a) { a.chip.cardIdCode = "420100D1560000050000000BFFFFFFFF"; });
    refuses("chip: version", code, [](auto& a) { a.chip.version = "2.00"; });
    refuses("chip: issuer", code, [](auto& a) { a.chip.issuerCode.back() = '2'; });
    refuses("chip: card number", code, [](auto& a) {
        a.chip.cardNumber = "A00000011";
        a.face.cardNumber = "A00000011";
    });
    refuses("face: card number", code, [](auto& a) { a.face.cardNumber = "A00000011"; });
    refuses("face: issue date", code, [](auto& a) { a.face.issueDate = "20240602"; });
}

TEST_CASE("a permit of another time") {
    constexpr ErrorCode code = ErrorCode::permitOutOfTime;
    refuses("has expired", code,
            [](auto& a) { a.permitExpires = "2024-06-01T12:00:00.000+08:00"; });
    refuses("has expired", code,
            [](auto& a) { a.permitExpires = "0001-01-01T00:00:00.000+08:00"; });
    refuses("five minutes", code, [](auto& a) { a.serverTime = "2024-06-01T12:05:00.001+08:00"; });
    refuses("five minutes", code, [](auto& a) { a.serverTime = "2024-06-01T11:54:59.999+08:00"; });
    refuses("five minutes", code, [](auto& a) { a.serverTime = "2024-13-01T12:00:00.000+08:00"; });
    const auto dated = [](const char* day) {
        return [day](auto& a) {
            a.chip.issueDate = day;
            a.face.issueDate = day;
        };
    };
    refuses("date of issue", code, dated("20240603"));
    refuses("date of issue", code, dated("20240631"));
    refuses("expiry date", code, [](auto& a) { a.chip.expiryDate = "20240601"; });
    refuses("expiry date", code, [](auto& a) { a.chip.expiryDate = "20340631"; });
}

TEST_CASE("what a record cannot take is found with the permit, not in the middle of writing") {
    refuses("birthPlace", ErrorCode::chipItemUnfit, [](auto& a) { a.chip.birthPlace = "1101"; });
    Holder holder = holderOfZhangSan();
    province::Personalisation answer = permitForZhangSan();
    answer.chip.name = holder.name = PersonalText(std::string(51, 'A'));
    CHECK(bound(answer, "number-prewritten.toml", holder).error().code ==
          ErrorCode::nameDoesNotFitChip);
    CHECK(isAlarm(ErrorCode::answerForOtherPerson));
    CHECK_FALSE(isAlarm(ErrorCode::nameDoesNotFitChip));
}
