// The report of a business day as values: what a bank files (Guangdong Art.36; docs/rules.md,
// "Arithmetic of a day"). Whoever prints or writes it decides nothing and looks nothing up. No
// citizen's data is in it: card numbers are stock data (decision 21); staff appear with their badge
// numbers, and on the paper they sign with their names.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/words.hpp"

namespace liqu::ports {

// One counted place. closing = opening + in − out, always.
struct PlaceFigures {
    std::string
        place;  // "hopper-1", "path", "hold-bin", "reject-bin", "old-card-bin", "cabinet", "vault"
    int lane = 0;      // 0: no lane
    std::string bank;  // of a lane; empty elsewhere
    std::string vendor;
    std::int64_t opening = 0;
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::int64_t closing = 0;             // what the books say before differences were booked
    std::optional<std::int64_t> counted;  // what two people counted; none: not counted yet
    std::int64_t difference = 0;          // counted − closing
};

// expected = opening + loaded − unloaded − taken − staffDelivered − returned − toCabinet +
// takenBack
//            − missing + found.
// Missing and found are what staff booked during the day, not what this count found.
struct KioskEquation {
    std::int64_t opening = 0;
    std::int64_t loaded = 0;
    std::int64_t unloaded = 0;
    std::int64_t taken = 0;
    std::int64_t staffDelivered = 0;
    std::int64_t returned = 0;   // from the bins to the bank
    std::int64_t toCabinet = 0;  // unfetched, from the hold bin
    std::int64_t takenBack = 0;  // with wrong data, from their holders or the cabinet
    std::int64_t missing = 0;
    std::int64_t found = 0;
    std::int64_t expected = 0;
    std::optional<std::int64_t> counted;
    std::int64_t difference = 0;
};

// expected = opening + received − sentToKiosk + fromKiosk − returnedToBank − destroyed
//            − missing + found.
struct VaultEquation {
    std::int64_t opening = 0;
    std::int64_t received = 0;
    std::int64_t sentToKiosk = 0;
    std::int64_t fromKiosk = 0;
    std::int64_t returnedToBank = 0;
    std::int64_t destroyed = 0;
    std::int64_t missing = 0;
    std::int64_t found = 0;
    std::int64_t expected = 0;
    std::optional<std::int64_t> counted;
    std::int64_t difference = 0;
};

// Cards that had a permit and came to their end in this day, by number and disjoint:
// consumed = taken + held + spoiled. Refused blanks had no permit and are not consumed.
struct BankConsumption {
    std::string bank;
    std::int64_t consumed = 0;
    std::int64_t taken = 0;
    std::int64_t held = 0;  // finished, not taken on the day it was made
    std::int64_t spoiled = 0;
    std::int64_t refused = 0;
    // Has a permit, its end is still open: it counts on the day of its end. Of a closed day only
    // under the empty bank code.
    std::int64_t undecided = 0;
};

enum class ConsumedAs : std::uint8_t { taken, held, spoiled };
struct ConsumedCard {
    std::string cardNumber;
    std::string bank;
    ConsumedAs as = ConsumedAs::taken;
    std::string orderId;
};

struct DayCase {
    std::int64_t id = 0;
    std::string place;
    std::int64_t booked = 0;
    std::int64_t counted = 0;
    std::vector<std::string> numbers;  // missing; where not certain: the missing are among these
    bool certain = false;
    bool laneLocked = false;
    std::string releasedBy;  // two badges "1001, 1002"; empty: still open
    std::string releaseReason;
};

enum class DifferenceKind : std::uint8_t { onlyLocal, onlyRemote, stateDiff };
constexpr auto wordsOf(DifferenceKind) {
    return words<DifferenceKind>({{DifferenceKind::onlyLocal, "ONLY_LOCAL"},
                                  {DifferenceKind::onlyRemote, "ONLY_REMOTE"},
                                  {DifferenceKind::stateDiff, "STATE_DIFF"}});
}
struct DayDifference {
    DifferenceKind kind = DifferenceKind::onlyLocal;
    std::string cardNumber;
    std::string here;   // "finished", "spoiled"; empty where our books have nothing
    std::string there;  // "OK", "FAILED"; empty where the province has nothing
};

// Two people of each count, and who closed the day.
struct DaySignature {
    std::string place;  // empty: the close of the day
    int round = 1;
    std::string operatorId;
    std::optional<std::int64_t> counted;
    WallTime at{};
};

// Typed in a count that was stopped before the close.
struct GivenUpCount {
    int attempt = 1;
    std::string place;
    int round = 1;
    std::string operatorId;
    std::int64_t counted = 0;
    std::int64_t booked = 0;  // when it was stopped
    WallTime at{};
};

struct NamedCount {
    std::string name;  // a word of the books
    std::int64_t count = 0;
};
// A card that waits for its holder when the day ends, and by when it is due.
struct WaitingCard {
    std::string cardNumber;
    std::string place;
    std::string lastDay;    // yyyymmdd: the months are over in the evening of it
    std::string recoverBy;  // empty: the province did not remind, or the year has no table
    std::int64_t told = 0;
    bool reminded = false;
};
// A held card that went back to the bank, or came from there once more.
struct RecoveredCard {
    std::string cardNumber;
    std::string cause;
    std::string evidence;
    std::string people;  // "1001, 1002"
};
// An old card that was taken in when its holder got another one.
struct OldCardLine {
    std::string cardNumber;
    std::string reason;
    std::string time;    // "10:22"
    std::string people;  // "4711"; of two "1001, 1002"
};
struct WrongCardLine {
    std::string cardNumber;
    std::string wrongItems;
    std::string rightItems;
    std::string cause;
    std::string evidence;
    bool confirmed = false;
};
// What the counters of the staff did beside the stock: cards recovered by cause
// (《滞留原因统计表》, Shangluo Art.17; Guangdong Art.32(2)), wrong cards (《信息错误人员清单》,
// Shangluo Art.13), the ledger of hand-overs (Guangdong Art.12(3)), and the visits
// (Changji 8.2, 8.3).
struct CounterFigures {
    std::vector<WaitingCard> waiting;
    std::string holdFullOn;  // about when the hold bin is full; empty: not soon
    std::vector<RecoveredCard> recovered;
    std::vector<NamedCount> recoveredInMonth;  // by cause
    std::vector<OldCardLine> oldCards;
    std::vector<NamedCount> oldCardsInMonth;     // by reason
    std::int64_t oldCardsOut = 0;                // the new one is made, the old one did not come in
    std::vector<NamedCount> notices;             // by way, and reminders
    std::vector<WrongCardLine> wrong;            // of the day, and confirmed on it
    std::vector<NamedCount> handovers;           // by way
    std::vector<NamedCount> handoversConfirmed;  // the same cards, by how (签收)
    std::int64_t handoversNotTold = 0;           // the province has not taken their message in
    std::int64_t movedToHolders = 0;             // by the stock's own books
    std::vector<NamedCount> attended;            // acts an attendant confirmed, by service
    std::vector<NamedCount> ended;               // orders that came to an end, by state
    std::int64_t visits = 0;                     // that ended without an order's end
    std::vector<NamedCount> visitEnds;           // by the number of their reason
};

struct DayReport {
    std::string terminal;
    std::string outlet;
    std::string region;
    std::string day;  // yyyymmdd
    bool closed = false;
    WallTime openedAt{};
    std::optional<WallTime> closedAt;
    int calendarDays = 1;  // more than one: it was not closed in time
    std::vector<PlaceFigures> places;
    KioskEquation kiosk;
    VaultEquation vault;
    std::vector<BankConsumption> consumption;
    std::vector<ConsumedCard> consumed;
    std::int64_t missingAfter = 0;  // at the place `missing` when the day ended
    std::vector<DayCase> cases;
    std::optional<WallTime> comparedAt;  // with the province; none: not yet
    std::vector<DayDifference> differences;
    std::vector<DaySignature> signatures;
    std::vector<GivenUpCount> givenUp;
    CounterFigures counters;
    std::map<std::string, std::string> names;  // of the staff, by badge: for the paper they sign
    // Where the audit record stood at the close, for a witness outside of the machine: the text of
    // a QR code, and letters for people. Empty before the close, and where there is no record.
    std::string auditCheckpoint;
    std::string auditLetters;
    std::int64_t auditLines = 0;
    WallTime generatedAt{};
};

}  // namespace liqu::ports
