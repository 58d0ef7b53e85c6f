#include "firmware/chip/name_coding.hpp"

#include <algorithm>

#include "firmware/base/encoding.hpp"
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
std::size_t firstPart(ByteView gbk) {
    std::size_t at = 0;
    while (at < gbk.size() && at + lengthOfCharacter(gbk[at]) <= firstLength) {
        at += lengthOfCharacter(gbk[at]);
    }
    return std::min(at, gbk.size());
}

PersonalBytes padded(ByteView part, std::size_t length) {
    Bytes bytes(length, 0);
    std::ranges::copy(part, bytes.begin());
    return PersonalBytes(std::move(bytes));
}

// FF fills a record that was never written.
void appendTrimmed(Bytes& whole, ByteView part, bool trimSpaces) {
    const auto isFiller = [trimSpaces](std::uint8_t byte) {
        return byte == 0x00 || byte == 0xFF || (byte == 0x20 && trimSpaces);
    };
    while (!part.empty() && isFiller(part.back())) part = part.first(part.size() - 1);
    whole.insert(whole.end(), part.begin(), part.end());
}

}  // namespace

Result<NameRecords> nameRecords(const PersonalText& utf8) {
    const PersonalBytes encoded(TRY(gbkFromUtf8(utf8.reveal())));
    const ByteView gbk = encoded.reveal();
    const std::size_t cut = firstPart(gbk);
    if (gbk.size() - cut > extensionLength) {
        return fail(ErrorCode::nameDoesNotFitChip, "the name is longer than both records");
    }
    return NameRecords{padded(gbk.first(cut), firstLength),
                       padded(gbk.subspan(cut), extensionLength)};
}

Result<PersonalText> joinedName(const PersonalBytes& name, const PersonalBytes& extension) {
    Bytes joined;
    joined.reserve(name.reveal().size() + extension.reveal().size());
    // A space before the continuation belongs to the name.
    const bool ends = isBlank(Coding::text, extension);
    appendTrimmed(joined, name.reveal(), ends);
    appendTrimmed(joined, extension.reveal(), true);
    const PersonalBytes gbk(std::move(joined));
    Result<std::string> utf8 = utf8FromGbk(gbk.reveal());
    if (!utf8) return fail(chipError(ErrorCode::chipRecordMalformed, "the name is not GBK"));
    return PersonalText(std::move(*utf8));
}

}  // namespace liqu::chip
