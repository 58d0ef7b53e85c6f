#include "firmware/province/adapters/card_service/proofs.hpp"

#include <algorithm>

#include "firmware/province/bodies.hpp"

namespace liqu::province::card_service {
namespace {

using std::chrono::seconds;

constexpr Duration listLag = seconds{10};
constexpr Duration applicationLag = seconds{5};
constexpr std::chrono::minutes earlierThanSent{10};  // two clocks

tl::unexpected<Error> nobodyKnows(const std::string& why) {
    return fail(ErrorCode::provinceNeedsStaff, "no proof: " + why);
}

template <typename Value>
Result<Value> certain(Result<Questions::Answer<Value>> answer) {
    const auto found = TRY(std::move(answer));
    if (const auto* good = std::get_if<Timed<Value>>(&found)) return good->value;
    return nobodyKnows("the question was refused");
}

PersonKey personOf(const KnownApplication& application) {
    return {application.socialNumber, application.name};
}

}  // namespace

std::string failureText(const MakeReport& report) {
    constexpr std::size_t mostBytes = 50;
    return cutToGbk("liqu " + std::to_string(report.reasonCode) + " " + report.blankId, mostBytes);
}

template <typename Ask>
Result<Happened> Proofs::twice(Ask ask, Duration pause) {
    const Happened first = TRY(ask());
    if (first != Happened::no) return first;
    questions_.clock().sleepFor(pause);
    return ask();
}

Result<std::optional<LegacyProgress>> Proofs::progress(const PersonKey& who) {
    return certain(questions_.progress(who));
}

Result<Happened> Proofs::application(const KnownApplication& ours, WallTime sentAt) {
    return twice(
        [&]() -> Result<Happened> {
            const auto found = TRY(progress(personOf(ours)));
            if (!found || found->state == ApplicationState::cancelled) return Happened::no;
            if (found->socialNumber != ours.socialNumber)
                return nobodyKnows("the record does not say whose it is");
            // What is over is of another time.
            if (found->state == ApplicationState::handedOver) return Happened::no;
            const auto kind = questions_.table().kinds.find(ours.kind);
            const bool sameKind =
                kind != questions_.table().kinds.end() && found->kind == kind->second;
            if (!sameKind || found->bankCode != ours.bankCode) return Happened::another;
            if (!found->applied) return nobodyKnows("the record has no time");
            return *found->applied >= sentAt - earlierThanSent ? Happened::ours : Happened::another;
        },
        applicationLag);
}

Result<Happened> Proofs::batch(KnownApplication& ours) {
    return twice(
        [&]() -> Result<Happened> {
            const auto found = TRY(progress(personOf(ours)));
            if (!found || found->batch.empty()) return Happened::no;
            if (found->socialNumber != ours.socialNumber)
                return nobodyKnows("the record does not say whose it is");
            if (found->batch != ours.batch) return Happened::another;
            // Locked halfway: its number comes when the lock ends.
            if (found->cardNumber.empty())
                return fail(ErrorCode::provinceBusy, "the batch has no card number yet");
            ours.cardNumber = found->cardNumber;
            return Happened::ours;
        },
        applicationLag);
}

Result<Happened> Proofs::mark(const Act& act, Happened whenMarked) {
    std::string applicationNo;
    if (act.type == MessageType::issueMark) {
        applicationNo = TRY(read<AboutApplication>(act.body.reveal())).applicationNo;
    } else {
        applicationNo = TRY(read<Withdrawal>(act.body.reveal())).applicationNo;
    }
    auto known = TRY(book_.application(applicationNo));
    if (!known) return nobodyKnows("the application is not of this machine");
    if (!questions_.table().has(Call::markedPersons)) return nobodyKnows("there is no list");
    const Happened whenNot = whenMarked == Happened::ours ? Happened::no : Happened::ours;
    const bool marked = TRY(certain(questions_.isMarked(personOf(*known))));
    if (!marked) {
        questions_.clock().sleepFor(listLag);
        if (TRY(certain(questions_.isMarked(personOf(*known))))) return whenMarked;
        // One in a batch has left the list, and is marked all the more.
        const auto found = TRY(progress(personOf(*known)));
        const bool inBatch = found && found->socialNumber == known->socialNumber &&
                             !found->batch.empty() && !found->failed;
        return inBatch ? whenMarked : whenNot;
    }
    return whenMarked;
}

Result<Happened> Proofs::cardIs(const PersonKey& who, const std::string& cardNumber,
                                std::initializer_list<CardState> after) {
    return twice(
        [&]() -> Result<Happened> {
            const CardState state = TRY(certain(questions_.stateOf(who, cardNumber)));
            if (state == CardState::unknown) return nobodyKnows("a state nobody knows");
            return std::ranges::find(after, state) != after.end() ? Happened::ours : Happened::no;
        },
        applicationLag);
}

Result<Happened> Proofs::loss(const Act& act) {
    const LossReport report = TRY(read<LossReport>(act.body.reveal()));
    const PersonKey who{report.socialNumber, report.name};
    switch (act.type) {
        case MessageType::lossTemp:
            return cardIs(who, report.cardNumber, {CardState::tempLost, CardState::formalLost});
        case MessageType::lossFormal:
            return cardIs(who, report.cardNumber, {CardState::formalLost});
        default:
            return cardIs(who, report.cardNumber, {CardState::normal, CardState::notEnabled});
    }
}

// Somebody else may have reported that number: with another chip it is not this card.
Result<Happened> Proofs::made(const KnownApplication& ours, const MakeReport& report) {
    const std::string chip = TRY(certain(questions_.chipOf(personOf(ours), ours.cardNumber)));
    const bool differs = !chip.empty() && report.readBack && chip != report.readBack->cardIdCode;
    return differs ? Happened::another : Happened::ours;
}

Result<Happened> Proofs::report(const Act& act) {
    const MakeReport report = TRY(read<MakeReport>(act.body.reveal()));
    const auto known = TRY(book_.application(report.applicationNo));
    if (!known) return nobodyKnows("the application is not of this machine");
    const bool isFailure = report.result == MakeResult::failed;
    return twice(
        [&]() -> Result<Happened> {
            const auto found = TRY(progress(personOf(*known)));
            // Of this very card: nothing else tells one report from another.
            if (!found || found->cardNumber != known->cardNumber)
                return nobodyKnows("the record is of another card");
            if (!isFailure) return found->cardIsMade ? made(*known, report) : Happened::no;
            const bool ours = found->failed && found->remarks.reveal() == failureText(report);
            if (ours) return Happened::ours;
            return nobodyKnows("a failure leaves no other trace");
        },
        listLag);
}

Result<Happened> Proofs::of(const Act& act) {
    switch (act.type) {
        case MessageType::applyCreate: {
            const auto known = TRY(book_.ofBusiness(act.bizId));
            if (!known) return nobodyKnows("the application is not of this machine");
            return application(*known, act.sentAt);
        }
        case MessageType::issueMark:
            return mark(act, Happened::ours);
        case MessageType::issueUnmark:
            return mark(act, Happened::no);
        case MessageType::lossTemp:
        case MessageType::lossFormal:
        case MessageType::lossRelease:
            return loss(act);
        case MessageType::cardEnable: {
            const auto enabling = TRY(read<CardEnabling>(act.body.reveal()));
            return cardIs({enabling.socialNumber, enabling.name}, enabling.cardNumber,
                          {CardState::normal});
        }
        case MessageType::issueEnable: {
            const auto enabling = TRY(read<Enabling>(act.body.reveal()));
            return cardIs({enabling.socialNumber, enabling.name}, enabling.cardNumber,
                          {CardState::normal});
        }
        case MessageType::issueReport:
            return report(act);
        default:
            return nobodyKnows("nothing shows it");
    }
}

}  // namespace liqu::province::card_service
