// The log never fills the disk: it turns over at its size, and the oldest file goes.
#include "program/file_log.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/scratch.hpp"

using namespace liqu;

namespace {

namespace files = std::filesystem;

constexpr int maxKiB = 4;
constexpr int keep = 3;
// Each line has more than 60 bytes, so this is many times what may stay.
constexpr int lines = 2000;

policy::LogConfig smallLog() {
    policy::LogConfig config;
    config.level = "info";
    config.maxKiB = maxKiB;
    config.keep = keep;
    return config;
}

std::string lineOf(int number) {
    return "line " + std::to_string(number) + " of many, each with some length of its own.";
}

std::set<std::string> filesIn(const files::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : files::directory_iterator(folder)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

std::string textOfFile(const files::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("at its size the log begins a new file, and keeps as many old ones as it may") {
    const test::Scratch scratch;
    {
        const auto log = program::openFileLog(scratch.folder(), smallLog()).value();
        for (int i = 0; i < lines; ++i) log->info(lineOf(i));
    }
    CHECK(filesIn(scratch.folder()) ==
          std::set<std::string>{"liqu.log", "liqu.1.log", "liqu.2.log", "liqu.3.log"});
    for (const auto& entry : files::directory_iterator(scratch.folder())) {
        CHECK(entry.file_size() <= maxKiB * 1024);
        CHECK(entry.file_size() > 0);
    }
    CHECK(textOfFile(scratch.folder() / "liqu.log").find(lineOf(lines - 1)) != std::string::npos);
    // The newest lines stand without a gap in the newest two files.
    const std::string both =
        textOfFile(scratch.folder() / "liqu.1.log") + textOfFile(scratch.folder() / "liqu.log");
    for (int i = lines - 30; i < lines; ++i) CHECK(both.find(lineOf(i)) != std::string::npos);
}

TEST_CASE("a log that is opened again goes on where it was") {
    const test::Scratch scratch;
    program::openFileLog(scratch.folder(), smallLog()).value()->info("before");
    program::openFileLog(scratch.folder(), smallLog()).value()->warning("after");
    const std::string text = textOfFile(scratch.folder() / "liqu.log");
    CHECK(text.find("info before") < text.find("warning after"));
    CHECK(text.find("warning after") != std::string::npos);
    CHECK(filesIn(scratch.folder()).size() == 1);
}

TEST_CASE("the level of the configuration holds, and a folder that is not there is said") {
    const test::Scratch scratch;
    policy::LogConfig config = smallLog();
    config.level = "warning";
    const auto log = program::openFileLog(scratch.folder(), config).value();
    log->info("quiet");
    log->error("loud");
    const std::string text = textOfFile(scratch.folder() / "liqu.log");
    CHECK(text.find("quiet") == std::string::npos);
    CHECK(text.find("loud") != std::string::npos);
    std::ofstream(scratch.file("a-file")) << "x";
    const auto refused = program::openFileLog(scratch.folder() / "a-file", smallLog());
    CHECK(refused.error().code == ErrorCode::fileNotWritable);
}

TEST_CASE("where the journal reads, each line has its priority in front; elsewhere none") {
    const test::Scratch scratch;
    const std::string heard = scratch.file("heard");
    const int before = ::dup(STDERR_FILENO);
    const int file = ::open(heard.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE(::dup2(file, STDERR_FILENO) == STDERR_FILENO);
    struct stat status {};
    REQUIRE(::fstat(file, &status) == 0);
    const std::string stream = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
    const auto say = [&] {
        const auto log = program::openFileLog(scratch.folder(), smallLog()).value();
        log->info("all is well");
        log->error("all is lost");
    };
    ::setenv("JOURNAL_STREAM", stream.c_str(), 1);
    say();
    // Of another stream than the journal's.
    ::setenv("JOURNAL_STREAM", "1:1", 1);
    say();
    ::unsetenv("JOURNAL_STREAM");
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    ::close(file);
    const std::string text = textOfFile(heard);
    CHECK(text.starts_with("<6>all is well\n<3>all is lost\n2"));
    CHECK(textOfFile(scratch.folder() / "liqu.log").find('<') == std::string::npos);
}
