// `liqu support-bundle`: what whoever helps from afar needs, in one tar file, and nothing of a
// person: figures of the books, the state, the faults of the configuration, the log. No key, no
// database, no report and no picture is in it. By the house's rule no log has personal data; here
// whatever looks like some is taken out once more.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/result.hpp"
#include "program/commands.hpp"

namespace liqu::program {

struct BundleOptions : CommonOptions {
    std::filesystem::path file;
};
int runSupportBundle(const BundleOptions& options);

// Without words that have a number as long as a telephone's, a citizen's or a bank card's, without
// long words and long hex (digests among them), and without anything that is not plain ASCII: names
// are Chinese.
std::string withoutPersonalData(std::string_view text);

// One file of a tar archive (POSIX ustar), its content padded; a name of at most 100 letters.
std::string tarEntry(std::string_view name, std::string_view content);
// What ends the archive.
std::string tarEnd();

}  // namespace liqu::program
