// Where the program is started, by whom and under which names its files lie must not matter; what
// it makes is its owner's alone.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <signal.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"
#include "tests/window/commands/command_bench.hpp"

using namespace liqu;
using namespace liqu::test;

namespace {

namespace files = std::filesystem;

// Root calls as both; anybody else only as who they are.
std::vector<Who> everybody() {
    if (::geteuid() == 0) return {Who::self, Who::nobody};
    return {Who::self};
}

void checkModes(const files::path& folder) {
    for (const auto& entry : files::recursive_directory_iterator(folder)) {
        struct stat status {};
        REQUIRE(::lstat(entry.path().c_str(), &status) == 0);
        CHECK_MESSAGE((status.st_mode & 077) == 0,
                      entry.path().string() << " has mode " << fmt::format("{:o}", status.st_mode));
    }
}

// In service or out of it: the window is there, and the words are the machine's own.
Said playKiosk(const CommandBench& bench, const Call& call, int signal) {
    RunningProgram kiosk(call);
    const std::string screen = waitForScreen(bench, kiosk, "out-of-service");
    const Said early = screen.empty() ? kiosk.waitForEnd() : Said{};
    CAPTURE(early.wrong);
    CHECK(screen == "out-of-service");
    kiosk.send(signal);
    return kiosk.waitForEnd();
}

// The first word of each line that waits for somebody.
std::vector<std::string> placesToCount(const std::string& shown) {
    std::vector<std::string> places;
    std::istringstream lines(shown);
    for (std::string line; std::getline(lines, line);) {
        const bool waits = line.find("to be counted") != std::string::npos ||
                           line.find("a second person must count") != std::string::npos;
        if (waits) places.push_back(line.substr(0, line.find(' ')));
    }
    return places;
}

}  // namespace

TEST_CASE("relative, absolute, with spaces, without HOME, by root and by the kiosk's own user") {
    const auto display = PrivateDisplay::start(540, 960).value();
    for (const char* name : {"machine", "a machine, with spaces %20 & more"}) {
        for (const Who who : everybody()) {
            for (const char* config : {"kiosk.toml", "./kiosk.toml", "pki/../kiosk.toml"}) {
                CAPTURE(name);
                CAPTURE(config);
                CAPTURE(static_cast<int>(who));
                CommandBench bench(name);
                files::create_directory(bench.folder() / "pki");
                bench.setUp(who);
                bench.environment = {"DISPLAY=" + display->name()};
                const std::string where = fmt::format(" --config {} --data data", config);
                const Said right = bench.call(fmt::format("check-config --config {}", config), who);
                CAPTURE(right.wrong);
                CHECK(right.code == 0);
                const Said check = bench.call("check" + where, who);
                CAPTURE(check.out);
                CHECK(check.code == 1);
                CHECK(check.out.find("config       ok") != std::string::npos);
                CHECK(check.out.find("storage      ok") != std::string::npos);
                // As they were made: the next command closes what it finds open.
                checkModes(bench.data());
                CHECK(bench.call("order list" + where, who).code == 0);
                const Said kiosk = playKiosk(
                    bench, bench.callOf("kiosk --screen-map screen-map.json" + where, who),
                    SIGTERM);
                CAPTURE(kiosk.wrong);
                CHECK(kiosk.code == 0);
                checkModes(bench.data());
            }
        }
    }
}

TEST_CASE("a report goes to a name alone, too") {
    CommandBench bench;
    bench.setUp();
    const std::string both = " --config kiosk.toml --data data --operator 1 --second-operator 2";
    CHECK(bench.call("stock load" + both + " --lane 1 --first A00000003 --last A00000003").code ==
          0);
    CHECK(bench.call("day freeze" + both).code == 0);
    for (const char* person : {"1", "2"}) {
        for (const std::string& place : placesToCount(bench.call("day show --data data").out)) {
            const bool loaded = place == "hopper-1";
            const Said said = bench.call(fmt::format(
                "day count --config kiosk.toml --data data --operator {} --place {} --count {}",
                person, place, loaded ? "1 --number A00000003" : "0"));
            CAPTURE(said.wrong);
            CHECK(said.code == 0);
        }
    }
    CHECK(bench.call("day close" + both).code == 0);
    const Said said =
        bench.call("day report --config kiosk.toml --data data --pdf report.pdf --csv report.csv");
    CAPTURE(said.wrong);
    CHECK(said.code == 0);
    CHECK(files::file_size(bench.folder() / "report.pdf") > 1000);
    CHECK(files::file_size(bench.folder() / "report.csv") > 100);
    CHECK(bench.call("journal --data data --salvage rescue").code == 0);
    CHECK(files::exists(bench.folder() / "rescue/moves.csv"));
    checkModes(bench.folder() / "rescue");
    checkModes(bench.data());
}

TEST_CASE("whatever asks the kiosk to end, it ends in order; a lost reader does not end it") {
    const auto display = PrivateDisplay::start(540, 960).value();
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) {
        CAPTURE(signal);
        CommandBench bench;
        bench.setUp();
        bench.environment = {"DISPLAY=" + display->name()};
        RunningProgram kiosk(
            bench.callOf("kiosk --config kiosk.toml --data data --screen-map screen-map.json"));
        CHECK(waitForScreen(bench, kiosk, "out-of-service") == "out-of-service");
        // Nothing of its memory is ever written to a disk.
        const std::string limits = PlainFile::open(fmt::format("/proc/{}/limits", kiosk.pid()))
                                       .value()
                                       .read(1U << 16)
                                       .value();
        CHECK(limits.find("Max core file size        0                    0") != std::string::npos);
        kiosk.send(SIGPIPE);
        kiosk.send(signal);
        const Said said = kiosk.waitForEnd();
        CHECK(said.code == 0);
        CHECK(said.wrong.find("liqu ends in order") != std::string::npos);
    }
}

TEST_CASE("what an earlier version left open to others is closed to them") {
    CommandBench bench;
    bench.setUp();
    CHECK(bench.call("order list --config kiosk.toml --data data").code == 0);
    REQUIRE(::chmod((bench.data() / "kiosk.db").c_str(), 0644) == 0);
    files::create_directory(bench.data() / "logs");
    REQUIRE(::chmod((bench.data() / "logs").c_str(), 0755) == 0);
    CHECK(bench.call("order list --config kiosk.toml --data data").code == 0);
    checkModes(bench.data());
}

TEST_CASE("who may not use the books is told whose they are, and not that they are damaged") {
    if (::geteuid() != 0) return;
    CommandBench bench;
    bench.setUp();
    CHECK(bench.call("order list --config kiosk.toml --data data").code == 0);
    REQUIRE(::chmod(bench.data().c_str(), 0755) == 0);
    REQUIRE(::chmod((bench.data() / "kiosk.db").c_str(), 0644) == 0);
    for (const char* words :
         {"stock show --data data", "day show --data data", "staff list --data data",
          "staff audit --data data", "journal --data data"}) {
        CAPTURE(words);
        const Said said = bench.call(words, Who::nobody);
        CHECK(said.code == 1);
        CAPTURE(said.wrong);
        CHECK(said.wrong.find("50110 fileNotReadable") != std::string::npos);
        CHECK(said.wrong.find("belongs to the user root") != std::string::npos);
        CHECK(said.wrong.find("amage") == std::string::npos);
    }
}
