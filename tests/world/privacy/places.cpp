#include "tests/world/privacy/places.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <unistd.h>

namespace liqu::world {
namespace {

namespace files = std::filesystem;

void look(const std::string& place, ByteView bytes, const TraceSearch& search,
          std::vector<PlaceFinding>& found) {
    auto findings = search.in(bytes);
    if (!findings.empty()) found.push_back({place, std::move(findings)});
}

struct Mapping {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool writable = false;
    std::string name;
};

Mapping mappingOf(const std::string& line) {
    std::istringstream words(line);
    Mapping mapping;
    char dash = 0;
    std::string rights, offset, device, inode;
    words >> std::hex >> mapping.begin >> dash >> mapping.end >> rights >> offset >> device >>
        inode >> mapping.name;
    mapping.writable = rights.find('w') != std::string::npos;
    return mapping;
}

// Pages that cannot be read (a device's) are left out.
Bytes readMapping(int memory, const Mapping& mapping) {
    Bytes bytes(mapping.end - mapping.begin);
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::pread(memory, bytes.data() + done, bytes.size() - done,
                                    static_cast<off_t>(mapping.begin + done));
        if (got <= 0) break;
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

}  // namespace

Result<std::vector<PlaceFinding>> searchFiles(const files::path& folder,
                                              const TraceSearch& search) {
    std::vector<PlaceFinding> found;
    std::error_code error;
    for (const auto& entry : files::recursive_directory_iterator(folder, error)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        if (!file) return fail(ErrorCode::fileNotReadable, entry.path().string());
        const std::string text(std::istreambuf_iterator<char>(file), {});
        look(entry.path().lexically_relative(folder).string(), bytesOf(text), search, found);
    }
    if (error) return fail(ErrorCode::fileNotReadable, folder.string() + ": " + error.message());
    return found;
}

Result<std::vector<PlaceFinding>> searchMemory(pid_t process, const TraceSearch& search) {
    const std::string folder = fmt::format("/proc/{}/", process);
    const int memory = ::open((folder + "mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (memory < 0) return fail(ErrorCode::fileNotReadable, folder + "mem");
    std::vector<PlaceFinding> found;
    std::size_t searched = 0;
    std::ifstream maps(folder + "maps");
    for (std::string line; std::getline(maps, line);) {
        const Mapping mapping = mappingOf(line);
        if (!mapping.writable) continue;
        const Bytes bytes = readMapping(memory, mapping);
        searched += bytes.size();
        const std::string name = mapping.name.empty() ? "nameless" : mapping.name;
        look(fmt::format("{} {:x}-{:x}", name, mapping.begin, mapping.end), bytes, search, found);
    }
    ::close(memory);
    if (searched == 0) return fail(ErrorCode::fileNotReadable, folder + "maps");
    return found;
}

std::string describe(const std::vector<PlaceFinding>& found) {
    std::string text;
    for (const PlaceFinding& place : found) {
        for (const Finding& finding : place.findings) {
            text += fmt::format("{} at {:#x}: {}\n", place.place, finding.offset, finding.trace);
        }
    }
    return text;
}

}  // namespace liqu::world
