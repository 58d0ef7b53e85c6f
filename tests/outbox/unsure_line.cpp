#include "tests/outbox/unsure_line.hpp"

#include <algorithm>
#include <utility>

#include "firmware/base/error.hpp"

namespace liqu::proof {
namespace {

using std::chrono::milliseconds;

constexpr const char* terminalId = "T-000017";
// Of so many exchanges one goes wrong.
constexpr std::uint64_t oneIn = 6;

Error noAnswer() {
    return {ErrorCode::provinceOutcomeUnknown, "sent, but no answer came"};
}

}  // namespace

std::string UnsureLine::carryOut(std::string_view path, std::string_view envelope) {
    return engine_.handle({path, envelope, terminalId}, clock_.wallTime()).body;
}

void UnsureLine::bringLate() {
    const auto due = std::ranges::stable_partition(
        late_, [this](const Late& one) { return one.at > clock_.now(); });
    const std::vector<Late> now(due.begin(), due.end());
    late_.erase(due.begin(), due.end());
    for (const Late& one : now) carryOut(one.path, one.envelope);
}

Result<std::string> UnsureLine::exchange(std::string_view path, std::string_view envelope,
                                         Duration patience) {
    clock_.sleepFor(milliseconds(40 + random_.below(200)));
    bringLate();
    if (clock_.now() < goneUntil_ && !mended_) {
        ++happened_["unreachable"];
        return fail(ErrorCode::provinceUnreachable, "nothing listens");
    }
    if (!mended_ && random_.below(oneIn) == 0) return goesWrong(path, envelope, patience);
    ++happened_["answered"];
    return answerBefore_ = carryOut(path, envelope);
}

Result<std::string> UnsureLine::goesWrong(std::string_view path, std::string_view envelope,
                                          Duration patience) {
    switch (random_.below(8)) {
        case 0:
            ++happened_["lost there"];
            clock_.sleepFor(patience);
            return fail(noAnswer());
        case 1:
            ++happened_["lost on the way back"];
            carryOut(path, envelope);
            clock_.sleepFor(patience);
            return fail(noAnswer());
        case 2:
            ++happened_["late"];
            late_.push_back({clock_.now() + std::chrono::seconds(1 + random_.below(900)),
                             std::string(path), std::string(envelope)});
            clock_.sleepFor(patience);
            return fail(noAnswer());
        case 3:
            // The second answer is heard: it says that a message id is new on every send.
            ++happened_["twice"];
            carryOut(path, envelope);
            return answerBefore_ = carryOut(path, envelope);
        case 4: {
            ++happened_["cut short"];
            std::string answer = carryOut(path, envelope);
            answer.resize(random_.below(answer.size()));
            return answer;
        }
        case 5: {
            ++happened_["another's answer"];
            std::string answer = carryOut(path, envelope);
            return answerBefore_.empty() ? answer : std::exchange(answerBefore_, answer);
        }
        case 6:
            ++happened_["a gateway's page"];
            if (random_.below(2) == 0) carryOut(path, envelope);
            return fail(ErrorCode::provinceReplyMalformed, "HTTP 502");
        default:
            ++happened_["power gone"];
            if (random_.below(2) == 0) carryOut(path, envelope);
            throw PowerGone();
    }
}

}  // namespace liqu::proof
