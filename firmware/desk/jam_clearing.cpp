#include "firmware/desk/jam_clearing.hpp"

#include "firmware/custody/posting.hpp"
#include "firmware/desk/stock_desk.hpp"
#include "firmware/storage/meta.hpp"

namespace liqu::desk {
namespace {

using custody::Place;
using storage::metaRow;
using storage::metaText;
using storage::putMeta;
using storage::putMetaOnce;
using storage::Transaction;

constexpr const char* jamReason = "jam-cleared";
constexpr const char* beganName = "jam_clearing";
constexpr const char* firstName = "jam_clearing_first";
constexpr const char* secondName = "jam_clearing_second";
constexpr const char* cardName = "jam_clearing_card";

bool isInPath(const Place& place) {
    return place == Place::transport() || place == Place::chipStation() || place == Place::mouth();
}

bool isOfLane(const Place& place) {
    return place.name().starts_with("hopper-");
}

Result<custody::CardRecord> recordOf(storage::Database& database, const std::string& number) {
    const auto record = TRY(custody::findCard(database, number));
    if (!record) return fail(ErrorCode::cardNotInStock, number + " was never here");
    return *record;
}

Place binOf(const custody::CardRecord& record) {
    const bool finished = record.condition == nameOf(custody::Condition::finished);
    return finished ? Place::holdBin() : Place::rejectBin();
}

// Where the books know which card is inside, no other one came out. What the machine settled by
// itself meanwhile lies in its bin already, in the books.
Result<void> requireFromPath(storage::Database& database, const std::string& number) {
    const custody::CardRecord record = TRY(recordOf(database, number));
    for (const Place& place : {Place::transport(), Place::chipStation(), Place::mouth()}) {
        for (const custody::CardRecord& inside : TRY(custody::cardsAt(database, place))) {
            if (inside.cardNumber == number) continue;
            return fail(ErrorCode::moveNotPossible,
                        number + " came out, and the books have " + inside.cardNumber + " inside");
        }
    }
    const Place& at = record.place;
    if (isInPath(at) || isOfLane(at) || at == Place::missing() || at == binOf(record)) return {};
    return fail(ErrorCode::moveNotPossible,
                number + " did not come out of the path: it is at " + at.name());
}

}  // namespace

Result<std::optional<JamClearing>> openJamClearing(storage::Database& database) {
    const auto began = TRY(metaRow(database, beganName));
    if (!began) return std::optional<JamClearing>();
    JamClearing clearing;
    clearing.beganAt = custody::timeOf(began->integer(0));
    clearing.people = {TRY(metaText(database, firstName)), TRY(metaText(database, secondName))};
    clearing.cardNumber = TRY(metaText(database, cardName));
    return std::optional(std::move(clearing));
}

Result<void> beginJamClearing(const DeskParts& parts, const TwoPeople& people) {
    return carryOut(parts, people, jamReason,
                    [&](Transaction& transaction, const custody::Mandate& mandate) -> Result<void> {
                        TRY(putMetaOnce(transaction, beganName, custody::stampOf(mandate.at)));
                        TRY(putMeta(transaction, firstName, people.operatorId));
                        return putMeta(transaction, secondName, people.secondOperatorId);
                    });
}

Result<void> noteJamCard(const DeskParts& parts, const std::string& number,
                         const TwoPeople& people) {
    return carryOut(parts, people, jamReason,
                    [&](Transaction& transaction, const custody::Mandate&) -> Result<void> {
                        TRY(requireFromPath(parts.database, number));
                        return putMeta(transaction, cardName, number);
                    });
}

Result<Place> binForJamCard(storage::Database& database, const std::string& number) {
    return binOf(TRY(recordOf(database, number)));
}

Result<void> bookTakenOut(const DeskParts& parts, const std::string& number,
                          const std::string& reason, const TwoPeople& people) {
    const auto record = TRY(recordOf(parts.database, number));
    const Place bin = binOf(record);
    if (record.place == bin) return {};
    StockDesk desk(parts);
    if (isInPath(record.place)) TRY(desk.bookMissing(number, record.place, reason, people));
    if (!isOfLane(record.place)) return desk.bookFound(number, bin, reason, people);
    // One the books have in its lane still: missed there, where no card without a number is missed
    // already.
    if (desk.bookFound(number, bin, reason, people)) return {};
    TRY(desk.bookMissing(number, record.place, reason, people));
    return desk.bookFound(number, bin, reason, people);
}

Result<void> bookJamCard(const DeskParts& parts, const std::string& number,
                         const TwoPeople& people) {
    return bookTakenOut(parts, number, jamReason, people);
}

Result<void> endJamClearing(const DeskParts& parts, const TwoPeople& people) {
    return carryOut(parts, people, jamReason,
                    [&](Transaction& transaction, const custody::Mandate&) -> Result<void> {
                        return transaction.run("DELETE FROM meta WHERE name IN (?, ?, ?, ?)",
                                               {beganName, firstName, secondName, cardName});
                    });
}

}  // namespace liqu::desk
