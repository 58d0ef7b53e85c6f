#include "tests/power_cut/cut_watch.hpp"

#include <type_traits>

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"
#include "firmware/storage/books_identity.hpp"
#include "program/data_folder.hpp"
#include "tests/power_cut/twins.hpp"
#include "tests/scenario/kiosk/simulated_kiosk.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::proof {
namespace {

using drivers::UsbBus;
using drivers::UsbDevice;
using drivers::UsbDeviceInfo;
using drivers::UsbResult;

constexpr std::string_view notDone = "not-done";
constexpr std::string_view done = "done";
constexpr std::string_view unheard = "unheard";

class WatchedDevice final : public UsbDevice {
  public:
    WatchedDevice(CutWatch& watch, std::unique_ptr<UsbDevice> real, bool isPrinter)
        : watch_(watch),
          real_(std::move(real)),
          isPrinter_(isPrinter),
          command_(isPrinter ? "printer-command" : "reader-command"),
          reply_(isPrinter ? "printer-reply" : "reader-reply") {}

    UsbResult<void> write(std::uint8_t endpoint, ByteView data, Duration patience) override {
        return command([&] { return real_->write(endpoint, data, patience); });
    }
    UsbResult<Bytes> read(std::uint8_t endpoint, std::size_t most, Duration patience) override {
        const int point = watch_.beginPoint();
        watch_.listenToPrinter(isPrinter_);
        auto reply = real_->read(endpoint, most, patience);
        watch_.listenToPrinter(false);
        // Silence has no moment of its own.
        if (reply && !reply->empty()) watch_.tell(point, reply_, unheard);
        watch_.somethingHappened();
        return reply;
    }
    UsbResult<Bytes> controlIn(std::uint8_t requestType, std::uint8_t request, std::uint16_t value,
                               std::uint16_t index, std::uint16_t length,
                               Duration patience) override {
        return command(
            [&] { return real_->controlIn(requestType, request, value, index, length, patience); });
    }
    UsbResult<void> controlOut(std::uint8_t requestType, std::uint8_t request, std::uint16_t value,
                               std::uint16_t index, ByteView data, Duration patience) override {
        return command(
            [&] { return real_->controlOut(requestType, request, value, index, data, patience); });
    }
    UsbResult<void> clearHalt(std::uint8_t endpoint) override {
        return command([&] { return real_->clearHalt(endpoint); });
    }

  private:
    template <typename Call>
    std::invoke_result_t<Call> command(Call call) {
        const int point = watch_.beginPoint();
        watch_.tell(point, command_, notDone);
        auto answer = call();
        watch_.somethingHappened();
        watch_.tell(point, command_, done);
        return answer;
    }

    CutWatch& watch_;
    std::unique_ptr<UsbDevice> real_;
    bool isPrinter_;
    std::string_view command_;
    std::string_view reply_;
};

class WatchedBus final : public UsbBus {
  public:
    WatchedBus(CutWatch& watch, UsbBus& real) : watch_(watch), real_(real) {}
    UsbResult<std::vector<UsbDeviceInfo>> list() override { return real_.list(); }
    UsbResult<std::unique_ptr<UsbDevice>> open(const UsbDeviceInfo& device,
                                               std::uint8_t interfaceNumber) override {
        auto opened = real_.open(device, interfaceNumber);
        if (!opened) return opened;
        constexpr std::uint16_t printerVendor = 0x0F49;
        const bool isPrinter = device.vendorId == printerVendor;
        if (isPrinter) sabotageOpened(watch_.sabotage(), **opened, interfaceNumber);
        return std::make_unique<WatchedDevice>(watch_, std::move(*opened), isPrinter);
    }

  private:
    CutWatch& watch_;
    UsbBus& real_;
};

class WatchedChipReader final : public ports::ChipReader {
  public:
    WatchedChipReader(CutWatch& watch, ports::ChipReader& real) : watch_(watch), real_(real) {}
    Result<void> selfTest() override { return real_.selfTest(); }
    Result<Bytes> powerOn(Duration patience) override {
        return command([&] { return real_.powerOn(patience); });
    }
    Result<Bytes> coldReset() override {
        return command([&] { return real_.coldReset(); });
    }
    Result<Bytes> transmit(ByteView bytes) override {
        return command([&] { return real_.transmit(bytes); });
    }
    void powerOff() override {
        real_.powerOff();
        watch_.somethingHappened();
    }

  private:
    template <typename Call>
    Result<Bytes> command(Call call) {
        const int point = watch_.beginPoint();
        watch_.tell(point, "chip-command", notDone);
        auto answer = call();
        watch_.somethingHappened();
        watch_.tell(point, "chip-reply", unheard);
        return answer;
    }

    CutWatch& watch_;
    ports::ChipReader& real_;
};

class WatchedLine final : public ports::ProvinceLink {
  public:
    WatchedLine(CutWatch& watch, ports::ProvinceLink& real) : watch_(watch), real_(real) {}
    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        const int point = watch_.beginPoint();
        watch_.tell(point, "network", notDone);
        auto answer = real_.exchange(path, envelope, patience);
        watch_.somethingHappened();
        watch_.tell(point, "network", unheard);
        return answer;
    }

  private:
    CutWatch& watch_;
    ports::ProvinceLink& real_;
};

// As `liqu init` writes it, with the key of the simulated machine.
void giveIdentity(storage::Database& database) {
    const auto identity = storage::identityOf(database);
    LIQU_ASSERT(identity.has_value());
    if (*identity) return;
    auto transaction = storage::Transaction::begin(database);
    LIQU_ASSERT(transaction.has_value());
    const std::string keyId = toHex(scenario::machineKey().id());
    LIQU_ASSERT(
        storage::writeIdentity(*transaction, {scenario::terminalId, test::testEpoch, keyId}));
    LIQU_ASSERT(transaction->commit());
}

}  // namespace

CutWatch::CutWatch(PowerCutVfs& vfs, Sabotage sabotage)
    : vfs_(vfs), sabotage_(sabotage), renderer_(makeTwinRenderer()) {
    vfs_.liesAboutSyncs = sabotage == Sabotage::syncIsALie;
    sabotagePlan(sabotage);
    vfs_.beforeCall = [this](StorageCall call, const std::string&) {
        // Reading leaves everything as it is: the moment is the one of the call before.
        if (call == StorageCall::read || !onMoment) return;
        onMoment({beginPoint(), nameOf(call), "none", true});
    };
}

void CutWatch::tell(int point, std::string_view what, std::string_view answer) {
    if (onMoment) onMoment({point, what, answer, false});
}

// While an answer of the printer is waited for, each step of its mechanics is a moment.
void CutWatch::watchMotions(scenario::Outside& outside) {
    outside.clock.add({[this, &outside](Instant) {
                           somethingHappened();
                           if (!listensToPrinter_ || outside.printer->idle()) return;
                           tell(beginPoint(), "printer-motion", "half-way");
                       },
                       []() -> std::optional<Instant> { return std::nullopt; }});
}

std::unique_ptr<storage::Database> CutWatch::openDatabase() {
    auto database = storage::Database::open({"kiosk.db", vfs_.name(), false});
    LIQU_ASSERT(database.has_value());
    giveIdentity(**database);
    sabotageDatabase(sabotage_, **database);
    return std::move(*database);
}

Result<security::SealKey> CutWatch::openSealKey(storage::Database& database,
                                                const std::filesystem::path& folder) {
    policy::KioskConfig config;
    config.terminal = scenario::terminalId;
    SystemRandom random;
    const auto file = program::sealKeyIn(folder);
    if (sabotage_ != Sabotage::keyReplaced || std::filesystem::exists(file)) {
        return program::openSealKey(database, folder, config, random);
    }
    replacedKey_ = security::SealKey::create(file, random).value();
    return *replacedKey_;
}

screen::Display& CutWatch::display(screen::Display& real) {
    lyingDisplay_ = sabotagedDisplay(sabotage_, real);
    return lyingDisplay_ ? *lyingDisplay_ : real;
}

drivers::UsbBus& CutWatch::bus(drivers::UsbBus& real) {
    if (bus_ == nullptr) bus_ = std::make_unique<WatchedBus>(*this, real);
    return *bus_;
}
ports::ChipReader& CutWatch::chipReader(ports::ChipReader& real) {
    if (chipReader_ != nullptr) return *chipReader_;
    sabotagedReader_ = sabotagedReader(sabotage_, real, overheard_);
    chipReader_ =
        std::make_unique<WatchedChipReader>(*this, sabotagedReader_ ? *sabotagedReader_ : real);
    return *chipReader_;
}
ports::ProvinceLink& CutWatch::line(ports::ProvinceLink& real) {
    if (line_ != nullptr) return *line_;
    sabotagedLine_ = sabotagedLine(sabotage_, real, overheard_);
    line_ = std::make_unique<WatchedLine>(*this, sabotagedLine_ ? *sabotagedLine_ : real);
    return *line_;
}
ports::CardPrinter& CutWatch::printer(ports::CardPrinter& real) {
    printers_.push_back(std::make_unique<PreparingOnce>(
        real, sabotage_ == Sabotage::firstFaceForAll ? Faces::ofTheFirst : Faces::ofEverybody));
    return *printers_.back();
}
std::optional<bool> CutWatch::showsFaceOf(const world::PlasticCard& card,
                                          const world::Person& person, WallTime now) {
    return stampIsOf(card, person, now);
}

}  // namespace liqu::proof
