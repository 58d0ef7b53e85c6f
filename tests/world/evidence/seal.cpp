#include "tests/world/evidence/seal.hpp"

#include <fstream>
#include <iterator>
#include <set>

#include "tests/world/card_printer/panel_codec.hpp"

namespace liqu::world {

namespace files = std::filesystem;

Result<void> sealEvidence(const files::path& folder) {
    std::set<std::string> names;
    for (auto entry = files::recursive_directory_iterator(folder);
         entry != files::recursive_directory_iterator(); ++entry) {
        if (entry->path() == folder / "kiosk" / "data") {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file() && entry->path() != folder / "seal.sha256") {
            names.insert(files::relative(entry->path(), folder).string());
        }
    }
    std::ofstream seal(folder / "seal.sha256", std::ios::trunc);
    for (const std::string& name : names) {
        std::ifstream file(folder / name, std::ios::binary);
        const Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        seal << sha256Of(bytes) << "  " << name << "\n";
    }
    seal.close();
    if (!seal) return fail(ErrorCode::fileNotWritable, (folder / "seal.sha256").string());
    return {};
}

}  // namespace liqu::world
