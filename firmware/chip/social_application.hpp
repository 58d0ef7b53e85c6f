// The social security application of one powered card: which card it is, its two files, and the
// keys that open them. It keeps track of what a reset takes away; what to do with it all is
// decided in social_card.cpp.
#pragma once

#include <optional>

#include "firmware/chip/atr.hpp"
#include "firmware/chip/authentication.hpp"
#include "firmware/chip/chip_profile.hpp"
#include "firmware/chip/record_coding.hpp"

namespace liqu::chip {

class SocialApplication {
  public:
    SocialApplication(ports::ChipReader& reader, ports::CardAuthority& authority, Random& random,
                      const ChipProfile& profile)
        : reader_(reader),
          profile_(profile),
          channel_(reader),
          authentication_(channel_, authority, random) {}

    // Waits for the card and powers it on.
    Result<void> powerOn(Duration patience);
    // A cold reset of a powered card, power-on of another: no authentication survives.
    Result<void> startAfresh(Duration patience);
    void powerOff();

    // Leaves the social security application: ask before open().
    Result<PersonalText> readBankNumber();
    const Atr& atr() const { return atr_; }

    // Selects the application, reads EF05 and learns version, region and algorithm from it.
    // chipForeign, chipVersionUnsupported.
    Result<void> open();
    const RecordValues& values() const { return values_; }
    ports::ChipAlgorithm algorithm() const { return keys_.algorithm; }
    std::string regionCode() const;
    const ports::CardKeyContext& keys() const { return keys_; }
    // For commands that are not about files; the application is selected after open().
    CardChannel& channel() { return channel_; }
    // EF06 can be read only after RKSSSE (version 3.00).
    bool holderIsProtected() const;

    Result<void> proveCard() { return authentication_.proveCard(keys_, profile_.internalFactor); }
    Result<void> unlock(ports::CardKey key) { return authentication_.unlock(keys_, key); }

    // Reads EF06 into values(), unlocking it where the version demands.
    Result<void> readHolder();
    // Tries to read EF06 as it is now: does the card let us?
    Result<bool> holderIsReadable();
    // Reads one record again.
    Result<PersonalBytes> readNow(const RecordShape& shape);
    Result<void> write(const RecordShape& shape, const PersonalBytes& value);

  private:
    Result<void> learn(Result<Bytes> answerToReset);
    Result<void> enterMasterFile();
    Result<void> select(CardFile file);
    Result<void> readFile(CardFile file);
    std::uint8_t addressOf(const RecordShape& shape) const;

    ports::ChipReader& reader_;
    const ChipProfile& profile_;
    CardChannel channel_;
    Authentication authentication_;
    bool powered_ = false;
    bool opened_ = false;
    Atr atr_;
    ports::CardKeyContext keys_;
    RecordValues values_;
    std::optional<CardFile> current_;
};

}  // namespace liqu::chip
