// `liqu init`: the one command that makes books and a seal key.
#include <cstdio>
#include <sys/stat.h>

#include "program/books.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"

namespace liqu::program {
namespace {

// Whoever owns the folder runs the kiosk; one that root made opens it to nobody else.
std::string givingAway(const std::filesystem::path& data) {
    struct stat status {};
    if (::stat(data.c_str(), &status) != 0 || status.st_uid != 0) return "";
    return "  chown -R USER: " + data.string() + "   (the user the kiosk runs as)\n";
}

}  // namespace

int runInit(const CommonOptions& options) {
    const auto files = readConfiguration(options.config);
    if (!files) return say(files.error());
    SystemRandom random;
    const auto keyId = makeBooks(options.data, files->kiosk, random);
    if (!keyId) return say(keyId.error());
    const std::string where =
        " --config " + options.config.string() + " --data " + options.data.string();
    std::printf(
        "the books of terminal %s are made in %s, sealed with key %s\n"
        "keep a copy of %s where only its owner reads it: no other key opens these books\n"
        "next:\n"
        "%s"
        "  liqu check%s\n"
        "  liqu staff add NUMBER --name NAME --roles supervisor%s   (as root; likewise the "
        "attendants,\n"
        "    who vouch for holders)\n"
        "  liqu stock load --help\n"
        "  liqu kiosk%s\n",
        files->kiosk.terminal.c_str(), options.data.c_str(), keyId->c_str(),
        sealKeyIn(options.data).c_str(), givingAway(options.data).c_str(), where.c_str(),
        where.c_str(), where.c_str());
    return 0;
}

}  // namespace liqu::program
