// What goes out to whoever helps has nothing of a person in it, whatever was planted.
#include "program/support_bundle.hpp"

#include <doctest/doctest.h>

#include "firmware/base/encoding.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/unit/program/worked_machine.hpp"

using namespace liqu;
using namespace liqu::program;
namespace files = std::filesystem;

namespace {

const std::string name = "欧阳建国";
const std::string number = "11010119900307457X";
const std::string phone = "13912345678";

std::string hexOf(const std::string& text) {
    return toHex(bytesOf(text));
}

}  // namespace

TEST_CASE("a person who stands in log, books and configuration is in no support bundle") {
    const test::WorkedMachine machine;
    const std::string gbk = textOf(gb18030FromUtf8(name).value());
    files::create_directory(machine.kiosk.data() / "logs");
    REQUIRE(writeWholeFile(machine.kiosk.data() / "logs" / "liqu.log",
                           bytesOf("2026-12-02T17:45:00.000+08:00 warning printer: 20202 gate\n"
                                   "who " +
                                   name + " " + number + " " + phone + " " + gbk + " " +
                                   hexOf(name) + " " + hexOf(number) + " end\n")));
    machine.write(
        "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
        "VALUES('T-000017-20261202-000001', 0, ?, ?, 'open')",
        {name, number});
    const std::string toml = textOf(readWholeFile(machine.kiosk.config()).value());
    REQUIRE(
        writeWholeFile(machine.kiosk.config(), bytesOf("# " + name + " " + phone + "\n" + toml)));
    BundleOptions options;
    options.config = machine.kiosk.config();
    options.data = machine.kiosk.data();
    options.file = machine.scratch.folder() / "out.tar";
    REQUIRE(runSupportBundle(options) == 0);
    const std::string text = textOf(readWholeFile(options.file).value());
    for (const std::string& one : {name, number, phone, gbk, hexOf(number), hexOf(name),
                                   std::string("PRIVATE KEY"), std::string("SQLite format")}) {
        CAPTURE(one);
        CHECK(text.find(one) == std::string::npos);
    }
    // What helps is there: the fault, the figures, the digits of a citizen's number alone are not.
    CHECK(text.find("printer: 20202 gate") != std::string::npos);
    CHECK(text.find("rows of orders: 1") != std::string::npos);
    CHECK(text.find("terminal = \"T-000017\"") != std::string::npos);
    CHECK(text.find("19900307") == std::string::npos);
    CHECK(text.size() % 512 == 0);
}

TEST_CASE("what a machine is told apart by stays, what a person is told apart by goes") {
    for (const char* kept : {"T-000017-20261202-000001", "2026-12-02T17:45:00.000+08:00",
                             "20202 cardNotFed", "A00000003", "1234567890"}) {
        CHECK(withoutPersonalData(kept) == kept);
    }
    CHECK(withoutPersonalData("12345678901") == "[masked]");
    CHECK(withoutPersonalData("a 11010119900307457X b") == "a [masked] b");
    CHECK(withoutPersonalData(hexOf(name) + ".") == "[masked].");
    CHECK(withoutPersonalData("\\xC5\\xB7 b") == "[masked] b");
    CHECK(withoutPersonalData("") == "");
}

TEST_CASE("an entry is a header of ustar and its content in whole blocks") {
    const std::string entry = tarEntry("a/b.txt", "content");
    REQUIRE(entry.size() == 1024);
    CHECK(entry.substr(0, 7) == "a/b.txt");
    CHECK(entry.substr(124, 11) == "00000000007");
    CHECK(entry.substr(257, 5) == "ustar");
    CHECK(entry.substr(512, 7) == "content");
    CHECK(tarEntry("empty", "").size() == 512);
    CHECK(tarEnd() == std::string(1024, '\0'));
}
