#include "tests/scenario/kiosk/simulated_kiosk.hpp"

#include <map>

#include "drivers/card_printer/evolis/evolis_printer.hpp"
#include "drivers/id_reader/id_reader.hpp"
#include "drivers/receipt_printer/escpos_printer.hpp"
#include "firmware/base/assert.hpp"
#include "firmware/desk/books_renewal.hpp"
#include "firmware/issuance/slip_book.hpp"
#include "firmware/policy/weak_pins.hpp"
#include "firmware/province/adapters/card_service/adapter.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/province/sender.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/session/kiosk_session.hpp"
#include "ui/paper/card_face.hpp"
#include "ui/paper/slip_renderer.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::scenario {
namespace {

const std::string shipped = LIQU_SOURCE_DIR "/kiosk-config/";

// Opening the fonts takes longer than a whole visit: once for all kiosks.
ports::CardFaceRenderer& sharedRenderer() {
    static const std::unique_ptr<ports::CardFaceRenderer> renderer = [] {
        auto made = ui::makeCardFaceRenderer(shipped + "card-faces/third-generation.toml",
                                             shipped + "fonts/fonts.conf");
        LIQU_ASSERT(made.has_value());
        return std::move(*made);
    }();
    return *renderer;
}

ports::CardFaceRenderer& rendererOf(Seams& seams) {
    ports::CardFaceRenderer* other = seams.renderer();
    return other == nullptr ? sharedRenderer() : *other;
}

// Read once: a proof starts the kiosk a hundred thousand times.
const drivers::PrinterProfile& printerProfile(bool twoLanes) {
    static const drivers::PrinterProfile profile =
        drivers::readPrinterProfile(shipped + "printers/evolis-kc.toml").value();
    static const drivers::PrinterProfile ofTwo = [] {
        drivers::PrinterProfile two = profile;
        two.feeder.lanes = 2;
        two.feeder.selection = drivers::LaneSelection::piem;
        return two;
    }();
    return twoLanes ? ofTwo : profile;
}
const chip::ChipProfile& chipProfile(bool numbersAssigned) {
    static const chip::ChipProfile prewritten =
        chip::ChipProfile::read(shipped + "chip-profiles/number-prewritten.toml").value();
    static const chip::ChipProfile assigned =
        chip::ChipProfile::read(shipped + "chip-profiles/number-assigned.toml").value();
    return numbersAssigned ? assigned : prewritten;
}

// Null: the machine prints no slips.
std::unique_ptr<ports::ReceiptPrinter> slipPrinterOf(const std::string& profile,
                                                     test::PaperModel& paper, Clock& clock) {
    if (profile.empty()) return nullptr;
    const auto read =
        drivers::readReceiptProfile(shipped + "printers/receipt-" + profile + ".toml");
    LIQU_ASSERT(read.has_value());
    return drivers::makeEscposPrinter(std::make_unique<test::ModelWire>(paper), clock, *read);
}

ports::SlipRenderer& sharedSlipPaper(const std::string& region) {
    static std::map<std::string, std::unique_ptr<ports::SlipRenderer>> papers;
    auto& paper = papers[region];
    if (paper != nullptr) return *paper;
    auto forms = ui::readSlipForms(shipped + "forms", shipped + "regions/" + region);
    LIQU_ASSERT(forms.has_value());
    paper = ui::makeSlipRenderer(shipped + "fonts/fonts.conf", std::move(*forms));
    return *paper;
}

const ui::Dictionary& sharedWords() {
    static const ui::Dictionary words = [] {
        ui::Dictionary all = ui::Dictionary::read(shipped + "strings").value();
        LIQU_ASSERT(all.layOver(shipped + "regions/simulator").has_value());
        return all;
    }();
    return words;
}

// With an encryption machine comes what its province says of a chip, which no shipped table has.
const province::card_service::RegionTable& olderTable(const std::string& province,
                                                      bool hasEncryption) {
    static std::map<std::string, province::card_service::RegionTable> tables;
    static const std::map<std::string, std::string> names = {
        {"hn", "henan"}, {"hb", "hubei"}, {"jl", "jilin"}};
    const std::string key = province + (hasEncryption ? " with keys" : "");
    const auto found = tables.find(key);
    if (found != tables.end()) return found->second;
    auto read = province::card_service::loadRegionTable(
        shipped + "legacy/" + names.at(province) + ".toml", world::legacyProfile(province)->city);
    LIQU_ASSERT(read.has_value());
    if (hasEncryption)
        read->chip = province::card_service::ChipConstants{"3", "3.00", "915600000242010042010001"};
    return tables.emplace(key, std::move(*read)).first->second;
}

const card::PinRules& weakPins() {
    static const card::PinRules rules =
        policy::loadWeakPins(shipped + "pins/weak-pins.toml").value();
    return rules;
}

policy::KioskConfig kioskConfig(std::int64_t binCapacity, const std::string& secondBank) {
    policy::KioskConfig config;
    config.terminal = terminalId;
    config.outlet = "O-0001";
    config.binCapacity = binCapacity;
    config.lanes = {{1, bankCode, "V01"}};
    if (!secondBank.empty()) config.lanes.push_back({2, secondBank, "V01"});
    return config;
}

class LineLog final : public Log {
  public:
    explicit LineLog(std::vector<std::string>& lines) : lines_(lines) {}

  private:
    void write(Level level, const std::string& line) override {
        lines_.push_back((level == Level::info      ? ""
                          : level == Level::warning ? "warning: "
                                                    : "error: ") +
                         line);
    }
    std::vector<std::string>& lines_;
};

constexpr std::uint64_t muchDisk = 1ull << 30;

}  // namespace

SeededRandom randomOfMachineKey() {
    return SeededRandom(7);
}
security::SealKey machineKey() {
    SeededRandom random = randomOfMachineKey();
    return security::SealKey::make(random);
}

WallTime KioskClock::wallTime() const {
    ++looks_;
    if (cutAtLook_ && looks_ >= *cutAtLook_) {
        cutAtLook_.reset();
        throw PowerCut{};
    }
    return world_.wallTime() + wrongBy_;
}

KioskSettings shippedSettings(std::vector<std::string> faults) {
    KioskSettings settings;
    settings.outside.faults = std::move(faults);
    auto region = policy::loadRegionPolicy(shipped + "regions/simulator.toml",
                                           {.termsOf = services::termsOf});
    LIQU_ASSERT(region.has_value());
    settings.region = std::move(*region);
    return settings;
}

KioskSettings olderSettings(const std::string& province, std::vector<std::string> faults) {
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.outside.olderProvince = province;
    settings.region.regionCode = world::legacyProfile(province)->city;
    return settings;
}

KioskSettings oneOfMany(std::vector<std::string> faults) {
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.outside.judgedOneIn = 16;
    return settings;
}

// What dies with the process. Order of members is order of life.
struct SimulatedKiosk::Firmware {
    SimulatedKiosk& kiosk;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<storage::Database> sendersDatabase;
    security::SealKey key = kiosk.seams_.sealKey().value_or(machineKey());
    security::Sealer sealer{security::SealProfile::aes256Gcm, key, kiosk.random_};
    world::TwinSigner signer;
    province::Terminal terminal{terminalId, kiosk.settings_.region.regionCode, "O-0001",
                                kiosk.settings_.region.policyId};
    // Before an older province.
    std::unique_ptr<storage::Database> adaptersDatabase;
    std::unique_ptr<province::Adapter> encryption;
    std::unique_ptr<province::Adapter> ownAdapter = makeAdapter();
    province::Adapter& adapter = *ownAdapter;
    province::Province province{adapter};
    province::Outbox outbox{sealer, terminal};
    issuance::OrderBook orders{*database, sealer, kiosk.seams_.planOf()};
    province::Sender sender{*sendersDatabase, sealer, adapter};
    std::unique_ptr<ports::IdReader> idReader =
        drivers::makeUsbIdReader(kiosk.seams_.bus(kiosk.outside_.bus), kiosk.clock_);
    std::unique_ptr<ports::CardPrinter> printer =
        drivers::makeEvolisPrinter(kiosk.seams_.bus(kiosk.outside_.bus), kiosk.clock_,
                                   printerProfile(!kiosk.settings_.outside.secondBank.empty()));
    LineLog log{kiosk.logLines_};
    std::unique_ptr<ports::ReceiptPrinter> slipPrinter =
        slipPrinterOf(kiosk.settings_.slipPrinter, kiosk.paper_, kiosk.clock_);
    issuance::SlipBook slips{sealer, terminalId, std::chrono::days{30}};
    session::SessionParts parts{
        {*database, orders, kiosk.seams_.printer(*printer),
         kiosk.seams_.chipReader(*kiosk.outside_.chipReader), rendererOf(kiosk.seams_), province,
         adapter, outbox, kiosk.clock_, kiosk.random_, kiosk.settings_.region,
         chipProfile(kiosk.settings_.outside.numbersAssigned),
         slipPrinter == nullptr ? nullptr : &slips, kiosk.settings_.payments},
        *idReader,
        kiosk.seams_.display(kiosk.truth_),
        log,
        kiosk.config_,
        "0.1.0",
        SecretBytes(Bytes(32, 7)),
        [this] {
            sender.endPause();
            sendDueFacts();
        },
        [this] {
            const bool full = kiosk.outside_.faults.holds(world::Fault::kioskDiskFull);
            return full ? std::uint64_t{0} : muchDisk;
        },
        kiosk.stop_.get_token(),
        kiosk.reports(),
        kiosk.settings_.documents,
        kiosk.settings_.attention,
        {},
        kiosk.settings_.ownCertificate,
        kiosk.settings_.builtAt,
        {{screen::Language::chinese, "zh"}, {screen::Language::english, "en"}},
        slipPrinter.get(),
        slipPrinter == nullptr ? nullptr : &sharedSlipPaper(kiosk.settings_.slipForms),
        kiosk.settings_.takesPins ? kiosk.outside_.slotReader.get() : nullptr,
        kiosk.settings_.takesPins ? std::optional(weakPins()) : std::nullopt,
        [](screen::Language language, const screen::Phrase& phrase) {
            return sharedWords().text(language, phrase);
        },
        kiosk.settings_.photoDecoder,
        {},
        &signer};
    session::KioskSession session{parts};

    Firmware(SimulatedKiosk& owner, std::unique_ptr<storage::Database> one,
             std::unique_ptr<storage::Database> other)
        : kiosk(owner), database(std::move(one)), sendersDatabase(std::move(other)) {}

    std::unique_ptr<province::Adapter> makeAdapter() {
        const ports::LinePatience patience = kiosk.config_.province.patience;
        if (kiosk.outside_.older == nullptr) {
            return std::make_unique<province::KipsAdapter>(kiosk.seams_.line(*kiosk.outside_.line),
                                                           signer, kiosk.clock_, kiosk.random_,
                                                           terminal, patience);
        }
        adaptersDatabase = kiosk.openDatabase();
        const OutsideSettings& outside = kiosk.settings_.outside;
        if (outside.hasEncryption)
            encryption = std::make_unique<OlderEncryption>(kiosk.clock_, kiosk.random_, terminal);
        return std::make_unique<province::card_service::CardServiceAdapter>(
            province::card_service::Parts{kiosk.seams_.soapLine(kiosk.outside_.older->link),
                                          olderTable(outside.olderProvince, outside.hasEncryption),
                                          {"kiosk", SecretText("kiosk-pass")},
                                          *adaptersDatabase,
                                          sealer,
                                          SecretBytes(Bytes(32, 7)),
                                          patience,
                                          {{bankCode, "V01"}},
                                          encryption.get()},
            kiosk.clock_, kiosk.random_, terminal);
    }

    void sendDueFacts() {
        while (true) {
            const auto step = sender.step();
            // A disk that fails is told by the kiosk's own screen.
            if (!step || !step->sent) return;
            for (const std::string& parked : step->parked) {
                log.trouble("outbox", {ErrorCode::factsParked, parked});
            }
        }
    }
};

SimulatedKiosk::SimulatedKiosk(KioskSettings settings)
    : settings_(std::move(settings)),
      seams_(settings_.seams == nullptr ? passThrough_ : *settings_.seams),
      outside_(settings_.outside),
      clock_(outside_.clock),
      paper_(outside_.clock),
      citizen_(outside_),
      truth_(outside_, settings_.display != nullptr ? *settings_.display : citizen_,
             settings_.attention, settings_.slipPrinter.empty() ? nullptr : &paper_),
      owners_(outside_, seams_,
              [this]() -> const std::optional<world::Document>& { return truth_.holder(); }),
      config_(kioskConfig(settings_.binCapacity, settings_.outside.secondBank)) {
    config_.site = settings_.site;
    // Last of all listeners: when the power goes, everything else has come to this instant.
    outside_.clock.add({[this](Instant now) {
                            if (!cutAt_ || now < *cutAt_) return;
                            cutAt_.reset();
                            throw PowerCut{};
                        },
                        [this] { return cutAt_; }});
    config_.staff = settings_.staff;
    firmware_ = makeFirmware();
    loadBooks();
    firmware_->session.start();
}

SimulatedKiosk::~SimulatedKiosk() = default;

std::unique_ptr<SimulatedKiosk::Firmware> SimulatedKiosk::makeFirmware() {
    auto firmware = std::make_unique<Firmware>(*this, openDatabase(), openDatabase());
    truth_.kioskStarts(*firmware->database);
    citizen_.whileWaiting = [raw = firmware.get()] { raw->sendDueFacts(); };
    return firmware;
}

std::unique_ptr<storage::Database> SimulatedKiosk::openDatabase() {
    auto database = seams_.openDatabase();
    return database == nullptr ? test::openDatabase(scratch_) : std::move(database);
}

void SimulatedKiosk::loadBooks() {
    custody::LaneLoad load{1, bankCode, "V01", {}};
    if (settings_.outside.numbersAssigned) load.unnumbered = loadedBlanks;
    for (const world::BlankCard& blank : outside_.blanks) {
        if (settings_.outside.numbersAssigned) break;
        load.numbers.push_back(card::SocialCardNumber::parse(blank.cardNumber).value());
    }
    auto transaction = storage::Transaction::begin(database()).value();
    const auto lanes = static_cast<int>(config_.lanes.size());
    LIQU_ASSERT(custody::openPlaces(transaction, lanes, 100, settings_.binCapacity).has_value());
    LIQU_ASSERT(custody::loadLane(transaction, load, outside_.clock.wallTime()).has_value());
    if (lanes == 2) {
        custody::LaneLoad second{2, settings_.outside.secondBank, "V01", {}};
        for (const world::BlankCard& blank : outside_.secondBlanks)
            second.numbers.push_back(card::SocialCardNumber::parse(blank.cardNumber).value());
        LIQU_ASSERT(custody::loadLane(transaction, second, outside_.clock.wallTime()).has_value());
    }
    LIQU_ASSERT(transaction.commit().has_value());
}

void SimulatedKiosk::restock(int blanks) {
    custody::LaneLoad load{1, bankCode, "V01", {}};
    for (const world::BlankCard& blank : outside_.addBlanks(blanks)) {
        load.numbers.push_back(card::SocialCardNumber::parse(blank.cardNumber).value());
    }
    auto transaction = storage::Transaction::begin(database()).value();
    LIQU_ASSERT(custody::loadLane(transaction, load, outside_.clock.wallTime()).has_value());
    LIQU_ASSERT(transaction.commit().has_value());
}

void SimulatedKiosk::serve(world::Document document, std::string service) {
    citizen_.comes(std::move(document), std::move(service));
    serveAsFarAsItGoes();
}

void SimulatedKiosk::serveAsFarAsItGoes() {
    // A machine that is out of service lets nobody in: a few looks at it are enough.
    for (int turn = 0; turn < 4 && !citizen_.served(); ++turn) firmware_->session.turn();
}

bool SimulatedKiosk::serveUntilPowerCut(const world::Document& document, std::string service) {
    citizen_.comes(document, std::move(service));
    try {
        serveAsFarAsItGoes();
    } catch (const PowerCut&) {
        return true;
    }
    return false;
}

void SimulatedKiosk::settle(int turns) {
    for (int turn = 0; turn < turns; ++turn) {
        const auto open = firmware_->orders.openOrders();
        const auto depth = province::depthOf(database());
        if (open && depth && open->empty() && depth->queued == 0) return;
        firmware_->session.turn();
    }
}

void SimulatedKiosk::restart(const std::function<void()>& meanwhile) {
    firmware_.reset();
    truth_.kioskEnded();
    meanwhile();
    firmware_ = makeFirmware();
    firmware_->session.start();
}

void SimulatedKiosk::restartAbandoning() {
    // Its destructors would talk to devices and close files that a dead process cannot.
    static_cast<void>(firmware_.release());
    firmware_ = makeFirmware();
    firmware_->session.start();
}

void SimulatedKiosk::turn() {
    firmware_->session.turn();
}

storage::Database& SimulatedKiosk::database() {
    return *firmware_->database;
}
desk::DeskParts SimulatedKiosk::stock() {
    return {*firmware_->database,
            firmware_->orders,
            firmware_->outbox,
            clock_,
            config_,
            settings_.region,
            staff::Deed{staff::Act::correctBooks, "by a test"},
            &firmware_->signer};
}
Result<std::string> SimulatedKiosk::renewBooks(const TwoPeople& people) {
    desk::DeskParts desk = stock();
    desk.deed = staff::Deed{staff::Act::renewBooks, "by a test"};
    return desk::renewBooks({desk, firmware_->province, random_, "0.1.0"}, people, "restored");
}
void SimulatedKiosk::verifyBooksWith(std::function<Result<void>()> verify) {
    firmware_->parts.verifyBooks = std::move(verify);
}
const std::vector<std::string>& SimulatedKiosk::logLines() const {
    return logLines_;
}

}  // namespace liqu::scenario
