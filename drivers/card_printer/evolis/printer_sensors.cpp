#include "drivers/card_printer/evolis/printer_sensors.hpp"

#include "drivers/card_printer/evolis/printer_errors.hpp"

namespace liqu::drivers {

using ports::MediaPosition;
using ports::Sensed;
using ports::UnitStatus;

namespace {

constexpr int mostStrayReplies = 3;
constexpr Duration strayPause = std::chrono::milliseconds{100};
constexpr int mostReadings = 4;

MediaPosition positionOf(std::string_view reply, PositionDialect dialect) {
    const ReplyKind kind = kindOf(reply);
    if (kind == ReplyKind::noCard) return MediaPosition::none;
    if (kind == ReplyKind::misplacedCard || kind == ReplyKind::jam) {
        return MediaPosition::somewhereInside;
    }
    if (dialect == PositionDialect::classic) return MediaPosition::unknown;
    switch (kind) {
        case ReplyKind::ok:
            return MediaPosition::none;
        case ReplyKind::card:
            return MediaPosition::printStation;
        case ReplyKind::chipStation:
            return MediaPosition::chipStation;
        case ReplyKind::contactlessStation:
            return MediaPosition::contactlessStation;
        default:
            return MediaPosition::unknown;
    }
}

// The words for what this model does not have.
bool isRefused(ReplyKind kind) {
    return kind == ReplyKind::commandUnknown || kind == ReplyKind::parameterWrong ||
           kind == ReplyKind::optionMissing;
}

Sensed sensedOf(MouthState mouth) {
    if (mouth == MouthState::unclear) return Sensed::unknown;
    return mouth == MouthState::card ? Sensed::yes : Sensed::no;
}

}  // namespace

CardFate fateOf(MediaPosition position, CardFate whenNone) {
    switch (position) {
        case MediaPosition::none:
            return whenNone;
        case MediaPosition::printStation:
            return CardFate::atPrintStation;
        case MediaPosition::chipStation:
            return CardFate::atChipStation;
        case MediaPosition::contactlessStation:
        case MediaPosition::somewhereInside:
            return CardFate::inTransport;
        case MediaPosition::mouth:
            return CardFate::presented;
        case MediaPosition::unknown:
            break;
    }
    return CardFate::unknown;
}

Result<std::string> PrinterSensors::ask(std::string_view query) {
    auto reply = link_.exchange(query, profile_.patience.query);
    const bool again = !reply && link_.isOpen() && link_.lastCommandLeft() &&
                       (reply.error().code == ErrorCode::printerSilent ||
                        reply.error().code == ErrorCode::printerGarbled);
    if (again) reply = link_.exchange(query, profile_.patience.query);
    if (reply && record_ != nullptr) {
        *record_ += (record_->empty() ? "" : " | ") + std::string(query) + "=" + printable(*reply);
    }
    return reply;
}

Result<std::optional<double>> PrinterSensors::volts(const std::string& sensor) {
    for (int reading = 0; reading < 2; ++reading) {
        if (const auto value = voltsOf(TRY(ask("Rse;" + sensor)))) return value;
    }
    return std::nullopt;
}

MouthState PrinterSensors::mouthOf(double volts) const {
    if (volts >= profile_.exit.cardAboveVolts) return MouthState::card;
    return volts < profile_.exit.noCardBelowVolts ? MouthState::noCard : MouthState::unclear;
}

Result<MouthState> PrinterSensors::mouth() {
    const std::optional<double> value = TRY(volts(profile_.exit.bezelSensor));
    return value ? mouthOf(*value) : MouthState::unclear;
}

Result<MediaPosition> PrinterSensors::transportOnce() {
    MediaPosition position = MediaPosition::unknown;
    for (int reading = 0; reading < 2 && position == MediaPosition::unknown; ++reading) {
        position = positionOf(TRY(ask("Rlr;p")), profile_.reply.positions);
    }
    return position;
}

// "No card" is told by a bare OK in the kiosk dialect, and a wrong "no card" loses one from the
// books: it counts only when it is said twice in a row.
Result<MediaPosition> PrinterSensors::transport() {
    MediaPosition position = TRY(transportOnce());
    for (int reading = 1; position == MediaPosition::none && reading < mostReadings; ++reading) {
        const MediaPosition before = position;
        position = TRY(transportOnce());
        if (position == before) return position;
    }
    return position;
}

Result<MediaPosition> PrinterSensors::locate() {
    const MouthState atMouth = TRY(mouth());
    lastMouth_ = atMouth;
    MediaPosition position = MediaPosition::mouth;
    if (atMouth != MouthState::card) {
        position = TRY(transport());
        // A mouth nobody can see into may hold the card.
        const bool hidden = atMouth == MouthState::unclear && position == MediaPosition::none;
        if (hidden) position = MediaPosition::unknown;
    }
    lastKnown_ = position;
    return position;
}

// Sk;f and Sk;w answer 0, 1, 2 or 3: none, the first, the second, both.
Result<bool> PrinterSensors::laneListed(const std::string& query, ports::LaneNumber lane) {
    const auto listed = numberIn(TRY(ask(query)));
    return listed && (*listed & static_cast<std::uint32_t>(lane)) != 0;
}

Result<UnitStatus> PrinterSensors::hopper(ports::LaneNumber lane) {
    const FeederProfile& feeder = profile_.feeder;
    if (feeder.selection == LaneSelection::piem) {
        if (TRY(laneListed("Sk;f", lane))) return UnitStatus::empty;
        return TRY(laneListed("Sk;w", lane)) ? UnitStatus::low : UnitStatus::ok;
    }
    const auto card = TRY(volts("f"));
    if (!card) return UnitStatus::unknown;
    if (*card < feeder.cardAboveVolts) return UnitStatus::empty;
    const auto nearEmpty = TRY(volts("n"));
    if (!nearEmpty) return UnitStatus::ok;
    const bool above = *nearEmpty > feeder.nearEmptyVolts;
    return above == feeder.nearEmptyIsAbove ? UnitStatus::low : UnitStatus::ok;
}

Result<Sensed> PrinterSensors::coverOpen() {
    for (int reading = 0; reading < 2; ++reading) {
        const std::string reply = TRY(ask("Rse;o"));
        if (const auto value = voltsOf(reply)) {
            return *value < profile_.coverClosedAboveVolts ? Sensed::yes : Sensed::no;
        }
        if (isRefused(kindOf(reply))) return Sensed::notSupported;
    }
    return Sensed::unknown;
}

Result<UnitStatus> PrinterSensors::bin() {
    const ReplyKind kind = kindOf(TRY(ask("Rlr;h")));
    if (kind == ReplyKind::card || kind == ReplyKind::hopperFull) return UnitStatus::full;
    return kind == ReplyKind::noCard || kind == ReplyKind::ok ? UnitStatus::ok
                                                              : UnitStatus::unknown;
}

Result<Sensed> PrinterSensors::cleaningDue() {
    const ReplyKind kind = kindOf(TRY(ask("Rlr;r")));
    if (kind == ReplyKind::cleaningNeeded) return Sensed::yes;
    if (isRefused(kind)) return Sensed::notSupported;
    return kind == ReplyKind::ok || kind == ReplyKind::noCard ? Sensed::no : Sensed::unknown;
}

Result<std::optional<std::string>> PrinterSensors::ribbonTag(const std::string& keyword) {
    for (int reading = 0;; ++reading) {
        std::string reply = TRY(ask("Rrt;" + keyword));
        const ReplyKind kind = kindOf(reply);
        if (kind == ReplyKind::text) return std::optional(std::move(reply));
        if (kind != ReplyKind::ok || reading == mostStrayReplies) return std::nullopt;
        clock_.sleepFor(strayPause);
    }
}

Result<std::optional<std::uint32_t>> PrinterSensors::ribbonNumber(const std::string& keyword) {
    const auto reply = TRY(ribbonTag(keyword));
    return reply ? numberIn(*reply) : std::nullopt;
}

Result<ports::RibbonStatus> PrinterSensors::ribbon() {
    ports::RibbonStatus ribbon;
    const bool marked = kindOf(TRY(ask("Rcr"))) != ReplyKind::ok;
    ribbon.type = TRY(ribbonTag("type")).value_or("");
    if (const auto sets = TRY(ribbonNumber("count"))) ribbon.remaining = static_cast<int>(*sets);
    if (const auto sets = TRY(ribbonNumber("qty"))) ribbon.capacity = static_cast<int>(*sets);
    ribbon.ended = marked || ribbon.remaining == 0;
    return ribbon;
}

Result<bool> PrinterSensors::zonesAgree() {
    const std::string printer = TRY(ask("Rzp"));
    const auto ribbon = TRY(ribbonTag("zone"));
    return !ribbon || kindOf(printer) != ReplyKind::text || printer == *ribbon;
}

Result<std::optional<std::uint32_t>> PrinterSensors::counter(char which) {
    const std::string query = std::string("Rco;") + which;
    for (int reading = 0; reading < 2; ++reading) {
        if (const auto value = numberIn(TRY(ask(query)))) return value;
    }
    return std::nullopt;
}

Result<std::optional<std::uint32_t>> PrinterSensors::panelCounter() {
    return counter('p');
}

// A counter of panels that the profile does not trust proves nothing to a recovery either.
Result<ports::PrintCounters> PrinterSensors::counters() {
    ports::PrintCounters counters;
    const bool trusted = profile_.print.countPanels;
    if (trusted) counters.panelsPrinted = TRY(counter('p'));
    counters.cardsInserted = TRY(counter('c'));
    if ((trusted && !counters.panelsPrinted) || !counters.cardsInserted)
        return fail(ErrorCode::printerGarbled, "Rco: not a number");
    counters.ribbonRemaining = TRY(ribbonNumber("count"));
    return counters;
}

Result<ports::PrinterIdentity> PrinterSensors::identity() {
    const auto told = [&](std::string_view query) -> Result<std::string> {
        std::string reply = TRY(ask(query));
        return kindOf(reply) == ReplyKind::text ? printable(reply) : std::string{};
    };
    ports::PrinterIdentity identity;
    identity.model = TRY(told("Rtp"));
    identity.serial = TRY(told("Rsn"));
    identity.firmware = TRY(told("Rfv"));
    if (!identity.model.empty()) return identity;
    // The printer class's own identification, for a model that keeps its type to itself.
    const std::string id = TRY(link_.deviceId());
    const auto begin = id.find("MDL:");
    if (begin != std::string::npos) {
        identity.model = printable(id.substr(begin + 4, id.find(';', begin) - begin - 4));
    }
    return identity;
}

Result<ports::PrinterStatus> PrinterSensors::status() {
    ports::PrinterStatus status;
    struct Recording {
        Recording(std::string*& slot, std::string& words) : slot_(slot) { slot = &words; }
        ~Recording() { slot_ = nullptr; }
        Recording(const Recording&) = delete;
        Recording& operator=(const Recording&) = delete;
        std::string*& slot_;
    };
    std::string words;
    const Recording recording(record_, words);
    status.media = TRY(locate());
    status.cardAtMouth = sensedOf(lastMouth_);
    status.coverOpen = TRY(coverOpen());
    status.cleaningDue = TRY(cleaningDue());
    status.rejectBin = status.retainBin = TRY(bin());
    for (int lane = 1; lane <= profile_.feeder.lanes; ++lane) {
        status.hoppers.push_back(TRY(hopper(lane)));
    }
    status.ribbon = TRY(ribbon());
    // An empty feeder shows as a fault of the media, and stops nothing that is inside.
    status.stopped = link_.portStatus().mechanicalFault() ? Sensed::yes : Sensed::no;
    status.raw = std::move(words);
    return status;
}

}  // namespace liqu::drivers
