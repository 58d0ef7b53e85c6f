// One card, from the application to the hand: it uses up a person and a blank.
#include <fmt/format.h>

#include "tests/conformance/exam.hpp"

namespace liqu::conformance {

using namespace province;

void Exam::tryMaking() {
    if (!claims(MessageType::applyCreate)) return;
    const bool numbersBlanks = claims(MessageType::blankReserve);
    if (!persons_.made || !persons_.blank) {
        report_.notTried("making", "the file names no [made] person, or no [blank]");
        return;
    }
    const Business business = newBusiness();
    applicationNo_.clear();
    if (!applyAndMark(*persons_.made, business) || !numbersBlanks) return;
    blank_ = *persons_.blank;
    const auto assigned = adapter_.numberAssigned(applicationNo_);
    if (assigned && !assigned->empty()) blank_.id = *assigned;
    const auto permit = takePermit(business);
    if (!permit) return;
    tryKeys(*permit, business);
    reportAndHandOver(*permit, business);
}

std::optional<Json> Exam::takePermit(const Business& business) {
    Json blank = {{"applicationNo", applicationNo_},
                  {"blankId", blank_.id},
                  {"cardIdCode", blank_.cardIdCode},
                  {"atr", blank_.atr}};
    const auto ofBlank = [&](const Json& said) {
        return sameAs(said, {{"applicationNo", applicationNo_}, {"blankId", blank_.id}});
    };
    Json reservation = blank;
    reservation.update({{"cardNo", blank_.id}, {"lane", 1}});
    if (!done(message(MessageType::blankReserve, reservation, business), ofBlank))
        return std::nullopt;
    if (!claims(MessageType::personalisationGet)) return std::nullopt;
    blank.update({{"bankCardNo", blank_.bankCardNo}, {"purpose", "MAKE"}});
    return done(message(MessageType::personalisationGet, blank, business),
                [&](const Json& said) -> Wrong {
                    if (const Wrong wrong = ofBlank(said)) return wrong;
                    const std::string number = persons_.made->number;
                    if (const Wrong wrong =
                            sameAs(said.at("chip"), {{"socialNumber", number},
                                                     {"name", persons_.made->name},
                                                     {"birthDate", persons_.made->birthDate()},
                                                     {"cardIdCode", blank_.cardIdCode},
                                                     {"cardNo", blank_.id}})) {
                        return "chip: " + *wrong;
                    }
                    const Wrong face =
                        sameAs(said.at("face"), {{"socialNumber", number}, {"cardNo", blank_.id}});
                    return face ? Wrong("face: " + *face) : face;
                });
}

// The keys of the card: nothing here knows whether a cryptogram is right, only a chip does.
void Exam::tryKeys(const Json& permit, const Business& business) {
    for (const MessageType type : {MessageType::cardAuthInternal, MessageType::cardAuthExternal}) {
        if (!claims(type)) continue;
        Json body = example(type);
        body["permitId"] = permit.at("permitId");
        body["cardIdCode"] = blank_.cardIdCode;
        done(message(type, body, business));
        if (type != MessageType::cardAuthExternal) continue;
        body["permitId"] = "P-nobodys";
        effect(type, "with a permit that nobody gave it is refused",
               refused(message(type, body, business)));
    }
    if (!claims(MessageType::cardAuthSecure)) return;
    Json body = example(MessageType::cardAuthSecure);
    body["cardIdCode"] = blank_.cardIdCode;
    Business attended = business;
    attended.channel = Channel::assisted;
    attended.operatorId = staffBusiness().operatorId;
    done(message(MessageType::cardAuthSecure, body, attended));
}

void Exam::reportAndHandOver(const Json& permit, const Business& business) {
    const std::string now = formatChinaTime(adapter_.clock().wallTime());
    Json report = example(MessageType::issueReport);
    report.update({{"applicationNo", applicationNo_},
                   {"permitId", permit.at("permitId")},
                   {"blankId", blank_.id},
                   {"makeTime", now}});
    const Json& chip = permit.at("chip");
    for (const char* item :
         {"cardNo", "socialNumber", "cardIdCode", "version", "issueDate", "expiryDate"}) {
        report["readBack"][item] = chip.at(item);
    }
    report["readBack"]["atr"] = blank_.atr;
    constexpr std::size_t tail = 4;
    const std::string& account = blank_.bankCardNo;
    report["readBack"]["bankCardNoTail"] =
        account.substr(account.size() - std::min(tail, account.size()));
    if (!claims(MessageType::issueReport)) return;
    if (!done(message(MessageType::issueReport, report, business))) return;
    const std::string cardNo = chip.at("cardNo");
    const Json enabling = {{"applicationNo", applicationNo_},
                           {"cardNo", cardNo},
                           {"socialNumber", persons_.made->number},
                           {"name", persons_.made->name},
                           {"how", example(MessageType::issueEnable).at("how")}};
    if (claims(MessageType::issueEnable)) {
        done(message(MessageType::issueEnable, enabling, business), [](const Json& said) {
            return sameAs(said, {{"cardState", "NORMAL"}});
        });
        TestPerson owner = *persons_.made;
        owner.card = cardNo;
        if (claims(MessageType::cardQuery)) {
            const std::string state = stateOfCard(owner);
            effect(MessageType::issueEnable, "the holder has the card, in force",
                   state == "NORMAL" ? Wrong() : Wrong(state.empty() ? "it is not there" : state));
        }
    }
    const auto handOver = [&](const char* outcome) {
        const Json body = {{"applicationNo", applicationNo_},
                           {"cardNo", cardNo},
                           {"outcome", outcome},
                           {"time", now},
                           {"pickupCode", ""}};
        done(message(MessageType::issueHandover, body, business));
    };
    handOver("RETAINED_TIMEOUT");
    tryFinished(cardNo);
    handOver("STAFF_DELIVERED");
    tryWrong(cardNo);
}

// Its data were wrong after all: taken back, and none any more.
void Exam::tryWrong(const std::string& cardNo) {
    const Business registering = staffBusiness();
    const std::string now = formatChinaTime(adapter_.clock().wallTime());
    for (const MessageType type : {MessageType::wrongCardRegister, MessageType::wrongCardConfirm}) {
        Json body = example(type);
        body.update({{"cardNo", cardNo}, {"time", now}});
        const bool confirms = type == MessageType::wrongCardConfirm;
        if (confirms) body["registeredAs"] = registering.bizId;
        done(message(type, body, confirms ? staffBusiness() : registering));
    }
}

// Nobody fetched it: into the cabinet, to the bank, and back.
void Exam::tryFinished(const std::string& cardNo) {
    for (const MessageType type : {MessageType::finishedOverdue, MessageType::finishedReturn,
                                   MessageType::finishedReceive}) {
        Json body = example(type);
        body["cardNos"] = {cardNo};
        body["time"] = formatChinaTime(adapter_.clock().wallTime());
        if (type == MessageType::finishedReturn) body["reason"] = "not fetched";
        done(message(type, body, staffBusiness()));
    }
    if (!claims(MessageType::reconDay)) return;
    const WallTime now = adapter_.clock().wallTime();
    const Json day = {{"day", formatDate(chinaDate(now))},
                      {"from", formatChinaTime(now - std::chrono::hours{1})},
                      {"until", formatChinaTime(now + std::chrono::hours{1})}};
    done(question(MessageType::reconDay, day), [&](const Json& said) -> Wrong {
        int found = 0;
        for (const Json& card : said.at("cards")) found += card.value("cardNo", "") == cardNo;
        return found == 1 ? Wrong() : Wrong(fmt::format("the card is there {} times", found));
    });
}

}  // namespace liqu::conformance
