#include "drivers/id_reader/sdt_session.hpp"

#include <algorithm>

namespace liqu::drivers::sdt {
namespace {

using namespace std::chrono_literals;

constexpr int startTries = 3;
constexpr Duration longestGap = 800ms;  // inside one answer
constexpr Duration lateAnswer = 800ms;
constexpr Duration quiet = 10ms;

bool isTransient(const Error& error) {
    return error.code == ErrorCode::idReaderSilent || error.code == ErrorCode::idReaderGarbled;
}

}  // namespace

Result<void> Session::prove() {
    for (int tries = 1;; ++tries) {
        const auto answer = attempt(Command::moduleStatus, {});
        if (answer && answer->status.sw3 == success) return {};
        if (answer) return fail(errorOf(Command::moduleStatus, answer->status));
        if (!isTransient(answer.error()) || tries == startTries) return fail(answer.error());
    }
}

Result<Answer> Session::run(Command command, ByteView data) {
    auto answer = attempt(command, data);
    // An answer that is late is waited for once more as long, before it is said that none came.
    if (!answer && answer.error().code == ErrorCode::idReaderSilent) {
        answer = awaitAnswer(command);
        answerMayBeLate_ = !answer;
    }
    // Every command can be asked again: none of them changes card or module for good.
    const bool damaged = answer ? answer->status.sw3 == requestGarbled
                                : answer.error().code == ErrorCode::idReaderGarbled;
    return damaged ? attempt(command, data) : std::move(answer);
}

Result<Answer> Session::attempt(Command command, ByteView data) {
    TRY(drain());
    auto answer = wire_->send(requestOf(command, data), deadlineOf(command)).and_then([&] {
        return awaitAnswer(command);
    });
    if (!answer) answerMayBeLate_ = true;
    return answer;
}

Result<Answer> Session::awaitAnswer(Command command) {
    const Instant deadline = clock_.now() + deadlineOf(command);
    Instant lastBytes = clock_.now();
    bool foreignAnswer = false;
    while (true) {
        const Instant end = parser_.begun() ? std::min(deadline, lastBytes + longestGap) : deadline;
        if (clock_.now() >= end) break;
        Bytes bytes = TRY(wire_->receive(parser_.part(), parser_.wanted(), end - clock_.now()));
        if (bytes.empty()) {
            // An empty packet comes at once; waiting keeps it from becoming a busy loop.
            if (clock_.now() < end) clock_.sleepFor(1ms);
            continue;
        }
        lastBytes = clock_.now();
        parser_.feed(bytes);
        wipe(bytes);
        while (auto answer = TRY(parser_.next())) {
            if (couldAnswer(command, *answer)) return std::move(*answer);
            foreignAnswer = true;
        }
    }
    const std::string name(nameOf(command));
    if (parser_.begun()) return fail(ErrorCode::idReaderGarbled, name + ": the answer is torn");
    if (foreignAnswer) return fail(ErrorCode::idReaderGarbled, name + ": another command's answer");
    return fail(ErrorCode::idReaderSilent, name + ": no answer");
}

// Throws away what an earlier command left behind: until the wire is quiet, or for the whole time
// in which a late answer may still come.
Result<void> Session::drain() {
    constexpr std::size_t some = 512;
    const Instant end = clock_.now() + lateAnswer;
    bool noise = true;
    while ((noise || answerMayBeLate_) && clock_.now() < end) {
        noise = false;
        for (const FramePart part : {FramePart::head, FramePart::body}) {
            const Instant before = clock_.now();
            auto bytes = wire_->receive(part, some, quiet);
            if (!bytes && !isTransient(bytes.error())) return fail(bytes.error());
            noise = noise || !bytes || !bytes->empty();
            if (bytes) wipe(*bytes);
            if (clock_.now() == before) clock_.sleepFor(1ms);
        }
    }
    parser_.clear();
    answerMayBeLate_ = false;
    return {};
}

}  // namespace liqu::drivers::sdt
