#include "firmware/chip/name_coding.hpp"

#include <algorithm>

#include "firmware/base/encoding.hpp"
#include "firmware/card/person_name.hpp"
#include "firmware/chip/record_coding.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

constexpr std::size_t firstLength = shapeOf(Item::name).length;
constexpr std::size_t extensionLength = shapeOf(Item::nameExtension).length;

constexpr std::size_t lengthOfCharacter(std::uint8_t lead) {
    return lead < 0x80 ? 1 : 2;
}

// The most whole characters that fit into the first record.
std::size_t firstPart(ByteView codes) {
    std::size_t at = 0;
    while (at < codes.size() && at + lengthOfCharacter(codes[at]) <= firstLength) {
        at += lengthOfCharacter(codes[at]);
    }
    return std::min(at, codes.size());
}

PersonalBytes padded(ByteView part, std::size_t length) {
    Bytes bytes(length, 0);
    std::ranges::copy(part, bytes.begin());
    return PersonalBytes(std::move(bytes));
}

enum class SpacesAtEnd { fill, belong };

// FF fills a record that was never written.
void appendTrimmed(Bytes& whole, ByteView part, SpacesAtEnd spaces) {
    const auto isFiller = [spaces](std::uint8_t byte) {
        return byte == 0x00 || byte == 0xFF || (byte == 0x20 && spaces == SpacesAtEnd::fill);
    };
    while (!part.empty() && isFiller(part.back())) part = part.first(part.size() - 1);
    whole.insert(whole.end(), part.begin(), part.end());
}

}  // namespace

Result<NameRecords> nameRecords(const PersonalText& utf8) {
    const PersonalBytes encoded(TRY(gb18030FromUtf8(card::wireName(utf8.reveal()).reveal())));
    const ByteView codes = encoded.reveal();
    if (std::ranges::any_of(codes, [](std::uint8_t byte) { return byte < 0x20; })) {
        return fail(ErrorCode::nameCharacterNotOnChip, "a control character in the name");
    }
    const std::size_t cut = firstPart(codes);
    if (codes.size() - cut > extensionLength) {
        return fail(ErrorCode::nameDoesNotFitChip, "the name is longer than both records");
    }
    return NameRecords{padded(codes.first(cut), firstLength),
                       padded(codes.subspan(cut), extensionLength)};
}

Result<PersonalText> joinedName(const PersonalBytes& name, const PersonalBytes& extension) {
    Bytes joined;
    joined.reserve(name.reveal().size() + extension.reveal().size());
    // A space before the continuation belongs to the name.
    const bool ends = isBlank(Coding::text, extension);
    appendTrimmed(joined, name.reveal(), ends ? SpacesAtEnd::fill : SpacesAtEnd::belong);
    appendTrimmed(joined, extension.reveal(), SpacesAtEnd::fill);
    const PersonalBytes codes(std::move(joined));
    Result<std::string> utf8 = utf8FromGb18030(codes.reveal());
    if (!utf8)
        return fail(chipError(ErrorCode::chipRecordMalformed, "the name is not in GB 18030"));
    return PersonalText(std::move(*utf8));
}

}  // namespace liqu::chip
