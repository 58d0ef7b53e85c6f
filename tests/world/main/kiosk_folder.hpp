// DIR/kiosk: the configuration of the one machine the world is built around. The rules of the
// region, the printer's profile, the card face and the chip profile are copies of the shipped
// files, so that DIR holds everything that decided about the run.
#pragma once

#include <filesystem>
#include <string>

#include "firmware/base/result.hpp"
#include "tests/world/province/pki.hpp"

namespace liqu::world {

constexpr const char* terminalId = "T-000017";
constexpr const char* bankCode = "B01";
constexpr const char* bankPrefix = "621700";

struct KioskFolder {
    std::filesystem::path folder;

    std::filesystem::path config() const { return folder / "kiosk.toml"; }
    std::filesystem::path data() const { return folder / "data"; }
    std::filesystem::path database() const { return data() / "kiosk.db"; }
    std::filesystem::path screenMap() const { return folder / "screen-map.json"; }
    std::filesystem::path output() const { return folder / "kiosk-output.txt"; }
};

struct KioskSettings {
    std::filesystem::path sourceTree;
    std::string provinceUrl;
    std::string chipReader;
    int width = 1080;
    int height = 1920;
    int patience = 0;  // seconds; 0: the region's own
    Pki pki;
};

Result<KioskFolder> writeKioskFolder(const std::filesystem::path& folder,
                                     const KioskSettings& settings);
// Its books and its seal key, as a technician makes them: `liqu init`.
Result<void> makeBooks(const KioskFolder& kiosk, const std::filesystem::path& program);

}  // namespace liqu::world
