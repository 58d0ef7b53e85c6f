#include "firmware/session/readiness.hpp"

#include <algorithm>
#include <set>

#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/trial_issue.hpp"
#include "firmware/issuance/reading_streak.hpp"
#include "firmware/issuance/streak.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/services/who_may.hpp"
#include "firmware/session/clock_trust.hpp"
#include "firmware/session/slip_desk.hpp"
#include "firmware/staff/audit.hpp"

namespace liqu::session {
namespace {

using custody::Place;

constexpr std::uint64_t leastFreeDisk = 32ull * 1024 * 1024;
constexpr Duration signInHolds = std::chrono::seconds{60};
constexpr Duration verifyRhythm = std::chrono::hours{24};
// More than two clocks run apart by themselves between two looks.
constexpr Duration clockSetBy = std::chrono::minutes{1};

}  // namespace

bool isOfOneLane(ErrorCode code) {
    return code == ErrorCode::noBlanksForBank || code == ErrorCode::hopperEmpty ||
           code == ErrorCode::laneStopped;
}

std::vector<Readiness::Part> Readiness::parts() {
    std::vector<Part> parts = {
        {MachinePart::storage, [this] { return checkStorage(); }},
        {MachinePart::rules, [this] { return checkRules(); }},
        {MachinePart::idReader, [this] { return checkIdReader(); }},
        {MachinePart::printer, [this] { return checkPrinter(); }},
        {MachinePart::chipReader, [this] { return parts_.issuance.chipReader.selfTest(); }},
        {MachinePart::stock, [this] { return findBlank("").map([](const Ready&) {}); }},
        {MachinePart::bins, [this] { return checkBins(); }},
        {MachinePart::lastCards, [this] { return checkLastCards(); }},
        {MachinePart::queue, [this] { return checkQueue(); }},
        {MachinePart::auditRecord, [this] { return checkRecord(); }},
        {MachinePart::province, [this] { return signInAgain(); }}};
    // Told to staff; paper never keeps a card from being made.
    if (parts_.receipts != nullptr) {
        parts.push_back(
            {MachinePart::receiptPrinter, [this] { return checkReceiptPaper(parts_); }});
    }
    return parts;
}

Result<Ready> Readiness::check(const std::string& bank) {
    TRY(told(MachinePart::storage, checkStorage()));
    TRY(told(MachinePart::idReader, checkIdReader()));
    if (!services::canMakeCards(parts_.issuance.province)) {
        // No part that a card is made with keeps its other services from anybody.
        TRY(told(MachinePart::province, checkProvince()));
        TRY(told(MachinePart::rules, checkRules()));
        return Ready{};
    }
    TRY(told(MachinePart::printer, checkPrinter()));
    TRY(told(MachinePart::chipReader, parts_.issuance.chipReader.selfTest()));
    TRY(told(MachinePart::bins, checkBins()));
    auto ready = findBlank(bank);
    // That one bank's blanks are gone is no state of the machine.
    if (ready || bank.empty()) told(MachinePart::stock, ready.map([](const Ready&) {}));
    if (!ready) return ready;
    TRY(told(MachinePart::province, checkProvince()));
    TRY(told(MachinePart::lastCards, checkLastCards()));
    TRY(told(MachinePart::rules, checkRules()));
    return ready;
}

Result<void> Readiness::told(MachinePart part, Result<void> found) {
    if (board_ != nullptr) board_->tell(part, found);
    return found;
}

// What became of the last cards (decision 42).
Result<void> Readiness::checkLastCards() {
    return issuance::requireNoStreak(parts_.issuance.database, parts_.issuance.region);
}

// Told at the start and by `liqu check`; a message that was set aside keeps no card from being
// made.
Result<void> Readiness::checkQueue() {
    const auto depth = TRY(province::depthOf(parts_.issuance.database));
    if (depth.parked == 0) return {};
    return fail(ErrorCode::factsParked,
                std::to_string(depth.parked) + " message(s) to the province are set aside");
}

// A record that is broken keeps no card from being made.
Result<void> Readiness::checkRecord() {
    TRY(staff::checkChain(parts_.issuance.database));
    return staff::requireMac(parts_.issuance.database);
}

Result<void> Readiness::checkStorage() {
    if (booksDamaged_) return fail(*booksDamaged_);
    TRY(parts_.issuance.database.trusted());
    TRY(parts_.issuance.database.stillThere());
    TRY(requireDisk(parts_.freeDisk()));
    TRY(checkClock());
    return custody::checkBooks(parts_.issuance.database);
}

Result<void> Readiness::requireDisk(std::uint64_t free) {
    if (free >= leastFreeDisk) return {};
    return fail(ErrorCode::storageFull, std::to_string(free / 1024 / 1024) + " MiB left");
}

Result<void> Readiness::checkClock() {
    const WallTime now = parts_.issuance.clock.wallTime();
    if (parts_.builtAt) TRY(checkClockAgainstProgram(*parts_.builtAt, now));
    return checkClockAgainstBooks(parts_.issuance.database, now);
}

// After whatever is broken, and the clock, were found good: outside their term the region's rules
// let no card be made.
Result<void> Readiness::checkRules() {
    const auto& region = parts_.issuance.region;
    const Date today = chinaDate(parts_.issuance.clock.wallTime());
    if (region.term.holdsOn(today)) return {};
    return fail(ErrorCode::rulesNotInForce, region.edition() + " on " + formatDate(today));
}

// A reader that was away and is there again is tried anew.
Result<void> Readiness::checkIdReader() {
    storage::Database& database = parts_.issuance.database;
    if (auto good = parts_.idReader.selfTest(); !good) {
        TRY(issuance::noteReading(database, std::nullopt));
        return good;
    }
    return issuance::requireGoodReadings(database, parts_.issuance.region);
}

Result<void> Readiness::checkPrinter() {
    const ports::PrinterStatus status = TRY(parts_.issuance.printer.status());
    if (status.coverOpen == ports::Sensed::yes)
        return fail(ErrorCode::printerCoverOpen, status.raw);
    if (status.ribbon.ended || status.ribbon.remaining.value_or(1) <= 0) {
        return fail(ErrorCode::ribbonEnded, "no whole ribbon set is left");
    }
    if (status.cleaningDue == ports::Sensed::yes) return fail(ErrorCode::cleaningDue, status.raw);
    if (status.rejectBin == ports::UnitStatus::full)
        return fail(ErrorCode::rejectBinFull, status.raw);
    if (status.retainBin == ports::UnitStatus::full)
        return fail(ErrorCode::holdBinFull, status.raw);
    // What lies in the path belongs to it, whatever it looks like.
    if (TRY(desk::openTrialIssue(parts_.issuance.database)))
        return fail(ErrorCode::testCardInPrinter, "a trial with a test card is not finished");
    if (status.media == ports::MediaPosition::mouth)
        return fail(ErrorCode::mouthBlocked, status.raw);
    return issuance::Issuer(parts_.issuance, parts_.config.terminal).checkCardInside();
}

// Hold and reject are two accounts of one bin behind the printer (decision 2).
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

// As this machine is set up: the bank is the lane's.
Result<std::optional<policy::LaneConfig>> Readiness::laneOfKeptBlank() {
    const auto number = TRY(custody::laneOfKeptBlank(parts_.issuance.database));
    const auto lane = std::ranges::find_if(parts_.config.lanes, [&](const policy::LaneConfig& one) {
        return number && one.number == *number;
    });
    if (lane == parts_.config.lanes.end()) return std::optional<policy::LaneConfig>();
    return std::optional<policy::LaneConfig>(*lane);
}

Result<Ready> Readiness::findBlank(const std::string& bank) {
    const auto unclosed = parts_.issuance.region.stock.issueWhileUnclosed
                              ? custody::Unclosed::goesOn
                              : custody::Unclosed::stops;
    TRY(custody::dayGate(parts_.issuance.database, parts_.issuance.clock.wallTime(), unclosed));
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
            index < status.hoppers.size() && status.hoppers[index] == ports::UnitStatus::empty;
        if (!empty) return Ready{lane.number, lane.bank};
    }
    if (stop && !booked) return fail(ErrorCode::laneStopped, stop->why);
    if (booked) return fail(ErrorCode::hopperEmpty, "the books have blanks, the hoppers have none");
    return fail(ErrorCode::noBlanksForBank,
                "no blanks are loaded" + (bank.empty() ? bank : " of " + bank));
}

Result<std::vector<std::string>> Readiness::banksReady() {
    std::set<std::string> loaded;
    for (const policy::LaneConfig& lane : parts_.config.lanes) loaded.insert(lane.bank);
    std::vector<std::string> ready;
    for (const std::string& bank : loaded) {
        const auto blank = findBlank(bank);
        if (blank) ready.push_back(bank);
        if (!blank && !isOfOneLane(blank.error().code)) return fail(blank.error());
    }
    return ready;
}

// A certificate that is refused may be a good one that a wrong clock calls expired. Of the
// province's own only its refusal is known: the clock stands beside it.
Error Readiness::clockFirst(Error error) {
    if (error.code != ErrorCode::provinceCertificateWrong || !parts_.ownCertificate) return error;
    const auto clock = checkClockAgainstCertificate(
        parts_.issuance.database, *parts_.ownCertificate, parts_.issuance.clock.wallTime());
    if (!clock) return clock.error();
    error.cause += "; the clock says " + formatChinaTime(parts_.issuance.clock.wallTime());
    return error;
}

Result<void> Readiness::checkProvince() {
    const Instant now = parts_.issuance.clock.now();
    if (signedInUntil_ && now < *signedInUntil_) return {};
    signedInUntil_.reset();
    const std::string day = formatDate(chinaDate(parts_.issuance.clock.wallTime()));
    const province::Business own{.bizId = parts_.config.terminal + "-" + day + "-000000",
                                 .bankCode = parts_.config.lanes.front().bank,
                                 .channel = province::Channel::selfService,
                                 .operatorId = "",
                                 .secondOperatorId = ""};
    province::SignIn message;
    message.firmwareVersion = parts_.firmwareVersion;
    message.schemaVersion = 1;
    TRY(province::tellStanding(parts_.issuance.database, message));
    const WallTime askedAt = parts_.issuance.clock.wallTime();
    const auto signedIn = parts_.issuance.province.signIn(own, message);
    TRY(agree(signedIn));
    const province::SignInAnswer& answer = *signedIn;
    if (!answer.hsmReady && services::canMakeCards(parts_.issuance.province))
        return fail(ErrorCode::cardAuthenticationRefused, "the province's HSM is not ready");
    if (!answer.auditBroken.empty())
        parts_.log.trouble("the province, of the record of acts",
                           {ErrorCode::auditChainBroken, answer.auditBroken});
    TRY(obey(answer, askedAt));
    signedInUntil_ = now + signInHolds;
    return {};
}

// An error that says nothing of books and clock leaves what was known of them.
Result<void> Readiness::agree(const Result<province::SignInAnswer>& answer) {
    storage::Database& database = parts_.issuance.database;
    auto same =
        answer ? province::compareStanding(database, *answer) : fail(clockFirst(answer.error()));
    const bool isCopy = !same && same.error().code == ErrorCode::booksNotNewest;
    if (same || isCopy)
        TRY(province::noteStanding(database,
                                   isCopy ? province::Standing::copy : province::Standing::newest));
    if (same)
        same = checkClockAgainstProvince(answer->serverTime, parts_.issuance.clock.wallTime());
    const bool wrongClock = !same && same.error().code == ErrorCode::clockNotTrusted;
    const bool differs = isCopy || wrongClock;
    if (same || differs) {
        isCompared_ = true;
        disagreement_ = differs ? std::optional(same.error()) : std::nullopt;
        clockThen_ = wallBeside();
    }
    return same;
}

Duration Readiness::wallBeside() const {
    const Clock& clock = parts_.issuance.clock;
    return clock.wallTime().time_since_epoch() - clock.now().time_since_epoch();
}

void Readiness::noticeClockSet() {
    const bool wasWrong = disagreement_ && disagreement_->code == ErrorCode::clockNotTrusted;
    if (!wasWrong || std::chrono::abs(wallBeside() - clockThen_) < clockSetBy) return;
    disagreement_.reset();
    isCompared_ = false;
}

Result<void> Readiness::signInAgain() {
    signedInUntil_.reset();
    return checkProvince();
}

// The clock was compared with the province's: what is due by it may go.
Result<void> Readiness::obey(const province::SignInAnswer& answer, WallTime askedAt) {
    storage::Database& database = parts_.issuance.database;
    const auto again = TRY(province::sendAgain(database, answer, askedAt));
    if (again.queued > 0) {
        parts_.log.warning("the province lacks " + std::to_string(again.queued) +
                           " facts it had; they are sent again");
        parts_.ringOutbox();
    }
    if (again.purged != toldPurged_ && again.purged > 0) {
        parts_.log.warning("the province lacks " + std::to_string(again.purged) +
                           " facts whose bodies are not kept any more");
    }
    toldPurged_ = again.purged;
    TRY(province::purgeBodies(database, askedAt - parts_.issuance.region.keptBodies));
    return {};
}

void Readiness::verifyBooksDaily() {
    const Instant now = parts_.issuance.clock.now();
    if (!parts_.verifyBooks || booksDamaged_) return;
    if (!verifyDue_) verifyDue_ = now + verifyRhythm;
    if (now < *verifyDue_) return;
    verifyDue_ = now + verifyRhythm;
    const auto sound = parts_.verifyBooks();
    if (sound) return;
    booksDamaged_ = sound.error();
    parts_.log.trouble("the daily check of the books", sound.error());
}

}  // namespace liqu::session
