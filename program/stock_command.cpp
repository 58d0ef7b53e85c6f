// `liqu stock`: what is in the books, and putting blanks into a lane.
#include <cstdio>

#include "firmware/custody/ledger.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/security/sealer.hpp"
#include "program/instance_lock.hpp"
#include "program/machine.hpp"

namespace liqu::program {
namespace {

int say(const Error& error) {
    std::fprintf(stderr, "liqu: %s\n", describe(error).c_str());
    return 1;
}

// The load and its report to the province are one commit.
Result<std::size_t> load(const StockLoadOptions& options) {
    const ConfigFiles files = TRY(readConfiguration(options.config));
    if (options.lane < 1 || static_cast<std::size_t>(options.lane) > files.kiosk.lanes.size()) {
        return fail(ErrorCode::configBadValue, "there is no lane " + std::to_string(options.lane));
    }
    if (options.operatorId == options.secondOperatorId) {
        return fail(ErrorCode::configBadValue, "two different persons load blanks");
    }
    const auto first = TRY(card::SocialCardNumber::parse(options.first));
    const auto last = TRY(card::SocialCardNumber::parse(options.last));
    const policy::LaneConfig& lane = files.kiosk.lanes[static_cast<std::size_t>(options.lane) - 1];
    custody::LaneLoad blanks{options.lane, lane.bank, lane.vendor,
                             TRY(card::expandRange(first, last))};
    auto database = TRY(openBooks(options, files.kiosk));
    SystemRandom random;
    const SystemClock clock;
    const auto key = TRY(security::SealKey::loadOrCreate(options.data / "seal.key", random));
    const security::Sealer sealer(security::SealProfile::aes256Gcm, key, random);
    const province::Outbox outbox(sealer, {files.kiosk.terminal, files.region.regionCode,
                                           files.kiosk.outlet, files.region.policyId});
    const WallTime now = clock.wallTime();
    province::StockLoad fact{
        options.lane, "", options.first, options.last, static_cast<int>(blanks.numbers.size()),
        now};
    auto transaction = TRY(storage::Transaction::begin(*database));
    TRY(custody::loadLane(transaction, blanks, now));
    // Each load is a business of its own: its facts do not wait for one another.
    issuance::OrderBook numbers(*database, sealer);
    const std::string bizId = TRY(numbers.nextOrderId(transaction, files.kiosk.terminal, now));
    const province::Business business{bizId, lane.bank, province::Channel::staff,
                                      options.operatorId, options.secondOperatorId};
    TRY(outbox.enqueue(transaction, TRY(province::factOf(business, fact))));
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
