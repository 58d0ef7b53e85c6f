#include "firmware/chip/contact_probe.hpp"

#include "firmware/chip/atr.hpp"
#include "firmware/chip/card_channel.hpp"
#include "firmware/chip/card_commands.hpp"
#include "firmware/chip/record_coding.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

constexpr std::uint16_t issuerFile = 0xEF05;

// ISO/IEC 7816-4: no such file, no such function, instruction or class. Any other answer, that of a
// blocked application too, is that of a card that has it.
bool hasNoSuchApplication(std::uint16_t word) {
    return word == 0x6A82 || word == 0x6A81 || word == 0x6A86 || word == 0x6D00 || word == 0x6E00;
}

struct PoweredOff {
    ports::ChipReader& reader;
    ~PoweredOff() { reader.powerOff(); }
};

// A number that cannot be read makes it no other kind of card.
std::string numberOn(CardChannel& channel, const ChipProfile& profile) {
    const RecordShape& shape = shapeOf(Item::cardNumber);
    const auto file = channel.send(selectFile(issuerFile));
    if (!file || file->status != status::ok) return {};
    const bool byNumber = profile.addressing == Addressing::byNumber;
    const auto record =
        channel.send(readRecord(profile.addressing, byNumber ? shape.number : shape.tag,
                                static_cast<std::uint8_t>(shape.length + 2)));
    if (!record || record->status != status::ok) return {};
    const auto value = valueIn(shape, record->data);
    return value ? textOf(shape, *value) : std::string();
}

}  // namespace

Result<ContactProbe> probeContacts(ports::ChipReader& reader, const ChipProfile& profile,
                                   Duration patience) {
    const PoweredOff after{reader};
    const Bytes answer = TRY(reader.powerOn(patience));
    const auto atr = parseAtr(answer);
    // A test card need not have the historical bytes of a social security card.
    if (!atr && atr.error().code != ErrorCode::chipForeign) return fail(atr.error());
    CardChannel channel(reader);
    if (atr && atr->offersT1) channel.setCaseFour(CaseFour::withLe);
    // Whatever it answers to this: it answers.
    TRY(channel.send(selectMasterFile()));
    const auto application = TRY(channel.send(selectApplication(socialApplicationName())));
    if (hasNoSuchApplication(application.status)) return ContactProbe{};
    return ContactProbe{true, numberOn(channel, profile)};
}

}  // namespace liqu::chip
