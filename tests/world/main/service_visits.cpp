// The visits for what is asked for with a card that is already there: who carries each out, and
// what it asks for, the region says (--region, --site).
#include <array>

#include "tests/world/main/visits.hpp"

namespace liqu::world {
namespace {

// Of the holder of a valid card, and of who owes a fee (province/persons.json).
constexpr std::string_view theirCard = "K00000049";
constexpr std::string_view owersCard = "K00000022";

constexpr OwnCardPlan theirs{.number = theirCard};
constexpr OwnCardPlan locked{.number = theirCard, .triesLeft = 0};
constexpr OwnCardPlan fresh{.number = theirCard, .pin = "123456"};
constexpr std::string_view newPin = "582047";
constexpr std::string_view fromOwnToNew = "360271 582047 582047";
constexpr std::string_view twiceNew = "582047 582047";
constexpr std::string_view fromInitialToNew = "123456 582047 582047";

Document cardHolder() {
    return residentNamed("样例已有", "440000197906050092");
}
Document feeOwer() {
    return residentNamed("样例欠费", "44000019790605005X");
}

Card& theirsIn(Books& books) {
    return books.cards.at(std::string(theirCard));
}
void isTempLost(Books& books) {
    theirsIn(books).state = "TEMP_LOST";
    theirsIn(books).bankBlocked = books.lossRule.linksBank;
}
void isNotEnabled(Books& books) {
    theirsIn(books).state = "NOT_ENABLED";
    theirsIn(books).everEnabled = false;
}
void isExpired(Books& books) {
    theirsIn(books).expiryDate = "20240101";
}

// 换卡: the old card is read in the slot, and taken in when the new one is enabled.
constexpr VisitPlan exchange(std::string_view service, std::string_view says,
                             std::string_view reason) {
    return {.name = service,
            .says = says,
            .document = cardHolder,
            .service = service,
            .before = service == "exchange-expired" ? isExpired : nullptr,
            .ownCard = theirs,
            .afterwards = {.order = "handedOver",
                           .message = "CARD.RECOVER",
                           .cardNumber = theirCard,
                           .cardState = "CANCELLED",
                           .takenInAs = reason,
                           .application = "HANDED_OVER",
                           .pin = theirs.pin}};
}

// What changes how their card stands.
constexpr VisitPlan change(std::string_view service, std::string_view says,
                           std::string_view message, std::string_view state) {
    return {.name = service,
            .says = says,
            .document = cardHolder,
            .service = service,
            .afterwards = {.order = "carriedOut",
                           .message = message,
                           .cardNumber = theirCard,
                           .cardState = state}};
}

// 社保密码, with the card in the slot.
constexpr VisitPlan pin(std::string_view service, std::string_view says, OwnCardPlan card,
                        std::string_view types, std::string_view message, std::string_view after) {
    return {.name = service,
            .says = says,
            .document = cardHolder,
            .service = service,
            .ownCard = card,
            .pins = types,
            .afterwards = {.order = "carriedOut",
                           .message = message,
                           .cardNumber = theirCard,
                           .cardState = "NORMAL",
                           .pin = after}};
}

constexpr VisitPlan after(void (*before)(Books& books), VisitPlan plan) {
    plan.before = before;
    return plan;
}
constexpr VisitPlan named(std::string_view name, VisitPlan plan) {
    plan.name = name;
    return plan;
}
constexpr VisitPlan withCard(OwnCardPlan card, std::string_view types, VisitPlan plan) {
    plan.ownCard = card;
    plan.pins = types;
    if (!types.empty()) plan.afterwards.pin = newPin;
    return plan;
}

// A first card that nobody takes at the mouth: it waits for its holder, who comes once more and is
// told so, and is given out at the counter.
constexpr VisitPlan held(std::string_view name, std::string_view says, CounterPlan counter) {
    return {
        .name = name,
        .says = says,
        .document = documents::resident,
        .earlier = {.service = "first-card", .leavesAt = ""},
        .afterwards = {.order = "handedOver", .cardState = "NORMAL", .application = "HANDED_OVER"},
        .counter = counter,
        .fault = "holder.walks-away@take-card"};
}

const std::array plans = {
    change("loss-formal", "reports a loss formally: no card", "LOSS.FORMAL", "FORMAL_LOST"),
    after(isTempLost, change("loss-release", "found a card that is reported lost: no card",
                             "LOSS.RELEASE", "NORMAL")),
    withCard(fresh, fromInitialToNew,
             after(isNotEnabled, change("enable", "a new card comes into force, its PIN first",
                                        "CARD.ENABLE", "NORMAL"))),
    named("enable-without-pin",
          withCard(fresh, "",
                   after(isNotEnabled,
                         change("enable", "a new card comes into force, its PIN stays as it is",
                                "CARD.ENABLE", "NORMAL")))),
    pin("pin-first", "sets the first social PIN", fresh, fromInitialToNew, "PIN.CHANGED", newPin),
    pin("pin-change", "changes the social PIN", theirs, fromOwnToNew, "PIN.CHANGED", newPin),
    pin("pin-unlock", "has the locked social PIN unlocked", locked, "", "PIN.UNLOCKED", theirs.pin),
    pin("pin-reset", "forgot the social PIN: reset, and another one set", theirs, twiceNew,
        "PIN.RESET", newPin),
    exchange("exchange-damaged", "a damaged card is exchanged", "DAMAGED"),
    exchange("exchange-data", "a card with old data is exchanged", "INFO"),
    exchange("exchange-expired", "an expired card is exchanged", "EXPIRED"),
    exchange("exchange-other", "a card is exchanged for another reason", "OTHER"),
    exchange("quality", "a faulty card is exchanged for nothing", "QUALITY"),
    change("data-change", "gives another telephone number: no card", "DATA.CHANGE", "NORMAL"),
    VisitPlan{.name = "fee",
              .says = "replacement, its fee paid by the code on the screen",
              .document = feeOwer,
              .service = "replacement",
              .fee = FeePlan::paidByCode,
              .afterwards = {.order = "handedOver",
                             .message = "FEE.REGISTER",
                             .cardNumber = owersCard,
                             .cardState = "CANCELLED",
                             .application = "HANDED_OVER"}},
    VisitPlan{.name = "withdraw",
              .says = "withdraws a replacement whose fee was not paid: no card",
              .document = feeOwer,
              .service = "withdraw",
              .fee = FeePlan::unpaid,
              .earlier = {.service = "replacement", .leavesAt = "fee-code"},
              .afterwards = {.order = "withdrawn",
                             .message = "APPLY.CANCEL",
                             .cardNumber = owersCard,
                             .cardState = "FORMAL_LOST",
                             .application = "CANCELLED"}},
    held("held-card", "forgets a card at the mouth; it is given out at the counter",
         CounterPlan::giveToHolder),
    held("held-card-agent", "the same, fetched by somebody with both documents",
         CounterPlan::giveToAgent),
    VisitPlan{.name = "wrong-card",
              .says = "brings back a card with wrong data: taken back, and confirmed",
              .document = documents::resident,
              .afterwards = {.order = "takenBack",
                             .message = "WRONGCARD.CONFIRM",
                             .cardState = "CANCELLED",
                             .application = "HANDED_OVER"},
              .counter = CounterPlan::takeBackWrong},
    VisitPlan{.name = "guide",
              .says = "reads a topic of each group of the guide, and nothing else",
              .document = documents::resident,
              .service = "guide"},
    VisitPlan{.name = "guide-whole",
              .says = "reads the whole guide",
              .document = documents::resident,
              .service = "guide-whole"},
    VisitPlan{.name = "help",
              .says = "looks for help in the middle of a visit, reads, and goes",
              .document = cardHolder,
              .service = "help"},
};

}  // namespace

std::span<const VisitPlan> serviceVisits() {
    return plans;
}

}  // namespace liqu::world
