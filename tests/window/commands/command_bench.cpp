#include "tests/window/commands/command_bench.hpp"

#include <doctest/doctest.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/assert.hpp"
#include "firmware/base/clock.hpp"
#include "tests/world/robot/screen_sight.hpp"

namespace liqu::test {
namespace {

namespace files = std::filesystem;

constexpr Duration longest = std::chrono::seconds(60);
constexpr Duration rhythm = std::chrono::milliseconds(20);
constexpr uid_t nobody = 65534;

}  // namespace

CommandBench::CommandBench(const std::string& name) : folder_(scratch_.folder() / name) {
    // Whoever calls the program must come by, and read what is not secret.
    ::umask(022);
    ::chmod(scratch_.folder().c_str(), 0755);
    files::copy_file(LIQU_KIOSK_PROGRAM, program());
    files::copy(LIQU_SOURCE_DIR "/kiosk-config", scratch_.folder() / "kiosk-config",
                files::copy_options::recursive);
    world::KioskSettings settings;
    settings.configDir = scratch_.folder() / "kiosk-config";
    settings.provinceUrl = "https://127.0.0.1:1";
    settings.chipReader = "Station";
    settings.pki = world::Pki::generate(scratch_.folder() / "pki", world::terminalId).value();
    files::create_directory(folder_);
    LIQU_ASSERT(world::writeKioskFolder(folder_, settings).has_value());
    // The folder of the data is made by whoever sets the machine up.
    files::remove_all(data());
}

void CommandBench::giveTo(Who who) const {
    if (who == Who::self) return;
    for (const files::path& top : {folder_, scratch_.folder() / "pki"}) {
        LIQU_ASSERT(::chown(top.c_str(), nobody, nobody) == 0);
        for (const auto& entry : files::recursive_directory_iterator(top)) {
            LIQU_ASSERT(::lchown(entry.path().c_str(), nobody, nobody) == 0);
        }
    }
}

Call CommandBench::callOf(const std::string& words, Who who) const {
    Call call{{program().string()}, folder_, who, {}, environment};
    std::istringstream stream(words);
    for (std::string word; stream >> word;) call.words.push_back(word);
    return call;
}

Said CommandBench::call(const std::string& words, Who who, const std::string& typed) const {
    Call call = callOf(words, who);
    call.typed = typed;
    return callProgram(call);
}

void CommandBench::setUp(Who who) const {
    giveTo(who);
    const Said said = call("init --config kiosk.toml --data data", who);
    CAPTURE(said.wrong);
    REQUIRE(said.code == 0);
}

std::string waitForScreen(const CommandBench& bench, RunningProgram& kiosk,
                          const std::string& wanted) {
    SystemClock clock;
    const Instant until = clock.now() + longest;
    std::string name;
    while (clock.now() < until && kiosk.isRunning()) {
        if (const auto screen = world::readScreenMap(bench.screenMap())) name = screen->name;
        if (name == wanted) return name;
        clock.sleepFor(rhythm);
    }
    return name;
}

}  // namespace liqu::test
