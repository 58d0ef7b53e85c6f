#include "firmware/chip/record_coding.hpp"

#include <algorithm>

#include "firmware/base/encoding.hpp"
#include "firmware/chip/name_coding.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

bool isDigit(char character) {
    return character >= '0' && character <= '9';
}
bool isHexDigit(char character) {
    return isDigit(character) || (character >= 'A' && character <= 'F') ||
           (character >= 'a' && character <= 'f');
}

tl::unexpected<Error> badItem(const RecordShape& shape) {
    return fail(ErrorCode::chipItemUnfit, std::string(shape.name));
}

// The 卡识别码 and the institution code hold hex digits (authentication code, F filler); dates and
// codes hold decimal ones.
Result<PersonalBytes> codedBcd(const RecordShape& shape, std::string_view text) {
    const bool hexAllowed = shape.item == Item::cardIdCode || shape.item == Item::issuerCode;
    if (text.size() != 2u * shape.length ||
        !std::ranges::all_of(text, hexAllowed ? isHexDigit : isDigit)) {
        return badItem(shape);
    }
    return fromHex(text).map([](Bytes bytes) { return PersonalBytes(std::move(bytes)); });
}

Result<PersonalBytes> codedText(const RecordShape& shape, std::string_view text) {
    const auto printable = [](char character) { return character > 0x20 && character < 0x7F; };
    if (text.size() > shape.length || !std::ranges::all_of(text, printable)) return badItem(shape);
    Bytes bytes(shape.length, 0);
    std::ranges::copy(text, bytes.begin());
    return PersonalBytes(std::move(bytes));
}

// Without the filler at the right.
ByteView trimmed(Coding coding, ByteView value) {
    const auto isFiller = [coding](std::uint8_t byte) {
        return coding == Coding::bcd ? byte == 0xFF : byte == 0x00 || byte == 0x20;
    };
    while (!value.empty() && isFiller(value.back())) value = value.first(value.size() - 1);
    return value;
}

// Some cards keep more than the item, such as a longer card number: only the item counts.
ByteView significant(const RecordShape& shape, const PersonalBytes& value) {
    const ByteView bytes = value.reveal();
    const ByteView item = bytes.first(std::min<std::size_t>(bytes.size(), shape.length));
    // The authentication code of a 卡识别码 may be FF FF FF FF: that is content.
    if (shape.item == Item::cardIdCode) return item;
    return trimmed(shape.coding, item);
}

}  // namespace

Result<RecordValues> valuesFor(const card::ChipItems& items) {
    RecordValues values;
    const auto set = [&values](Item item, std::string_view text) -> Result<void> {
        if (text.empty()) return {};
        const RecordShape& shape = shapeOf(item);
        values.of(item) =
            TRY(shape.coding == Coding::bcd ? codedBcd(shape, text) : codedText(shape, text));
        return {};
    };
    TRY(set(Item::cardIdCode, items.cardIdCode));
    TRY(set(Item::cardClass, items.cardClass));
    TRY(set(Item::version, items.version));
    TRY(set(Item::issuerCode, items.issuerCode));
    TRY(set(Item::issueDate, items.issueDate));
    TRY(set(Item::expiryDate, items.expiryDate));
    TRY(set(Item::cardNumber, items.cardNumber));
    TRY(set(Item::socialNumber, items.socialNumber.reveal()));
    TRY(set(Item::sex, items.sex));
    TRY(set(Item::ethnicCode, items.ethnicCode));
    TRY(set(Item::birthPlace, items.birthPlace));
    TRY(set(Item::birthDate, items.birthDate.reveal()));
    if (!items.name.empty()) {
        NameRecords name = TRY(nameRecords(items.name));
        values.of(Item::name) = std::move(name.name);
        values.of(Item::nameExtension) = std::move(name.extension);
    }
    return values;
}

PersonalBytes recordOf(const RecordShape& shape, const PersonalBytes& value) {
    const auto& bytes = value.reveal();
    Bytes record;
    record.reserve(bytes.size() + 2);
    record.assign({shape.tag, static_cast<std::uint8_t>(bytes.size())});
    record.insert(record.end(), bytes.begin(), bytes.end());
    return PersonalBytes(std::move(record));
}

Result<PersonalBytes> valueIn(const RecordShape& shape, const PersonalBytes& record) {
    if (isBlank(Coding::bcd, record)) return PersonalBytes();
    const ByteView bytes = record.reveal();
    if (bytes.size() < 2 || bytes[0] != shape.tag || bytes.size() - 2 != bytes[1]) {
        return fail(chipError(ErrorCode::chipRecordMalformed, std::string(shape.name)));
    }
    return PersonalBytes(Bytes(bytes.begin() + 2, bytes.end()));
}

bool isBlank(Coding coding, const PersonalBytes& value) {
    return std::ranges::all_of(value.reveal(), [coding](std::uint8_t byte) {
        // 20 is a space in text, but a number in BCD.
        return byte == 0x00 || byte == 0xFF || (byte == 0x20 && coding == Coding::text);
    });
}

bool sameValue(const RecordShape& shape, const PersonalBytes& left, const PersonalBytes& right) {
    // An absent record and one of nothing but filler say the same.
    if (isBlank(shape.coding, left) && isBlank(shape.coding, right)) return true;
    return std::ranges::equal(significant(shape, left), significant(shape, right));
}

std::string textOf(const RecordShape& shape, const PersonalBytes& value) {
    if (isBlank(shape.coding, value)) return {};
    const ByteView bytes = significant(shape, value);
    return shape.coding == Coding::bcd ? toHex(bytes) : liqu::textOf(bytes);
}

Result<PersonalText> nameIn(const RecordValues& values) {
    return joinedName(values.of(Item::name), values.of(Item::nameExtension));
}

}  // namespace liqu::chip
