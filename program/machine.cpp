#include "program/machine.hpp"

#include <sys/statvfs.h>

#include "drivers/card_printer/evolis_printer.hpp"
#include "drivers/chip_reader/pcsc_chip_reader.hpp"
#include "drivers/https/https_link.hpp"
#include "drivers/id_reader/id_reader.hpp"
#include "firmware/province/sender.hpp"
#include "firmware/security/key_file.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "firmware/security/sm3.hpp"
#include "program/file_log.hpp"
#include "ui/paper/card_face.hpp"
#include "ui/paper/day_report.hpp"

namespace liqu::program {
namespace {

Result<std::unique_ptr<drivers::HttpsLink>> openLine(const policy::ProvinceConfig& config) {
    drivers::HttpsLinkOptions options;
    options.baseUrl = config.url;
    options.authorityFile = config.caCertificate;
    options.certificateFile = config.clientCertificate;
    options.keyFile = config.clientKey;
    return drivers::HttpsLink::create(std::move(options));
}

}  // namespace

struct Machine::Insides {
    SystemClock clock;
    SystemRandom random;
    ConfigFiles files;
    chip::ChipProfile chipProfile;
    std::filesystem::path data;
    std::unique_ptr<Log> log;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<storage::Database> sendersDatabase;
    std::unique_ptr<storage::RunMark> mark;
    SecretBytes digestKey;
    std::unique_ptr<security::Sealer> sealer;
    std::unique_ptr<security::Sm2Signer> signer;
    std::unique_ptr<drivers::HttpsLink> line;
    std::unique_ptr<province::Courier> courier;
    std::unique_ptr<province::Province> province;
    std::unique_ptr<province::Outbox> outbox;
    std::unique_ptr<issuance::OrderBook> orders;
    std::unique_ptr<drivers::UsbBus> usb;
    std::unique_ptr<ports::IdReader> idReader;
    std::unique_ptr<ports::CardPrinter> printer;
    std::unique_ptr<drivers::PcscChipReader> chipReader;
    std::unique_ptr<ports::CardFaceRenderer> renderer;
    std::unique_ptr<ports::DocumentPrinter> documents;
    std::unique_ptr<province::Sender> sender;
    std::unique_ptr<province::SenderThread> senderThread;

    Result<void> openStorage(const CommonOptions& options);
    Result<void> openKeys();
    Result<void> openProvince();
    Result<void> openDevices();
};

Result<void> Machine::Insides::openStorage(const CommonOptions& options) {
    database = TRY(openDatabase(options.data, files.kiosk));
    TRY(database->verify());
    sendersDatabase =
        TRY(storage::Database::open({(options.data / "kiosk.db").string(), "", false}));
    mark = TRY(storage::RunMark::set(*database, options.data / "kiosk.db"));
    return {};
}

Result<void> Machine::Insides::openKeys() {
    const security::SealKey key = TRY(security::SealKey::loadOrCreate(data / "seal.key", random));
    sealer = std::make_unique<security::Sealer>(sealProfileOf(files.kiosk), key, random);
    const security::Sm3Digest digest = security::hmacSm3(key.reveal(), bytesOf("holder digest"));
    digestKey = SecretBytes(Bytes(digest.begin(), digest.end()));
    signer = TRY(security::Sm2Signer::load(files.kiosk.province.signingKey,
                                           files.kiosk.province.verificationKey));
    return {};
}

Result<void> Machine::Insides::openProvince() {
    line = TRY(openLine(files.kiosk.province));
    const province::Terminal terminal = terminalOf(files);
    courier = std::make_unique<province::Courier>(*line, *signer, clock, random, terminal);
    province = std::make_unique<province::Province>(*courier);
    outbox = std::make_unique<province::Outbox>(*sealer, terminal);
    orders = std::make_unique<issuance::OrderBook>(*database, *sealer);
    sender = std::make_unique<province::Sender>(*sendersDatabase, *sealer, *courier);
    return {};
}

// Devices are opened by their first use: a missing one is said by the readiness check.
Result<void> Machine::Insides::openDevices() {
    usb = drivers::makeLibusbBus();
    const policy::IdReaderConfig& reader = files.kiosk.idReader;
    idReader =
        reader.serial
            ? drivers::makeSerialIdReader(
                  reader.port,
                  drivers::serialRateOf(reader.baud).value_or(drivers::SerialRate::baud115200),
                  clock)
            : drivers::makeUsbIdReader(*usb, clock);
    printer = drivers::makeEvolisPrinter(
        *usb, clock, TRY(drivers::readPrinterProfile(files.kiosk.printerProfile)));
    chipReader = std::make_unique<drivers::PcscChipReader>(
        clock, drivers::ChipReaderOptions{"*" + files.kiosk.chipReader + "*"});
    chipProfile = TRY(chip::ChipProfile::read(files.kiosk.chipProfile));
    renderer = TRY(ui::makeCardFaceRenderer(files.kiosk.cardFace, files.kiosk.window.fonts));
    documents = ui::makeDocumentPrinter(files.kiosk.window.fonts, files.region.bankNames);
    return {};
}

Machine::Machine(std::unique_ptr<Insides> insides) : insides_(std::move(insides)) {}
Machine::~Machine() {
    // The thread ends before what it uses.
    insides_->senderThread.reset();
}

Result<std::unique_ptr<Machine>> Machine::assemble(const CommonOptions& options) {
    auto insides = std::make_unique<Insides>();
    insides->files = TRY(readConfiguration(options.config));
    insides->data = options.data;
    std::error_code error;
    std::filesystem::create_directories(options.data / "logs", error);
    if (error)
        return fail(ErrorCode::fileNotWritable, options.data.string() + ": " + error.message());
    insides->log = TRY(openFileLog(options.data / "logs", insides->files.kiosk.log));
    TRY(insides->openStorage(options));
    TRY(insides->openKeys());
    TRY(insides->openProvince());
    TRY(insides->openDevices());
    return std::unique_ptr<Machine>(new Machine(std::move(insides)));
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

void Machine::startSender() {
    insides_->senderThread = std::make_unique<province::SenderThread>(
        *insides_->sender,
        [log = insides_->log.get()](const Error& error) { log->trouble("outbox", error); });
}

session::SessionParts Machine::parts(session::Display& display, std::stop_token stop) {
    Insides& in = *insides_;
    return {{*in.database, *in.orders, *in.printer, *in.chipReader, *in.renderer, *in.province,
             *in.courier, *in.outbox, in.clock, in.random, in.files.region, in.chipProfile},
            *in.idReader,
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
            in.documents.get()};
}

}  // namespace liqu::program
