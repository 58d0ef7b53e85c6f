#include "drivers/id_reader/text_block.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "firmware/base/china_time.hpp"
#include "firmware/base/encoding.hpp"
#include "firmware/card/citizen_number.hpp"
#include "firmware/card/person_name.hpp"

namespace liqu::drivers::sdt {
namespace {

using card::DocumentKind;
using card::IdentityDocument;

constexpr std::size_t typeMarkAt = 248;

struct Field {
    std::size_t at;
    std::size_t size;
};

// Where the fields that several kinds share lie.
struct Layout {
    Field name;
    Field sex;
    Field number;
    Field birthDate;
    Field validFrom;
    Field validTo;
};
constexpr Layout citizenLayout{{0, 30}, {30, 2}, {122, 36}, {36, 16}, {188, 16}, {204, 16}};
constexpr Layout foreigner2017Layout{{158, 30}, {120, 2},  {122, 30},
                                     {220, 16}, {188, 16}, {204, 16}};

constexpr std::string_view noEnd = "长期";
constexpr std::string_view foreignersAuthority = "公安部";  // not stored on their cards

ByteView raw(ByteView block, Field field) {
    return block.subspan(field.at, field.size);
}

// Without the padding at its end: spaces, those of the ideographs among them, NULs, or a mixture.
ByteView trimmed(ByteView text) {
    constexpr int ideographicSpace = 0x3000;
    while (text.size() >= 2) {
        const int unit = text[text.size() - 2] | text[text.size() - 1] << 8;
        if (unit != ' ' && unit != 0 && unit != ideographicSpace) break;
        text = text.first(text.size() - 2);
    }
    return text;
}

// Empty for a field with a NUL inside: no text can continue behind it.
std::string textOf(ByteView field) {
    std::string text = utf8FromUtf16le(trimmed(field));
    if (text.find('\0') != std::string::npos) wipe(text);
    return text;
}
std::string textOf(ByteView block, Field field) {
    return textOf(raw(block, field));
}

tl::unexpected<Error> invalid(std::string_view what) {
    return fail(ErrorCode::documentDataInvalid, std::string(what));
}

bool isDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<Date> dateOf(std::string_view text, std::string_view what) {
    const auto date = parseDate(text);
    if (!date) return invalid(what);
    return *date;
}

// GB/T 2261.1 has no others.
Result<card::Sex> sexOf(std::string_view code) {
    if (code == "0") return card::Sex::unknown;
    if (code == "1") return card::Sex::male;
    if (code == "2") return card::Sex::female;
    if (code == "9") return card::Sex::notStated;
    return invalid("sex");
}

// What stays readable as text: no control characters, no half of a surrogate pair.
bool isText(std::string_view text) {
    const std::u32string points = codePointsOf(text);
    return std::none_of(points.begin(), points.end(), [](char32_t point) {
        return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFFFD;
    });
}

bool isCapitals(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<DocumentKind> kindOf(ByteView block) {
    switch (const int mark = block[typeMarkAt] | block[typeMarkAt + 1] << 8) {
        case ' ':
        case 0:
            return DocumentKind::residentIdCard;
        case 'J':
            return DocumentKind::residencePermit;
        case 'I':
            return DocumentKind::foreignerCard2017;
        case 'Y':
            return DocumentKind::foreignerCard2023;
        default:
            return fail(ErrorCode::unknownDocument, fmt::format("type mark U+{:04X}", mark));
    }
}

bool isForeigners(DocumentKind kind) {
    return kind == DocumentKind::foreignerCard2017 || kind == DocumentKind::foreignerCard2023;
}

// Three letters and twelve digits (hardware-notes/id-reader.md, "Citizen numbers").
bool isForeigner2017Number(std::string_view text) {
    return text.size() == 15 && isDigits(text.substr(3)) && isCapitals(text.substr(0, 3));
}

Result<PersonalText> numberOf(DocumentKind kind, PersonalText text) {
    const auto plain = [](const card::CitizenNumber& number) {
        return PersonalText(number.reveal());
    };
    switch (kind) {
        case DocumentKind::residentIdCard:
            return card::CitizenNumber::parse(text.reveal()).map(plain);
        case DocumentKind::residencePermit: {
            // 81 Hong Kong, 82 Macao, 83 Taiwan
            const std::string_view region = std::string_view(text.reveal()).substr(0, 2);
            if (region != "81" && region != "82" && region != "83") {
                return fail(ErrorCode::documentNumberInvalid, "not a number of this document");
            }
            return card::CitizenNumber::parse(text.reveal()).map(plain);
        }
        case DocumentKind::foreignerCard2017:
            if (!isForeigner2017Number(text.reveal())) {
                return fail(ErrorCode::documentNumberInvalid, "not three letters, twelve digits");
            }
            return text;
        case DocumentKind::foreignerCard2023:
            return card::CitizenNumber::parseForeigner2023(text.reveal()).map(plain);
    }
    return fail(ErrorCode::unknownDocument, "no rule for its number");
}

// The Latin name of 2023 is cut in two and continues without a space (hardware-notes/id-reader.md,
// "The text block").
PersonalText latinName2023(ByteView block) {
    Bytes whole;
    whole.reserve(92);
    for (const Field part : {Field{52, 70}, Field{220, 22}}) {
        const ByteView bytes = raw(block, part);
        whole.insert(whole.end(), bytes.begin(), bytes.end());
    }
    PersonalText name = card::wireName(textOf(whole));
    wipe(whole);
    return name;
}

void readOwnFields(ByteView block, IdentityDocument& document) {
    if (isForeigners(document.kind)) {
        document.authority = foreignersAuthority;
    } else {
        document.address = PersonalText(textOf(block, {52, 70}));
        document.authority = textOf(block, {158, 30});
    }
    switch (document.kind) {
        case DocumentKind::residentIdCard:
            document.ethnicCode = textOf(block, {32, 4});
            break;
        case DocumentKind::residencePermit:
            document.travelPermit = PersonalText(textOf(block, {220, 18}));
            document.issueCount = textOf(block, {238, 4});
            break;
        case DocumentKind::foreignerCard2017:
            document.nameLatin = card::wireName(textOf(block, {0, 120}));
            document.nationality = textOf(block, {152, 6});
            break;
        case DocumentKind::foreignerCard2023:
            document.nameLatin = latinName2023(block);
            document.nationality = textOf(block, {242, 6});
            document.issueCount = textOf(block, {32, 4});
            break;
    }
}

// What is sent on and drawn: a field the contract has no room for ends the visit here.
Result<void> checkOwnFields(const IdentityDocument& document) {
    const std::string& ethnic = document.ethnicCode;
    const bool twoDigits = ethnic.size() == 2 && isDigits(ethnic);
    if (document.kind == DocumentKind::residentIdCard ? !twoDigits : !ethnic.empty())
        return invalid("ethnicity");
    const std::string& nationality = document.nationality;
    const bool country = nationality.size() == 3 && isCapitals(nationality);
    if (isForeigners(document.kind) ? !country : !nationality.empty())
        return invalid("nationality");
    for (const std::string* text :
         {&document.name.reveal(), &document.nameLatin.reveal(), &document.address.reveal(),
          &document.authority, &document.travelPermit.reveal(), &document.issueCount}) {
        if (!isText(*text)) return invalid("a field that is no text");
    }
    return {};
}

}  // namespace

Result<IdentityDocument> parseTextBlock(ByteView block) {
    if (block.size() != textBlockSize) return invalid("text block of a wrong size");
    IdentityDocument document;
    document.kind = TRY(kindOf(block));
    const Layout& layout =
        document.kind == DocumentKind::foreignerCard2017 ? foreigner2017Layout : citizenLayout;
    document.number = TRY(numberOf(document.kind, PersonalText(textOf(block, layout.number))));
    document.name = card::wireName(textOf(block, layout.name));
    document.sex = TRY(sexOf(textOf(block, layout.sex)));
    document.birthDate = TRY(dateOf(textOf(block, layout.birthDate), "birth date"));
    document.validFrom = TRY(dateOf(textOf(block, layout.validFrom), "valid from"));
    if (const std::string end = textOf(block, layout.validTo); end != noEnd) {
        document.validTo = TRY(dateOf(end, "valid to"));
    }
    readOwnFields(block, document);
    const bool named =
        !document.name.empty() || (isForeigners(document.kind) && !document.nameLatin.empty());
    if (!named) return invalid("no name");
    TRY(checkOwnFields(document));
    return document;
}

Result<IdentityDocument> parseBaseMessage(ByteView data) {
    constexpr std::size_t header = 4;
    if (data.size() < header) return invalid("no lengths");
    const std::size_t textSize = std::size_t{data[0]} << 8 | data[1];
    const std::size_t photo = std::size_t{data[2]} << 8 | data[3];
    const bool fits = textSize == textBlockSize && (photo == 0 || photo == photoSize) &&
                      data.size() == header + textSize + photo;
    if (!fits) return invalid(fmt::format("lengths {} and {} in {}", textSize, photo, data.size()));
    IdentityDocument document = TRY(parseTextBlock(data.subspan(header, textSize)));
    const ByteView stored = data.last(photo);
    document.photo = PersonalBytes(Bytes(stored.begin(), stored.end()));
    return document;
}

Result<std::string> formatModuleNumber(ByteView data) {
    if (data.size() != 16) {
        return fail(ErrorCode::idReaderGarbled, "module number of a wrong size");
    }
    const auto number = [&](std::size_t at, std::size_t size) {
        std::uint32_t value = 0;
        for (std::size_t i = size; i > 0; --i) value = value << 8 | data[at + i - 1];
        return value;
    };
    return fmt::format("{:02}.{:02}-{:08}-{:010}-{:010}", number(0, 2), number(2, 2), number(4, 4),
                       number(8, 4), number(12, 4));
}

}  // namespace liqu::drivers::sdt
