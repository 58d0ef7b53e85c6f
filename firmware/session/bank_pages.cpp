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
// A lying screen takes three rows of two, a standing one five in a column.
constexpr std::size_t mostAlone = 6;
constexpr std::size_t fewHere = 2;

struct Listed {
    std::size_t from = 0;
    std::size_t to = 0;
};

// Where others follow, the way to them takes a place.
Listed upTo(std::size_t most, std::size_t from, std::size_t all) {
    return {from, all - from > most ? from + most - 1 : all};
}

Listed onPage(const BankOffer& offer, std::size_t number) {
    const std::size_t all = offer.elsewhere.size();
    // Beneath more there is room for the way to the others alone.
    Listed listed = offer.here.size() <= fewHere ? upTo(2, 0, all) : Listed{};
    for (std::size_t page = 0; page < number; ++page) listed = upTo(mostAlone, listed.to, all);
    return listed;
}

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

PersonPage chooseBankPage(const BankOffer& offer, std::size_t number,
                          const policy::RegionPolicy& region, BankAsked asked) {
    PersonPage page{.name = "choose-bank", .stage = VisitStage::confirm};
    page.question = {asked == BankAsked::again ? "choose-bank.gone" : "choose-bank.question"};
    if (number == 0) {
        page.parts.push_back(Paragraph{{"choose-bank.here"}});
        Choices here;
        for (const std::string& bank : offer.here) addBank(here, bank, region);
        page.parts.push_back(std::move(here));
    }
    const Listed listed = onPage(offer, number);
    Choices elsewhere;
    for (std::size_t i = listed.from; i < listed.to; ++i)
        addBank(elsewhere, offer.elsewhere[i], region);
    if (listed.to < offer.elsewhere.size())
        elsewhere.choices.push_back({.id = moreBanks, .title = {"choose-bank.more"}});
    if (elsewhere.choices.empty()) return page;
    if (listed.to > listed.from) page.parts.push_back(Paragraph{{"choose-bank.elsewhere"}});
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
    page.besideLast = true;
    page.parts.push_back(Paragraph{{"bank-elsewhere.where", {{"bank", name}}}, TextSize::large});
    if (const std::string hotline = region.bankHotline(bank); !hotline.empty())
        page.parts.push_back(
            Paragraph{{"bank-elsewhere.phone", {{"bank", name}, {"bankHotline", hotline}}}});
    if (services::hasGuide(region)) {
        page.beside = {
            Paragraph{{"guide.papers"}, TextSize::small, true},
            Paragraph{services::guideWordsOf(services::firstCard.id).papers, TextSize::small}};
    }
    page.buttons = {{ActionKind::confirm, {"bank-elsewhere.again"}, true},
                    {ActionKind::finish, {"query.understood"}}};
    return page;
}

}  // namespace liqu::session
