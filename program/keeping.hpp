// `liqu backup` and `liqu restore`: what is kept, under which names, and how a passphrase is asked
// for. The archive itself is security/backup_archive.hpp.
#pragma once

#include <string>
#include <vector>

#include "firmware/policy/kiosk_config.hpp"
#include "program/commands.hpp"

namespace liqu::program {

struct KeepingOptions : CommonOptions {
    std::filesystem::path file;
    int passphraseFd = -1;  // none: it is typed on the standard input
};

// backup_command.cpp, restore_command.cpp
int runBackup(const KeepingOptions& options);
int runRestore(const KeepingOptions& options);

inline constexpr const char* manifestEntry = "manifest";
inline constexpr const char* booksEntry = "kiosk.db";

// A file beside the books that a backup keeps: a key, or what others may see.
struct KeptFile {
    enum class Kind : std::uint8_t { secret, open };
    std::string entry;
    std::filesystem::path path;
    Kind kind = Kind::secret;
};
// Those that the machine is set up with; the seal key first.
std::vector<KeptFile> keptFiles(const policy::KioskConfig& config,
                                const std::filesystem::path& data);

// kiosk.toml of a box whose key and certificate files may not be there yet: everything else in it
// must be right.
Result<policy::KioskConfig> loadConfigWithoutKeys(const std::filesystem::path& config);

// SM3 over kiosk.toml and the rules it names, in hex: whether a machine is set up as it was.
Result<std::string> configDigest(const std::filesystem::path& config,
                                 const std::filesystem::path& region);

enum class Asking : std::uint8_t { once, twice };
Result<SecretText> askPassphrase(const KeepingOptions& options, Asking asking);

}  // namespace liqu::program
