#include "program/machine.hpp"

#include <algorithm>
#include <sys/statvfs.h>

#include "drivers/attention/attention_desk.hpp"
#include "drivers/card_printer/printer_driver.hpp"
#include "drivers/chip_reader/pcsc_chip_reader.hpp"
#include "drivers/https/https_link.hpp"
#include "drivers/id_reader/id_reader.hpp"
#include "drivers/network/network_watch.hpp"
#include "drivers/payment/payment_client.hpp"
#include "drivers/photo_decoder/program_decoder.hpp"
#include "firmware/base/repeated_log.hpp"
#include "firmware/issuance/slip_book.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/province/sender.hpp"
#include "firmware/security/certificate.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/storage/whole_check.hpp"
#include "program/build_day.hpp"
#include "program/data_folder.hpp"
#include "program/document_printer.hpp"
#include "program/file_log.hpp"
#include "program/offered_languages.hpp"
#include "program/province_system.hpp"
#include "program/receipts.hpp"
#include "program/words_digest.hpp"
#include "ui/paper/card_face.hpp"
#include "ui/paper/day_paper.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::program {
namespace {

Result<drivers::SerialRate> rateOf(int baud) {
    if (const auto rate = drivers::serialRateOf(baud)) return *rate;
    return fail(ErrorCode::configBadValue, "no line runs at " + std::to_string(baud) + " baud");
}

// So many messages of the outbox on their way at once, where many wait.
constexpr std::size_t linesOfSender = 3;

}  // namespace

// Devices are opened by their first use: a missing one is said by the readiness check.
Result<Devices> openDevices(const policy::KioskConfig& config, Clock& clock) {
    Devices devices;
    devices.usb = drivers::makeLibusbBus();
    const policy::IdReaderConfig& reader = config.idReader;
    devices.idReader =
        reader.wire == policy::IdReaderWire::serial
            ? drivers::makeSerialIdReader(reader.port, TRY(rateOf(reader.baud)), clock)
            : drivers::makeUsbIdReader(*devices.usb, clock, {.usbPath = reader.usbPath});
    devices.printer =
        TRY(drivers::driverOf(*config.printerDriver)
                .open({*devices.usb, clock, config.printerProfile, config.printerUsbPath}));
    devices.chipReader = drivers::makePcscChipReader(clock, {config.chipReader});
    if (!config.cardSlot.empty())
        devices.cardSlot = drivers::makePcscChipReader(clock, {config.cardSlot});
    return devices;
}

Result<std::unique_ptr<ports::ProvinceLink>> openLine(const policy::ProvinceConfig& config) {
    drivers::HttpsLinkOptions options;
    options.baseUrl = config.url;
    options.authorityFile = config.caCertificate;
    options.certificateFile = config.clientCertificate;
    options.keyFile = config.clientKey;
    return std::unique_ptr<ports::ProvinceLink>(
        TRY(drivers::HttpsLink::create(std::move(options))));
}

namespace {

Bytes bytesOfHex(const std::string& hex) {
    return fromHex(hex).value_or(Bytes());
}

Result<std::unique_ptr<drivers::AttentionWire>> attentionWireOf(const policy::KioskConfig& config) {
    const policy::AttentionConfig& attention = config.attention;
    if (attention.wire == policy::AttentionConfig::Wire::http) {
        drivers::SiteOptions site;
        site.url = attention.url;
        site.authorityFile = attention.caCertificate;
        site.terminal = config.terminal;
        return drivers::makeSiteWire(std::move(site));
    }
    drivers::LampOptions lamp;
    lamp.on = bytesOfHex(attention.on);
    lamp.off = bytesOfHex(attention.off);
    lamp.acknowledge = bytesOfHex(attention.acknowledge);
    lamp.open = [port = attention.port, rate = TRY(rateOf(attention.baud))] {
        return drivers::openSerialPort(port, rate);
    };
    return drivers::makeLampWire(std::move(lamp));
}

// None where the region leaves fees to the counter, or nothing here collects them.
Result<ui::Dictionary> wordsOf(const ConfigFiles& files, const ui::Dictionary* windowsWords) {
    const auto& folder = files.kiosk.window.strings;
    if (windowsWords != nullptr && windowsWords->isOf(folder, files.region.words))
        return windowsWords->asRead();
    auto words = TRY(ui::Dictionary::read(folder));
    if (!files.region.words.empty()) TRY(words.layOver(files.region.words));
    return words;
}

Result<std::unique_ptr<drivers::HttpsLink>> paymentLineOf(const ConfigFiles& files) {
    const policy::PaymentConfig& config = files.kiosk.payment;
    if (files.region.fee.channel == policy::FeeChannel::counter || config.url.empty())
        return std::unique_ptr<drivers::HttpsLink>();
    drivers::HttpsLinkOptions options;
    options.baseUrl = config.url;
    options.authorityFile = config.caCertificate;
    options.certificateFile = config.clientCertificate;
    options.keyFile = config.clientKey;
    options.largestReply = drivers::longestPaymentBill;
    return drivers::HttpsLink::create(std::move(options));
}

std::unique_ptr<ports::PhotoDecoder> photoDecoderOf(const policy::PhotoDecoderConfig& config,
                                                    Clock& clock) {
    if (config.program.empty()) return std::make_unique<ports::NoPhotoDecoder>();
    return drivers::makeProgramDecoder({config.program, config.patience}, clock);
}

// Calls are numbered on from the time of the start: never a number of an earlier run.
Result<std::unique_ptr<ports::AttentionCaller>> attentionOf(const policy::KioskConfig& config,
                                                            const Clock& clock, Log& log) {
    using Caller = std::unique_ptr<ports::AttentionCaller>;
    if (config.attention.wire == policy::AttentionConfig::Wire::none) return Caller();
    const auto now = clock.wallTime().time_since_epoch();
    const auto last = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    auto wire = TRY(attentionWireOf(config));
    return drivers::makeAttentionCaller(
        std::move(wire), static_cast<std::uint64_t>(std::max<std::int64_t>(last, 0)),
        [repeated = std::make_shared<RepeatedLog>(log, clock)](const Error& error) {
            repeated->trouble("calling the staff", error);
        });
}

}  // namespace

struct Machine::Insides {
    SystemClock clock;
    SystemRandom random;
    ConfigFiles files;
    chip::ChipProfile chipProfile;
    std::filesystem::path data;
    Heartbeat* heartbeat = nullptr;
    std::unique_ptr<Log> log;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<storage::Database> sendersDatabase;
    std::unique_ptr<storage::RunMark> mark;
    SecretBytes digestKey;
    std::unique_ptr<security::Sealer> sealer;
    std::unique_ptr<security::Sm2Signer> signer;
    std::optional<security::Certificate> ownCertificate;
    ProvinceSystem system;
    std::unique_ptr<province::Province> province;
    std::unique_ptr<province::Outbox> outbox;
    std::unique_ptr<issuance::OrderBook> orders;
    Devices devices;
    std::unique_ptr<ports::CardFaceRenderer> renderer;
    std::unique_ptr<ports::DocumentPrinter> documents;
    std::unique_ptr<ports::AttentionCaller> attention;
    std::unique_ptr<ports::PhotoDecoder> photoDecoder;
    std::map<screen::Language, std::string> wordsDigests;
    std::optional<ui::Dictionary> words;           // for slips
    const ui::Dictionary* windowsWords = nullptr;  // while the machine is put together
    Receipts receipts;
    std::unique_ptr<issuance::SlipBook> slips;
    std::unique_ptr<ports::PaymentChannel> payments;
    std::unique_ptr<province::Sender> sender;
    std::unique_ptr<province::SenderThread> senderThread;
    std::unique_ptr<drivers::NetworkWatch> network;  // rings the sender

    Result<void> openStorage(const CommonOptions& options);
    Result<void> openKeys();
    Result<void> openProvince();
    Result<void> openDevices();
};

Result<void> Machine::Insides::openStorage(const CommonOptions& options) {
    database = TRY(openDatabase(options.data, files.kiosk));
    TRY(storage::checkAtStart(*database, databaseIn(options.data), clock.wallTime()));
    sendersDatabase = TRY(storage::Database::open(
        {databaseIn(options.data).string(), "", false, storage::WhenMissing::refuse}));
    mark = TRY(storage::RunMark::set(*database, databaseIn(options.data)));
    return {};
}

Result<void> Machine::Insides::openKeys() {
    const security::SealKey key = TRY(openSealKey(*database, data, files.kiosk, random));
    sealer = std::make_unique<security::Sealer>(files.kiosk.sealing, key, random);
    const security::Sm3Digest digest = security::hmacSm3(key.reveal(), bytesOf("holder digest"));
    digestKey = SecretBytes(Bytes(digest.begin(), digest.end()));
    const auto& signing = files.kiosk.province.signingKey;
    const auto& verification = files.kiosk.province.verificationKey;
    // An older system is sent nothing that is signed.
    if (!signing.empty()) signer = TRY(security::Sm2Signer::load(signing, verification));
    if (const auto lent = lendAuditKey(*database, data, *sealer); !lent)
        log->trouble("audit record", lent.error());
    return {};
}

Result<void> Machine::Insides::openProvince() {
    // One that cannot be read is told by the line itself.
    if (auto own = security::readCertificate(files.kiosk.province.clientCertificate)) {
        ownCertificate = std::move(*own);
    }
    const province::Terminal terminal = terminalOf(files);
    system = TRY(openProvinceSystem(
        {files, data, signer.get(), *sealer, digestKey, clock, random, heartbeat}));
    province = std::make_unique<province::Province>(*system.adapter);
    outbox = std::make_unique<province::Outbox>(*sealer, terminal);
    TRY(province::bringFactsIntoEpoch(*database, *outbox));
    orders = std::make_unique<issuance::OrderBook>(*database, *sealer, services::planOf);
    // The list of what an older system has no home for is written by one at a time.
    const bool kips = files.kiosk.province.adapter == policy::ProvinceAdapter::kips;
    sender = std::make_unique<province::Sender>(*sendersDatabase, *sealer, *system.adapter,
                                                kips ? linesOfSender : 1);
    return {};
}

Result<void> Machine::Insides::openDevices() {
    devices = TRY(program::openDevices(files.kiosk, clock));
    if (auto paymentLine = TRY(paymentLineOf(files))) {
        const policy::PaymentConfig& config = files.kiosk.payment;
        payments = std::make_unique<drivers::PaymentClient>(
            std::move(paymentLine),
            drivers::PaymentParts{files.kiosk.terminal,
                                  {config.merchant, config.application, config.notifyUrl},
                                  *signer,
                                  clock,
                                  random});
    }
    chipProfile = TRY(chip::ChipProfile::read(files.kiosk.chipProfile));
    std::vector<std::filesystem::path> faces;
    for (const policy::LaneConfig& lane : files.kiosk.lanes) faces.push_back(lane.cardFace);
    renderer = TRY(ui::makeFacesOfLanes(faces, files.kiosk.window.fonts));
    wordsDigests = TRY(program::wordsDigests(files.kiosk.window.strings, files.region.words));
    words = TRY(wordsOf(files, windowsWords));
    TRY(offersWhatHasWords(words->languages(), files.region));
    documents = documentPrinterOf(files);
    attention = TRY(attentionOf(files.kiosk, clock, *log));
    photoDecoder = photoDecoderOf(files.kiosk.photoDecoder, clock);
    receipts = TRY(openReceipts(files.kiosk, files.region, *devices.usb, clock));
    if (receipts.printer) {
        slips = std::make_unique<issuance::SlipBook>(*sealer, files.kiosk.terminal,
                                                     files.region.keptBodies);
    }
    return {};
}

Machine::Machine(std::unique_ptr<Insides> insides) : insides_(std::move(insides)) {}
Machine::~Machine() {
    // Each thread ends before what it uses.
    insides_->network.reset();
    insides_->senderThread.reset();
    if (insides_->heartbeat != nullptr) insides_->heartbeat->end(Loop::sender);
}

Result<std::unique_ptr<Machine>> Machine::assemble(const CommonOptions& options,
                                                   Heartbeat* heartbeat,
                                                   const ui::Dictionary* words) {
    auto insides = std::make_unique<Insides>();
    insides->heartbeat = heartbeat;
    insides->windowsWords = words;
    insides->files = TRY(readConfiguration(options.config));
    insides->data = options.data;
    TRY(requireBooks(options.data));
    std::error_code error;
    std::filesystem::create_directories(options.data / "logs", error);
    if (error)
        return fail(ErrorCode::fileNotWritable, options.data.string() + ": " + error.message());
    insides->log = TRY(openFileLog(options.data / "logs", insides->files.kiosk.log));
    TRY(insides->openStorage(options));
    TRY(insides->openKeys());
    TRY(insides->openProvince());
    TRY(insides->openDevices());
    insides->windowsWords = nullptr;
    return std::unique_ptr<Machine>(new Machine(std::move(insides)));
}

const policy::RegionPolicy& Machine::region() const {
    return insides_->files.region;
}
const policy::KioskConfig& Machine::config() const {
    return insides_->files.kiosk;
}
Log& Machine::log() {
    return *insides_->log;
}
Clock& Machine::clock() {
    return insides_->clock;
}

Duration Machine::longestQuiet() const {
    // Waiting for an idle printer, without a page that is listened to, is the longest: 90 s.
    constexpr Duration withoutTheLine = std::chrono::minutes{2};
    const ports::LinePatience& line = insides_->files.kiosk.province.patience;
    return withoutTheLine + line.connect + std::max(line.query, line.change);
}

void Machine::startSender() {
    Heartbeat* heartbeat = insides_->heartbeat;
    if (heartbeat != nullptr) heartbeat->expect(Loop::sender, longestQuiet());
    insides_->senderThread = std::make_unique<province::SenderThread>(
        *insides_->sender,
        [log = std::make_shared<RepeatedLog>(*insides_->log, insides_->clock)](const Error& error) {
            log->trouble("outbox", error);
        },
        [heartbeat] {
            if (heartbeat != nullptr) heartbeat->turned(Loop::sender);
        });
    insides_->network =
        drivers::NetworkWatch::start([sender = insides_->senderThread.get()] { sender->ring(); });
}

desk::DeskParts Machine::desk(staff::Deed deed) {
    Insides& in = *insides_;
    return {*in.database,   *in.orders,      *in.outbox,      in.clock,
            in.files.kiosk, in.files.region, std::move(deed), in.signer.get()};
}

province::Province& Machine::province() {
    return *insides_->province;
}

session::SessionParts Machine::parts(screen::Display& display, std::stop_token stop) {
    Insides& in = *insides_;
    return {{*in.database, *in.orders, *in.devices.printer, *in.devices.chipReader, *in.renderer,
             *in.province, *in.system.adapter, *in.outbox, in.clock, in.random, in.files.region,
             in.chipProfile, in.slips.get(), in.payments.get()},
            *in.devices.idReader,
            display,
            *in.log,
            in.files.kiosk,
            LIQU_VERSION,
            in.digestKey,
            [&in] {
                if (in.senderThread) in.senderThread->ring();
            },
            [&in]() -> std::uint64_t {
                struct statvfs disk {};
                if (::statvfs(in.data.c_str(), &disk) != 0) return 0;
                return std::uint64_t{disk.f_bavail} * disk.f_frsize;
            },
            std::move(stop),
            in.data / "reports",
            in.documents.get(),
            in.attention.get(),
            [&in] { return storage::checkWhole(*in.database, in.clock.wallTime()); },
            in.ownCertificate,
            builtAt(),
            in.wordsDigests,
            in.receipts.printer.get(),
            in.receipts.paper.get(),
            in.devices.cardSlot.get(),
            // The one way there is: on the screen.
            in.files.kiosk.pin.entry ? std::optional(in.files.weakPins) : std::nullopt,
            [&in](screen::Language language, const screen::Phrase& phrase) {
                return in.words->text(language, phrase);
            },
            in.photoDecoder.get(),
            [&in](std::chrono::milliseconds atMost) {
                if (in.senderThread) return in.senderThread->awaitNews(atMost);
                in.clock.sleepFor(atMost);
            },
            in.signer.get()};
}

}  // namespace liqu::program
