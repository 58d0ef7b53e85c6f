// Changes and facts: written down, asked about where that was done before, sent once, and judged by
// the region's table. Only whole texts of the table end an act; everything else is proven.
#include <algorithm>

#include "firmware/base/bytes.hpp"
#include "firmware/province/adapters/card_service/adapter.hpp"
#include "firmware/province/adapters/card_service/reply_with.hpp"
#include "firmware/province/branch_list.hpp"

namespace liqu::province::card_service {
namespace {

constexpr std::chrono::hours staysOpen{24};

// Nothing was sent, or the server refused to run it: it may be sent as for the first time.
bool wasNotRun(ErrorCode code) {
    return code == ErrorCode::provinceUnreachable || code == ErrorCode::provinceNeedsStaff ||
           code == ErrorCode::provinceRefusedKiosk || code == ErrorCode::provinceCertificateWrong;
}

// Its own answer says that nothing was done.
bool isRefusal(const std::optional<Meaning>& means) {
    return means && *means != Meaning::done && *means != Meaning::already &&
           *means != Meaning::partial;
}

Call callNamed(MessageType type) {
    switch (type) {
        case MessageType::applyCreate:
            return Call::apply;
        case MessageType::issueMark:
            return Call::mark;
        case MessageType::issueUnmark:
            return Call::unmark;
        case MessageType::lossTemp:
            return Call::lossTemp;
        case MessageType::lossFormal:
            return Call::lossFormal;
        case MessageType::lossRelease:
            return Call::lossRelease;
        case MessageType::issueReport:
            return Call::report;
        default:
            return Call::enable;
    }
}

Reply refusal(ReplyCode code, std::string_view detail = "NONE") {
    Reply reply;
    reply.code = code;
    reply.detail = detail;
    return reply;
}

bool isFact(const Act& act) {
    return kindOf(act.type) == MessageKind::fact;
}

// Why only people can tell it; empty where that is not so.
std::string_view reasonForPeople(Happened happened) {
    switch (happened) {
        case Happened::another:
            return "NOT_OURS";
        case Happened::unshown:
            return "NOT_SHOWN";
        default:
            return {};
    }
}

// The application's own number: the system gives none.
std::string numberFor(const std::string& key) {
    return "L-" + key.substr(0, 24);
}

std::string textOrEmpty(const std::map<ApplicationKind, std::string>& map, ApplicationKind kind) {
    const auto found = map.find(kind);
    return found == map.end() ? std::string() : found->second;
}

}  // namespace

// Of a fact in the queue: what cannot be said waits for its own turn, or for people, and holds back
// no other.
Result<Reply> CardServiceAdapter::tell(const Outgoing& fact) {
    auto reply = carryOut(fact);
    if (reply) return reply;
    const ErrorCode code = reply.error().code;
    const bool isOver = now() - fact.happenedAt > staysOpen;
    if (code == ErrorCode::provinceNeedsStaff || (code == ErrorCode::provinceBusy && isOver))
        return refusal(ReplyCode::needsStaff, "NOT_SENT");
    if (code == ErrorCode::provinceBusy) return refusal(ReplyCode::retryLater, "BUSY");
    return reply;
}

Result<Reply> CardServiceAdapter::list(const Outgoing& fact) {
    TRY(book_.list(fact, now()));
    Reply reply;
    reply.code = ReplyCode::ok;
    reply.detail = onBranchList;
    reply.serverTime = formatChinaTime(now());
    return reply;
}

Result<Proof> CardServiceAdapter::proofOf(const Outgoing& message) {
    const std::string& key = message.idempotencyKey;
    if (wayOf(parts_.table, message.type, parts_.encryption) == Way::branchList) {
        return Proof{TRY(book_.isListed(key)), ReplyCode::ok};
    }
    // Written down before its first byte: what is not there was never sent, or was refused.
    const auto act = TRY(book_.act(key));
    if (!act) return Proof{};
    if (act->code) return Proof{true, *act->code};
    const Happened happened = TRY(proven(*act));
    Proof proof;
    proof.carriedOut = happened == Happened::ours;
    proof.onlyPeople = reasonForPeople(happened);
    return proof;
}

Result<KnownApplication> CardServiceAdapter::applicationNamed(const std::string& applicationNo) {
    auto known = TRY(book_.application(applicationNo));
    if (known) return std::move(*known);
    return fail(ErrorCode::provinceNeedsStaff, "the application was not made at this machine");
}

Result<void> CardServiceAdapter::openApplication(const Act& act) {
    const auto request = TRY(read<ApplicationRequest>(act.body.reveal()));
    KnownApplication application;
    application.applicationNo = numberFor(act.key);
    application.bizId = act.bizId;
    application.bankCode = act.bankCode;
    application.kind = request.kind;
    application.socialNumber = request.socialNumber;
    application.name = request.name;
    application.openedAt = act.sentAt;
    TRY(book_.noteName(request.socialNumber, request.name, now()));
    return book_.put(application, now());
}

Result<Values> CardServiceAdapter::applicationValues(const ApplicationRequest& m) {
    Values values = questions_.valuesOf({m.socialNumber, m.name});
    values[Value::cardNumber] = PersonalText(m.oldCardNumber);
    values[Value::documentNumber] = m.documentNumber;
    values[Value::documentExpiry] =
        PersonalText(m.documentValidTo.empty() ? table().longTerm : m.documentValidTo);
    values[Value::portrait] = TRY(portraitFor({m.socialNumber, m.name}));
    values[Value::sex] = PersonalText(std::to_string(static_cast<int>(m.sex)));
    values[Value::ethnicity] = PersonalText(m.ethnicCode);
    values[Value::birthDate] = m.birthDate;
    values[Value::address] = m.address;
    values[Value::mailingAddress] = m.mailingAddress;
    values[Value::phone] = m.phone;
    values[Value::occupation] = PersonalText(m.occupation);
    values[Value::applicationKind] = PersonalText(textOrEmpty(table().kinds, m.kind));
    values[Value::applicationReason] = PersonalText(textOrEmpty(table().reasons, m.kind));
    return values;
}

Result<std::pair<Call, Values>> CardServiceAdapter::callOf(const Act& act) {
    const Call call = callNamed(act.type);
    Values values;
    const auto of = [&](const PersonKey& who, const std::string& cardNumber) {
        values = questions_.valuesOf(who);
        values[Value::cardNumber] = PersonalText(cardNumber);
    };
    switch (act.type) {
        case MessageType::applyCreate:
            values = TRY(applicationValues(TRY(read<ApplicationRequest>(act.body.reveal()))));
            break;
        case MessageType::issueMark:
        case MessageType::issueUnmark: {
            const bool isMark = act.type == MessageType::issueMark;
            const std::string number =
                isMark ? TRY(read<AboutApplication>(act.body.reveal())).applicationNo
                       : TRY(read<Withdrawal>(act.body.reveal())).applicationNo;
            const auto known = TRY(applicationNamed(number));
            of({known.socialNumber, known.name}, known.cardNumber);
            break;
        }
        case MessageType::issueReport:
            values = TRY(reportValues(TRY(read<MakeReport>(act.body.reveal()))));
            break;
        case MessageType::issueEnable: {
            const auto m = TRY(read<Enabling>(act.body.reveal()));
            of({m.socialNumber, m.name}, m.cardNumber);
            break;
        }
        case MessageType::cardEnable: {
            const auto m = TRY(read<CardEnabling>(act.body.reveal()));
            of({m.socialNumber, m.name}, m.cardNumber);
            break;
        }
        default: {
            const auto m = TRY(read<LossReport>(act.body.reveal()));
            of({m.socialNumber, m.name}, m.cardNumber);
        }
    }
    values[Value::bank] = PersonalText(table().bankThere(act.bankCode));
    const auto maker = parts_.makers.find(act.bankCode);
    if (maker != parts_.makers.end()) values[Value::maker] = PersonalText(maker->second);
    return std::pair{call, std::move(values)};
}

// 相片: the system wants its own picture back with an application.
Result<PersonalText> CardServiceAdapter::portraitFor(const PersonKey& who) {
    const bool asks = std::ranges::any_of(table().call(Call::apply)->fields, [](const Slot& slot) {
        return slot.value == Value::portrait;
    });
    if (!asks || !table().has(Call::photo)) return PersonalText();
    const auto photo = TRY(questions_.photo(who));
    const auto* picture = std::get_if<Timed<PersonalBytes>>(&photo);
    if (picture == nullptr) return PersonalText();
    return PersonalText(toBase64(picture->value.reveal()));
}

Result<Reply> CardServiceAdapter::carryOut(const Outgoing& message) {
    auto known = TRY(book_.act(message.idempotencyKey));
    if (known && known->code) {
        Reply reply;
        reply.code = *known->code;
        reply.detail = "NONE";
        reply.replayed = true;
        reply.serverTime = formatChinaTime(now());
        reply.body = known->answer;
        return reply;
    }
    const bool wasSent = known.has_value();
    Act act;
    if (wasSent) {
        act = std::move(*known);
    } else {
        act.key = message.idempotencyKey;
        act.type = message.type;
        act.bizId = message.business.bizId;
        act.bankCode = message.business.bankCode;
        act.sentAt = now();
        act.body = PersonalText(std::string(message.body));
    }
    // A recovery may withdraw a mark again as its first attempt.
    if (wasSent || act.type == MessageType::issueUnmark) {
        const Happened happened = TRY(wasSent ? proven(act) : proofs_.of(act));
        if (happened == Happened::ours) return settle(act, ReplyCode::ok, formatChinaTime(now()));
        // What only people can tell stays written down: it is never sent as for the first time.
        const bool stays = isFact(act) || happened == Happened::unshown;
        if (happened != Happened::no && stays)
            return refusal(ReplyCode::needsStaff, reasonForPeople(happened));
        if (happened == Happened::another) return refuse(act, refusal(ReplyCode::needsStaff));
    }
    return sendAct(message, act);
}

Result<Reply> CardServiceAdapter::sendAct(const Outgoing& message, const Act& act) {
    auto request = TRY(callOf(act));
    auto& [call, values] = request;
    // Who asks about this person afterwards has no name.
    if (!values[Value::name].empty())
        TRY(book_.noteName(values[Value::socialNumber], values[Value::name], now()));
    // In the system's own words, of whom it is about: the bank's side goes with the card's.
    if (message.type == MessageType::lossTemp || message.type == MessageType::lossFormal ||
        message.type == MessageType::lossRelease) {
        const PersonKey who{values[Value::socialNumber], values[Value::name]};
        const auto cards = TRY(questions_.cards(who));
        const auto* held = std::get_if<Timed<std::vector<HeldCard>>>(&cards);
        if (held == nullptr) return std::get<Questions::Refused>(cards).reply;
        const auto card = std::ranges::find(held->value, values[Value::cardNumber].reveal(),
                                            &HeldCard::cardNumber);
        if (card == held->value.end())
            return fail(ErrorCode::provinceNeedsStaff, "that card is not this person's there");
        values[Value::bank] = PersonalText(table().bankThere(card->bankCode));
        values[Value::bankCardNumber] = card->account;
    }
    // The application first: it is what a proof of the act looks for.
    if (act.type == MessageType::applyCreate) TRY(openApplication(act));
    TRY(book_.begin(act));
    auto said = caller_.ask(call, values);
    if (!said) {
        if (wasNotRun(said.error().code)) TRY(book_.forget(act.key));
        return fail(std::move(said).error());
    }
    return judge(act, call, *said);
}

// Of what was sent: a question that cannot be asked leaves it open, whatever it is called. What
// nothing has shown for a day is for people, never for another try.
Result<Happened> CardServiceAdapter::proven(const Act& act) {
    const auto happened = proofs_.of(act);
    if (happened) return *happened;
    const bool isUnprovable = happened.error().code == ErrorCode::provinceNeedsStaff &&
                              isFact(act) && now() - act.sentAt > staysOpen;
    if (isUnprovable) return Happened::unshown;
    return fail(ErrorCode::provinceOutcomeUnknown, describe(happened.error()));
}

Result<Reply> CardServiceAdapter::judge(const Act& act, Call call, const Said& said) {
    Reply reply = TRY(questions_.replyOf(call, said));
    if (isRefusal(said.means)) return refuse(act, std::move(reply));
    if (said.isDone() || said.means == Meaning::partial)
        return settle(act, reply.code, said.serverTime);
    // "Already", or a text nobody knows: what is there says whether it was this.
    const Happened happened = TRY(proven(act));
    switch (happened) {
        case Happened::ours:
            // A fact needs no other proof than this one.
            return settle(act, isFact(act) ? ReplyCode::ok : ReplyCode::already, said.serverTime);
        case Happened::unshown:
            return refusal(ReplyCode::needsStaff, reasonForPeople(happened));
        case Happened::another:
            if (isFact(act)) return refusal(ReplyCode::needsStaff, reasonForPeople(happened));
            if (act.type == MessageType::applyCreate)
                return refuse(act, refusal(ReplyCode::refused, "APPLICATION_PENDING"));
            break;
        case Happened::no:
            break;
    }
    reply.code = ReplyCode::needsStaff;
    reply.detail = "NONE";
    return refuse(act, std::move(reply));
}

Result<Reply> CardServiceAdapter::refuse(const Act& act, Reply reply) {
    if (act.type == MessageType::applyCreate) {
        if (auto known = TRY(book_.application(numberFor(act.key)))) {
            known->state = ApplicationState::cancelled;
            TRY(book_.put(*known, now()));
        }
    }
    TRY(book_.forget(act.key));
    return reply;
}

Result<Reply> CardServiceAdapter::settle(const Act& act, ReplyCode code,
                                         const std::string& serverTime) {
    const std::string when = serverTime.empty() ? formatChinaTime(now()) : serverTime;
    if (act.type == MessageType::issueMark) {
        // The number comes with a batch, and is known before a blank is fed.
        const auto asked = TRY(read<AboutApplication>(act.body.reveal()));
        auto known = TRY(applicationNamed(asked.applicationNo));
        auto refused = ensureBatch(known);
        // The mark itself went out, whatever kept its batch from being asked for.
        if (!refused && wasNotRun(refused.error().code) &&
            refused.error().code != ErrorCode::provinceNeedsStaff)
            return fail(ErrorCode::provinceOutcomeUnknown, describe(refused.error()));
        if (!refused) return fail(std::move(refused).error());
        if (*refused) return std::move(**refused);
    }
    auto body = answerOf(act, code, when);
    // It was carried out, whatever keeps that from being told.
    if (!body) return fail(ErrorCode::provinceOutcomeUnknown, describe(body.error()));
    Reply reply;
    reply.code = code;
    reply.detail = "NONE";
    reply.serverTime = when;
    reply.next = code == ReplyCode::partial ? NextHint::goBank : NextHint::none;
    reply.body = std::move(*body);
    TRY(book_.answered(act.key, code, reply.body));
    return reply;
}

// Acts are answered by a code alone: whom one was about is what was sent under its key, and what
// became of a card is asked.
Result<PersonalText> CardServiceAdapter::answerOf(const Act& act, ReplyCode code,
                                                  const std::string& when) {
    const auto moved = [&](const std::string& number,
                           ApplicationState state) -> Result<PersonalText> {
        auto known = TRY(applicationNamed(number));
        known.state = state;
        TRY(book_.put(known, now()));
        return bodyOf(StateAnswer{number, state});
    };
    const auto stateNow = [&](const PersonKey& who, const std::string& card) -> Result<CardState> {
        const auto found = TRY(questions_.stateOf(who, card));
        if (const auto* state = std::get_if<Timed<CardState>>(&found)) return state->value;
        return fail(ErrorCode::provinceOutcomeUnknown, "done, and its state is not told");
    };
    const std::string_view body = act.body.reveal();
    const bool bankToo = code != ReplyCode::partial;
    switch (act.type) {
        case MessageType::applyCreate: {
            const auto known = TRY(applicationNamed(numberFor(act.key)));
            return bodyOf(ApplicationAnswer{known.socialNumber, known.applicationNo,
                                            ApplicationState::created});
        }
        case MessageType::issueMark:
            return moved(TRY(read<AboutApplication>(body)).applicationNo, ApplicationState::marked);
        case MessageType::issueUnmark:
            return moved(TRY(read<Withdrawal>(body)).applicationNo, ApplicationState::created);
        case MessageType::issueReport: {
            const auto m = TRY(read<MakeReport>(body));
            if (m.result != MakeResult::failed)
                return moved(m.applicationNo, ApplicationState::reportedOk);
            auto known = TRY(applicationNamed(m.applicationNo));
            ++known.failedBlanks;
            known.batch.clear();  // its number is dead: the next blank has another
            known.cardNumber.clear();
            TRY(book_.put(known, now()));
            return moved(m.applicationNo, ApplicationState::marked);
        }
        case MessageType::issueEnable: {
            // It names card and person by itself: an application of this machine is not needed.
            const std::string number = TRY(read<Enabling>(body)).applicationNo;
            if (TRY(book_.application(number))) return moved(number, ApplicationState::enabled);
            return bodyOf(StateAnswer{number, ApplicationState::enabled});
        }
        case MessageType::cardEnable: {
            const auto m = TRY(read<CardEnabling>(body));
            return bodyOf(CardEnabled{m.socialNumber, m.cardNumber,
                                      TRY(stateNow({m.socialNumber, m.name}, m.cardNumber)), when,
                                      bankToo});
        }
        default: {
            const auto m = TRY(read<LossReport>(body));
            const bool released = act.type == MessageType::lossRelease;
            return bodyOf(LossAnswer{m.socialNumber, m.cardNumber,
                                     TRY(stateNow({m.socialNumber, m.name}, m.cardNumber)), when,
                                     "", bankToo && !released});
        }
    }
}

}  // namespace liqu::province::card_service
