#include "firmware/chip/ber_tlv.hpp"

#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

tl::unexpected<Error> malformed(std::string cause) {
    return fail(chipError(ErrorCode::chipRecordMalformed, std::move(cause)));
}

// Reads one after the other from the front.
class Reader {
  public:
    explicit Reader(ByteView bytes) : rest_(bytes) {}

    bool atEnd() const { return rest_.empty(); }
    void skipFiller() {
        while (!rest_.empty() && rest_.front() == 0) rest_ = rest_.subspan(1);
    }

    Result<std::uint8_t> byte() {
        if (rest_.empty()) return malformed("a data object is cut short");
        const std::uint8_t first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }

    Result<std::uint32_t> tag() {
        std::uint32_t value = TRY(byte());
        if ((value & 0x1F) != 0x1F) return value;
        for (int more = 0; more < 2; ++more) {
            const std::uint8_t next = TRY(byte());
            value = value << 8 | next;
            if ((next & 0x80) == 0) return value;
        }
        return malformed("a tag of more than three bytes");
    }

    Result<std::size_t> length() {
        const std::uint8_t first = TRY(byte());
        if (first < 0x80) return first;
        if (first != 0x81 && first != 0x82) return malformed("a length of unknown form");
        std::size_t value = TRY(byte());
        if (first == 0x82) value = value << 8 | TRY(byte());
        return value;
    }

    Result<ByteView> value(std::size_t length) {
        if (length > rest_.size()) return malformed("a data object is cut short");
        const ByteView taken = rest_.first(length);
        rest_ = rest_.subspan(length);
        return taken;
    }

  private:
    ByteView rest_;
};

}  // namespace

Result<std::vector<Tlv>> parseTlv(ByteView bytes) {
    std::vector<Tlv> objects;
    Reader reader(bytes);
    for (reader.skipFiller(); !reader.atEnd(); reader.skipFiller()) {
        const std::uint32_t tag = TRY(reader.tag());
        const std::size_t length = TRY(reader.length());
        objects.push_back({tag, TRY(reader.value(length))});
    }
    return objects;
}

std::optional<ByteView> findTlv(ByteView bytes, std::initializer_list<std::uint32_t> path) {
    ByteView level = bytes;
    for (const std::uint32_t tag : path) {
        const auto objects = parseTlv(level);
        if (!objects) return std::nullopt;
        const Tlv* found = nullptr;
        for (const Tlv& object : *objects) {
            if (found == nullptr && object.tag == tag) found = &object;
        }
        if (found == nullptr) return std::nullopt;
        level = found->value;
    }
    return level;
}

Result<std::size_t> lengthDemandedBy(ByteView dataObjectList) {
    std::size_t sum = 0;
    Reader reader(dataObjectList);
    while (!reader.atEnd()) {
        TRY(reader.tag());
        sum += TRY(reader.byte());
    }
    return sum;
}

}  // namespace liqu::chip
