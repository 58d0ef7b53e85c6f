#include "program/books.hpp"

#include "drivers/card_printer/printer_profile.hpp"
#include "firmware/chip/chip_profile.hpp"
#include "firmware/custody/ledger.hpp"

namespace liqu::program {

Result<ConfigFiles> readConfiguration(const std::filesystem::path& file) {
    ConfigFiles files;
    files.kiosk = TRY(policy::loadKioskConfig(file));
    files.region = TRY(policy::loadRegionPolicy(files.kiosk.region));
    for (const policy::LaneConfig& lane : files.kiosk.lanes) {
        if (!files.region.bankNames.contains(lane.bank)) {
            return fail(ErrorCode::configBadValue, file.filename().string() + ": lane " +
                                                       std::to_string(lane.number) +
                                                       ": the region has no bank " + lane.bank);
        }
    }
    TRY(drivers::readPrinterProfile(files.kiosk.printerProfile));
    TRY(chip::ChipProfile::read(files.kiosk.chipProfile));
    return files;
}

security::SealProfile sealProfileOf(const policy::KioskConfig& config) {
    return config.sealing == "aes-256-gcm" ? security::SealProfile::aes256Gcm
                                           : security::SealProfile::sm4CtrHmacSm3;
}

province::Terminal terminalOf(const ConfigFiles& files) {
    return {files.kiosk.terminal, files.region.regionCode, files.kiosk.outlet,
            files.region.policyId};
}

Result<std::unique_ptr<storage::Database>> openDatabase(const std::filesystem::path& data,
                                                        const policy::KioskConfig& config) {
    TRY(storage::checkLog(data / "kiosk.db"));
    // A database that is closed again before its mark is set would take the log with it.
    storage::RunMark::clear(data / "kiosk.db");
    auto database = TRY(storage::Database::open({(data / "kiosk.db").string(), "", false}));
    auto transaction = TRY(storage::Transaction::begin(*database));
    TRY(custody::openPlaces(transaction, static_cast<int>(config.lanes.size()),
                            config.hopperCapacity, config.binCapacity));
    TRY(transaction.commit());
    return database;
}

Result<std::unique_ptr<Books>> Books::open(const CommonOptions& options) {
    std::unique_ptr<Books> books(new Books());
    books->files_ = TRY(readConfiguration(options.config));
    books->database_ = TRY(openDatabase(options.data, books->files_.kiosk));
    books->mark_ = TRY(storage::RunMark::set(*books->database_, options.data / "kiosk.db"));
    const auto key =
        TRY(security::SealKey::loadOrCreate(options.data / "seal.key", books->random_));
    books->sealer_ =
        std::make_unique<security::Sealer>(sealProfileOf(books->files_.kiosk), key, books->random_);
    books->outbox_ = std::make_unique<province::Outbox>(*books->sealer_, terminalOf(books->files_));
    books->orders_ = std::make_unique<issuance::OrderBook>(*books->database_, *books->sealer_);
    return books;
}

}  // namespace liqu::program
