// Whatever a service that collects fees could send must end in a value or an error.
#include "drivers/payment/payment_wire.hpp"
#include "firmware/base/assert.hpp"

using namespace liqu;
using namespace liqu::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    constexpr long statuses[] = {200, 204, 400, 404, 500};
    const long status = statuses[data[0] % 5];
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string number = "0123456789ABCDEFGHJKMNPQRS";
    const auto opened = payment_wire::readOpened(status, text, number);
    LIQU_ASSERT(!opened || opened->alreadyPaid || !opened->qrText.empty());
    const auto state = payment_wire::readState(status, text, number);
    LIQU_ASSERT(!state || state->paying != ports::Paying::paid || !state->serial.empty());
    (void)payment_wire::readClosed(status, text);
    (void)payment_wire::readRefund(status, text, number);
    (void)payment_wire::readBill(status, text);
    return 0;
}
