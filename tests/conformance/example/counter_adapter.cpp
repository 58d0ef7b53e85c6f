#include "tests/conformance/example/counter_adapter.hpp"

#include <nlohmann/json.hpp>

#include "firmware/province/bodies.hpp"
#include "firmware/province/branch_list.hpp"
#include "firmware/province/canonical_json.hpp"
#include "firmware/province/object_reader.hpp"

namespace liqu::example {
namespace {

using namespace province;
using Json = nlohmann::json;

// Its numbers. What is not in this list goes to people: nobody may guess what it means.
enum Said : std::int64_t {
    done = 0,
    already = 1,
    unknownPerson = 10,
    notTheirs = 11,
    wrongState = 12
};
constexpr std::int64_t mostSaid = 999;

// Its words; one that is none of them makes the whole answer malformed.
enum class State : std::uint8_t { inForce, lost };
constexpr auto states = words<State>({{State::inForce, "in-force"}, {State::lost, "lost"}});
CardState stateOf(ObjectReader& reader) {
    const bool isLost = reader.choice("state", states) == State::lost;
    return isLost ? CardState::tempLost : CardState::normal;
}

Reply refusal(std::int64_t said) {
    Reply reply;
    reply.code = ReplyCode::refused;
    reply.detail = "NONE";
    if (said == unknownPerson) reply.detail = "PERSON_UNKNOWN";
    if (said == notTheirs) reply.detail = "PERSON_DATA_DIFFERS";
    if (said == wrongState) reply.detail = "WRONG_STATE";
    if (reply.detail == "NONE") reply.code = ReplyCode::needsStaff;
    return reply;
}

template <typename Body>
Result<Reply> replyWith(ReplyCode code, const Body& body, std::string serverTime) {
    Reply reply;
    reply.code = code;
    reply.detail = "NONE";
    reply.serverTime = std::move(serverTime);
    reply.body = TRY(bodyOf(body));
    return reply;
}

// Whom and what it is about is read from the answer, never copied from the question.
Result<HolderCard> cardOf(const Json& said) {
    ObjectReader reader(said);
    HolderCard card;
    card.cardNumber = reader.text("card", shapes::cardNumber);
    card.bankCode = reader.text("bank", shapes::token(1, 10));
    card.issueDate = reader.text("since", shapes::date);
    card.expiryDate = reader.text("until", shapes::date);
    card.state = stateOf(reader);
    TRY(reader.finish());
    return card;
}

}  // namespace

bool CounterAdapter::can(MessageType type) const {
    switch (type) {
        case MessageType::signIn:
        case MessageType::personQuery:
        case MessageType::cardQuery:
        case MessageType::lossTemp:
        case MessageType::lossRelease:
            return true;
        default:
            // Facts it has no message for are the branch's to tell.
            return kindOf(type) == MessageKind::fact;
    }
}

Result<Reply> CounterAdapter::exchange(const Outgoing& message) {
    switch (message.type) {
        case MessageType::signIn:
            return signIn(message);
        case MessageType::personQuery:
            return askPerson(message);
        case MessageType::cardQuery:
            return askCards(message);
        case MessageType::lossTemp:
        case MessageType::lossRelease:
            return changeLoss(message);
        default:
            return kindOf(message.type) == MessageKind::fact ? listAtBranch(message) : refusal(-1);
    }
}

// One object there and back. What went out may have arrived: the line says which errors prove that
// it did not, and an answer that is none proves nothing.
Result<Json> CounterAdapter::call(Json asked, Duration patience) {
    const PersonalText wire = TRY(canonicalText(std::move(asked)));
    const PersonalText heard(TRY(parts_.line.exchange(counterPath, wire.reveal(), patience)));
    return parseStrictly(heard.reveal());
}

Result<Reply> CounterAdapter::signIn(const Outgoing& message) {
    const SignIn told = TRY(read<SignIn>(message.body));
    const Json said = TRY(call({{"fn", "hello"}}, parts_.patience.query));
    ObjectReader reader(said);
    const auto rc = reader.integer("rc", 0, mostSaid);
    const std::string at = reader.text("at", shapes::time);
    TRY(reader.finish());
    if (rc != done) return refusal(rc);
    // It keeps no count of our facts: what these books say of themselves is all there is.
    SignInAnswer answer;
    answer.policyId = terminal().policyId;
    answer.epochGranted = told.replacesEpoch.empty();
    answer.lastTerminalSeq = told.lastTerminalSeq;
    answer.lastChain = told.lastChain;
    return replyWith(ReplyCode::ok, answer, at);
}

Result<Reply> CounterAdapter::askPerson(const Outgoing& message) {
    const PersonQuery query = TRY(read<PersonQuery>(message.body));
    const Json said = TRY(call(
        {{"fn", "person"}, {"id", query.documentNumber.reveal()}, {"name", query.name.reveal()}},
        parts_.patience.query));
    ObjectReader reader(said);
    const auto rc = reader.integer("rc", 0, mostSaid);
    const std::string at = reader.text("at", shapes::time);
    if (rc != done) return refusal(rc);
    Person person;
    person.documentNumber = reader.personal("id", shapes::socialNumber);
    person.socialNumber = reader.personal("id", shapes::socialNumber);
    person.name = reader.personal("name", shapes::name);
    person.printName = person.name;
    person.birthDate = reader.personal("born", shapes::date);
    person.regionOfRecord = reader.text("region", shapes::digits(6, 6));
    TRY(reader.finish());
    return replyWith(ReplyCode::ok, person, at);
}

Result<Reply> CounterAdapter::askCards(const Outgoing& message) {
    const AboutPerson asked = TRY(read<AboutPerson>(message.body));
    const Json said =
        TRY(call({{"fn", "cards"}, {"id", asked.socialNumber.reveal()}}, parts_.patience.query));
    ObjectReader reader(said);
    const auto rc = reader.integer("rc", 0, mostSaid);
    const std::string at = reader.text("at", shapes::time);
    if (rc != done) return refusal(rc);
    CardList list;
    list.socialNumber = reader.personal("id", shapes::socialNumber);
    constexpr std::size_t mostCards = 20;
    for (const Json* card : reader.elements("cards", mostCards))
        list.cards.push_back(TRY(cardOf(*card)));
    TRY(reader.finish());
    return replyWith(ReplyCode::ok, list, at);
}

// The same wish again has the same effect there, and is said to be so already: the state of the
// card is the key.
Result<Reply> CounterAdapter::changeLoss(const Outgoing& message) {
    const LossReport report = TRY(read<LossReport>(message.body));
    const bool releases = message.type == MessageType::lossRelease;
    const Json said = TRY(call({{"fn", releases ? "found" : "lost"},
                                {"id", report.socialNumber.reveal()},
                                {"name", report.name.reveal()},
                                {"card", report.cardNumber}},
                               parts_.patience.change));
    ObjectReader reader(said);
    const auto rc = reader.integer("rc", 0, mostSaid);
    const std::string at = reader.text("at", shapes::time);
    if (rc != done && rc != already) return refusal(rc);
    LossAnswer answer;
    answer.socialNumber = reader.personal("id", shapes::socialNumber);
    answer.cardNumber = reader.text("card", shapes::cardNumber);
    answer.state = stateOf(reader);
    answer.effectiveTime = reader.text("since", shapes::time);
    TRY(reader.finish());
    return replyWith(rc == done ? ReplyCode::ok : ReplyCode::already, answer, at);
}

Result<Reply> CounterAdapter::listAtBranch(const Outgoing& fact) {
    const WallTime now = clock().wallTime();
    Reply reply;
    reply.code = ReplyCode::ok;
    reply.serverTime = formatChinaTime(now);
    // One each quarter of an hour, and the slip of the day has it: no line for two people.
    reply.detail = fact.type == MessageType::auditCheckpoint ? onDayPaper : onBranchList;
    if (reply.detail == onDayPaper) return reply;
    auto transaction = TRY(storage::Transaction::begin(parts_.books));
    TRY(putOnBranchList(transaction, parts_.sealer, fact, now));
    TRY(transaction.commit());
    return reply;
}

// Asked by what it would have brought about. The body is not there after a restart: then nobody
// knows, and the change stays open.
Result<Proof> CounterAdapter::proofOf(const Outgoing& message) {
    if (message.type != MessageType::lossTemp && message.type != MessageType::lossRelease)
        return fail(ErrorCode::provinceNeedsStaff, "nothing there shows it either way");
    const LossReport report = TRY(read<LossReport>(message.body));
    const PersonalText body = TRY(bodyOf(AboutPerson{report.socialNumber}));
    const Reply reply = TRY(query(MessageType::cardQuery, message.business, body.reveal()));
    if (reply.code != ReplyCode::ok) return fail(errorOf(reply));
    const CardList list = TRY(read<CardList>(reply.body.reveal()));
    if (list.socialNumber != report.socialNumber)
        return fail(ErrorCode::answerForOtherPerson, "the cards of somebody else");
    const CardState wanted =
        message.type == MessageType::lossTemp ? CardState::tempLost : CardState::normal;
    for (const HolderCard& card : list.cards) {
        if (card.cardNumber == report.cardNumber) return Proof{card.state == wanted, ReplyCode::ok};
    }
    return Proof{};
}

}  // namespace liqu::example
