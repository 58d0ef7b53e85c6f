// Nothing was changed, added or taken away since the run ended.
#include <fstream>
#include <iterator>

#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/face_picture.hpp"

namespace liqu::judge {
namespace {

namespace files = std::filesystem;

Bytes bytesOf(const files::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::set<std::string> namesIn(const files::path& folder) {
    std::set<std::string> names;
    for (auto entry = files::recursive_directory_iterator(folder);
         entry != files::recursive_directory_iterator(); ++entry) {
        if (entry->path() == folder / "kiosk" / "data") {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file() && entry->path() != folder / "seal.sha256") {
            names.insert(files::relative(entry->path(), folder).string());
        }
    }
    return names;
}

}  // namespace

void checkSeal(Bench& bench) {
    std::set<std::string> sealed;
    std::string broken;
    std::ifstream seal(bench.evidence.folder / "seal.sha256");
    std::string digest, name;
    while (seal >> digest >> name) {
        sealed.insert(name);
        if (sha256Of(bytesOf(bench.evidence.folder / name)) != digest) broken += name + " ";
    }
    bench.expect(!sealed.empty() && broken.empty(), "the evidence is as the run left it", broken);
    bench.expect(sealed == namesIn(bench.evidence.folder), "no file was added or taken away");
}

}  // namespace liqu::judge
