// `liqu stock`: what is in the books, and putting blanks into a lane.
#include <cstdio>

#include "firmware/custody/ledger.hpp"
#include "program/books.hpp"
#include "program/instance_lock.hpp"

namespace liqu::program {
namespace {

int say(const Error& error) {
    std::fprintf(stderr, "liqu: %s\n", describe(error).c_str());
    return 1;
}

// The load and its report to the province are one commit.
Result<std::size_t> load(const StockLoadOptions& options) {
    auto books = TRY(Books::open(options));
    const policy::KioskConfig& config = books->files().kiosk;
    if (options.lane < 1 || static_cast<std::size_t>(options.lane) > config.lanes.size()) {
        return fail(ErrorCode::configBadValue, "there is no lane " + std::to_string(options.lane));
    }
    if (options.operatorId == options.secondOperatorId) {
        return fail(ErrorCode::configBadValue, "two different persons load blanks");
    }
    const auto first = TRY(card::SocialCardNumber::parse(options.first));
    const auto last = TRY(card::SocialCardNumber::parse(options.last));
    const policy::LaneConfig& lane = config.lanes[static_cast<std::size_t>(options.lane) - 1];
    auto numbers = TRY(card::expandRange(first, last));
    const custody::LaneLoad blanks{options.lane, lane.bank, lane.vendor, std::move(numbers)};
    const WallTime now = books->now();
    const province::StockLoad fact{options.lane, "", options.first, options.last,
                                   static_cast<int>(blanks.numbers.size()), now};
    auto transaction = TRY(storage::Transaction::begin(books->database()));
    TRY(custody::loadLane(transaction, blanks, now));
    // Each load is a business of its own: its facts do not wait for one another.
    const std::string bizId = TRY(books->orders().nextOrderId(transaction, config.terminal, now));
    const province::Business business{bizId, lane.bank, province::Channel::staff, options.operatorId,
                                      options.secondOperatorId};
    TRY(books->outbox().enqueue(transaction, TRY(province::factOf(business, fact))));
    TRY(transaction.commit());
    return blanks.numbers.size();
}

}  // namespace

int runStockLoad(const StockLoadOptions& options) {
    std::error_code ignored;
    std::filesystem::create_directories(options.data, ignored);
    const auto lock = InstanceLock::take(options.data);
    if (!lock) return say(lock.error());
    const auto loaded = load(options);
    if (!loaded) return say(loaded.error());
    std::printf("%zu cards are in lane %d now: %s to %s\n", *loaded, options.lane,
                options.first.c_str(), options.last.c_str());
    return 0;
}

int runStockShow(const CommonOptions& options) {
    auto database = storage::Database::open({(options.data / "kiosk.db").string(), "", true});
    if (!database) return say(database.error());
    const auto balances = custody::balances(**database);
    if (!balances) return say(balances.error());
    for (const custody::Balance& balance : *balances) {
        std::printf("%-14s %6lld\n", balance.place.name().c_str(),
                    static_cast<long long>(balance.cards));
    }
    const auto sound = custody::checkInvariants(**database);
    if (!sound) return say(sound.error());
    std::printf("the books balance\n");
    return 0;
}

}  // namespace liqu::program
