#include "firmware/session/readiness.hpp"

#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/session/clock_trust.hpp"

namespace liqu::session {
namespace {

using custody::Place;

constexpr std::uint64_t leastFreeDisk = 32ull * 1024 * 1024;
constexpr Duration signInHolds = std::chrono::seconds{60};

}  // namespace

std::vector<Readiness::Part> Readiness::parts() {
    return {{"part.storage", [this] { return checkStorage(); }},
            {"part.id-reader", [this] { return parts_.idReader.selfTest(); }},
            {"part.printer", [this] { return checkPrinter(); }},
            {"part.chip-reader", [this] { return parts_.issuance.chipReader.selfTest(); }},
            {"part.stock", [this] { return findBlank("").map([](const Ready&) {}); }},
            {"part.bins", [this] { return checkBins(); }},
            {"part.province", [this] {
                 signedInUntil_.reset();
                 return checkProvince();
             }}};
}

Result<Ready> Readiness::check(const std::string& bank) {
    TRY(checkStorage());
    TRY(parts_.idReader.selfTest());
    TRY(checkPrinter());
    TRY(parts_.issuance.chipReader.selfTest());
    TRY(checkBins());
    const Ready ready = TRY(findBlank(bank));
    TRY(checkProvince());
    return ready;
}

Result<void> Readiness::checkStorage() {
    if (parts_.issuance.database.refusesWrites()) {
        return fail(ErrorCode::storageFailed, "the medium failed; restart after it was looked at");
    }
    const std::uint64_t free = parts_.freeDisk();
    if (free < leastFreeDisk) {
        return fail(ErrorCode::storageFull, std::to_string(free / 1024 / 1024) + " MiB left");
    }
    TRY(checkClockAgainstBooks(parts_.issuance.database, parts_.issuance.clock.wallTime()));
    return custody::checkBooks(parts_.issuance.database);
}

Result<void> Readiness::checkPrinter() {
    const ports::PrinterStatus status = TRY(parts_.issuance.printer.status());
    if (status.coverOpen) return fail(ErrorCode::printerCoverOpen, status.raw);
    if (status.ribbon.ended || status.ribbon.remaining.value_or(1) <= 0) {
        return fail(ErrorCode::ribbonEnded, "no whole ribbon set is left");
    }
    if (status.cleaningDue) return fail(ErrorCode::cleaningDue, status.raw);
    if (status.bin == ports::BinState::full) return fail(ErrorCode::rejectBinFull, status.raw);
    if (status.media == ports::MediaPosition::mouth)
        return fail(ErrorCode::mouthBlocked, status.raw);
    return issuance::Issuer(parts_.issuance, parts_.config.terminal).checkCardInside();
}

// Hold and reject are two accounts of one bin behind the printer (rulings 2).
Result<void> Readiness::checkBins() {
    std::int64_t held = 0;
    std::int64_t rejected = 0;
    std::optional<std::int64_t> capacity;
    for (const custody::Balance& balance : TRY(custody::balances(parts_.issuance.database))) {
        if (balance.place == Place::holdBin()) held = balance.cards;
        if (balance.place == Place::rejectBin()) rejected = balance.cards;
        if (balance.place == Place::rejectBin()) capacity = balance.capacity;
    }
    if (!capacity || held + rejected < *capacity) return {};
    return fail(
        held > rejected ? ErrorCode::holdBinFull : ErrorCode::rejectBinFull,
        std::to_string(held) + " held and " + std::to_string(rejected) + " rejected cards wait");
}

// The lane an untouched blank at the chip station came from.
Result<std::optional<policy::LaneConfig>> Readiness::laneOfKeptBlank() {
    storage::Database& database = parts_.issuance.database;
    if (TRY(custody::balanceOf(database, Place::chipStation())) != 1)
        return std::optional<policy::LaneConfig>();
    const auto rows = TRY(database.query(
        "SELECT from_place FROM moves WHERE to_place = 'chip-station' ORDER BY move DESC LIMIT 1"));
    for (const policy::LaneConfig& lane : parts_.config.lanes) {
        const bool from = !rows.empty() && rows[0].text(0) == Place::hopper(lane.number).name();
        if (from) return std::optional<policy::LaneConfig>(lane);
    }
    return std::optional<policy::LaneConfig>();
}

Result<Ready> Readiness::findBlank(const std::string& bank) {
    TRY(custody::dayGate(parts_.issuance.database, parts_.issuance.clock.wallTime(),
                         parts_.issuance.region.stock.issueWhileUnclosed));
    const auto fits = [&bank](const policy::LaneConfig& lane) {
        return bank.empty() || lane.bank == bank;
    };
    // An untouched blank comes first: no other one can be fed before it is used.
    if (const auto kept = TRY(laneOfKeptBlank())) {
        if (fits(*kept)) return Ready{kept->number, kept->bank};
        return fail(ErrorCode::noBlanksForBank,
                    "a blank of " + kept->bank + " waits at the chip station");
    }
    const ports::PrinterStatus status = TRY(parts_.issuance.printer.status());
    bool booked = false;
    std::optional<custody::LaneStop> stop;
    for (const policy::LaneConfig& lane : parts_.config.lanes) {
        if (!fits(lane)) continue;
        if (auto stopped = TRY(custody::laneStopped(parts_.issuance.database, lane.number))) {
            stop = std::move(stopped);
            continue;
        }
        if (TRY(custody::balanceOf(parts_.issuance.database, Place::hopper(lane.number))) == 0)
            continue;
        booked = true;
        const auto index = static_cast<std::size_t>(lane.number) - 1;
        const bool empty =
            index < status.hoppers.size() && status.hoppers[index] == ports::HopperState::empty;
        if (!empty) return Ready{lane.number, lane.bank};
    }
    if (stop && !booked) return fail(ErrorCode::laneStopped, stop->why);
    if (booked) return fail(ErrorCode::hopperEmpty, "the books have blanks, the hoppers have none");
    return fail(ErrorCode::noBlanksForBank,
                "no blanks are loaded" + (bank.empty() ? bank : " of " + bank));
}

Result<void> Readiness::checkProvince() {
    const Instant now = parts_.issuance.clock.now();
    if (signedInUntil_ && now < *signedInUntil_) return {};
    signedInUntil_.reset();
    const std::string day = formatDate(chinaDate(parts_.issuance.clock.wallTime()));
    const province::Business own{parts_.config.terminal + "-" + day + "-000000",
                                 parts_.config.lanes.front().bank, province::Channel::selfService,
                                 "", ""};
    province::SignIn message;
    message.firmwareVersion = parts_.firmwareVersion;
    message.schemaVersion = 1;
    const province::SignInAnswer answer = TRY(parts_.issuance.province.signIn(own, message));
    if (!answer.hsmReady)
        return fail(ErrorCode::cardAuthenticationRefused, "the province's HSM is not ready");
    TRY(checkClockAgainstProvince(answer.serverTime, parts_.issuance.clock.wallTime()));
    signedInUntil_ = now + signInHolds;
    return {};
}

}  // namespace liqu::session
