// What the screen said was so: each text about the world is compared with the world at the moment
// it came (truth.json, shown.jsonl). The window tells when it took a screen over, a little late;
// the world is looked at a hundred times a second, or as often as a busy machine can: each moment
// says between which two looks it began.
#include <algorithm>

#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/digest.hpp"
#include "tests/world/truth/predicates.hpp"

namespace liqu::judge {
namespace {

constexpr std::int64_t before = 400;  // ms
constexpr std::int64_t after = 150;

struct Moment {
    std::int64_t since = 0;
    std::int64_t at = 0;
    truth::Truth is;
};

truth::WordClass classNamed(const std::string& name) {
    if (name == "world") return truth::WordClass::world;
    if (name == "ask") return truth::WordClass::ask;
    if (name == "answer") return truth::WordClass::answer;
    return truth::WordClass::label;
}

truth::WordClasses classesOf(const Json& file) {
    truth::WordClasses classes;
    for (const Json& rule : file.at("rules")) {
        classes.add({rule.at("pattern").get<std::string>(),
                     classNamed(rule.at("class").get<std::string>()),
                     rule.at("predicate").get<std::string>()});
    }
    return classes;
}

std::vector<Moment> momentsOf(const Json& file) {
    std::vector<Moment> moments;
    for (const Json& one : file.at("moments")) {
        Moment moment{momentOf(one.at("since").get<std::string>()).value_or(0),
                      momentOf(one.at("at").get<std::string>()).value_or(0),
                      {}};
        for (const truth::FactName& name : truth::factNames) {
            moment.is.*name.fact = one.at("facts").value(std::string(name.name), 0);
        }
        moments.push_back(moment);
    }
    return moments;
}

// What was so at any time around this one.
std::vector<const truth::Truth*> around(const std::vector<Moment>& moments, std::int64_t at) {
    std::vector<const truth::Truth*> found;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const bool begun = moments[i].since <= at + after;
        const bool ended = i + 1 < moments.size() && moments[i + 1].at < at - before;
        if (begun && !ended) found.push_back(&moments[i].is);
    }
    return found;
}

// Texts of one screen that were not so at any of these moments.
std::string liesIn(const truth::WordClasses& classes, const Json& line,
                   const std::vector<const truth::Truth*>& worlds) {
    std::string lies;
    for (const Json& one : line.at("keys")) {
        const auto key = one.get<std::string>();
        const bool so = std::ranges::any_of(worlds, [&](const truth::Truth* is) {
            return truth::liesOf(classes, {{key, false}}, *is).empty();
        });
        if (!so) lies += (lies.empty() ? "" : ", ") + key;
    }
    return lies;
}

void checkEveryScreenIsThere(Bench& bench) {
    std::set<std::string> recorded;
    for (const Json& line : bench.evidence.shown) recorded.insert(line.value("screen", ""));
    bool all = !recorded.empty();
    for (const Json& name : bench.evidence.world.value("screens", Json::array())) {
        all = all && recorded.contains(name.get<std::string>());
    }
    bench.expect(all, "every screen the person saw is in the window's own record");
}

}  // namespace

void checkTruth(Bench& bench) {
    checkEveryScreenIsThere(bench);
    const truth::WordClasses classes = classesOf(bench.evidence.truth);
    const std::vector<Moment> moments = momentsOf(bench.evidence.truth);
    bench.expect(
        std::ranges::is_sorted(moments, {}, &Moment::at) &&
            std::ranges::all_of(
                moments, [](const Moment& one) { return 0 < one.since && one.since <= one.at; }),
        "the moments of the world follow one another");
    for (const Json& line : bench.evidence.shown) {
        const auto at = momentOf(line.at("at").get<std::string>());
        const std::string lies =
            at ? liesIn(classes, line, around(moments, *at)) : std::string("no time");
        bench.expect(lies.empty(), "what the screen said was so: " + line.value("screen", ""),
                     lies + " at " + line.value("at", ""));
    }
}

}  // namespace liqu::judge
