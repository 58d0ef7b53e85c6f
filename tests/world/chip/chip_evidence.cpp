#include "tests/world/chip/chip_evidence.hpp"

#include <fstream>

namespace liqu::world {

Result<ChipStation::Log> openApduLog(const std::filesystem::path& path) {
    const auto file = std::make_shared<std::ofstream>(path, std::ios::trunc);
    if (!*file) return fail(ErrorCode::fileNotWritable, path.string());
    return [file](std::string_view line) { *file << line << std::endl; };
}

Result<void> writeChipJson(const std::filesystem::path& path,
                           const std::vector<std::shared_ptr<CardEngine>>& cards) {
    std::filesystem::path beside = path;
    beside += ".new";
    std::ofstream file(beside, std::ios::trunc);
    file << "{\"cards\": [\n";
    for (std::size_t index = 0; index < cards.size(); ++index) {
        file << cards[index]->json() << (index + 1 < cards.size() ? ",\n" : "\n");
    }
    file << "]}\n";
    file.close();
    std::error_code error;
    std::filesystem::rename(beside, path, error);
    if (!file || error) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

}  // namespace liqu::world
