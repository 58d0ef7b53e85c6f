#include "firmware/services/query_page.hpp"

#include <utility>

namespace liqu::services {

using namespace screen;

std::string cardStateKey(province::CardState state) {
    return "card-state." + std::string(cardStateWords[state]);
}

void tellState(PersonPage& page, province::CardState state) {
    page.parts.push_back(Notice{{cardStateKey(state)}, Tone::info});
    page.parts.push_back(Paragraph{{cardStateKey(state) + "-next"}});
}

std::string dayOf(const std::string& timeOrDate) {
    constexpr std::size_t digitsOfADate = 8;
    if (timeOrDate.size() != digitsOfADate) return timeOrDate.substr(0, 10);
    return timeOrDate.substr(0, 4) + "-" + timeOrDate.substr(4, 2) + "-" + timeOrDate.substr(6);
}

PersonPage queryPage(const std::string& name, const Occasion& occasion) {
    PersonPage page{.name = name, .stage = VisitStage::take};
    page.question = {name + ".question"};
    // Never taken for today's later on: what was known is told with its time.
    const std::string time = formatChinaTime(occasion.at);
    page.beside.push_back(
        Paragraph{{"query.as-of", {{"day", dayOf(time)}, {"time", time.substr(11, 5)}}},
                  TextSize::small,
                  true});
    if (!occasion.contacts.hotline.empty()) {
        page.beside.push_back(Paragraph{
            {"contact.hotline", {{"hotline", occasion.contacts.hotline}}}, TextSize::small, true});
    }
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"query.understood"}, true}};
    return page;
}

void tellBeside(PersonPage& page, Phrase name, Phrase said) {
    page.beside.insert(page.beside.begin(), {Paragraph{std::move(name), TextSize::small, true},
                                             Paragraph{std::move(said), TextSize::small}});
}

}  // namespace liqu::services
