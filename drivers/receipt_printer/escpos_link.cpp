#include "drivers/receipt_printer/escpos_link.hpp"

#include <algorithm>
#include <array>

namespace liqu::drivers {
namespace {

constexpr Duration rhythm = std::chrono::milliseconds{200};
constexpr Duration quiet = std::chrono::milliseconds{20};
constexpr Duration writePatience = std::chrono::milliseconds{500};
constexpr int mostTries = 3;
constexpr int mostStale = 64;
constexpr std::size_t bandHead = 8;
// More than the largest picture of a shipped profile together.
constexpr std::size_t leastWhite = 64;
constexpr std::size_t mostWhite = 16 * 1024;

constexpr std::array<std::uint8_t, 3> askSix = {0x10, 0x04, 0x14};
constexpr std::array<std::uint8_t, 3> askAutomatic = {0x1D, 0x61, 0x0E};
constexpr std::array<std::uint8_t, 3> askEjector = {0x1D, 0x65, 0x06};
constexpr std::array<std::uint8_t, 3> askModel = {0x1D, 0x49, 0x01};

}  // namespace

Result<void> EscposLink::open() {
    if (TRY(wire_->open())) {
        ++openings_;
        reader_.await(Awaited::nothing);
    }
    return {};
}

void EscposLink::rest(Duration duration) {
    const Instant end = clock_.now() + duration;
    while (clock_.now() < end) {
        if (meanwhile_) meanwhile_();
        clock_.sleepUntil(std::min(end, clock_.now() + rhythm));
    }
}

// A printer that takes no byte has stopped: only the USB class's own byte may still say why.
Error EscposLink::stoppedBy() {
    if (const auto port = wire_->portStatus()) {
        const std::string raw = "port " + toHex(Bytes{*port});
        if (auto trouble = troubleOf(flagsOfPort(*port), raw)) return *trouble;
    }
    return Error{ErrorCode::receiptPrinterStopped, "it takes no more bytes"};
}

Result<void> EscposLink::send(ByteView bytes, What what) {
    std::size_t sent = 0;
    Instant lastProgress = clock_.now();
    const auto owe = [&] {
        if (what != What::picture || sent == 0 || sent >= bytes.size()) return;
        std::vector<unsigned char> rest(bytes.begin() + static_cast<std::ptrdiff_t>(sent),
                                        bytes.end());
        const std::size_t head = sent < bandHead ? bandHead - sent : 0;
        std::fill(rest.begin() + static_cast<std::ptrdiff_t>(head), rest.end(), 0);
        owed_ = PersonalBytes(std::move(rest));
    };
    while (sent < bytes.size()) {
        const auto went = wire_->write(bytes.subspan(sent), writePatience);
        if (!went) {
            owe();
            return fail(went.error());
        }
        if (*went > 0) lastProgress = clock_.now();
        sent += *went;
        if (sent == bytes.size()) break;
        if (clock_.now() - lastProgress >= profile_.stopped) {
            owe();
            return fail(stoppedBy());
        }
        rest(quiet);
    }
    return {};
}

Result<bool> EscposLink::payWhatIsOwed() {
    if (owed_.empty()) return false;
    const PersonalBytes paid = owed_;
    TRY(send(paid.reveal(), What::picture));
    owed_ = PersonalBytes();
    return true;
}

// Whoever answers a question in its order is not inside a picture. How much of one is missing
// nobody knows after a lost byte, or after another program's picture.
Result<bool> EscposLink::comeIntoStep() {
    const bool wasOwed = TRY(payWhatIsOwed());
    if (!profile_.status.fence || TRY(fence(profile_.answer))) return wasOwed;
    for (std::size_t white = leastWhite; white <= mostWhite; white *= 2) {
        TRY(send(Bytes(white), What::command));
        if (TRY(fence(profile_.answer))) return true;
    }
    return fail(ErrorCode::receiptPrinterSilent, "1D4901: no answer");
}

// A late answer belongs to an earlier question.
Result<void> EscposLink::forgetWhatCame() {
    for (int stale = 0; stale < mostStale; ++stale) {
        if (TRY(wire_->read(quiet)).empty()) return {};
    }
    return fail(ErrorCode::receiptPrinterGarbled, "it does not stop talking");
}

Result<std::optional<StatusEvent>> EscposLink::ask(ByteView question, Awaited awaited,
                                                   Duration patience) {
    TRY(forgetWhatCame());
    TRY(send(question, What::command));
    reader_.await(awaited);
    const Instant end = clock_.now() + patience;
    do {
        if (meanwhile_) meanwhile_();
        const Duration left = std::max(end - clock_.now(), quiet);
        const Bytes came = TRY(wire_->read(std::min(left, rhythm)));
        for (const std::uint8_t byte : came) {
            const auto event = reader_.take(byte);
            if (!event) continue;
            const bool group =
                awaited == Awaited::nothing && event->kind == StatusEvent::Kind::automatic;
            if (event->kind == StatusEvent::Kind::answer || group) return event;
        }
    } while (clock_.now() < end);
    reader_.await(Awaited::nothing);
    return std::optional<StatusEvent>();
}

Result<StatusEvent> EscposLink::askSurely(ByteView question, Awaited awaited) {
    for (int tries = 0; tries < mostTries; ++tries) {
        if (const auto event = TRY(ask(question, awaited, profile_.answer))) return *event;
    }
    return fail(ErrorCode::receiptPrinterSilent, toHex(question) + ": no answer");
}

Result<Look> EscposLink::lookByRealTime() {
    Look look;
    const Awaited awaited = profile_.status.fixedBits ? Awaited::realTime : Awaited::anyByte;
    for (std::uint8_t question = 1; question <= 4; ++question) {
        const std::array<std::uint8_t, 3> bytes = {0x10, 0x04, question};
        const StatusEvent event = TRY(askSurely(bytes, awaited));
        look.flags.add(flagsOfRealTime(question, event.bytes[0]));
        look.raw += toHex(Bytes{event.bytes[0]}) + " ";
    }
    return look;
}

Result<Look> EscposLink::look() {
    switch (profile_.status.source) {
        case StatusSource::dleEot:
            return lookByRealTime();
        case StatusSource::custom6: {
            const StatusEvent event = TRY(askSurely(askSix, Awaited::six));
            return Look{flagsOfSix(event.bytes), toHex(event.bytes)};
        }
        case StatusSource::asb: {
            const StatusEvent event = TRY(askSurely(askAutomatic, Awaited::nothing));
            return Look{flagsOfAutomatic(event.bytes), toHex(ByteView(event.bytes).first(4))};
        }
        case StatusSource::portByte: {
            const auto port = wire_->portStatus();
            if (!port) return fail(ErrorCode::receiptPrinterSilent, "no port status");
            return Look{flagsOfPort(*port), "port " + toHex(Bytes{*port})};
        }
        case StatusSource::none:
            break;
    }
    return Look{};
}

Result<Look> EscposLink::lookAtMouth() {
    if (profile_.status.source == StatusSource::custom6) return look();
    const StatusEvent event = TRY(askSurely(askEjector, Awaited::anyByte));
    return Look{flagsOfEjector(event.bytes[0]), toHex(Bytes{event.bytes[0]})};
}

Result<bool> EscposLink::fence(Duration patience) {
    // A model's number has any bits; only where groups may come by themselves it is told apart.
    const bool alone =
        profile_.status.source == StatusSource::custom6 || !profile_.status.fixedBits;
    const Awaited awaited = alone ? Awaited::anyByte : Awaited::plain;
    return TRY(ask(askModel, awaited, patience)).has_value();
}

}  // namespace liqu::drivers
