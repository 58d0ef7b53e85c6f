// 应用状态查询: what the province has of the person's cards (Guangdong Art.6(9)).
#include <algorithm>
#include <array>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {
namespace {

using namespace screen;
using province::CardState;
using province::HolderCard;

void tell(PersonPage& page, const HolderCard& card, const policy::RegionPolicy& region) {
    const std::string key = cardStateKey(card.state);
    page.parts.push_back(Notice{{key}, Tone::info});
    page.parts.push_back(Facts{{{{"query.bank"}, PersonalText(region.bankName(card.bankCode))},
                                {{"card-state.valid-to"}, PersonalText(dayOf(card.expiryDate))}}});
    page.parts.push_back(Paragraph{{key + "-next"}});
}

// More would not be read standing.
void tellEarlier(PersonPage& page, const HolderCard& card) {
    tellBeside(page, {"card-state.earlier", {{"day", dayOf(card.issueDate)}}},
               {cardStateKey(card.state)});
}

PersonPage pageOf(std::vector<HolderCard> cards, const Occasion& occasion) {
    std::ranges::sort(cards, std::greater{}, &HolderCard::issueDate);
    PersonPage page = queryPage("card-state", occasion);
    if (cards.empty()) page.parts.push_back(Notice{{"card-state.no-card"}, Tone::info});
    if (!cards.empty()) tell(page, cards.front(), occasion.region);
    if (cards.size() > 1) tellEarlier(page, cards[1]);
    return page;
}

Result<PersonPage> ask(const Question& question) {
    province::CardList answer =
        TRY(question.province.cards(question.business, question.socialNumber));
    return pageOf(std::move(answer.cards), question.occasion);
}

std::vector<PersonPage> pages(const Occasion& occasion) {
    std::vector<PersonPage> all = {pageOf({}, occasion)};
    HolderCard card{"A0000067X", "B01", CardState::normal, "20240511", "20340511", true, ""};
    for (const CardState state : cardStateWords.values()) {
        card.state = state;
        all.push_back(pageOf({card, card}, occasion));
    }
    return all;
}

constexpr std::array says = {province::MessageType::cardQuery};

}  // namespace

const Service cardState{
    .id = "card-state", .ask = ask, .says = says, .pages = pages, .picture = Picture::socialCard};

}  // namespace liqu::services
