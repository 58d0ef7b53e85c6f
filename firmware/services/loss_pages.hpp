// What the pages of 挂失 and 解挂 have alike.
#pragma once

#include <string>
#include <vector>

#include "firmware/services/service.hpp"

namespace liqu::services {

// A card is blocked, or is in force again.
enum class LossTurn : std::uint8_t { loss, release };

// Its question is "<name>.question".
screen::PersonPage lossPage(const char* name, screen::Picture picture);
void finishLossPage(screen::PersonPage& page);
// Which card it is.
std::vector<screen::PagePart> cardNamed(const province::HolderCard& card,
                                        const policy::RegionPolicy& region);
// "2024-06-08 10:00" of the wire's time.
std::string minuteOf(const std::string& time);
// The bank's side does not stop with it.
screen::Phrase bankDuty(const province::HolderCard& card, const policy::RegionPolicy& region);
// What became of the account. Without the province's own words nobody knows.
screen::Notice bankSide(const province::HolderCard& card, const province::LossAnswer* loss,
                        const policy::RegionPolicy& region);
// The ways without this machine.
void tellPhones(screen::PersonPage& page, const std::string& bankCode, const Occasion& occasion);
void tellOrderNumber(std::vector<screen::PagePart>& parts, const std::string& orderId);
// Of the card that people mean, the newest one: what it is, where nothing can be done to it.
void tellNewest(screen::PersonPage& page, const std::vector<province::HolderCard>& cards,
                const policy::RegionPolicy& region);

// 发卡银行: where the rules bind it to the card's own bank, another bank's outlet does nothing to
// it. Takes such cards out; the page that says where to go, where that was all of them.
std::optional<screen::PersonPage> onlyOwnBank(std::vector<province::HolderCard>& cards,
                                              const Question& question);

screen::PersonPage otherBankPage(const province::HolderCard& card, const Occasion& occasion);

screen::PersonPage unconfirmedPage(LossTurn turn, const ChangeEnd& end);
screen::PersonPage failedPage(LossTurn turn, const Error& error, const std::string& bankCode,
                              const Occasion& occasion);
// Nothing was sent but questions, whatever became of them.
screen::PersonPage lossNotBegun(const Error& error, const Occasion& occasion);
screen::PersonPage releaseNotBegun(const Error& error, const Occasion& occasion);
// Nothing was done, and may not have been: else none.
std::optional<screen::PersonPage> toldUndone(LossTurn turn, const ChangeEnd& end);

}  // namespace liqu::services
