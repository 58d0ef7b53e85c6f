#include "tests/world/chip/blank_cards.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

Bytes joined(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes tagged(std::uint8_t tag, const Bytes& value) {
    return joined({{tag, static_cast<std::uint8_t>(value.size())}, value});
}

Bytes padded(std::string_view text, std::size_t length) {
    Bytes value = bytesOf(text);
    LIQU_ASSERT(value.size() <= length);
    value.resize(length, 0);
    return value;
}

Bytes historicalBytesOf(const BlankCard& blank) {
    return hex("0081544C968660" + blank.regionCode.substr(0, 4) +
               fmt::format("{:08X}", blank.serial));
}

Bytes cardIdCodeOf(const BlankCard& blank) {
    return hex(blank.regionCode + "D156000005" + fmt::format("{:08X}", blank.serial) + "FFFFFFFF");
}

ElementaryFile recordFile(std::uint16_t id, std::vector<Bytes> records) {
    ElementaryFile file;
    file.id = id;
    file.records = std::move(records);
    file.capacity = file.used();
    return file;
}

ElementaryFile issuerFile(const BlankCard& blank) {
    const Bytes institution = hex("9156000002" + blank.regionCode + blank.regionCode + "01");
    ElementaryFile file = recordFile(
        card_id::issuerFile,
        {tagged(card_tag::cardIdCode, cardIdCodeOf(blank)),
         tagged(card_tag::cardClass, bytesOf("3")),
         tagged(card_tag::version, padded(blank.version, 4)), tagged(card_tag::issuer, institution),
         tagged(card_tag::issueDate, hex(blank.issueDate)),
         tagged(card_tag::expiryDate, hex(blank.expiryDate)),
         tagged(card_tag::cardNumber, padded(blank.numberPrewritten ? blank.cardNumber : "", 9))});
    file.updateKey = static_cast<std::uint8_t>(KeyName::update);
    return file;
}

// Never filled: text items read back as 00, packed digits as FF.
ElementaryFile holderFile(bool protectedRead) {
    ElementaryFile file = recordFile(
        card_id::holderFile,
        {tagged(card_tag::socialNumber, Bytes(18, 0)), tagged(card_tag::name, Bytes(30, 0)),
         tagged(card_tag::nameExtension, Bytes(20, 0)), tagged(card_tag::sex, Bytes(1, 0)),
         tagged(card_tag::ethnic, Bytes(1, 0xFF)), tagged(card_tag::birthPlace, Bytes(3, 0xFF)),
         tagged(card_tag::birthDate, Bytes(4, 0xFF))});
    file.updateKey = static_cast<std::uint8_t>(KeyName::update);
    if (protectedRead) file.readKey = static_cast<std::uint8_t>(KeyName::readHolder);
    return file;
}

ElementaryFile transparentFile(std::uint16_t id, std::size_t size) {
    ElementaryFile file;
    file.id = id;
    file.kind = FileKind::transparent;
    file.content.assign(size, 0);
    file.readKey = static_cast<std::uint8_t>(KeyName::readHolder);
    file.updateKey = static_cast<std::uint8_t>(KeyName::update);
    return file;
}

ChipApplication masterFile() {
    ChipApplication application;
    application.id = card_id::masterFile;
    application.environment = card_id::masterFile;
    application.controlInformation = tagged(0x6F, tagged(0x84, {0x3F, 0x00}));
    return application;
}

ChipApplication socialSecurity(const BlankCard& blank, ports::ChipAlgorithm algorithm) {
    ChipApplication application;
    application.id = card_id::socialSecurity;
    application.environment = card_id::socialSecurity;
    application.name = socialSecurityName();
    Bytes proprietary = hex("88011E");
    if (blank.namesAlgorithm) {
        const Bytes choice{0x9F, 0x0C, 0x03, 0x86, 0x01, static_cast<std::uint8_t>(algorithm)};
        proprietary = joined({proprietary, choice});
    }
    application.controlInformation =
        tagged(0x6F, joined({tagged(0x84, application.name), tagged(0xA5, proprietary)}));
    const bool thirdGeneration = blank.version.starts_with("3");
    application.files = {issuerFile(blank), holderFile(thirdGeneration),
                         transparentFile(card_id::fingerprintFile, 0x300),
                         transparentFile(card_id::photoFile, 0x1000)};
    return application;
}

Bytes answerToResetOf(const BlankCard& blank, const Bytes& historical) {
    if (!blank.contactless) return joined({hex("3B6D0000"), historical});
    Bytes answer = joined({hex("3B8D8001"), historical});
    std::uint8_t check = 0;
    for (std::size_t at = 1; at < answer.size(); ++at) check ^= answer[at];
    answer.push_back(check);
    return answer;
}

// DF01–DF04 and DF07 exist; their files are not needed for issuance.
ChipApplication applicationFile(std::uint16_t id, std::uint8_t suffix) {
    ChipApplication application;
    application.id = id;
    application.name = joined({hex("D156000005"), {suffix}});
    application.parent = card_id::socialSecurity;
    application.environment = card_id::socialSecurity;
    application.controlInformation = tagged(0x6F, tagged(0x84, application.name));
    return application;
}

void loadKeys(CardMemory& memory, const Hsm& hsm) {
    for (const KeyName name : allKeyNames()) {
        CardSecret key;
        key.value = hsm.cardKey(keyAddressOf(name), memory.identity).value();
        memory.keys[static_cast<std::uint8_t>(name)] = std::move(key);
    }
}

}  // namespace

std::string withCheckCharacter(std::string_view body) {
    LIQU_ASSERT(body.size() == 8);
    constexpr int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t at = 0; at < 8; ++at) {
        const bool digit = body[at] >= '0' && body[at] <= '9';
        sum += (digit ? body[at] - '0' : body[at] - 'A' + 10) * weights[at];
    }
    return std::string(body) + "0X987654321"[sum % 11];
}

std::string withLuhnDigit(std::string digits) {
    int sum = 0;
    bool doubled = true;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
        const int value = (*digit - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    digits.push_back(static_cast<char>('0' + (10 - sum % 10) % 10));
    return digits;
}

std::vector<BlankCard> blanksOf(const BlankBatch& batch) {
    std::vector<BlankCard> blanks;
    const auto first = std::stoul(batch.firstNumber.substr(1));
    for (int index = 0; index < batch.count; ++index) {
        const auto offset = static_cast<std::uint32_t>(index);
        BlankCard blank;
        blank.serial = batch.firstSerial + offset;
        blank.regionCode = batch.regionCode;
        blank.version = batch.version;
        blank.numberPrewritten = batch.numberPrewritten;
        blank.cardNumber = withCheckCharacter(batch.firstNumber.substr(0, 1) +
                                              fmt::format("{:07}", first + offset));
        // Eighteen digits and the check digit.
        const std::string account = fmt::format("{:012}", blank.serial);
        blank.bankCardNumber =
            withLuhnDigit(batch.bankPrefix + account.substr(batch.bankPrefix.size() - 6));
        blanks.push_back(std::move(blank));
    }
    return blanks;
}

CardMemory memoryOf(const BlankCard& blank, const Hsm& hsm) {
    CardMemory memory;
    memory.algorithm = blank.version.starts_with("3") ? ports::ChipAlgorithm::sm4
                                                      : ports::ChipAlgorithm::tripleDes;
    const Bytes historical = historicalBytesOf(blank);
    const Bytes idCode = cardIdCodeOf(blank);
    memory.identity.algorithm = memory.algorithm;
    std::ranges::copy(historical, memory.identity.historicalBytes.begin());
    std::ranges::copy(idCode, memory.identity.cardIdCode.begin());
    memory.answerToReset = answerToResetOf(blank, historical);
    memory.bankCardNumber = blank.bankCardNumber;
    memory.pin = hex(blank.pin.size() % 2 == 0 ? blank.pin : blank.pin + "F");

    memory.applications = {masterFile(), socialSecurity(blank, memory.algorithm),
                           paymentEnvironment(), debitApplication(blank.bankCardNumber)};
    constexpr std::pair<std::uint16_t, std::uint8_t> folders[] = {
        {0xDF01, 0}, {0xDF02, 1}, {0xDF03, 2}, {0xDF04, 3}, {0xDF07, 4}};
    for (const auto& [id, suffix] : folders) {
        memory.applications.push_back(applicationFile(id, suffix));
    }
    loadKeys(memory, hsm);
    return memory;
}

std::shared_ptr<CardEngine> makeCard(const BlankCard& blank, const Hsm& hsm, FaultPlan* faults,
                                     CardBehaviour behaviour) {
    return std::make_shared<CardEngine>(memoryOf(blank, hsm), behaviour, blank.serial, faults);
}

}  // namespace liqu::world
