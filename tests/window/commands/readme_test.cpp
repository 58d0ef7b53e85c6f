// Every command line of README, in both languages, does what is said there: called as the user it
// names, on a machine nobody has used yet, one after the other in either order. A command that is
// written there and has no row here fails.
#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <signal.h>
#include <sstream>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "tests/window/commands/command_bench.hpp"

using namespace liqu;
using namespace liqu::test;

namespace {

namespace files = std::filesystem;

const files::path tree = LIQU_SOURCE_DIR;
const std::string where = " --config kiosk.toml --data data";
const std::string byTwo = where + " --operator 1001 --second-operator 1002";
const std::string pins = "246813\n246813\n";
const std::string passphraseTwice = "horse staple battery\nhorse staple battery\n";

void checkCall(const CommandBench& bench, const std::string& words, int code, Who who,
               const std::string& typed = {}) {
    CAPTURE(words);
    const Said said = bench.call(words, who, typed);
    CAPTURE(said.out);
    CAPTURE(said.wrong);
    CHECK(said.code == code);
    // Whatever is wrong has a number and words.
    if (code == 1 && said.out.empty()) CHECK(said.wrong.find("liqu: ") == 0);
}

// The commands of the table, as the kiosk's own user, who may be root.
using Row = std::function<void(const CommandBench&, Who)>;

void playKiosk(const CommandBench& bench, Who who) {
    RunningProgram kiosk(bench.callOf("kiosk --screen-map screen-map.json" + where, who));
    CHECK(waitForScreen(bench, kiosk, "out-of-service") == "out-of-service");
    checkCall(bench, "status --data data", 0, who);
    // The parts are as the kiosk found them: none is plugged in here.
    checkCall(bench, "check" + where, 1, who);
    kiosk.send(SIGTERM);
    const Said said = kiosk.waitForEnd();
    CAPTURE(said.wrong);
    CHECK(said.code == 0);
    files::remove(bench.screenMap());
}

// Nothing was told to an older system; the books of this one have no such line.
void playBranch(const CommandBench& bench, Who who) {
    checkCall(bench, "branch list --data data", 0, who);
    checkCall(bench, "branch show --message 1 --operator 1001" + where, 1, who);
}

void playStaff(const CommandBench& bench, Who who) {
    const std::string add = "staff add" + where + " 1003 --name Li --roles auditor";
    if (who != Who::self || ::geteuid() != 0) checkCall(bench, add, 1, who, pins);
    if (::geteuid() != 0) return;
    checkCall(bench, add, 0, Who::self, pins);
    checkCall(bench, "staff unlock" + where + " 1003", 0, Who::self);
    checkCall(bench, "staff reset-pin" + where + " 1003", 0, Who::self, pins);
    checkCall(bench, "staff list --data data", 0, who);
    checkCall(bench, "staff audit --data data", 0, who);
}

// The witness reads what the machine wrote; nothing of it was kept outside yet.
void playAudit(const CommandBench& bench, Who who) {
    // Provisioning has handed it out where it came first.
    const bool isMade = files::exists(bench.data() / "audit.key");
    checkCall(bench, "audit key data/first-key.txt" + where, isMade ? 1 : 0, who);
    checkCall(bench, "audit key data/second-key.txt" + where, 1, who);
    checkCall(bench, "audit export data/record.txt --data data", 0, who);
}

void playBackup(const CommandBench& bench, Who who) {
    checkCall(bench, "backup box.backup" + where, 0, who, passphraseTwice);
    CHECK(files::file_size(bench.folder() / "box.backup") > 10'000);
    checkCall(bench, "backup box.backup" + where, 1, who, "short\nshort\n");
    checkCall(bench, "backup" + where, 2, who);
}

void playRestore(const CommandBench& bench, Who who) {
    const std::string restore = "restore own.backup --config kiosk.toml --data ";
    checkCall(bench, restore + "restored", 1, who, passphraseTwice);
    checkCall(bench, "backup own.backup" + where, 0, who, passphraseTwice);
    checkCall(bench, restore + "data", 1, who, passphraseTwice);
    checkCall(bench, restore + "restored", 1, who, "another passphrase\n");
    checkCall(bench, restore + "restored", 0, who, passphraseTwice);
    checkCall(bench, "stock show --data restored", 0, who);
    files::remove_all(bench.folder() / "restored");
    files::remove(bench.folder() / "own.backup");
}

// No kiosk runs.
void playStatus(const CommandBench& bench, Who who) {
    checkCall(bench, "status --data data", 1, who);
    checkCall(bench, "status --json --metrics --data data", 2, who);
}

void playBundle(const CommandBench& bench, Who who) {
    checkCall(bench, "support-bundle out.tar" + where, 0, who);
    const files::path tar = bench.folder() / "out.tar";
    CHECK(callProgram({{"/bin/tar", "tf", tar.string()}, "/", {}, {}, {}})
              .out.find("liqu-support/books.txt\n") != std::string::npos);
}

void playStock(const CommandBench& bench, Who who) {
    checkCall(bench, "stock show --data data", 0, who);
    checkCall(bench, "stock --help", 0, who);
    checkCall(bench, "stock undo --reason r --session 7" + byTwo, 1, who);
}

void playDay(const CommandBench& bench, Who who) {
    checkCall(bench, "day show --data data", 0, who);
    checkCall(bench, "day history --data data", 0, who);
    checkCall(bench, "day report" + where, 1, who);
    checkCall(bench, "day freeze --help", 0, who);
}

void playJournal(const CommandBench& bench, Who who) {
    checkCall(bench, "journal --data data --day 20240601", 0, who);
    checkCall(bench, "journal --data data --number A00000003", 1, who);
    checkCall(bench, "journal --data data --day yesterday", 2, who);
}

void playArchive(const CommandBench& bench, Who who) {
    checkCall(bench, "archive --help", 0, who);
    checkCall(bench, "archive --month 2024 --out . --operator 1001" + where, 2, who);
    // A month that is not over.
    checkCall(bench, "archive --month 209901 --out . --operator 1001" + where, 1, who);
}

// Without books too; what it does not know it says.
void playForm(const CommandBench& bench, Who who) {
    const std::string forms = "slip --forms ../kiosk-config/forms --form ";
    checkCall(bench, forms + "loss-temporary --out form.pdf", 0, who);
    CHECK(files::file_size(bench.folder() / "form.pdf") > 1000);
    files::remove(bench.folder() / "form.pdf");
    checkCall(bench, forms + "pickup --region ../kiosk-config/regions/guangdong --out form.pdf", 0,
              who);
    checkCall(bench, forms + "tax --out form.pdf", 1, who);
    checkCall(bench, "slip --forms . --form fee --out form.pdf", 1, who);
    checkCall(bench, forms + "fee", 2, who);
    files::remove(bench.folder() / "form.pdf");
}

// Without books; fonts lie beside the folder of the faces, or are named.
void playFace(const CommandBench& bench, Who who) {
    const std::string shipped = "../kiosk-config";
    const std::string layout = " --layout " + shipped + "/card-faces/third-generation.toml";
    checkCall(bench, "face" + layout + " --out face.png", 0, who);
    CHECK(files::file_size(bench.folder() / "face.png") > 1000);
    files::remove(bench.folder() / "face.png");
    const std::string ownLayout = " --layout card-face.toml --out face.png";
    checkCall(bench, "face" + ownLayout, 1, who);
    checkCall(bench, "face" + ownLayout + " --fonts " + shipped + "/fonts/fonts.conf", 0, who);
    checkCall(bench, "face" + layout + " --out face.png --back-out back.png", 1, who);
    checkCall(bench, "face --layout kiosk.toml --out face.png", 1, who);
    checkCall(bench, "face" + layout + " --out nowhere/face.png", 1, who);
    checkCall(bench, "face" + layout, 2, who);
    files::remove(bench.folder() / "face.png");
}

const std::map<std::string, Row>& commands() {
    static const std::map<std::string, Row> rows = {
        // There are books already: nothing is made a second time.
        {"liqu init",
         [](const CommandBench& bench, Who who) { checkCall(bench, "init" + where, 1, who); }},
        {"liqu kiosk", playKiosk},
        // No device is plugged in here, and no province answers.
        {"liqu check",
         [](const CommandBench& bench, Who who) { checkCall(bench, "check" + where, 1, who); }},
        // Nobody is a supervisor, and nobody sits there to be asked.
        {"liqu provision",
         [](const CommandBench& bench, Who who) { checkCall(bench, "provision" + where, 1, who); }},
        {"liqu backup", playBackup},
        {"liqu restore", playRestore},
        {"liqu status", playStatus},
        {"liqu support-bundle", playBundle},
        {"liqu check-config",
         [](const CommandBench& bench, Who who) {
             checkCall(bench, "check-config --config kiosk.toml", 0, who);
         }},
        {"liqu face", playFace},
        {"liqu slip", playForm},
        {"liqu devices",
         [](const CommandBench& bench, Who who) { checkCall(bench, "devices", 0, who); }},
        {"liqu staff", playStaff},
        {"liqu audit", playAudit},
        {"liqu stock", playStock},
        {"liqu day", playDay},
        {"liqu journal", playJournal},
        {"liqu archive", playArchive},
        {"liqu queue",
         [](const CommandBench& bench, Who who) {
             checkCall(bench, "queue list --data data", 0, who);
             checkCall(bench, "queue resend --message 1 --operator 1001" + where, 1, who);
             checkCall(bench, "queue close --message 1 --reason r --evidence e" + byTwo, 1, who);
         }},
        {"liqu branch", playBranch},
        {"liqu making",
         [](const CommandBench& bench, Who who) {
             checkCall(bench, "making show --data data", 0, who);
             // Whether it needs a PIN depends on whether somebody was registered before.
             checkCall(bench, "making resume --help", 0, who);
         }},
        // These books are the newest there are.
        {"liqu books renew",
         [](const CommandBench& bench, Who who) {
             checkCall(bench, "books renew --reason r" + byTwo, 1, who);
         }},
        {"liqu order list", [](const CommandBench& bench,
                               Who who) { checkCall(bench, "order list" + where, 0, who); }},
        {"liqu order settle",
         [](const CommandBench& bench, Who who) {
             checkCall(bench, "order settle O-1 --face complete --by 1001 --and 1002" + where, 1,
                       who);
         }},
    };
    return rows;
}

// Which row a line of README is of: the longest that begins it.
std::string rowOf(const std::string& line) {
    std::string best;
    for (const auto& [name, row] : commands()) {
        const bool begins = line == name || line.starts_with(name + " ");
        if (begins && name.size() > best.size()) best = name;
    }
    return best;
}

std::string readmeText(const char* name) {
    return textOf(readWholeFile(tree / name).value());
}

// `liqu …` between backticks, and the lines of the blocks.
std::set<std::string> linesOf(const std::string& readme, const std::string& program) {
    std::set<std::string> found;
    const auto all = [&](const std::string& pattern) {
        const std::regex words(pattern);
        for (std::sregex_iterator it(readme.begin(), readme.end(), words), end; it != end; ++it) {
            std::string line = (*it)[1].str();
            line.erase(std::min(line.find(" #"), line.size()));
            line.erase(line.find_last_not_of(' ') + 1);
            found.insert(line);
        }
    };
    all("`(" + program + "[^`\n]*)`");
    all("(?:^|\n)(" + program + "[^\n]*)");
    return found;
}

}  // namespace

TEST_CASE("every command README names has a row, and every row is named there") {
    for (const char* name : {"README.md", "README.zh-CN.md"}) {
        CAPTURE(name);
        std::set<std::string> named;
        for (const std::string& line : linesOf(readmeText(name), "liqu ")) {
            CAPTURE(line);
            CHECK_FALSE(rowOf(line).empty());
            named.insert(rowOf(line));
        }
        for (const auto& [row, play] : commands()) {
            CAPTURE(row);
            CHECK(named.contains(row));
        }
    }
}

TEST_CASE("the commands of README, forwards and backwards, by root and by the kiosk's own user") {
    const auto display = PrivateDisplay::start(540, 960).value();
    std::vector<std::string> order;
    for (const auto& [name, row] : commands()) order.push_back(name);
    for (const bool backwards : {false, true}) {
        if (backwards) std::ranges::reverse(order);
        for (const Who who : {Who::self, Who::nobody}) {
            if (who == Who::nobody && ::geteuid() != 0) continue;
            CommandBench bench;
            bench.setUp(who);
            bench.environment = {"DISPLAY=" + display->name()};
            for (const std::string& name : order) {
                CAPTURE(name);
                commands().at(name)(bench, who);
            }
        }
    }
}

TEST_CASE("every script README names is there, and says what it does without doing it") {
    std::set<std::string> checked;
    for (const char* name : {"README.md", "README.zh-CN.md"}) {
        for (const std::string& line : linesOf(readmeText(name), "scripts/")) {
            std::istringstream words(line);
            std::string script;
            words >> script;
            CAPTURE(line);
            if (!checked.insert(script).second) continue;
            REQUIRE(::access((tree / script).c_str(), X_OK) == 0);
            const Said help = callProgram({{(tree / script).string(), "--help"}, tree, {}, {}, {}});
            CAPTURE(help.wrong);
            CHECK(help.code == 0);
            CHECK(help.out.find(files::path(script).filename().string()) != std::string::npos);
        }
    }
    CHECK(checked.size() >= 5);
}

TEST_CASE("without sudo a script says what to call as root") {
    // Whoever is not root, on a machine whose PATH has no sudo.
    const CommandBench bench;
    files::create_directory(bench.folder() / "bin");
    for (const char* name : {"id", "dirname"}) {
        files::create_symlink(files::path("/usr/bin") / name, bench.folder() / "bin" / name);
    }
    files::copy_file(tree / "scripts/common.sh", bench.folder() / "common.sh");
    const Said said = callProgram({{"/bin/bash", "-c", ". ./common.sh; as_root apt-get update"},
                                   bench.folder(),
                                   ::geteuid() == 0 ? Who::nobody : Who::self,
                                   {},
                                   {"PATH=" + (bench.folder() / "bin").string()}});
    CHECK(said.code == 1);
    CHECK(said.wrong.find("Call as root: apt-get update") != std::string::npos);
}

TEST_CASE("every option a script is called with in README is in its help or is refused") {
    for (const std::string& line : linesOf(readmeText("README.md"), "scripts/")) {
        const std::regex option("--[a-z-]+");
        std::istringstream words(line);
        std::string script;
        words >> script;
        const std::string text = textOf(readWholeFile(tree / script).value());
        const Said help = callProgram({{(tree / script).string(), "--help"}, tree, {}, {}, {}});
        for (std::sregex_iterator it(line.begin(), line.end(), option), end; it != end; ++it) {
            CAPTURE(line);
            const std::string name = it->str();
            CHECK(
                (help.out.find(name) != std::string::npos || text.find(name) != std::string::npos));
        }
    }
}
