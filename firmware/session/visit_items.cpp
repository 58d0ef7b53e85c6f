// What an application needs that no document tells: asked by touch, once, before anything is agreed
// to. Of an application that is led on it was said when that was begun.
#include "firmware/session/visit.hpp"

namespace liqu::session {

namespace {

using Asked = std::optional<Action>;

bool isBack(const Asked& action) {
    return action && action->kind == ActionKind::back;
}

}  // namespace

Visit::Way Visit::sayAndAgree(const std::string& bank) {
    while (true) {
        Way way = sayItems();
        if (way != Way::on) return way;
        way = consent(bank);
        // Back from the first clause is what was said, where something was.
        if (way != Way::back || said_.empty()) return way;
    }
}

Visit::Way Visit::sayItems() {
    const policy::ApplicationItems& items = parts_.issuance.region.items;
    if (!items.any() || !applicationNo_.empty()) return Way::on;
    std::vector<Way (Visit::*)()> asked;
    if (items.phone) asked.push_back(&Visit::sayPhone);
    if (!items.occupations.empty()) asked.push_back(&Visit::sayOccupation);
    if (items.mailingAddress) asked.push_back(&Visit::sayAddress);
    asked.push_back(&Visit::reviewItems);
    // What was said stands; only the page of all of it is shown again.
    std::size_t at = said_.empty() ? 0 : asked.size() - 1;
    while (at < asked.size()) {
        const Way way = (this->*asked[at])();
        if (way == Way::over) return way;
        if (way == Way::back && at == 0) return way;
        if (way == Way::other) at = 0;
        if (way == Way::back) --at;
        if (way == Way::on) ++at;
    }
    return Way::on;
}

Visit::Way Visit::sayPhone() {
    for (PhoneAsked asked = PhoneAsked::first;; asked = PhoneAsked::again) {
        const Asked action = conversation_.ask(phonePage(asked), {.canGoBack = true});
        if (!action) return end(ErrorCode::visitTimedOut);
        if (isBack(action)) return Way::back;
        const std::string typed = action->entry("phone").reveal();
        if (!isMobileNumber(typed)) continue;
        said_.phone = PersonalText(typed);
        return Way::on;
    }
}

Visit::Way Visit::sayOccupation() {
    const auto groups = occupationsAsked();
    const Asked action = conversation_.ask(occupationPage(groups), {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (isBack(action)) return Way::back;
    if (std::ranges::find(groups, action->choice) == groups.end())
        return end(ErrorCode::cancelledByPerson);
    said_.occupation = action->choice;
    return Way::on;
}

// Nothing here can type an address: the one of the document, or the counter. A document without
// one leaves only the counter.
Visit::Way Visit::sayAddress() {
    const bool known = !document_.address.reveal().empty();
    Asked action = Action{ActionKind::choose, otherAddress};
    if (known) action = conversation_.ask(addressPage(document_.address), {.canGoBack = true});
    if (action && action->choice == otherAddress)
        action = conversation_.ask(otherAddressPage(known ? Address::known : Address::none),
                                   {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (isBack(action)) return Way::back;
    if (action->kind != ActionKind::confirm || !known) return understood(ErrorCode::itemMissing);
    said_.mailingAddress = document_.address;
    return Way::on;
}

Visit::Way Visit::reviewItems() {
    const Asked action = conversation_.ask(reviewPage(said_), {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (isBack(action)) return Way::back;
    return action->kind == ActionKind::confirm ? Way::on : Way::other;
}

}  // namespace liqu::session
