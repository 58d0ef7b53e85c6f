// Whom a system is asked about. Its provider made these persons up for it and wrote them into a
// file that names the one server where they live: nothing is sent anywhere else. The number of
// each belongs to a whole province, which was never given to anybody (GB 11643-1999 has counties
// only), so that no real person can stand in it by mistake.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "firmware/base/result.hpp"

namespace liqu::conformance {

struct TestPerson {
    std::string number;  // 18 digits, of the ID card and the social security alike
    std::string name;
    std::string ethnicity = "01";
    std::string card{};  // the number of the one that they hold

    std::string birthDate() const { return number.substr(6, 8); }
    std::string sex() const { return (number[16] - '0') % 2 == 1 ? "1" : "2"; }
};

// A blank that may be used up.
struct TestBlank {
    std::string id;  // the prewritten card number
    std::string cardIdCode;
    std::string atr;
    std::string bankCardNo{};  // of its account; empty: none is read
};

struct TestPersons {
    std::string server;                  // "https://gateway.example:8443"
    std::string bank;                    // whose cards these are
    TestPerson newcomer;                 // without a card; may have one
    TestPerson holder;                   // of a card in force; it is reported lost, and found again
    TestPerson nobody;                   // not known there
    std::optional<TestPerson> sealed{};  // of a card that was never enabled
    std::optional<TestPerson> made{};    // who gets a card; may be the newcomer
    std::optional<TestBlank> blank{};
};

// configBadValue with file and line, also where the server is another one than `server`.
Result<TestPersons> loadTestPersons(const std::filesystem::path& file, const std::string& server);

}  // namespace liqu::conformance
