#include "firmware/custody/lane_check.hpp"

#include <array>

namespace liqu::custody {
namespace {

// Empty where the cards have no numbers yet.
Result<std::vector<std::string>> planned(const Exchange& load) {
    if (load.first.empty()) return std::vector<std::string>();
    const auto first = TRY(card::SocialCardNumber::parse(load.first));
    const auto last = TRY(card::SocialCardNumber::parse(load.last));
    std::vector<std::string> numbers;
    for (const card::SocialCardNumber& number : TRY(card::expandRange(first, last))) {
        numbers.push_back(number.text());
    }
    return numbers;
}

// Where a number of the load should lie; none for a number of another load.
std::optional<std::size_t> placeIn(const std::vector<std::string>& numbers,
                                   const std::string& number) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (numbers[i] == number) return i;
    }
    return std::nullopt;
}

LaneVerdict verdictOf(const LaneReading& reading, const LaneBooking& booking,
                      const Exchange& load) {
    if (reading.cardsFed > 1) return LaneVerdict::doubleFeed;
    if (!reading.bank.empty() && reading.bank != load.bank) return LaneVerdict::otherBank;
    // A blank that is to get its number later must not have one.
    if (load.first.empty()) {
        return reading.cardNumber.empty() ? LaneVerdict::right : LaneVerdict::usedNumber;
    }
    if (reading.cardNumber.empty()) return LaneVerdict::mute;
    if (!booking.known) return LaneVerdict::unknownNumber;
    if (booking.used) return LaneVerdict::usedNumber;
    if (!booking.loaded) return LaneVerdict::otherLoad;
    return LaneVerdict::right;
}

}  // namespace

bool isGood(LaneVerdict verdict) {
    return verdict == LaneVerdict::right || verdict == LaneVerdict::outOfOrder;
}

std::vector<std::int64_t> positionsToRead(std::int64_t cards, Random& random) {
    if (cards < 1) return {};
    if (cards == 1) return {0};
    std::array<std::uint8_t, 4> bytes{};
    random.fill(bytes);
    std::int64_t chance = 0;
    for (const std::uint8_t byte : bytes) chance = chance << 8 | byte;
    return {0, 1 + chance % (cards - 1)};
}

Result<std::string> expectedNumber(const Exchange& load, std::int64_t position) {
    if (position < 0 || position >= load.cards) {
        return fail(ErrorCode::moveNotPossible,
                    "the load has no card at position " + std::to_string(position));
    }
    const auto numbers = TRY(planned(load));
    return numbers.empty() ? std::string() : numbers.at(static_cast<std::size_t>(position));
}

Result<LaneFinding> judgeReading(const Exchange& load, const LaneReading& reading,
                                 const LaneBooking& booking) {
    const auto numbers = TRY(planned(load));
    LaneFinding finding;
    finding.position = reading.position;
    finding.expected = TRY(expectedNumber(load, reading.position));
    finding.read = reading.cardNumber;
    finding.verdict = verdictOf(reading, booking, load);
    if (finding.verdict != LaneVerdict::right || finding.read == finding.expected) return finding;
    const auto found = placeIn(numbers, finding.read);
    const auto position = static_cast<std::size_t>(reading.position);
    if (found && *found > position) {
        // A later number stands here: what should lie before it is not in the lane.
        finding.verdict = LaneVerdict::gap;
        finding.missing.assign(numbers.begin() + reading.position,
                               numbers.begin() + static_cast<std::ptrdiff_t>(*found));
    } else {
        finding.verdict = LaneVerdict::outOfOrder;
    }
    return finding;
}

Result<void> judgeLane(const std::vector<LaneFinding>& findings) {
    for (const LaneFinding& finding : findings) {
        if (isGood(finding.verdict)) continue;
        std::string words = "card " + std::to_string(finding.position + 1) +
                            " of the load: " + std::string(nameOf(finding.verdict));
        if (!finding.read.empty()) words += ", read " + finding.read;
        words += ", expected " + finding.expected;
        if (!finding.missing.empty()) {
            words += ", missing " + finding.missing.front() + " to " + finding.missing.back();
        }
        return fail(ErrorCode::laneCheckFailed, words);
    }
    return {};
}

Result<LaneBooking> readFor(storage::Database& database, const Exchange& load,
                            const std::string& cardNumber) {
    LaneBooking booking;
    const auto card = TRY(findCard(database, cardNumber));
    if (!card) return booking;
    booking.known = true;
    booking.used = card->condition != nameOf(Condition::blank);
    const auto numbers = TRY(planned(load));
    booking.loaded =
        placeIn(numbers, cardNumber).has_value() || card->place == Place::hopper(load.lane);
    return booking;
}

}  // namespace liqu::custody
