// kiosk.toml: what this one machine is — its number, its parts, its keys, its lanes. No path, user
// or device is assumed: everything is written there. Paths are relative to the file, and absolute
// once read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/policy/local_text.hpp"
#include "firmware/policy/service_rules.hpp"
#include "firmware/ports/card_printer_driver.hpp"
#include "firmware/ports/province_link.hpp"
#include "firmware/security/sealer.hpp"

namespace liqu::policy {

struct LaneConfig {
    int number = 1;
    std::string bank;    // AAE008, the lane belongs to one bank …
    std::string vendor;  // … and one card vendor (Guangdong Art.36)
    // What is printed on its cards; without one of its own, the machine's.
    std::filesystem::path cardFace = {};
};

// What the province's system speaks: a folder of firmware/province/adapters/ each.
enum class ProvinceAdapter : std::uint8_t { kips, cardService };
constexpr auto wordsOf(ProvinceAdapter) {
    return words<ProvinceAdapter>(
        {{ProvinceAdapter::kips, "kips"}, {ProvinceAdapter::cardService, "card-service"}});
}

struct ProvinceConfig {
    ProvinceAdapter adapter = ProvinceAdapter::kips;
    std::string url;
    std::filesystem::path caCertificate;
    std::filesystem::path clientCertificate;
    std::filesystem::path clientKey;
    std::filesystem::path signingKey;       // SM2, this terminal's
    std::filesystem::path verificationKey;  // SM2, the province's
    // cardService only: what it is told and says, and as whom.
    std::filesystem::path table;
    std::filesystem::path account;
    ports::LinePatience patience{};
};

enum class IdReaderWire : std::uint8_t { usb, serial };
constexpr auto wordsOf(IdReaderWire) {
    return words<IdReaderWire>({{IdReaderWire::usb, "usb"}, {IdReaderWire::serial, "serial"}});
}

struct IdReaderConfig {
    IdReaderWire wire = IdReaderWire::usb;
    std::string usbPath;  // usb only: which of several
    std::string port;     // serial only
    int baud = 115200;
};

struct WindowConfig {
    int width = 1080;
    int height = 1920;
    bool fullscreen = true;
    std::int64_t shortSideMm = 0;  // of the panel; 0: what the panel itself says
    std::filesystem::path strings;
    std::filesystem::path fonts;
    std::filesystem::path theme;
};

// Where pages are read aloud, as SDL calls the devices, or "default". What a machine does not name
// it does not have: private words are for headphones only.
struct SoundConfig {
    std::string loudspeaker;
    std::string headphones;
    std::filesystem::path clips;    // folder of recorded clips; empty: none
    std::filesystem::path earcons;  // file of the short sounds; empty: none
    std::filesystem::path jack;     // input device that tells of headphones; empty: none
    // Names of keys for who listens, by what they are for.
    std::map<std::string, std::string> keys{};
};

struct LogConfig {
    std::string level = "info";
    std::int64_t maxKiB = 1024;
    std::int64_t keep = 8;
};

struct StaffConfig {
    Duration patience = std::chrono::seconds{120};  // whoever walks away is signed out
    Duration session = std::chrono::minutes{15};    // and whoever stays, after this
    std::filesystem::path stick = "/media/usb";     // where a USB stick for reports is mounted
    bool stickIsFolder = false;                     // a folder that is always there, no mount
};

// How staff are called: a lamp on a serial line (a relay on USB is one), or an address of the site.
struct AttentionConfig {
    enum class Wire : std::uint8_t { none, serial, http };
    Wire wire = Wire::none;
    std::string port;  // serial
    int baud = 9600;
    std::string on;  // the bytes, in hex
    std::string off;
    std::string acknowledge;              // what a button at the lamp sends; empty: it has none
    std::string url;                      // http
    std::filesystem::path caCertificate;  // of an https address; empty: the system's
};

// What prints slips; a machine may have none.
struct ReceiptPrinterConfig {
    enum class Wire : std::uint8_t { none, usb, serial };
    Wire wire = Wire::none;
    std::filesystem::path profile;
    std::filesystem::path forms;
    std::string usbId;    // "04b8:0202", where the profile names none or another one
    std::string usbPath;  // which of several
    std::string port;     // serial
    int baud = 115200;
};

// Where a citizen's PIN is entered. A pad of its own is another word here, and a driver behind
// ports/pin_pad.hpp.
enum class PinEntryWay : std::uint8_t { screen };
constexpr auto wordsOf(PinEntryWay) {
    return words<PinEntryWay>({{PinEntryWay::screen, "screen"}});
}
struct PinConfig {
    std::optional<PinEntryWay> entry;  // none: no PIN is entered at this machine
    std::filesystem::path weak;        // which ones are refused
};

// The service that collects fees for the site, where the region has one. No key of a merchant is
// here: the line's own certificate says which machine asks.
struct PaymentConfig {
    std::string url;  // empty: there is none
    std::filesystem::path caCertificate;
    std::filesystem::path clientCertificate;
    std::filesystem::path clientKey;
    std::string merchant;     // whose account it is for, as the service names it
    std::string application;  // and as which of its applications
    std::string notifyUrl;    // where it tells the province; never this machine
};

// 身份证相片: what makes a picture of what an ID card's chip has; it comes with the reader.
struct PhotoDecoderConfig {
    std::filesystem::path program;  // empty: there is none
    Duration patience = std::chrono::seconds{5};
};

struct KioskConfig {
    std::string terminal;  // terminalId towards the province
    std::string outlet;
    std::string outletName;        // as it stands on paper; empty: the code does
    std::optional<SiteKind> site;  // whose outlet it is; left out: the strictest mode holds
    std::string siteFiling;        // 备案号: under which the machine is filed for its site
    std::filesystem::path region;
    // None only where faults are gathered, and this is one: nobody can read the profile then.
    std::optional<ports::PrinterDriver> printerDriver;
    std::filesystem::path printerProfile;
    std::string printerUsbPath;      // which of several
    std::filesystem::path cardFace;  // of lanes without one of their own
    std::filesystem::path chipProfile;
    std::string chipReader;  // a part of the PC/SC reader's name
    // Of the slot where citizens put a card of their own, and take it out again; empty: none.
    std::string cardSlot;
    PinConfig pin;
    security::SealProfile sealing = security::SealProfile::aes256Gcm;
    std::int64_t hopperCapacity = 100;
    std::int64_t binCapacity = 30;
    std::vector<LaneConfig> lanes;
    std::map<std::string, std::string> makerNames;  // 卡商, by code
    IdReaderConfig idReader;
    ProvinceConfig province;
    WindowConfig window;
    SoundConfig sound;
    LogConfig log;
    StaffConfig staff;
    AttentionConfig attention;
    ReceiptPrinterConfig receiptPrinter;
    PaymentConfig payment;
    PhotoDecoderConfig photoDecoder;
    LocalText counter;  // this branch's own, before the region's

    const std::string& nameOfOutlet() const { return outletName.empty() ? outlet : outletName; }
    // The code where no name is written.
    std::string nameOfMaker(const std::string& code) const;
};

// With `faults`, everything that is wrong is put there (base/config_file.hpp).
Result<KioskConfig> loadKioskConfig(const std::filesystem::path& file, Faults* faults = nullptr);

}  // namespace liqu::policy
