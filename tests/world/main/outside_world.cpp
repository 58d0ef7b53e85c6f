#include "tests/world/main/outside_world.hpp"

#include <algorithm>
#include <cstdlib>

#include "tests/world/chip/chip_evidence.hpp"
#include "tests/world/main/kiosk_folder.hpp"

namespace liqu::world {
namespace {

constexpr Duration chipSettle = std::chrono::milliseconds(300);
constexpr Duration chipPerCommand = std::chrono::milliseconds(20);

Duration scaled(Duration time, double speed) {
    return std::chrono::duration_cast<Duration>(time / speed);
}

// The lots of province/persons.json hold these numbers.
BlankBatch batchOf(const RunOptions& options) {
    const bool thirdGeneration = options.visit->chipVersion.starts_with("3");
    BlankBatch batch;
    const std::string offset = std::to_string(options.seed * 7 % 900);
    batch.firstNumber =
        (thirdGeneration ? "A1000" : "C2000") + std::string(3 - offset.size(), '0') + offset;
    batch.version = options.visit->chipVersion;
    batch.bankPrefix = bankPrefix;
    batch.firstSerial = static_cast<std::uint32_t>(0x0A00 + options.seed % 900 * 16);
    batch.count = options.blanks;
    return batch;
}

}  // namespace

Result<std::unique_ptr<OutsideWorld>> OutsideWorld::start(const RunOptions& options,
                                                          FaultPlan& faults) {
    std::unique_ptr<OutsideWorld> world(new OutsideWorld(faults));
    TRY(world->startProvince(options));
    TRY(world->startChipStation(options));
    TRY(world->makeCards(options));
    if (!options.legacyProvince.empty()) {
        world->legacy_ = TRY(LegacyWorld::start(options, world->pki_, world->blanks_));
    }
    TRY(world->startUsb(options));
    return world;
}

Result<void> OutsideWorld::startProvince(const RunOptions& options) {
    pki_ = TRY(Pki::generate(options.out / "kiosk" / "keys", terminalId));
    engine_ = TRY(ProvinceEngine::create(options.sourceTree, TRY(Sm2Keys::load(pki_)), faults_));
    ProvinceTimes times;
    times.answer = scaled(times.answer, options.speed);
    front_ = std::make_unique<ProvinceFront>(*engine_, faults_, times);
    front_->watchWork(
        [this](Instant begin, Instant end) { busy_.add(BusyPart::province, begin, end); });
    server_ = TRY(HttpsServer::start(*front_, clock_, pki_));
    const FeePlan fee = options.visit->fee;
    if (fee == FeePlan::atCounter) return {};
    engine_->books().feesAtTerminals = true;
    const auto payer =
        fee == FeePlan::paidByCode ? FeePlatform::Payer::pays : FeePlatform::Payer::doesNot;
    fees_ = TRY(FeePlatform::start(pki_, payer, options.speed));
    return {};
}

Result<void> OutsideWorld::startChipStation(const RunOptions& options) {
    pcscd_ = TRY(PrivatePcscd::start(chipReaderName));
    ::setenv(PrivatePcscd::socketVariable, pcscd_->socketPath().c_str(), 1);
    station_ = std::make_unique<ChipStation>(TRY(openApduLog(options.out / "chip-apdu.log")));
    VpcdSlot::Settings settings;
    settings.port = pcscd_->port();
    settings.settle = chipSettle;
    settings.perCommand = chipPerCommand;
    settings.speed = options.speed;
    settings.onWork = [this](Instant begin, Instant end) { busy_.add(BusyPart::chip, begin, end); };
    slot_ = TRY(VpcdSlot::start(*station_, settings));
    if (options.visit->ownCard.number.empty()) return {};
    settings.port = static_cast<std::uint16_t>(settings.port + 1);
    ownCard_ = TRY(OwnCard::make(*options.visit, settings, faults_));
    return {};
}

Result<void> OutsideWorld::makeCards(const RunOptions& options) {
    blanks_ = blanksOf(batchOf(options));
    for (std::size_t i = 0; i < blanks_.size(); ++i) {
        BlankCard body = blanks_[i];
        // One of another bank's cards lies on top: its own number, that bank's payment account.
        if (i == 0 && faults_.strikes(Fault::printerWrongBank)) {
            body.bankCardNumber = withLuhnDigit("622800" + body.bankCardNumber.substr(6, 12));
        }
        cards_[body.cardNumber] = makeCard(body, Hsm::forTheSimulation(), &faults_);
    }
    return {};
}

Result<void> OutsideWorld::startUsb(const RunOptions& options) {
    readerLog_ =
        std::make_unique<Transcript>(clock_.now(), (options.out / "id-reader-usb.log").string());
    ReaderSettings reader;
    reader.flavour = options.seed % 2 == 1 ? ReaderFlavour::fourPipes : ReaderFlavour::onePair;
    reader.sam.speed = options.speed;
    reader_ = std::make_unique<ReaderEngine>(reader, &faults_, readerLog_.get());

    PrinterSettings settings;
    settings.timings =
        (options.profile == "kiosk" ? PrinterTimings::kiosk() : PrinterTimings::desktop225())
            .scaled(options.speed);
    settings.hoppers = 1;
    settings.recordPath = (options.out / "printer-usb.bin").string();
    const auto arrives = [this](const std::string& card) { station_->insert(cards_.at(card)); };
    const auto leaves = [this](const std::string&) { station_->remove(); };
    printer_ = std::make_unique<PrinterEngine>(settings, &faults_, ChipListener{arrives, leaves});
    fillHopper(hopperLoad(0));
    usb_ = TRY(UmockdevFront::create());
    usb_->publish(*reader_);
    usb_->publish(*printer_);
    return {};
}

std::span<const BlankCard> OutsideWorld::hopperLoad(std::size_t after) const {
    const std::span<const BlankCard> all(blanks_);
    return all.subspan(after, std::min(hopperCapacity, all.size() - after));
}

bool OutsideWorld::hopperIsEmpty() const {
    return printer_->places().hoppers.at(0).empty();
}

void OutsideWorld::fillHopper(std::span<const BlankCard> blanks) {
    std::vector<PlasticCard> pile;
    for (const BlankCard& blank : blanks) {
        PlasticCard card;
        card.id = blank.cardNumber;
        card.bank = bankCode;
        pile.push_back(std::move(card));
    }
    printer_->load(1, std::move(pile));
}

CardEngine& OutsideWorld::chipOf(const std::string& cardNumber) const {
    if (ownCard_ && cardNumber == ownCard_->number()) return *ownCard_->chip();
    return *cards_.at(cardNumber);
}

std::vector<std::shared_ptr<CardEngine>> OutsideWorld::chips() const {
    std::vector<std::shared_ptr<CardEngine>> chips;
    for (const BlankCard& blank : blanks_) chips.push_back(cards_.at(blank.cardNumber));
    if (ownCard_) chips.push_back(ownCard_->chip());
    return chips;
}

}  // namespace liqu::world
