#include "tests/conformance/test_persons.hpp"

#include "firmware/base/china_time.hpp"
#include "firmware/base/config_file.hpp"

namespace liqu::conformance {
namespace {

constexpr std::size_t numberLength = 18;

// The county's four digits are 0000.
bool isOfWholeProvince(const std::string& number) {
    return number.size() == numberLength &&
           number.find_first_not_of("0123456789") >= numberLength - 1 &&
           number.substr(2, 4) == "0000" && parseDate(number.substr(6, 8));
}

Result<TestPerson> personAt(const ConfigFile& file, const std::string& key, bool hasCard) {
    TestPerson person;
    person.number = TRY(file.text(key + ".number"));
    person.name = TRY(file.text(key + ".name"));
    person.ethnicity = TRY(file.text(key + ".ethnicity", person.ethnicity));
    if (hasCard) person.card = TRY(file.text(key + ".card"));
    if (!isOfWholeProvince(person.number)) {
        TRY(file.refuse(ErrorCode::configBadValue, key + ".number",
                        "a test person's number has 18 places and 0000 as its county, as no "
                        "real one has"));
    }
    return person;
}

Result<std::optional<TestPerson>> personIfAny(const ConfigFile& file, const std::string& key,
                                              bool hasCard) {
    if (!file.has(key)) return std::nullopt;
    return TRY(personAt(file, key, hasCard));
}

}  // namespace

Result<TestPersons> loadTestPersons(const std::filesystem::path& path, const std::string& server) {
    const ConfigFile file = TRY(ConfigFile::read(path));
    TestPersons persons;
    if (!TRY(file.boolean("synthetic"))) {
        TRY(file.refuse(ErrorCode::configBadValue, "synthetic",
                        "only persons who were made up are asked about"));
    }
    persons.server = TRY(file.text("server"));
    if (persons.server != server) {
        TRY(file.refuse(ErrorCode::configBadValue, "server",
                        "these persons live at another server than the one that is to be asked"));
    }
    persons.bank = TRY(file.text("bank"));
    persons.newcomer = TRY(personAt(file, "newcomer", false));
    persons.holder = TRY(personAt(file, "holder", true));
    persons.nobody = TRY(personAt(file, "nobody", false));
    persons.sealed = TRY(personIfAny(file, "sealed", true));
    persons.made = TRY(personIfAny(file, "made", false));
    if (file.has("blank")) {
        persons.blank =
            TestBlank{TRY(file.text("blank.id")), TRY(file.text("blank.cardIdCode")),
                      TRY(file.text("blank.atr")), TRY(file.text("blank.bankCardNo", ""))};
    }
    TRY(file.refuseUnknownKeys());
    return persons;
}

}  // namespace liqu::conformance
