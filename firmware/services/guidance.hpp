// 办事指南: what the rules of a region provide for, whoever carries it out and wherever: to each
// the six items of Changji 8.1.2 (content, basis, procedure, time, papers, where to complain). It
// stands on the region's file and words alone, so that it can be read when nothing else works.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/words.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::services {

// In the order in which they are shown.
enum class GuideGroup : std::uint8_t { apply, fetch, exchange, loss, pin, query, bank, others };
constexpr auto wordsOf(GuideGroup) {
    return words<GuideGroup>({{GuideGroup::apply, "apply"},
                              {GuideGroup::fetch, "fetch"},
                              {GuideGroup::exchange, "exchange"},
                              {GuideGroup::loss, "loss"},
                              {GuideGroup::pin, "pin"},
                              {GuideGroup::query, "query"},
                              {GuideGroup::bank, "bank"},
                              {GuideGroup::others, "others"}});
}

// The guide's own id; a region without it has none.
inline constexpr std::string_view helpId = "help";
// A [service.<id>] that may stand in a region: a topic, or the guide itself.
bool isInGuide(std::string_view id);
// What a service is about; none where it is no topic.
std::optional<GuideGroup> groupOf(std::string_view id);
// What its pages say besides its name, in the words of the region.
struct GuideWords {
    screen::Phrase how;
    screen::Phrase papers;
    screen::Phrase time;
};
GuideWords guideWordsOf(std::string_view id);
// Their keys; the guide itself has none.
std::vector<std::string> guideKeys(std::string_view id);

bool hasGuide(const policy::RegionPolicy& region);
// 临时卡: given out while a card is being made, a first one too (Shangluo Art.27), where the region
// tells of any. To whoever waits for a card, as a way to its page.
inline constexpr std::string_view temporaryCardId = "temporary-card";
bool tellsOfTemporaryCard(const policy::RegionPolicy& region);
screen::Button wayToTemporaryCard();
// The groups in which this region has something.
screen::PersonPage guidePage(const policy::RegionPolicy& region);
screen::PersonPage guideGroupPage(const policy::RegionPolicy& region, GuideGroup group);
// How it is done. here: who carries it out at this machine.
screen::PersonPage guideTopicPage(std::string_view id, policy::ServiceMode here);
// The page after it: with what, how long, by which rule, and where to complain.
screen::PersonPage guidePapersPage(const policy::RegionPolicy& region, std::string_view id,
                                   const screen::Contacts& contacts);

}  // namespace liqu::services
