// Rules, E-04, E-05, E-07, F-01, F-02, F-05, F-06, F-07, F-08, G-04,
//        G-07, G-08, G-14, G-21, I-10, M-01, M-08, M-11, M-12, M-13, M-18, M-19, N-01, N-02, P-01,
//        P-09, Q-03, Q-04, Q-05, R-04, R-08, R-12, T-01, T-02, T-03, T-05, W-03, X-01, X-02, X-03,
//        Z-01, Z-02.
// 办事指南: whatever a shipped region provides for is told with its six items (Changji 8.1.2), in
// both languages, and nothing is told that it does not provide for.
#include "firmware/services/guidance.hpp"

#include <doctest/doctest.h>
#include <set>

#include "firmware/services/catalogue.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::services {
namespace {

const std::filesystem::path config = LIQU_SOURCE_DIR "/kiosk-config";
constexpr std::array shipped = {"simulator", "guangdong", "shaanxi-shangluo", "xinjiang-changji"};

policy::RegionPolicy regionNamed(const std::string& name) {
    auto region =
        policy::loadRegionPolicy(config / "regions" / (name + ".toml"), {.termsOf = termsOf});
    REQUIRE_MESSAGE(region, (region ? "" : describe(region.error())));
    return *region;
}

ui::Dictionary wordsOf(const policy::RegionPolicy& region) {
    auto words = ui::Dictionary::read(config / "strings");
    REQUIRE(words);
    const auto laid = words->layOver(region.words);
    REQUIRE_MESSAGE(laid, (laid ? "" : describe(laid.error())));
    return *words;
}

// Without a machine around it: every place has a name for all.
void checkSaid(const ui::Dictionary& words, const std::string& key) {
    CAPTURE(key);
    for (const auto language : {screen::Language::chinese, screen::Language::english}) {
        CHECK(words.has(language, key));
        const std::string text = words.text(language, {key});
        CHECK(text.find('{') == std::string::npos);
        CHECK(!text.empty());
    }
}

TEST_CASE("what a region provides for is told with all its items, in both languages") {
    for (const char* name : shipped) {
        CAPTURE(std::string(name));
        const policy::RegionPolicy region = regionNamed(name);
        const ui::Dictionary words = wordsOf(region);
        CHECK(hasGuide(region));
        for (const auto& [id, rule] : region.services) {
            CAPTURE(id);
            REQUIRE(isInGuide(id));
            if (id == helpId) continue;
            CHECK(!rule.basis.empty());
            checkSaid(words, "service." + id);
            checkSaid(words, "service." + id + "-detail");
            for (const std::string& key : guideKeys(id)) checkSaid(words, key);
        }
    }
}

TEST_CASE("a region's words tell of nothing that it does not provide for, and alike in both") {
    for (const char* name : shipped) {
        CAPTURE(std::string(name));
        const policy::RegionPolicy region = regionNamed(name);
        const auto own = ui::Dictionary::read(region.words);
        REQUIRE_MESSAGE(own, (own ? "" : describe(own.error())));
        std::set<std::string> told;
        for (const auto& [id, rule] : region.services) {
            for (const std::string& key : guideKeys(id)) told.insert(key);
        }
        for (const auto language : {screen::Language::chinese, screen::Language::english}) {
            for (const auto& [key, wording] : own->all(language)) {
                CAPTURE(key);
                // And of what to bring here, where something is missing.
                CHECK(
                    (told.contains(key) || key.starts_with("place.") || key == "error.40217.next"));
            }
            CHECK(own->all(language).size() == own->all(screen::Language::chinese).size());
        }
    }
}

// 制卡周期: 12 working days for a first card, 10 for the making, 5 where it is urgent (Guangdong
// Art.7, 11(2)).
TEST_CASE("Guangdong's times are told as its articles name them, in both languages") {
    const policy::RegionPolicy guangdong = regionNamed("guangdong");
    const ui::Dictionary words = wordsOf(guangdong);
    const auto says = [&](const std::string& id, const std::string& number) {
        const std::string chinese =
            words.text(screen::Language::chinese, {"guide." + id + ".time"});
        const std::string english =
            words.text(screen::Language::english, {"guide." + id + ".time"});
        CAPTURE(id);
        CAPTURE(number);
        CHECK(chinese.find(number + "个工作日") != std::string::npos);
        CHECK(english.find(number) != std::string::npos);
    };
    says("first-card", "12");
    for (const char* id : {"first-card", "replacement", "exchange-damaged", "exchange-data",
                           "exchange-expired", "exchange-other"}) {
        says(id, "5");
        if (id != std::string("first-card")) says(id, "10");
    }
}

TEST_CASE("everything that can be carried out can be told about") {
    for (const Service* service : catalogue()) CHECK(isInGuide(service->id));
    CHECK_FALSE(isInGuide("dance"));
    CHECK(isInGuide(helpId));
}

TEST_CASE("a region tells of its own topics, group by group; a group without any is not shown") {
    policy::RegionPolicy region;
    CHECK_FALSE(hasGuide(region));
    region.services["help"].mode = policy::ServiceMode::self;
    region.services["loss-formal"].basis = "Guangdong Art.25";
    region.services["loss-release"].basis = "Guangdong Art.26";
    CHECK(hasGuide(region));
    const screen::PersonPage guide = guidePage(region);
    const auto& groups = std::get<screen::Choices>(guide.parts.front()).choices;
    REQUIRE(groups.size() == 1);
    CHECK(groups.front().id == "loss");
    const screen::PersonPage page = guideGroupPage(region, GuideGroup::loss);
    const auto& topics = std::get<screen::Choices>(page.parts.front()).choices;
    REQUIRE(topics.size() == 2);
    CHECK(topics.back().id == "loss-release");
    region.services["help"].mode = policy::ServiceMode::guide;
    CHECK_FALSE(hasGuide(region));
}

std::vector<std::string> citedBy(const policy::RegionPolicy& region, const std::string& basis) {
    policy::RegionPolicy one = region;
    one.services["progress"].basis = basis;
    std::vector<std::string> keys;
    for (const auto& part : guidePapersPage(one, "progress", {}).beside) {
        const auto& phrase = std::get<screen::Paragraph>(part).text;
        std::string said = phrase.key;
        for (const auto& [name, value] : phrase.values) said += "|" + value;
        keys.push_back(said);
    }
    // What stands around it: its label, and where to complain.
    return {keys.begin() + 1, keys.end() - 2};
}

TEST_CASE("the rule is cited with the name of its document") {
    using Cited = std::vector<std::string>;
    policy::RegionPolicy region;
    region.documents = {{"Shangluo", "B"}, {"Shangluo Window", "A"}, {"Changji", "C"}};
    CHECK(citedBy(region, "Shangluo Window Art.15, 22; Shangluo Art.28") ==
          Cited{"guide.article|A|15, 22", "guide.article|B|28"});
    CHECK(citedBy(region, "Changji 6.1.3.2") == Cited{"guide.clause|C|6.1.3.2"});
    CHECK(citedBy(region, "silent; default") == Cited{"guide.silent"});
    CHECK(citedBy(region, "Guangdong Art.8") == Cited{"plain|Guangdong Art.8"});
    for (const char* name : shipped) {
        const policy::RegionPolicy shippedRegion = regionNamed(name);
        for (const auto& [id, rule] : shippedRegion.services) {
            CAPTURE(std::string(name) + " " + id);
            for (const std::string& cited : citedBy(shippedRegion, rule.basis))
                CHECK_FALSE(cited.starts_with("plain"));
        }
    }
}

TEST_CASE("where the machine carries it out itself, the page says so") {
    const auto noticeOf = [](policy::ServiceMode here) -> std::string {
        for (const auto& part : guideTopicPage("progress", here).parts) {
            if (const auto* notice = std::get_if<screen::Notice>(&part)) return notice->text.key;
        }
        return {};
    };
    CHECK(noticeOf(policy::ServiceMode::self) == "guide.here");
    CHECK(noticeOf(policy::ServiceMode::attended) == "guide.here-attended");
    CHECK(noticeOf(policy::ServiceMode::guide).empty());
}

}  // namespace
}  // namespace liqu::services
