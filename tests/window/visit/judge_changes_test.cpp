// The judge's eyes: in the evidence of a real visit that ended well, every single field is changed
// in turn. The seal notices each change of a file; the records alone, compared with one another,
// notice all but what is listed here as of no account for this card.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <regex>

#include "tests/support/scratch.hpp"
#include "tests/world/card_printer/plastic_card.hpp"
#include "tests/world/judge/evidence.hpp"
#include "tests/world/judge/verdict.hpp"
#include "tests/world/province/portrait.hpp"
#include "tests/world/truth/predicates.hpp"

using namespace liqu::judge;
namespace truth = liqu::truth;

namespace {

namespace files = std::filesystem;

const files::path evidenceFolder = LIQU_EVIDENCE;

const Evidence& good() {
    static const Evidence evidence = readEvidence(evidenceFolder);
    return evidence;
}

// Of a walk that exchanged a card.
const Evidence& goodWalk() {
    static const Evidence evidence = readEvidence(LIQU_WALK_EVIDENCE);
    return evidence;
}

void change(Json& value) {
    if (value.is_string()) {
        std::string text = value;
        if (text.empty()) text = "1";
        char& last = text.back();
        last = last == '1' ? '2' : '1';
        value = text;
    } else if (value.is_boolean()) {
        value = !value.get<bool>();
    } else if (value.is_number_integer()) {
        value = value.get<long>() + 1;
    } else if (value.is_number_float()) {
        value = value.get<double>() + 1000.0;
    } else {
        value = "1";
    }
}

// Changes every leaf in turn, and gives the paths nobody noticed.
std::vector<std::string> unnoticed(Json Evidence::*document,
                                   Verdict (*judge)(const Evidence&) = judgeRecords,
                                   const std::string& within = "", const Evidence& of = good()) {
    std::vector<std::string> paths;
    Evidence evidence = of;
    const Json leaves = (of.*document).flatten();
    for (const auto& [path, value] : leaves.items()) {
        if (path.find(within) == std::string::npos) continue;
        Json changed = value;
        change(changed);
        (evidence.*document)[Json::json_pointer(path)] = changed;
        if (judge(evidence).allHold()) paths.push_back(path);
        (evidence.*document)[Json::json_pointer(path)] = value;
    }
    return paths;
}

void checkOnlyOfNoAccount(const std::vector<std::string>& paths, const char* pattern) {
    const std::regex allowed(pattern);
    for (const std::string& path : paths) {
        CAPTURE(path);
        CHECK(std::regex_search(path, allowed));
    }
}

std::vector<std::string> unnoticedCells(std::vector<CsvRow> Evidence::*table) {
    std::vector<std::string> cells;
    Evidence evidence = good();
    for (std::size_t row = 0; row < (evidence.*table).size(); ++row) {
        for (auto& [column, cell] : (evidence.*table)[row]) {
            const std::string before = cell;
            cell = before.empty() ? "1" : before.back() == '1' ? before + "2" : before + "1";
            if (judgeRecords(evidence).allHold()) {
                cells.push_back(std::to_string(row) + "/" + column);
            }
            cell = before;
        }
    }
    return cells;
}

}  // namespace

TEST_CASE("the visit itself is judged good") {
    const Verdict verdict = judgeFolder(evidenceFolder);
    CHECK_MESSAGE(exitCodeOf(verdict) == 0, describe(verdict));
}

TEST_CASE("a change of any file breaks the seal") {
    const liqu::test::Scratch scratch;
    const files::path copy = scratch.folder() / "evidence";
    files::copy(evidenceFolder, copy, files::copy_options::recursive);
    for (const char* name :
         {"chip.json", "province.json", "world.json", "timeline.json", "ledger.csv", "stock.csv",
          "outbox.csv", "printer-usb.bin", "id-reader-usb.log", "chip-apdu.log", "face.png",
          "person.png", "truth.json", "shown.jsonl"}) {
        CAPTURE(name);
        std::fstream file(copy / name, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(-2, std::ios::end);
        const int before = file.get();
        file.seekp(-2, std::ios::end);
        file.put(static_cast<char>(before ^ 1));
        file.close();
        CHECK(exitCodeOf(judgeFolder(copy)) == 1);
        files::copy_file(evidenceFolder / name, copy / name,
                         files::copy_options::overwrite_existing);
    }
    CHECK(exitCodeOf(judgeFolder(copy)) == 0);
}

TEST_CASE("the chip's files") {
    checkOnlyOfNoAccount(unnoticed(&Evidence::chips), "^/cards/[1-9]");
}

TEST_CASE("the province's books") {
    checkOnlyOfNoAccount(unnoticed(&Evidence::province),
                         "^/(persons|messages|blanks|cards/[1-9]|carriedOut/[0-9]+/serverRef)");
}

TEST_CASE("the world") {
    checkOnlyOfNoAccount(unnoticed(&Evidence::world),
                         "^/(seed|speed|profile|language|visit)$|/panels");
    // What was printed on each card is compared with the bytes sent to the printer.
    CHECK(unnoticed(&Evidence::world, judgeFaces, "/panels").empty());
}

TEST_CASE("what a walk was to lead to, and the card that was brought along") {
    REQUIRE(exitCodeOf(judgeRecords(goodWalk())) == 0);
    for (const char* within : {"/afterwards", "/ownCard"}) {
        CAPTURE(within);
        CHECK(unnoticed(&Evidence::world, judgeRecords, within, goodWalk()).empty());
        REQUIRE(goodWalk().world.contains(std::string(within).substr(1)));
    }
}

TEST_CASE("the timeline") {
    checkOnlyOfNoAccount(unnoticed(&Evidence::timeline),
                         "^/(mechanics|panelGaps)|/(chip|person|province)Ms$");
}

// Every moment of the run is as this.
void makeEveryMoment(Evidence& evidence, const truth::Truth& is) {
    for (Json& moment : evidence.truth.at("moments")) {
        moment["facts"] = Json::object();
        for (const truth::FactName& one : truth::factNames) {
            moment["facts"][std::string(one.name)] = is.*one.fact;
        }
    }
}

// A world in which the predicate is as wanted; none where no world is.
std::optional<truth::Truth> worldIn(std::mt19937& random, const truth::Predicate& predicate,
                                    bool wanted) {
    for (int tries = 0; tries < 5000; ++tries) {
        truth::Truth is;
        for (const truth::FactName& one : truth::factNames) {
            is.*one.fact = static_cast<int>(random() % 3) / 2;
        }
        if (predicate.holds(is) == wanted) return is;
    }
    return std::nullopt;
}

bool isCalledALie(const Evidence& evidence, const std::string& key) {
    const Verdict verdict = judgeRecords(evidence);
    return std::ranges::any_of(verdict.checks, [&](const Check& check) {
        return !check.holds && check.what.starts_with("what the screen said was so") &&
               check.detail.starts_with(key + " at");
    });
}

TEST_CASE("one lie for each predicate is found, and the same words where they are true are not") {
    std::map<std::string, std::string> keyOf;
    for (const Json& rule : good().truth.at("rules")) {
        std::string key = rule.at("pattern");
        if (const auto star = key.find('*'); star != std::string::npos) key.replace(star, 1, "00");
        if (rule.at("class") == "world") keyOf.emplace(rule.at("predicate"), key);
    }
    std::mt19937 random(44);
    for (const truth::Predicate& predicate : truth::predicates()) {
        CAPTURE(std::string(predicate.name));
        Evidence evidence = good();
        const std::string key = keyOf.at(std::string(predicate.name));
        Json& line = evidence.shown.at(evidence.shown.size() / 2);
        line["keys"] = {key};
        for (const bool so : {true, false}) {
            const auto world = worldIn(random, predicate, so);
            REQUIRE(world.has_value());
            makeEveryMoment(evidence, *world);
            CHECK(isCalledALie(evidence, key) != so);
        }
    }
}

TEST_CASE("a screen left out of the record, and a text without a class") {
    Evidence evidence = good();
    std::erase_if(evidence.shown, [](const Json& line) { return line["screen"] == "making"; });
    CHECK_FALSE(judgeRecords(evidence).allHold());
    evidence = good();
    evidence.shown.back()["keys"].push_back("no.such-text");
    CHECK_FALSE(judgeRecords(evidence).allHold());
}

TEST_CASE("another person's portrait on the card is found") {
    const liqu::test::Scratch scratch;
    const files::path copy = scratch.folder() / "evidence";
    files::copy(evidenceFolder, copy, files::copy_options::recursive);
    CHECK(judgeFaces(readEvidence(copy)).allHold());
    const liqu::Bytes drawn = liqu::world::drawPortrait({7, false, 40});
    liqu::Bytes rgb;
    for (std::size_t i = 0; i + 3 < drawn.size(); i += 4) {
        for (const std::size_t channel : {i + 2, i + 1, i}) rgb.push_back(drawn[channel]);
    }
    const liqu::Bytes png =
        liqu::world::encodePng(rgb, liqu::world::portraitWidth, liqu::world::portraitHeight);
    std::ofstream file(copy / "person.png", std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
    file.close();
    const Verdict verdict = judgeFaces(readEvidence(copy));
    CHECK(std::ranges::any_of(verdict.checks, [](const Check& check) {
        return !check.holds && check.what.find("face of the person") != std::string::npos;
    }));
}

TEST_CASE("ledger, stock and outbox") {
    checkOnlyOfNoAccount(unnoticedCells(&Evidence::ledger), "/(at|reason)$");
    checkOnlyOfNoAccount(unnoticedCells(&Evidence::stock), "/(vendor)$");
    checkOnlyOfNoAccount(unnoticedCells(&Evidence::outbox),
                         "/(fact|happened_at|delivered_at|attempts)$");
}

TEST_CASE("before an older province: what is not on the list, not done, or done twice is found") {
    Evidence evidence = readEvidence(LIQU_OLDER_EVIDENCE);
    REQUIRE(judgeRecords(evidence).allHold());
    REQUIRE_FALSE(evidence.branchList.empty());
    Json& acts = evidence.olderProvince.at("acts");
    REQUIRE(acts.size() == 1);
    SUBCASE("a fact that nobody will tell the province of") {
        evidence.branchList.clear();
    }
    SUBCASE("a fact of another number") {
        evidence.branchList.front()["terminal_seq"] = "7";
    }
    SUBCASE("a loss that the province does not have") {
        for (Json& card : evidence.province.at("cards")) card["state"] = "NORMAL";
    }
    SUBCASE("a loss that was never asked for") {
        acts.clear();
    }
    SUBCASE("a loss that was carried out twice") {
        acts.front()["executedTwice"] = 1;
    }
    SUBCASE("a loss that the books deny") {
        evidence.world.at("orders").back()["state"] = "resumable";
    }
    SUBCASE("what its own judge found") {
        evidence.olderProvince["violations"].push_back("somebody has two cards");
    }
    CHECK_FALSE(judgeRecords(evidence).allHold());
}
