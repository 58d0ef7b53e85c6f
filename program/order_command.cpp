// `liqu order`: the one thing a recovery leaves to people, a face that may be half printed.
#include "firmware/desk/staff_look.hpp"
#include "program/books_access.hpp"

namespace liqu::program {
int runOrderList(const CommonOptions& options) {
    const auto lock = enter(options.data);
    if (!lock) return say(lock.error());
    auto books = Books::open(options);
    if (!books) return say(books.error());
    const auto orders = (*books)->orders().waitingForStaff();
    if (!orders) return say(orders.error());
    for (const issuance::Order& order : *orders) {
        std::printf("%s  card %s  pick-up code %s\n", order.orderId.c_str(),
                    order.cardNumber.c_str(), order.pickupCode.c_str());
    }
    std::printf("%zu order(s) wait for staff\n", orders->size());
    return 0;
}

int runOrderSettle(const OrderSettleOptions& options) {
    StockOptions badges;
    static_cast<CommonOptions&>(badges) = options;
    badges.people = {options.operatorId, options.secondOperatorId};
    badges.command = options.faceComplete ? "face complete" : "face not complete";
    badges.order = options.orderId;
    const auto settled = [&](desk::StockDesk& desk, Books&) -> Result<std::string> {
        TRY(desk::settleStaffLook(
            desk.parts(), options.orderId,
            options.faceComplete ? desk::FaceVerdict::complete : desk::FaceVerdict::incomplete,
            badges.people));
        return options.orderId + (options.faceComplete
                                      ? ": registered, the card is held for its holder"
                                      : ": given up, the card is booked in the reject bin");
    };
    return actOnBooks(badges, staff::Act::settleFace, settled);
}

}  // namespace liqu::program
