#include "tests/world/payment/payment_dialect.hpp"

namespace liqu::world::dialect {
namespace {

constexpr std::string_view getPayCode = "/nontax/getPayCode";
constexpr std::string_view queryPath = "/nontax/query";

Said said(const Json& body, std::string order) {
    return {.status = 200, .body = body.dump(), .order = std::move(order), .wrong = {}};
}

// "20240601100500", in China.
std::string timeText(WallTime time) {
    std::string digits;
    for (const char c : formatChinaTime(time).substr(0, 19)) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

std::string field(const Asked& asked, const char* key) {
    const auto found = asked.query.find(key);
    return found == asked.query.end() ? std::string() : found->second;
}

Json yuan(std::int64_t fen, const Context& context) {
    if (context.faults.holds(PaymentFault::numberAsText, context.call)) return yuanText(fen);
    return Json::parse(yuanText(fen));
}

Said open(const Asked& asked, const Context& context) {
    for (const char* key :
         {"payerName", "payerTel", "payerCard", "amount", "orgCode", "socialCard", "uniqueId"}) {
        if (!asked.query.contains(key)) return badParameter(std::string("without ") + key);
    }
    const auto fen = fenOfYuan(field(asked, "amount"));
    if (!fen || asked.query.size() != 7) return badParameter("amount in yuan, seven fields");
    const std::string number = field(asked, "uniqueId");
    const Opened opened = context.platform.open({.number = number,
                                                 .fee = field(asked, "socialCard"),
                                                 .subject = field(asked, "orgCode"),
                                                 .fen = *fen,
                                                 .expiresAt = {}},
                                                context.now);
    switch (opened.answer) {
        case OpenAnswer::opened:
            return said({{"code", 0},
                         {"msg", context.qrOf(opened, number)},
                         {"payCode", opened.reference},
                         {"transTime", timeText(opened.openedAt)}},
                        number);
        case OpenAnswer::alreadyPaid:
        case OpenAnswer::paidElsewhere:
            return said({{"code", -1}, {"msg", "一个月内有补卡缴费成功记录,不能获取缴款码"}},
                        number);
        case OpenAnswer::closedBefore:
        case OpenAnswer::otherAmount:
            return said({{"code", -1}, {"msg", "业务流水号重复"}}, number);
        case OpenAnswer::badWish:
            break;
    }
    return badParameter(opened.why);
}

const char* stateWord(const PayView& view) {
    if (!view.found) return "4";
    switch (view.state) {
        case PayState::waiting:
            return "0";
        case PayState::scanned:
            return "1";
        case PayState::paid:
            return "2";
        case PayState::refunded:
            return "3";
        case PayState::closed:
            return "5";
    }
    return "0";
}

Said query(const Asked& asked, const Context& context) {
    const std::string code = field(asked, "payCode");
    const std::string time = field(asked, "transTime");
    if (code.empty() || time.empty() || asked.query.size() != 2) {
        return badParameter("payCode and transTime");
    }
    const std::string number = context.platform.numberOfReference(code);
    PayView view;
    const auto known = context.platform.orders().find(number);
    // Both are needed: the code alone is somebody else's question.
    const bool fits = known != context.platform.orders().end() &&
                      timeText(context.platform.platformTime(known->second.openedAt)) == time;
    if (fits) view = context.platform.query(context.aboutWhom(number), context.now);
    Json inside{{"stats", context.word(stateWord(view))}};
    if (view.found) inside["payCode"] = view.reference;
    if (view.paidFen > 0) {
        const std::string paid = timeText(view.paidAt);
        inside["amt"] = yuan(view.paidFen, context);
        inside["cfmDate"] = paid.substr(0, 8);
        inside["cfmTime"] = paid.substr(8);
        inside["payChannel"] = "WX";
        if (!view.serial.empty()) inside["serialNo"] = view.serial;
    }
    return said({{"code", 0}, {"result", inside.dump()}}, number);
}

}  // namespace

std::string callOfNontax(const Asked& asked) {
    if (asked.method != "GET") return {};
    if (asked.path == getPayCode) return "open";
    return asked.path == queryPath ? "query" : std::string();
}

Said nontax(const Asked& asked, const Context& context) {
    return context.call == "open" ? open(asked, context) : query(asked, context);
}

}  // namespace liqu::world::dialect
