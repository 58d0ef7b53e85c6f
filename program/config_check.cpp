#include "program/config_check.hpp"

#include <set>
#include <unistd.h>

#include "drivers/card_printer/printer_driver.hpp"
#include "firmware/chip/chip_profile.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/policy/weak_pins.hpp"
#include "firmware/province/adapters/card_service/account.hpp"
#include "firmware/province/adapters/card_service/region_table.hpp"
#include "firmware/security/certificate.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/contradictions.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/session/clock_trust.hpp"
#include "program/books.hpp"
#include "program/offered_languages.hpp"
#include "program/receipts.hpp"
#include "ui/paper/card_face.hpp"
#include "ui/paper/face_layout.hpp"
#include "ui/speech/clip_check.hpp"
#include "ui/speech/earcons.hpp"
#include "ui/toolkit/dictionary.hpp"
#include "ui/toolkit/key_input.hpp"
#include "ui/toolkit/picture_file.hpp"
#include "ui/toolkit/text_layouter.hpp"
#include "ui/toolkit/theme.hpp"

namespace liqu::program {
namespace {

using policy::KioskConfig;
using policy::RegionPolicy;

template <typename T>
void note(Faults& faults, const Result<T>& result) {
    if (!result) faults.push_back(result.error());
}

// What kiosk.toml names and is not there was said already.
bool wasFound(const std::filesystem::path& path) {
    std::error_code error;
    return !path.empty() && std::filesystem::exists(path, error);
}

// The words of a key that the machine shows have to be there in each language, those of staff where
// it has them at all.
void checkWords(const ui::Dictionary& words, const RegionPolicy* region, Faults& faults) {
    std::set<std::string, std::less<>> keys;
    for (const auto& [language, writing] : words.languages().all()) {
        for (const auto& [key, wording] : words.all(language)) keys.insert(key);
    }
    keys.insert("plain");
    for (const ErrorCode code : allErrorCodes()) {
        const std::string key = "error." + std::to_string(numberOf(code));
        keys.insert({key + ".what", key + ".next"});
    }
    if (region != nullptr) {
        for (const std::string& clause : region->consentClauses) keys.insert(clause);
        for (const auto& [id, rule] : region->services) {
            if (id == services::helpId) continue;
            keys.insert({"service." + id, "service." + id + "-detail"});
            const services::Service* service = services::serviceNamed(id);
            if (service != nullptr) keys.insert("act." + id);
            if (service != nullptr && service->makesCard()) keys.insert("consent." + id);
            for (const std::string& key : services::guideKeys(id)) keys.insert(key);
        }
    }
    for (const auto& [language, writing] : words.languages().all()) {
        for (const std::string& key : keys) {
            if (words.has(language, key) || (!writing.staff && key.starts_with("staff."))) continue;
            faults.push_back({ErrorCode::configMissingKey,
                              std::string(nameOf(language)) + ".toml: " + key + ": has no words"});
        }
    }
}

void checkSounds(const KioskConfig& config, Faults& faults) {
    if (wasFound(config.sound.earcons))
        note(faults, ui::Earcons::read(config.sound.earcons, &faults));
    note(faults, ui::hearingKeysFrom(config.sound.keys));
}

// The manifests of recorded clips, of each language that has one: a clip whose words have changed
// would never be heard.
void checkClips(const KioskConfig& config, const ui::Dictionary& words,
                const ui::Dictionary& region, Faults& faults) {
    if (!wasFound(config.sound.clips)) return;
    for (const auto& [language, writing] : words.languages().all()) {
        const auto clips = ui::Clips::read(config.sound.clips, language, &faults);
        note(faults, clips);
        if (!clips) continue;
        for (Error& fault : ui::faultsOfClips(*clips, words, region, language))
            faults.push_back(std::move(fault));
    }
}

// Beside the theme whose colours they have.
void checkPictures(const KioskConfig& config, Faults& faults) {
    const auto folder = ui::picturesBeside(config.window.theme);
    for (const screen::Picture picture : wordTable<screen::Picture>.values()) {
        if (picture != screen::Picture::none) note(faults, ui::readPicture(folder, picture));
    }
}

void checkScreen(const KioskConfig& config, const RegionPolicy* region, Faults& faults) {
    if (wasFound(config.window.theme)) {
        note(faults, ui::Look::read(config.window.theme, &faults));
        checkPictures(config, faults);
    }
    if (wasFound(config.window.strings)) {
        auto words = ui::Dictionary::read(config.window.strings, &faults);
        note(faults, words);
        const auto common = words;
        if (words && region != nullptr && wasFound(region->words))
            note(faults, words->layOver(region->words, &faults));
        if (words) checkWords(*words, region, faults);
        if (words) checkClips(config, *common, *words, faults);
        if (words && region != nullptr)
            note(faults, offersWhatHasWords(words->languages(), *region));
    }
    if (!wasFound(config.window.fonts)) return;
    note(faults, ui::TextLayouter::open(config.window.fonts));
}

// The machine's own, and those of its lanes; each once.
std::set<std::filesystem::path> facesOf(const KioskConfig& config) {
    std::set<std::filesystem::path> faces = {config.cardFace};
    for (const policy::LaneConfig& lane : config.lanes) faces.insert(lane.cardFace);
    std::erase_if(faces, [](const auto& face) { return !wasFound(face); });
    return faces;
}

void checkFaces(const KioskConfig& config, const std::optional<ports::PrinterCapabilities>& printer,
                Faults& faults) {
    for (const std::filesystem::path& face : facesOf(config)) {
        const std::size_t before = faults.size();
        const auto layout = ui::readFaceLayout(face, &faults);
        note(faults, layout);
        if (layout && printer) note(faults, faceFitsPrinter(face, *layout, config, *printer));
        if (faults.size() == before && wasFound(config.window.fonts))
            note(faults, ui::makeCardFaceRenderer(face, config.window.fonts));
    }
}

std::optional<ports::PrinterCapabilities> checkPrinter(const KioskConfig& config, Faults& faults) {
    if (!config.printerDriver || !wasFound(config.printerProfile)) return std::nullopt;
    const auto& driver = drivers::driverOf(*config.printerDriver);
    const auto printer = driver.capabilities(config.printerProfile, &faults);
    note(faults, printer);
    if (!printer) return std::nullopt;
    note(faults, lanesFitPrinter(config, *printer));
    return *printer;
}

void checkLanes(const KioskConfig& config, const RegionPolicy* region, Faults& faults) {
    if (wasFound(config.chipProfile)) {
        note(faults, chip::ChipProfile::read(config.chipProfile, &faults));
    }
    if (config.pin.entry && wasFound(config.pin.weak))
        note(faults, policy::loadWeakPins(config.pin.weak, &faults));
    if (region == nullptr) return;
    for (const policy::LaneConfig& lane : config.lanes) {
        note(faults, laneFitsRegion(lane, *region));
    }
}

void checkPhotoDecoder(const KioskConfig& config, Faults& faults) {
    const auto& program = config.photoDecoder.program;
    if (!wasFound(program) || ::access(program.c_str(), X_OK) == 0) return;
    faults.push_back({ErrorCode::configBadValue,
                      "photoDecoder.program: " + program.string() + " is no program to start"});
}

bool isInTime(const security::Certificate& certificate, WallTime now) {
    return certificate.from <= now && now < certificate.to;
}

Error outOfTime(const std::filesystem::path& file, const security::Certificate& certificate,
                WallTime now) {
    return {ErrorCode::provinceCertificateWrong, file.filename().string() + ": holds from " +
                                                     formatChinaTime(certificate.from) + " to " +
                                                     formatChinaTime(certificate.to) +
                                                     "; the clock says " + formatChinaTime(now)};
}

void checkCertificate(const KioskConfig& config, std::optional<WallTime> now, Faults& faults) {
    const auto& file = config.province.clientCertificate;
    if (!wasFound(file)) return;
    const auto certificate = security::readCertificate(file);
    if (!certificate) return faults.push_back(certificate.error());
    if (!config.terminal.empty() && certificate->commonName != config.terminal) {
        faults.push_back({ErrorCode::configBadValue, "terminal: is " + config.terminal + ", but " +
                                                         file.filename().string() + " is for " +
                                                         certificate->commonName});
    }
    if (now && !isInTime(*certificate, *now)) {
        faults.push_back(outOfTime(file, *certificate, *now));
    }
    if (wasFound(config.province.clientKey)) {
        note(faults, security::checkKeyOfCertificate(file, config.province.clientKey));
    }
}

void checkKeys(const KioskConfig& config, std::optional<WallTime> now, Faults& faults) {
    const policy::ProvinceConfig& province = config.province;
    if (wasFound(province.caCertificate)) {
        note(faults, security::readCertificate(province.caCertificate));
    }
    checkCertificate(config, now, faults);
    if (wasFound(province.signingKey) && wasFound(province.verificationKey)) {
        note(faults, security::Sm2Signer::load(province.signingKey, province.verificationKey));
    }
}

void checkOlderSystem(const KioskConfig& config, const RegionPolicy* region, Faults& faults) {
    namespace older = province::card_service;
    const policy::ProvinceConfig& system = config.province;
    if (region != nullptr && wasFound(system.table))
        note(faults, older::loadRegionTable(system.table, region->regionCode, &faults));
    if (wasFound(system.account)) note(faults, older::loadAccount(system.account, &faults));
}

}  // namespace

Result<void> checkOwnCertificate(const policy::ProvinceConfig& config, storage::Database* books,
                                 WallTime now) {
    const auto own = TRY(security::readCertificate(config.clientCertificate));
    if (isInTime(own, now)) return {};
    TRY(books != nullptr ? session::checkClockAgainstCertificate(*books, own, now)
                         : session::checkClockAgainstCertificate(own, now));
    return fail(outOfTime(config.clientCertificate, own, now));
}

Faults faultsOfConfiguration(const std::filesystem::path& kioskToml, std::optional<WallTime> now) {
    Faults faults;
    const auto config = policy::loadKioskConfig(kioskToml, &faults);
    if (!config) return {config.error()};
    std::optional<RegionPolicy> region;
    if (wasFound(config->region)) {
        auto read = policy::loadRegionPolicy(config->region, hereOf(*config), &faults);
        note(faults, read);
        if (read) region = std::move(*read);
    }
    const RegionPolicy* rules = region ? &*region : nullptr;
    const auto printer = checkPrinter(*config, faults);
    checkFaces(*config, printer, faults);
    checkLanes(*config, rules, faults);
    checkScreen(*config, rules, faults);
    checkSounds(*config, faults);
    checkReceipts(*config, rules, faults);
    if (rules != nullptr) note(faults, siteFitsRegion(*config, *rules));
    if (rules != nullptr) note(faults, services::agreesWithItself(*rules, &faults));
    if (rules != nullptr && wasFound(config->province.caCertificate)) {
        note(faults, presenceFitsProvince(*config, *rules));
    }
    checkPhotoDecoder(*config, faults);
    checkKeys(*config, now, faults);
    checkOlderSystem(*config, rules, faults);
    return faults;
}

}  // namespace liqu::program
