#include "firmware/base/china_time.hpp"
#include "tests/world/payment/payment_dialect.hpp"

namespace liqu::world::dialect {
namespace {

constexpr std::string_view native = "/v3/pay/transactions/native";
constexpr std::string_view byNumber = "/v3/pay/transactions/out-trade-no/";
constexpr std::string_view refunds = "/v3/refund/domestic/refunds";
constexpr std::string_view tradeBill = "/v3/bill/tradebill";
constexpr std::string_view closing = "/close";

Said error(int status, const char* code, std::string order = {}) {
    return {.status = status,
            .body = Json{{"code", code}, {"message", "see the code"}}.dump(),
            .order = std::move(order),
            .wrong = {}};
}

Said good(const Json& body, std::string order) {
    return {.status = 200, .body = body.dump(), .order = std::move(order), .wrong = {}};
}

// "2024-06-01T10:05:00+08:00": seconds, and China's offset.
std::optional<WallTime> readTime(const std::string& text) {
    if (text.size() != 25) return std::nullopt;
    return parseChinaTime(text.substr(0, 19) + ".000" + text.substr(19));
}

std::string timeText(WallTime time) {
    const std::string whole = formatChinaTime(time);
    return whole.substr(0, 19) + whole.substr(23);
}

std::optional<std::int64_t> fenIn(const Json& amount, const char* key) {
    const auto found = amount.find(key);
    if (found == amount.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

Said open(const Asked& asked, const Context& context) {
    const auto body = readBody(asked.body, {"appid", "mchid", "description", "out_trade_no",
                                            "time_expire", "notify_url", "?attach", "amount"});
    if (!body) return badParameter("the fields of an order");
    const Json& amount = body->at("amount");
    const auto fen = amount.is_object() ? fenIn(amount, "total") : std::nullopt;
    const auto ends = readTime(textIn(*body, "time_expire"));
    const std::string notify = textIn(*body, "notify_url");
    if (!fen || textIn(amount, "currency") != "CNY") return badParameter("amount in fen, CNY");
    if (!ends) return badParameter("time_expire");
    if (!notify.starts_with("https://") || notify.find('?') != std::string::npos) {
        return badParameter("notify_url");
    }
    const std::string number = textIn(*body, "out_trade_no");
    const Opened opened = context.platform.open({.number = number,
                                                 .fee = textIn(*body, "attach"),
                                                 .subject = textIn(*body, "description"),
                                                 .fen = *fen,
                                                 .expiresAt = *ends},
                                                context.now);
    switch (opened.answer) {
        case OpenAnswer::opened:
            return good({{"code_url", context.qrOf(opened, number)}}, number);
        case OpenAnswer::alreadyPaid:
        case OpenAnswer::paidElsewhere:
            return error(400, "ORDERPAID", number);
        case OpenAnswer::closedBefore:
            return error(400, "ORDER_CLOSED", number);
        case OpenAnswer::otherAmount:
            return error(403, "OUT_TRADE_NO_USED", number);
        case OpenAnswer::badWish:
            break;
    }
    return badParameter(opened.why);
}

const char* stateWord(PayState state) {
    switch (state) {
        case PayState::waiting:
        case PayState::scanned:
            return "NOTPAY";
        case PayState::paid:
            return "SUCCESS";
        case PayState::closed:
            return "CLOSED";
        case PayState::refunded:
            return "REFUND";
    }
    return "NOTPAY";
}

Said query(const Asked& asked, const Context& context) {
    const std::string number = asked.path.substr(byNumber.size());
    if (asked.query.size() != 1 || !asked.query.contains("mchid")) return badParameter("mchid");
    const PayView view = context.platform.query(context.aboutWhom(number), context.now);
    if (!view.found) return error(404, "ORDER_NOT_EXIST", number);
    Json body{{"mchid", asked.query.at("mchid")},
              {"out_trade_no", view.number},
              {"trade_state", context.word(stateWord(view.state))},
              {"trade_state_desc", ""},
              {"amount", {{"total", context.fen(view.dueFen)}, {"currency", "CNY"}}}};
    if (view.paidFen > 0) {
        // What was really taken is the total, whatever was ordered.
        body["amount"]["total"] = context.fen(view.paidFen);
        body["amount"]["payer_total"] = context.fen(view.paidFen);
        body["trade_type"] = "NATIVE";
        body["success_time"] = timeText(view.paidAt);
        if (!view.serial.empty()) body["transaction_id"] = view.serial;
    }
    return good(body, number);
}

Said close(const Asked& asked, const Context& context) {
    const std::string number =
        asked.path.substr(byNumber.size(), asked.path.size() - byNumber.size() - closing.size());
    if (!readBody(asked.body, {"mchid"})) return badParameter("mchid");
    switch (context.platform.close(number, context.now)) {
        case CloseAnswer::closed:
            return {.status = 204, .body = {}, .order = number, .wrong = {}};
        case CloseAnswer::alreadyPaid:
            return error(400, "ORDERPAID", number);
        default:
            return error(404, "ORDER_NOT_EXIST", number);
    }
}

const char* refundWord(RefundState state) {
    switch (state) {
        case RefundState::processing:
            return "PROCESSING";
        case RefundState::done:
            return "SUCCESS";
        case RefundState::abnormal:
            return "ABNORMAL";
        case RefundState::closed:
            return "CLOSED";
    }
    return "PROCESSING";
}

Said refundView(const std::string& number, const Context& context) {
    const auto refund = context.platform.queryRefund(number, context.now);
    if (!refund) return error(404, "RESOURCE_NOT_EXISTS");
    return good({{"out_refund_no", refund->number},
                 {"out_trade_no", refund->order},
                 {"channel", "ORIGINAL"},
                 {"status", context.word(refundWord(refund->stateAt(context.now)))},
                 {"create_time", timeText(context.platform.platformTime(refund->at))},
                 {"amount", {{"refund", context.fen(refund->fen)}, {"currency", "CNY"}}}},
                refund->order);
}

Said refund(const Asked& asked, const Context& context) {
    const auto body = readBody(asked.body, {"out_trade_no", "out_refund_no", "reason", "amount"});
    if (!body || !body->at("amount").is_object()) return badParameter("the fields of a refund");
    const Json& amount = body->at("amount");
    const auto fen = fenIn(amount, "refund");
    const std::string order = textIn(*body, "out_trade_no");
    const auto known = context.platform.orders().find(order);
    const auto total = fenIn(amount, "total");
    if (!fen || !total || textIn(amount, "currency") != "CNY") return badParameter("amount in fen");
    if (known != context.platform.orders().end() && !known->second.payments.empty() &&
        *total != known->second.paidFen()) {
        return badParameter("amount.total is not what was paid");
    }
    const std::string number = textIn(*body, "out_refund_no");
    const RefundWish wish{number, order, *fen, textIn(*body, "reason")};
    switch (context.platform.refund(wish, context.now)) {
        case RefundAnswer::accepted: {
            Said said = refundView(number, context);
            // Hidden from a question, not from whoever asks for it.
            return said.status == 404
                       ? good({{"out_refund_no", number}, {"status", "PROCESSING"}}, order)
                       : said;
        }
        case RefundAnswer::notFound:
            return error(404, "RESOURCE_NOT_EXISTS", order);
        case RefundAnswer::otherWish:
            return badParameter("out_refund_no with another amount");
        default:
            return error(403, "INVALID_REQUEST", order);
    }
}

Said bill(const Asked& asked, const Context& context) {
    const auto text = [&asked](const char* key) {
        const auto found = asked.query.find(key);
        return found == asked.query.end() ? std::string() : found->second;
    };
    std::string day = text("bill_date");
    std::erase(day, '-');
    const auto date = parseDate(day);
    if (!date || text("bill_date").size() != 10 || text("bill_type") != "ALL") {
        return badParameter("bill_date, bill_type");
    }
    const auto bill = context.platform.bill(*date, context.now);
    if (!bill) return error(400, "STATEMENT_CREATING");
    return {.status = 200, .body = *bill, .order = {}, .wrong = {}, .isText = true};
}

}  // namespace

std::string callOfWechat(const Asked& asked) {
    const bool post = asked.method == "POST";
    if (asked.path == native) return post ? "open" : "";
    if (asked.path.starts_with(byNumber)) {
        const std::string rest = asked.path.substr(byNumber.size());
        if (post) return rest.ends_with(closing) && rest.size() > closing.size() ? "close" : "";
        return !rest.empty() && rest.find('/') == std::string::npos ? "query" : "";
    }
    if (asked.path == refunds) return post ? "refund" : "";
    const bool below = asked.path.starts_with(std::string(refunds) + "/");
    if (below) return post ? "" : "refund-query";
    return asked.path == tradeBill && !post ? "bill" : "";
}

Said wechat(const Asked& asked, const Context& context) {
    if (context.call == "open") return open(asked, context);
    if (context.call == "query") return query(asked, context);
    if (context.call == "close") return close(asked, context);
    if (context.call == "refund") return refund(asked, context);
    if (context.call == "bill") return bill(asked, context);
    return refundView(asked.path.substr(refunds.size() + 1), context);
}

}  // namespace liqu::world::dialect
