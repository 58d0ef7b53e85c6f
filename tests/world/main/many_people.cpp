#include "tests/world/main/many_people.hpp"

#include <array>
#include <fmt/format.h>

#include "tests/world/main/visits.hpp"

namespace liqu::world {
namespace {

constexpr int bornOnOneDay = 900;  // a number has three digits for them, of which few are left out
constexpr std::array<const char*, 10> stems = {"甲", "乙", "丙", "丁", "戊",
                                               "己", "庚", "辛", "壬", "癸"};

std::string nameOf(int number) {
    std::string name = "样例";
    for (const char digit : std::to_string(number)) name += stems.at(std::size_t(digit - '0'));
    return name;
}

}  // namespace

Document documentOfPerson(int number) {
    const int serial = 100 + number % bornOnOneDay;
    const std::string born = fmt::format("{}0101", 1960 + number / bornOnOneDay);
    return residentNamed(nameOf(number),
                         withCheckCharacter(fmt::format("440000{}{}", born, serial)),
                         serial % 2 == 1 ? "1" : "2");
}

void registerPeople(Books& books, int count) {
    for (int number = 0; number < count; ++number) {
        const Document document = documentOfPerson(number);
        Person person;
        person.socialNumber = person.documentNo = document.number;
        person.name = document.name;
        person.documentType = "RESIDENT_ID";
        person.nationality = "CHN";
        person.sex = document.sex;
        person.ethnicCode = document.ethnic;
        person.birthDate = document.birth;
        person.birthPlace = "440000";
        person.regionOfRecord = "440100";
        books.persons[person.socialNumber] = person;
    }
}

}  // namespace liqu::world
