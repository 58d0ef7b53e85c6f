#include "firmware/services/guidance.hpp"

#include <algorithm>
#include <array>

#include "firmware/policy/basis.hpp"

namespace liqu::services {
namespace {

using namespace screen;

// Something the rules provide for; also what no kiosk carries out.
struct Topic {
    std::string_view id;  // as in [service.<id>]
    GuideGroup group;
};
constexpr std::array<Topic, 39> all = {{
    {"first-card", GuideGroup::apply},
    {"replacement", GuideGroup::apply},
    {"withdraw", GuideGroup::apply},
    {"fee", GuideGroup::apply},
    {"child-photo", GuideGroup::apply},
    {"rare-name", GuideGroup::apply},
    {"enable", GuideGroup::fetch},
    {"fetch-held", GuideGroup::fetch},
    {"fetch-agent", GuideGroup::fetch},
    {"mail", GuideGroup::fetch},
    {"wrong-card", GuideGroup::fetch},
    {"quality", GuideGroup::fetch},
    {"exchange-damaged", GuideGroup::exchange},
    {"exchange-data", GuideGroup::exchange},
    {"exchange-expired", GuideGroup::exchange},
    {"exchange-bank", GuideGroup::exchange},
    {"exchange-other", GuideGroup::exchange},
    {"same-number", GuideGroup::exchange},
    {"loss-temporary", GuideGroup::loss},
    {"loss-formal", GuideGroup::loss},
    {"loss-release", GuideGroup::loss},
    {"temporary-card", GuideGroup::loss},
    {"pin-first", GuideGroup::pin},
    {"pin-change", GuideGroup::pin},
    {"pin-unlock", GuideGroup::pin},
    {"pin-reset", GuideGroup::pin},
    {"progress", GuideGroup::query},
    {"card-state", GuideGroup::query},
    {"data-change", GuideGroup::query},
    {"e-card", GuideGroup::query},
    {"bank-activation", GuideGroup::bank},
    {"bank-pin", GuideGroup::bank},
    {"bank-details", GuideGroup::bank},
    {"agent", GuideGroup::others},
    {"home-service", GuideGroup::others},
    {"batch", GuideGroup::others},
    {"cancellation", GuideGroup::others},
    {"transfer", GuideGroup::others},
    {"one-card", GuideGroup::others},
}};

PersonPage pageNamed(const char* name, Phrase question) {
    return {.name = name, .stage = VisitStage::none, .question = std::move(question)};
}

std::vector<std::string_view> topicsOf(const policy::RegionPolicy& region, GuideGroup group) {
    std::vector<std::string_view> found;
    for (const Topic& topic : all) {
        if (topic.group == group && region.services.contains(std::string(topic.id)))
            found.push_back(topic.id);
    }
    return found;
}

std::string wordsAt(std::string_view id, const char* item) {
    return "guide." + std::string(id) + "." + item;
}

// A name in small letters, and what is said of it.
void tell(std::vector<PagePart>& parts, const char* name, Phrase said, TextSize size) {
    parts.push_back(Paragraph{{name}, TextSize::small, true});
    parts.push_back(Paragraph{std::move(said), size});
}

// "Guangdong Art.8(1), 36(3)" is of a document, and names its articles; a standard has clauses.
Phrase citation(const policy::RegionPolicy& region, std::string_view cited) {
    constexpr std::string_view article = "Art.";
    const std::size_t space =
        cited.find(cited.find(article) != std::string_view::npos ? " Art." : " ");
    const auto document = region.documents.find(std::string(cited.substr(0, space)));
    if (space == std::string_view::npos || document == region.documents.end())
        return Phrase::plain(std::string(cited));
    std::string_view where = cited.substr(space + 1);
    const bool isArticle = where.starts_with(article);
    if (isArticle) where.remove_prefix(article.size());
    return {isArticle ? "guide.article" : "guide.clause",
            {{"document", document->second}, {"where", std::string(where)}}};
}

// By which rules; each of them is cited in a line of its own.
void tellBasis(std::vector<PagePart>& parts, const policy::RegionPolicy& region,
               std::string_view basis) {
    parts.push_back(Paragraph{{"guide.basis"}, TextSize::small, true});
    if (basis == policy::silentBasis) {
        parts.push_back(Paragraph{{"guide.silent"}, TextSize::small});
        return;
    }
    constexpr std::string_view between = "; ";
    while (!basis.empty()) {
        const std::size_t end = std::min(basis.find(between), basis.size());
        parts.push_back(Paragraph{citation(region, basis.substr(0, end)), TextSize::small});
        basis.remove_prefix(std::min(end + between.size(), basis.size()));
    }
}

}  // namespace

std::optional<GuideGroup> groupOf(std::string_view id) {
    const auto* topic = std::ranges::find(all, id, &Topic::id);
    return topic == all.end() ? std::nullopt : std::optional(topic->group);
}

bool isInGuide(std::string_view id) {
    return id == helpId || groupOf(id).has_value();
}

GuideWords guideWordsOf(std::string_view id) {
    return {{wordsAt(id, "how")}, {wordsAt(id, "papers")}, {wordsAt(id, "time")}};
}

std::vector<std::string> guideKeys(std::string_view id) {
    if (id == helpId) return {};
    const GuideWords words = guideWordsOf(id);
    return {words.how.key, words.papers.key, words.time.key};
}

bool hasGuide(const policy::RegionPolicy& region) {
    const auto help = region.services.find(std::string(helpId));
    return help != region.services.end() && help->second.mode != policy::ServiceMode::guide;
}

bool tellsOfTemporaryCard(const policy::RegionPolicy& region) {
    return hasGuide(region) && region.services.contains(std::string(temporaryCardId));
}

Button wayToTemporaryCard() {
    return {ActionKind::choose, {"service.temporary-card"}, false, std::string(temporaryCardId)};
}

PersonPage guidePage(const policy::RegionPolicy& region) {
    PersonPage page = pageNamed("guide", {"guide.question"});
    Choices choices;
    for (const GuideGroup group : wordTable<GuideGroup>.values()) {
        if (topicsOf(region, group).empty()) continue;
        const std::string id(nameOf(group));
        choices.choices.push_back({.id = id,
                                   .title = {"guide.group." + id},
                                   .detail = {"guide.group." + id + "-detail"}});
    }
    page.parts.push_back(std::move(choices));
    return page;
}

PersonPage guideGroupPage(const policy::RegionPolicy& region, GuideGroup group) {
    PersonPage page = pageNamed("guide-group", {"guide.group." + std::string(nameOf(group))});
    Choices choices;
    for (const std::string_view topic : topicsOf(region, group)) {
        const std::string id(topic);
        choices.choices.push_back(
            {.id = id, .title = {"service." + id}, .detail = {"service." + id + "-detail"}});
    }
    page.parts.push_back(std::move(choices));
    return page;
}

PersonPage guideTopicPage(std::string_view id, policy::ServiceMode here) {
    PersonPage page = pageNamed("guide-topic", {"service." + std::string(id)});
    if (here == policy::ServiceMode::self) page.parts.push_back(Notice{{"guide.here"}, Tone::info});
    if (here == policy::ServiceMode::attended)
        page.parts.push_back(Notice{{"guide.here-attended"}, Tone::info});
    page.parts.push_back(Paragraph{{wordsAt(id, "how")}});
    page.buttons = {{ActionKind::confirm, {"guide.next"}, true}};
    return page;
}

PersonPage guidePapersPage(const policy::RegionPolicy& region, std::string_view id,
                           const Contacts& contacts) {
    PersonPage page = pageNamed("guide-papers", {"service." + std::string(id)});
    tell(page.parts, "guide.papers", {wordsAt(id, "papers")}, TextSize::body);
    tell(page.parts, "guide.time", {wordsAt(id, "time")}, TextSize::body);
    tellBasis(page.beside, region, region.rule(id).basis);
    tell(page.beside, "guide.complaint",
         {contacts.complaint.empty() ? "guide.complain-counter" : "guide.complain"},
         TextSize::small);
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"guide.understood"}, true}};
    return page;
}

}  // namespace liqu::services
