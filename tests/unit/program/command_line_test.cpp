#include "program/command_line.hpp"

#include <doctest/doctest.h>
#include <sstream>

using namespace liqu;
using namespace liqu::program;

namespace {

CommandLine read(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream stream(line);
    for (std::string word; stream >> word;) words.push_back(word);
    return readCommandLine(std::move(words));
}

void checkWrong(const std::string& line, const std::string& says) {
    CAPTURE(line);
    const CommandLine wrong = read(line);
    CHECK_FALSE(wrong.run);
    CHECK(wrong.exitCode == 2);
    CAPTURE(wrong.said);
    CHECK(wrong.said.find(says) != std::string::npos);
}

const std::string machine = " --config k.toml --data d";
const std::string byTwo = machine + " --operator 1 --second-operator 2";

}  // namespace

TEST_CASE("a command that is not there is named, with the nearest and all there are") {
    checkWrong("foo", "there is no command \"foo\"");
    checkWrong("foo", "kiosk, init, check, check-config, face, slip, devices");
    checkWrong("kisok --config x", "did you mean \"kiosk\"?");
    checkWrong("stock shwo", "there is no command \"stock shwo\"; did you mean \"stock show\"?");
    checkWrong("day clsoe", "did you mean \"day close\"?");
    checkWrong("staff lst", "did you mean \"staff list\"?");
    checkWrong("order x", "The commands are: list, settle");
    checkWrong("stock", "A subcommand is required");
    checkWrong("", "A subcommand is required");
    checkWrong(std::string(100'000, 'x'), "there is no command");
}

TEST_CASE("what is right is chosen, and nothing is done yet") {
    const std::vector<std::string> lines = {
        "kiosk" + machine + " --windowed",
        "check" + machine,
        std::string("devices"),
        "face --layout l.toml --out f.png",
        "face --layout l.toml --out f.png --back-out b.png --fonts f.conf",
        "slip --forms forms --form fee --out s.pdf",
        "check-config --config k.toml",
        "day freeze" + byTwo,
        "stock show --data d",
        "queue list --data d --most 3",
        "queue close" + byTwo + " --message 3 --reason r --evidence e",
        "making resume" + machine + " --operator 1",
        "journal --data d --day 20240229",
        "journal --data d --most 1",
        "archive" + machine + " --month 202405 --out a --operator 1",
        "stock load" + byTwo + " --lane 1 --first A00000003 --last A00000003 --count 0",
        "staff add 12 --name N --roles auditor" + machine,
        "audit key k.txt" + machine,
        "audit export a.txt --data d",
        "order settle O-1 --face complete --by 1 --and 2" + machine};
    for (const std::string& line : lines) {
        CAPTURE(line);
        const CommandLine good = read(line);
        CAPTURE(good.said);
        CHECK(good.run);
        CHECK(good.exitCode == 0);
    }
    CHECK(read("--help").exitCode == 0);
    CHECK(read("stock load --help").said.find("--lane") != std::string::npos);
    CHECK_FALSE(read("--help").run);
}

TEST_CASE("a number, a day or a path that cannot be meant is refused") {
    checkWrong("journal --data d --day nonsense", "\"nonsense\" is no day");
    checkWrong("journal --data d --day 20240230", "is no day");
    checkWrong("archive" + machine + " --month 202413 --out a --operator 1", "is no month");
    checkWrong("archive" + machine + " --month 2024 --out a --operator 1", "is no month");
    checkWrong("day report" + machine + " --day 2024-06-01", "is no day");
    checkWrong("journal --data d --most 0", "--most");
    checkWrong("journal --data d --most -1", "--most");
    checkWrong("day history --data d --most 99999999999999999999", "--most");
    checkWrong("stock count" + byTwo + " --session 0 --count 1", "--session");
    checkWrong("stock count" + byTwo + " --session 1 --count -1", "--count");
    checkWrong("stock count" + byTwo + " --session 1 --count 1.5", "--count");
    checkWrong("stock load" + byTwo + " --lane 0", "--lane");
    checkWrong("stock load" + byTwo + " --lane -1", "--lane");
    checkWrong("stock load" + byTwo + " --lane 1 --count -1", "--count");
    checkWrong("stock load" + byTwo + " --lane 1 --cards -5", "--cards");
    checkWrong("day release" + byTwo + " --reason r --case 0", "--case");
    checkWrong("queue resend" + machine + " --operator 1 --message 0", "--message");
    checkWrong("order settle O-1 --face half --by 1 --and 2" + machine, "--face");
    CHECK(readCommandLine({"stock", "show", "--data", ""}).exitCode == 2);
    CHECK(readCommandLine({"check", "--config", "", "--data", "d"}).exitCode == 2);
}
