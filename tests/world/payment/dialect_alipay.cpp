#include "firmware/base/china_time.hpp"
#include "tests/world/payment/payment_dialect.hpp"

namespace liqu::world::dialect {
namespace {

constexpr std::string_view root = "/alipay/";

// "2024-06-01 10:05:00", in China.
std::optional<WallTime> readTime(const std::string& text) {
    if (text.size() != 19 || text[10] != ' ') return std::nullopt;
    std::string whole = text + ".000+08:00";
    whole[10] = 'T';
    return parseChinaTime(whole);
}

std::string timeText(WallTime time) {
    std::string text = formatChinaTime(time).substr(0, 19);
    text[10] = ' ';
    return text;
}

Said answer(const Asked& asked, Json inside, std::string order) {
    std::string name = asked.path.substr(root.size());
    if (name == "refund-query") name = "fastpay_refund_query";
    return {.status = 200,
            .body = Json{{"alipay_trade_" + name + "_response", std::move(inside)}}.dump(),
            .order = std::move(order),
            .wrong = {}};
}

Said good(const Asked& asked, Json inside, std::string order) {
    inside["code"] = "10000";
    inside["msg"] = "Success";
    return answer(asked, std::move(inside), std::move(order));
}

Said bad(const Asked& asked, const char* code, std::string order) {
    return answer(asked, {{"code", "40004"}, {"msg", "Business Failed"}, {"sub_code", code}},
                  std::move(order));
}

Said open(const Asked& asked, const Context& context) {
    const auto body =
        readBody(asked.body, {"out_trade_no", "total_amount", "subject", "time_expire", "?body"});
    if (!body) return badParameter("the fields of an order");
    const std::string amount = textIn(*body, "total_amount");
    const auto fen = fenOfYuan(amount);
    if (!fen || yuanText(*fen) != amount) return badParameter("total_amount: yuan, two decimals");
    const auto ends = readTime(textIn(*body, "time_expire"));
    if (!ends) return badParameter("time_expire");
    const std::string number = textIn(*body, "out_trade_no");
    const Opened opened = context.platform.open({.number = number,
                                                 .fee = textIn(*body, "body"),
                                                 .subject = textIn(*body, "subject"),
                                                 .fen = *fen,
                                                 .expiresAt = *ends},
                                                context.now);
    switch (opened.answer) {
        case OpenAnswer::opened:
            return good(asked,
                        {{"out_trade_no", number}, {"qr_code", context.qrOf(opened, number)}},
                        number);
        case OpenAnswer::alreadyPaid:
        case OpenAnswer::paidElsewhere:
            return bad(asked, "ACQ.TRADE_HAS_SUCCESS", number);
        case OpenAnswer::closedBefore:
            return bad(asked, "ACQ.TRADE_HAS_CLOSE", number);
        case OpenAnswer::otherAmount:
            return bad(asked, "ACQ.CONTEXT_INCONSISTENT", number);
        case OpenAnswer::badWish:
            break;
    }
    return badParameter(opened.why);
}

const char* stateWord(PayState state) {
    switch (state) {
        case PayState::waiting:
        case PayState::scanned:
            return "WAIT_BUYER_PAY";
        case PayState::paid:
            return "TRADE_SUCCESS";
        case PayState::closed:
        case PayState::refunded:
            return "TRADE_CLOSED";
    }
    return "WAIT_BUYER_PAY";
}

Said query(const Asked& asked, const Context& context) {
    const auto body = readBody(asked.body, {"out_trade_no"});
    if (!body) return badParameter("out_trade_no");
    const std::string number = textIn(*body, "out_trade_no");
    const PayView view = context.platform.query(context.aboutWhom(number), context.now);
    if (!view.found) return bad(asked, "ACQ.TRADE_NOT_EXIST", number);
    Json inside{{"out_trade_no", view.number},
                {"trade_status", context.word(stateWord(view.state))},
                {"total_amount", yuanText(view.paidFen > 0 ? view.paidFen : view.dueFen)}};
    if (view.paidFen > 0) {
        inside["receipt_amount"] = yuanText(view.paidFen);
        inside["send_pay_date"] = timeText(view.paidAt);
        if (!view.serial.empty()) inside["trade_no"] = view.serial;
    }
    return good(asked, std::move(inside), number);
}

Said end(const Asked& asked, const Context& context) {
    const auto body = readBody(asked.body, {"out_trade_no"});
    if (!body) return badParameter("out_trade_no");
    const std::string number = textIn(*body, "out_trade_no");
    const bool cancels = context.call == "cancel";
    const CloseAnswer answered = cancels ? context.platform.cancel(number, context.now)
                                         : context.platform.close(number, context.now);
    switch (answered) {
        case CloseAnswer::closed:
            return good(asked, {{"out_trade_no", number}, {"action", "close"}}, number);
        case CloseAnswer::refundedInstead:
            return good(asked, {{"out_trade_no", number}, {"action", "refund"}}, number);
        case CloseAnswer::alreadyPaid:
            return bad(asked, "ACQ.TRADE_STATUS_ERROR", number);
        default:
            return bad(asked, "ACQ.TRADE_NOT_EXIST", number);
    }
}

Said refund(const Asked& asked, const Context& context) {
    const auto body =
        readBody(asked.body, {"out_trade_no", "refund_amount", "out_request_no", "?refund_reason"});
    if (!body) return badParameter("the fields of a refund");
    const std::string amount = textIn(*body, "refund_amount");
    const auto fen = fenOfYuan(amount);
    if (!fen || yuanText(*fen) != amount) return badParameter("refund_amount: yuan, two decimals");
    const std::string order = textIn(*body, "out_trade_no");
    const std::string number = textIn(*body, "out_request_no");
    const bool repeated = context.platform.refunds().contains(number);
    const RefundWish wish{number, order, *fen, textIn(*body, "refund_reason")};
    switch (context.platform.refund(wish, context.now)) {
        case RefundAnswer::accepted:
            // N: nothing new has moved. It tells of the request, not of its end.
            return good(asked,
                        {{"out_trade_no", order},
                         {"refund_fee", amount},
                         {"fund_change", repeated ? "N" : "Y"}},
                        order);
        case RefundAnswer::notFound:
            return bad(asked, "ACQ.TRADE_NOT_EXIST", order);
        case RefundAnswer::notPaid:
            return bad(asked, "ACQ.TRADE_STATUS_ERROR", order);
        case RefundAnswer::otherWish:
            return bad(asked, "ACQ.DISCORDANT_REPEAT_REQUEST", order);
        case RefundAnswer::notOffered:
            return bad(asked, "ACQ.TRADE_HAS_FINISHED", order);
        case RefundAnswer::tooMuch:
            break;
    }
    return bad(asked, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", order);
}

Said refundQuery(const Asked& asked, const Context& context) {
    const auto body = readBody(asked.body, {"out_trade_no", "out_request_no"});
    if (!body) return badParameter("out_trade_no, out_request_no");
    const std::string order = textIn(*body, "out_trade_no");
    const auto refund = context.platform.queryRefund(textIn(*body, "out_request_no"), context.now);
    // Without the word REFUND_SUCCESS nothing is said of the refund, not even that there is none.
    Json inside{{"out_trade_no", order}};
    if (refund && refund->order == order && refund->stateAt(context.now) == RefundState::done) {
        inside["refund_status"] = "REFUND_SUCCESS";
        inside["refund_amount"] = yuanText(refund->fen);
        inside["out_request_no"] = refund->number;
    }
    return good(asked, std::move(inside), order);
}

}  // namespace

std::string callOfAlipay(const Asked& asked) {
    if (asked.method != "POST" || !asked.path.starts_with(root)) return {};
    const std::string name = asked.path.substr(root.size());
    if (name == "precreate") return "open";
    const bool known = name == "query" || name == "close" || name == "cancel" || name == "refund" ||
                       name == "refund-query";
    return known ? name : std::string();
}

Said alipay(const Asked& asked, const Context& context) {
    if (context.call == "open") return open(asked, context);
    if (context.call == "query") return query(asked, context);
    if (context.call == "refund") return refund(asked, context);
    if (context.call == "refund-query") return refundQuery(asked, context);
    return end(asked, context);
}

}  // namespace liqu::world::dialect
