#include "firmware/base/china_time.hpp"
#include "tests/world/payment/payment_dialect.hpp"

namespace liqu::world::dialect {
namespace {

constexpr std::string_view root = "/unionpay/";

Said good(Json body, std::string order) {
    body["errCode"] = "SUCCESS";
    return {.status = 200, .body = body.dump(), .order = std::move(order), .wrong = {}};
}

Said bad(const char* code, std::string order) {
    return {.status = 200,
            .body = Json{{"errCode", code}, {"errMsg", "see the code"}}.dump(),
            .order = std::move(order),
            .wrong = {}};
}

std::optional<std::int64_t> fenIn(const Json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

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

Said open(const Asked& asked, const Context& context) {
    const auto body =
        readBody(asked.body, {"orderId", "totalAmount", "billDesc", "expireTime", "?attachedData"});
    if (!body) return badParameter("the fields of an order");
    const auto fen = fenIn(*body, "totalAmount");
    const auto ends = readTime(textIn(*body, "expireTime"));
    if (!fen || !ends) return badParameter("totalAmount in fen, expireTime");
    const std::string number = textIn(*body, "orderId");
    const Opened opened = context.platform.open({.number = number,
                                                 .fee = textIn(*body, "attachedData"),
                                                 .subject = textIn(*body, "billDesc"),
                                                 .fen = *fen,
                                                 .expiresAt = *ends},
                                                context.now);
    switch (opened.answer) {
        case OpenAnswer::opened:
            return good({{"orderId", number}, {"billQRCode", context.qrOf(opened, number)}},
                        number);
        case OpenAnswer::alreadyPaid:
        case OpenAnswer::paidElsewhere:
            return bad("BILL_PAID", number);
        case OpenAnswer::closedBefore:
            return bad("BILL_CLOSED", number);
        case OpenAnswer::otherAmount:
            return bad("DUP_ORDER", number);
        case OpenAnswer::badWish:
            break;
    }
    return badParameter(opened.why);
}

const char* stateWord(PayState state) {
    switch (state) {
        case PayState::waiting:
        case PayState::scanned:
            return "UNPAID";
        case PayState::paid:
            return "PAID";
        case PayState::closed:
            return "CLOSED";
        case PayState::refunded:
            return "REFUND";
    }
    return "UNKNOWN";
}

Said query(const Asked& asked, const Context& context) {
    const auto body = readBody(asked.body, {"orderId"});
    if (!body) return badParameter("orderId");
    const std::string number = textIn(*body, "orderId");
    const PayView view = context.platform.query(context.aboutWhom(number), context.now);
    if (!view.found) return bad("NO_ORDER", number);
    Json said{{"orderId", view.number},
              {"billStatus", context.word(stateWord(view.state))},
              {"totalAmount", context.fen(view.dueFen)}};
    if (view.paidFen > 0) {
        said["billPayment"] = {{"totalAmount", context.fen(view.paidFen)},
                               {"payTime", timeText(view.paidAt)}};
        if (!view.serial.empty()) said["billPayment"]["paySeqId"] = view.serial;
    }
    return good(std::move(said), number);
}

Said close(const Asked& asked, const Context& context) {
    const auto body = readBody(asked.body, {"orderId"});
    if (!body) return badParameter("orderId");
    const std::string number = textIn(*body, "orderId");
    switch (context.platform.close(number, context.now)) {
        case CloseAnswer::closed:
            return good({{"orderId", number}, {"billStatus", "CLOSED"}}, number);
        case CloseAnswer::alreadyPaid:
            return bad("BILL_PAID", number);
        default:
            return bad("NO_ORDER", number);
    }
}

const char* refundWord(RefundState state) {
    switch (state) {
        case RefundState::processing:
            return "PROCESSING";
        case RefundState::done:
            return "SUCCESS";
        case RefundState::abnormal:
            return "UNKNOWN";
        case RefundState::closed:
            return "FAIL";
    }
    return "UNKNOWN";
}

Said refundView(const std::string& number, const Context& context) {
    const auto refund = context.platform.queryRefund(number, context.now);
    if (!refund) return bad("NO_ORDER", {});
    return good({{"refundOrderId", number},
                 {"orderId", refund->order},
                 {"refundAmount", context.fen(refund->fen)},
                 {"refundStatus", context.word(refundWord(refund->stateAt(context.now)))}},
                refund->order);
}

Said refund(const Asked& asked, const Context& context) {
    const auto body =
        readBody(asked.body, {"orderId", "refundOrderId", "refundAmount", "?refundDesc"});
    const auto fen = body ? fenIn(*body, "refundAmount") : std::nullopt;
    if (!fen) return badParameter("the fields of a refund, refundAmount in fen");
    const std::string order = textIn(*body, "orderId");
    const std::string number = textIn(*body, "refundOrderId");
    const RefundWish wish{number, order, *fen, textIn(*body, "refundDesc")};
    switch (context.platform.refund(wish, context.now)) {
        case RefundAnswer::accepted:
            return good({{"refundOrderId", number}, {"refundStatus", "PROCESSING"}}, order);
        case RefundAnswer::notFound:
            return bad("NO_ORDER", order);
        case RefundAnswer::otherWish:
            return bad("DUP_ORDER", order);
        default:
            return bad("REFUND_REFUSED", order);
    }
}

}  // namespace

std::string callOfUnionpay(const Asked& asked) {
    if (asked.method != "POST" || !asked.path.starts_with(root)) return {};
    const std::string name = asked.path.substr(root.size());
    if (name == "getQRCode") return "open";
    if (name == "closeQRCode") return "close";
    return name == "query" || name == "refund" || name == "refund-query" ? name : std::string();
}

Said unionpay(const Asked& asked, const Context& context) {
    if (context.call == "open") return open(asked, context);
    if (context.call == "query") return query(asked, context);
    if (context.call == "close") return close(asked, context);
    if (context.call == "refund") return refund(asked, context);
    const auto body = readBody(asked.body, {"refundOrderId"});
    return body ? refundView(textIn(*body, "refundOrderId"), context)
                : badParameter("refundOrderId");
}

}  // namespace liqu::world::dialect
