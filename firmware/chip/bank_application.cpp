#include "firmware/chip/bank_application.hpp"

#include <algorithm>
#include <array>

#include "firmware/chip/ber_tlv.hpp"
#include "firmware/chip/card_commands.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

constexpr std::array<std::uint8_t, 8> debitApplication{0xA0, 0x00, 0x00, 0x03,
                                                       0x33, 0x01, 0x01, 0x01};
constexpr std::size_t mostRecords = 32;
constexpr std::size_t bytesOfOneEntry = 4;

tl::unexpected<Error> unusable(std::string cause) {
    return fail(chipError(ErrorCode::chipRecordMalformed, std::move(cause)));
}

// The file locator inside the reply: behind the two AIP bytes in format 80, tag 94 in format 77.
Result<ByteView> fileLocatorIn(ByteView reply) {
    if (const auto plain = findTlv(reply, {0x80}); plain && plain->size() >= 2) {
        return plain->subspan(2);
    }
    if (const auto tagged = findTlv(reply, {0x77, 0x94})) return *tagged;
    return unusable("the finance application names no records");
}

Command readRecordOf(const RecordPlace& place) {
    const auto p2 = static_cast<std::uint8_t>(place.shortFileId << 3 | 0x04);
    return {.ins = 0xB2, .p1 = place.number, .p2 = p2, .expected = 0};
}

}  // namespace

Result<Bytes> processingOptionsData(ByteView dataObjectList) {
    const std::size_t length = TRY(lengthDemandedBy(dataObjectList));
    if (length > 252) return unusable("the finance application demands too much");
    Bytes data(length + 2, 0);
    data[0] = 0x83;
    data[1] = static_cast<std::uint8_t>(length);
    // A command template from 128 bytes on needs the long form of its length.
    if (length >= 0x80) data.insert(data.begin() + 1, 0x81);
    return data;
}

Result<std::vector<RecordPlace>> recordsToRead(ByteView processingOptionsReply) {
    const ByteView locator = TRY(fileLocatorIn(processingOptionsReply));
    if (locator.empty() || locator.size() % bytesOfOneEntry != 0) {
        return unusable("a file locator of odd length");
    }
    std::vector<RecordPlace> places;
    for (std::size_t at = 0; at < locator.size(); at += bytesOfOneEntry) {
        const auto shortFileId = static_cast<std::uint8_t>(locator[at] >> 3);
        const unsigned first = locator[at + 1];
        const unsigned last = locator[at + 2];
        if (shortFileId == 0 || shortFileId > 30 || first == 0 || last < first) {
            return unusable("a file locator that names no record");
        }
        for (unsigned number = first; number <= last; ++number) {
            if (places.size() == mostRecords) return unusable("a file locator without end");
            places.push_back({shortFileId, static_cast<std::uint8_t>(number)});
        }
    }
    return places;
}

PersonalText bankNumberIn(ByteView record) {
    auto found = findTlv(record, {0x70, 0x5A});
    if (!found) found = findTlv(record, {0x70, 0x57});
    if (!found) return {};
    std::string digits = toHex(*found);
    const std::size_t end = digits.find_first_not_of("0123456789");
    std::fill(digits.begin() + static_cast<std::ptrdiff_t>(std::min(end, digits.size())),
              digits.end(), '\0');
    digits.resize(std::min(end, digits.size()));
    PersonalText number(std::move(digits));
    // ISO/IEC 7812: up to 19 digits; no bank issues fewer than 12.
    const std::size_t length = number.reveal().size();
    return length >= 12 && length <= 19 ? number : PersonalText();
}

Result<PersonalText> readBankNumber(CardChannel& channel) {
    const PersonalBytes control = TRY(
        channel.demand(selectApplication(debitApplication), "SELECT of the finance application"));
    const ByteView demanded = findTlv(control.reveal(), {0x6F, 0xA5, 0x9F38}).value_or(ByteView{});
    const Command options{.cla = 0x80,
                          .ins = 0xA8,
                          .data = PersonalBytes(TRY(processingOptionsData(demanded))),
                          .expected = 0};
    const PersonalBytes reply = TRY(channel.demand(options, "GET PROCESSING OPTIONS"));
    for (const RecordPlace& place : TRY(recordsToRead(reply.reveal()))) {
        const PersonalBytes record =
            TRY(channel.demand(readRecordOf(place), "READ of the bank card"));
        PersonalText number = bankNumberIn(record.reveal());
        if (!number.empty()) return number;
    }
    return unusable("the finance application has no card number");
}

}  // namespace liqu::chip
