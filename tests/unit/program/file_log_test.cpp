// The log never fills the disk: it turns over at its size, and the oldest file goes.
#include "program/file_log.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

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
