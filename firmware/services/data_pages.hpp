// What is said around 信息变更. What is new is shown to its person before it is sent, and nowhere
// else.
#pragma once

#include "firmware/services/service.hpp"

namespace liqu::services {

// What a choice on the first page asks for.
enum class DataItem : std::uint8_t {
    phone,
    occupation,
    mailingAddress,
    onDocument,  // name, number and so on: the counter's
};
constexpr auto wordsOf(DataItem) {
    return words<DataItem>({{DataItem::phone, "phone"},
                            {DataItem::occupation, "occupation"},
                            {DataItem::mailingAddress, "mailing-address"},
                            {DataItem::onDocument, "on-document"}});
}

// Those the region changes here, and what the counter changes.
std::vector<DataItem> dataItems(const policy::RegionPolicy& region);
screen::PersonPage dataChoosePage(const std::vector<DataItem>& items);
screen::PersonPage dataOnDocumentPage();
// All that was said. choose: something else has changed, too.
screen::PersonPage dataAgreePage(const province::DataChange& wanted);
screen::PersonPage dataDonePage(const province::DataChange& wanted, const std::string& orderId);
// Nothing was changed.
screen::PersonPage dataFailedPage(const Error& error);
screen::PersonPage dataUnconfirmedPage(const std::string& orderId);

// All of them, with made-up values.
std::vector<screen::PersonPage> dataPages(const Occasion& occasion);

}  // namespace liqu::services
