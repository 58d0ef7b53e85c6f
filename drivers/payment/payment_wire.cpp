#include "drivers/payment/payment_wire.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace liqu::drivers::payment_wire {
namespace {

using nlohmann::json;
using ports::Paying;
using ports::Refunding;

constexpr int deepestAnswer = 8;
constexpr std::size_t longestNumber = 64;
constexpr std::size_t longestCode = 512;
constexpr std::size_t longestTime = 40;

tl::unexpected<Error> unclear(const std::string& why) {
    return fail(ErrorCode::paymentUnclear, why);
}

bool isOfNumber(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
}
// What a code holds, and what may stand in an address.
bool isVisible(char c) {
    return c > ' ' && c < 0x7F;
}
bool isOfTime(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '+' || c == '.' || c == 'T' ||
           c == 'Z';
}

// An object, or nothing: what is no object, too long or too deep is no answer.
std::optional<json> objectIn(std::string_view text) {
    if (text.size() > longestPaymentAnswer) return std::nullopt;
    bool tooDeep = false;
    const auto watch = [&](int depth, json::parse_event_t, json&) {
        tooDeep = tooDeep || depth > deepestAnswer;
        return !tooDeep;
    };
    json read = json::parse(text.begin(), text.end(), watch, false);
    if (tooDeep || !read.is_object()) return std::nullopt;
    return read;
}

// Empty where it is absent, no text, too long or has another character.
std::string textAt(const json& object, const char* field, std::size_t most, bool (*allows)(char)) {
    const auto found = object.find(field);
    if (found == object.end() || !found->is_string()) return {};
    const auto& text = found->get_ref<const std::string&>();
    return text.size() <= most && std::ranges::all_of(text, allows) ? text : std::string();
}

// In fen, a whole number; what is written as a text or a fraction is none.
std::optional<Money> amountAt(const json& object, const char* field) {
    const auto amount = object.find("amount");
    if (amount == object.end() || !amount->is_object()) return std::nullopt;
    const auto found = amount->find(field);
    if (found == amount->end() || !found->is_number_integer()) return std::nullopt;
    if (textAt(*amount, "currency", 3, isOfNumber) != "CNY") return std::nullopt;
    const bool huge = found->is_number_unsigned() &&
                      found->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    const std::int64_t fen = huge ? -1 : found->get<std::int64_t>();
    // More than a fee can be is told all the same: it is not what was asked for.
    if (fen < 0) return std::nullopt;
    return Money::ofFen(fen);
}

std::string codeOf(std::string_view text) {
    const auto answer = objectIn(text);
    return answer ? textAt(*answer, "code", longestNumber, isOfNumber) : std::string();
}

// No answer to this: it may have been carried out.
bool saysNothing(long status) {
    return status < 200 || status >= 500 || status == 408 || status == 409 || status == 429;
}

// Named in an answer, it must be ours.
bool isOf(const json& answer, const char* field, const std::string& number) {
    const auto found = answer.find(field);
    return found != answer.end() && found->is_string() && *found == number;
}

std::string twoDigits(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}
std::string dayOf(Date day) {
    return std::to_string(static_cast<int>(day.year())) + "-" +
           twoDigits(static_cast<unsigned>(day.month())) + "-" +
           twoDigits(static_cast<unsigned>(day.day()));
}

}  // namespace

std::string openPath() {
    return "/v3/pay/transactions/native";
}
std::string queryPath(const std::string& orderNo, const PaymentAccount& account) {
    return "/v3/pay/transactions/out-trade-no/" + orderNo + "?mchid=" + account.merchant;
}
std::string closePath(const std::string& orderNo) {
    return "/v3/pay/transactions/out-trade-no/" + orderNo + "/close";
}
std::string refundPath() {
    return "/v3/refund/domestic/refunds";
}
std::string billPath(Date day) {
    return "/v3/bill/tradebill?bill_date=" + dayOf(day) + "&bill_type=ALL";
}

std::string openBody(const ports::PaymentRequest& request, const PaymentAccount& account,
                     WallTime now) {
    // RFC 3339, whole seconds.
    const std::string end = formatChinaTime(now + request.life);
    const json body = {{"appid", account.application},
                       {"mchid", account.merchant},
                       {"description", request.subject},
                       {"out_trade_no", request.orderNo},
                       {"time_expire", end.substr(0, 19) + "+08:00"},
                       {"notify_url", account.notifyUrl},
                       {"amount", {{"total", request.amount.fen()}, {"currency", "CNY"}}}};
    return body.dump();
}

std::string closeBody(const PaymentAccount& account) {
    return json{{"mchid", account.merchant}}.dump();
}

std::string refundBody(const std::string& refundNo, const std::string& orderNo, Money amount) {
    const json body = {
        {"out_trade_no", orderNo},
        {"out_refund_no", refundNo},
        {"reason", "重复交费"},
        {"amount", {{"refund", amount.fen()}, {"total", amount.fen()}, {"currency", "CNY"}}}};
    return body.dump();
}

std::string signedCall(const HttpCall& call, const std::string& timestamp,
                       const std::string& nonce) {
    const char* verb = call.verb == HttpCall::Verb::get ? "GET" : "POST";
    return std::string(verb) + "\n" + call.target + "\n" + timestamp + "\n" + nonce + "\n" +
           call.body + "\n";
}

std::string signedAnswer(const std::string& text, const std::string& timestamp,
                         const std::string& nonce) {
    return timestamp + "\n" + nonce + "\n" + text + "\n";
}

Result<ports::OpenedPayment> readOpened(long status, std::string_view text,
                                        const std::string& orderNo) {
    if (saysNothing(status)) return unclear("open: HTTP status " + std::to_string(status));
    if (status != 200) {
        const std::string code = codeOf(text);
        if (code == "ORDERPAID" || code == "ORDER_PAID") return ports::OpenedPayment{true, ""};
        // A refusal nobody signed with a reason may come from what stands on the way.
        if (code.empty()) return unclear("open: refused without a reason");
        return fail(ErrorCode::paymentRefused, "open: " + code);
    }
    const auto answer = objectIn(text);
    if (!answer) return unclear("open: no object");
    if (answer->contains("out_trade_no") && !isOf(*answer, "out_trade_no", orderNo))
        return unclear("open: about another order");
    std::string code = textAt(*answer, "code_url", longestCode, isVisible);
    if (code.empty()) return unclear("open: no code");
    return ports::OpenedPayment{false, std::move(code)};
}

Result<ports::PaymentState> readState(long status, std::string_view text,
                                      const std::string& orderNo) {
    if (status == 404) {
        const std::string code = codeOf(text);
        const bool known = code == "ORDER_NOT_EXIST" || code == "ORDERNOTEXIST" ||
                           code == "RESOURCE_NOT_EXISTS" || code == "TRADE_NOT_EXIST";
        if (known) return ports::PaymentState{.paying = Paying::notFound};
    }
    if (status != 200) return unclear("query: HTTP status " + std::to_string(status));
    const auto answer = objectIn(text);
    if (!answer) return unclear("query: no object");
    if (!isOf(*answer, "out_trade_no", orderNo)) return unclear("query: about another order");
    const std::string state = textAt(*answer, "trade_state", longestNumber, isOfNumber);
    if (state == "NOTPAY" || state == "USERPAYING" || state == "PAYERROR")
        return ports::PaymentState{.paying = Paying::waiting};
    if (state == "CLOSED" || state == "REVOKED")
        return ports::PaymentState{.paying = Paying::closed};
    const bool refund = state == "REFUND";
    if (state != "SUCCESS" && !refund) return unclear("query: a state nobody knows");
    const auto amount = amountAt(*answer, "total");
    if (!amount) return unclear("query: paid, and no amount");
    ports::PaymentState paid;
    paid.paying = refund ? Paying::refunded : Paying::paid;
    paid.amount = *amount;
    paid.serial = textAt(*answer, "transaction_id", longestNumber, isOfNumber);
    if (paid.serial.empty()) return unclear("query: paid, and no number");
    paid.channel = textAt(*answer, "trade_type", 32, isOfNumber);
    std::ranges::replace(paid.channel, '_', '-');
    std::ranges::replace(paid.serial, '_', '-');
    paid.paidAt = textAt(*answer, "success_time", longestTime, isOfTime);
    return paid;
}

// Paid meanwhile, closed already, or never there: the question that follows tells which.
Result<void> readClosed(long status, std::string_view text) {
    if (status == 204 || status == 200) return {};
    const std::string code = codeOf(text);
    for (const char* known : {"ORDERPAID", "ORDER_PAID", "ORDER_CLOSED", "ORDERCLOSED",
                              "ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"}) {
        if (code == known && !saysNothing(status)) return {};
    }
    return unclear("close: HTTP status " + std::to_string(status));
}

Result<Refunding> readRefund(long status, std::string_view text, const std::string& refundNo) {
    if (saysNothing(status)) return unclear("refund: HTTP status " + std::to_string(status));
    if (status != 200) {
        const std::string code = codeOf(text);
        if (code.empty()) return unclear("refund: refused without a reason");
        return fail(ErrorCode::paymentRefused, "refund: " + code);
    }
    const auto answer = objectIn(text);
    if (!answer) return unclear("refund: no object");
    if (!isOf(*answer, "out_refund_no", refundNo)) return unclear("refund: about another one");
    const std::string state = textAt(*answer, "status", longestNumber, isOfNumber);
    if (state == "PROCESSING") return Refunding::processing;
    if (state == "SUCCESS") return Refunding::done;
    if (state == "ABNORMAL") return Refunding::abnormal;
    if (state == "CLOSED") return Refunding::closed;
    return unclear("refund: a state nobody knows");
}

}  // namespace liqu::drivers::payment_wire
