// Everything that is wrong with the files of a machine, at one look: kiosk.toml, what it names, and
// what they say of each other. Devices, database and network are not asked (`liqu check` does).
#pragma once

#include <optional>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::program {

// Empty where everything is right. Sets FONTCONFIG_FILE: before other threads. Without `now` nobody
// asks whether the machine's certificate is in its time: checkOwnCertificate does, with the books.
Faults faultsOfConfiguration(const std::filesystem::path& kioskToml, std::optional<WallTime> now);

// clockNotTrusted where the machine's certificate is out of its time and the books, if there are
// any, do not speak for the clock; provinceCertificateWrong where they do.
Result<void> checkOwnCertificate(const policy::ProvinceConfig& config, storage::Database* books,
                                 WallTime now);

}  // namespace liqu::program
