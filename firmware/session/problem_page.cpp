#include "firmware/session/problem_page.hpp"

#include "firmware/screen/error_words.hpp"

namespace liqu::session {
namespace {

using namespace screen;

Picture pictureOf(const Problem& problem) {
    if (problem.outcome == Outcome::made) return Picture::cardKept;
    if (problem.outcome == Outcome::ended) return Picture::takeIdCard;
    return remedyOf(problem.reason) == Remedy::comeBackLater ? Picture::waiting : Picture::trouble;
}

// What concerns the person or the province is said; what concerns a device is for staff.
bool isForThePerson(ErrorCode code) {
    switch (areaOf(code)) {
        case ErrorArea::province:
        case ErrorArea::face:
        case ErrorArea::visit:
            return true;
        case ErrorArea::identityDocument:
            return isIn(code, ErrorGroup::document) || remedyOf(code) != Remedy::outOfService;
        default:
            return code == ErrorCode::nameDoesNotFitChip || code == ErrorCode::cardNotTaken;
    }
}

Paragraph codeLine(const Problem& problem) {
    Phrase line{"problem.code", {{"code", std::to_string(numberOf(problem.reason))}}};
    if (!problem.reference.empty()) {
        line.key += "-reference";
        line.values.push_back({"reference", problem.reference});
    }
    return {line, TextSize::small, true};
}

// Everything at once; what is to be done about each stands on the slip.
NumberedList allReasons(const Problem& problem) {
    NumberedList list{{whatHappened(problem.reason)}};
    for (const ErrorCode code : problem.also) list.items.push_back(whatHappened(code));
    return list;
}

// Turned away before anybody could say what they came for. A loss is reported at once (丢失的，
// 应当及时告知, Guangdong Art.23), and by telephone nobody has to be served here.
bool mayHaveLostACard(ErrorCode reason) {
    switch (reason) {
        case ErrorCode::documentExpired:
        case ErrorCode::documentNotYetValid:
        case ErrorCode::holderTooYoung:
        case ErrorCode::attendantDeclined:
        case ErrorCode::personNotInFront:
        case ErrorCode::provinceUnreachable:
            return true;
        default:
            return false;
    }
}

std::vector<PagePart> besideOf(const Problem& problem, const Contacts& contacts) {
    std::vector<PagePart> parts;
    if (problem.idCardThere) parts.push_back(Notice{{"problem.id-card"}, Tone::warning});
    if (!problem.pickupCode.empty()) {
        parts.push_back(Facts{{{{"problem.pickup-code"}, PersonalText(problem.pickupCode)}}});
    }
    if (!contacts.hotline.empty()) {
        parts.push_back(
            Paragraph{{"contact.hotline", {{"hotline", contacts.hotline}}}, TextSize::small, true});
    }
    if (mayHaveLostACard(problem.reason) && !contacts.lossPhone.empty()) {
        parts.push_back(Paragraph{
            {"contact.loss-phone", {{"lossPhone", contacts.lossPhone}}}, TextSize::small, true});
    }
    if (!isForThePerson(problem.reason)) {
        parts.push_back(Paragraph{whatHappened(problem.reason), TextSize::small, true});
    }
    parts.push_back(codeLine(problem));
    return parts;
}

}  // namespace

PersonPage problemPage(const Problem& problem, const Contacts& contacts) {
    PersonPage page{.name = "problem", .reason = problem.reason};
    page.question = {"problem." + std::string(nameOf(problem.outcome))};
    page.picture = pictureOf(problem);
    if (!problem.also.empty()) {
        page.parts.push_back(allReasons(problem));
    } else if (isForThePerson(problem.reason)) {
        page.parts.push_back(Paragraph{whatHappened(problem.reason), TextSize::large});
    }
    // Who wanted none thinks of no card, nor who has several things to do first.
    if (problem.outcome != Outcome::notAnswered && problem.outcome != Outcome::notDone &&
        problem.also.empty())
        page.parts.push_back(Notice{{"fate." + std::string(nameOf(problem.card))}, Tone::info});
    // The province's own word stands for ours, where there is one reason.
    const bool isAdvised = !problem.advice.empty();
    if (isAdvised) page.parts.push_back(Quote{{"problem.advice"}, problem.advice});
    if (problem.outcome != Outcome::made && (!isAdvised || !problem.also.empty())) {
        page.parts.push_back(Paragraph{whatIsNext(problem.reason), TextSize::body});
    }
    if (problem.feeKept) page.parts.push_back(Paragraph{{"problem.fee-kept"}});
    if (problem.feeWasAsked) page.parts.push_back(Paragraph{{"problem.money"}});
    if (problem.progressOffered)
        page.parts.push_back(Paragraph{{"contact.progress"}, TextSize::small});
    tellSlip(page.parts, problem.slip);
    page.beside = besideOf(problem, contacts);
    if (problem.oldCard != OldCardIs::none)
        page.beside.push_back(
            Paragraph{{"old-card." + std::string(nameOf(problem.oldCard))}, TextSize::small});
    page.besideLast = true;
    page.buttons = {{ActionKind::finish, {"problem.understood"}, true}};
    return page;
}

}  // namespace liqu::session
