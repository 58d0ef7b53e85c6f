#include "firmware/policy/kiosk_config.hpp"

#include <set>

#include "firmware/base/bytes.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/policy/code_in.hpp"

namespace liqu::policy {
namespace {

using std::chrono::seconds;

class Reader {
  public:
    Reader(const ConfigFile& file, std::filesystem::path folder)
        : file_(file), folder_(std::move(folder)) {}

    // A path that must exist, so that a wrong one is found at start and not at the first citizen.
    Result<std::filesystem::path> path(std::string_view key) const {
        const std::string said = TRY(file_.text(key));
        if (said.empty()) {
            TRY(file_.refuse(ErrorCode::configBadValue, key, "names no file"));
            return std::filesystem::path();
        }
        const std::filesystem::path found = folder_ / said;
        std::error_code error;
        if (!std::filesystem::exists(found, error)) {
            TRY(file_.refuse(ErrorCode::configBadValue, key, "there is no " + found.string()));
        }
        return found;
    }

    Result<Duration> patience(std::string_view key, Duration otherwise) const {
        const auto unsaid = std::chrono::duration_cast<seconds>(otherwise).count();
        return Duration(seconds{TRY(file_.integer(key, 1, 120, unsaid))});
    }

    // Which machine it is, where it stands, and by whose rules it works.
    Result<void> place(KioskConfig& config) const {
        config.terminal = TRY(codeIn(file_, "terminal", terminalCode));
        config.outlet = TRY(codeIn(file_, "outlet", outletCode));
        config.outletName = TRY(file_.text("outletName", ""));
        if (file_.has("site")) config.site = TRY(file_.oneOf<SiteKind>("site"));
        config.siteFiling = TRY(file_.text("siteFiling", ""));
        config.region = TRY(path("region"));
        return {};
    }

    Result<ProvinceConfig> province() const {
        ProvinceConfig config;
        config.url = TRY(httpsUrl("province.url"));
        config.caCertificate = TRY(path("province.caCertificate"));
        config.clientCertificate = TRY(path("province.clientCertificate"));
        config.clientKey = TRY(path("province.clientKey"));
        if (file_.has("province.adapter"))
            config.adapter = TRY(file_.oneOf<ProvinceAdapter>("province.adapter"));
        const bool isOlder = config.adapter == ProvinceAdapter::cardService;
        if (isOlder) {
            config.table = TRY(path("province.table"));
            config.account = TRY(path("province.account"));
        }
        // Nothing is signed for an older system; who collects fees may ask for it all the same.
        if (!isOlder || file_.has("province.signingKey")) {
            config.signingKey = TRY(path("province.signingKey"));
            config.verificationKey = TRY(path("province.verificationKey"));
        }
        config.patience.query = TRY(patience("province.queryPatienceS", config.patience.query));
        config.patience.change = TRY(patience("province.changePatienceS", config.patience.change));
        return config;
    }

    Result<IdReaderConfig> idReader() const {
        IdReaderConfig config;
        config.wire = TRY(file_.oneOf<IdReaderWire>("idReader.wire"));
        if (config.wire == IdReaderWire::usb) {
            if (file_.has("idReader.usbPath")) config.usbPath = TRY(file_.text("idReader.usbPath"));
            return config;
        }
        config.port = TRY(file_.text("idReader.port"));
        if (config.port.empty()) {
            TRY(file_.refuse(ErrorCode::configBadValue, "idReader.port", "names no line"));
        }
        if (file_.has("idReader.baud")) config.baud = TRY(baud("idReader.baud"));
        return config;
    }

    // The rates of drivers/transport/serial.hpp.
    Result<int> baud(std::string_view key) const {
        return static_cast<int>(TRY(file_.oneOf(key, {9600, 19200, 38400, 57600, 115200})));
    }

    Result<WindowConfig> window() const {
        WindowConfig config;
        config.width = static_cast<int>(TRY(file_.integer("window.width", 640, 7680, 1080)));
        config.height = static_cast<int>(TRY(file_.integer("window.height", 640, 7680, 1920)));
        config.fullscreen = TRY(file_.boolean("window.fullscreen", true));
        config.shortSideMm = TRY(file_.integer("window.shortSideMm", 100, 1000, 0));
        config.strings = TRY(path("window.strings"));
        config.fonts = TRY(path("window.fonts"));
        config.theme = TRY(path("window.theme"));
        return config;
    }

    Result<SoundConfig> sound() const {
        SoundConfig config;
        if (!file_.has("sound")) return config;
        config.loudspeaker = TRY(file_.text("sound.loudspeaker", ""));
        config.headphones = TRY(file_.text("sound.headphones", ""));
        const bool hears = !config.loudspeaker.empty() || !config.headphones.empty();
        // The short sounds are seen, too.
        if (!hears && !file_.has("sound.earcons")) {
            TRY(file_.refuse(ErrorCode::configBadValue, "sound", "names no device"));
        }
        if (file_.has("sound.clips")) config.clips = TRY(path("sound.clips"));
        if (file_.has("sound.earcons")) config.earcons = TRY(path("sound.earcons"));
        config.jack = TRY(file_.text("sound.jack", ""));
        for (const std::string key :
             {"sound.keys.plugged", "sound.keys.unplugged", "sound.keys.again", "sound.keys.louder",
              "sound.keys.quieter", "sound.keys.dark"}) {
            if (!file_.has(key)) continue;
            config.keys[key.substr(key.rfind('.') + 1)] = TRY(file_.text(key));
        }
        if (config.keys.contains("plugged") != config.keys.contains("unplugged"))
            TRY(file_.refuse(ErrorCode::configBadValue, "sound.keys.plugged",
                             "needs unplugged, too"));
        return config;
    }

    Result<LogConfig> log() const {
        LogConfig config;
        if (file_.has("log.level")) {
            config.level = TRY(file_.oneOf("log.level", {"debug", "info", "warning", "error"}));
        }
        config.maxKiB = TRY(file_.integer("log.maxKiB", 64, 1024 * 1024, config.maxKiB));
        config.keep = TRY(file_.integer("log.keep", 1, 100, config.keep));
        return config;
    }

    Result<void> cardDevices(KioskConfig& config) const {
        TRY(file_.oneOf<ports::PrinterDriver>("printer.driver"));
        const std::string driver = TRY(file_.text("printer.driver", std::string()));
        config.printerDriver = named<ports::PrinterDriver>(driver);
        config.printerProfile = TRY(path("printer.profile"));
        if (file_.has("printer.usbPath")) {
            config.printerUsbPath = TRY(file_.text("printer.usbPath"));
        }
        config.cardFace = TRY(path("cardFace.layout"));
        config.chipProfile = TRY(path("chip.profile"));
        config.chipReader = TRY(file_.text("chip.reader"));
        if (config.chipReader.empty()) {
            TRY(file_.refuse(ErrorCode::configBadValue, "chip.reader", "names no reader"));
        }
        return {};
    }

    // A card that a citizen puts in must be read by another reader than the one inside.
    Result<void> citizensCard(KioskConfig& config) const {
        if (file_.has("cardSlot")) {
            config.cardSlot = TRY(file_.text("cardSlot.reader"));
            if (config.cardSlot.empty() || config.cardSlot == config.chipReader) {
                TRY(file_.refuse(ErrorCode::configBadValue, "cardSlot.reader",
                                 "names no reader of its own"));
            }
        }
        if (!file_.has("pin")) return {};
        config.pin.entry = TRY(file_.oneOf<PinEntryWay>("pin.entry"));
        config.pin.weak = TRY(path("pin.weak"));
        return {};
    }

    Result<StaffConfig> staff() const {
        StaffConfig config;
        config.patience = seconds{TRY(file_.integer("staff.patienceS", 30, 900, 120))};
        config.session = std::chrono::minutes{TRY(file_.integer("staff.sessionMin", 1, 120, 15))};
        // Not there while no stick is plugged in.
        if (file_.has("staff.stick")) config.stick = folder_ / TRY(file_.text("staff.stick"));
        config.stickIsFolder = TRY(file_.boolean("staff.stickIsFolder", false));
        return config;
    }

    Result<AttentionConfig> attention() const {
        AttentionConfig config;
        if (!file_.has("attention")) return config;
        if (TRY(file_.oneOf("attention.wire", {"serial", "http"})) == "http") {
            config.wire = AttentionConfig::Wire::http;
            config.url = TRY(file_.text("attention.url"));
            const bool known =
                config.url.starts_with("https://") || config.url.starts_with("http://");
            if (!known) {
                TRY(file_.refuse(ErrorCode::configBadValue, "attention.url",
                                 "must start with https:// or http://"));
            }
            if (file_.has("attention.caCertificate")) {
                config.caCertificate = TRY(path("attention.caCertificate"));
            }
            return config;
        }
        config.wire = AttentionConfig::Wire::serial;
        config.port = TRY(file_.text("attention.port"));
        if (config.port.empty()) {
            TRY(file_.refuse(ErrorCode::configBadValue, "attention.port", "names no line"));
        }
        config.baud = TRY(baud("attention.baud"));
        config.on = TRY(hex("attention.on"));
        config.off = TRY(hex("attention.off"));
        if (file_.has("attention.acknowledge")) {
            config.acknowledge = TRY(hex("attention.acknowledge"));
        }
        return config;
    }

    Result<ReceiptPrinterConfig> receiptPrinter() const {
        ReceiptPrinterConfig config;
        if (!file_.has("receiptPrinter")) return config;
        config.profile = TRY(path("receiptPrinter.profile"));
        config.forms = TRY(path("receiptPrinter.forms"));
        if (TRY(file_.oneOf("receiptPrinter.wire", {"usb", "serial"})) == "usb") {
            config.wire = ReceiptPrinterConfig::Wire::usb;
            config.usbId = TRY(file_.text("receiptPrinter.usbId", ""));
            config.usbPath = TRY(file_.text("receiptPrinter.usbPath", ""));
            return config;
        }
        config.wire = ReceiptPrinterConfig::Wire::serial;
        config.port = TRY(file_.text("receiptPrinter.port"));
        if (config.port.empty()) {
            TRY(file_.refuse(ErrorCode::configBadValue, "receiptPrinter.port", "names no line"));
        }
        config.baud = TRY(baud("receiptPrinter.baud"));
        return config;
    }

    Result<std::string> httpsUrl(std::string_view key) const {
        std::string url = TRY(file_.text(key));
        if (!url.starts_with("https://"))
            TRY(file_.refuse(ErrorCode::configBadValue, key, "must start with https://"));
        return url;
    }

    Result<PaymentConfig> payment() const {
        PaymentConfig config;
        if (!file_.has("payment")) return config;
        config.url = TRY(httpsUrl("payment.url"));
        config.caCertificate = TRY(path("payment.caCertificate"));
        config.clientCertificate = TRY(path("payment.clientCertificate"));
        config.clientKey = TRY(path("payment.clientKey"));
        config.merchant = TRY(codeIn(file_, "payment.merchant", policyCode));
        config.application = TRY(codeIn(file_, "payment.application", policyCode));
        config.notifyUrl = TRY(httpsUrl("payment.notifyUrl"));
        return config;
    }

    Result<PhotoDecoderConfig> photoDecoder() const {
        PhotoDecoderConfig config;
        if (!file_.has("photoDecoder")) return config;
        config.program = TRY(path("photoDecoder.program"));
        config.patience = seconds{TRY(file_.integer("photoDecoder.patienceS", 1, 30, 5))};
        return config;
    }

    Result<void> whatMayBeLeftOut(KioskConfig& config) const {
        config.sound = TRY(sound());
        config.attention = TRY(attention());
        config.receiptPrinter = TRY(receiptPrinter());
        config.payment = TRY(payment());
        config.photoDecoder = TRY(photoDecoder());
        return {};
    }

    Result<std::string> hex(std::string_view key) const {
        const std::string text = TRY(file_.text(key));
        if (text.empty() || !fromHex(text)) {
            TRY(file_.refuse(ErrorCode::configBadValue, key, "must be bytes in hex"));
        }
        return text;
    }

    Result<std::vector<LaneConfig>> lanes(const std::filesystem::path& usualFace) const {
        std::vector<LaneConfig> lanes;
        const std::size_t count = file_.count("lane");
        if (count == 0) TRY(file_.refuse(ErrorCode::configMissingKey, "lane", "is missing"));
        for (std::size_t i = 0; i < count; ++i) {
            const std::string key = "lane[" + std::to_string(i) + "].";
            LaneConfig lane;
            lane.number = static_cast<int>(i) + 1;
            lane.bank = TRY(codeIn(file_, key + "bank", bankCode));
            lane.vendor = TRY(codeIn(file_, key + "vendor", outletCode));
            lane.cardFace = usualFace;
            if (file_.has(key + "cardFace")) lane.cardFace = TRY(path(key + "cardFace"));
            lanes.push_back(std::move(lane));
        }
        return lanes;
    }

    Result<std::map<std::string, std::string>> makers() const {
        std::map<std::string, std::string> names;
        for (std::size_t i = 0; i < file_.count("maker"); ++i) {
            const std::string key = "maker[" + std::to_string(i) + "].";
            const std::string code = TRY(codeIn(file_, key + "code", outletCode));
            names[code] = TRY(file_.text(key + "name"));
        }
        return names;
    }

  private:
    const ConfigFile& file_;
    std::filesystem::path folder_;
};

}  // namespace

std::string KioskConfig::nameOfMaker(const std::string& code) const {
    const auto name = makerNames.find(code);
    return name == makerNames.end() ? code : name->second;
}

Result<KioskConfig> loadKioskConfig(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    // What fontconfig, libcurl or SQLite are given must not depend on where the program was
    // started.
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error);
    if (error) return fail(ErrorCode::configNotReadable, path.string() + ": " + error.message());
    const Reader reader(file, absolute.parent_path());
    KioskConfig config;
    TRY(reader.place(config));
    TRY(reader.cardDevices(config));
    TRY(reader.citizensCard(config));
    config.sealing = TRY(file.oneOf<security::SealProfile>("sealing.profile"));
    config.hopperCapacity = TRY(file.integer("stock.hopperCapacity", 1, 1000, 100));
    config.binCapacity = TRY(file.integer("stock.binCapacity", 1, 1000, 30));
    config.lanes = TRY(reader.lanes(config.cardFace));
    config.idReader = TRY(reader.idReader());
    config.province = TRY(reader.province());
    config.window = TRY(reader.window());
    config.log = TRY(reader.log());
    config.staff = TRY(reader.staff());
    config.makerNames = TRY(reader.makers());
    TRY(reader.whatMayBeLeftOut(config));
    if (!config.payment.url.empty() && config.province.signingKey.empty()) {
        TRY(file.refuse(ErrorCode::configMissingKey, "province.signingKey",
                        "is missing: what collects fees is asked with a signature"));
    }
    config.counter = TRY(readLocalText(file, "contact.counter"));
    TRY(file.refuseUnknownKeys());
    return config;
}

}  // namespace liqu::policy
