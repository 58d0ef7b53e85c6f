// The program as an integrator calls it: with the files of a machine, and with what is missing.
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>

#include "tests/conformance/sites.hpp"

using namespace liqu;
using namespace liqu::conformance;

namespace {

std::string textOf(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

// The example that is shipped, with this machine's keys.
std::filesystem::path writeKiosk(const Site& site) {
    const std::filesystem::path config = LIQU_SOURCE_DIR "/kiosk-config";
    const auto folder = site.scratch().folder() / "kiosk";
    std::filesystem::create_directory(folder);
    for (const auto& entry : std::filesystem::directory_iterator(config)) {
        if (entry.path().filename() != "kiosk.toml")
            std::filesystem::create_symlink(entry.path(), folder / entry.path().filename());
    }
    std::filesystem::create_symlink(site.pki().folder, folder / "keys");
    std::ofstream(folder / "kiosk.toml") << textOf(config / "kiosk.toml");
    return folder / "kiosk.toml";
}

struct Called {
    int code = -1;
    std::string said;
    std::string lastLine() const {
        const std::size_t end = said.find_last_not_of('\n');
        const std::size_t begin = said.rfind('\n', end);
        return said.substr(begin + 1, end - begin);
    }
};

Called call(const Site& site, const std::string& arguments) {
    const std::string out = site.scratch().file("said.txt");
    const std::string line =
        std::string(LIQU_CONFORMANCE) + " " + arguments + " > '" + out + "' 2>&1";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, textOf(out)};
}

std::string argumentsFor(const Site& site, const std::filesystem::path& kiosk) {
    const auto persons = site.scratch().folder() / "persons.toml";
    writePersons(persons, site.persons());
    return "--adapter " + site.adapter() + " --server " + site.url() + " --kiosk " +
           kiosk.string() + " --test-persons " + persons.string();
}

}  // namespace

TEST_CASE("the program says line by line what is held, and ends with the figures") {
    KipsSite site;
    const Called good = call(site, argumentsFor(site, writeKiosk(site)));
    INFO(good.said);
    CHECK(good.code == 0);
    CHECK(good.lastLine().starts_with("claims="));
    CHECK(good.lastLine().ends_with(" failed=0 not-claimed=0"));
    CHECK(good.said.find("held         LOSS.TEMP") != std::string::npos);
    CHECK(good.said.find("not tried    FEE.REGISTER") != std::string::npos);
    // Nobody of the file stands in what is said.
    const TestPersons persons = site.persons();
    for (const TestPerson& person : {persons.newcomer, persons.holder, persons.nobody}) {
        CHECK(good.said.find(person.number) == std::string::npos);
        CHECK(good.said.find(person.name) == std::string::npos);
    }
}

TEST_CASE("what fails is told, with another exit status") {
    KipsSite site({"province.other-person@PERSON.QUERY"});
    const Called bad = call(site, argumentsFor(site, writeKiosk(site)) + " --part questions");
    INFO(bad.said);
    CHECK(bad.code == 3);
    CHECK(bad.said.find("failed       PERSON.QUERY        the answer is about whom and what was "
                        "asked: documentNo is another") != std::string::npos);
}

TEST_CASE("without its persons, or with those of another server, nothing is sent") {
    KipsSite site;
    const std::string kiosk = writeKiosk(site).string();
    const Called none = call(site, "--adapter kips --server " + site.url() + " --kiosk " + kiosk);
    CHECK(none.code == 2);
    CHECK(none.said.find("--test-persons") != std::string::npos);
    writePersons(site.scratch().folder() / "persons.toml", site.persons());
    const Called elsewhere =
        call(site, "--adapter kips --server https://province.example --kiosk " + kiosk +
                       " --test-persons " + site.scratch().file("persons.toml"));
    CHECK(elsewhere.code == 1);
    CHECK(elsewhere.said.find("another server") != std::string::npos);
    CHECK(call(site, "--adapter none --server " + site.url()).code != 0);
    CHECK(site.front().copyOfBooks().messages.empty());
}
