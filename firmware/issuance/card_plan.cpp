#include <algorithm>
#include <array>

#include "firmware/issuance/steps.hpp"

namespace liqu::issuance {
namespace {

using namespace steps;
using std::chrono::seconds;

bool personIsThere(const Making& making) {
    return making.personPresent;
}

// Create the application.
constexpr PlanRow applyRow{.name = "apply",
                           .act = apply,
                           .withFact = applied,
                           .judge = judgeBeforeCard,
                           .shown = "checking",
                           .takes = seconds{2}};

// 工本费: what is owed for it, an order for the money, and the money. What is paid belongs to the
// application: another blank, another visit and a recovery ask nobody again.
constexpr std::array<PlanRow, 3> feeRows = {
    PlanRow{
        .name = "quoteFee", .act = quoteFee, .factWords = feeQuoteWords, .judge = judgeBeforeCard},
    PlanRow{.name = "orderFee",
            .due = isFeeToOrder,
            .intend = feeOrderWords,
            .withIntent = feeIsOpening,
            .act = orderFee,
            .withFact = feeOpened,
            .withFailure = feeNotTaken,
            .judge = judgeFeeOrder,
            .observe = observeFee},
    PlanRow{.name = "awaitPayment",
            .holds = Holds::money,
            .due = isFeeOpen,
            .intend = feeOrderWords,
            .act = awaitPayment,
            .withFact = feePaid,
            .withFailure = feeNotTaken,
            .judge = judgePayment,
            .observe = observeFee},
};

constexpr std::array makingRows = {
    // 即制卡标注
    PlanRow{.name = "mark",
            .act = mark,
            .judge = judgeBeforeCard,
            .shown = "checking",
            .takes = seconds{1}},
    // A blank from the hopper to the chip station.
    PlanRow{.name = rowNames::feed,
            .holds = Holds::blank,
            .intend = feedBaseline,
            .act = feed,
            .withFact = fed,
            .withFailure = feedFailed,
            .judge = judgeFeed,
            .observe = observeFeed,
            .shown = "checking",
            .takes = seconds{5}},
    // Genuine, the right bank and number, nobody's yet; reserved at the province.
    PlanRow{.name = "checkBlank",
            .holds = Holds::blank,
            .act = checkBlank,
            .withFact = checked,
            .judge = judgeBlank,
            .shown = "checking",
            .takes = seconds{3}},
    // The province's permit and items.
    PlanRow{.name = "personalise",
            .holds = Holds::permit,
            .act = personalise,
            .withFact = permitted,
            .factWords = portraitWords,
            .judge = judgePermit,
            .ending = Disposition::spoil,
            .shown = "checking",
            .takes = seconds{2}},
    PlanRow{.name = rowNames::writeChip,
            .holds = Holds::writtenChip,
            .withIntent = touched,
            .act = writeChip,
            .judge = judgeWriting,
            .observe = observeWriting,
            .ending = Disposition::spoil,
            .shown = "writing",
            .takes = seconds{5}},
    // After a cold reset, with a fresh authentication.
    PlanRow{.name = rowNames::readBack,
            .holds = Holds::writtenChip,
            .act = readBack,
            .withFact = verified,
            .judge = judgeReadBack,
            .repeatable = true,
            .ending = Disposition::wait,
            .shown = "writing",
            .takes = seconds{4}},
    // Its fact queues the report and the enabling.
    PlanRow{.name = rowNames::print,
            .holds = Holds::face,
            .intend = printBaseline,
            .act = print,
            .withFact = printed,
            .judge = judgePrint,
            .observe = observePrint,
            .repeatable = true,
            .ending = Disposition::staffLook,
            .shown = "printing",
            .takes = seconds{25}},
    // 回盘: only waits until the province has it.
    PlanRow{.name = rowNames::report,
            .holds = Holds::card,
            .act = awaitReport,
            .judge = judgeAcknowledgement,
            .ending = Disposition::holdCard,
            .shown = "printing",
            .takes = seconds{2}},
    // 领卡启用: only waits until the province has it.
    PlanRow{.name = rowNames::enable,
            .holds = Holds::card,
            .act = awaitEnable,
            .judge = judgeAcknowledgement,
            .ending = Disposition::holdCard,
            .shown = "printing",
            .takes = seconds{2}},
    // 换卡: the old card, now that the new one is enabled.
    PlanRow{.name = rowNames::takeOldCard,
            .holds = Holds::card,
            .due = isOldCardDue,
            .act = takeOldCard,
            .withFact = oldCardTaken,
            .judge = judgeAcknowledgement,
            .ending = Disposition::holdCard},
    // Into the mouth, and taken. Without a person nothing is presented: a finished card goes to the
    // hold bin (decision 4).
    PlanRow{.name = rowNames::present,
            .holds = Holds::mouth,
            .due = personIsThere,
            .act = present,
            .withFact = handedOver,
            .judge = judgePresent,
            .observe = observePresent,
            .ending = Disposition::holdCard},
    // Finished, into the hold bin.
    PlanRow{.name = rowNames::hold,
            .holds = Holds::bin,
            .act = retain,
            .withFact = held,
            .judge = judgeDiscard,
            .observe = observeDiscard,
            .repeatable = true,
            .ending = Disposition::interrupted},
    // Refused or spoiled, into the reject bin.
    PlanRow{.name = rowNames::reject,
            .holds = Holds::bin,
            .act = reject,
            .withFact = rejected,
            .judge = judgeDiscard,
            .observe = observeDiscard,
            .repeatable = true,
            .ending = Disposition::interrupted},
};

// The same card, made with the fee or without.
template <std::size_t count>
constexpr std::array<PlanRow, 1 + count + makingRows.size()> after(
    const std::array<PlanRow, count>& between) {
    std::array<PlanRow, 1 + count + makingRows.size()> rows{applyRow};
    std::ranges::copy(makingRows, std::ranges::copy(between, rows.begin() + 1).out);
    return rows;
}
constexpr auto freeRows = after(std::array<PlanRow, 0>{});
constexpr auto paidRows = after(feeRows);

}  // namespace

constinit const Plan cardPlan(freeRows);
constinit const Plan cardPlanWithFee(paidRows);

}  // namespace liqu::issuance
