// The payment application, as far as it tells the bank card number (hardware-notes/chip.md, "The
// bank card number").
#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/chip/card_engine.hpp"

namespace liqu::world {
namespace {

Bytes tagged(std::initializer_list<std::uint8_t> tag, const Bytes& value) {
    Bytes result(tag);
    result.push_back(static_cast<std::uint8_t>(value.size()));
    result.insert(result.end(), value.begin(), value.end());
    return result;
}

void append(Bytes& to, const Bytes& from) {
    to.insert(to.end(), from.begin(), from.end());
}

Bytes packed(std::string digits) {
    if (digits.size() % 2 != 0) digits.push_back('F');
    return fromHex(digits).value();
}

}  // namespace

ChipApplication paymentEnvironment() {
    ChipApplication application;
    application.id = card_id::payment;
    application.environment = card_id::payment;
    application.name = paymentEnvironmentName();
    Bytes content = tagged({0x84}, application.name);
    append(content, tagged({0xA5}, tagged({0x88}, {0x01})));
    application.controlInformation = tagged({0x6F}, content);
    return application;
}

ChipApplication debitApplication(std::string_view bankCardNumber) {
    const std::string number(bankCardNumber);
    ChipApplication application;
    application.id = card_id::debit;
    application.environment = card_id::payment;
    application.name = debitApplicationName();
    // The data objects it asks for: amount (6), currency (2), date (3).
    Bytes proprietary = tagged({0x50}, bytesOf("PBOC DEBIT"));
    append(proprietary, tagged({0x9F, 0x38}, fromHex("9F02065F2A029A03").value()));
    Bytes content = tagged({0x84}, application.name);
    append(content, tagged({0xA5}, proprietary));
    application.controlInformation = tagged({0x6F}, content);

    ElementaryFile track;
    track.id = 0x01;
    track.records = {tagged({0x70}, tagged({0x57}, packed(number + "D34012200000")))};
    ElementaryFile account;
    account.id = 0x02;
    Bytes dates = tagged({0x5F, 0x24}, fromHex("340131").value());
    Bytes holder = tagged({0x5A}, packed(number));
    append(holder, tagged({0x5F, 0x34}, {0x01}));
    account.records = {tagged({0x70}, dates), tagged({0x70}, holder)};
    application.files = {track, account};
    return application;
}

CardEngine::Outcome CardEngine::getProcessingOptions(const Command& command) {
    if (session_.application != card_id::debit) return {0x6985};
    const Bytes& data = command.data;
    if (data.size() < 2 || data[0] != 0x83 || data[1] != data.size() - 2) return {0x6A80};
    if (data[1] != paymentOptionsLength) return {0x6985};

    const Bytes profile = fromHex("7C00").value();
    // Short file 1, record 1; short file 2, records 1 and 2.
    const Bytes locator = fromHex("08010100 10010200").value();
    Bytes answer;
    if (behaviour_.paymentFormat77) {
        append(answer, tagged({0x82}, profile));
        append(answer, tagged({0x94}, locator));
        return {0x9000, tagged({0x77}, answer)};
    }
    append(answer, profile);
    append(answer, locator);
    return {0x9000, tagged({0x80}, answer)};
}

}  // namespace liqu::world
