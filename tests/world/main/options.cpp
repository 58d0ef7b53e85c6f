#include "tests/world/main/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "firmware/screen/screen.hpp"
#include "tests/world/fault_plan.hpp"
#include "tests/world/legacy_province/legacy_faults.hpp"
#include "tests/world/main/legacy_world.hpp"

namespace liqu::world {
namespace {

std::string footer() {
    std::string text = "Visits (--visit):\n";
    for (const VisitPlan* plan : visitPlans()) {
        text += fmt::format("  {:<18} {}\n", plan->name, plan->says);
    }
    text += "\nFaults (--fault; a place may follow, as in printer.jam@print):\n";
    std::string line = " ";
    for (const Fault fault : allFaults()) {
        if (line.size() + verbOf(fault).size() > 90) {
            text += line + "\n";
            line = " ";
        }
        line += " " + std::string(verbOf(fault));
    }
    text += line + "\n";
    text +=
        "\nExit code with --robot: 0 the card was made and every record agrees; 3 it was not\n"
        "made, or taken back, that ended as it may end, and every record agrees; 1 something\n"
        "disagrees, or a named fault did not happen; 2 the call was wrong; 4 the citizen left\n"
        "traces (--search-traces).\n"
        "\nExamples:\n"
        "  scripts/run\n"
        "  scripts/run --robot --out /tmp/visit --speed 5\n"
        "  scripts/run --robot --out /tmp/visit --visit y --fault printer.jam@print\n";
    return text;
}

// Every screen a kiosk may show between two visits or in one.
template <std::size_t... index>
std::vector<std::string> namesOf(std::index_sequence<index...>) {
    return {std::string(screen::nameOf(screen::ScreenContent(std::in_place_index<index>)))...};
}
std::vector<std::string> screenNames() {
    return namesOf(std::make_index_sequence<std::variant_size_v<screen::ScreenContent>>());
}

std::string checkFault(const std::string& verb) {
    FaultPlan plan;
    LegacyFaults legacy;
    const auto armed = isLegacyFault(verb) ? legacy.arm(verb) : plan.arm(verb);
    return armed ? std::string() : armed.error().cause;
}

// What the machine is set up from, and whose programs run.
void addPrograms(CLI::App& app, RunOptions& options) {
    app.add_option("--config-dir", options.configDir,
                   "A folder like kiosk-config: its kiosk.toml names region, card face, printer\n"
                   "and chip profile, words, fonts and theme")
        ->check([](const std::string& folder) {
            const auto file = std::filesystem::path(folder) / "kiosk.toml";
            return std::filesystem::exists(file) ? std::string() : "there is no " + file.string();
        });
    app.add_option(
        "--region", options.region,
        "Another region of that folder: simulator-apart for regions/simulator-apart.toml");
    app.add_option("--site", options.site, "Whose outlet it stands in")
        ->check(CLI::IsMember({"bank", "hrss", "authorised"}));
    app.add_option("--patience", options.patience,
                   "How many seconds the kiosk waits for a person (the region's: 60)")
        ->check(CLI::Range(10, 600));
    app.add_option("--legacy", options.legacyProvince,
                   "The kiosk speaks to an older province's SOAP system, over HTTPS; its books\n"
                   "in legacy-province.json. Its faults: legacy_province/legacy_faults.def")
        ->check(CLI::IsMember({"hn", "hb", "jl"}));
    app.add_option("--kiosk", options.kioskProgram, "The kiosk's program")->capture_default_str();
    app.add_option("--judge", options.judgeProgram, "The judge's program")->capture_default_str();
}

bool lacksLegacy(const RunOptions& options) {
    if (!options.legacyProvince.empty()) return false;
    const auto found = std::ranges::find_if(options.faults, isLegacyFault);
    if (found == options.faults.end()) return false;
    fmt::print(stderr, "liqu-world: {} needs --legacy\n", *found);
    return true;
}

// What else happens in a run.
void addCourse(CLI::App& app, RunOptions& options) {
    app.add_option("--stop-at", options.stopAt,
                   "With --robot: at this screen, once a card has left the hopper, the kiosk gets\n"
                   "SIGTERM and is started again")
        ->check(CLI::IsMember(screenNames()));
    app.add_flag(
        "--search-traces", options.searchTraces,
        "With --robot: one second after the visit search the kiosk's files and memory for\n"
        "the citizen's data and list what is found; exit code 4 where there is any");
    app.add_option(
           "--people", options.people,
           "So many people come one after the other, and each has a first card made; robot\n"
           "staff load the next box when the hopper is empty")
        ->check(CLI::Range(1, 1000))
        ->excludes("--robot");
}

}  // namespace

std::optional<int> readOptions(int argc, char** argv, RunOptions& options) {
    CLI::App app(
        "The world around a Liqu kiosk, simulated on the wire, and the real kiosk in it: an\n"
        "identity card reader and a card printer on USB, the chip of the card behind a smart card\n"
        "service, the province behind HTTPS. Without --robot a person at the window plays the\n"
        "citizen; nothing leaves this computer.");
    app.footer(footer());
    app.add_flag("--robot", options.robot, "A robot plays the citizen and a judge checks the run");
    app.add_option("--out", options.out, "Folder for the evidence of the run (new or empty)");
    std::string visit = "prc";
    app.add_option("--visit", visit, "Who comes, and for what (see below)")
        ->capture_default_str()
        ->check([](const std::string& name) {
            return visitNamed(name) == nullptr ? "no such visit: " + name : std::string();
        });
    app.add_option("--seed", options.seed, "Another seed, other cards and pauses")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()))
        ->capture_default_str();
    app.add_option("--fault", options.faults, "Something goes wrong; may be given several times")
        ->check(checkFault);
    app.add_option("--language", options.language, "What the robot chooses")
        ->check(CLI::IsMember({"zh-CN", "en"}))
        ->capture_default_str();
    app.add_option("--speed", options.speed, "Mechanics, chip and robot this many times as fast")
        ->check(CLI::Range(0.1, 100.0))
        ->capture_default_str();
    app.add_option("--profile", options.profile, "Which printer's times")
        ->check(CLI::IsMember({"desktop225", "kiosk"}))
        ->capture_default_str();
    app.add_flag("--sound", options.sound,
                 "The robot asks for sound; what was said stands in transcript.jsonl");
    app.add_option("--voice-dies-at", options.voiceDiesAt,
                   "With --sound: at this screen the voice is killed")
        ->check(CLI::IsMember(screenNames()));
    app.add_flag("--landscape", options.landscape, "A window of 1920 x 1080");
    app.add_flag("--by-keys", options.byKeys, "The robot uses a keypad and touches nothing");
    addCourse(app, options);
    addPrograms(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.visit = visitNamed(visit);
    options.blanks = std::max(options.blanks, options.people);
    if (lacksLegacy(options)) return 2;
    if (options.robot && options.out.empty()) {
        fmt::print(stderr, "liqu-world: --robot needs --out DIR for the evidence\n");
        return 2;
    }
    return std::nullopt;
}

}  // namespace liqu::world
