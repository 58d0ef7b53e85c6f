// The books a kiosk starts with: whole, or it does not start.
#include "program/machine.hpp"

#include <doctest/doctest.h>

#include "program/books.hpp"
#include "program/data_folder.hpp"
#include "tests/support/index_damage.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/main/kiosk_folder.hpp"

using namespace liqu;
using namespace liqu::program;
namespace files = std::filesystem;

namespace {

// A machine that was set up, and worked today: one card is in its books.
struct WorkedToday {
    WorkedToday() {
        world::KioskSettings settings;
        settings.configDir = LIQU_SOURCE_DIR "/kiosk-config";
        settings.provinceUrl = "https://127.0.0.1:1";
        settings.chipReader = "Station";
        settings.pki = world::Pki::generate(scratch.folder() / "pki", world::terminalId).value();
        kiosk = world::writeKioskFolder(scratch.folder() / "kiosk", settings).value();
        SystemRandom random;
        REQUIRE(makeBooks(kiosk.data(), readConfiguration(kiosk.config())->kiosk, random));
        const auto started = start(kiosk.data());
        REQUIRE(started);
        auto database = storage::Database::open({databaseIn(kiosk.data()).string(), "", false});
        auto transaction = storage::Transaction::begin(**database).value();
        REQUIRE(
            transaction.run("INSERT INTO cards(card_number, bank, vendor, place, condition, "
                            "changed_at) VALUES('A00000001', 'B01', 'V01', 'hopper-1', 'blank', "
                            "0)"));
        REQUIRE(transaction.commit());
    }

    Result<std::unique_ptr<Machine>> start(const files::path& data) const {
        return Machine::assemble({kiosk.config(), data});
    }
    // What is on the disk when the power goes while the kiosk runs.
    files::path cut() const {
        const auto started = start(kiosk.data());
        REQUIRE(started);
        const files::path left = scratch.folder() / "left";
        files::remove_all(left);
        files::copy(kiosk.data(), left, files::copy_options::recursive);
        return left;
    }

    test::Scratch scratch;
    world::KioskFolder kiosk;
};

void checkRefused(const Result<std::unique_ptr<Machine>>& started) {
    REQUIRE_FALSE(started);
    CHECK(started.error().code == ErrorCode::storageDamaged);
    CHECK(started.error().cause.find("cards_by_place") != std::string::npos);
}

}  // namespace

TEST_CASE("after an unclean end indexes are compared with their tables, until they agree") {
    const WorkedToday today;
    const auto whole = today.start(today.cut());
    CHECK(whole);
    test::takeIndexEntry(databaseIn(today.kiosk.data()));
    // Checked today, and ended in order: the cheap look does.
    CHECK(today.start(today.kiosk.data()));
    const files::path left = today.cut();
    SUBCASE("at the next start, and at each one after it") {
        checkRefused(today.start(left));
        checkRefused(today.start(left));
    }
    SUBCASE("also where a command opened the books first") {
        CHECK(Books::open({today.kiosk.config(), left}));
        checkRefused(today.start(left));
    }
}
