// The chip station's reader over pcscd (hardware-notes/chip-reader.md): one exclusive connection
// from powerOn to powerOff, cold resets within it, and a watchdog, because a card or driver that
// never answers blocks PC/SC for ever. A call that was given up keeps the reader until it comes
// back: so long the self-test fails. A restarted pcscd is found again by a new context.
//
// One thread. Every call ends within its deadline.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "drivers/chip_reader/deadline_worker.hpp"
#include "drivers/chip_reader/pcsc_context.hpp"
#include "firmware/ports/chip_reader.hpp"

namespace liqu::drivers {

struct ChipReaderOptions {
    // A part of the reader's name, plain text. Index digits change on re-plugging: leave them out.
    std::string namePart;
    // The slowest command of a good card takes seconds; longer than this is a hung reader.
    Duration transmitDeadline = std::chrono::seconds(20);
    // For all other calls; a cold reset takes two seconds at most.
    Duration callDeadline = std::chrono::seconds(5);
};

class PcscChipReader final : public ports::ChipReader {
  public:
    PcscChipReader(Clock& clock, ChipReaderOptions options,
                   PcscContextMaker makeContext = makePcscLiteContext);
    ~PcscChipReader() override;
    PcscChipReader(const PcscChipReader&) = delete;
    PcscChipReader& operator=(const PcscChipReader&) = delete;

    Result<void> selfTest() override;
    Result<Bytes> powerOn(Duration patience) override;
    Result<Bytes> coldReset() override;
    Result<Bytes> transmit(ByteView command) override;
    void powerOff() override;

    // The names pcscd knows now, for the technician.
    Result<std::vector<std::string>> readerNames();

  private:
    using Call = std::function<PcscCode(PcscContext&)>;

    // Runs one PC/SC call under the watchdog.
    Result<PcscCode> watched(Call call, Duration deadline, std::string_view step);
    Result<void> demand(Call call, Duration deadline, std::string_view step);
    Result<void> ensureContext();
    void dropContext();

    Result<Bytes> connectOnce(Instant end);
    Result<std::string> findReader();
    Result<void> waitUntilFree(const std::string& reader);
    Result<void> waitForCard(const std::string& reader, Instant end);
    Result<CardPresence> presence(const std::string& reader, CardPresence known, Duration patience);
    Result<Bytes> resetAndAnswer();
    Result<Bytes> tornReply(std::string_view why);

    Clock& clock_;
    ChipReaderOptions options_;
    PcscContextMaker makeContext_;
    std::unique_ptr<DeadlineWorker> worker_;
    std::shared_ptr<PcscContext> context_;
    // Contexts of abandoned threads; one that has expired came back after all.
    std::vector<std::weak_ptr<PcscContext>> hung_;
    std::string reader_;
    bool connected_ = false;
};

std::unique_ptr<ports::ChipReader> makePcscChipReader(Clock& clock, ChipReaderOptions options);

}  // namespace liqu::drivers
