#include "program/books.hpp"

#include "firmware/base/plain_file.hpp"
#include "firmware/chip/chip_profile.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/policy/weak_pins.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/security/simulated_authority.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/contradictions.hpp"
#include "firmware/storage/copy.hpp"
#include "firmware/storage/whole_check.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/receipts.hpp"

namespace liqu::program {

Result<ConfigFiles> readConfiguration(const std::filesystem::path& file) {
    ConfigFiles files;
    files.kiosk = TRY(policy::loadKioskConfig(file));
    files.region = TRY(policy::loadRegionPolicy(files.kiosk.region, hereOf(files.kiosk)));
    TRY(presenceFitsProvince(files.kiosk, files.region));
    TRY(siteFitsRegion(files.kiosk, files.region));
    TRY(services::agreesWithItself(files.region));
    TRY(receiptsFitRegion(files.kiosk, files.region));
    for (const policy::LaneConfig& lane : files.kiosk.lanes) {
        TRY(laneFitsRegion(lane, files.region));
    }
    const auto& driver = drivers::driverOf(*files.kiosk.printerDriver);
    const auto printer = TRY(driver.capabilities(files.kiosk.printerProfile, nullptr));
    TRY(lanesFitPrinter(files.kiosk, printer));
    for (const policy::LaneConfig& lane : files.kiosk.lanes) {
        const ui::FaceLayout layout = TRY(ui::readFaceLayout(lane.cardFace));
        TRY(faceFitsPrinter(lane.cardFace, layout, files.kiosk, printer));
    }
    TRY(chip::ChipProfile::read(files.kiosk.chipProfile));
    const policy::PinConfig& pin = files.kiosk.pin;
    if (pin.entry) files.weakPins = TRY(policy::loadWeakPins(pin.weak));
    return files;
}

policy::Here hereOf(const policy::KioskConfig& config) {
    return {.termsOf = services::termsOf, .site = config.site};
}

Result<void> presenceFitsProvince(const policy::KioskConfig& config,
                                  const policy::RegionPolicy& region) {
    if (region.presence != policy::Presence::none) return {};
    const auto& authority = config.province.caCertificate;
    if (TRY(security::trustsSimulatedProvinceOnly(authority))) return {};
    return fail(ErrorCode::presenceUnchecked,
                config.region.filename().string() +
                    ": identity.presence = \"none\" is for the simulated province, and " +
                    authority.filename().string() + " is another's");
}

Result<void> siteFitsRegion(const policy::KioskConfig& config, const policy::RegionPolicy& region) {
    if (!region.filingRequired || !config.siteFiling.empty()) return {};
    return fail(ErrorCode::configMissingKey, "siteFiling: " + config.region.filename().string() +
                                                 " asks that the machine is filed for its site");
}

Result<void> lanesFitPrinter(const policy::KioskConfig& config,
                             const ports::PrinterCapabilities& printer) {
    if (config.lanes.size() <= static_cast<std::size_t>(printer.hoppers)) return {};
    return fail(ErrorCode::configBadValue,
                "lane: there are " + std::to_string(config.lanes.size()) + ", but the printer of " +
                    config.printerProfile.filename().string() +
                    " has hoppers: " + std::to_string(printer.hoppers));
}

Result<void> faceFitsPrinter(const std::filesystem::path& face, const ui::FaceLayout& layout,
                             const policy::KioskConfig& config,
                             const ports::PrinterCapabilities& printer) {
    if (!layout.back || printer.printsBack) return {};
    return fail(ErrorCode::configBadValue, face.filename().string() + ": back: the printer of " +
                                               config.printerProfile.filename().string() +
                                               " prints the front only");
}

Result<void> laneFitsRegion(const policy::LaneConfig& lane, const policy::RegionPolicy& region) {
    if (region.bankNames.contains(lane.bank)) return {};
    return fail(ErrorCode::configBadValue, "lane[" + std::to_string(lane.number - 1) +
                                               "].bank: the region has no bank " + lane.bank);
}

province::Terminal terminalOf(const ConfigFiles& files) {
    return {files.kiosk.terminal, files.region.regionCode, files.kiosk.outlet,
            files.region.policyId};
}

Result<std::unique_ptr<storage::Database>> openDatabase(const std::filesystem::path& data,
                                                        const policy::KioskConfig& config) {
    TRY(requireBooks(data));
    TRY(plainFileAt(databaseIn(data)));
    TRY(storage::checkLog(databaseIn(data)));
    TRY(storage::copyBeforeMigration(databaseIn(data)));
    const bool unclean = storage::endedUncleanly(databaseIn(data));
    // A database that is closed again before its mark is set would take the log with it.
    storage::RunMark::clear(databaseIn(data));
    auto database = TRY(storage::Database::open(
        {databaseIn(data).string(), "", false, storage::WhenMissing::refuse}));
    TRY(requireTerminal(*database, config));
    auto transaction = TRY(storage::Transaction::begin(*database));
    TRY(custody::openPlaces(transaction, static_cast<int>(config.lanes.size()),
                            config.hopperCapacity, config.binCapacity));
    if (unclean) TRY(storage::oweWholeCheck(transaction));
    TRY(transaction.commit());
    return database;
}

Result<std::unique_ptr<Books>> Books::open(const CommonOptions& options) {
    std::unique_ptr<Books> books(new Books());
    books->files_ = TRY(readConfiguration(options.config));
    books->database_ = TRY(openDatabase(options.data, books->files_.kiosk));
    books->mark_ = TRY(storage::RunMark::set(*books->database_, databaseIn(options.data)));
    const security::SealKey key =
        TRY(openSealKey(*books->database_, options.data, books->files_.kiosk, books->random_));
    books->sealer_ =
        std::make_unique<security::Sealer>(books->files_.kiosk.sealing, key, books->random_);
    if (const auto lent = lendAuditKey(*books->database_, options.data, *books->sealer_); !lent)
        say(lent.error());
    const policy::ProvinceConfig& province = books->files_.kiosk.province;
    if (!province.signingKey.empty()) {
        // Without its keys the books are open all the same; checkpoints are not signed then.
        auto signer = security::Sm2Signer::load(province.signingKey, province.verificationKey);
        if (signer) books->signer_ = std::move(*signer);
    }
    books->outbox_ = std::make_unique<province::Outbox>(*books->sealer_, terminalOf(books->files_));
    TRY(province::bringFactsIntoEpoch(*books->database_, *books->outbox_));
    books->orders_ =
        std::make_unique<issuance::OrderBook>(*books->database_, *books->sealer_, services::planOf);
    return books;
}

}  // namespace liqu::program
