#include <algorithm>

#include "firmware/custody/books_clock.hpp"
#include "firmware/custody/day_counting.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

using storage::Transaction;

constexpr std::size_t counters = 2;

bool agree(const TypedCount& one, const TypedCount& other) {
    if (one.counted != other.counted) return false;
    if (one.byNumber && other.byNumber) return one.numbers == other.numbers;
    return one.numbers.empty() || other.numbers.empty() || one.numbers == other.numbers;
}

CountResult resultOf(const TypedCount& one, const TypedCount& other, std::int64_t booked) {
    CountResult result{one.counted, other.counted, booked, CountVerdict::equal};
    if (!agree(one, other)) {
        result.verdict = CountVerdict::countersDiffer;
    } else if (one.counted != booked) {
        result.verdict = CountVerdict::booksDiffer;
    }
    return result;
}

// Two people named the cards of a bin, and one of its list is not among them: also where there are
// as many.
Result<bool> lacksListed(storage::Database& database, const std::string& place,
                         const TypedCount& typed) {
    if (!isBin(place)) return false;
    std::vector<std::string> listed;
    for (const CardRecord& card : TRY(cardsAt(database, Place::named(place)))) {
        listed.push_back(card.cardNumber);
    }
    std::ranges::sort(listed);
    return !std::ranges::includes(typed.numbers, listed);
}

// The newest round in which the place was typed by anybody; a settled place stays in its round.
Result<CountLine> lineOf(storage::Database& database, const std::string& place, int round,
                         const std::vector<TypedCount>& typed) {
    CountLine line;
    line.place = place;
    std::vector<const TypedCount*> newest;
    for (const TypedCount& count : typed) {
        if (newest.empty() || count.round == newest.front()->round) {
            newest.push_back(&count);
        } else {
            newest = {&count};
        }
    }
    line.round = newest.empty() ? round : newest.front()->round;
    if (newest.size() == counters) {
        line.result = resultOf(*newest[0], *newest[1], TRY(bookedAt(database, place)));
        line.byNumber = newest[0]->byNumber && newest[1]->byNumber;
        const bool equal = line.result->verdict == CountVerdict::equal;
        if (equal && line.byNumber && TRY(lacksListed(database, place, *newest[0]))) {
            line.result->verdict = CountVerdict::booksDiffer;
        }
    }
    if (line.result && line.result->verdict != CountVerdict::equal && line.round < round) {
        line.round = round;
        line.result.reset();
        line.byNumber = false;
        return line;
    }
    for (const TypedCount* count : newest) line.enteredBy.push_back(count->operatorId);
    return line;
}

// In the round before, two people found more inside the machine than the books have there, and were
// told to put it into the reject bin. After the first round they were told nothing yet.
Result<bool> pathHadSurplus(storage::Database& database, const std::vector<TypedCount>& path,
                            int round) {
    const std::int64_t booked = TRY(bookedAt(database, std::string(pathPlace)));
    std::vector<std::int64_t> counted;
    for (const TypedCount& count : path) {
        if (count.round == round - 1) counted.push_back(count.counted);
    }
    return round > 2 && counted.size() == counters && counted[0] == counted[1] &&
           counted[0] > booked;
}

Result<void> requireStill(storage::Database& database) {
    if (TRY(bookedAt(database, "transport")) + TRY(bookedAt(database, "mouth")) > 0) {
        return fail(ErrorCode::cardOnItsWay, "a card is in the transport or at the mouth");
    }
    const auto exchanges = TRY(openExchanges(database));
    if (exchanges.empty()) return {};
    return fail(ErrorCode::laneStopped, "session " + std::to_string(exchanges[0].id) + " at lane " +
                                            std::to_string(exchanges[0].lane) +
                                            " has no end yet; end or undo it first");
}

Result<void> requireEntry(const CountEntry& entry, const CountLine& line) {
    if (line.result) {
        return fail(ErrorCode::countIncomplete,
                    entry.place + " was counted by two already; a recount opens it again");
    }
    if (std::ranges::find(line.enteredBy, entry.operatorId) != line.enteredBy.end()) {
        return fail(ErrorCode::samePersonTwice,
                    entry.operatorId + " has counted " + entry.place + "; a second person must");
    }
    constexpr std::int64_t most = 1'000'000;
    if (entry.counted < 0 || entry.counted > most) {
        return fail(ErrorCode::configBadValue, "a count is a number from 0");
    }
    if (static_cast<std::int64_t>(entry.numbers.size()) > entry.counted) {
        return fail(ErrorCode::boxCountDiffers, "more numbers than cards were typed");
    }
    for (const std::string& number : entry.numbers) {
        const auto parsed = TRY(card::SocialCardNumber::parse(number));
        if (!parsed.checkCharacterHolds()) {
            return fail(ErrorCode::checkCharacterWrong, number + " has a wrong check character");
        }
    }
    return {};
}

Result<Day> requireFrozen(storage::Database& database) {
    auto day = TRY(currentDay(database));
    if (day && day->state == DayState::frozen) return *day;
    return fail(ErrorCode::countIncomplete, "the day is not frozen; freeze it before counting");
}

}  // namespace

bool isBin(const std::string& place) {
    return place.ends_with("-bin") || place == Place::cabinet().name();
}

bool showsBooked(const CountLine& line) {
    if (!line.result) return false;
    if (line.result->verdict == CountVerdict::equal) return true;
    return line.round > 1 && line.result->verdict == CountVerdict::booksDiffer;
}

bool asksForNumbers(const CountLine& line) {
    constexpr int fromRound = 3;
    return isBin(line.place) && line.round >= fromRound;
}

bool mustBeRecounted(const CountLine& line) {
    if (!line.result || line.result->verdict != CountVerdict::booksDiffer) return false;
    const std::int64_t counted = line.result->first;
    if (line.place == pathPlace) return counted > line.result->booked;
    const bool lacks = counted > 0 && counted < line.result->booked;
    return isBin(line.place) && lacks && !line.byNumber;
}

std::string countedAs(const std::string& place) {
    const bool onPath = place == Place::transport().name() ||
                        place == Place::chipStation().name() || place == Place::mouth().name();
    return onPath ? std::string(pathPlace) : place;
}

Result<std::vector<std::string>> countedPlaces(storage::Database& database) {
    std::vector<std::string> places;
    for (const storage::Row& row :
         TRY(database.query("SELECT place FROM places WHERE place LIKE 'hopper-%' "
                            "ORDER BY length(place), place"))) {
        places.push_back(row.text(0));
    }
    for (const Place& place :
         {Place::named(std::string(pathPlace)), Place::holdBin(), Place::rejectBin(),
          Place::oldCardBin(), Place::cabinet(), Place::vault()}) {
        places.push_back(place.name());
    }
    return places;
}

Result<std::int64_t> bookedAt(storage::Database& database, const std::string& place) {
    if (place == pathPlace) {
        return database.number(
            "SELECT coalesce(sum(balance), 0) FROM places WHERE place IN "
            "('transport','chip-station','mouth')");
    }
    return database.number("SELECT coalesce(sum(balance), 0) FROM places WHERE place = ?", {place});
}

Result<std::map<std::string, std::vector<TypedCount>>> typedCounts(storage::Database& database,
                                                                   const std::string& day) {
    std::map<std::string, std::vector<TypedCount>> typed;
    for (const storage::Row& row : TRY(database.query(
             "SELECT place, round, operator, counted, numbers, at, by_number FROM day_counts "
             "WHERE day = ? "
             "ORDER BY place, round, at, operator",
             {day}))) {
        typed[row.text(0)].push_back({static_cast<int>(row.integer(1)), row.text(2), row.integer(3),
                                      parted(row.text(4)), timeOf(row.integer(5)),
                                      row.integer(6) != 0});
    }
    return typed;
}

Result<std::vector<CountLine>> counting(storage::Database& database) {
    std::vector<CountLine> lines;
    const auto day = TRY(currentDay(database));
    if (!day || day->state != DayState::frozen) return lines;
    auto typed = TRY(typedCounts(database, day->day));
    const bool putIntoBin =
        TRY(pathHadSurplus(database, typed[std::string(pathPlace)], day->round));
    for (const std::string& place : TRY(countedPlaces(database))) {
        CountLine line = TRY(lineOf(database, place, day->round, typed[place]));
        if (putIntoBin && place == Place::rejectBin().name() && line.round < day->round) {
            line = {place, day->round, {}, {}, false};
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

Result<CountingState> countingState(storage::Database& database) {
    const auto day = TRY(currentDay(database));
    if (!day || day->state != DayState::frozen) return CountingState::notFrozen;
    bool equal = true;
    bool peopleAgree = true;
    for (const CountLine& line : TRY(counting(database))) {
        if (!line.result) return CountingState::typing;
        equal = equal && line.result->verdict == CountVerdict::equal;
        peopleAgree = peopleAgree && line.result->verdict != CountVerdict::countersDiffer;
    }
    if (equal) return CountingState::allEqual;
    // What two people cannot agree on is counted again until they do.
    return day->round > 1 && peopleAgree ? CountingState::differences : CountingState::recount;
}

Result<void> enterCount(Transaction& transaction, const CountEntry& entry, WallTime at) {
    storage::Database& database = transaction.database();
    TRY(requireClock(database, at));
    TRY(requireBadge(entry.operatorId));
    const Day day = TRY(requireFrozen(database));
    TRY(requireStill(database));
    const auto lines = TRY(counting(database));
    const auto line = std::ranges::find(lines, entry.place, &CountLine::place);
    if (line == lines.end()) {
        return fail(ErrorCode::moveNotPossible, entry.place + " is not a place that is counted");
    }
    TRY(requireEntry(entry, *line));
    std::vector<std::string> numbers = entry.numbers;
    std::ranges::sort(numbers);
    if (std::ranges::adjacent_find(numbers) != numbers.end()) {
        return fail(ErrorCode::boxCountDiffers, "a number was typed twice");
    }
    const bool allRead =
        !numbers.empty() && static_cast<std::int64_t>(numbers.size()) == entry.counted;
    return transaction.run(
        "INSERT INTO day_counts(day, round, place, operator, counted, numbers, at, by_number) "
        "VALUES(?,?,?,?,?,?,?,?)",
        {day.day, std::int64_t{line->round}, entry.place, entry.operatorId, entry.counted,
         joined(numbers), stampOf(at), std::int64_t{entry.byNumber || allRead ? 1 : 0}});
}

Result<void> beginRecount(Transaction& transaction, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    const Day day = TRY(requireFrozen(transaction.database()));
    const CountingState state = TRY(countingState(transaction.database()));
    if (state == CountingState::typing) {
        return fail(ErrorCode::countIncomplete, "not every place was counted by two");
    }
    if (state == CountingState::allEqual) {
        return fail(ErrorCode::moveNotPossible, "everything is equal; the day can be closed");
    }
    TRY(transaction.run("UPDATE days SET round = round + 1 WHERE day = ?", {day.day}));
    return noteEvent(transaction, "day " + day.day, "recount", occasionOf(mandate, "recount"));
}

}  // namespace liqu::custody
