#include "firmware/session/report_files.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::session;

namespace {

struct Reports {
    test::Scratch scratch;
    ReportFiles files{scratch.file("day.pdf"), scratch.file("day.csv"), {}};
    policy::StaffConfig config;

    Reports() {
        config.stick = scratch.folder() / "stick";
        config.stickIsFolder = true;
        REQUIRE(writeWholeFile(files.pdf, bytesOf("the pages")));
        REQUIRE(writeWholeFile(files.csv, bytesOf(std::string(4000, '7'))));
    }
    void plugIn() { std::filesystem::create_directories(config.stick); }
    ErrorCode refusal() { return copyToStick(config, files).error().code; }
};

}  // namespace

TEST_CASE("the copies on the stick are the files in the machine") {
    Reports reports;
    reports.plugIn();
    REQUIRE(copyToStick(reports.config, reports.files));
    CHECK(readWholeFile(reports.config.stick / "day.pdf").value() == bytesOf("the pages"));
    CHECK(readWholeFile(reports.config.stick / "day.csv").value().size() == 4000);
}

TEST_CASE("no stick: neither a folder that is not there, nor the empty one it is mounted on") {
    Reports reports;
    CHECK(reports.refusal() == ErrorCode::stickMissing);
    reports.plugIn();
    reports.config.stickIsFolder = false;
    CHECK(reports.refusal() == ErrorCode::stickMissing);
    CHECK(std::filesystem::is_empty(reports.config.stick));
}

TEST_CASE("a stick that ends in the middle keeps no torn file; the machine keeps the report") {
    Reports reports;
    reports.plugIn();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{1000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto copied = copyToStick(reports.config, reports.files);
    ::setrlimit(RLIMIT_FSIZE, &before);
    REQUIRE_FALSE(copied);
    CHECK(copied.error().code == ErrorCode::stickPulled);
    // What was whole before is whole; of the second file there is nothing.
    CHECK(readWholeFile(reports.config.stick / "day.pdf").value() == bytesOf("the pages"));
    CHECK_FALSE(std::filesystem::exists(reports.config.stick / "day.csv"));
    CHECK_FALSE(std::filesystem::exists(reports.config.stick / "day.csv.part"));
    CHECK(readWholeFile(reports.files.csv).value().size() == 4000);
    // Plugged in again, the same touch succeeds.
    CHECK(copyToStick(reports.config, reports.files));
}

TEST_CASE("links that somebody planted on a stick lead nowhere") {
    Reports reports;
    reports.plugIn();
    const std::filesystem::path target = reports.scratch.file("shadow");
    REQUIRE(writeWholeFile(target, bytesOf("untouched")));
    for (const char* name : {"day.pdf", "day.csv", "day.pdf.part", "day.csv.part"}) {
        std::filesystem::create_symlink(target, reports.config.stick / name);
    }
    REQUIRE(copyToStick(reports.config, reports.files));
    CHECK(readWholeFile(target).value() == bytesOf("untouched"));
    for (const char* name : {"day.pdf", "day.csv"}) {
        CHECK_FALSE(std::filesystem::is_symlink(reports.config.stick / name));
    }
    CHECK(readWholeFile(reports.config.stick / "day.pdf").value() == bytesOf("the pages"));
}

TEST_CASE("a link in place of the stick is no stick") {
    Reports reports;
    const std::filesystem::path elsewhere = reports.scratch.file("etc");
    std::filesystem::create_directory(elsewhere);
    std::filesystem::create_directory_symlink(elsewhere, reports.config.stick);
    CHECK(reports.refusal() == ErrorCode::stickPulled);
    CHECK(std::filesystem::is_empty(elsewhere));
}
