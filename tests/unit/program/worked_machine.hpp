// A machine that was set up and has worked: its files in a folder of its own, one card in its
// books.
#pragma once

#include <doctest/doctest.h>

#include "program/books.hpp"
#include "program/data_folder.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/main/kiosk_folder.hpp"

namespace liqu::test {

struct WorkedMachine {
    WorkedMachine() : WorkedMachine(world::terminalId) {}
    explicit WorkedMachine(const std::string& terminal) {
        world::KioskSettings settings;
        settings.configDir = LIQU_SOURCE_DIR "/kiosk-config";
        settings.provinceUrl = "https://127.0.0.1:1";
        settings.chipReader = "Station";
        settings.pki = world::Pki::generate(scratch.folder() / "pki", terminal).value();
        kiosk = world::writeKioskFolder(scratch.folder() / "kiosk", settings).value();
        SystemRandom random;
        const auto files = program::readConfiguration(kiosk.config());
        REQUIRE(files);
        REQUIRE(program::makeBooks(kiosk.data(), files->kiosk, random));
        write(
            "INSERT INTO cards(card_number, bank, vendor, place, condition, changed_at) "
            "VALUES('A00000001', 'B01', 'V01', 'hopper-1', 'blank', 0)");
    }
    void write(const std::string& sql, const storage::Values& values = {}) const {
        const auto database =
            storage::Database::open({program::databaseIn(kiosk.data()).string(), "", false})
                .value();
        auto transaction = storage::Transaction::begin(*database).value();
        REQUIRE(transaction.run(sql, values));
        REQUIRE(transaction.commit());
    }

    Scratch scratch;
    world::KioskFolder kiosk;
};

}  // namespace liqu::test
