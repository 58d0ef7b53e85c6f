#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/world/payment/payment_platform.hpp"

namespace liqu::world {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds refundTakes{20};
constexpr hours refundTakesLong{72};
constexpr hours refundable{24 * 365};

constexpr const char* stateNames[] = {"waiting", "scanned", "paid", "closed", "refunded"};
constexpr const char* refundNames[] = {"processing", "done", "abnormal", "closed"};

}  // namespace

std::string yuanText(std::int64_t fen) {
    std::string cents = std::to_string(fen % 100);
    if (cents.size() < 2) cents.insert(0, 1, '0');
    return std::to_string(fen / 100) + "." + cents;
}

std::optional<std::int64_t> fenOfYuan(std::string_view text) {
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    const std::string_view cents = dot == std::string_view::npos ? "" : text.substr(dot + 1);
    const bool tooLong = whole.empty() || whole.size() > 7 || cents.size() > 2;
    if (tooLong || (dot != std::string_view::npos && cents.empty())) return std::nullopt;
    std::int64_t fen = 0;
    for (const std::string_view part : {whole, cents}) {
        for (const char c : part) {
            if (c < '0' || c > '9') return std::nullopt;
            fen = fen * 10 + (c - '0');
        }
    }
    for (std::size_t i = cents.size(); i < 2; ++i) fen *= 10;
    return fen;
}

void PaymentPlatform::takeMoney(PayOrder& order, WallTime now) {
    if (!order.scannedAt) order.scannedAt = now;
    const std::int64_t fen = valueOf(PaymentFault::paidAmount).value_or(order.fen);
    const int times = strikes(PaymentFault::paidTwice) ? 2 : 1;
    for (int i = 0; i < times; ++i) {
        std::string serial = std::to_string(++serials_);
        serial.insert(0, 10 - std::min<std::size_t>(serial.size(), 10), '0');
        order.payments.push_back({fen, now, "4200" + formatDate(chinaDate(now)) + serial});
    }
}

PayOutcome PaymentPlatform::scan(const std::string& qrText, WallTime now) {
    advance(now);
    const auto code = numberOfQr_.find(qrText);
    if (code == numberOfQr_.end()) return PayOutcome::noSuchCode;
    PayOrder& order = orders_.at(code->second);
    if (!order.payments.empty()) return PayOutcome::alreadyPaid;
    const bool lets = hasFault(PaymentFault::paidAfterClose);
    if (order.closedAt && !lets) return PayOutcome::orderClosed;
    if (isOver(order, now) && !lets) return PayOutcome::codeEnded;
    if (!order.scannedAt) order.scannedAt = now;
    return PayOutcome::paid;
}

PayOutcome PaymentPlatform::pay(const std::string& qrText, WallTime now) {
    const PayOutcome may = scan(qrText, now);
    if (may == PayOutcome::paid) takeMoney(orders_.at(numberOfQr_.at(qrText)), now);
    return may;
}

PayOutcome PaymentPlatform::payOrder(const std::string& number, WallTime now) {
    const auto found = orders_.find(number);
    const bool hasCode = found != orders_.end() && !found->second.qrTexts.empty();
    return hasCode ? pay(found->second.qrTexts.back(), now) : PayOutcome::noSuchCode;
}

void PaymentPlatform::advance(WallTime now) {
    for (auto later = paysLater_.begin(); later != paysLater_.end();) {
        if (later->second > now) {
            ++later;
            continue;
        }
        takeMoney(orders_.at(later->first), later->second);
        later = paysLater_.erase(later);
    }
}

std::optional<WallTime> PaymentPlatform::nextPayment() const {
    std::optional<WallTime> next;
    for (const auto& [number, at] : paysLater_) next = next ? std::min(*next, at) : at;
    return next;
}

RefundState PayRefund::stateAt(WallTime now) const {
    return now < endsAt ? RefundState::processing : end;
}

std::int64_t PaymentPlatform::refundedFen(const std::string& order, WallTime now) const {
    std::int64_t sum = 0;
    for (const auto& [number, refund] : refunds_) {
        if (refund.order == order && refund.stateAt(now) == RefundState::done) sum += refund.fen;
    }
    return sum;
}

// What is refunded, or on its way, or waits for a person.
std::int64_t PaymentPlatform::wantedBack(const std::string& order, WallTime now) const {
    std::int64_t sum = 0;
    for (const auto& [number, refund] : refunds_) {
        if (refund.order == order && refund.stateAt(now) != RefundState::closed) sum += refund.fen;
    }
    return sum;
}

RefundAnswer PaymentPlatform::refund(const RefundWish& wish, WallTime now) {
    advance(now);
    if (channel_ == PaymentChannel::nontax) return RefundAnswer::notOffered;
    const auto known = refunds_.find(wish.number);
    if (known != refunds_.end()) {
        const bool same = known->second.order == wish.order && known->second.fen == wish.fen;
        return same ? RefundAnswer::accepted : RefundAnswer::otherWish;
    }
    const auto found = orders_.find(wish.order);
    if (found == orders_.end()) return RefundAnswer::notFound;
    const PayOrder& order = found->second;
    if (order.payments.empty()) return RefundAnswer::notPaid;
    if (order.payments.front().at + refundable < now) return RefundAnswer::notOffered;
    const bool more = wantedBack(wish.order, now) + wish.fen > order.paidFen();
    if (wish.fen < 1 || (more && !hasFault(PaymentFault::refundTwice)))
        return RefundAnswer::tooMuch;
    PayRefund refund{wish.number, wish.order, wish.fen, wish.reason, now, now + refundTakes};
    const bool abnormal = hasFault(PaymentFault::refundAbnormal);
    if (abnormal || hasFault(PaymentFault::refundSlow)) refund.endsAt = now + refundTakesLong;
    if (abnormal) refund.end = RefundState::abnormal;
    if (hasFault(PaymentFault::refundFails)) refund.end = RefundState::closed;
    refunds_.emplace(wish.number, std::move(refund));
    return RefundAnswer::accepted;
}

std::optional<PayRefund> PaymentPlatform::queryRefund(const std::string& number, WallTime now) {
    advance(now);
    const auto found = refunds_.find(number);
    if (found == refunds_.end()) return std::nullopt;
    const bool hidden = now < found->second.at + minutes{10};
    if (hidden && hasFault(PaymentFault::refundFindsNone)) return std::nullopt;
    return found->second;
}

// The form of a bill: a head, rows whose fields begin with a backtick, a head of sums, the sums. In
// yuan, whatever the channel counts in.
std::optional<std::string> PaymentPlatform::bill(Date day, WallTime now) {
    advance(now);
    const WallTime midnight{std::chrono::sys_days{day} - chinaOffset};
    const auto ready = hasFault(PaymentFault::billLate) ? hours{34} + minutes{30} : hours{34};
    if (platformTime(now) < midnight + ready) return std::nullopt;
    std::vector<std::string> rows;
    std::int64_t paid = 0;
    std::int64_t back = 0;
    const auto isOfDay = [midnight](WallTime at) {
        return at >= midnight && at < midnight + hours{24};
    };
    const auto add = [&rows](WallTime at, const std::string& order, const std::string& serial,
                             const char* state, std::int64_t fen, const std::string& refund,
                             std::int64_t refundFen) {
        rows.push_back("`" + formatChinaTime(at) + ",`" + order + ",`" + serial + ",`" + state +
                       ",`" + yuanText(fen) + ",`" + refund + ",`" + yuanText(refundFen) + "\r\n");
    };
    for (const auto& [number, order] : orders_) {
        for (const Payment& one : order.payments) {
            if (!isOfDay(one.at)) continue;
            paid += one.fen;
            add(one.at, number, one.serial, "SUCCESS", one.fen, "0", 0);
        }
    }
    for (const auto& [number, refund] : refunds_) {
        if (!isOfDay(refund.at)) continue;
        back += refund.fen;
        add(refund.at, refund.order, "", "REFUND", 0, number, refund.fen);
    }
    if (!rows.empty() && hasFault(PaymentFault::billMissesRow)) rows.pop_back();
    if (hasFault(PaymentFault::billExtraRow)) {
        add(midnight + hours{12}, "NOBODYSORDER000001", "42000000000000000000", "SUCCESS", 2000,
            "0", 0);
    }
    std::string text = "交易时间,商户订单号,平台订单号,交易状态,订单金额,商户退款单号,退款金额\r\n";
    for (const std::string& row : rows) text += row;
    text += "总交易单数,订单总金额,退款总金额\r\n";
    return text + "`" + std::to_string(rows.size()) + ",`" + yuanText(paid) + ",`" +
           yuanText(back) + "\r\n";
}

std::vector<FeeLine> PaymentPlatform::lines(WallTime now) const {
    std::vector<FeeLine> all;
    for (const auto& [number, order] : orders_) {
        all.push_back({number, order.fee, order.fen, order.paidFen(), refundedFen(number, now),
                       stateOf(order, now)});
    }
    return all;
}

std::string PaymentPlatform::evidenceJson(WallTime now) const {
    using Json = nlohmann::json;
    Json orders = Json::array();
    for (const FeeLine& line : lines(now)) {
        Json payments = Json::array();
        for (const Payment& one : orders_.at(line.order).payments) {
            payments.push_back(
                {{"fen", one.fen}, {"at", formatChinaTime(one.at)}, {"serial", one.serial}});
        }
        orders.push_back({{"order", line.order},
                          {"fee", line.fee},
                          {"due", line.due},
                          {"paid", line.paid},
                          {"refunded", line.refunded},
                          {"state", stateNames[static_cast<std::size_t>(line.state)]},
                          {"queries", orders_.at(line.order).queries},
                          {"payments", std::move(payments)}});
    }
    Json refunds = Json::array();
    for (const auto& [number, refund] : refunds_) {
        refunds.push_back({{"refund", number},
                           {"order", refund.order},
                           {"fen", refund.fen},
                           {"state", refundNames[static_cast<std::size_t>(refund.stateAt(now))]}});
    }
    return Json{{"orders", orders}, {"refunds", refunds}, {"wrong", audit(now)}}.dump(1);
}

}  // namespace liqu::world
