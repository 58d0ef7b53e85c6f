// A backup and what comes back of it: whole, of this machine, and known as a copy.
#include "program/keeping.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/staff/audit.hpp"
#include "tests/unit/program/worked_machine.hpp"

using namespace liqu;
using namespace liqu::program;
namespace files = std::filesystem;

namespace {

const std::string passphrase = "horse staple battery\n";

struct Kept {
    test::WorkedMachine machine;
    files::path file = machine.scratch.folder() / "box.backup";
    files::path newData = machine.scratch.folder() / "new-data";

    int call(int (*run)(const KeepingOptions&), const files::path& data,
             const std::string& typed = passphrase) const {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        REQUIRE(::write(ends[1], typed.data(), typed.size()) == static_cast<ssize_t>(typed.size()));
        ::close(ends[1]);
        KeepingOptions options;
        options.config = machine.kiosk.config();
        options.data = data;
        options.file = file;
        options.passphraseFd = ends[0];
        const int code = run(options);
        ::close(ends[0]);
        return code;
    }
    int backUp() const { return call(runBackup, machine.kiosk.data()); }
    int restore(const std::string& typed = passphrase) const {
        return call(runRestore, newData, typed);
    }
    bool hasBooks() const { return files::exists(databaseIn(newData)); }
};

}  // namespace

TEST_CASE("a backup becomes the books of a box that has none, and they are known as a copy") {
    Kept kept;
    REQUIRE(kept.backUp() == 0);
    CHECK_FALSE(files::exists(kept.machine.kiosk.data() / "kiosk.db-copy"));
    REQUIRE(kept.restore() == 0);
    CHECK_FALSE(files::exists(kept.newData / "kiosk.db-restored"));
    const CommonOptions options{kept.machine.kiosk.config(), kept.newData};
    // The seal key came along.
    const auto books = Books::open(options);
    REQUIRE(books);
    CHECK((*books)->database().number("SELECT count(*) FROM cards").value() == 1);
    CHECK(province::requireNewest((*books)->database()).error().code == ErrorCode::booksNotNewest);
    CHECK(staff::newestLines((*books)->database(), 1).value().at(0).act == "restore");
}

TEST_CASE("the keys of a box that is gone come back to where kiosk.toml names them") {
    Kept kept;
    REQUIRE(kept.backUp() == 0);
    const auto config = policy::loadKioskConfig(kept.machine.kiosk.config()).value();
    const Bytes key = readWholeFile(config.province.clientKey).value();
    files::remove(config.province.clientKey);
    SUBCASE("where nothing lies there") {
        REQUIRE(kept.restore() == 0);
        CHECK(readWholeFile(config.province.clientKey).value() == key);
        CHECK(files::status(config.province.clientKey).permissions() ==
              (files::perms::owner_read | files::perms::owner_write));
    }
    SUBCASE("and never over another one") {
        REQUIRE(writeWholeFile(config.province.clientKey, bytesOf("another key\n")));
        CHECK(kept.restore() == 1);
        CHECK_FALSE(kept.hasBooks());
        CHECK(textOf(readWholeFile(config.province.clientKey).value()) == "another key\n");
    }
}

TEST_CASE("a restore that was cut short goes on") {
    Kept kept;
    REQUIRE(kept.backUp() == 0);
    REQUIRE(kept.restore() == 0);
    // Everything but the last step was done.
    files::remove(databaseIn(kept.newData));
    CHECK(kept.restore() == 0);
    CHECK(kept.hasBooks());
    // Where there are books, none are written over.
    CHECK(kept.restore() == 1);
}

TEST_CASE("another passphrase, a damaged backup and another box leave nothing behind") {
    Kept kept;
    REQUIRE(kept.backUp() == 0);
    SUBCASE("another passphrase") {
        CHECK(kept.restore("horse staple batterie\n") == 1);
    }
    SUBCASE("none") {
        CHECK(kept.restore("") == 1);
    }
    SUBCASE("damaged at its end") {
        Bytes bytes = readWholeFile(kept.file).value();
        bytes[bytes.size() - 20] ^= 1;
        REQUIRE(writeWholeFile(kept.file, bytes));
        CHECK(kept.restore() == 1);
    }
    SUBCASE("another box") {
        std::string toml = textOf(readWholeFile(kept.machine.kiosk.config()).value());
        const std::size_t at = toml.find(world::terminalId);
        REQUIRE(at != std::string::npos);
        toml.replace(at, std::string(world::terminalId).size(), "T-000018");
        REQUIRE(writeWholeFile(kept.machine.kiosk.config(), bytesOf(toml)));
        CHECK(kept.restore() == 1);
    }
    CHECK_FALSE(kept.hasBooks());
    CHECK_FALSE(files::exists(kept.newData / "kiosk.db-restored"));
    CHECK_FALSE(files::exists(sealKeyIn(kept.newData)));
}

TEST_CASE("nothing of the books or keys can be read in a backup without its passphrase") {
    Kept kept;
    REQUIRE(kept.backUp() == 0);
    const std::string text = textOf(readWholeFile(kept.file).value());
    CHECK(text.find("A00000001") == std::string::npos);
    CHECK(text.find("SQLite format") == std::string::npos);
    CHECK(text.find("PRIVATE KEY") == std::string::npos);
    CHECK(kept.call(runBackup, kept.machine.kiosk.data(), "short\n") == 1);
}
