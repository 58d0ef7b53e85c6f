#include "program/status_file.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/custody/day.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/province/outbox.hpp"
#include "program/folder_rights.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;
using std::chrono::duration_cast;
using std::chrono::seconds;

std::int64_t secondsOf(WallTime time) {
    return duration_cast<seconds>(time.time_since_epoch()).count();
}

void addBoard(const session::StateBoard::State& state, const Clock& clock, KioskStatus& status) {
    status.serving = nameOf(state.serving);
    status.reason = state.reason ? numberOf(*state.reason) : 0;
    status.heardBefore = duration_cast<seconds>(clock.now() - state.heard).count();
    for (const auto& [part, found] : state.parts) {
        status.parts.push_back({std::string(nameOf(part)),
                                found.trouble ? numberOf(*found.trouble) : 0,
                                found.trouble ? std::string(nameOf(*found.trouble)) : ""});
    }
}

Result<void> addStock(storage::Database& books, const policy::KioskConfig& config,
                      KioskStatus& status) {
    std::map<std::string, custody::Balance> balances;
    for (const custody::Balance& one : TRY(custody::balances(books))) {
        balances.insert({one.place.name(), one});
    }
    for (const policy::LaneConfig& lane : config.lanes) {
        const auto found = balances.find(custody::Place::hopper(lane.number).name());
        if (found == balances.end()) continue;
        const auto stop = TRY(custody::laneStopped(books, lane.number));
        status.lanes.push_back({lane.number, lane.bank, found->second.cards,
                                found->second.capacity.value_or(0), stop.has_value()});
    }
    for (const auto& bin : {custody::Place::holdBin(), custody::Place::rejectBin()}) {
        const auto found = balances.find(bin.name());
        if (found != balances.end()) status.bins[bin.name()] = found->second.cards;
    }
    return {};
}

Result<void> addBooks(const StatusSources& sources, WallTime now, KioskStatus& status) {
    const auto books = TRY(openForReading(sources.data));
    status.schema = TRY(books->number("PRAGMA user_version"));
    auto newest = province::requireNewest(*books);
    if (!newest && newest.error().code != ErrorCode::booksNotNewest) return newest;
    status.booksNewest = newest.has_value();
    if (const auto day = TRY(custody::currentDay(*books))) {
        status.day = day->day;
        status.dayState = nameOf(day->state);
    }
    const province::OutboxDepth depth = TRY(province::depthOf(*books));
    status.waiting = depth.queued;
    status.parked = depth.parked;
    // A clock that was set back makes nothing younger than new.
    if (depth.oldest)
        status.oldestAge = std::max<std::int64_t>(secondsOf(now) - secondsOf(*depth.oldest), 0);
    return addStock(*books, sources.config, status);
}

}  // namespace

files::path statusFileIn(const files::path& data) {
    return data / "status" / "status.json";
}
files::path metricsFileIn(const files::path& data) {
    return data / "status" / "liqu.prom";
}

KioskStatus gatherStatus(const StatusSources& sources) {
    KioskStatus status;
    const WallTime now = sources.clock.wallTime();
    status.writtenAt = secondsOf(now);
    status.process = ::getpid();
    status.terminal = sources.config.terminal;
    status.outlet = sources.config.outlet;
    status.version = LIQU_VERSION;
    status.policy = sources.region.edition();
    status.config = sources.configDigest;
    addBoard(sources.board.state(), sources.clock, status);
    const auto books = addBooks(sources, now, status);
    if (!books) status.booksTrouble = numberOf(books.error().code);
    struct statvfs disk {};
    if (::statvfs(sources.data.c_str(), &disk) == 0) {
        status.freeDisk = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
    }
    return status;
}

Result<KioskStatus> readStatus(const files::path& data) {
    constexpr std::size_t largest = 64 * 1024;
    std::error_code error;
    if (!files::exists(statusFileIn(data), error)) {
        return fail(ErrorCode::fileNotReadable,
                    statusFileIn(data).string() +
                        ": no kiosk has said anything here yet, or this user may not read it");
    }
    const auto file = TRY(PlainFile::open(statusFileIn(data)));
    return parseStatus(TRY(file.read(largest)));
}

std::string staleBecause(const KioskStatus& status, WallTime now) {
    const std::string at = formatChinaTime(WallTime(seconds(status.writtenAt)));
    const std::int64_t age = secondsOf(now) - status.writtenAt;
    if (!status.running) return "the kiosk ended in order at " + at;
    if (::access(("/proc/" + std::to_string(status.process)).c_str(), F_OK) != 0) {
        return "the kiosk is gone: process " + std::to_string(status.process) +
               " was killed; this is what it said at " + at;
    }
    if (age > statusMissesAllowed * statusRhythm.count()) {
        return "the kiosk has said nothing since " + at + ", " + std::to_string(age) + " s ago";
    }
    if (age < -statusMissesAllowed * statusRhythm.count()) {
        return "this was said at " + at + ", which is yet to come: the clock was set back";
    }
    return {};
}

StatusWriter::StatusWriter(StatusSources sources, Log& log)
    : sources_(std::move(sources)),
      startedAt_(secondsOf(sources_.clock.wallTime())),
      log_(log, sources_.clock),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

StatusWriter::~StatusWriter() {
    thread_.request_stop();
    thread_.join();
    write(false);
}

void StatusWriter::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const session::Serving known = sources_.board.state().serving;
        write(true);
        sources_.board.waitForOther(stop, known, statusRhythm);
    }
}

void StatusWriter::write(bool running) {
    KioskStatus status = gatherStatus(sources_);
    status.running = running;
    status.startedAt = startedAt_;
    ::mkdir(statusFileIn(sources_.data).parent_path().c_str(), S_IRWXU);
    auto written = writeWholeFile(statusFileIn(sources_.data), bytesOf(jsonOf(status)));
    if (written) written = writeWholeFile(metricsFileIn(sources_.data), bytesOf(metricsOf(status)));
    if (!written) return log_.trouble("the kiosk's state", written.error());
    log_.over();
}

}  // namespace liqu::program
