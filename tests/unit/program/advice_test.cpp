#include "program/advice.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string>

using namespace liqu;
using namespace liqu::program;

TEST_CASE("whatever puts the machine out of service has a sentence of its own") {
    std::map<std::string, ErrorCode> said;
    for (const ErrorCode code : allErrorCodes()) {
        if (remedyOf(code) != Remedy::outOfService) continue;
        const std::string words(adviceFor(code));
        CAPTURE(nameOf(code));
        CHECK(words != "mend it before the machine is opened");
        const auto [other, isNew] = said.emplace(words, code);
        CHECK_MESSAGE(isNew, "the same sentence as " << nameOf(other->second));
    }
    CHECK(said.size() > 40);
}

TEST_CASE("one sentence fits one device") {
    CHECK(adviceFor(ErrorCode::printerNotFound).find("printer") != std::string_view::npos);
    CHECK(adviceFor(ErrorCode::chipServiceDown).find("pcscd") != std::string_view::npos);
    CHECK(adviceFor(ErrorCode::idReaderNoPermission).find("udev") != std::string_view::npos);
    CHECK(adviceFor(ErrorCode::visitTimedOut) == "try again");
}
