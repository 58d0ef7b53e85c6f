#include "tests/world/province/desk.hpp"

#include <map>

#include "firmware/base/assert.hpp"

namespace liqu::world {

Outcome done(Json body) {
    return {.body = std::move(body)};
}
Outcome already(Json body) {
    return {.code = "ALREADY", .body = std::move(body)};
}
Outcome refusal(std::string_view detail, std::string text) {
    return {.code = "BIZ_REFUSED",
            .detail = std::string(detail),
            .next = "GO_COUNTER",
            .text = std::move(text),
            .body = {}};
}
Outcome breach(std::string_view detail, std::string text) {
    return {.code = "SECURITY",
            .detail = std::string(detail),
            .next = "NONE",
            .text = std::move(text),
            .body = {}};
}
Outcome nonsense(std::string text) {
    return {.code = "PROTOCOL",
            .detail = "SCHEMA",
            .next = "NONE",
            .text = std::move(text),
            .body = {}};
}

Outcome Desk::handle(const std::string& messageType, const Json& envelope, WallTime now) {
    static const std::map<std::string, Handler> handlers{
        {"TERM.SIGNIN", &Desk::signIn},
        {"PERSON.QUERY", &Desk::queryPerson},
        {"PHOTO.GET", &Desk::givePhoto},
        {"ELIG.CHECK", &Desk::checkEligibility},
        {"PROGRESS.QUERY", &Desk::queryProgress},
        {"CARD.QUERY", &Desk::queryCards},
        {"LOSS.TEMP", &Desk::reportLoss},
        {"LOSS.FORMAL", &Desk::reportFormalLoss},
        {"LOSS.RELEASE", &Desk::releaseLoss},
        {"CARD.ENABLE", &Desk::enableInHand},
        {"DATA.CHANGE", &Desk::changeData},
        {"APPLY.CREATE", &Desk::createApplication},
        {"APPLY.CANCEL", &Desk::cancelApplication},
        {"ISSUE.MARK", &Desk::mark},
        {"ISSUE.UNMARK", &Desk::unmark},
        {"BLANK.RESERVE", &Desk::reserveBlank},
        {"PERSO.GET", &Desk::givePersonalisation},
        {"CARDAUTH.INT", &Desk::authenticateInternally},
        {"CARDAUTH.EXT", &Desk::authenticateExternally},
        {"ISSUE.REPORT", &Desk::reportMaking},
        {"ISSUE.ENABLE", &Desk::enable},
        {"ISSUE.HANDOVER", &Desk::handOver},
        {"CARDAUTH.SECMSG", &Desk::secureMessage},
        {"PIN.CHANGED", &Desk::notePin},
        {"PIN.UNLOCKED", &Desk::notePinService},
        {"PIN.RESET", &Desk::notePinService},
        {"STOCK.LOAD", &Desk::loadStock},
        {"STOCK.RECEIVE", &Desk::receiveStock},
        {"STOCK.UNLOAD", &Desk::recordStock},
        {"STOCK.COUNT", &Desk::recordStock},
        {"STOCK.ADJUST", &Desk::recordStock},
        {"STOCK.RETURN", &Desk::recordStock},
        {"STOCK.DESTROY", &Desk::recordStock},
        {"FINISHED.OVERDUE", &Desk::recordFinished},
        {"FINISHED.RETURN", &Desk::returnFinished},
        {"FINISHED.RECEIVE", &Desk::receiveFinished},
        {"CARD.RECOVER", &Desk::recoverCard},
        {"WRONGCARD.REGISTER", &Desk::registerWrong},
        {"WRONGCARD.CONFIRM", &Desk::confirmWrong},
        {"STOCK.SNAPSHOT", &Desk::closeStockDay},
        {"AUDIT.CHECKPOINT", &Desk::witnessAudit},
        {"RECON.DAY", &Desk::reconcileDay},
        {"FEE.QUOTE", &Desk::quoteFee},
        {"FEE.REGISTER", &Desk::registerFee},
        {"FEE.REFUND", &Desk::refundFee},
    };
    const auto handler = handlers.find(messageType);
    LIQU_ASSERT(handler != handlers.end());
    now_ = now;
    releaseLapsedLosses();
    return (this->*handler->second)(envelope, envelope.at("body"));
}

bool Desk::readsBack(const Json& envelope) const {
    if (envelope.value("msgType", "") != "CARDAUTH.EXT") return false;
    const Json& body = envelope.at("body");
    if (body.value("key", "") != "READ_HOLDER") return false;
    const std::string cardIdCode = body.value("cardIdCode", "");
    for (const auto& [id, permit] : books_.permits) {
        if (permit.cardIdCode == cardIdCode && permit.updateAuthorisations > 0) return true;
    }
    return false;
}

Json applicationJson(const Application& application) {
    return {{"applicationNo", application.number},   {"bizId", application.bizId},
            {"terminalId", application.terminalId},  {"kind", application.kind},
            {"bankCode", application.bankCode},      {"state", application.state},
            {"instant", application.marked()},       {"feePaid", application.feePaid},
            {"cardNo", application.cardNo},          {"failedBlanks", application.failedBlanks},
            {"createdTime", application.createdTime}};
}

Json cardJson(const Card& card) {
    return {{"cardNo", card.number},         {"bankCode", card.bankCode},
            {"state", card.state},           {"issueDate", card.issueDate},
            {"expiryDate", card.expiryDate}, {"bankLinked", card.bankLinked},
            {"lostUntil", card.lostUntil}};
}

}  // namespace liqu::world
