// The box's number, outlet and lanes in kiosk.toml.
#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/storage/books_identity.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"
#include "program/keeping.hpp"
#include "program/provision.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;

// Who made books has a number: another one is another machine.
Result<void> fitsBooks(const files::path& data, const policy::KioskConfig& config) {
    std::error_code ignored;
    if (!files::exists(databaseIn(data), ignored)) return {};
    const auto books = TRY(openForReading(data));
    return requireTerminal(*books, config);
}

// With the owner and rights it had: whoever read it reads it.
Result<void> replaceKeepingRights(const files::path& draft, const files::path& path) {
    struct stat status {};
    const Descriptor file(::open(draft.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    const bool kept =
        file.isOpen() && ::stat(path.c_str(), &status) == 0 &&
        (::geteuid() != 0 || ::fchown(file.number(), status.st_uid, status.st_gid) == 0) &&
        ::fchmod(file.number(), status.st_mode & 07777) == 0;
    std::error_code error;
    if (kept) files::rename(draft, path, error);
    if (kept && !error) return {};
    return fail(ErrorCode::fileNotWritable, path.string() + ": could not be replaced");
}

bool hasLanes(const policy::KioskConfig& config, const std::vector<BoxLane>& lanes) {
    return std::ranges::equal(config.lanes, lanes,
                              [](const policy::LaneConfig& one, const BoxLane& other) {
                                  return one.bank == other.bank && one.vendor == other.vendor;
                              });
}

std::string describe(const policy::KioskConfig& config) {
    std::string words = "terminal " + config.terminal + ", outlet " + config.outlet;
    for (const policy::LaneConfig& lane : config.lanes) {
        words += ", lane " + std::to_string(lane.number) + " of bank " + lane.bank + " and maker " +
                 lane.vendor;
    }
    return words;
}

}  // namespace

Result<StepDone> setUpConfig(const ProvisionOptions& options, const BoxFile& box) {
    const policy::KioskConfig before = TRY(loadConfigWithoutKeys(options.config));
    const std::string text = textOf(TRY(readWholeFile(options.config)));
    BoxFile missing = box;
    // Lanes that are right keep their own card faces.
    if (hasLanes(before, box.lanes)) missing.lanes.clear();
    const std::string wanted = withBox(text, missing);
    StepDone done{describe(before), "", ""};
    // A last line without its end is no difference.
    if (wanted == text || wanted == text + "\n") {
        TRY(fitsBooks(options.data, before));
        return done;
    }
    const files::path draft = options.config.string() + ".new";
    TRY(writeWholeFile(draft, bytesOf(wanted)));
    const auto put = [&]() -> Result<policy::KioskConfig> {
        auto config = TRY(loadConfigWithoutKeys(draft));
        const bool taken = (box.terminal.empty() || config.terminal == box.terminal) &&
                           (box.outlet.empty() || config.outlet == box.outlet) &&
                           (box.lanes.empty() || hasLanes(config, box.lanes));
        if (!taken) {
            return fail(ErrorCode::configBadValue,
                        options.config.filename().string() +
                            ": terminal, outlet and lanes must each stand in a line of their own");
        }
        TRY(fitsBooks(options.data, config));
        TRY(replaceKeepingRights(draft, options.config));
        return config;
    }();
    std::error_code ignored;
    files::remove(draft, ignored);
    if (!put) return fail(put.error());
    done.did = "wrote " + describe(*put);
    return done;
}

}  // namespace liqu::program
