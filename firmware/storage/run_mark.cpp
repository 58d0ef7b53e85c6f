#include "firmware/storage/run_mark.hpp"

#include "firmware/base/whole_file.hpp"

namespace liqu::storage {
namespace {

namespace files = std::filesystem;

files::path markOf(const files::path& database) {
    return database.string() + "-mark";
}

}  // namespace

bool endedUncleanly(const files::path& database) {
    std::error_code ignored;
    return files::exists(markOf(database), ignored);
}

Result<void> checkLog(const files::path& database) {
    std::error_code error;
    if (!files::exists(markOf(database), error)) return {};
    const auto size = files::file_size(database.string() + "-wal", error);
    if (!error && size > 0) return {};
    return fail(ErrorCode::storageDamaged,
                "the log " + database.filename().string() +
                    "-wal is lost, and with it what was written last; count every place, then "
                    "remove " +
                    markOf(database).filename().string());
}

Result<std::unique_ptr<RunMark>> RunMark::set(Database& database, const files::path& path) {
    // So that the log has content.
    auto transaction = TRY(Transaction::begin(database));
    TRY(transaction.run(
        "INSERT INTO meta VALUES('runs', 1) ON CONFLICT(name) DO UPDATE SET value = "
        "value + 1"));
    TRY(transaction.commit());
    TRY(writeWholeFile(markOf(path), bytesOf("the log has content\n")));
    return std::unique_ptr<RunMark>(new RunMark(markOf(path)));
}

void RunMark::clear(const files::path& path) {
    std::error_code ignored;
    files::remove(markOf(path), ignored);
}

RunMark::~RunMark() {
    std::error_code ignored;
    files::remove(file_, ignored);
}

}  // namespace liqu::storage
