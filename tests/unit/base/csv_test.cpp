#include "firmware/base/csv.hpp"

#include <doctest/doctest.h>

using namespace liqu;

TEST_CASE("a text stays a text where a spreadsheet would make a value of it") {
    CHECK(csvText("0012") == R"("=""0012""")");
    CHECK(csvText("3E0000012") == R"("=""3E0000012""")");
    CHECK(csvText("=1+1") == R"("=""=1+1""")");
    CHECK(csvText("-5") == R"("=""-5""")");
    CHECK(csvText("2024-06-01T10:22:31.000+08:00") == R"("=""2024-06-01T10:22:31.000+08:00""")");
    CHECK(csvText("1/2") == R"("=""1/2""")");
    CHECK(csvText("20240601") == R"("=""20240601""")");
}

TEST_CASE("any other text is as RFC 4180 has it") {
    CHECK(csvText("") == "");
    CHECK(csvText("A00000003") == "A00000003");
    CHECK(csvText("1 号卡槽") == "1 号卡槽");
    CHECK(csvText("T-000017") == "T-000017");
    CHECK(csvText("清点人") == "清点人");
    CHECK(csvText("a,b") == "\"a,b\"");
    CHECK(csvText("a \"b\"\r\n") == "\"a \"\"b\"\"\r\n\"");
}
