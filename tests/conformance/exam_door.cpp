// Who is let in, and what is never listened to.
#include <fmt/format.h>

#include "tests/conformance/exam.hpp"

namespace liqu::conformance {
namespace {

constexpr std::size_t oversized = 2 * 1024 * 1024;

Wrong answered(const Heard& heard) {
    if (heard.anything && heard.status == 200) return std::nullopt;
    return heard.anything ? fmt::format("HTTP status {}", heard.status) : "no answer";
}

Wrong turnedAway(const Heard& heard) {
    if (heard.isRefusal()) return std::nullopt;
    return heard.tooLate ? "it says nothing" : fmt::format("HTTP status {}", heard.status);
}

// By its status, or by a reply with this code.
Wrong refusedAs(const Heard& heard, const std::string& code) {
    if (heard.isRefusal() || heard.text.find("\"" + code + "\"") != std::string::npos)
        return std::nullopt;
    return heard.tooLate ? "it says nothing" : "it is answered";
}

}  // namespace

void Exam::tryDoor() {
    const auto words = subject_.doorWords();
    const auto fresh = subject_.doorWords();
    if (!words || !fresh) {
        report_.check("door", "can be knocked at", describe((words ? fresh : words).error()));
        return;
    }
    const auto heard = [&](const Knock& one) { return knock(door_, one, patience_); };
    // Whoever has no certificate goes first: some messages are heard once only.
    Knock stranger = words->good;
    stranger.shown = Shown::none;
    report_.check("door", "without a certificate nobody comes in", turnedAway(heard(stranger)));
    stranger.shown = Shown::foreign;
    report_.check("door", "with a certificate of others nobody comes in",
                  turnedAway(heard(stranger)));
    report_.check("door", "a question with our certificate is answered",
                  answered(heard(words->good)));
    if (!words->touched.empty()) {
        report_.check("door", "the same bytes are heard once only",
                      refusedAs(heard(words->good), "PROTOCOL"));
        Knock touched = words->good;
        touched.body = words->touched;
        report_.check("door", "what was changed behind its signature is refused",
                      refusedAs(heard(touched), "SECURITY"));
    }
    report_.check("door", "a message to nowhere is refused", turnedAway(heard(words->nowhere)));
    const auto refuses = [&](const std::string& what, std::string bytes) {
        const Knock nonsense{words->good.path, words->good.contentType, std::move(bytes)};
        report_.check("door", what + " is refused", turnedAway(heard(nonsense)));
    };
    for (const auto& [what, bytes] : words->nonsense) refuses(what, bytes);
    refuses("a message of two megabytes", std::string(oversized, ' '));
    report_.check("door", "and a question is answered still", answered(heard(fresh->good)));
}

}  // namespace liqu::conformance
