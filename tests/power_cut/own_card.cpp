#include "tests/power_cut/own_card.hpp"

#include "firmware/base/encoding.hpp"

namespace liqu::proof {
namespace {

constexpr const char* ownCard = "K00000049";
constexpr const char* newPin = "582047";

}  // namespace

void bringsOwnCard(scenario::SimulatedKiosk& kiosk, const std::string& pin) {
    scenario::Outside& outside = kiosk.outside();
    outside.ownCard = outside.cardOf(scenario::cardHolder(), ownCard, "3.00", pin);
    kiosk.citizen().pins = {pin, newPin, newPin};
}

std::string pinsDisagree(scenario::SimulatedKiosk& kiosk, bool provinceForgot) {
    scenario::Outside& outside = kiosk.outside();
    if (outside.ownCard == nullptr) return {};
    const std::string pin = toHex(outside.ownCard->memory().pin);
    const bool isOld = pin == itsOwnPin || pin == itsFirstPin;
    if (!isOld && pin != newPin) return "the card has a PIN that nobody chose";
    const auto carriedOut = kiosk.database().number(
        "SELECT count(*) FROM orders WHERE service IN ('pin-change', 'pin-first') AND state = "
        "'carriedOut'");
    if (!carriedOut) return "the orders cannot be read";
    const auto told = static_cast<std::int64_t>(outside.province().pins.size());
    if (told > 1) return "the province was told twice of one change";
    if (isOld && (told > 0 || *carriedOut > 0))
        return "a PIN that is the old one counts as changed";
    if (*carriedOut > 0 && told == 0 && !provinceForgot)
        return "the province was never told of a PIN that was changed";
    return {};
}

}  // namespace liqu::proof
