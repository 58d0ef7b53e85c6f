#include "tests/power_cut/newcomer.hpp"

#include <array>

namespace liqu::proof {
namespace {

constexpr std::uint64_t looks = 12;

// 18 digits with their check character (GB 11643).
std::string citizenNumber(std::uint64_t serial) {
    static constexpr std::array weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    std::string number = "44010619850312" + std::to_string(100 + serial % 900);
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (number[i] - '0') * weights[i];
    return number + "10X98765432"[sum % 11];
}

}  // namespace

Newcomer newcomer(std::uint64_t serial, const std::string& regionOfRecord) {
    Newcomer one{world::documents::resident(), {}};
    world::Document& document = one.document;
    document.number = citizenNumber(serial);
    document.name = "样例来人";
    document.birth = "19850312";
    world::Person& person = one.person;
    person.regionOfRecord = regionOfRecord;
    person.socialNumber = person.documentNo = document.number;
    person.name = document.name;
    person.documentType = "RESIDENT_ID";
    person.nationality = "CHN";
    person.ethnicCode = "01";
    person.sex = "1";
    person.birthDate = document.birth;
    person.birthPlace = "440106";
    // Few enough that their portraits are drawn once, and enough that a mix-up shows.
    person.looksLike = "newcomer " + std::to_string(serial % looks);
    return one;
}

}  // namespace liqu::proof
