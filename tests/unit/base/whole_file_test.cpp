#include "firmware/base/whole_file.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

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

TEST_CASE("what is written belongs to its owner alone, and a name alone is a path") {
    const test::Scratch scratch;
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(scratch.folder());
    const auto written = writeWholeFile("report.csv", bytesOf("x"));
    std::filesystem::current_path(here);
    REQUIRE(written);
    struct stat status {};
    REQUIRE(::stat(scratch.file("report.csv").c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0600);
}

TEST_CASE("a planted link is replaced, and what it points to stays as it is") {
    const test::Scratch scratch;
    const test::Scratch elsewhere;
    const std::filesystem::path target = elsewhere.file("shadow");
    REQUIRE(writeWholeFile(target, bytesOf("untouched")));
    for (const char* name : {"report.csv", "report.csv.part"}) {
        CAPTURE(name);
        std::filesystem::create_symlink(target, scratch.file(name));
        REQUIRE(
            writeWholeFile(scratch.file("report.csv"), bytesOf("figures"), FolderLink::refused));
        CHECK(textOf(readWholeFile(target).value()) == "untouched");
        CHECK(std::filesystem::is_regular_file(
            std::filesystem::symlink_status(scratch.file("report.csv"))));
        CHECK(textOf(readWholeFile(scratch.file("report.csv")).value()) == "figures");
        std::filesystem::remove(scratch.file("report.csv"));
    }
    CHECK(std::filesystem::is_empty(scratch.folder()));
}

TEST_CASE("a link in place of a folder is followed only where the folder is ours") {
    const test::Scratch scratch;
    const test::Scratch elsewhere;
    std::filesystem::create_symlink(elsewhere.folder(), scratch.file("stick"));
    const std::filesystem::path path = scratch.file("stick/report.csv");
    CHECK(writeWholeFile(path, bytesOf("x"), FolderLink::refused).error().code ==
          ErrorCode::fileNotWritable);
    CHECK(std::filesystem::is_empty(elsewhere.folder()));
    CHECK(writeWholeFile(path, bytesOf("x")));
}

TEST_CASE("a file in pieces is there when it is finished, and not before") {
    const test::Scratch scratch;
    {
        auto file = WholeFile::create(scratch.file("table.csv"));
        REQUIRE(file);
        REQUIRE(file->write(bytesOf("one")));
        CHECK_FALSE(std::filesystem::exists(scratch.file("table.csv")));
    }
    CHECK(std::filesystem::is_empty(scratch.folder()));
    auto file = WholeFile::create(scratch.file("table.csv"));
    REQUIRE(file);
    REQUIRE(file->write(bytesOf("one")));
    REQUIRE(file->write(bytesOf(" two")));
    REQUIRE(file->finish());
    CHECK(textOf(readWholeFile(scratch.file("table.csv")).value()) == "one two");
}

TEST_CASE("a folder that is not there, and a file that is not there") {
    const test::Scratch scratch;
    const std::filesystem::path path = scratch.file("gone/report.pdf");
    CHECK(writeWholeFile(path, bytesOf("x")).error().code == ErrorCode::fileNotWritable);
    CHECK(readWholeFile(path).error().code == ErrorCode::fileNotReadable);
}
