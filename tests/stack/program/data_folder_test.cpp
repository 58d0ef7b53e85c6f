// The shipped program and its data folder: who makes the books, who finds them, and whose files
// they are afterwards.
#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/index_damage.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/main/child_process.hpp"
#include "tests/world/main/kiosk_folder.hpp"

using namespace liqu;
using namespace liqu::world;
namespace files = std::filesystem;

namespace {

constexpr uid_t serviceUser = 65534;

std::string contentOf(const files::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

class NewMachine {
  public:
    NewMachine() {
        // The service user must get as far as its own folder.
        files::permissions(scratch_.folder(), files::perms::all);
        auto pki = Pki::generate(scratch_.folder() / "pki", terminalId);
        REQUIRE(pki.has_value());
        KioskSettings settings;
        settings.configDir = LIQU_SOURCE_DIR "/kiosk-config";
        settings.provinceUrl = "https://127.0.0.1:9";
        settings.chipReader = "Chip Station";
        settings.pki = *pki;
        kiosk_ = writeKioskFolder(scratch_.folder() / "kiosk", settings).value();
    }

    // The exit code; what was said is in said().
    int liqu(const std::string& words, const std::string& data, const std::string& typed = "") {
        files::remove(said_);
        std::ofstream(scratch_.folder() / "typed") << typed;
        const bool looksOnly = words == "day show" || words == "journal";
        const std::string config = looksOnly ? "" : " --config " + kiosk_.config().string();
        const std::string line = "cd " + scratch_.folder().string() +
                                 " && " LIQU_KIOSK_PROGRAM " " + words + config + " --data '" +
                                 data + "' <typed";
        auto process = ChildProcess::start({"/bin/sh", "-c", line}, said_);
        REQUIRE(process.has_value());
        const auto code = process->waitForEnd(std::chrono::seconds(60));
        REQUIRE(code.has_value());
        return *code;
    }
    int liqu(const std::string& words) { return liqu(words, data().string()); }
    std::string said() const { return contentOf(said_); }
    bool says(ErrorCode code) const {
        return said().find(std::to_string(numberOf(code))) != std::string::npos;
    }

    const files::path& folder() const { return scratch_.folder(); }
    files::path data() const { return kiosk_.data(); }
    files::path config() const { return kiosk_.config(); }
    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : files::recursive_directory_iterator(data())) {
            found.insert(entry.path().lexically_relative(data()).string());
        }
        return found;
    }

  private:
    test::Scratch scratch_;
    KioskFolder kiosk_;
    files::path said_ = scratch_.folder() / "said";
};

const char* const loading =
    "stock load --lane 1 --first A00000003 --last A00000003 --operator S-1 --second-operator S-2";

// Whatever may write, and what only looks.
const std::vector<std::string> commands = {
    "check",      "kiosk --windowed",
    loading,      "day freeze --operator S-1 --second-operator S-2",
    "order list", "staff add 1001 --name A --roles supervisor",
    "stock show", "day show",
    "journal"};

}  // namespace

TEST_CASE("init makes books and key once, says what comes next, and changes none that are there") {
    NewMachine machine;
    REQUIRE(machine.liqu("init") == 0);
    CHECK(machine.names() == std::set<std::string>{"kiosk.db", "seal.key"});
    for (const char* next : {"liqu check --config", "liqu staff add", "liqu stock load"}) {
        CHECK(machine.said().find(next) != std::string::npos);
    }
    // Books in root's own folder are nobody else's: who does that is told.
    const bool isRoots = ::geteuid() == 0;
    CHECK((machine.said().find("chown -R") != std::string::npos) == isRoots);
    struct stat status {};
    REQUIRE(::stat((machine.data() / "kiosk.db").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const std::string key = contentOf(machine.data() / "seal.key");
    const std::string books = contentOf(machine.data() / "kiosk.db");

    CHECK(machine.liqu("init") == 1);
    CHECK(machine.says(ErrorCode::booksExist));
    files::rename(machine.data() / "kiosk.db", machine.folder() / "away.db");
    CHECK(machine.liqu("init") == 1);
    files::rename(machine.folder() / "away.db", machine.data() / "kiosk.db");
    CHECK(contentOf(machine.data() / "seal.key") == key);
    CHECK(contentOf(machine.data() / "kiosk.db") == books);
    CHECK(machine.liqu("day show") == 0);
}

TEST_CASE("without books no command makes any, and none leaves a trace") {
    NewMachine machine;
    const std::string typo = (machine.folder() / "dta").string();
    for (const std::string& command : commands) {
        CAPTURE(command);
        CHECK(machine.liqu(command, machine.data().string(), "405060\n405060\n") == 1);
        CHECK(machine.says(ErrorCode::booksMissing));
        CHECK(machine.names().empty());
        CHECK(machine.liqu(command, typo) == 1);
        CHECK(machine.says(ErrorCode::booksMissing));
        CHECK_FALSE(files::exists(typo));
        CHECK(machine.liqu(command, "") != 0);
        CHECK_FALSE(files::exists(machine.folder() / "kiosk.db"));
        CHECK_FALSE(files::exists(machine.folder() / "liqu.lock"));
    }
    CHECK(machine.liqu("init", "") == 2);
    CHECK(machine.liqu("init", typo + "/deeper") == 1);
    CHECK_FALSE(files::exists(typo));
}

TEST_CASE("a lost, a foreign and an emptied part of the books are told apart, and not replaced") {
    NewMachine machine;
    REQUIRE(machine.liqu("init") == 0);
    const auto key = machine.data() / "seal.key";
    const auto refused = [&machine](ErrorCode code) {
        CHECK(machine.liqu(loading) == 1);
        CHECK_MESSAGE(machine.says(code), machine.said());
        CHECK(machine.liqu("check") == 1);
        CHECK_MESSAGE(machine.says(code), machine.said());
    };
    const std::string good = contentOf(key);
    files::rename(key, machine.folder() / "away.key");
    refused(ErrorCode::sealKeyLost);
    CHECK_FALSE(files::exists(key));

    std::ofstream(key) << std::string(64, 'A') << "\n";
    REQUIRE(::chmod(key.c_str(), 0600) == 0);
    refused(ErrorCode::sealKeyDiffers);
    std::ofstream(key) << good;

    const std::string config = contentOf(machine.config());
    std::ofstream(machine.config())
        << "terminal = \"T-000018\"" << config.substr(config.find('\n'));
    refused(ErrorCode::booksOfOtherTerminal);
    std::ofstream(machine.config()) << config;

    files::resize_file(machine.data() / "kiosk.db", 0);
    refused(ErrorCode::storageDamaged);
    CHECK(files::file_size(machine.data() / "kiosk.db") == 0);
}

TEST_CASE("whoever types a command, the files belong to the folder's owner") {
    NewMachine machine;
    const uid_t owner = ::geteuid() == 0 ? serviceUser : ::geteuid();
    if (::geteuid() == 0) {
        REQUIRE(::chown(machine.data().c_str(), owner, owner) == 0);
        // The keys are the service user's as well.
        for (const auto& entry : files::recursive_directory_iterator(machine.folder())) {
            REQUIRE(::chown(entry.path().c_str(), owner, owner) == 0);
        }
    }
    REQUIRE_MESSAGE(machine.liqu("init") == 0, machine.said());
    CHECK(machine.said().find("chown") == std::string::npos);
    machine.liqu("staff add 1001 --name A --roles nosuch", machine.data().string(), "");
    machine.liqu("staff add 1002 --name A --roles supervisor", machine.data().string(),
                 "405060\n405060\n");
    machine.liqu("check");
    machine.liqu("stock show");
    machine.liqu(loading);
    CHECK(machine.names().contains("liqu.lock"));
    for (const std::string& name : machine.names()) {
        struct stat status {};
        REQUIRE(::stat((machine.data() / name).c_str(), &status) == 0);
        CHECK_MESSAGE(status.st_uid == owner, name);
    }
}

TEST_CASE("a check says that an index differs from its table, and what to do") {
    NewMachine machine;
    REQUIRE(machine.liqu("init") == 0);
    REQUIRE_MESSAGE(machine.liqu(loading) == 0, machine.said());
    machine.liqu("check");
    CHECK(machine.said().find("REINDEX") == std::string::npos);
    test::takeIndexEntry(machine.data() / "kiosk.db");
    CHECK(machine.liqu("check") == 1);
    CHECK_MESSAGE(machine.says(ErrorCode::storageDamaged), machine.said());
    CHECK(machine.said().find("REINDEX") != std::string::npos);
}
