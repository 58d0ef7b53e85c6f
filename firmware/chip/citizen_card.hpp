// A citizen's own social security card, as it lies in the slot for it: which card it is, whose, and
// its PIN. It is read and never written; what is done to its PIN is in social_pin.hpp.
//
// After a reset, or a moment without contact, it is another card until it has shown the same
// identification code and number again (hardware-notes/chip.md, "PIN and blocking").
#pragma once

#include <optional>
#include <string>

#include "firmware/chip/social_application.hpp"
#include "firmware/chip/social_pin.hpp"

namespace liqu::chip {

struct CitizenCardShown {
    std::string cardIdCode;  // 32 hex digits
    std::string cardNumber;
    std::string regionCode;
    std::string version;
    PersonalText socialNumber;  // empty: not read, see HolderIs
};

class CitizenCard {
  public:
    CitizenCard(ports::ChipReader& reader, ports::CardAuthority& authority, Random& random,
                const ChipProfile& profile)
        : application_(reader, authority, random, profile) {}
    ~CitizenCard() { application_.powerOff(); }
    CitizenCard(const CitizenCard&) = delete;
    CitizenCard& operator=(const CitizenCard&) = delete;

    // chipMute: none lies there, or it does not answer. chipForeign: no social security card.
    Result<CitizenCardShown> read(Duration patience);
    // Whose it is. A card of version 3.00 says it only to the province: its errors come out
    // unchanged, and the card is then the same as before.
    Result<PersonalText> readHolder();
    // A cold reset, and the application again: security state is gone, the PIN is asked anew.
    // chipIdentityDiffers: another card.
    Result<void> identifyAgain(const CitizenCardShown& shown, Duration patience);
    // Does any card answer there?
    bool isThere(Duration patience);

    SocialPin pin() { return SocialPin(application_.channel(), application_.atr().offersT1); }
    const ports::CardKeyContext& keys() const { return application_.keys(); }
    void powerOff() { application_.powerOff(); }

  private:
    CitizenCardShown shownNow() const;

    SocialApplication application_;
};

}  // namespace liqu::chip
