#include "drivers/card_printer/evolis/reply.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace liqu::drivers {

namespace {

// No known reply is longer than a ribbon's label of 64; what is longer is noise.
constexpr std::size_t longestReply = 256;
constexpr std::size_t mostReplies = 64;

char upper(char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

bool startsWith(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                      [](char p, char t) { return p == upper(t); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

struct Known {
    std::string_view prefix;
    ReplyKind kind;
};
// The longer text stands before its own prefix.
constexpr std::array known{
    Known{"OK", ReplyKind::ok},
    Known{"NO CARD", ReplyKind::noCard},
    Known{"CARD JAM", ReplyKind::jam},
    Known{"CARD", ReplyKind::card},
    Known{"SMART CARD", ReplyKind::chipStation},
    Known{"CONTACTLESS CARD", ReplyKind::contactlessStation},
    Known{"ERR CARD", ReplyKind::misplacedCard},
    Known{"NEED CLEANING", ReplyKind::cleaningNeeded},
    Known{"ERR NEED CLEANING", ReplyKind::cleaningNeeded},
    Known{"ERROR CDE", ReplyKind::commandUnknown},
    Known{"ERROR PARAMETRES", ReplyKind::parameterWrong},
    Known{"OPT NOT AVAILABLE", ReplyKind::optionMissing},
    Known{"ERROR TIME OUT", ReplyKind::timeOut},
    Known{"ERROR HOPPER", ReplyKind::hopper},
    Known{"HOPPER FULL", ReplyKind::hopperFull},
    Known{"HOPPER DOOR", ReplyKind::hopperDoor},
    Known{"ERROR HEAD", ReplyKind::head},
    Known{"COVER OPEN", ReplyKind::coverOpen},
    Known{"FEEDER EMPTY", ReplyKind::feederEmpty},
    Known{"ERROR RIBBON", ReplyKind::ribbon},
    Known{"ERR RIB DETECTION", ReplyKind::ribbonUndetected},
    Known{"ERROR MAG", ReplyKind::magnetic},
    Known{"ERROR CHECKSUM", ReplyKind::checksum},
    Known{"ERR", ReplyKind::otherError},
};

}  // namespace

void ReplyAssembler::take(ByteView bytes) {
    const bool any = terminator_ == ReplyTerminator::any;
    for (const std::uint8_t byte : bytes) {
        const bool ends = (byte == 0x00 && (any || terminator_ == ReplyTerminator::nul)) ||
                          (byte == '\r' && (any || terminator_ == ReplyTerminator::cr)) ||
                          (byte == '\n' && (any || terminator_ == ReplyTerminator::lf));
        if (ends) {
            finish();
        } else if (byte == 0x00 || byte == '\r' || byte == '\n') {
            continue;  // padding of a model that ends its replies otherwise
        } else if (part_.size() < longestReply) {
            part_.push_back(static_cast<char>(byte));
        }
    }
}

void ReplyAssembler::finish() {
    const std::string_view reply = trimmed(part_);
    if (!reply.empty() && whole_.size() < mostReplies) whole_.emplace_back(reply);
    part_.clear();
}

std::optional<std::string> ReplyAssembler::next() {
    if (whole_.empty()) return std::nullopt;
    std::string reply = std::move(whole_.front());
    whole_.pop_front();
    return reply;
}

bool ReplyAssembler::endsBySilence() const {
    return terminator_ == ReplyTerminator::any || terminator_ == ReplyTerminator::silence;
}

void ReplyAssembler::silence() {
    if (endsBySilence()) finish();
}

void ReplyAssembler::clear() {
    part_.clear();
    whole_.clear();
}

ReplyKind kindOf(std::string_view reply) {
    const std::string_view text = trimmed(reply);
    for (const Known& entry : known) {
        if (!startsWith(text, entry.prefix)) continue;
        // "OKAPI" or "CARDS" are somebody's name, not an answer.
        const std::size_t end = entry.prefix.size();
        const bool wordEnds = text.size() == end || entry.kind == ReplyKind::otherError ||
                              std::isalnum(static_cast<unsigned char>(text[end])) == 0;
        if (wordEnds) return entry.kind;
    }
    return ReplyKind::text;
}

std::optional<double> voltsOf(std::string_view reply) {
    const std::string_view text = trimmed(reply);
    const std::size_t digits = text.find_first_not_of("0123456789,.");
    // The unit proves that the number is whole.
    if (digits == 0 || digits == std::string_view::npos || digits > 8) return std::nullopt;
    if (!startsWith(trimmed(text.substr(digits)), "VOLT")) return std::nullopt;
    std::string number(text.substr(0, digits));
    std::replace(number.begin(), number.end(), ',', '.');
    double volts = 0;
    const char* end = number.data() + number.size();
    const auto [stop, error] = std::from_chars(number.data(), end, volts);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return volts;
}

std::optional<std::uint32_t> numberIn(std::string_view reply) {
    const std::string_view text = trimmed(reply);
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

std::string printable(std::string_view reply) {
    std::string text(reply.substr(0, 60));
    for (char& c : text) {
        if (c < 0x20 || c >= 0x7F) c = '?';
    }
    return text;
}

}  // namespace liqu::drivers
