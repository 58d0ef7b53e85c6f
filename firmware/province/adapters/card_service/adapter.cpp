#include "firmware/province/adapters/card_service/adapter.hpp"

#include <algorithm>

#include "firmware/province/adapters/card_service/reply_with.hpp"
#include "firmware/province/branch_list.hpp"

namespace liqu::province::card_service {
namespace {

constexpr const char* elsewhere = "ELSEWHERE";

bool hasAll(const RegionTable& table, std::initializer_list<Call> calls) {
    return std::ranges::all_of(calls, [&](Call call) { return table.has(call); });
}

bool isOpen(ApplicationState state) {
    switch (state) {
        case ApplicationState::created:
        case ApplicationState::marked:
        case ApplicationState::dataReady:
        case ApplicationState::needsStaff:
            return true;
        default:
            return false;
    }
}

Reply needsStaff() {
    Reply reply;
    reply.code = ReplyCode::needsStaff;
    reply.detail = "NONE";
    return reply;
}

// The rules that clients of such a system keep themselves: it has no call that checks.
std::string reasonAgainst(ApplicationKind kind, const Eligibility& known) {
    if (!known.pending.empty()) return "APPLICATION_PENDING";
    const CardState card = known.oldCardState;
    const bool hasNone = card == CardState::none || card == CardState::cancelled;
    switch (kind) {
        case ApplicationKind::newCard:
            return hasNone ? "NONE" : "CARD_EXISTS";
        case ApplicationKind::lost:
            if (card == CardState::formalLost) return "NONE";
            return hasNone ? "NOT_ELIGIBLE" : "OLD_CARD_NOT_LOST";
        default:
            return card == CardState::normal ? "NONE" : "NOT_ELIGIBLE";
    }
}

}  // namespace

Way wayOf(const RegionTable& table, MessageType type, const Adapter* encryption) {
    const auto saidWith = [&](std::initializer_list<Call> calls) {
        return hasAll(table, calls) ? Way::said : Way::none;
    };
    const std::initializer_list<Call> ofCards = {Call::cardData, Call::cardBank, Call::cardState};
    const bool knowsCards = hasAll(table, ofCards);
    switch (type) {
        case MessageType::signIn:
            return Way::said;
        case MessageType::personQuery:
            return saidWith({Call::person});
        case MessageType::photoGet:
            return saidWith({Call::photo});
        case MessageType::cardQuery:
            return saidWith(ofCards);
        case MessageType::progressQuery:
            return saidWith({Call::progress});
        case MessageType::eligibilityCheck:
            return knowsCards ? saidWith({Call::progress}) : Way::none;
        case MessageType::applyCreate:
            return saidWith({Call::apply, Call::progress});
        case MessageType::issueMark:
            return saidWith({Call::mark, Call::takeBatch, Call::createBatch, Call::progress});
        case MessageType::issueUnmark:
            return saidWith({Call::unmark, Call::markedPersons});
        case MessageType::lossTemp:
            return knowsCards ? saidWith({Call::lossTemp}) : Way::none;
        case MessageType::lossFormal:
            return knowsCards ? saidWith({Call::lossFormal}) : Way::none;
        case MessageType::lossRelease:
            return knowsCards ? saidWith({Call::lossRelease}) : Way::none;
        case MessageType::cardEnable:
            return knowsCards ? saidWith({Call::enable}) : Way::none;
        case MessageType::blankReserve:
        case MessageType::personalisationGet:
            return table.chip ? saidWith({Call::createBatch, Call::cardItems}) : Way::none;
        case MessageType::issueReport:
            // Only of a card whose number was assigned to this machine.
            return hasAll(table, {Call::report, Call::createBatch, Call::cardItems})
                       ? Way::said
                       : Way::branchList;
        case MessageType::issueEnable:
            return table.has(Call::enable) && knowsCards ? Way::said : Way::branchList;
        case MessageType::cardAuthInternal:
        case MessageType::cardAuthExternal:
        case MessageType::cardAuthSecure:
            return encryption != nullptr && encryption->can(type) ? Way::said : Way::none;
        // One each quarter of an hour: nobody is to settle them by two, one by one.
        case MessageType::auditCheckpoint:
            return Way::dayPaper;
        default:
            return kindOf(type) == MessageKind::fact ? Way::branchList : Way::none;
    }
}

CardServiceAdapter::CardServiceAdapter(Parts parts, Clock& clock, Random& random, Terminal terminal)
    : Adapter(clock, random, terminal),
      parts_(std::move(parts)),
      book_(parts_.database, parts_.sealer, parts_.digestKey),
      caller_(parts_.link, parts_.table, parts_.account, book_, clock, parts_.patience),
      place_(std::move(terminal)),
      questions_(caller_, book_, clock, place_),
      proofs_(questions_, book_) {}

// A fact that goes to the branch's list has a way; but what a card is made with must be said.
bool CardServiceAdapter::can(MessageType type) const {
    const Way way = wayOf(parts_.table, type, parts_.encryption);
    const bool mustBeSaid = type == MessageType::issueReport || type == MessageType::issueEnable;
    return mustBeSaid ? way == Way::said : way != Way::none;
}

Result<Reply> CardServiceAdapter::exchange(const Outgoing& message) {
    const Way way = wayOf(parts_.table, message.type, parts_.encryption);
    if (way == Way::none) return needsStaff();
    if (way == Way::branchList) return list(message);
    if (way == Way::dayPaper) {
        Reply reply;
        reply.code = ReplyCode::ok;
        reply.detail = onDayPaper;
        reply.serverTime = formatChinaTime(now());
        return reply;
    }
    if (message.type == MessageType::blankReserve) return reserveBlank(message);
    if (message.type == MessageType::personalisationGet) return personalise(message);
    const MessageKind kind = kindOf(message.type);
    if (kind == MessageKind::query) return answerQuestion(message);
    return kind == MessageKind::fact ? tell(message) : carryOut(message);
}

Result<Reply> CardServiceAdapter::answerQuestion(const Outgoing& message) {
    switch (message.type) {
        case MessageType::signIn:
            return signIn(message);
        case MessageType::personQuery:
            return askPerson(message);
        case MessageType::photoGet:
            return askPhoto(message);
        case MessageType::cardQuery:
            return askCards(message);
        case MessageType::progressQuery:
            return askProgress(message);
        case MessageType::eligibilityCheck:
            return askEligibility(message);
        case MessageType::cardAuthInternal:
        case MessageType::cardAuthExternal:
        case MessageType::cardAuthSecure:
            return parts_.encryption->query(message.type, message.business, message.body);
        default:
            return needsStaff();
    }
}

// It has no sign-in and keeps no count of our facts: what the books say of themselves stands, and
// a new epoch is granted by nobody here.
Result<Reply> CardServiceAdapter::signIn(const Outgoing& message) {
    const SignIn told = TRY(read<SignIn>(message.body));
    const std::string serverTime = TRY(caller_.look());
    if (serverTime.empty())
        return fail(ErrorCode::provinceReplyMalformed, "the service tells no time");
    SignInAnswer answer;
    answer.policyId = terminal().policyId;
    answer.hsmReady = can(MessageType::cardAuthExternal);
    answer.epochGranted = told.replacesEpoch.empty();
    answer.lastTerminalSeq = told.lastTerminalSeq;
    answer.lastChain = told.lastChain;
    return replyWith(ReplyCode::ok, answer, serverTime);
}

Result<Reply> CardServiceAdapter::askPerson(const Outgoing& message) {
    const PersonQuery query = TRY(read<PersonQuery>(message.body));
    const PersonKey who{query.documentNumber, query.name};
    auto found = TRY(questions_.person(who));
    if (auto* refused = std::get_if<Questions::Refused>(&found)) return std::move(refused->reply);
    auto& [person, serverTime] = std::get<Timed<std::optional<Person>>>(found);
    if (!person) {
        Reply reply = needsStaff();
        reply.code = ReplyCode::refused;
        reply.detail = "PERSON_UNKNOWN";
        return reply;
    }
    // Nobody prints a portrait where no card is made.
    if (can(MessageType::photoGet) && can(MessageType::cardAuthExternal)) {
        const auto photo = TRY(questions_.photo(who));
        const auto* picture = std::get_if<Timed<PersonalBytes>>(&photo);
        person->photoAvailable = picture != nullptr && !picture->value.empty();
    }
    return replyWith(ReplyCode::ok, *person, serverTime);
}

Result<Reply> CardServiceAdapter::askPhoto(const Outgoing& message) {
    const AboutPerson asked = TRY(read<AboutPerson>(message.body));
    auto found = TRY(questions_.photo(TRY(questions_.keyOf(asked.socialNumber))));
    if (auto* refused = std::get_if<Questions::Refused>(&found)) return std::move(refused->reply);
    auto& [picture, serverTime] = std::get<Timed<PersonalBytes>>(found);
    return replyWith(ReplyCode::ok, Photo{asked.socialNumber, std::move(picture)}, serverTime);
}

Result<Reply> CardServiceAdapter::askCards(const Outgoing& message) {
    const AboutPerson asked = TRY(read<AboutPerson>(message.body));
    auto found = TRY(questions_.cards(TRY(questions_.keyOf(asked.socialNumber))));
    if (auto* refused = std::get_if<Questions::Refused>(&found)) return std::move(refused->reply);
    auto& [cards, serverTime] = std::get<Timed<std::vector<HeldCard>>>(found);
    CardList list;
    list.socialNumber = asked.socialNumber;
    list.cards.assign(cards.begin(), cards.end());
    return replyWith(ReplyCode::ok, list, serverTime);
}

Result<Application> CardServiceAdapter::applicationOf(const PersonKey& who,
                                                      const LegacyProgress& progress) {
    Application application;
    application.applicationNo = application.bizId = application.terminalId = elsewhere;
    application.bankCode = progress.bankCode.empty() ? elsewhere : progress.bankCode;
    application.state = progress.state;
    application.cardNumber = progress.cardNumber;
    application.instant = progress.state == ApplicationState::marked;
    const auto day = parseDate(progress.appliedDay);
    // A day nobody said is never told to a person.
    if (!day) return fail(ErrorCode::provinceReplyMalformed, "no day of the application");
    const WallTime beginOfDay = WallTime(std::chrono::sys_days(*day)) - chinaOffset;
    application.createdTime = formatChinaTime(progress.applied.value_or(beginOfDay));
    for (const auto& [kind, code] : table().kinds) {
        if (code == progress.kind) application.kind = kind;
    }
    const auto known = TRY(book_.newestOf(who.socialNumber));
    if (!known || TRY(proofs_.application(*known, known->openedAt)) != Happened::ours)
        return application;
    application.applicationNo = known->applicationNo;
    application.bizId = known->bizId;
    application.terminalId = terminal().terminalId;
    application.failedBlanks = known->failedBlanks;
    // Whose card failed here stays marked: the next blank goes into another batch.
    const bool failedHere =
        progress.failed && known->failedBlanks > 0 && known->state == ApplicationState::marked;
    if (failedHere) {
        application.instant = true;
        application.state = ApplicationState::marked;
    }
    const bool isBegun = progress.state == ApplicationState::created;
    if (isBegun && table().has(Call::markedPersons)) {
        const auto marked = TRY(questions_.isMarked(who));
        const auto* answer = std::get_if<Timed<bool>>(&marked);
        application.instant = answer != nullptr && answer->value;
        if (application.instant) application.state = ApplicationState::marked;
    }
    return application;
}

Result<Reply> CardServiceAdapter::askProgress(const Outgoing& message) {
    const ProgressQuery asked = TRY(read<ProgressQuery>(message.body));
    Progress answer;
    answer.value = asked.value;
    std::optional<PersonKey> who;
    if (asked.by == ProgressBy::socialNumber) who = TRY(questions_.keyOf(asked.value));
    if (asked.by == ProgressBy::bizId) {
        const auto known = TRY(book_.ofBusiness(asked.value.reveal()));
        // A business that never applied for anything has nothing under way.
        if (!known) return replyWith(ReplyCode::ok, answer, formatChinaTime(now()));
        who = PersonKey{known->socialNumber, known->name};
    }
    if (!who) {
        // It knows no such keys; whether it is there is told all the same.
        TRY(caller_.look());
        return needsStaff();
    }
    auto found = TRY(questions_.progress(*who));
    if (auto* refused = std::get_if<Questions::Refused>(&found)) return std::move(refused->reply);
    auto& [progress, serverTime] = std::get<Timed<std::optional<LegacyProgress>>>(found);
    if (progress) {
        Application application = TRY(applicationOf(*who, *progress));
        const bool isAsked =
            asked.by != ProgressBy::bizId || application.bizId == asked.value.reveal();
        if (isAsked) answer.applications.push_back(std::move(application));
    }
    if (can(MessageType::cardQuery)) {
        auto cards = TRY(questions_.cards(*who));
        if (auto* list = std::get_if<Timed<std::vector<HeldCard>>>(&cards))
            answer.cards.assign(list->value.begin(), list->value.end());
    }
    return replyWith(ReplyCode::ok, answer, serverTime);
}

Result<Reply> CardServiceAdapter::askEligibility(const Outgoing& message) {
    const EligibilityCheck check = TRY(read<EligibilityCheck>(message.body));
    const PersonKey who = TRY(questions_.keyOf(check.socialNumber));
    auto cards = TRY(questions_.cards(who));
    if (auto* refused = std::get_if<Questions::Refused>(&cards)) return std::move(refused->reply);
    auto progress = TRY(questions_.progress(who));
    if (auto* refused = std::get_if<Questions::Refused>(&progress))
        return std::move(refused->reply);
    Eligibility answer;
    answer.socialNumber = check.socialNumber;
    const auto& held = std::get<Timed<std::vector<HeldCard>>>(cards).value;
    answer.cards.assign(held.begin(), held.end());
    if (!answer.cards.empty()) {
        answer.oldCardState = answer.cards.front().state;
        answer.oldCardNumber = answer.cards.front().cardNumber;
        answer.bankLinked = answer.cards.front().bankLinked;
    }
    const auto& [under, serverTime] = std::get<Timed<std::optional<LegacyProgress>>>(progress);
    if (under && isOpen(under->state)) answer.pending.push_back(TRY(applicationOf(who, *under)));
    answer.reason = reasonAgainst(check.kind, answer);
    answer.eligible = answer.reason == "NONE";
    // It quotes no fee: whatever may cost something is paid at the counter.
    answer.feeRequired = check.kind != ApplicationKind::newCard;
    return replyWith(ReplyCode::ok, answer, serverTime);
}

Result<std::string> CardServiceAdapter::numberAssigned(const std::string& applicationNo) {
    const auto known = TRY(book_.application(applicationNo));
    return known ? known->cardNumber : std::string();
}

}  // namespace liqu::province::card_service
