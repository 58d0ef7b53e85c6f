#include "tests/world/province/gate.hpp"

#include <algorithm>

#include "tests/world/province/canonical_json.hpp"

namespace liqu::world {
namespace {

constexpr std::chrono::minutes clockTolerance{10};

bool isHex(const Json& value, std::size_t length, std::string_view digits) {
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    return text.size() == length && text.find_first_not_of(digits) == std::string::npos;
}

// "2024-06-01T10:00:00.120+08:00"; none where the calendar has no such moment.
std::optional<WallTime> parseTime(const std::string& text) {
    const auto number = [&](std::size_t at, std::size_t count) {
        return std::stoi(text.substr(at, count));
    };
    const Date date{std::chrono::year{number(0, 4)},
                    std::chrono::month{static_cast<unsigned>(number(5, 2))},
                    std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = number(17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return WallTime{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} +
           std::chrono::milliseconds{number(20, 3)} - chinaOffset;
}

}  // namespace

std::optional<Json> parseEnvelope(const Contract& contract, const std::string& messageType,
                                  std::string_view text) {
    Json envelope = Json::parse(text, nullptr, false);
    if (!envelope.is_object() || !contract.knows(messageType)) return std::nullopt;
    if (envelope.value("msgType", Json()) != messageType) return std::nullopt;
    if (!isHex(envelope.value("msgId", Json()), 32, "0123456789abcdef") ||
        !isHex(envelope.value("idemKey", Json()), 64, "0123456789ABCDEF")) {
        return std::nullopt;
    }
    return envelope;
}

std::optional<Outcome> Gate::stop(const std::string& messageType, const Json& envelope,
                                  const std::string& certificateName, WallTime now) {
    if (const auto fault = contract_.requestFault(messageType, envelope)) return nonsense(*fault);
    if (const auto outcome = checkIdentity(envelope, certificateName)) return outcome;
    if (const auto outcome = checkSignature(envelope)) return outcome;

    const auto sent = parseTime(envelope.at("sendTime"));
    const auto happened = parseTime(envelope.at("bizTime"));
    if (!sent || !happened) return nonsense("a moment the calendar does not have");
    if (*sent > now + clockTolerance || *sent < now - clockTolerance) {
        return breach("CLOCK_DIFFERS", "the terminal's clock differs");
    }
    if (*happened > *sent) return nonsense("it happened after it was sent");

    const std::string terminalId = envelope.at("terminalId");
    if (!books_.terminals[terminalId]
             .messageIds.insert(envelope.at("msgId").get<std::string>())
             .second) {
        return nonsense("a message id is new on every send");
    }
    return checkChain(envelope);
}

// Gaps are recorded; a fact of other books, and one that does not follow, are refused.
std::optional<Outcome> Gate::checkChain(const Json& envelope) {
    if (!envelope.contains("terminalSeq")) return std::nullopt;
    Terminal& terminal = books_.terminals[envelope.at("terminalId").get<std::string>()];
    const std::string epoch = envelope.at("epoch");
    if (terminal.epoch.empty()) terminal.beginEpoch(epoch);
    if (terminal.epoch != epoch) return breach("EPOCH_REFUSED", "a fact of other books");
    Json fact;
    for (const char* name : {"terminalId", "epoch", "terminalSeq", "msgType", "bizId", "idemKey",
                             "bizTime", "bodyHash"}) {
        fact[name] = envelope.at(name);
    }
    if (terminal.takeFact(envelope.at("terminalSeq"), envelope.at("chain"), *canonicalText(fact))) {
        return std::nullopt;
    }
    return breach("CHAIN_BROKEN", "a fact that does not follow from the one before it");
}

std::optional<Outcome> Gate::checkIdentity(const Json& envelope,
                                           const std::string& certificateName) const {
    const std::string terminalId = envelope.at("terminalId");
    if (terminalId != certificateName) {
        return breach("TERMINAL_UNKNOWN", "certificate and terminal differ");
    }
    if (!envelope.at("bizId").get<std::string>().starts_with(terminalId + "-")) {
        return nonsense("the business is another terminal's");
    }
    return std::nullopt;
}

std::optional<Outcome> Gate::checkSignature(const Json& envelope) const {
    const auto body = canonicalText(envelope.at("body"));
    Json unsignedPart = envelope;
    unsignedPart.erase("sig");
    const auto message = canonicalText(unsignedPart);
    if (!body || !message) return nonsense("no canonical form");
    const Bytes signature = *fromHex(envelope.at("sig").get<std::string>());
    if (!keys_.verifyTerminal(bytesOf(*message), signature)) {
        return breach("SIGNATURE_WRONG", "the envelope is not signed by this terminal");
    }
    if (envelope.at("bodyHash") != sm3Hex(*body)) {
        return breach("SIGNATURE_WRONG", "the body is not the one that was hashed");
    }
    return std::nullopt;
}

}  // namespace liqu::world
