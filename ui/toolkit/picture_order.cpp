#include "ui/toolkit/picture_order.hpp"

#include "ui/toolkit/picture_file.hpp"

namespace liqu::ui {
namespace {

constexpr std::uint32_t orderMark = 0x3150514C;  // "LQP1"
constexpr std::size_t longestStyle = 16UL * 1024;

void put(std::string& bytes, std::size_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<char>(number >> shift & 0xFFU));
    }
}

std::uint32_t numberAt(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;)
        number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

// Takes from the front; nothing more once it asked for what is not there.
class Taker {
  public:
    explicit Taker(std::string_view bytes) : rest_(bytes) {}
    std::uint32_t number() {
        const std::string_view four = text(4);
        return four.size() == 4 ? numberAt(four, 0) : 0;
    }
    std::string_view text(std::size_t length) {
        if (length > rest_.size()) {
            whole_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view part = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return part;
    }
    bool whole() const { return whole_; }
    bool atEnd() const { return whole_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool whole_ = true;
};

tl::unexpected<Error> notAnOrder(const char* why) {
    return fail(ErrorCode::configBadValue, std::string("order of pictures: ") + why);
}

}  // namespace

std::string bytesOfOrder(const PictureOrder& order) {
    std::string bytes;
    put(bytes, orderMark);
    put(bytes, order.style.size());
    put(bytes, order.wishes.size());
    bytes += order.style;
    for (const PictureOrder::Wish& wish : order.wishes) {
        put(bytes, wish.side);
        put(bytes, wish.svg.size());
        bytes += wish.svg;
    }
    return bytes;
}

Result<PictureOrder> pictureOrderFrom(std::string_view bytes) {
    if (bytes.size() > largestPictureOrder) return notAnOrder("too long");
    Taker taker(bytes);
    if (taker.number() != orderMark) return notAnOrder("none");
    const std::size_t style = taker.number();
    const std::size_t count = taker.number();
    if (style > longestStyle || count > mostPicturesAtOnce) return notAnOrder("beyond its limits");
    PictureOrder order{std::string(taker.text(style)), {}};
    std::size_t pixels = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t side = taker.number();
        const std::size_t length = taker.number();
        if (!taker.whole()) break;
        if (side < smallestPictureSide || side > largestPictureSide)
            return notAnOrder("a side beyond its limits");
        pixels += std::size_t{side} * side;
        if (pixels > mostPixelsAtOnce) return notAnOrder("too many pixels");
        if (length > largestPictureFile) return notAnOrder("a picture larger than 64 KiB");
        order.wishes.push_back({side, std::string(taker.text(length))});
    }
    if (!taker.atEnd()) return notAnOrder("its lengths are not its own");
    return order;
}

std::string bytesOfHead(const AnswerHead& head) {
    std::string bytes;
    put(bytes, static_cast<std::uint32_t>(head.kind));
    put(bytes, head.length);
    return bytes;
}

std::optional<AnswerHead> answerHeadFrom(std::string_view bytes, std::uint32_t side) {
    if (bytes.size() != AnswerHead::size) return std::nullopt;
    const std::uint32_t kind = numberAt(bytes, 0);
    const AnswerHead head{static_cast<AnswerHead::Kind>(kind), numberAt(bytes, 4)};
    if (head.kind == AnswerHead::Kind::pixels && head.length == bytesOfPicture(side)) return head;
    if (head.kind == AnswerHead::Kind::words && head.length <= AnswerHead::longestWords)
        return head;
    return std::nullopt;
}

}  // namespace liqu::ui
