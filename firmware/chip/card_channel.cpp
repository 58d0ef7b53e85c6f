#include "firmware/chip/card_channel.hpp"

#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

// A card's longest reply here is one record; more pieces than this is a card gone wrong.
constexpr int mostPieces = 8;

constexpr std::uint8_t high(std::uint16_t word) {
    return static_cast<std::uint8_t>(word >> 8);
}
constexpr std::uint8_t low(std::uint16_t word) {
    return static_cast<std::uint8_t>(word & 0xFF);
}

void append(PersonalBytes& whole, const PersonalBytes& piece) {
    Bytes joined;
    joined.reserve(whole.reveal().size() + piece.reveal().size());
    joined = whole.reveal();
    joined.insert(joined.end(), piece.reveal().begin(), piece.reveal().end());
    whole = PersonalBytes(std::move(joined));
}

}  // namespace

Result<Response> CardChannel::exchange(const Command& command) {
    Bytes sent = encode(command, caseFour_);
    Result<Bytes> reply = reader_.transmit(sent);
    wipe(sent);
    if (!reply) {
        Error error = std::move(reply).error();
        if (!error.fate) error.fate = CardFate::atChipStation;
        return fail(std::move(error));
    }
    if (reply->size() < 2) {
        return fail(chipError(ErrorCode::chipReplyTorn, "a reply without status"));
    }
    const std::size_t body = reply->size() - 2;
    Response response;
    response.status = static_cast<std::uint16_t>((*reply)[body] << 8 | (*reply)[body + 1]);
    reply->resize(body);
    response.data = PersonalBytes(std::move(*reply));
    return response;
}

Result<Response> CardChannel::send(const Command& command) {
    Response response = TRY(exchange(command));
    if (high(response.status) == 0x6C) {
        Command again = command;
        again.expected = low(response.status);
        response = TRY(exchange(again));
    }
    for (int piece = 0; high(response.status) == 0x61; ++piece) {
        if (piece == mostPieces) {
            return fail(chipError(ErrorCode::chipStatusUnexpected, "the reply never ends"));
        }
        Command getResponse{.ins = 0xC0, .expected = low(response.status)};
        Response next = TRY(exchange(getResponse));
        if (high(next.status) == 0x6C) {
            getResponse.expected = low(next.status);
            next = TRY(exchange(getResponse));
        }
        append(response.data, next.data);
        response.status = next.status;
    }
    return response;
}

Result<std::uint16_t> CardChannel::once(ByteView command) {
    const Bytes reply = TRY(reader_.transmit(command));
    if (reply.size() < 2)
        return fail(chipError(ErrorCode::chipReplyTorn, "a reply without status"));
    const std::size_t body = reply.size() - 2;
    return static_cast<std::uint16_t>(reply[body] << 8 | reply[body + 1]);
}

Result<PersonalBytes> CardChannel::demand(const Command& command, std::string_view step) {
    Response response = TRY(send(command));
    if (response.status != status::ok) return fail(errorOfStatus(response.status, step));
    return std::move(response.data);
}

}  // namespace liqu::chip
