#include "firmware/base/memory_care.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <malloc.h>
#include <optional>
#include <string>
#include <string_view>
#include <sys/mman.h>

namespace liqu {
namespace {

constexpr int largeBlock = 64 << 10;
constexpr int mostFreeAtTheTop = 128 << 10;
constexpr int arenas = 1;
constexpr std::array<std::string_view, 3> fontEndings = {".ttc", ".ttf", ".otf"};

struct Mapping {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
};

// A line of proc_pid_maps(5), where it maps a font for reading alone: "begin-end r--p …".
std::optional<Mapping> fontIn(std::string_view line) {
    const bool isFont = line.find(" r--p ") != std::string_view::npos &&
                        std::ranges::any_of(fontEndings, [line](std::string_view ending) {
                            return line.ends_with(ending);
                        });
    if (!isFont) return std::nullopt;
    constexpr int hexadecimal = 16;
    const char* const last = line.data() + line.size();
    Mapping mapping;
    const auto begin = std::from_chars(line.data(), last, mapping.begin, hexadecimal);
    if (begin.ec != std::errc() || begin.ptr == last) return std::nullopt;
    const auto end = std::from_chars(begin.ptr + 1, last, mapping.end, hexadecimal);
    if (end.ec != std::errc() || mapping.end <= mapping.begin) return std::nullopt;
    return mapping;
}

void giveBackFonts() {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        if (const auto font = fontIn(line))
            ::madvise(reinterpret_cast<void*>(font->begin), font->end - font->begin, MADV_DONTNEED);
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
