#include "firmware/services/data_pages.hpp"

#include <utility>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/loss_pages.hpp"

namespace liqu::services {

using namespace screen;
using province::DataChange;

namespace {

PersonPage dataPage(const char* name, Picture picture) {
    PersonPage page{.name = name, .stage = VisitStage::confirm};
    page.question = {std::string(name) + ".question"};
    page.picture = picture;
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"data.understood"}, true}};
    return page;
}

Choice choiceOf(DataItem item) {
    const std::string id(nameOf(item));
    return {.id = id, .title = {"data-choose." + id}};
}

}  // namespace

std::vector<DataItem> dataItems(const policy::RegionPolicy& region) {
    const policy::ServiceRule& rule = region.rule(dataChange.id);
    std::vector<DataItem> items;
    if (rule.flag("phone")) items.push_back(DataItem::phone);
    if (rule.flag("occupation")) items.push_back(DataItem::occupation);
    if (rule.flag("mailingAddress")) items.push_back(DataItem::mailingAddress);
    items.push_back(DataItem::onDocument);
    return items;
}

PersonPage dataChoosePage(const std::vector<DataItem>& items) {
    PersonPage page = dataPage("data-choose", Picture::none);
    page.buttons.clear();
    Choices choices;
    for (const DataItem item : items) choices.choices.push_back(choiceOf(item));
    page.parts = {std::move(choices)};
    return page;
}

PersonPage dataOnDocumentPage() {
    PersonPage page = dataPage("data-on-document", Picture::attendant);
    page.parts = {NumberedList{{{"data-on-document.papers"}, {"data-on-document.card"}}}};
    return page;
}

PersonPage dataAgreePage(const DataChange& wanted) {
    PersonPage page = dataPage("data-agree", Picture::none);
    if (!wanted.phone.empty()) page.parts.push_back(Facts{{{{"items.phone"}, wanted.phone}}});
    if (!wanted.mailingAddress.empty())
        page.parts.push_back(Quote{{"items.address"}, wanted.mailingAddress});
    if (!wanted.occupation.empty())
        page.parts.push_back(Paragraph{{"items.occupation-" + wanted.occupation}, TextSize::large});
    page.beside = {Notice{{"data-agree.only-here"}, Tone::info}};
    page.buttons = {{ActionKind::confirm, {"data.do-it"}, true},
                    {ActionKind::choose, {"data.more"}, false, "more"},
                    {ActionKind::decline, {"data.not-now"}}};
    return page;
}

PersonPage dataDonePage(const DataChange& wanted, const std::string& orderId) {
    PersonPage page = dataPage("data-done", Picture::consent);
    page.stage = VisitStage::take;
    NumberedList list;
    if (!wanted.phone.empty()) list.items.push_back({"data-done.phone"});
    if (!wanted.mailingAddress.empty()) list.items.push_back({"data-done.mailing-address"});
    if (!wanted.occupation.empty()) list.items.push_back({"data-done.occupation"});
    page.parts = {std::move(list)};
    tellOrderNumber(page.parts, orderId);
    return page;
}

PersonPage dataFailedPage(const Error& error) {
    PersonPage page = dataPage("data-failed", Picture::trouble);
    page.reason = error.code;
    const char* advice = isIn(error.code, ErrorGroup::line)            ? "data-failed.later"
                         : error.code == ErrorCode::applicationPending ? "data-failed.in-making"
                                                                       : "data-failed.counter";
    page.parts = {Paragraph{{advice}, TextSize::large}};
    page.beside = {Paragraph{
        {"problem.code", {{"code", std::to_string(numberOf(error.code))}}}, TextSize::small, true}};
    return page;
}

PersonPage dataUnconfirmedPage(const std::string& orderId) {
    PersonPage page = dataPage("data-unconfirmed", Picture::waiting);
    page.parts = {Notice{{"data-unconfirmed.do-not-rely"}, Tone::danger},
                  Paragraph{{"data-unconfirmed.ask-again"}}};
    tellOrderNumber(page.beside, orderId);
    return page;
}

std::vector<PersonPage> dataPages(const Occasion&) {
    const std::string order = "T-000017-20240601-000042";
    DataChange all;
    all.phone = PersonalText("19900001234");
    all.mailingAddress =
        PersonalText("样例省样例市样例区样例路一百二十三号样例小区四栋五单元六零七室");
    all.occupation = "2";
    DataChange one;
    one.occupation = "8";
    std::vector<PersonPage> pages = {dataOnDocumentPage(),     dataAgreePage(all),
                                     dataAgreePage(one),       dataDonePage(all, order),
                                     dataDonePage(one, order), dataUnconfirmedPage(order)};
    const auto& items = wordTable<DataItem>.values();
    pages.push_back(dataChoosePage({items.begin(), items.end()}));
    for (const ErrorCode code : {ErrorCode::provinceUnreachable, ErrorCode::applicationPending,
                                 ErrorCode::provinceRefused})
        pages.push_back(dataFailedPage({code, ""}));
    return pages;
}

}  // namespace liqu::services
