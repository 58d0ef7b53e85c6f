#include "firmware/session/machine_readings.hpp"

namespace liqu::session {
namespace {

constexpr Duration silentRest = std::chrono::seconds{5};
constexpr std::uint64_t mebibyte = 1024ULL * 1024;

Result<Phrase> wordless(const Result<void>& state) {
    if (!state) return fail(state.error());
    return Phrase{};
}

Result<Phrase> readReceipts(ports::ReceiptPrinter& printer) {
    const auto status = TRY(printer.status());
    if (status.trouble) return fail(*status.trouble);
    if (status.paper == ports::PaperStatus::low) return Phrase{"staff.part.paper-low"};
    if (status.paper == ports::PaperStatus::notSupported) return Phrase{"staff.path.no-sensor"};
    return Phrase{};
}

}  // namespace

MachineReadings::MachineReadings(SessionParts& parts)
    : session_(parts),
      readiness_(parts),
      path_(fail(ErrorCode::printerSilent, "not asked yet")),
      readers_(
          {{"id-reader", [this] { return wordless(session_.idReader.selfTest()); }},
           {"chip-reader", [this] { return wordless(session_.issuance.chipReader.selfTest()); }}}) {
    if (parts.cardSlot != nullptr) {
        readers_.push_back(
            {"card-slot", [this] { return wordless(session_.cardSlot->selfTest()); }});
    }
    if (parts.receipts != nullptr) {
        readers_.push_back(
            {"receipt-printer", [this] { return readReceipts(*session_.receipts); }});
    }
    readers_.push_back({"clock", [this]() -> Result<Phrase> {
                            TRY(readiness_.checkClock());
                            return timeWords(session_.issuance.clock.wallTime());
                        }});
    readers_.push_back({"disk", [this] { return readDisk(); }});
    parts_.push_back({"printer"});
    for (const Reader& reader : readers_) parts_.push_back({reader.part});
    parts_.push_back({"province"});
}

Result<Phrase> MachineReadings::readDisk() {
    TRY(session_.issuance.database.stillThere());
    const std::uint64_t free = session_.freeDisk();
    TRY(Readiness::requireDisk(free));
    return Phrase{"staff.part.disk-left", {{"count", std::to_string(free / mebibyte)}}};
}

void MachineReadings::readPath() {
    path_ = session_.issuance.printer.status();
    PartReading& printer = parts_.front();
    printer.at = session_.issuance.clock.now();
    printer.state = path_.map([](const ports::PrinterStatus&) {});
}

void MachineReadings::readPart(std::size_t index) {
    PartReading& part = parts_[index + 1];
    const auto read = readers_[index].read();
    part.at = session_.issuance.clock.now();
    part.state = read.map([](const Phrase&) {});
    part.detail = read ? *read : Phrase{};
}

// One that does not answer takes its whole patience: whoever stands there is heard in between.
void MachineReadings::readNext() {
    const auto last = parts_.front().at;
    const bool rests = !path_ && last && session_.issuance.clock.now() - *last < silentRest;
    if (!rests) readPath();
    readPart(next_);
    next_ = (next_ + 1) % readers_.size();
}

void MachineReadings::readAll() {
    readPath();
    for (std::size_t index = 0; index < readers_.size(); ++index) readPart(index);
}

void MachineReadings::noteProvince(const Result<void>& answer) {
    PartReading& province = parts_.back();
    province.state = answer;
    province.at = session_.issuance.clock.now();
}

Phrase ageOfReading(std::optional<Instant> at, Instant now) {
    if (!at) return {"staff.part.not-read"};
    constexpr std::int64_t secondsOfMinute = 60;
    const auto seconds =
        std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(now - *at).count());
    if (seconds < 1) return {"staff.part.age-now"};
    if (seconds < secondsOfMinute) {
        return {"staff.part.age-seconds", {{"age", std::to_string(seconds)}}};
    }
    return {"staff.part.age-minutes", {{"age", std::to_string(seconds / secondsOfMinute)}}};
}

}  // namespace liqu::session
