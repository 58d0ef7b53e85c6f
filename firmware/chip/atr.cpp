#include "firmware/chip/atr.hpp"

#include <algorithm>

#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

constexpr std::size_t longestAtr = 33;  // TS and 32 characters

tl::unexpected<Error> torn(std::string cause) {
    return fail(chipError(ErrorCode::chipReplyTorn, std::move(cause)));
}

// Where the historical bytes begin, and what the interface bytes said on the way.
struct Interface {
    std::size_t end = 0;
    bool offersT1 = false;
    bool hasCheckByte = false;
};

Result<Interface> walkInterfaceBytes(ByteView bytes) {
    Interface interface { .end = 2 };
    std::uint8_t indicator = bytes[1];
    while (true) {
        for (const int flag : {0x10, 0x20, 0x40}) {  // TAi, TBi, TCi
            if ((indicator & flag) != 0) ++interface.end;
        }
        if ((indicator & 0x80) == 0) return interface;
        if (interface.end >= bytes.size()) return torn("the ATR ends inside its interface bytes");
        indicator = bytes[interface.end++];  // TDi
        const int protocol = indicator & 0x0F;
        interface.offersT1 = interface.offersT1 || protocol == 1;
        interface.hasCheckByte = interface.hasCheckByte || protocol != 0;
    }
}

}  // namespace

Result<Atr> parseAtr(ByteView bytes) {
    if (bytes.size() < 2 || bytes.size() > longestAtr) return torn("an ATR of impossible length");
    if (bytes[0] != 0x3B && bytes[0] != 0x3F) return torn("the ATR begins with no known TS");
    const Interface interface = TRY(walkInterfaceBytes(bytes));
    const std::size_t count = bytes[1] & 0x0F;
    const std::size_t length = interface.end + count + (interface.hasCheckByte ? 1 : 0);
    if (bytes.size() != length) return torn("the ATR's length is not the one it announces");
    if (interface.hasCheckByte) {
        std::uint8_t check = 0;
        for (const std::uint8_t byte : bytes.subspan(1)) check ^= byte;
        if (check != 0) return torn("the ATR's check byte is wrong");
    }
    Atr atr{.raw = Bytes(bytes.begin(), bytes.end()), .offersT1 = interface.offersT1};
    if (count != atr.historicalBytes.size()) {
        return fail(chipError(ErrorCode::chipForeign, "the ATR has no 13 historical bytes"));
    }
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(interface.end), count,
                atr.historicalBytes.begin());
    return atr;
}

}  // namespace liqu::chip
