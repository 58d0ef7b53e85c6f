#include "firmware/base/plain_file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/config_file.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;

namespace {

void checkRefused(const std::filesystem::path& path) {
    CAPTURE(path.string());
    const auto file = PlainFile::open(path);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::fileNotReadable);
    CHECK(file.error().cause.find(path.string()) != std::string::npos);
    CHECK(readWholeFile(path).error().code == ErrorCode::fileNotReadable);
    CHECK(ConfigFile::read(path).error().code == ErrorCode::configNotReadable);
}

}  // namespace

TEST_CASE("a plain file gives its content and its mode, also through a link") {
    const test::Scratch scratch;
    REQUIRE(writeWholeFile(scratch.file("a"), bytesOf("content")));
    std::filesystem::create_symlink("a", scratch.file("link"));
    for (const char* name : {"a", "link"}) {
        const auto file = PlainFile::open(scratch.file(name));
        REQUIRE(file);
        CHECK(file->mode() == 0600);
        CHECK(file->read(7).value() == "content");
        CHECK(file->read(7).value() == "content");
    }
}

TEST_CASE("what is no plain file is refused at once, and nothing waits for it") {
    const test::Scratch scratch;
    REQUIRE(::mkfifo(scratch.file("fifo").c_str(), 0600) == 0);
    std::filesystem::create_symlink("/dev/zero", scratch.file("zeros"));
    for (const std::filesystem::path& path :
         {std::filesystem::path(scratch.file("fifo")), std::filesystem::path(scratch.file("zeros")),
          scratch.folder(), std::filesystem::path("/dev/tty"),
          std::filesystem::path(scratch.file("none"))}) {
        checkRefused(path);
    }
}

TEST_CASE("a file that is too large is refused before it is in memory") {
    const test::Scratch scratch;
    const std::string path = scratch.file("huge");
    REQUIRE(writeWholeFile(path, {}));
    REQUIRE(::truncate(path.c_str(), off_t{1} << 40) == 0);
    CHECK_FALSE(PlainFile::open(path)->read(1U << 20));
    CHECK_FALSE(readWholeFile(path));
    CHECK_FALSE(ConfigFile::read(path));
    REQUIRE(::truncate(path.c_str(), 8) == 0);
    CHECK(PlainFile::open(path)->read(8));
    CHECK_FALSE(PlainFile::open(path)->read(7));
}

TEST_CASE("a file that tells no size is read to its end or to the limit") {
    const auto file = PlainFile::open("/proc/self/status");
    REQUIRE(file);
    CHECK(file->read(1U << 16)->find("Name:") != std::string::npos);
    CHECK_FALSE(file->read(20));
}
