// The books of the cards (Guangdong Art.36: 登记出入及使用): double entry by place, and a record of
// every card whose number is known. Nothing else may change stock. All writes happen inside the
// caller's Transaction, so that a move is one commit with the fact that caused it.
//
// A hopper holds numbered cards, but which one comes is known only when its chip is read: a fed
// card is at the chip station unidentified until identify() names it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/card/social_card_number.hpp"
#include "firmware/custody/people.hpp"
#include "firmware/custody/place.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::custody {

// Why and when a move happened; orderId is empty for staff acts, people where no staff acted.
struct Occasion {
    std::string reason;
    std::string orderId;
    WallTime at{};
    TwoPeople people = {};
};

struct LaneLoad {
    int lane = 1;
    std::string bank;
    std::string vendor;
    std::vector<card::SocialCardNumber> numbers;
    std::int64_t unnumbered = 0;  // blanks whose number is assigned with the permit
    TwoPeople people = {};        // nobody where a machine is filled before anybody works there
};

struct CardRecord {
    std::string cardNumber;
    std::string bank;
    std::string vendor;
    int lane = 0;  // the one it lies in or came from last
    Place place = Place::missing();
    std::string condition;
    std::string orderId;
};

struct Balance {
    Place place = Place::missing();
    std::int64_t cards = 0;
    std::optional<std::int64_t> capacity;
};

// Makes sure the places exist; capacities may change between starts, balances never do here.
Result<void> openPlaces(storage::Transaction& transaction, int lanes, std::int64_t hopperCapacity,
                        std::int64_t binCapacity);

// Cards from the bank go straight into a lane, without a box: how a simulated machine is filled.
// rangeOverlaps names the first number already in the books; laneBelongsToOther, placeFull.
Result<void> loadLane(storage::Transaction& transaction, const LaneLoad& load, WallTime at);

// One card whose number is not known.
Result<void> moveUnidentified(storage::Transaction& transaction, const Place& from, const Place& to,
                              const Occasion& occasion);
// One card by number; it must be at `from`.
Result<void> moveCard(storage::Transaction& transaction, const std::string& cardNumber,
                      const Place& from, const Place& to, const Occasion& occasion);
// The unidentified card at the chip station, fed from this lane, is this number. Fails with
// cardNotInStock, cardAlreadyUsed, laneBelongsToOther; the books do not change then.
Result<void> identify(storage::Transaction& transaction, const std::string& cardNumber, int lane,
                      WallTime at);
// The unidentified card at the chip station is this one, which the books miss: it is found, and the
// card that was booked as fed lies in its lane still. moveNotPossible where it is not missing.
Result<void> findAtStation(storage::Transaction& transaction, const std::string& cardNumber,
                           const Occasion& occasion);
// A blank without a prewritten number comes into the books at the chip station, under its 卡识别码,
// and gets its number with the permit. cardAlreadyUsed, rangeOverlaps.
Result<void> registerUnnumbered(storage::Transaction& transaction, const std::string& cardIdCode,
                                int lane, WallTime at);
Result<void> assignNumber(storage::Transaction& transaction, const std::string& cardIdCode,
                          const std::string& cardNumber);
// A card that is not genuine showed this number. Nothing moves: the card of that number is
// elsewhere.
Result<void> noteCopy(storage::Transaction& transaction, const std::string& cardNumber,
                      const Occasion& occasion);
// permitted and later belong to an order.
Result<void> setCondition(storage::Transaction& transaction, const std::string& cardNumber,
                          Condition condition, const std::string& orderId, WallTime at);

Result<std::optional<CardRecord>> findCard(storage::Database& database,
                                           const std::string& cardNumber);
Result<std::vector<CardRecord>> cardsAt(storage::Database& database, const Place& place);
Result<std::int64_t> balanceOf(storage::Database& database, const Place& place);
Result<std::vector<Balance>> balances(storage::Database& database);
// The lane an untouched blank at the chip station came from; none where no card is there.
Result<std::optional<int>> laneOfKeptBlank(storage::Database& database);

// What costs the same after ten years as on the first day: no place but the bank is below zero,
// every balance is the last checkpoint and what moved since, no place holds more numbers than
// cards, and inside the printer and at the mouth there is one card at most.
Result<void> checkBooks(storage::Database& database);
// The same over every move that ever was: each balance is the sum of its moves, each day's totals
// are the sum of the day's moves, and every number is where its last move left it.
Result<void> checkInvariants(storage::Database& database);

}  // namespace liqu::custody
