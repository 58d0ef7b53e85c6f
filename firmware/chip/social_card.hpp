// One prefabricated card at the chip station, from the check of the blank to the read-back
// (hardware-notes/chip.md, "Prefabricated cards", decisions 5, 6). Make one SocialCard for each
// card that is fed: it remembers that a key counter fell, and that the one restart after a reset is
// spent.
//
// The steps are apart, because issuance commits an intent between them:
//   inspectBlank  nothing is spent; every error leaves an untouched card
//   personalise   from the first record on the card is touched
//   readBack      after a cold reset; needs the province, whose errors come out unchanged and say
//                 nothing against the card
// A card that answers badly while it is only looked at is powered off and on again, twice, before
// that is said of it.
// One thread. No call lasts longer than the reader's and the province's own deadlines allow.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "firmware/chip/social_application.hpp"

namespace liqu::chip {

// What the stock and the order say about the card that should lie there.
struct BlankExpectation {
    // Is this prewritten card number the right one? Not asked where the number is assigned.
    std::function<bool(std::string_view)> numberIsRight;
    // Beginnings of bank card numbers of the lane's bank; empty: any bank.
    std::vector<std::string> bankPrefixes;
    // 卡识别码 of the stock record, where stock knows it.
    std::string cardIdCode;
};

struct BlankIdentity {
    Bytes atr;
    std::array<std::uint8_t, 13> historicalBytes{};
    std::string cardIdCode;  // 32 hex digits
    std::string regionCode;  // six digits, from the 卡识别码
    std::string version;     // "3.00"
    ports::ChipAlgorithm algorithm = ports::ChipAlgorithm::sm4;
    std::string issuerCode;       // 24 hex digits
    std::string cardNumber;       // empty where the province assigns it
    PersonalText bankCardNumber;  // empty where the profile does not read it
};

// What a card said of itself, whether or not it proved to be what it says; empty where it said
// nothing.
struct ShownIdentity {
    std::string cardNumber;
    std::string cardIdCode;
};

struct WriteReport {
    std::vector<Item> written;  // in order; what was equal already is not here
    bool restarted = false;     // a reset came in between
};

// What the chip holds, for the report to the province.
struct ReadBack {
    Bytes atr;
    card::ChipItems items;
};

enum class ChipContents : std::uint8_t {
    untouched,         // nothing of an order is on it
    completeAndEqual,  // all of this order is on it
    partial,           // anything else
};

class SocialCard {
  public:
    // `patience`: how long to wait for the card at the contacts.
    SocialCard(ports::ChipReader& reader, ports::CardAuthority& authority, Random& random,
               ChipProfile profile, Duration patience);
    ~SocialCard();
    SocialCard(const SocialCard&) = delete;
    SocialCard& operator=(const SocialCard&) = delete;

    // Powers on and proves: genuine, the right bank and number, nobody's yet.
    // chipMute, chipForeign, chipWrongBank, chipWrongNumber, chipNotGenuine,
    // chipAlreadyPersonalised, chipIdentityDiffers …
    Result<BlankIdentity> inspectBlank(const BlankExpectation& expected);
    // After inspectBlank, a refusal included.
    const ShownIdentity& shown() const { return shown_; }

    // Writes what differs: EF06, EF05's dates, an assigned number last. A reset in between gives
    // one clean restart. Stopping is heard until the first record; from there on it finishes.
    Result<WriteReport> personalise(const card::ChipItems& order, const BlankIdentity& blank,
                                    const std::function<void(int done, int total)>& onProgress,
                                    const std::stop_token& stop);

    // Cold reset, proof that EF06 is closed (3.00), fresh authentication, compare, and once more
    // the proof that the card is genuine. chipReadBackDiffers names the records;
    // chipReadUnprotected; chipNotGenuine.
    Result<ReadBack> readBack(const card::ChipItems& order);

    // After a restart of the program: what became of the order on this card?
    // chipIdentityDiffers: it is another card.
    Result<ChipContents> compare(const card::ChipItems& order);

    // Before the card moves. The destructor does it as well.
    void powerOff() { application_.powerOff(); }

  private:
    using Progress = std::function<void(int done, int total)>;
    // `look` again on a card that was powered off, where that may help.
    template <typename Look>
    auto reseating(Look look) -> decltype(look());
    Result<BlankIdentity> inspectOnce(const BlankExpectation& expected);
    Result<ReadBack> readBackOnce(const card::ChipItems& order);
    Result<ChipContents> compareOnce(const card::ChipItems& order);
    Result<void> checkBlank(const BlankExpectation& expected);
    Result<void> checkNumber(const BlankExpectation& expected);
    Result<void> checkBank(const PersonalText& number, const BlankExpectation& expected) const;
    BlankIdentity identity(PersonalText bankCardNumber) const;

    // One run from the compare to the last record; what it wrote is added to `written`.
    Result<void> writeOnce(const RecordValues& order, const BlankIdentity& blank,
                           std::vector<Item>& written, const Progress& onProgress,
                           const std::stop_token& stop);
    Result<void> checkStillTheSame(const RecordValues& order, const BlankIdentity& blank);
    Result<void> checkVerified(const RecordValues& order) const;
    std::vector<Item> differing(const RecordValues& order, ItemRule rule) const;
    bool holderIsBlank() const;
    std::string valueText(Item item) const;

    ChipProfile profile_;
    Duration patience_;
    SocialApplication application_;
    ShownIdentity shown_;
    bool contentsKnown_ = false;  // values() tells what is on the card, in this power-on
    bool restartSpent_ = false;
};

}  // namespace liqu::chip
