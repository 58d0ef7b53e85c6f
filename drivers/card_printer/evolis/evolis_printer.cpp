#include "drivers/card_printer/evolis/evolis_printer.hpp"

#include "drivers/card_printer/evolis/card_motions.hpp"
#include "drivers/card_printer/evolis/panels.hpp"
#include "drivers/card_printer/evolis/presentation.hpp"
#include "drivers/card_printer/evolis/print_job.hpp"
#include "drivers/card_printer/printer_driver.hpp"

namespace liqu::drivers {

namespace {

// Longer than any panel takes: a counter that stands still for so long belongs to an idle printer.
constexpr Duration steadyCounter = std::chrono::seconds{6};

class EvolisPrinter final : public ports::CardPrinter {
  public:
    EvolisPrinter(UsbBus& bus, Clock& clock, PrinterProfile profile, std::string usbPath)
        : clock_(clock),
          profile_(std::move(profile)),
          link_(bus, clock, profile_, std::move(usbPath)),
          sensors_(link_, clock, profile_),
          runner_(link_, sensors_, profile_),
          motions_(runner_, clock) {}

    Result<ports::PrinterIdentity> identify() override {
        return order([&] { return sensors_.identity(); });
    }
    Result<ports::PrinterStatus> status() override {
        return order([&] { return sensors_.status(); });
    }
    Result<ports::PrintCounters> counters() override {
        return order([&] { return sensors_.counters(); });
    }
    Result<bool> idle() override;

    Result<void> feedToChip(ports::LaneNumber lane) override {
        return order([&] { return motions_.feedToChip(lane); });
    }
    Result<void> moveToChip() override {
        return order([&] { return motions_.moveToChip(); });
    }
    Result<std::unique_ptr<ports::PreparedFace>> prepare(const ports::CardFace& face) override {
        if (face.back) return fail(ErrorCode::printerRefusedCommand, "this printer prints no back");
        return std::make_unique<EvolisFace>(makePanels(face, profile_.print));
    }
    Result<void> print(const ports::PreparedFace& face,
                       const std::function<void(ports::PrintProgress)>& onProgress) override {
        const auto& panels = dynamic_cast<const EvolisFace&>(face);
        return order([&] { return PrintJob(runner_, clock_, panels, onProgress).run(); });
    }
    Result<ports::PresentOutcome> present(const std::function<void()>& atMouth,
                                          const std::function<Instant()>& patienceEnd,
                                          const std::stop_token& stop) override {
        return order(
            [&] { return Presentation(runner_, clock_, atMouth, patienceEnd, stop).run(); });
    }
    void meanwhile(std::function<void()> act) override { link_.meanwhile(std::move(act)); }
    Result<void> takeBack() override {
        return order([&] { return motions_.takeBack(); });
    }
    // One box behind the printer serves as both.
    Result<void> discard(ports::Bin) override {
        return order([&] { return motions_.discard(); });
    }
    Result<void> reset() override;
    Result<void> clean() override {
        return order([&] { return motions_.clean(); });
    }

  private:
    // Everything but `idle` and `reset` runs on an open printer that knows its settings.
    template <typename Do>
    auto order(Do&& run) -> decltype(run()) {
        if (const auto ready = makeReady(); !ready) {
            return fail(runner_.withFate(ready.error(), CardFate::unknown));
        }
        auto result = run();
        if (!result && !result.error().fate) {
            return fail(runner_.withFate(result.error(), CardFate::unknown));
        }
        return result;
    }
    Result<void> open();
    Result<void> makeReady();
    Result<bool> listens();
    Result<bool> counterStandsStill();

    Clock& clock_;
    PrinterProfile profile_;
    PrinterLink link_;
    PrinterSensors sensors_;
    MotionRunner runner_;
    CardMotions motions_;
    // The beginning (of the link) for which the printer knows its settings.
    std::optional<int> settingsFor_;
    // After a (re)connection the printer may still be busy with what it was told before.
    bool maybeBusy_ = true;
    std::optional<Instant> silentSince_;
    std::optional<std::pair<std::uint32_t, Instant>> lastPanels_;
};

Result<void> EvolisPrinter::open() {
    const auto opened = link_.open();
    if (!opened) return fail(opened.error());
    if (*opened) {
        maybeBusy_ = true;
        silentSince_.reset();
        lastPanels_.reset();
        sensors_.forgetPosition();
    }
    return {};
}

Result<void> EvolisPrinter::makeReady() {
    TRY(open());
    if (settingsFor_ == link_.beginnings()) return {};
    // One more beginning while they are given makes them worthless.
    const int beginning = link_.beginnings();
    TRY(motions_.applySettings());
    settingsFor_ = beginning;
    return {};
}

// A printer in the middle of a motion may leave even a question unanswered; one whose download was
// cut off (a killed process) takes everything for picture data until a soft reset.
Result<bool> EvolisPrinter::listens() {
    const auto listening = link_.synchronise(profile_.patience.query);
    if (listening) {
        silentSince_.reset();
        return true;
    }
    if (listening.error().code != ErrorCode::printerSilent || !link_.isOpen()) {
        return fail(listening.error());
    }
    if (!silentSince_) silentSince_ = clock_.now();
    if (clock_.now() - *silentSince_ < profile_.patience.print) return false;
    TRY(link_.softReset());
    TRY(link_.synchronise(profile_.patience.query));
    silentSince_.reset();
    return true;
}

Result<bool> EvolisPrinter::counterStandsStill() {
    const auto panels = sensors_.panelCounter();
    // A model without counters: that it answers must do.
    const bool hasNone =
        panels ? !panels->has_value() : panels.error().code == ErrorCode::printerGarbled;
    if (hasNone) return true;
    if (!panels) return fail(panels.error());
    if (!lastPanels_ || lastPanels_->first != **panels) lastPanels_ = {**panels, clock_.now()};
    return clock_.now() - lastPanels_->second >= steadyCounter;
}

Result<bool> EvolisPrinter::idle() {
    auto known = [&]() -> Result<bool> {
        TRY(open());
        if (!maybeBusy_) return true;
        if (!TRY(listens())) return false;
        if (!TRY(counterStandsStill())) return false;
        maybeBusy_ = false;
        return true;
    }();
    if (!known) return fail(runner_.withFate(known.error(), CardFate::unknown));
    return known;
}

Result<void> EvolisPrinter::reset() {
    const auto done = [&]() -> Result<void> {
        TRY(open());
        TRY(motions_.restart());
        TRY(makeReady());
        maybeBusy_ = false;
        return {};
    }();
    if (!done) return fail(runner_.withFate(done.error(), CardFate::unknown));
    return {};
}

}  // namespace

const PrinterDriver& evolisDriver() {
    static constexpr PrinterDriver driver{
        [](const std::filesystem::path& profile,
           Faults* faults) -> Result<ports::PrinterCapabilities> {
            return ports::PrinterCapabilities{
                .hoppers = TRY(readPrinterProfile(profile, faults)).feeder.lanes,
                .printsBack = false};
        },
        [](const PrinterWiring& wiring) -> Result<std::unique_ptr<ports::CardPrinter>> {
            return makeEvolisPrinter(wiring.usb, wiring.clock,
                                     TRY(readPrinterProfile(wiring.profile)), wiring.usbPath);
        }};
    return driver;
}

std::unique_ptr<ports::CardPrinter> makeEvolisPrinter(UsbBus& bus, Clock& clock,
                                                      PrinterProfile profile, std::string usbPath) {
    return std::make_unique<EvolisPrinter>(bus, clock, std::move(profile), std::move(usbPath));
}

}  // namespace liqu::drivers
