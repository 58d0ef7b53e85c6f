#include "tests/power_cut/file_content.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/base/random.hpp"

using namespace liqu;
using liqu::proof::FileContent;

TEST_CASE("a file in pages holds what plain bytes would, and a copy keeps what was") {
    SeededRandom random(20);
    constexpr std::size_t most = 3 * 4096 + 100;
    FileContent file;
    Bytes plain;
    for (int act = 0; act < 2000; ++act) {
        const FileContent before = file;
        const Bytes plainBefore = plain;
        const auto at = static_cast<std::size_t>(random.below(most));
        if (random.below(4) == 0) {
            file.resize(at);
            plain.resize(at);
        } else {
            Bytes data(static_cast<std::size_t>(random.below(6000)) + 1);
            random.fill(data);
            file.write(at, data);
            plain.resize(std::max(plain.size(), at + data.size()));
            std::ranges::copy(data, plain.begin() + static_cast<std::ptrdiff_t>(at));
        }
        REQUIRE(file.bytes() == plain);
        REQUIRE(before.bytes() == plainBefore);
        Bytes part(500);
        const std::size_t there = file.read(at, part);
        REQUIRE(there == std::min(part.size(), plain.size() - std::min(at, plain.size())));
        REQUIRE(
            std::equal(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(there),
                       plain.begin() + static_cast<std::ptrdiff_t>(std::min(at, plain.size()))));
    }
}
