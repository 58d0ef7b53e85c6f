#include "tests/power_cut/disk_content.hpp"

#include <cstring>
#include <sqlite3.h>

#include "tests/power_cut/power_cut_vfs.hpp"

namespace liqu::proof {
namespace {

std::string digestOf(const unsigned char* bytes, std::size_t size) {
    std::uint64_t state = 0x9E3779B97F4A7C15ull ^ size;
    for (std::size_t at = 0; at < size; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + at, std::min<std::size_t>(8, size - at));
        state = (state ^ word) * 0xFF51AFD7ED558CCDull;
        state ^= state >> 29;
    }
    return std::to_string(state);
}

int firstColumn(void* to, int columns, char** values, char**) {
    if (columns > 0 && values[0] != nullptr) *static_cast<std::string*>(to) = values[0];
    return 0;
}

}  // namespace

std::string contentOf(const MemoryDisk& disk) {
    static PowerCutVfs vfs("inspection");
    vfs.insert(disk);
    if (!vfs.disk().exists("kiosk.db")) return "none";
    sqlite3* database = nullptr;
    std::string answer = "damaged: cannot be opened";
    const int flags = SQLITE_OPEN_READWRITE;
    if (sqlite3_open_v2("kiosk.db", &database, flags, vfs.name().c_str()) == SQLITE_OK) {
        std::string sound;
        const int asked =
            sqlite3_exec(database, "PRAGMA quick_check(1)", firstColumn, &sound, nullptr);
        sqlite3_int64 size = 0;
        unsigned char* image = sqlite3_serialize(database, "main", &size, 0);
        if (asked != SQLITE_OK || sound != "ok" || image == nullptr) {
            answer = "damaged: " + sound;
        } else {
            answer = digestOf(image, static_cast<std::size_t>(size));
        }
        sqlite3_free(image);
    }
    // Closing folds the log in, on a copy that is thrown away.
    sqlite3_close(database);
    return answer;
}

}  // namespace liqu::proof
