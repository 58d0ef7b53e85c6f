#include "firmware/chip/social_card.hpp"

#include <algorithm>

#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

// After these the card may be as good as before: its security state is gone, its records are not.
bool worthOneRestart(ErrorCode code) {
    return code == ErrorCode::chipWasReset || code == ErrorCode::chipSecurityLost ||
           code == ErrorCode::chipReplyTorn || code == ErrorCode::chipRemoved;
}

// EF06 first; an assigned number last of all, because it marks the card as complete.
int turnOf(const RecordShape& shape) {
    if (shape.item == Item::cardNumber) return 2;
    return shape.file == CardFile::holder ? 0 : 1;
}

// A chip that was not read for a moment: the reader was another program's, the contacts were bad,
// an answer was torn. A card that is powered off and on again may well be read. What the card says
// in whole sentences is not among them, and a call that hangs is none to try again.
bool reseatingMayHelp(ErrorCode code) {
    switch (code) {
        case ErrorCode::chipServiceDown:
        case ErrorCode::chipReaderNotFound:
        case ErrorCode::chipReaderHeld:
        case ErrorCode::chipMute:
        case ErrorCode::chipRemoved:
        case ErrorCode::chipWasReset:
        case ErrorCode::chipReplyTorn:
        case ErrorCode::chipSecurityLost:
            return true;
        default:
            return false;
    }
}

std::string listed(const std::vector<Item>& items) {
    std::string names;
    for (const Item item : items) {
        names += (names.empty() ? "" : ", ") + std::string(shapeOf(item).name);
    }
    return names;
}

tl::unexpected<Error> refused(ErrorCode code, std::string cause) {
    return fail(chipError(code, std::move(cause)));
}

}  // namespace

SocialCard::SocialCard(ports::ChipReader& reader, ports::CardAuthority& authority, Random& random,
                       ChipProfile profile, Duration patience)
    : profile_(std::move(profile)),
      patience_(patience),
      application_(reader, authority, random, profile_) {}

SocialCard::~SocialCard() {
    powerOff();
}

template <typename Look>
auto SocialCard::reseating(Look look) -> decltype(look()) {
    constexpr int mostReseats = 2;
    auto seen = look();
    for (int i = 0; i < mostReseats && !seen && reseatingMayHelp(seen.error().code); ++i) {
        application_.powerOff();
        seen = look();
    }
    return seen;
}

Result<BlankIdentity> SocialCard::inspectBlank(const BlankExpectation& expected) {
    return reseating([&] { return inspectOnce(expected); });
}

Result<BlankIdentity> SocialCard::inspectOnce(const BlankExpectation& expected) {
    contentsKnown_ = false;
    TRY(application_.powerOn(patience_));
    PersonalText bankCardNumber;
    if (profile_.readBankNumber) bankCardNumber = TRY(application_.readBankNumber());
    const Result<void> opened = application_.open();
    // Whatever it is refused for, a wrong bank or version among it, it is refused under its number.
    shown_ = {valueText(Item::cardNumber), valueText(Item::cardIdCode)};
    TRY(opened);
    if (profile_.readBankNumber) TRY(checkBank(bankCardNumber, expected));
    TRY(checkBlank(expected));
    contentsKnown_ = true;
    return identity(std::move(bankCardNumber));
}

Result<void> SocialCard::checkBank(const PersonalText& number,
                                   const BlankExpectation& expected) const {
    const auto begins = [&number](const std::string& prefix) {
        return number.reveal().starts_with(prefix);
    };
    if (expected.bankPrefixes.empty() || std::ranges::any_of(expected.bankPrefixes, begins)) {
        return {};
    }
    return refused(ErrorCode::chipWrongBank, "the card is another bank's");
}

// The cheap checks come first; the province is asked only for a card that passes them.
Result<void> SocialCard::checkBlank(const BlankExpectation& expected) {
    if (!expected.cardIdCode.empty() && expected.cardIdCode != valueText(Item::cardIdCode)) {
        return refused(ErrorCode::chipIdentityDiffers,
                       "the card's identification code is not the stock's");
    }
    TRY(checkNumber(expected));
    TRY(application_.proveCard());
    TRY(application_.readHolder());
    if (!holderIsBlank()) {
        return refused(ErrorCode::chipAlreadyPersonalised, "EF06 holds somebody's data");
    }
    return {};
}

Result<void> SocialCard::checkNumber(const BlankExpectation& expected) {
    const std::string number = valueText(Item::cardNumber);
    if (profile_.assignsNumber()) {
        if (number.empty()) return {};
        return refused(ErrorCode::chipAlreadyPersonalised, "the chip has a number: " + number);
    }
    if (number.empty()) return refused(ErrorCode::chipWrongNumber, "the chip has no number");
    if (expected.numberIsRight && !expected.numberIsRight(number)) {
        return refused(ErrorCode::chipWrongNumber, "the chip says " + number);
    }
    return {};
}

BlankIdentity SocialCard::identity(PersonalText bankCardNumber) const {
    return {.atr = application_.atr().raw,
            .historicalBytes = application_.atr().historicalBytes,
            .cardIdCode = valueText(Item::cardIdCode),
            .regionCode = application_.regionCode(),
            .version = valueText(Item::version),
            .algorithm = application_.algorithm(),
            .issuerCode = valueText(Item::issuerCode),
            .cardNumber = valueText(Item::cardNumber),
            .bankCardNumber = std::move(bankCardNumber)};
}

Result<WriteReport> SocialCard::personalise(const card::ChipItems& order,
                                            const BlankIdentity& blank, const Progress& onProgress,
                                            const std::stop_token& stop) {
    const RecordValues values = TRY(valuesFor(order));
    WriteReport report;
    Result<void> outcome = writeOnce(values, blank, report.written, onProgress, stop);
    if (!outcome && !restartSpent_ && worthOneRestart(outcome.error().code)) {
        restartSpent_ = report.restarted = true;
        // A card that left the contacts for a moment must be waited for again.
        if (outcome.error().code == ErrorCode::chipRemoved) application_.powerOff();
        outcome = writeOnce(values, blank, report.written, onProgress, stop);
    }
    if (!outcome) return fail(std::move(outcome).error());
    return report;
}

Result<void> SocialCard::writeOnce(const RecordValues& order, const BlankIdentity& blank,
                                   std::vector<Item>& written, const Progress& onProgress,
                                   const std::stop_token& stop) {
    // Whatever happens below, the next run looks for itself.
    const bool known = std::exchange(contentsKnown_, false);
    if (!known) {
        TRY(reseating([this] { return application_.startAfresh(patience_); }));
        TRY(application_.open());
    }
    TRY(checkStillTheSame(order, blank));
    TRY(checkVerified(order));
    if (!known) TRY(application_.readHolder());

    const std::vector<Item> plan = differing(order, ItemRule::write);
    if (stop.stop_requested() && written.empty()) {
        return refused(ErrorCode::kioskStopping, "before the first record was written");
    }
    if (!plan.empty()) TRY(application_.unlock(ports::CardKey::updateCard));
    int done = 0;
    for (const Item item : plan) {
        // Noted first: a reply that is lost does not say that nothing was written.
        if (std::ranges::find(written, item) == written.end()) written.push_back(item);
        TRY(application_.write(shapeOf(item), order.of(item)));
        if (onProgress) onProgress(++done, static_cast<int>(plan.size()));
    }
    return {};
}

// The card under the contacts is still the one that was inspected, and the order is for it.
Result<void> SocialCard::checkStillTheSame(const RecordValues& order, const BlankIdentity& blank) {
    const RecordShape& code = shapeOf(Item::cardIdCode);
    const RecordShape& number = shapeOf(Item::cardNumber);
    const PersonalBytes codeNow = TRY(application_.readNow(code));
    if (textOf(code, codeNow) != blank.cardIdCode || application_.atr().raw != blank.atr) {
        return refused(ErrorCode::chipIdentityDiffers, "another card than the one inspected");
    }
    if (!order.of(code.item).empty() && !sameValue(code, codeNow, order.of(code.item))) {
        return refused(ErrorCode::chipIdentityDiffers, "the order is for another card");
    }
    const std::string numberNow = textOf(number, TRY(application_.readNow(number)));
    const std::string numberOrdered = textOf(number, order.of(number.item));
    const bool assignedAlready = profile_.assignsNumber() && numberNow == numberOrdered;
    if (numberNow != blank.cardNumber && !assignedAlready) {
        return refused(ErrorCode::chipWrongNumber, "the chip now says " + numberNow);
    }
    return {};
}

Result<void> SocialCard::checkVerified(const RecordValues& order) const {
    const std::vector<Item> items = differing(order, ItemRule::verify);
    if (items.empty()) return {};
    const bool number = std::ranges::find(items, Item::cardNumber) != items.end();
    return refused(number ? ErrorCode::chipWrongNumber : ErrorCode::chipIdentityDiffers,
                   "not as the order says: " + listed(items));
}

Result<ReadBack> SocialCard::readBack(const card::ChipItems& order) {
    return reseating([&] { return readBackOnce(order); });
}

Result<ReadBack> SocialCard::readBackOnce(const card::ChipItems& order) {
    const RecordValues values = TRY(valuesFor(order));
    contentsKnown_ = false;
    TRY(application_.startAfresh(patience_));
    TRY(application_.open());
    if (application_.holderIsProtected() && TRY(application_.holderIsReadable())) {
        return refused(ErrorCode::chipReadUnprotected, "EF06 is open without authentication");
    }
    TRY(application_.readHolder());
    std::vector<Item> items = differing(values, ItemRule::verify);
    std::ranges::copy(differing(values, ItemRule::write), std::back_inserter(items));
    if (!items.empty()) return refused(ErrorCode::chipReadBackDiffers, listed(items));
    TRY(application_.proveCard());

    ReadBack found{.atr = application_.atr().raw, .items = {}};
    found.items.cardIdCode = valueText(Item::cardIdCode);
    found.items.cardClass = valueText(Item::cardClass);
    found.items.version = valueText(Item::version);
    found.items.issuerCode = valueText(Item::issuerCode);
    found.items.issueDate = valueText(Item::issueDate);
    found.items.expiryDate = valueText(Item::expiryDate);
    found.items.cardNumber = valueText(Item::cardNumber);
    found.items.socialNumber = PersonalText(valueText(Item::socialNumber));
    found.items.name = TRY(nameIn(application_.values()));
    found.items.sex = valueText(Item::sex);
    found.items.ethnicCode = valueText(Item::ethnicCode);
    found.items.birthPlace = valueText(Item::birthPlace);
    found.items.birthDate = PersonalText(valueText(Item::birthDate));
    return found;
}

Result<ChipContents> SocialCard::compare(const card::ChipItems& order) {
    return reseating([&] { return compareOnce(order); });
}

Result<ChipContents> SocialCard::compareOnce(const card::ChipItems& order) {
    const RecordValues values = TRY(valuesFor(order));
    contentsKnown_ = false;
    TRY(application_.startAfresh(patience_));
    TRY(application_.open());
    TRY(checkVerified(values));
    TRY(application_.readHolder());
    const bool numberIsFree = !profile_.assignsNumber() || valueText(Item::cardNumber).empty();
    // EF06 is written first: while it is blank, nothing was.
    if (holderIsBlank() && numberIsFree) return ChipContents::untouched;
    return differing(values, ItemRule::write).empty() ? ChipContents::completeAndEqual
                                                      : ChipContents::partial;
}

std::vector<Item> SocialCard::differing(const RecordValues& order, ItemRule rule) const {
    std::vector<Item> items;
    for (const RecordShape& shape : recordTable) {
        const PersonalBytes& wanted = order.of(shape.item);
        if (profile_.ruleFor(shape.item) != rule || wanted.empty()) continue;
        if (!sameValue(shape, application_.values().of(shape.item), wanted)) {
            items.push_back(shape.item);
        }
    }
    std::ranges::stable_sort(items, {}, [](Item item) { return turnOf(shapeOf(item)); });
    return items;
}

bool SocialCard::holderIsBlank() const {
    return std::ranges::all_of(recordTable, [this](const RecordShape& shape) {
        return shape.file == CardFile::issuer ||
               isBlank(shape.coding, application_.values().of(shape.item));
    });
}

std::string SocialCard::valueText(Item item) const {
    return textOf(shapeOf(item), application_.values().of(item));
}

}  // namespace liqu::chip
