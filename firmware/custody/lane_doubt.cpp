#include "firmware/custody/lane_doubt.hpp"

#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

constexpr const char* namesGlob = "lane_in_doubt-*";

std::string nameOfDoubt(int lane) {
    return "lane_in_doubt-" + std::to_string(lane);
}

}  // namespace

Result<void> stopInDoubt(storage::Transaction& transaction, int lane, const Occasion& occasion) {
    TRY(transaction.run("INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO NOTHING",
                        {nameOfDoubt(lane), stampOf(occasion.at)}));
    return noteEvent(transaction, "lane " + std::to_string(lane), "a card may have left it unseen",
                     occasion);
}

Result<std::optional<std::string>> doubtOf(storage::Database& database, int lane) {
    const bool inDoubt = TRY(database.number("SELECT EXISTS(SELECT 1 FROM meta WHERE name = ?)",
                                             {nameOfDoubt(lane)})) != 0;
    if (!inDoubt) return std::optional<std::string>();
    return std::optional<std::string>("lane " + std::to_string(lane) +
                                      " is stopped: a card may have left it unseen; count the day");
}

Result<void> endDoubts(storage::Transaction& transaction) {
    return transaction.run("DELETE FROM meta WHERE name GLOB ?", {std::string(namesGlob)});
}

}  // namespace liqu::custody
