// kiosk.toml: what this one machine is — its number, its parts, its keys, its lanes. No path, user
// or device is assumed: everything is written there. Paths are relative to the file, and absolute
// once read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/policy/local_text.hpp"
#include "firmware/security/sealer.hpp"

namespace liqu::policy {

struct LaneConfig {
    int number = 1;
    std::string bank;    // AAE008, the lane belongs to one bank …
    std::string vendor;  // … and one card vendor (Guangdong Art.36)
};

struct ProvinceConfig {
    std::string url;
    std::filesystem::path caCertificate;
    std::filesystem::path clientCertificate;
    std::filesystem::path clientKey;
    std::filesystem::path signingKey;                   // SM2, this terminal's
    std::filesystem::path verificationKey;              // SM2, the province's
    Duration queryPatience = std::chrono::seconds{15};  // hardware-notes/province.md, "Line"
    Duration changePatience = std::chrono::seconds{30};
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
    std::filesystem::path strings;
    std::filesystem::path fonts;
    std::filesystem::path theme;
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

struct KioskConfig {
    std::string terminal;  // terminalId towards the province
    std::string outlet;
    std::filesystem::path region;
    std::filesystem::path printerProfile;
    std::string printerUsbPath;  // which of several
    std::filesystem::path cardFace;
    std::filesystem::path chipProfile;
    std::string chipReader;  // a part of the PC/SC reader's name
    security::SealProfile sealing = security::SealProfile::aes256Gcm;
    std::int64_t hopperCapacity = 100;
    std::int64_t binCapacity = 30;
    std::vector<LaneConfig> lanes;
    IdReaderConfig idReader;
    ProvinceConfig province;
    WindowConfig window;
    LogConfig log;
    StaffConfig staff;
    AttentionConfig attention;
    LocalText counter;  // this branch's own, before the region's
};

// With `faults`, everything that is wrong is put there (base/config_file.hpp).
Result<KioskConfig> loadKioskConfig(const std::filesystem::path& file, Faults* faults = nullptr);

}  // namespace liqu::policy
