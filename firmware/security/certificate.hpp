// What a certificate says, as far as one can tell without a partner: X.509 in PEM. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::security {

struct Certificate {
    std::string commonName;
    WallTime from;
    WallTime to;
};

// keyMissing where there is no certificate in the file.
Result<Certificate> readCertificate(const std::filesystem::path& file);
// keyMissing where the key in `key` is another one's; fileNotReadable where others may read it.
Result<void> checkKeyOfCertificate(const std::filesystem::path& certificate,
                                   const std::filesystem::path& key);

}  // namespace liqu::security
