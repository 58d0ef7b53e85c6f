// liqu-witness: whether an audit record is the one that was witnessed. Runs anywhere but on the
// machine it judges; opens the files it is given and nothing else.
//
// Exit codes: 0 the record passes through every checkpoint, 1 a line is wrong, 2 the call or a file
// was wrong and nothing is known.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "firmware/security/key_file.hpp"
#include "program/witness/witness.hpp"

namespace liqu::witness {
namespace {

constexpr int wrongLine = 1;
constexpr int nothingKnown = 2;

struct Options {
    std::string record;
    std::vector<std::string> checkpoints;
    std::vector<std::string> keys;
};

int refuse(const std::string& file, const Error& error) {
    std::fprintf(stderr, "liqu-witness: %s: %s\n", file.c_str(), error.cause.c_str());
    return nothingKnown;
}

int refuse(const std::string& file, const char* why) {
    std::fprintf(stderr, "liqu-witness: %s: %s\n", file.c_str(), why);
    return nothingKnown;
}

int tell(const Verdict& verdict) {
    std::printf("lines=%lld witnessed=%lld unwitnessed=%lld\n",
                static_cast<long long>(verdict.lines), static_cast<long long>(verdict.witnessed),
                static_cast<long long>(verdict.unwitnessed));
    if (!verdict.wrong) return 0;
    const WrongLine& wrong = *verdict.wrong;
    std::printf("first wrong line %lld (up to %lld it is as witnessed): %s\n",
                static_cast<long long>(wrong.line), static_cast<long long>(wrong.notBefore - 1),
                wrong.why.c_str());
    return wrongLine;
}

int judge(const Options& options) {
    std::ifstream file(options.record, std::ios::binary);
    if (!file) return refuse(options.record, "cannot be read");
    const auto record = readRecord(file);
    if (!record) return refuse(options.record, record.error());
    std::vector<staff::Checkpoint> checkpoints;
    for (const std::string& name : options.checkpoints) {
        std::ifstream kept(name, std::ios::binary);
        if (!kept) return refuse(name, "cannot be read");
        const auto some = readCheckpoints(kept);
        if (!some) return refuse(name, some.error());
        checkpoints.insert(checkpoints.end(), some->begin(), some->end());
    }
    std::vector<FirstKey> keys;
    for (const std::string& name : options.keys) {
        const auto text = security::readSecretFile(name);
        if (!text) return refuse(name, text.error());
        auto first = readFirstKey(text->reveal());
        if (!first) return refuse(name, first.error());
        keys.push_back(std::move(*first));
    }
    const auto verdict = verify(*record, std::move(checkpoints), std::move(keys));
    if (!verdict) return refuse(options.record, verdict.error());
    return tell(*verdict);
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app("Whether an audit record is the one that was witnessed.", "liqu-witness");
    app.add_option("record", options.record, "what liqu audit export wrote")->required();
    app.add_option("--checkpoints", options.checkpoints,
                   "what was kept outside of the machine, one a line: from the province, or as the "
                   "QR codes of the days' slips read; several files are one")
        ->required();
    app.add_option("--key", options.keys,
                   "a first key, as liqu audit key handed it out: the macs are compared too");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : nothingKnown;
    }
    return judge(options);
}

}  // namespace
}  // namespace liqu::witness

int main(int argc, char** argv) {
    try {
        return liqu::witness::run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "liqu-witness: %s\n", error.what());
        return liqu::witness::nothingKnown;
    }
}
