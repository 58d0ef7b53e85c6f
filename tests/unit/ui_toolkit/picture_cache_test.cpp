// What is kept of pictures: found again whole, or not at all.
#include "ui/toolkit/picture_cache.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"
#include "ui/toolkit/picture_order.hpp"

namespace liqu::ui {
namespace {

constexpr std::uint32_t keptSide = 16;
const std::string keptPixels(bytesOfPicture(keptSide), '\x5a');
const std::string keptKey = PictureCache::keyOf("style", "svg", keptSide);

std::filesystem::path fileIn(const test::Scratch& scratch, const std::string& of = keptKey) {
    return scratch.folder() / "pictures" / (of + ".picture");
}

void changeByte(const std::filesystem::path& file, std::size_t at) {
    Bytes content = readWholeFile(file).value();
    content.at(at) ^= 1;
    REQUIRE(writeWholeFile(file, content));
}

}  // namespace

TEST_CASE("a picture is kept and found, by its owner alone") {
    const test::Scratch scratch;
    const PictureCache cache(scratch.folder() / "pictures");
    CHECK_FALSE(cache.find(keptKey, keptSide));
    REQUIRE(cache.keep(keptKey, keptSide, keptPixels));
    CHECK(cache.find(keptKey, keptSide) == keptPixels);
    CHECK(PictureCache(scratch.folder() / "pictures").find(keptKey, keptSide) == keptPixels);
    struct stat file {};
    REQUIRE(::stat(fileIn(scratch).c_str(), &file) == 0);
    CHECK((file.st_mode & 0777) == 0600);
}

TEST_CASE("another drawing, style or size has another name") {
    CHECK(PictureCache::keyOf("style", "svg2", keptSide) != keptKey);
    CHECK(PictureCache::keyOf("style2", "svg", keptSide) != keptKey);
    CHECK(PictureCache::keyOf("style", "svg", 24) != keptKey);
    // The border between two of them counts.
    CHECK(PictureCache::keyOf("stylesv", "g", keptSide) !=
          PictureCache::keyOf("styles", "vg", keptSide));
}

TEST_CASE("what is torn, longer, changed in any part, foreign or of another picture is not taken") {
    const test::Scratch scratch;
    const PictureCache cache(scratch.folder() / "pictures");
    const auto file = fileIn(scratch);
    REQUIRE(cache.keep(keptKey, keptSide, keptPixels));
    const auto size = std::filesystem::file_size(file);
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{20}, std::size_t{82}, size - 900, size - 1}) {
        CAPTURE(at);
        REQUIRE(cache.keep(keptKey, keptSide, keptPixels));
        changeByte(file, at);
        CHECK_FALSE(cache.find(keptKey, keptSide));
    }
    for (const auto length : {std::uintmax_t{0}, size - 1, size + 1}) {
        CAPTURE(length);
        REQUIRE(cache.keep(keptKey, keptSide, keptPixels));
        std::filesystem::resize_file(file, length);
        CHECK_FALSE(cache.find(keptKey, keptSide));
    }
    REQUIRE(cache.keep(keptKey, keptSide, keptPixels));
    const std::string other = PictureCache::keyOf("style", "other", keptSide);
    std::filesystem::copy_file(file, fileIn(scratch, other));
    CHECK_FALSE(cache.find(other, keptSide));
    CHECK_FALSE(cache.find(keptKey, 24));
    std::filesystem::remove(file);
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
    CHECK_FALSE(cache.find(keptKey, keptSide));
    // A new one takes its place.
    REQUIRE(cache.keep(keptKey, keptSide, keptPixels));
    CHECK(cache.find(keptKey, keptSide) == keptPixels);
}

TEST_CASE("a folder that cannot be written keeps nothing, and one in a folder that is not there") {
    const test::Scratch scratch;
    CHECK_FALSE(
        PictureCache(scratch.folder() / "no" / "pictures").keep(keptKey, keptSide, keptPixels));
    CHECK_FALSE(std::filesystem::exists(scratch.folder() / "no"));
    std::ofstream(scratch.file("pictures")) << "a file";
    const PictureCache cache(scratch.folder() / "pictures");
    CHECK_FALSE(cache.keep(keptKey, keptSide, keptPixels));
    CHECK_FALSE(cache.find(keptKey, keptSide));
    CHECK(PictureCache({}).keep(keptKey, keptSide, keptPixels));
    CHECK_FALSE(PictureCache({}).find(keptKey, keptSide));
}

TEST_CASE("what was not shown for longest goes, and nothing that is not ours") {
    const test::Scratch scratch;
    const PictureCache cache(scratch.folder() / "pictures", 4 * keptPixels.size());
    std::vector<std::string> keys;
    const auto begin = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    for (int i = 0; i < 3; ++i) {
        keys.push_back(PictureCache::keyOf("style", std::to_string(i), keptSide));
        REQUIRE(cache.keep(keys.back(), keptSide, keptPixels));
        std::filesystem::last_write_time(fileIn(scratch, keys.back()),
                                         begin + std::chrono::minutes(i));
    }
    std::ofstream(scratch.folder() / "pictures" / "notes") << std::string(100'000, 'x');
    CHECK(cache.find(keys[0], keptSide));  // shown now
    REQUIRE(cache.keep(keptKey, keptSide, keptPixels));
    CHECK(cache.find(keys[0], keptSide));
    CHECK_FALSE(cache.find(keys[1], keptSide));
    CHECK(cache.find(keptKey, keptSide));
    CHECK(std::filesystem::exists(scratch.folder() / "pictures" / "notes"));
}

}  // namespace liqu::ui
