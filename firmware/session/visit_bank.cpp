// 服务银行: a first card is of the bank that its applicant chooses, where the rules say so
// (Guangdong Art.8(2)). Everything behind the choice is that bank's alone: the lane, the
// application, the clause that names it. What is led on was chosen when it was begun.
#include <algorithm>

#include "firmware/session/bank_pages.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {

bool Visit::choosesBank() const {
    return service_ == &services::firstCard && applicationNo_.empty() &&
           parts_.issuance.region.rule(services::firstCard.id).flag("bankChoice");
}

Visit::Way Visit::chooseBankAndAgree() {
    BankAsked asked = BankAsked::first;
    while (true) {
        conversation_.tell(WaitingScreen{WaitingFor::machine});
        // What stands in the way of every card is told before anybody chooses.
        const auto any = readiness_.check();
        if (!any) return problem(any.error());
        const auto here = readiness_.banksReady();
        if (!here) return problem(here.error());
        std::string bank;
        Way way = askForBank(offerOf(parts_.issuance.region, *here), asked, bank);
        if (way != Way::on) return way;
        conversation_.tell(WaitingScreen{WaitingFor::machine});
        // Its last blank may have gone while the person was reading. No other bank stands in for
        // it.
        const auto ready = readiness_.check(bank);
        if (!ready && !isOfOneLane(ready.error().code)) return problem(ready.error());
        asked = ready ? BankAsked::first : BankAsked::again;
        if (!ready) {
            parts_.log.trouble("the bank that was chosen", ready.error());
            continue;
        }
        ready_ = *ready;
        way = agreeToMake();
        if (way != Way::back) return way;
    }
}

Visit::Way Visit::askForBank(const BankOffer& offer, BankAsked asked, std::string& bank) {
    std::size_t page = 0;
    while (true) {
        const auto action = conversation_.ask(
            chooseBankPage(offer, page, parts_.issuance.region, asked), {.canGoBack = true});
        if (!action) return end(ErrorCode::visitTimedOut);
        if (action->kind == ActionKind::back && page == 0) return Way::back;
        if (action->kind == ActionKind::back) {
            --page;
            continue;
        }
        if (action->choice == moreBanks) {
            ++page;
            continue;
        }
        bank = bankOfChoice(action->choice);
        if (std::ranges::find(offer.here, bank) != offer.here.end()) return Way::on;
        if (std::ranges::find(offer.elsewhere, bank) == offer.elsewhere.end())
            return end(ErrorCode::cancelledByPerson);
        if (const Way way = sendToBank(bank); way != Way::back) return way;
    }
}

// Back to the banks, or over.
Visit::Way Visit::sendToBank(const std::string& bank) {
    const Contacts contacts = conversation_.contacts();
    const auto action = conversation_.ask(
        bankElsewherePage(bank,
                          {parts_.issuance.region, contacts, parts_.issuance.clock.wallTime()}),
        {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    return action->kind == ActionKind::finish ? understood(ErrorCode::noBlanksForBank) : Way::back;
}

}  // namespace liqu::session
