#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>

#include "firmware/base/config_file.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "tests/conformance/exam.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/province/pki.hpp"

namespace {

using namespace liqu;
using namespace liqu::conformance;

constexpr int notHeld = 3;

struct Options {
    std::string adapter;
    std::string server;
    std::string kiosk = "kiosk.toml";
    std::string persons;
    std::vector<std::string> parts;
};

constexpr const char* whyPersons =
    "This applies for cards, reports losses and makes a card there: it is for a test system.\n"
    "--test-persons FILE names persons who were made up for it and the one server where they\n"
    "live (docs/province-adapter.md, \"What fits in a day\"). Nothing was sent.\n";

// The machine as its own files say; the server is the one that was named.
Result<SubjectFiles> filesOf(const Options& options) {
    const auto config = TRY(policy::loadKioskConfig(options.kiosk));
    const ConfigFile region = TRY(ConfigFile::read(config.region));
    SubjectFiles files;
    files.server = options.server;
    files.authority = config.province.caCertificate;
    files.certificate = config.province.clientCertificate;
    files.key = config.province.clientKey;
    files.signingKey = config.province.signingKey;
    files.verificationKey = config.province.verificationKey;
    files.table = config.province.table;
    files.account = config.province.account;
    files.patience = config.province.patience;
    files.terminal = {config.terminal, TRY(region.text("regionCode")), config.outlet,
                      TRY(region.text("policyId"))};
    for (const policy::LaneConfig& lane : config.lanes) files.makers[lane.bank] = lane.vendor;
    return files;
}

// How it ended; an error where nothing could be asked.
Result<int> examine(const Options& options) {
    const TestPersons persons = TRY(loadTestPersons(options.persons, options.server));
    SubjectFiles files = TRY(filesOf(options));
    const test::Scratch scratch;
    files.folder = scratch.folder();
    const world::Pki strangers =
        TRY(world::Pki::generate(scratch.folder() / "strangers", files.terminal.terminalId));
    const DoorFiles door{files.server, files.authority,      files.certificate,
                         files.key,    strangers.terminal(), strangers.terminalKey()};
    std::set<Part> parts;
    for (const std::string& part : options.parts) parts.insert(*named<Part>(part));
    if (parts.empty()) parts = {wordTable<Part>.values().begin(), wordTable<Part>.values().end()};
    SystemClock clock;
    SystemRandom random;
    const auto subject = TRY(openSubject(options.adapter, files, clock, random));
    Report report([](const std::string& line) {
        fmt::print("{}\n", line);
        std::fflush(stdout);
    });
    const Owed owed = TRY(Owed::load(LIQU_SOURCE_DIR "/firmware/province/openapi.json"));
    Exam({*subject, persons, door, owed, files.patience.change}, report).run(parts);
    fmt::print("{}\n", report.lastLine());
    return report.holds() ? 0 : notHeld;
}

int run(int argc, char** argv) {
    Options options;
    std::vector<std::string> parts;
    for (const std::string_view part : wordTable<Part>.texts()) parts.emplace_back(part);
    CLI::App app("Says message by message what a province's system holds of the contract");
    app.add_option("--adapter", options.adapter, "which adapter speaks to it")
        ->required()
        ->check(CLI::IsMember(subjectNames()));
    app.add_option("--server", options.server, "https://gateway.example:8443")->required();
    app.add_option("--kiosk", options.kiosk, "kiosk.toml of the machine that asks");
    app.add_option("--test-persons", options.persons, "the made-up persons of that server");
    app.add_option("--part", options.parts, "only this part; may stand several times")
        ->check(CLI::IsMember(parts));
    CLI11_PARSE(app, argc, argv);
    if (options.persons.empty()) {
        fmt::print(stderr, "{}", whyPersons);
        return 2;
    }
    const auto ended = examine(options);
    if (ended) return *ended;
    fmt::print(stderr, "conformance: {}\n", describe(ended.error()));
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "conformance: {}\n", error.what());
        return 1;
    }
}
