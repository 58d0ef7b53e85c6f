#include "tests/conformance/exam.hpp"

#include <fmt/format.h>
#include <fstream>

#include "firmware/base/china_time.hpp"
#include "firmware/province/branch_list.hpp"
#include "firmware/province/canonical_json.hpp"

namespace liqu::conformance {
namespace {

using namespace province;

// As the kiosk itself bears it (firmware/session/clock_trust.hpp).
constexpr std::chrono::minutes clockTolerance{5};
constexpr std::uint64_t mostBusinesses = 900'000;

}  // namespace

bool Answer::isDone() const {
    return is(ReplyCode::ok) || is(ReplyCode::partial);
}

bool Answer::isRefusal() const {
    // The adapter itself saw that it must not be sent.
    if (error) return error->code == ErrorCode::provinceNeedsStaff;
    return reply && body.is_null() && !isDone() && !is(ReplyCode::already);
}

std::string Answer::outcome() const {
    if (!reply) return error ? describe(*error) : "";
    const std::string code(nameOf(reply->code));
    return reply->detail == "NONE" ? code : code + "/" + reply->detail;
}

Wrong sameAs(const Json& answer,
             std::initializer_list<std::pair<const char*, std::string>> wanted) {
    for (const auto& [field, value] : wanted) {
        if (!answer.contains(field) || answer.at(field) != value)
            return fmt::format("{} is another", field);
    }
    return std::nullopt;
}

Result<Owed> Owed::load(const std::filesystem::path& file) {
    auto contract = TRY(world::Contract::load(file));
    std::ifstream text(file);
    return Owed{std::move(contract), Json::parse(text)};
}

Exam::Exam(const Parts& parts, Report& report)
    : subject_(parts.subject),
      adapter_(parts.subject.adapter()),
      persons_(parts.persons),
      door_(parts.door),
      patience_(parts.patience),
      report_(report),
      owed_(parts.owed) {}

void Exam::run(const std::set<Part>& parts) {
    if (parts.contains(Part::door)) tryDoor();
    // Before the first sign-in too: it leaves the epoch of these books with a terminal.
    const bool found = findPersons();
    const bool signsIn =
        parts.contains(Part::signIn) || parts.contains(Part::facts) || parts.contains(Part::making);
    const auto go = [&](Part part, bool wanted, const std::function<void()>& act) {
        if (found && wanted) goThrough(part, act);
    };
    go(Part::signIn, signsIn, [this] { trySignIn(); });
    go(Part::questions, parts.contains(Part::questions), [this] {
        askAboutPersons();
        askAboutCards();
        askProgress();
    });
    go(Part::changes, parts.contains(Part::changes), [this] {
        tryApplication();
        tryLosses();
        tryOtherChanges();
    });
    go(Part::making, parts.contains(Part::making), [this] { tryMaking(); });
    go(Part::facts, parts.contains(Part::facts), [this] { tryFacts(); });
    tellUntried(parts);
}

// An answer of other types than it must have ends this part, and no other.
void Exam::goThrough(Part part, const std::function<void()>& act) {
    try {
        act();
    } catch (const Json::exception& error) {
        report_.check(nameOf(part), "its answers can be read to the end",
                      fmt::format("JSON error {}", error.id));
    }
}

void Exam::tellUntried(const std::set<Part>& parts) {
    const bool all = parts.size() == wordTable<Part>.values().size();
    for (const MessageType type : wordTable<MessageType>.values()) {
        if (report_.names(nameOf(type)) || !claims(type)) continue;
        report_.notTried(nameOf(type), all ? "nothing led up to it" : "not of these parts");
    }
}

// -- one message -------------------------------------------------------------------------------

// A number of chance: whoever runs this twice on one day begins nothing twice.
Business Exam::newBusiness() {
    std::array<std::uint8_t, sizeof(std::uint64_t)> chance{};
    adapter_.random().fill(chance);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : chance) number = number << 8 | byte;
    const auto own = number % mostBusinesses + static_cast<std::uint64_t>(++businesses_);
    Business business;
    business.bizId = fmt::format("{}-{}-{:06}", adapter_.terminal().terminalId,
                                 formatDate(chinaDate(adapter_.clock().wallTime())), own);
    business.bankCode = persons_.bank;
    return business;
}

Json Exam::example(MessageType type) const {
    const std::string place = fmt::format(
        "/paths/~1v1~1{}/post/requestBody/content/application~1json/example/body", nameOf(type));
    return owed_.document.at(Json::json_pointer(place));
}

Message Exam::message(MessageType type, const Json& body, const Business& business) {
    Message message;
    message.type = type;
    message.business = business;
    const int ordinal = ++ordinals_[business.bizId + std::string(nameOf(type))];
    message.key = idempotencyKey(adapter_.terminal().terminalId, business.bizId, type, ordinal);
    message.happenedAt = adapter_.clock().wallTime();
    message.body = PersonalText(canonical(body).value());
    if (kindOf(type) == MessageKind::fact) placeFact(message);
    return message;
}

Message Exam::question(MessageType type, const Json& body) {
    return message(type, body, newBusiness());
}

Answer Exam::say(const Message& message, int attempt) {
    Outgoing outgoing;
    outgoing.type = message.type;
    outgoing.idempotencyKey = message.key;
    outgoing.place = message.place;
    outgoing.business = message.business;
    outgoing.happenedAt = message.happenedAt;
    outgoing.attempt = attempt;
    outgoing.body = message.body.reveal();
    Answer answer;
    auto reply = adapter_.send(std::move(outgoing));
    if (!reply) {
        answer.error = reply.error();
        return answer;
    }
    answer.reply = std::move(*reply);
    if (!answer.reply->body.empty())
        answer.body = Json::parse(answer.reply->body.reveal(), nullptr, false);
    return answer;
}

// -- what every message owes -------------------------------------------------------------------

bool Exam::claims(MessageType type) {
    if (adapter_.can(type)) return true;
    if (told_.insert(type).second) report_.notClaimed(nameOf(type), "there is no such message");
    return false;
}

std::optional<Json> Exam::done(const Message& message, const About& about) {
    if (!claims(message.type)) return std::nullopt;
    const std::string_view name = nameOf(message.type);
    const MessageKind kind = kindOf(message.type);
    if (kind == MessageKind::change)
        report_.check(name, "nothing is proven before it is sent", proven(message, false));
    const Answer answer = say(message);
    if (answer.reply &&
        (answer.reply->detail == onBranchList || answer.reply->detail == onDayPaper)) {
        if (told_.insert(message.type).second)
            report_.notClaimed(name, "the branch tells it another way");
        return std::nullopt;
    }
    const Wrong wrong = answer.isDone() ? Wrong() : Wrong(answer.outcome());
    if (!report_.check(name, "is done", wrong)) return std::nullopt;
    report_.check(name, "the server's time is within five minutes", time(answer));
    // Nothing reads the answer to a fact: an older system has none but that it was taken.
    const bool isRead = kind != MessageKind::fact || subject_.keepsKeys();
    bool hasShape = true;
    if (isRead) {
        hasShape =
            report_.check(name, "the answer has the contract's shape", shape(message, answer));
    } else {
        report_.notClaimed(name, "the answer has the contract's shape");
    }
    // What has another shape is read no further, and nothing is built on it.
    if (isRead && hasShape && about)
        report_.check(name, "the answer is about whom and what was asked", about(answer.body));
    if (kind != MessageKind::query) {
        report_.check(name, "the same key again: the same answer", again(message, answer));
        if (subject_.proves(message.type)) {
            report_.check(name, "is proven afterwards", proven(message, true));
        } else {
            report_.notClaimed(name, "it is proven afterwards");
        }
    }
    if (!hasShape) return std::nullopt;
    return answer.body;
}

// Besides, the same wish under another key is no second one.
std::optional<Json> Exam::doneOnce(const Message& message, const About& about) {
    auto body = done(message, about);
    if (!body) return body;
    Message other =
        this->message(message.type, Json::parse(message.body.reveal()), message.business);
    const Answer answer = say(other);
    const bool once = answer.is(ReplyCode::already) || answer.isRefusal();
    report_.check(nameOf(message.type), "the same wish under another key: no second one",
                  once ? Wrong() : Wrong(answer.outcome()));
    return body;
}

Wrong Exam::shape(const Message& message, const Answer& answer) const {
    // The head is the adapter's to judge; the body is what everything above it reads.
    const std::string place =
        fmt::format("/paths/~1v1~1{}/post/responses/200/content/application~1json/example",
                    nameOf(message.type));
    Json envelope = owed_.document.at(Json::json_pointer(place));
    envelope["code"] = nameOf(answer.reply->code);
    envelope["detail"] = answer.reply->detail;
    envelope["serverTime"] = answer.reply->serverTime;
    envelope["body"] = answer.body;
    return owed_.contract->replyFault(nameOf(message.type), envelope);
}

Wrong Exam::time(const Answer& answer) const {
    const auto theirs = parseChinaTime(answer.reply->serverTime);
    if (!theirs) return "it tells none";
    const auto apart = std::chrono::abs(adapter_.clock().wallTime() - *theirs);
    if (apart <= clockTolerance) return std::nullopt;
    return fmt::format("{} s apart",
                       std::chrono::duration_cast<std::chrono::seconds>(apart).count());
}

Wrong Exam::again(const Message& message, const Answer& first) {
    const Answer second = say(message, 2);
    const bool sameCode = second.outcome() == first.outcome() ||
                          (!subject_.keepsKeys() && second.is(ReplyCode::already));
    if (!sameCode) return fmt::format("first {}, then {}", first.outcome(), second.outcome());
    Json before = first.body;
    Json after = second.body;
    // A permit that is the machine's own word may be given for longer.
    if (!subject_.keepsKeys() && before.is_object() && after.is_object()) {
        before.erase("permitExpires");
        after.erase("permitExpires");
    }
    if (after != before) return "the body is another";
    if (!subject_.keepsKeys()) return std::nullopt;
    if (!second.reply->replayed) return "it does not say that the answer is the stored one";
    if (second.reply->serverRef != first.reply->serverRef) return "it stands there twice";
    return std::nullopt;
}

Wrong Exam::proven(const Message& message, bool wanted) {
    Outgoing outgoing;
    outgoing.type = message.type;
    outgoing.idempotencyKey = message.key;
    outgoing.place = message.place;
    outgoing.business = message.business;
    outgoing.body = message.body.reveal();
    const auto proof = adapter_.proofOf(outgoing);
    if (!proof) return describe(proof.error());
    if (proof->carriedOut == wanted) return std::nullopt;
    return wanted ? "it says that it was not carried out" : "it says that it was carried out";
}

Wrong Exam::refused(const Message& message) {
    const Answer answer = say(message);
    return answer.isRefusal() ? Wrong() : Wrong(answer.outcome());
}

void Exam::effect(MessageType type, std::string_view claim, const Wrong& wrong) {
    report_.check(nameOf(type), claim, wrong);
}

}  // namespace liqu::conformance
