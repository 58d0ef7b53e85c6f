#include "firmware/base/whole_file.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "tests/support/scratch.hpp"

using namespace liqu;

namespace {

// Writes beyond this many bytes fail, as on a full or pulled medium.
class SmallDisk {
  public:
    explicit SmallDisk(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("a file is written whole, and over an older one") {
    const test::Scratch scratch;
    const std::filesystem::path path = scratch.file("report.csv");
    REQUIRE(writeWholeFile(path, bytesOf("one")));
    REQUIRE(writeWholeFile(path, bytesOf("another")));
    CHECK(textOf(readWholeFile(path).value()) == "another");
    CHECK_FALSE(std::filesystem::exists(scratch.file("report.csv.part")));
}

TEST_CASE("a medium that ends in the middle leaves the old file and nothing else") {
    const test::Scratch scratch;
    const std::filesystem::path path = scratch.file("report.pdf");
    REQUIRE(writeWholeFile(path, bytesOf("old")));
    Result<void> written;
    {
        const SmallDisk disk(10);
        written = writeWholeFile(path, bytesOf(std::string(5000, 'x')));
    }
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::fileNotWritable);
    CHECK(textOf(readWholeFile(path).value()) == "old");
    CHECK_FALSE(std::filesystem::exists(scratch.file("report.pdf.part")));
}

TEST_CASE("a folder that is not there, and a file that is not there") {
    const test::Scratch scratch;
    const std::filesystem::path path = scratch.file("gone/report.pdf");
    CHECK(writeWholeFile(path, bytesOf("x")).error().code == ErrorCode::fileNotWritable);
    CHECK(readWholeFile(path).error().code == ErrorCode::fileNotReadable);
}
