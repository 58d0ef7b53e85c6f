// DIR/kiosk: the configuration of the one machine the world is built around. The rules of the
// region, the printer's profile, the card face and the chip profile are copies of the files that a
// folder like kiosk-config/ names in its kiosk.toml, so that DIR holds everything that decided
// about the run.
#pragma once

#include <filesystem>
#include <string>

#include "firmware/base/result.hpp"
#include "firmware/staff/role.hpp"
#include "tests/world/province/books.hpp"
#include "tests/world/province/pki.hpp"

namespace liqu::world {

constexpr const char* terminalId = "T-000017";
constexpr const char* bankCode = "B01";
constexpr const char* bankPrefix = "621700";

struct KioskFolder {
    std::filesystem::path folder;
    std::filesystem::path strings = {};  // the folder of its words
    LossRule lossRule{};                 // as its region has it

    std::filesystem::path config() const { return folder / "kiosk.toml"; }
    std::filesystem::path data() const { return folder / "data"; }
    std::filesystem::path database() const { return data() / "kiosk.db"; }
    // Of what was read aloud; beside the evidence of the run.
    std::filesystem::path transcript() const { return folder / "transcript.jsonl"; }
    std::filesystem::path screenMap() const { return folder / "screen-map.json"; }
    std::filesystem::path output() const { return folder / "kiosk-output.txt"; }
};

// An older province's system.
struct OlderLine {
    std::string url;
    std::filesystem::path table;  // kiosk-config/legacy/…
    std::string city;             // whose rules hold
    std::string user;
    std::string password;
};

struct KioskSettings {
    std::filesystem::path configDir;  // kiosk-config/, or one like it
    std::string region;               // another one of its regions/; empty: the one it names
    std::string provinceUrl;
    std::optional<OlderLine> older;  // spoken to in its place
    std::string chipReader;
    std::string site;        // "bank"; empty: not said
    std::string cardSlot;    // a reader; empty: the machine has no slot, and takes no PIN
    std::string paymentUrl;  // of the service that collects fees; empty: none does
    bool sound = false;      // pages are read aloud
    int width = 1080;
    int height = 1920;
    int patience = 0;  // seconds; 0: the region's own
    Pki pki;
};

Result<KioskFolder> writeKioskFolder(const std::filesystem::path& folder,
                                     const KioskSettings& settings);
// Somebody of the branch who vouches for people and stands by what they do.
constexpr const char* attendantNumber = "4711";
constexpr const char* attendantPin = "246810";
Result<void> addAttendant(const KioskFolder& kiosk);
// Anybody of the branch, with a PIN of their own.
Result<void> addPerson(const KioskFolder& kiosk, const std::string& number, staff::Role role,
                       const std::string& pin);
// Its books and its seal key, as a technician makes them: `liqu init`.
Result<void> makeBooks(const KioskFolder& kiosk, const std::filesystem::path& program);

}  // namespace liqu::world
