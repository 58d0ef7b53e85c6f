// The reader of identity documents: ports::IdReader over the SDT protocol
// (hardware-notes/id-reader.md). A reader that is pulled out and plugged in again is opened anew by
// the next call. Called from one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "drivers/id_reader/sdt_session.hpp"
#include "drivers/id_reader/sdt_wire.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/ports/id_reader.hpp"

namespace liqu::drivers {

struct IdReaderOptions {
    // Ask for the newest address to see whether the document still lies there. A reader that
    // cannot do that is never asked, and documentStillThere answers false.
    bool watchRemoval = true;
    // Which of several on USB, as `liqu devices` names its place; empty: there is only one.
    std::string usbPath{};
};

class SdtIdReader final : public ports::IdReader {
  public:
    using WireOpener = std::function<Result<std::unique_ptr<sdt::Wire>>()>;
    // The openers are tried in order until a module answers.
    SdtIdReader(std::vector<WireOpener> openers, Clock& clock, IdReaderOptions options = {});

    Result<void> selfTest() override;
    Result<std::string> serialNumber() override;
    Result<bool> findDocument() override;
    Result<card::IdentityDocument> readDocument() override;
    Result<bool> documentStillThere() override;

  private:
    Result<void> open();
    Result<void> openWith(const WireOpener& opener);
    Result<sdt::Answer> ask(sdt::Command command);
    Result<sdt::Answer> askAnyReader(sdt::Command command);
    Result<sdt::Answer> expect(sdt::Command command, std::uint8_t good);
    Result<void> selectDocument();
    void keepRhythm();

    std::vector<WireOpener> openers_;
    Clock& clock_;
    IdReaderOptions options_;
    std::optional<sdt::Session> session_;
    Instant nextPoll_{};
    bool documentWasRead_ = false;
};

std::unique_ptr<ports::IdReader> makeUsbIdReader(UsbBus& bus, Clock& clock,
                                                 IdReaderOptions options = {});
std::unique_ptr<ports::IdReader> makeSerialIdReader(std::string path, SerialRate rate, Clock& clock,
                                                    IdReaderOptions options = {});

}  // namespace liqu::drivers
