// The counts of the day as they were typed; between the files of day.hpp only.
#pragma once

#include <map>

#include "firmware/custody/day.hpp"

namespace liqu::custody {

struct TypedCount {
    int round = 1;
    std::string operatorId;
    std::int64_t counted = 0;
    std::vector<std::string> numbers;
    WallTime at{};
    bool byNumber = false;
};
// By place, in the order of round and time.
Result<std::map<std::string, std::vector<TypedCount>>> typedCounts(storage::Database& database,
                                                                   const std::string& day);

// dayAlreadyClosed where the last close was that of today.
Result<void> requireNotClosedToday(storage::Database& database, WallTime at);

// Lanes, path, bins, vault: in the order people walk.
Result<std::vector<std::string>> countedPlaces(storage::Database& database);
// The path is the sum of its three places.
Result<std::int64_t> bookedAt(storage::Database& database, const std::string& place);
// A bin, or the cabinet: its cards are known by number.
bool isBin(const std::string& place);

}  // namespace liqu::custody
