// kiosk-config/rules.csv: every rule of the regulations, what the kiosk does about it in each
// region, where that lives, and the tests that prove it. A test says which rules it proves in a
// line
// "// Rules: L-02, L-03." at its head. What is not there yet is "open".
#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <filesystem>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "firmware/base/plain_file.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"

namespace liqu::services {
namespace {

namespace files = std::filesystem;
using Cells = std::vector<std::string>;
using policy::ServiceMode;
using policy::SiteKind;

const files::path root = LIQU_SOURCE_DIR;
constexpr std::array regions = {"guangdong", "shaanxi-shangluo", "xinjiang-changji"};
const Cells columns = {"id",       "article", "class", "guangdong",
                       "shangluo", "changji", "where", "test"};
enum Column : std::size_t { id, article, kind, guangdong, shangluo, changji, where, test };

std::string textOf(const files::path& path) {
    return PlainFile::open(path).value().read(1U << 20).value();
}

Cells words(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

// One line; a cell in quotes may hold commas.
Cells cellsOf(const std::string& line) {
    Cells cells(1);
    bool quoted = false;
    for (const char sign : line) {
        if (sign == '"') {
            quoted = !quoted;
        } else if (sign == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += sign;
        }
    }
    return cells;
}

const std::vector<Cells>& rules() {
    static const std::vector<Cells> all = [] {
        std::vector<Cells> rows;
        std::istringstream text(textOf(root / "kiosk-config/rules.csv"));
        for (std::string line; std::getline(text, line);) rows.push_back(cellsOf(line));
        REQUIRE(!rows.empty());
        CHECK(rows.front() == columns);
        rows.erase(rows.begin());
        for (const Cells& row : rows) REQUIRE(row.size() == columns.size());
        return rows;
    }();
    return all;
}

bool isOpen(const Cells& row) {
    return row[where].starts_with("open") || row[test].starts_with("open");
}

// Whether some shipped region has the key.
bool isKey(const std::string& key) {
    return std::ranges::any_of(regions, [&key](const char* name) {
        const auto file =
            ConfigFile::read(root / "kiosk-config/regions" / (std::string(name) + ".toml"));
        REQUIRE(file);
        return file->has(key);
    });
}

bool isHome(const std::string& home) {
    if (home == "site") return true;
    if (home.starts_with("service.")) return isInGuide(home.substr(8));
    if (home.starts_with("key:")) return isKey(home.substr(4));
    return files::exists(root / home);
}

std::set<std::string> marksIn(const std::string& text) {
    static const std::regex mark(R"(// Rules: ([A-Z0-9, \n/-]*)\.)");
    static const std::regex rule("[A-Z]-[0-9]{2}");
    std::set<std::string> found;
    std::smatch line;
    if (!std::regex_search(text, line, mark)) return found;
    const std::string listed = line[1];
    for (std::sregex_iterator at(listed.begin(), listed.end(), rule), end; at != end; ++at)
        found.insert(at->str());
    return found;
}

TEST_CASE("every rule is there once, and says what is done in each region") {
    CHECK(rules().size() == 170);
    std::set<std::string> seen;
    const std::set<std::string> classes = {"F", "C", "G", "N", "B", "site"};
    const std::set<std::string> acts = {"self",    "attended", "guide", "staff",
                                        "refuses", "outside",  "none"};
    for (const Cells& row : rules()) {
        CAPTURE(row[id]);
        CHECK(seen.insert(row[id]).second);
        CHECK(!row[article].empty());
        CHECK(classes.contains(row[kind]));
        bool somewhere = false;
        for (const std::size_t region : {guangdong, shangluo, changji}) {
            for (std::string act : words(row[region])) {
                CAPTURE(act);
                act = act.substr(act.find('=') + 1);
                CHECK(acts.contains(act));
                somewhere = somewhere || act != "none";
            }
            CHECK(!row[region].empty());
        }
        CHECK(somewhere);
    }
}

TEST_CASE("every rule has a home that is there") {
    for (const Cells& row : rules()) {
        CAPTURE(row[id]);
        Cells homes = words(row[where]);
        if (!homes.empty() && homes.front() == "open") homes.erase(homes.begin());
        CHECK((!homes.empty() || isOpen(row)));
        for (const std::string& home : homes) CHECK_MESSAGE(isHome(home), home);
    }
}

TEST_CASE("every rule is proven by tests that are there and say so") {
    std::map<std::string, std::set<std::string>> proves;
    for (const Cells& row : rules()) {
        CAPTURE(row[id]);
        Cells tests = words(row[test]);
        REQUIRE(!tests.empty());
        if (tests.front() == "open") tests.erase(tests.begin());
        if (row[test] == "-") {
            // Nothing of the kiosk can be tested there.
            CHECK(row[where] == "site");
            continue;
        }
        for (const std::string& name : tests) {
            CAPTURE(name);
            REQUIRE(name.starts_with("tests/"));
            REQUIRE(files::exists(root / name));
            proves[name].insert(row[id]);
        }
    }
    for (const auto& [name, ids] : proves) {
        CAPTURE(name);
        CHECK(marksIn(textOf(root / name)) == ids);
    }
    for (const auto& entry : files::recursive_directory_iterator(root / "tests")) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string name = files::relative(entry.path(), root).string();
        if (name == "tests/unit/services/rules_test.cpp" || proves.contains(name)) continue;
        CHECK_MESSAGE(marksIn(textOf(entry.path())).empty(), name);
    }
}

// "usual=attended bank=self" at a bank is self.
std::string actAt(const std::string& said, SiteKind site) {
    std::string act = said;
    for (const std::string& word : words(said)) {
        const std::size_t sign = word.find('=');
        if (sign == std::string::npos) return said;
        const std::string at = word.substr(0, sign);
        if (at == "usual") act = word.substr(sign + 1);
    }
    for (const std::string& word : words(said)) {
        const std::size_t sign = word.find('=');
        if (word.substr(0, sign) == nameOf(site)) act = word.substr(sign + 1);
    }
    return act;
}

// A row whose first home is a service is about it.
std::string serviceOf(const Cells& row) {
    for (const std::string& home : words(row[where])) {
        if (home == "open") continue;
        return home.starts_with("service.") ? home.substr(8) : "";
    }
    return {};
}

// "pin-change=self pin-unlock=attended": of each service named what is said of it.
void checkNamedServices(const policy::RegionPolicy& region, const std::string& said) {
    for (const std::string& word : words(said)) {
        const std::size_t sign = word.find('=');
        const std::string service = sign == std::string::npos ? "" : word.substr(0, sign);
        if (!isInGuide(service)) continue;
        CAPTURE(word);
        REQUIRE(region.services.contains(service));
        CHECK(nameOf(region.rule(service).mode) == word.substr(sign + 1));
    }
}

TEST_CASE("a rule of a service says what the region's file says, at each kind of site") {
    for (std::size_t i = 0; i < regions.size(); ++i) {
        CAPTURE(std::string(regions[i]));
        for (const SiteKind site : wordTable<SiteKind>.values()) {
            const auto region = policy::loadRegionPolicy(
                root / "kiosk-config/regions" / (std::string(regions[i]) + ".toml"),
                {.termsOf = termsOf, .site = site});
            REQUIRE_MESSAGE(region, (region ? "" : describe(region.error())));
            for (const Cells& row : rules()) {
                checkNamedServices(*region, row[guangdong + i]);
                const std::string act = actAt(row[guangdong + i], site);
                const std::string service = serviceOf(row);
                const auto mode = named<ServiceMode>(act);
                if (service.empty() || !mode) continue;
                CAPTURE(row[id] + " " + service + " at " + std::string(nameOf(site)));
                REQUIRE(region->services.contains(service));
                CHECK(nameOf(region->rule(service).mode) == act);
            }
        }
    }
}

TEST_CASE("how much is open, class by class") {
    std::map<std::string, std::pair<int, int>> counts;
    for (const Cells& row : rules()) {
        auto& [closed, open] = counts[row[kind]];
        ++(isOpen(row) ? open : closed);
    }
    CHECK(counts.size() == 6);
    std::string told;
    for (const auto& [name, count] : counts) {
        told += name + " " + std::to_string(count.first) + " closed " +
                std::to_string(count.second) + " open; ";
    }
    MESSAGE(told);
}

}  // namespace
}  // namespace liqu::services
