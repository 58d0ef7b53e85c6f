#include "tests/outbox/unsure_soap_line.hpp"

#include <algorithm>
#include <iterator>

namespace liqu::proof {
namespace {

using std::chrono::milliseconds;
using world::LegacyFault;

// Of so many calls one goes wrong.
constexpr std::uint64_t oneCallIn = 9;

// The line and the server as a program: most of what goes wrong is of these.
constexpr LegacyFault ofTheLine[] = {
    LegacyFault::requestLost, LegacyFault::answerLost,  LegacyFault::late,
    LegacyFault::halfReply,   LegacyFault::faultBefore, LegacyFault::faultAfter,
    LegacyFault::htmlGood,    LegacyFault::proxyPage,   LegacyFault::executedTwice};
// What an answer says, and its bytes.
constexpr LegacyFault ofTheAnswer[] = {
    LegacyFault::doneElsewhere,  LegacyFault::saysAlready,      LegacyFault::halfLinked,
    LegacyFault::halfLinkedText, LegacyFault::unmappedText,     LegacyFault::otherPerson,
    LegacyFault::namesake,       LegacyFault::nameLost,         LegacyFault::twoPersons,
    LegacyFault::csvQuoted,      LegacyFault::csvShort,         LegacyFault::fullWidthCode,
    LegacyFault::trailingPeriod, LegacyFault::codeWithText,     LegacyFault::duplicateErr,
    LegacyFault::errLast,        LegacyFault::bareWord,         LegacyFault::truncatedInner,
    LegacyFault::crOnly,         LegacyFault::hugeReply,        LegacyFault::doubleEscaped,
    LegacyFault::childElements,  LegacyFault::nilReturn,        LegacyFault::emptyReturn,
    LegacyFault::multiRef,       LegacyFault::multiRefDangling, LegacyFault::byteOrderMark,
    LegacyFault::gbkBytes,       LegacyFault::gbkTorn,          LegacyFault::controlCharacter};

tl::unexpected<Error> heardNothing() {
    return fail(ErrorCode::provinceOutcomeUnknown, "sent, but no answer came");
}

}  // namespace

// The kiosk has long gone on, and what it did since was no answer to this one.
void UnsureSoapLine::bringLate() {
    const auto due = std::ranges::stable_partition(
        late_, [this](const Late& one) { return one.at > clock_.now(); });
    const std::vector<Late> arrived(std::make_move_iterator(due.begin()),
                                    std::make_move_iterator(due.end()));
    late_.erase(due.begin(), due.end());
    for (const Late& one : arrived) {
        std::vector<world::LegacyAct*> inDoubt;
        for (auto& [name, act] : engine_.books().acts) {
            if (std::exchange(act.inDoubt, false)) inDoubt.push_back(&act);
        }
        (void)link_.post({one.path, one.action, one.charset, one.body}, Duration{});
        for (world::LegacyAct* act : inDoubt) act->inDoubt = true;
    }
}

Result<ports::SoapReply> UnsureSoapLine::post(const ports::SoapPost& post, Duration patience) {
    clock_.sleepFor(milliseconds(40 + random_.below(200)));
    bringLate();
    if (clock_.now() < goneUntil_ && !mended_) {
        ++happened_["unreachable"];
        return fail(ErrorCode::provinceUnreachable, "nothing listens");
    }
    if (!mended_ && random_.below(oneCallIn) == 0) return goesWrong(post, patience);
    ++happened_["answered"];
    return link_.post(post, patience);
}

Result<ports::SoapReply> UnsureSoapLine::look(const std::string& path, Duration patience) {
    return link_.look(path, patience);
}

// Many of them strike only what they can spoil; the others are answered well.
Result<ports::SoapReply> UnsureSoapLine::withFault(LegacyFault fault, const ports::SoapPost& post,
                                                   Duration patience) {
    faults_.arm(fault);
    auto reply = link_.post(post, patience);
    ++happened_[faults_.fired() > 0 ? std::string(world::verbOf(fault)) : "answered"];
    faults_.forgetAll();
    return reply;
}

// With the act or without; the server cannot tell an answer that nobody took from one that was
// lost.
void UnsureSoapLine::losePower(const ports::SoapPost& post, Duration patience) {
    ++happened_["power gone"];
    if (random_.below(2) == 0) {
        faults_.arm(LegacyFault::answerLost);
        (void)link_.post(post, patience);
        faults_.forgetAll();
    }
    throw PowerGone();
}

Result<ports::SoapReply> UnsureSoapLine::goesWrong(const ports::SoapPost& post, Duration patience) {
    switch (random_.below(8)) {
        case 0:
            losePower(post, patience);
        case 1:
            ++happened_["arrives late"];
            late_.push_back({clock_.now() + std::chrono::seconds(1 + random_.below(900)), post.path,
                             post.action, post.charset, std::string(post.body)});
            clock_.sleepFor(patience);
            return heardNothing();
        case 2:
            // The second answer is heard.
            ++happened_["arrives twice"];
            (void)link_.post(post, patience);
            return link_.post(post, patience);
        case 3:
        case 4:
            return withFault(ofTheAnswer[random_.below(std::size(ofTheAnswer))], post, patience);
        default:
            return withFault(ofTheLine[random_.below(std::size(ofTheLine))], post, patience);
    }
}

}  // namespace liqu::proof
