#include "firmware/session/readiness.hpp"

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
            {"part.stock", [this] { return findBlank().map([](const Ready&) {}); }},
            {"part.bins", [this] { return checkBins(); }},
            {"part.province", [this] {
                 signedInUntil_.reset();
                 return checkProvince();
             }}};
}

Result<Ready> Readiness::check() {
    TRY(checkStorage());
    TRY(parts_.idReader.selfTest());
    TRY(checkPrinter());
    TRY(parts_.issuance.chipReader.selfTest());
    TRY(checkBins());
    const Ready ready = TRY(findBlank());
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
    return custody::checkInvariants(parts_.issuance.database);
}

Result<void> Readiness::checkPrinter() {
    const ports::PrinterStatus status = TRY(parts_.issuance.printer.status());
    if (status.coverOpen) return fail(ErrorCode::printerCoverOpen, status.raw);
    if (status.ribbon.ended || status.ribbon.remaining.value_or(1) <= 0) {
        return fail(ErrorCode::ribbonEnded, "no whole ribbon set is left");
    }
    if (status.cleaningDue) return fail(ErrorCode::cleaningDue, status.raw);
    if (status.bin == ports::BinState::full) return fail(ErrorCode::rejectBinFull, status.raw);
    if (status.media == ports::MediaPosition::mouth) return fail(ErrorCode::mouthBlocked, status.raw);
    return issuance::Issuer(parts_.issuance, parts_.config.terminal).checkCardInside();
}

Result<void> Readiness::checkBins() {
    for (const custody::Balance& balance : TRY(custody::balances(parts_.issuance.database))) {
        const bool bin = balance.place == Place::holdBin() || balance.place == Place::rejectBin();
        if (bin && balance.capacity && balance.cards >= *balance.capacity) {
            return fail(balance.place == Place::holdBin() ? ErrorCode::holdBinFull : ErrorCode::rejectBinFull,
                        std::to_string(balance.cards) + " cards wait in the " + balance.place.name());
        }
    }
    return {};
}

Result<Ready> Readiness::findBlank() {
    storage::Database& database = parts_.issuance.database;
    const auto laneConfig = [this](int lane) { return parts_.config.lanes.at(static_cast<std::size_t>(lane) - 1); };
    // An untouched blank at the chip station comes first; it came from the lane of the last feed.
    if (TRY(custody::balanceOf(database, Place::chipStation())) == 1) {
        const auto rows = TRY(database.query(
            "SELECT from_place FROM moves WHERE to_place = 'chip-station' ORDER BY move DESC LIMIT 1"));
        for (const policy::LaneConfig& lane : parts_.config.lanes) {
            if (!rows.empty() && rows[0].text(0) == Place::hopper(lane.number).name()) return Ready{lane.number, lane.bank};
        }
    }
    const ports::PrinterStatus status = TRY(parts_.issuance.printer.status());
    bool booked = false;
    for (const policy::LaneConfig& lane : parts_.config.lanes) {
        if (TRY(custody::balanceOf(database, Place::hopper(lane.number))) == 0) continue;
        booked = true;
        const auto index = static_cast<std::size_t>(lane.number) - 1;
        const bool empty = index < status.hoppers.size() && status.hoppers[index] == ports::HopperState::empty;
        if (!empty) return Ready{lane.number, laneConfig(lane.number).bank};
    }
    if (booked) return fail(ErrorCode::hopperEmpty, "the books have blanks, the hoppers have none");
    return fail(ErrorCode::noBlanksForBank, "no blanks are loaded");
}

Result<void> Readiness::checkProvince() {
    const Instant now = parts_.issuance.clock.now();
    if (signedInUntil_ && now < *signedInUntil_) return {};
    signedInUntil_.reset();
    const std::string day = formatDate(chinaDate(parts_.issuance.clock.wallTime()));
    const province::Business own{parts_.config.terminal + "-" + day + "-000000", parts_.config.lanes.front().bank,
                                 province::Channel::selfService, "", ""};
    province::SignIn message;
    message.firmwareVersion = parts_.firmwareVersion;
    message.schemaVersion = 1;
    const province::SignInAnswer answer = TRY(parts_.issuance.province.signIn(own, message));
    if (!answer.hsmReady) return fail(ErrorCode::cardAuthenticationRefused, "the province's HSM is not ready");
    TRY(checkClockAgainstProvince(answer.serverTime, parts_.issuance.clock.wallTime()));
    signedInUntil_ = now + signInHolds;
    return {};
}

}  // namespace liqu::session
