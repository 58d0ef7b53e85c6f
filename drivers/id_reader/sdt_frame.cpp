#include "drivers/id_reader/sdt_frame.hpp"

#include <algorithm>
#include <numeric>

namespace liqu::drivers::sdt {
namespace {

// Room for the longest answer and a second one glued to it.
constexpr std::size_t capacity = 2 * (headSize + greatestLength);

std::uint8_t checkByte(ByteView bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), std::uint8_t{0},
                           [](std::uint8_t left, std::uint8_t right) {
                               return static_cast<std::uint8_t>(left ^ right);
                           });
}

}  // namespace

Bytes encodeRequest(std::uint8_t command, std::uint8_t parameter, ByteView data) {
    const std::size_t length = 3 + data.size();
    Bytes frame(preamble.begin(), preamble.end());
    frame.push_back(static_cast<std::uint8_t>(length >> 8));
    frame.push_back(static_cast<std::uint8_t>(length & 0xFF));
    frame.push_back(command);
    frame.push_back(parameter);
    frame.insert(frame.end(), data.begin(), data.end());
    frame.push_back(checkByte(ByteView(frame).subspan(preamble.size())));
    return frame;
}

std::string describe(Status status) {
    const std::string hex = toHex(Bytes{status.sw1, status.sw2, status.sw3});
    return "SW " + hex.substr(0, 2) + " " + hex.substr(2, 2) + " " + hex.substr(4, 2);
}

FrameParser::FrameParser() {
    buffer_.reserve(capacity);
}

void FrameParser::feed(ByteView bytes) {
    // More than fits is no conversation any more; what is kept are the newest bytes.
    if (bytes.size() > capacity) bytes = bytes.last(capacity);
    if (buffer_.size() + bytes.size() > capacity) clear();
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    synchronise();
}

Result<std::optional<Answer>> FrameParser::next() {
    if (buffer_.size() < headSize) return std::nullopt;
    const std::size_t length = bodyLength();
    if (length < leastLength || length > greatestLength) {
        drop(1);
        synchronise();
        return fail(ErrorCode::idReaderGarbled, "length " + std::to_string(length));
    }
    if (buffer_.size() < headSize + length) return std::nullopt;
    // The check byte covers itself too: the sum of a whole frame is zero.
    const ByteView checked = ByteView(buffer_).subspan(preamble.size(), 2 + length);
    if (checkByte(checked) != 0) {
        drop(1);
        synchronise();
        return fail(ErrorCode::idReaderGarbled,
                    "wrong check byte in an answer of length " + std::to_string(length));
    }
    const ByteView body = checked.subspan(2);
    const ByteView data = body.subspan(3, length - leastLength);
    Answer answer{{body[0], body[1], body[2]}, PersonalBytes(Bytes(data.begin(), data.end()))};
    drop(headSize + length);
    synchronise();
    return answer;
}

std::size_t FrameParser::wanted() const {
    const std::size_t size = buffer_.size();
    if (size < headSize) return headSize - size;
    const std::size_t whole = headSize + bodyLength();
    return whole > size ? whole - size : 0;
}

// Keeps the buffer where it is and leaves no copy behind its end.
void FrameParser::drop(std::size_t count) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(count), buffer_.end(), buffer_.begin());
    const std::size_t left = buffer_.size() - count;
    std::fill(buffer_.begin() + static_cast<std::ptrdiff_t>(left), buffer_.end(), std::uint8_t{0});
    buffer_.resize(left);
}

// Drops everything before the first preamble, or before what may become one.
void FrameParser::synchronise() {
    for (auto at = buffer_.begin(); at != buffer_.end(); ++at) {
        const auto length = std::min<std::ptrdiff_t>(buffer_.end() - at, preamble.size());
        if (std::equal(at, at + length, preamble.begin())) {
            drop(static_cast<std::size_t>(at - buffer_.begin()));
            return;
        }
    }
    clear();
}

}  // namespace liqu::drivers::sdt
