#include "drivers/receipt_printer/escpos_printer.hpp"

#include <algorithm>
#include <array>

#include "drivers/receipt_printer/escpos_link.hpp"
#include "drivers/receipt_printer/raster_job.hpp"

namespace liqu::drivers {
namespace {

using ports::MediaStatus;
using ports::SlipOutcome;
using ports::SlipPrint;

constexpr Duration lookRhythm = std::chrono::milliseconds{250};
// From the cut to the mouth.
constexpr Duration presentTime = std::chrono::seconds{3};
// For the cut, and for a motor that starts.
constexpr Duration cutTime = std::chrono::seconds{2};
constexpr Duration proofPatience = std::chrono::seconds{10};
constexpr Duration retractPatience = std::chrono::seconds{5};
// A slip that went so shortly before the printer takes it back may have gone that way.
constexpr Duration holdMargin = std::chrono::seconds{2};
constexpr double dotsPerMillimetre = 8;

constexpr std::array<std::uint8_t, 3> discardBuffer = {0x10, 0x05, 0x02};
constexpr std::array<std::uint8_t, 3> retractGsE = {0x1D, 0x65, 0x02};
constexpr std::array<std::uint8_t, 3> retractGsR = {0x1D, 0x52, 0x00};

bool hasMouthSensor(const ReceiptProfile& profile) {
    return profile.presenter.commands == PresenterCommands::gsE ||
           profile.presenter.commands == PresenterCommands::fsP;
}

class EscposPrinter final : public ports::ReceiptPrinter {
  public:
    EscposPrinter(std::unique_ptr<ReceiptWire> wire, Clock& clock, ReceiptProfile profile)
        : profile_(std::move(profile)), clock_(clock), link_(std::move(wire), clock, profile_) {}

    int width() const override { return profile_.head.dots; }
    void meanwhile(std::function<void()> act) override { link_.meanwhile(std::move(act)); }
    Result<ports::ReceiptPrinterStatus> status() override;
    SlipOutcome print(const ports::SlipPicture& picture) override;
    MediaStatus media() override;
    Result<bool> retract() override;

  private:
    Result<void> begin();
    Result<Look> lookUntilReady();
    Result<void> clearMouth();
    Result<void> sendBands(const std::vector<PersonalBytes>& bands, bool& begun);
    Result<void> afterBand(std::size_t bytes);
    Error causeOf(const Error& error);
    Result<SlipPrint> prove(Duration takes);
    Result<SlipPrint> proveByMouth(Duration takes);
    bool isPresented(const Look& mouth);

    ReceiptProfile profile_;
    Clock& clock_;
    EscposLink link_;
    bool stub_ = false;       // a slip was broken off: what is out is cut off first
    bool mouthFree_ = false;  // seen before this slip was begun
    MediaStatus media_ = MediaStatus::unknown;
    int presentedIn_ = 0;  // the opening of the line in which the slip was seen at the mouth
    Instant presentedAt_{};
};

Result<ports::ReceiptPrinterStatus> EscposPrinter::status() {
    TRY(link_.open());
    const Look look = TRY(link_.look());
    ports::ReceiptPrinterStatus status;
    status.raw = look.raw;
    status.coverOpen = look.flags.coverOpen;
    status.trouble = troubleOf(look.flags, look.raw);
    const bool tells = profile_.status.source != StatusSource::none;
    status.paper = !tells                ? ports::PaperStatus::notSupported
                   : look.flags.jam      ? ports::PaperStatus::jammed
                   : look.flags.paperEnd ? ports::PaperStatus::out
                   : look.flags.nearEnd  ? ports::PaperStatus::low
                                         : ports::PaperStatus::full;
    return status;
}

// A hot head cools, and a cutter that was freed goes on when it is told; once.
Result<Look> EscposPrinter::lookUntilReady() {
    const Instant end = clock_.now() + profile_.hot;
    bool freed = false;
    while (true) {
        Look look = TRY(link_.look());
        const auto trouble = troubleOf(look.flags, look.raw);
        if (!trouble) return look;
        if (trouble->code == ErrorCode::receiptCutterFault && !freed) {
            freed = true;
            TRY(link_.send(discardBuffer, EscposLink::What::command));
            link_.rest(cutTime);
            continue;
        }
        const bool passes = trouble->code == ErrorCode::receiptPrinterHot;
        if (!passes || clock_.now() >= end) return fail(*trouble);
        link_.rest(lookRhythm);
    }
}

// A slip that is still there is somebody's: it does not come out with the next one. Some take it
// back by themselves, when its time is over.
Result<void> EscposPrinter::clearMouth() {
    mouthFree_ = false;
    if (!hasMouthSensor(profile_)) return {};
    if (TRY(link_.lookAtMouth()).flags.atMouth) TRY(retract());
    const bool byItself = profile_.presenter.commands == PresenterCommands::fsP;
    const Instant end =
        clock_.now() + (byItself ? profile_.presenter.hold + holdMargin : Duration{});
    while (true) {
        mouthFree_ = !TRY(link_.lookAtMouth()).flags.atMouth;
        if (mouthFree_ || clock_.now() >= end) return {};
        link_.rest(lookRhythm);
    }
}

Result<void> EscposPrinter::begin() {
    TRY(link_.open());
    TRY(lookUntilReady());
    TRY(clearMouth());
    stub_ = TRY(link_.comeIntoStep()) || stub_;
    TRY(link_.send(initCommands(profile_), EscposLink::What::command));
    link_.rest(profile_.pace.afterInit);
    if (stub_) {
        TRY(link_.send(endCommands(profile_), EscposLink::What::command));
        link_.rest(cutTime);
        stub_ = false;
        TRY(clearMouth());
    }
    return {};
}

// A byte that was lost puts everything behind it out of step: it would be printed as text. So each
// band is followed by a question that only a printer in step answers.
Result<void> EscposPrinter::afterBand(std::size_t bytes) {
    if (profile_.pace.bytesPerSecond > 0) {
        const auto micros =
            static_cast<std::int64_t>(bytes) * 1'000'000 / profile_.pace.bytesPerSecond;
        link_.rest(std::chrono::microseconds{micros});
    }
    if (profile_.status.fence && !TRY(link_.fence(proofPatience))) {
        return fail(ErrorCode::receiptInDoubt, "it is not in step after a band");
    }
    if (!profile_.status.whilePrinting) return {};
    const Look look = TRY(link_.look());
    if (const auto trouble = troubleOf(look.flags, look.raw)) return fail(*trouble);
    return {};
}

Result<void> EscposPrinter::sendBands(const std::vector<PersonalBytes>& bands, bool& begun) {
    for (const PersonalBytes& band : bands) {
        begun = true;
        TRY(link_.send(band.reveal(), EscposLink::What::picture));
        TRY(afterBand(band.reveal().size()));
    }
    return {};
}

// Stopped in the middle: what the printer says of itself is more than that it stopped.
Error EscposPrinter::causeOf(const Error& error) {
    if (error.code != ErrorCode::receiptInDoubt) return error;
    const auto look = link_.look();
    if (!look) return look.error();
    return troubleOf(look->flags, look->raw).value_or(error);
}

SlipOutcome EscposPrinter::print(const ports::SlipPicture& picture) {
    media_ = MediaStatus::unknown;
    if (const auto ready = begin(); !ready) return {SlipPrint::notPrinted, ready.error()};
    const auto bands = bandsOf(picture, profile_);
    const double seconds = picture.height / dotsPerMillimetre / profile_.pace.millimetresPerSecond;
    const auto takes =
        std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds)) + cutTime;
    bool begun = false;
    auto sent = sendBands(bands, begun);
    if (sent) sent = link_.send(endCommands(profile_), EscposLink::What::command);
    if (!sent) {
        stub_ = begun;
        return {begun ? SlipPrint::unknown : SlipPrint::notPrinted, causeOf(sent.error())};
    }
    const auto proven = prove(takes);
    // What stopped before the cut is cut off with the next slip.
    stub_ = !proven;
    if (!proven) return {SlipPrint::unknown, proven.error()};
    return {*proven, std::nullopt};
}

// Printed is: it was cut, nothing is wrong, and there is paper still.
Result<SlipPrint> EscposPrinter::prove(Duration takes) {
    if (hasMouthSensor(profile_)) return proveByMouth(takes);
    const bool done = profile_.status.fence && TRY(link_.fence(takes + proofPatience));
    if (!profile_.status.fence) link_.rest(takes);
    const Look look = TRY(link_.look());
    if (const auto trouble = troubleOf(look.flags, look.raw)) return fail(*trouble);
    if (profile_.status.fence && !done) {
        return fail(ErrorCode::receiptInDoubt, "it did not say that the slip was cut");
    }
    return done ? SlipPrint::printed : SlipPrint::unknown;
}

bool EscposPrinter::isPresented(const Look& mouth) {
    if (!mouth.flags.atMouth || mouth.flags.moving) return false;
    media_ = MediaStatus::present;
    presentedIn_ = link_.openings();
    presentedAt_ = clock_.now();
    return true;
}

// What stands in the way of the next slip may have come behind this one, which is on its way out
// then and lies in the mouth for whoever stands there.
Result<SlipPrint> EscposPrinter::proveByMouth(Duration takes) {
    Instant end = clock_.now() + takes + proofPatience;
    std::optional<Error> trouble;
    while (clock_.now() < end) {
        link_.rest(lookRhythm);
        const auto state = link_.look();
        // Some say nothing while the paper moves.
        if (!state && state.error().code == ErrorCode::receiptPrinterSilent) continue;
        if (!state) return fail(state.error());
        if (!trouble) {
            trouble = troubleOf(state->flags, state->raw);
            if (trouble) end = std::min(end, clock_.now() + presentTime);
        }
        const auto mouth = link_.lookAtMouth();
        // Without paper some answer nothing else.
        if (!mouth) return fail(trouble.value_or(mouth.error()));
        if (mouth->flags.jam) return fail(ErrorCode::receiptJammed, mouth->raw);
        if (!isPresented(*mouth)) continue;
        if (trouble) break;
        // Where an earlier one could not be taken away it may be that one.
        return mouthFree_ ? SlipPrint::printed : SlipPrint::unknown;
    }
    return fail(trouble.value_or(Error{ErrorCode::receiptInDoubt, "no slip came to the mouth"}));
}

MediaStatus EscposPrinter::media() {
    if (!hasMouthSensor(profile_)) return MediaStatus::notSupported;
    if (media_ != MediaStatus::present) return media_;
    const auto opened = link_.open();
    const auto look = opened ? link_.lookAtMouth() : fail(opened.error());
    if (!look) return MediaStatus::unknown;
    // Nobody knows what happened while the line was away.
    if (link_.openings() != presentedIn_) return media_ = MediaStatus::unknown;
    if (look->flags.atMouth) return media_;
    const bool byItself = profile_.presenter.commands == PresenterCommands::fsP &&
                          clock_.now() - presentedAt_ >= profile_.presenter.hold - holdMargin;
    return media_ = byItself ? MediaStatus::retracted : MediaStatus::notPresent;
}

Result<bool> EscposPrinter::retract() {
    const PresenterCommands commands = profile_.presenter.commands;
    if (commands != PresenterCommands::gsE && commands != PresenterCommands::gsR) return false;
    TRY(link_.open());
    const ByteView command =
        commands == PresenterCommands::gsE ? ByteView(retractGsE) : ByteView(retractGsR);
    TRY(link_.send(command, EscposLink::What::command));
    media_ = MediaStatus::retracted;
    if (commands == PresenterCommands::gsR) return true;
    const Instant end = clock_.now() + retractPatience;
    while (TRY(link_.lookAtMouth()).flags.atMouth) {
        if (clock_.now() >= end) return fail(ErrorCode::receiptJammed, "it stays at the mouth");
        link_.rest(lookRhythm);
    }
    return true;
}

}  // namespace

std::unique_ptr<ports::ReceiptPrinter> makeEscposPrinter(std::unique_ptr<ReceiptWire> wire,
                                                         Clock& clock, ReceiptProfile profile) {
    return std::make_unique<EscposPrinter>(std::move(wire), clock, std::move(profile));
}

}  // namespace liqu::drivers
