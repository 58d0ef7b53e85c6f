#include "firmware/chip/citizen_card.hpp"

#include "firmware/chip/status_word.hpp"

namespace liqu::chip {

CitizenCardShown CitizenCard::shownNow() const {
    const auto text = [this](Item item) {
        return textOf(shapeOf(item), application_.values().of(item));
    };
    return {.cardIdCode = text(Item::cardIdCode),
            .cardNumber = text(Item::cardNumber),
            .regionCode = application_.regionCode(),
            .version = text(Item::version),
            .socialNumber = PersonalText(text(Item::socialNumber))};
}

Result<CitizenCardShown> CitizenCard::read(Duration patience) {
    TRY(application_.powerOn(patience));
    TRY(application_.open());
    if (!application_.holderIsProtected()) TRY(application_.readHolder());
    CitizenCardShown shown = shownNow();
    // A blank of the factory is nobody's card.
    if (shown.cardNumber.empty())
        return fail(chipError(ErrorCode::chipForeign, "the card has no number"));
    return shown;
}

Result<PersonalText> CitizenCard::readHolder() {
    TRY(application_.readHolder());
    return shownNow().socialNumber;
}

Result<void> CitizenCard::identifyAgain(const CitizenCardShown& shown, Duration patience) {
    const Result<void> again = application_.startAfresh(patience);
    if (!again) {
        // It left the contacts: power is off, and it is waited for as at the beginning.
        application_.powerOff();
        TRY(application_.powerOn(patience));
    }
    TRY(application_.open());
    const CitizenCardShown now = shownNow();
    if (now.cardIdCode != shown.cardIdCode || now.cardNumber != shown.cardNumber)
        return fail(chipError(ErrorCode::chipIdentityDiffers, "another card than the one read"));
    return {};
}

bool CitizenCard::isThere(Duration patience) {
    application_.powerOff();
    const bool there = application_.powerOn(patience).has_value();
    application_.powerOff();
    return there;
}

}  // namespace liqu::chip
