// Rules: Z-04.
#include "firmware/base/whole_file.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/policy/key_rows.hpp"

namespace liqu::policy {
namespace {

using test::checkRows;
using test::keysNamedIn;
using test::keysOf;
using test::replaced;
using test::text;

constexpr const char* kioskExample = R"(terminal = "T-1"
outletName = "branch one"
outlet = "O-1"
site = "bank"
siteFiling = "filed-1"
region = "one"
[printer]
driver = "evolis"
profile = "one"
[cardFace]
layout = "one"
[chip]
profile = "one"
reader = "Station"
[cardSlot]
reader = "Slot"
[pin]
entry = "screen"
weak = "one"
[sealing]
profile = "sm4-ctr-hmac-sm3"
[stock]
hopperCapacity = 50
binCapacity = 20
[[lane]]
bank = "B01"
vendor = "V01"
[[maker]]
code = "V01"
name = "maker one"
[idReader]
wire = "serial"
port = "/dev/ttyS1"
baud = 115200
[province]
url = "https://province.example"
caCertificate = "one"
clientCertificate = "one"
clientKey = "one"
signingKey = "one"
verificationKey = "one"
queryPatienceS = 15
changePatienceS = 30
[window]
strings = "one"
fonts = "one"
theme = "one"
width = 1080
height = 1920
fullscreen = true
shortSideMm = 268
[sound]
loudspeaker = "default"
headphones = "USB Audio"
clips = "one"
earcons = "one"
jack = "/dev/input/event1"
keys = { plugged = "F15", unplugged = "F16", again = "F17", louder = "F18", quieter = "F19", dark = "F21" }
[log]
level = "info"
maxKiB = 1024
keep = 8
[staff]
patienceS = 120
sessionMin = 15
stick = "/media/usb"
stickIsFolder = false
[attention]
wire = "serial"
port = "/dev/ttyUSB0"
baud = 9600
on = "A0"
off = "A1"
acknowledge = "06"
[receiptPrinter]
profile = "one"
forms = "one"
wire = "serial"
port = "/dev/ttyS2"
baud = 57600
[payment]
url = "https://payment.example"
caCertificate = "one"
clientCertificate = "one"
clientKey = "one"
merchant = "1900000001"
application = "wx0000000000000001"
notifyUrl = "https://province.example/payment"
[photoDecoder]
program = "one"
patienceS = 7
[contact]
counter = { zh-CN = "三号", en = "three" }
)";

constexpr const char* slipsOnLine = R"(wire = "serial"
port = "/dev/ttyS2"
baud = 57600
)";
constexpr const char* slipsOnUsb = R"(wire = "usb"
usbId = "04b8:0202"
usbPath = "1-4"
)";

constexpr const char* lampExample = R"(wire = "serial"
port = "/dev/ttyUSB0"
baud = 9600
on = "A0"
off = "A1"
acknowledge = "06"
)";
constexpr const char* siteExample = R"(wire = "http"
url = "https://site.example"
caCertificate = "one"
)";

// The three files of the line to who collects fees.
const std::string paymentFiles =
    "payment.example\"\ncaCertificate = \"one\"\nclientCertificate = \"one\"\nclientKey = \"one\"";
std::string paymentFilesWith(const std::string& other) {
    return replaced(paymentFiles, other + " = \"one\"", other + " = \"two\"");
}

// What a machine before an older system names beside the rest.
std::string olderSystem(const std::string& table, const std::string& account) {
    return "adapter = \"card-service\"\ntable = \"" + table + "\"\naccount = \"" + account + "\"\n";
}

using Kiosk = test::Row<KioskConfig>;

// Paths: the line is named by its section's first words, for `one` stands in many.
const std::vector<Kiosk>& kioskRows() {
    static const std::vector<Kiosk> rows = {
        {"terminal", R"(terminal = "T-1")", R"(terminal = "T-2")",
         [](const KioskConfig& c) { return c.terminal; }, "program/books.cpp", "kiosk.terminal"},
        {"outlet", R"(outlet = "O-1")", R"(outlet = "O-2")",
         [](const KioskConfig& c) { return c.outlet; }, "program/books.cpp", "kiosk.outlet"},
        {"outletName", "branch one", "branch two",
         [](const KioskConfig& c) { return c.nameOfOutlet(); }, "program/document_printer.cpp",
         "kiosk.outletName"},
        {"siteFiling", "filed-1", "filed-2", [](const KioskConfig& c) { return c.siteFiling; },
         "program/books.cpp", "siteFiling"},
        {"site", R"(site = "bank")", R"(site = "hrss")",
         [](const KioskConfig& c) { return std::string(nameOf(*c.site)); }, "program/books.cpp",
         "config.site"},
        {"region", "region = \"one\"", "region = \"two\"",
         [](const KioskConfig& c) { return c.region.string(); }, "program/books.cpp",
         "kiosk.region"},
        // The one there is, or refused.
        {"printer.driver", "driver = \"evolis\"", "driver = \"nobody\"", nullptr,
         "program/machine.cpp", "config.printerDriver"},
        {"printer.profile", "driver = \"evolis\"\nprofile = \"one\"",
         "driver = \"evolis\"\nprofile = \"two\"",
         [](const KioskConfig& c) { return c.printerProfile.string(); }, "program/machine.cpp",
         "config.printerProfile"},
        {"printer.usbPath", "driver = \"evolis\"\n", "driver = \"evolis\"\nusbPath = \"1-3\"\n",
         [](const KioskConfig& c) { return c.printerUsbPath; }, "program/machine.cpp",
         "config.printerUsbPath"},
        {"cardFace.layout", "layout = \"one\"", "layout = \"two\"",
         [](const KioskConfig& c) { return c.lanes[0].cardFace.string(); }, "program/machine.cpp",
         "lane.cardFace"},
        {"chip.profile", "[chip]\nprofile = \"one\"", "[chip]\nprofile = \"two\"",
         [](const KioskConfig& c) { return c.chipProfile.string(); }, "program/machine.cpp",
         "kiosk.chipProfile"},
        {"chip.reader", "reader = \"Station\"", "reader = \"Other\"",
         [](const KioskConfig& c) { return c.chipReader; }, "program/machine.cpp",
         "config.chipReader"},
        {"cardSlot.reader", "reader = \"Slot\"", "reader = \"Gap\"",
         [](const KioskConfig& c) { return c.cardSlot; }, "program/machine.cpp", "config.cardSlot"},
        // The one there is, or refused.
        {"pin.entry", "entry = \"screen\"", "entry = \"nowhere\"", nullptr, "program/machine.cpp",
         "pin.entry"},
        {"pin.weak", "weak = \"one\"", "weak = \"two\"",
         [](const KioskConfig& c) { return c.pin.weak.string(); }, "program/books.cpp", "pin.weak"},
        {"sealing.profile", "profile = \"sm4-ctr-hmac-sm3\"", "profile = \"aes-256-gcm\"",
         [](const KioskConfig& c) { return std::string(nameOf(c.sealing)); }, "program/books.cpp",
         "sealing"},
        {"stock.hopperCapacity", "hopperCapacity = 50", "hopperCapacity = 51",
         [](const KioskConfig& c) { return text(c.hopperCapacity); }, "program/books.cpp",
         "config.hopperCapacity"},
        {"stock.binCapacity", "binCapacity = 20", "binCapacity = 21",
         [](const KioskConfig& c) { return text(c.binCapacity); }, "program/books.cpp",
         "config.binCapacity"},
        {"lane", "[[lane]]\n", "[[lane]]\nbank = \"B02\"\nvendor = \"V01\"\n[[lane]]\n",
         [](const KioskConfig& c) { return text(static_cast<std::int64_t>(c.lanes.size())); },
         "program/books.cpp", "config.lanes.size()"},
        {"lane.bank", "bank = \"B01\"", "bank = \"B02\"",
         [](const KioskConfig& c) { return c.lanes[0].bank; }, "firmware/session/readiness.cpp",
         "lane.bank"},
        {"lane.vendor", "vendor = \"V01\"", "vendor = \"V02\"",
         [](const KioskConfig& c) { return c.lanes[0].vendor; }, "program/stock_command.cpp",
         "lane.vendor"},
        {"lane.cardFace", "vendor = \"V01\"", "vendor = \"V01\"\ncardFace = \"two\"",
         [](const KioskConfig& c) { return c.lanes[0].cardFace.string(); }, "program/machine.cpp",
         "lane.cardFace"},
        {"maker", "[[maker]]\n", "[[maker]]\ncode = \"V02\"\nname = \"other\"\n[[maker]]\n",
         [](const KioskConfig& c) { return text(static_cast<std::int64_t>(c.makerNames.size())); },
         "program/document_printer.cpp", "makerNames"},
        {"maker.code", "code = \"V01\"", "code = \"V02\"",
         [](const KioskConfig& c) { return c.nameOfMaker("V01"); }, "program/document_printer.cpp",
         "makerNames"},
        {"maker.name", "maker one", "maker two",
         [](const KioskConfig& c) { return c.nameOfMaker("V01"); },
         "firmware/session/staff_words.cpp", "nameOfMaker"},
        {"idReader.wire", "wire = \"serial\"\nport = \"/dev/ttyS1\"\nbaud = 115200",
         "wire = \"usb\"",
         [](const KioskConfig& c) { return std::string(nameOf(c.idReader.wire)); },
         "program/machine.cpp", "reader.wire"},
        {"idReader.usbPath", "wire = \"serial\"\nport = \"/dev/ttyS1\"\nbaud = 115200",
         "wire = \"usb\"\nusbPath = \"1-2\"",
         [](const KioskConfig& c) { return c.idReader.usbPath; }, "program/machine.cpp",
         "reader.usbPath"},
        {"idReader.port", "ttyS1", "ttyS2", [](const KioskConfig& c) { return c.idReader.port; },
         "program/machine.cpp", "reader.port"},
        {"idReader.baud", "baud = 115200", "baud = 9600",
         [](const KioskConfig& c) { return text(std::int64_t{c.idReader.baud}); },
         "program/machine.cpp", "reader.baud"},
        {"province.adapter", "[province]\n", "[province]\n" + olderSystem("one", "one"),
         [](const KioskConfig& c) { return std::string(nameOf(c.province.adapter)); },
         "program/province_system.cpp", "config.adapter"},
        {"province.table", "[province]\n", "[province]\n" + olderSystem("two", "one"),
         [](const KioskConfig& c) { return c.province.table.string(); },
         "program/province_system.cpp", "province.table"},
        {"province.account", "[province]\n", "[province]\n" + olderSystem("one", "two"),
         [](const KioskConfig& c) { return c.province.account.string(); },
         "program/province_system.cpp", "config.account"},
        {"province.url", "https://province.example", "https://other.example",
         [](const KioskConfig& c) { return c.province.url; }, "program/machine.cpp", "config.url"},
        {"province.caCertificate", "caCertificate = \"one\"", "caCertificate = \"two\"",
         [](const KioskConfig& c) { return c.province.caCertificate.string(); },
         "program/machine.cpp", "config.caCertificate"},
        {"province.clientCertificate", "clientCertificate = \"one\"", "clientCertificate = \"two\"",
         [](const KioskConfig& c) { return c.province.clientCertificate.string(); },
         "program/machine.cpp", "config.clientCertificate"},
        {"province.clientKey", "clientKey = \"one\"", "clientKey = \"two\"",
         [](const KioskConfig& c) { return c.province.clientKey.string(); }, "program/machine.cpp",
         "config.clientKey"},
        {"province.signingKey", "signingKey = \"one\"", "signingKey = \"two\"",
         [](const KioskConfig& c) { return c.province.signingKey.string(); }, "program/machine.cpp",
         "province.signingKey"},
        {"province.verificationKey", "verificationKey = \"one\"", "verificationKey = \"two\"",
         [](const KioskConfig& c) { return c.province.verificationKey.string(); },
         "program/machine.cpp", "province.verificationKey"},
        {"province.queryPatienceS", "queryPatienceS = 15", "queryPatienceS = 2",
         [](const KioskConfig& c) { return text(c.province.patience.query); },
         "program/province_system.cpp", "config.patience"},
        {"province.changePatienceS", "changePatienceS = 30", "changePatienceS = 3",
         [](const KioskConfig& c) { return text(c.province.patience.change); },
         "program/province_system.cpp", "config.patience"},
        {"window.strings", "strings = \"one\"", "strings = \"two\"",
         [](const KioskConfig& c) { return c.window.strings.string(); },
         "program/kiosk_command.cpp", "config.strings"},
        {"window.fonts", "fonts = \"one\"", "fonts = \"two\"",
         [](const KioskConfig& c) { return c.window.fonts.string(); }, "program/kiosk_command.cpp",
         "config.fonts"},
        {"window.theme", "theme = \"one\"", "theme = \"two\"",
         [](const KioskConfig& c) { return c.window.theme.string(); }, "program/kiosk_command.cpp",
         "config.theme"},
        {"window.width", "width = 1080", "width = 1081",
         [](const KioskConfig& c) { return text(std::int64_t{c.window.width}); },
         "program/kiosk_command.cpp", "config.width"},
        {"window.height", "height = 1920", "height = 1921",
         [](const KioskConfig& c) { return text(std::int64_t{c.window.height}); },
         "program/kiosk_command.cpp", "config.height"},
        {"window.shortSideMm", "shortSideMm = 268", "shortSideMm = 194",
         [](const KioskConfig& c) { return text(c.window.shortSideMm); },
         "program/kiosk_command.cpp", "config.shortSideMm"},
        {"window.fullscreen", "fullscreen = true", "fullscreen = false",
         [](const KioskConfig& c) { return text(c.window.fullscreen); },
         "program/kiosk_command.cpp", "config.fullscreen"},
        {"sound.loudspeaker", "loudspeaker = \"default\"", "loudspeaker = \"HDA\"",
         [](const KioskConfig& c) { return c.sound.loudspeaker; }, "program/kiosk_command.cpp",
         "sound.loudspeaker"},
        {"sound.headphones", "USB Audio", "HDA",
         [](const KioskConfig& c) { return c.sound.headphones; }, "program/kiosk_command.cpp",
         "sound.headphones"},
        {"sound.clips", "clips = \"one\"", "clips = \"two\"",
         [](const KioskConfig& c) { return c.sound.clips.string(); }, "program/kiosk_command.cpp",
         "sound.clips"},
        {"sound.earcons", "earcons = \"one\"", "earcons = \"two\"",
         [](const KioskConfig& c) { return c.sound.earcons.string(); }, "program/kiosk_command.cpp",
         "sound.earcons"},
        {"sound.jack", "event1", "event2",
         [](const KioskConfig& c) { return c.sound.jack.string(); }, "program/kiosk_command.cpp",
         "sound.jack"},
        {"sound.keys.plugged", "F15", "F20",
         [](const KioskConfig& c) { return c.sound.keys.at("plugged"); },
         "program/kiosk_command.cpp", "sound.keys"},
        {"sound.keys.unplugged", "F16", "F20",
         [](const KioskConfig& c) { return c.sound.keys.at("unplugged"); },
         "program/kiosk_command.cpp", "sound.keys"},
        {"sound.keys.again", "F17", "F20",
         [](const KioskConfig& c) { return c.sound.keys.at("again"); }, "program/kiosk_command.cpp",
         "sound.keys"},
        {"sound.keys.louder", "F18", "F20",
         [](const KioskConfig& c) { return c.sound.keys.at("louder"); },
         "program/kiosk_command.cpp", "sound.keys"},
        {"sound.keys.quieter", "F19", "F20",
         [](const KioskConfig& c) { return c.sound.keys.at("quieter"); },
         "program/kiosk_command.cpp", "sound.keys"},
        {"sound.keys.dark", "F21", "F20",
         [](const KioskConfig& c) { return c.sound.keys.at("dark"); }, "program/kiosk_command.cpp",
         "sound.keys"},
        {"log.level", "level = \"info\"", "level = \"error\"",
         [](const KioskConfig& c) { return c.log.level; }, "program/file_log.cpp", "config.level"},
        {"log.maxKiB", "maxKiB = 1024", "maxKiB = 64",
         [](const KioskConfig& c) { return text(c.log.maxKiB); }, "program/file_log.cpp",
         "config.maxKiB"},
        {"log.keep", "keep = 8", "keep = 9", [](const KioskConfig& c) { return text(c.log.keep); },
         "program/file_log.cpp", "config.keep"},
        {"staff.patienceS", "patienceS = 120", "patienceS = 90",
         [](const KioskConfig& c) { return text(c.staff.patience); },
         "firmware/session/staff_session.cpp", "staff.patience"},
        {"staff.sessionMin", "sessionMin = 15", "sessionMin = 20",
         [](const KioskConfig& c) { return text(c.staff.session); },
         "firmware/session/staff_session.cpp", "staff.session"},
        {"staff.stick", "stick = \"/media/usb\"", "stick = \"/media/other\"",
         [](const KioskConfig& c) { return c.staff.stick.string(); },
         "firmware/session/report_files.cpp", "config.stick"},
        {"staff.stickIsFolder", "stickIsFolder = false", "stickIsFolder = true",
         [](const KioskConfig& c) { return text(c.staff.stickIsFolder); },
         "firmware/session/report_files.cpp", "config.stickIsFolder"},
        {"attention.wire", lampExample, siteExample,
         [](const KioskConfig& c) {
             return text(c.attention.wire == AttentionConfig::Wire::serial);
         },
         "program/machine.cpp", "attention.wire"},
        {"attention.port", "ttyUSB0", "ttyUSB1",
         [](const KioskConfig& c) { return c.attention.port; }, "program/machine.cpp",
         "attention.port"},
        {"attention.baud", "baud = 9600", "baud = 19200",
         [](const KioskConfig& c) { return text(std::int64_t{c.attention.baud}); },
         "program/machine.cpp", "attention.baud"},
        {"attention.on", "on = \"A0\"", "on = \"A2\"",
         [](const KioskConfig& c) { return c.attention.on; }, "program/machine.cpp",
         "attention.on"},
        {"attention.off", "off = \"A1\"", "off = \"A2\"",
         [](const KioskConfig& c) { return c.attention.off; }, "program/machine.cpp",
         "attention.off"},
        {"attention.acknowledge", "acknowledge = \"06\"", "acknowledge = \"15\"",
         [](const KioskConfig& c) { return c.attention.acknowledge; }, "program/machine.cpp",
         "attention.acknowledge"},
        {"attention.url", lampExample, siteExample,
         [](const KioskConfig& c) { return c.attention.url; }, "program/machine.cpp",
         "attention.url"},
        {"attention.caCertificate", lampExample, siteExample,
         [](const KioskConfig& c) { return c.attention.caCertificate.string(); },
         "program/machine.cpp", "attention.caCertificate"},
        {"receiptPrinter.profile", "[receiptPrinter]\nprofile = \"one\"",
         "[receiptPrinter]\nprofile = \"two\"",
         [](const KioskConfig& c) { return c.receiptPrinter.profile.string(); },
         "program/receipts.cpp", "printer.profile"},
        {"receiptPrinter.forms", "forms = \"one\"", "forms = \"two\"",
         [](const KioskConfig& c) { return c.receiptPrinter.forms.string(); },
         "program/receipts.cpp", "printer.forms"},
        {"receiptPrinter.wire", slipsOnLine, slipsOnUsb,
         [](const KioskConfig& c) {
             return text(c.receiptPrinter.wire == ReceiptPrinterConfig::Wire::usb);
         },
         "program/receipts.cpp", "config.wire"},
        {"receiptPrinter.usbId", slipsOnLine, slipsOnUsb,
         [](const KioskConfig& c) { return c.receiptPrinter.usbId; }, "program/receipts.cpp",
         "config.usbId"},
        {"receiptPrinter.usbPath", slipsOnLine, slipsOnUsb,
         [](const KioskConfig& c) { return c.receiptPrinter.usbPath; }, "program/receipts.cpp",
         "config.usbPath"},
        {"receiptPrinter.port", "ttyS2", "ttyS3",
         [](const KioskConfig& c) { return c.receiptPrinter.port; }, "program/receipts.cpp",
         "config.port"},
        {"receiptPrinter.baud", "baud = 57600", "baud = 38400",
         [](const KioskConfig& c) { return text(std::int64_t{c.receiptPrinter.baud}); },
         "program/receipts.cpp", "config.baud"},
        {"payment.url", "https://payment.example", "https://other.example",
         [](const KioskConfig& c) { return c.payment.url; }, "program/machine.cpp", "config.url"},
        {"payment.caCertificate", paymentFiles, paymentFilesWith("caCertificate"),
         [](const KioskConfig& c) { return c.payment.caCertificate.string(); },
         "program/machine.cpp", "config.caCertificate"},
        {"payment.clientCertificate", paymentFiles, paymentFilesWith("clientCertificate"),
         [](const KioskConfig& c) { return c.payment.clientCertificate.string(); },
         "program/machine.cpp", "config.clientCertificate"},
        {"payment.clientKey", paymentFiles, paymentFilesWith("clientKey"),
         [](const KioskConfig& c) { return c.payment.clientKey.string(); }, "program/machine.cpp",
         "config.clientKey"},
        {"payment.merchant", "1900000001", "1900000002",
         [](const KioskConfig& c) { return c.payment.merchant; }, "program/machine.cpp",
         "config.merchant"},
        {"payment.application", "wx0000000000000001", "wx0000000000000002",
         [](const KioskConfig& c) { return c.payment.application; }, "program/machine.cpp",
         "config.application"},
        {"payment.notifyUrl", "province.example/payment", "province.example/other",
         [](const KioskConfig& c) { return c.payment.notifyUrl; }, "program/machine.cpp",
         "config.notifyUrl"},
        {"photoDecoder.program", "[photoDecoder]\nprogram = \"one\"",
         "[photoDecoder]\nprogram = \"two\"",
         [](const KioskConfig& c) { return c.photoDecoder.program.string(); },
         "program/machine.cpp", "config.program"},
        {"photoDecoder.patienceS", "patienceS = 7", "patienceS = 8",
         [](const KioskConfig& c) { return text(c.photoDecoder.patience.count()); },
         "program/machine.cpp", "config.patience"},
        {"contact.counter", "三号", "四号", [](const KioskConfig& c) { return c.counter.chinese; },
         "firmware/session/conversation.cpp", "config.counter"},
    };
    return rows;
}

TEST_CASE("another value of any key of kiosk.toml is another machine, and somebody reads it") {
    const test::Scratch scratch;
    REQUIRE(writeWholeFile(scratch.file("one"), {}));
    REQUIRE(writeWholeFile(scratch.file("two"), {}));
    checkRows(kioskRows(), kioskExample, [&](const std::string& toml) {
        REQUIRE(writeWholeFile(scratch.file("kiosk.toml"), bytesOf(toml)));
        return loadKioskConfig(scratch.file("kiosk.toml"));
    });
}

TEST_CASE("no key of kiosk.toml is read that has no row here") {
    CHECK(keysNamedIn("firmware/policy/kiosk_config.cpp", {{"bank", "lane"},
                                                           {"vendor", "lane"},
                                                           {"cardFace", "lane"},
                                                           {"code", "maker"},
                                                           {"name", "maker"}}) ==
          keysOf(kioskRows()));
}

TEST_CASE("an older system needs no keys of signing, but where fees are collected") {
    const test::Scratch scratch;
    REQUIRE(writeWholeFile(scratch.file("one"), {}));
    std::string toml =
        replaced(kioskExample, "[province]\n", "[province]\n" + olderSystem("one", "one"));
    toml = replaced(toml, "signingKey = \"one\"\nverificationKey = \"one\"\n", "");
    REQUIRE(writeWholeFile(scratch.file("kiosk.toml"), bytesOf(toml)));
    const auto refused = loadKioskConfig(scratch.file("kiosk.toml"));
    REQUIRE_FALSE(refused);
    CHECK(nameOf(refused.error().code) == nameOf(ErrorCode::configMissingKey));
    const std::size_t payment = toml.find("[payment]");
    toml.erase(payment, toml.find("[photoDecoder]") - payment);
    REQUIRE(writeWholeFile(scratch.file("kiosk.toml"), bytesOf(toml)));
    const auto config = loadKioskConfig(scratch.file("kiosk.toml"));
    REQUIRE(config);
    CHECK(config->province.adapter == ProvinceAdapter::cardService);
    // And a machine of the newer kind is asked for them still.
    toml = replaced(toml, olderSystem("one", "one"), "");
    REQUIRE(writeWholeFile(scratch.file("kiosk.toml"), bytesOf(toml)));
    CHECK_FALSE(loadKioskConfig(scratch.file("kiosk.toml")));
}

TEST_CASE("a rate no line runs at, an empty name and an empty path are refused") {
    const test::Scratch scratch;
    REQUIRE(writeWholeFile(scratch.file("one"), {}));
    for (const auto& [line, other] : std::vector<std::pair<std::string, std::string>>{
             {"baud = 115200", "baud = 12345"},
             {"fonts = \"one\"", "fonts = \"\""},
             {"terminal = \"T-1\"", "terminal = \"\""},
             {"terminal = \"T-1\"", "terminal = \"../T\""},
             {"outlet = \"O-1\"", "outlet = \" \""},
             {"bank = \"B01\"", "bank = \"b;1\""},
             {"reader = \"Station\"", "reader = \"\""},
             {"reader = \"Slot\"", "reader = \"Station\""},
             {"reader = \"Slot\"", "reader = \"\""},
             {"loudspeaker = \"default\"\nheadphones = \"USB Audio\"\nclips = \"one\"\nearcons = "
              "\"one\"\n",
              "clips = \"one\"\n"},
             {"clips = \"one\"", "clips = \"no-such-folder\""}}) {
        CAPTURE(other);
        const std::string toml = replaced(kioskExample, line, other);
        REQUIRE(writeWholeFile(scratch.file("kiosk.toml"), bytesOf(toml)));
        const auto config = loadKioskConfig(scratch.file("kiosk.toml"));
        REQUIRE_FALSE(config);
        CHECK(nameOf(config.error().code) == nameOf(ErrorCode::configBadValue));
    }
}

}  // namespace
}  // namespace liqu::policy
