#include "firmware/session/guide_desk.hpp"

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {
namespace {

constexpr Manners manners{.canGoBack = true};

// None: back, or nobody is there.
std::optional<std::string> chosenOn(Conversation& conversation, const PersonPage& page) {
    const auto action = conversation.ask(page, manners);
    if (!action || action->kind != ActionKind::choose) return std::nullopt;
    return action->choice;
}

policy::ServiceMode modeHere(const SessionParts& parts, Serves serves, std::string_view id) {
    const services::Service* service = services::serviceNamed(id);
    const bool can = service != nullptr && serves != Serves::nothing &&
                     (serves == Serves::all || !service->makesCard());
    return can ? services::whoMay(*service, settingOf(parts)) : policy::ServiceMode::guide;
}

void readGroup(SessionParts& parts, Conversation& conversation, Serves serves,
               services::GuideGroup group) {
    const policy::RegionPolicy& region = parts.issuance.region;
    while (const auto topic = chosenOn(conversation, services::guideGroupPage(region, group))) {
        if (!region.services.contains(*topic)) return;
        readTopic(parts, conversation, serves, *topic);
        if (conversation.left()) return;
    }
}

}  // namespace

void readTopic(SessionParts& parts, Conversation& conversation, Serves serves,
               const std::string& id) {
    const PersonPage topic = services::guideTopicPage(id, modeHere(parts, serves, id));
    const PersonPage papers =
        services::guidePapersPage(parts.issuance.region, id, conversation.contacts());
    while (true) {
        const auto next = conversation.ask(topic, manners);
        if (!next || next->kind != ActionKind::confirm) return;
        const auto read = conversation.ask(papers, manners);
        if (!read || read->kind != ActionKind::back) return;
    }
}

void readGuide(SessionParts& parts, Conversation& conversation, Serves serves) {
    while (const auto chosen = chosenOn(conversation, services::guidePage(parts.issuance.region))) {
        const auto group = named<services::GuideGroup>(*chosen);
        if (!group) return;
        readGroup(parts, conversation, serves, *group);
        if (conversation.left()) return;
    }
}

}  // namespace liqu::session
