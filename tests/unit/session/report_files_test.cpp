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
