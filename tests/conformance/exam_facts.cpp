// What has happened and is told: each fact once, in its place, and whether books that are older or
// others are seen (decision 36).
#include <fmt/format.h>

#include "firmware/province/fact_chain.hpp"
#include "tests/conformance/exam.hpp"

namespace liqu::conformance {
namespace {

using namespace province;

constexpr const char* epochOfOthers = "00000000000000000000000000badbad";

}  // namespace

Business Exam::staffBusiness() {
    Business business = newBusiness();
    business.channel = Channel::staff;
    business.operatorId = "1001";
    business.secondOperatorId = "1002";
    return business;
}

void Exam::placeFact(Message& fact) {
    const FactRow row{
        epochOfRuns, sequence_ + 1,  "", fact.business.bizId, std::string(nameOf(fact.type)),
        fact.key,    fact.happenedAt};
    if (chain_.empty()) chain_ = chainStart;
    previousChain_ = chain_;
    chain_ = chainedDigest(previousChain_, adapter_.terminal().terminalId, row, fact.body.reveal())
                 .value();
    fact.place = FactPlace{row.epoch, ++sequence_, chain_};
}

void Exam::tryFacts() {
    if (subject_.keepsSequence() && !counted_) {
        report_.notTried("facts", "the books of this terminal are others");
        return;
    }
    const std::string now = formatChinaTime(adapter_.clock().wallTime());
    const TestBlank blank = persons_.blank.value_or(
        TestBlank{persons_.holder.card, "00112233445566778899AABBCCDDEEFF", ""});
    for (const MessageType type :
         {MessageType::pinChanged, MessageType::pinUnlocked, MessageType::pinReset}) {
        Json body = example(type);
        body.update({{"cardNo", persons_.holder.card}, {"time", now}});
        done(message(type, body, staffBusiness()));
    }
    for (const MessageType type :
         {MessageType::stockReceive, MessageType::stockLoad, MessageType::stockCount,
          MessageType::stockAdjust, MessageType::stockUnload, MessageType::stockReturn,
          MessageType::stockDestroy}) {
        Json body = example(type);
        // One blank, or none that has a number.
        const std::string number = persons_.blank ? blank.id : "";
        body.update({{"firstCardNo", number}, {"lastCardNo", number}, {"count", 1}});
        body["time"] = now;
        done(message(type, body, staffBusiness()));
    }
    Json day = example(MessageType::stockSnapshot);
    day["day"] = formatDate(chinaDate(adapter_.clock().wallTime()));
    done(message(MessageType::stockSnapshot, day, staffBusiness()));
    Json checkpoint = example(MessageType::auditCheckpoint);
    checkpoint["time"] = now;
    done(message(MessageType::auditCheckpoint, checkpoint, newBusiness()));
    if (!subject_.keepsSequence()) return;
    tryOrder();
    tryCopies();
}

// A gap is told, and closes; what does not follow is refused.
void Exam::tryOrder() {
    const auto fact = [&] {
        Json body = example(MessageType::pinChanged);
        body["cardNo"] = persons_.holder.card;
        body["time"] = formatChinaTime(adapter_.clock().wallTime());
        return message(MessageType::pinChanged, body, newBusiness());
    };
    const auto missing = [&] {
        const Answer answer = say(signInWith(sequence_, chain_, ""));
        return answer.isDone() ? answer.body.value("missingTerminalSeqs", Json()) : Json();
    };
    const Message first = fact();
    const Message second = fact();
    say(second);
    const Json gap = Json::array({first.place->terminalSeq});
    effect(MessageType::signIn, "a fact that is missing is told",
           missing() == gap ? Wrong() : Wrong("it names others, or none"));
    say(first);
    effect(MessageType::signIn, "a gap that was closed is none",
           missing() == Json::array() ? Wrong() : Wrong("it names one still"));
    Message torn = fact();
    torn.place->chain = std::string(64, 'E');
    effect(MessageType::pinChanged, "a fact that does not follow is refused", refused(torn));
    // It never came: the next one has its number.
    --sequence_;
    chain_ = previousChain_;
    Message others = fact();
    others.place->epoch = epochOfOthers;
    effect(MessageType::pinChanged, "a fact of other books is refused", refused(others));
    --sequence_;
    chain_ = previousChain_;
    const Answer end = say(signInWith(sequence_, chain_, ""));
    const bool same = end.isDone() && end.body.value("epochGranted", false) &&
                      end.body.value("lastTerminalSeq", std::int64_t{-1}) == sequence_ &&
                      end.body.value("lastChain", "") == chain_;
    effect(MessageType::signIn, "it has counted every fact of this run",
           same ? Wrong() : Wrong("it counts to another end"));
}

void Exam::tryCopies() {
    const auto refusesBooks = [&](const Message& signIn) {
        const Answer answer = say(signIn);
        const bool seen =
            answer.isRefusal() || (answer.isDone() && !answer.body.value("epochGranted", true));
        return seen ? Wrong() : Wrong(answer.outcome() + ", and the books are granted");
    };
    effect(MessageType::signIn, "books that are older than its own are seen",
           refusesBooks(signInWith(sequence_ - 1, previousChain_, "")));
    effect(MessageType::signIn, "books with another end are seen",
           refusesBooks(signInWith(sequence_, std::string(64, 'D'), "")));
    effect(MessageType::signIn, "books of another epoch are seen",
           refusesBooks(signInWith(0, std::string(chainStart), epochOfOthers)));
}

}  // namespace liqu::conformance
