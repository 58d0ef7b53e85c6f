#include "firmware/session/item_pages.hpp"

#include <algorithm>

namespace liqu::session {

using namespace screen;

namespace {

constexpr std::size_t mobileDigits = 11;

PersonPage itemPage(const char* name) {
    PersonPage page{.name = name, .stage = VisitStage::confirm};
    page.question = {std::string(name) + ".question"};
    return page;
}

Phrase occupationNamed(const std::string& group) {
    return {"items.occupation-" + group};
}

}  // namespace

bool isMobileNumber(const std::string& digits) {
    const bool allDigits =
        std::ranges::all_of(digits, [](char digit) { return digit >= '0' && digit <= '9'; });
    return digits.size() == mobileDigits && allDigits && digits[0] == '1' && digits[1] >= '3';
}

PersonPage phonePage(PhoneAsked asked) {
    PersonPage page = itemPage("item-phone");
    page.beside.push_back(asked == PhoneAsked::again
                              ? PagePart(Notice{{"items.phone-wrong"}, Tone::warning})
                              : PagePart(Paragraph{{"items.phone-why"}}));
    page.beside.push_back(Fields{{{"phone", {"items.phone"}, FieldKind::digits, mobileDigits}}});
    page.buttons = {{ActionKind::submit, {"items.go-on"}, true}};
    return page;
}

PersonPage occupationPage(const std::vector<std::string>& groups) {
    PersonPage page = itemPage("item-occupation");
    Choices choices;
    for (const std::string& group : groups)
        choices.choices.push_back({.id = group, .title = occupationNamed(group)});
    page.parts = {std::move(choices)};
    return page;
}

PersonPage addressPage(const PersonalText& onDocument) {
    PersonPage page = itemPage("item-address");
    page.parts = {Quote{{"items.address-on-card"}, onDocument}, Paragraph{{"items.address-why"}}};
    page.buttons = {{ActionKind::confirm, {"items.this-address"}, true},
                    {ActionKind::choose, {"items.other-address"}, false, otherAddress}};
    return page;
}

PersonPage otherAddressPage(Address onDocument) {
    PersonPage page = itemPage("item-other-address");
    page.picture = Picture::attendant;
    if (onDocument == Address::none) {
        page.parts = {Paragraph{{"items.address-counter"}, TextSize::large}};
        page.buttons = {{ActionKind::finish, {"query.understood"}, true}};
        return page;
    }
    page.parts = {NumberedList{{{"items.address-now"}, {"items.address-counter"}}}};
    page.buttons = {{ActionKind::confirm, {"items.this-address"}, true},
                    {ActionKind::finish, {"query.understood"}}};
    return page;
}

PersonPage reviewPage(const SaidItems& items) {
    PersonPage page = itemPage("item-review");
    Facts facts;
    if (!items.phone.reveal().empty()) facts.facts.push_back({{"items.phone"}, items.phone});
    if (!facts.facts.empty()) page.parts.push_back(std::move(facts));
    if (!items.mailingAddress.reveal().empty())
        page.parts.push_back(Quote{{"items.address"}, items.mailingAddress});
    if (!items.occupation.empty()) {
        page.parts.push_back(Paragraph{{"items.occupation"}, TextSize::small});
        page.parts.push_back(Paragraph{occupationNamed(items.occupation), TextSize::large});
    }
    page.buttons = {{ActionKind::confirm, {"items.right"}, true},
                    {ActionKind::decline, {"items.anew"}}};
    return page;
}

}  // namespace liqu::session
