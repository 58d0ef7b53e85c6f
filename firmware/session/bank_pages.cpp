#include "firmware/session/bank_pages.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"

namespace liqu::session {

using namespace screen;

namespace {

constexpr std::string_view choicePrefix = "bank-";
// Beneath the banks that are here, and on a page of their own.
constexpr std::size_t mostBeneath = 4;
constexpr std::size_t mostAlone = 10;

void addBank(Choices& choices, const std::string& bank, const policy::RegionPolicy& region) {
    choices.choices.push_back({.id = std::string(choicePrefix) + bank,
                               .title = {"choose-bank.bank", {{"bank", region.bankName(bank)}}}});
}

}  // namespace

BankOffer offerOf(const policy::RegionPolicy& region, std::vector<std::string> here) {
    BankOffer offer{.here = std::move(here), .elsewhere = {}};
    std::ranges::sort(offer.here);
    for (const auto& [code, name] : region.bankNames) {
        if (!std::ranges::binary_search(offer.here, code)) offer.elsewhere.push_back(code);
    }
    return offer;
}

std::size_t banksOnPage(const BankOffer& offer, std::size_t from) {
    const std::size_t left = offer.elsewhere.size() - from;
    const std::size_t most = from == 0 ? mostBeneath : mostAlone;
    return left > most ? most - 1 : left;
}

PersonPage chooseBankPage(const BankOffer& offer, std::size_t from,
                          const policy::RegionPolicy& region, BankAsked asked) {
    PersonPage page{.name = "choose-bank", .stage = VisitStage::confirm};
    page.question = {"choose-bank.question"};
    if (asked == BankAsked::again)
        page.parts.push_back(Notice{{"choose-bank.gone"}, Tone::warning});
    if (from == 0) {
        page.parts.push_back(Paragraph{{"choose-bank.here"}});
        Choices here;
        for (const std::string& bank : offer.here) addBank(here, bank, region);
        page.parts.push_back(std::move(here));
    }
    const std::size_t end = from + banksOnPage(offer, from);
    Choices elsewhere;
    for (std::size_t i = from; i < end; ++i) addBank(elsewhere, offer.elsewhere[i], region);
    if (end < offer.elsewhere.size())
        elsewhere.choices.push_back({.id = moreBanks, .title = {"choose-bank.more"}});
    if (elsewhere.choices.empty()) return page;
    page.parts.push_back(Paragraph{{"choose-bank.elsewhere"}});
    page.parts.push_back(std::move(elsewhere));
    return page;
}

std::string bankOfChoice(const std::string& choice) {
    return choice.starts_with(choicePrefix) ? choice.substr(choicePrefix.size()) : "";
}

PersonPage bankElsewherePage(const std::string& bank, const services::Occasion& occasion) {
    const policy::RegionPolicy& region = occasion.region;
    const std::string name = region.bankName(bank);
    PersonPage page{.name = "bank-elsewhere", .stage = VisitStage::confirm};
    page.question = {"bank-elsewhere.question", {{"bank", name}}};
    page.picture = Picture::bankCounter;
    page.parts.push_back(Paragraph{{"bank-elsewhere.where", {{"bank", name}}}, TextSize::large});
    if (const std::string hotline = region.bankHotline(bank); !hotline.empty())
        page.parts.push_back(
            Paragraph{{"bank-elsewhere.phone", {{"bank", name}, {"bankHotline", hotline}}}});
    if (services::hasGuide(region)) {
        page.parts.push_back(Paragraph{{"guide.papers"}, TextSize::small, true});
        page.parts.push_back(Paragraph{services::guideWordsOf(services::firstCard.id).papers});
    }
    page.buttons = {{ActionKind::confirm, {"bank-elsewhere.again"}, true},
                    {ActionKind::finish, {"query.understood"}}};
    return page;
}

}  // namespace liqu::session
