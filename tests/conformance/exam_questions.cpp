// Sign-in, and questions: who somebody is, what they hold, how far it is.
#include <fmt/format.h>

#include "firmware/province/fact_chain.hpp"
#include "tests/conformance/exam.hpp"

namespace liqu::conformance {
namespace {

using namespace province;

Json aboutPerson(const TestPerson& person) {
    return {{"socialNumber", person.number}};
}

}  // namespace

// -- sign-in -----------------------------------------------------------------------------------

Message Exam::signInWith(std::int64_t sequence, const std::string& chain,
                         const std::string& epoch) {
    Json body = example(MessageType::signIn);
    body["epoch"] = epoch.empty() ? epochOfRuns : epoch;
    body["lastTerminalSeq"] = sequence;
    body["lastChain"] = chain;
    return question(MessageType::signIn, body);
}

void Exam::trySignIn() {
    if (!claims(MessageType::signIn)) return;
    const std::string_view name = nameOf(MessageType::signIn);
    const std::string start(chainStart);
    if (!subject_.keepsSequence()) {
        done(signInWith(0, start, ""));
        report_.notClaimed(name, "it counts the facts of a terminal");
        return;
    }
    // Where an earlier run ended, only the system knows.
    const Message first = signInWith(0, start, "");
    const Answer before = say(first);
    chain_ = start;
    if (before.isDone()) {
        if (const Wrong wrong = shape(first, before)) {
            report_.check(name, "the answer has the contract's shape", wrong);
            return;
        }
        sequence_ = before.body.value("lastTerminalSeq", std::int64_t{0});
        chain_ = before.body.value("lastChain", start);
    }
    const auto granted = done(signInWith(sequence_, chain_, ""), [&](const Json& answer) -> Wrong {
        if (!answer.value("epochGranted", false))
            return "it has other books of this terminal: a run needs a terminal of its own";
        if (answer.value("lastTerminalSeq", std::int64_t{-1}) != sequence_)
            return "it counts to another number than it said before";
        return sameAs(answer, {{"lastChain", chain_}});
    });
    counted_ = granted && granted->value("epochGranted", false);
}

// -- persons -----------------------------------------------------------------------------------

// What is about to be changed must be the test persons' own. Asked whatever parts were chosen.
bool Exam::findPersons() {
    if (!claims(MessageType::personQuery)) return false;
    std::vector<const TestPerson*> all = {&persons_.newcomer, &persons_.holder};
    if (persons_.sealed) all.push_back(&*persons_.sealed);
    if (persons_.made) all.push_back(&*persons_.made);
    bool found = true;
    for (const TestPerson* person : all) {
        const Json body = {{"documentType", "RESIDENT_ID"},
                           {"documentNo", person->number},
                           {"name", person->name}};
        const auto answer = done(question(MessageType::personQuery, body), [&](const Json& said) {
            return sameAs(said, {{"documentNo", person->number},
                                 {"socialNumber", person->number},
                                 {"name", person->name}});
        });
        found = found && answer && answer->value("name", "") == person->name;
    }
    if (!found) report_.notTried("changes", "not every test person is known there");
    return found;
}

void Exam::askAboutPersons() {
    const auto named = [&](const TestPerson& person, const std::string& name) {
        return question(
            MessageType::personQuery,
            {{"documentType", "RESIDENT_ID"}, {"documentNo", person.number}, {"name", name}});
    };
    effect(MessageType::personQuery, "a person that nobody knows is refused",
           refused(named(persons_.nobody, persons_.nobody.name)));
    effect(MessageType::personQuery, "a known number under another name is refused",
           refused(named(persons_.holder, persons_.nobody.name)));
    const std::string number = persons_.newcomer.number;
    if (claims(MessageType::photoGet)) {
        done(question(MessageType::photoGet, aboutPerson(persons_.newcomer)),
             [&](const Json& said) {
                 return sameAs(said, {{"socialNumber", number}});
             });
    }
    if (!claims(MessageType::eligibilityCheck)) return;
    const Json wish = {{"socialNumber", number}, {"kind", "NEW"}, {"ageClass", "ADULT"}};
    done(question(MessageType::eligibilityCheck, wish), [&](const Json& said) -> Wrong {
        if (!said.value("eligible", false)) return "the newcomer may not have a card";
        return sameAs(said, {{"socialNumber", number}});
    });
}

std::string Exam::stateOfCard(const TestPerson& person) {
    const Answer answer = say(question(MessageType::cardQuery, aboutPerson(person)));
    if (!answer.isDone() || answer.body.value("socialNumber", "") != person.number) return "";
    for (const Json& card : answer.body.value("cards", Json::array())) {
        if (card.value("cardNo", "") == person.card) return card.value("state", "");
    }
    return "";
}

void Exam::askAboutCards() {
    if (!claims(MessageType::cardQuery)) return;
    const TestPerson& holder = persons_.holder;
    done(question(MessageType::cardQuery, aboutPerson(holder)), [&](const Json& said) {
        return sameAs(said, {{"socialNumber", holder.number}});
    });
    const std::string state = stateOfCard(holder);
    effect(MessageType::cardQuery, "the holder's card is in force",
           state == "NORMAL" ? Wrong() : Wrong(state.empty() ? "it is not there" : state));
}

// -- progress ----------------------------------------------------------------------------------

// The applications of this business; null where the question has no answer.
Json Exam::applicationsOf(const TestPerson& person, const std::string& bizId) {
    const Json body = {{"by", "SOCIAL_NUMBER"}, {"value", person.number}};
    const Answer answer = say(question(MessageType::progressQuery, body));
    if (!answer.isDone() || answer.body.value("value", "") != person.number) return nullptr;
    Json found = Json::array();
    for (const Json& one : answer.body.value("applications", Json::array())) {
        const bool isOpen = one.value("state", "") != "CANCELLED";
        if (isOpen && (bizId.empty() || one.value("bizId", "") == bizId)) found.push_back(one);
    }
    return found;
}

void Exam::askProgress() {
    if (!claims(MessageType::progressQuery)) return;
    const std::string number = persons_.holder.number;
    done(question(MessageType::progressQuery, {{"by", "SOCIAL_NUMBER"}, {"value", number}}),
         [&](const Json& said) {
             return sameAs(said, {{"value", number}});
         });
    if (!subject_.keepsKeys()) {
        report_.notClaimed(nameOf(MessageType::progressQuery), "it is asked by key");
        return;
    }
    const std::string never(64, 'F');
    const Answer answer =
        say(question(MessageType::progressQuery, {{"by", "IDEM_KEY"}, {"value", never}}));
    const bool knows = answer.isDone() && answer.body.value("carriedOut", true);
    effect(MessageType::progressQuery, "a key that was never sent is not known",
           knows ? Wrong("it says that it was carried out")
                 : (answer.isDone() ? Wrong() : Wrong(answer.outcome())));
}

}  // namespace liqu::conformance
