#include "firmware/base/memory_care.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <malloc.h>
#include <string>
#include <string_view>
#include <sys/mman.h>

namespace liqu {
namespace {

constexpr int largeBlock = 64 << 10;
constexpr int mostFreeAtTheTop = 128 << 10;
constexpr int arenas = 1;
constexpr std::array<std::string_view, 3> fontEndings = {".ttc", ".ttf", ".otf"};

// A line of proc_pid_maps(5) that maps a font for reading alone.
bool mapsFont(std::string_view line) {
    return line.find(" r--p ") != std::string_view::npos &&
           std::ranges::any_of(fontEndings,
                               [line](std::string_view ending) { return line.ends_with(ending); });
}

void giveBackFonts() {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        if (!mapsFont(line)) continue;
        unsigned long begin = 0;
        unsigned long end = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx", &begin, &end) != 2) continue;
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    }
}

}  // namespace

void keepHeapSmall() {
    ::mallopt(M_MMAP_THRESHOLD, largeBlock);
    ::mallopt(M_TRIM_THRESHOLD, mostFreeAtTheTop);
    ::mallopt(M_ARENA_MAX, arenas);
}

void giveBackIdleMemory() {
    ::malloc_trim(0);
    giveBackFonts();
}

}  // namespace liqu
