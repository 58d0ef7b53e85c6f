#include <algorithm>

#include "firmware/base/bytes.hpp"
#include "tests/world/payment/payment_platform.hpp"

namespace liqu::world {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// A debt of the state does not end, and a month is how long its platform remembers a payment.
constexpr hours month{24 * 30};
constexpr hours longestLife{24 * 90};
constexpr hours kept{24 * 7};
constexpr std::int64_t mostFen = 100'000'000;
constexpr std::size_t shortestUnionPayNumber = 8;
constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool inAlphabet(const std::string& number, std::string_view marks) {
    return std::all_of(number.begin(), number.end(), [marks](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
    });
}

bool fits(PaymentChannel channel, const std::string& number) {
    switch (channel) {
        case PaymentChannel::wechat:
            return number.size() <= 32 && inAlphabet(number, "_-*");
        case PaymentChannel::alipay:
            return number.size() <= 64 && inAlphabet(number, "_");
        case PaymentChannel::unionpay:
            return number.size() >= shortestUnionPayNumber && number.size() <= 40 &&
                   inAlphabet(number, "");
        case PaymentChannel::nontax:
            return number.size() <= 32 && inAlphabet(number, "");
    }
    return false;
}

std::string coded(int count, std::size_t length) {
    std::string text;
    // Scattered, so that no two codes look alike.
    auto value = static_cast<std::uint64_t>(count) * 0x9E3779B97F4A7C15ULL;
    for (std::size_t i = 0; i < length; ++i) {
        text += alphabet[value % alphabet.size()];
        value = value / alphabet.size() + static_cast<std::uint64_t>(count);
    }
    return text;
}

}  // namespace

std::int64_t PayOrder::paidFen() const {
    std::int64_t sum = 0;
    for (const Payment& payment : payments) sum += payment.fen;
    return sum;
}

PaymentPlatform::PaymentPlatform(PaymentChannel channel, PaymentFaults* faults)
    : channel_(channel), faults_(faults) {}

std::optional<std::int64_t> PaymentPlatform::valueOf(PaymentFault fault) const {
    return faults_ == nullptr ? std::nullopt : faults_->value(fault);
}

WallTime PaymentPlatform::platformTime(WallTime now) const {
    return now + seconds{valueOf(PaymentFault::clockSkew).value_or(0)};
}

std::string PaymentPlatform::whatIsWrong(const OpenWish& wish, WallTime now) const {
    if (wish.number.empty() || !fits(channel_, wish.number)) return "the order's number";
    if (wish.fen < 1 || wish.fen > mostFen) return "the amount";
    if (wish.subject.empty() || wish.subject.size() > 127) return "the subject";
    if (channel_ == PaymentChannel::nontax) return {};
    if (wish.expiresAt > platformTime(now) + longestLife) return "an end after ninety days";
    return {};
}

Opened PaymentPlatform::open(const OpenWish& wish, WallTime now) {
    advance(now);
    Opened opened;
    opened.openedAt = platformTime(now);
    opened.why = whatIsWrong(wish, now);
    if (!opened.why.empty()) return opened;
    opened.answer = answerTo(wish, now);
    if (opened.answer != OpenAnswer::opened) return opened;
    const bool fresh = !orders_.contains(wish.number);
    PayOrder& order = orders_[wish.number];
    order.fen = wish.fen;
    if (fresh) {
        order.number = wish.number;
        order.fee = wish.fee;
        order.subject = wish.subject;
        order.openedAt = now;
        // An end that is nearer than a minute is moved there without a word.
        order.expiresAt = std::max(wish.expiresAt, platformTime(now) + minutes{1});
        if (channel_ == PaymentChannel::nontax) order.reference = newReference(now);
    }
    opened.qrText = newQrText(order, now);
    opened.reference = order.reference;
    opened.openedAt = platformTime(order.openedAt);
    return opened;
}

OpenAnswer PaymentPlatform::answerTo(const OpenWish& wish, WallTime now) const {
    if (hasFault(PaymentFault::paidWithinMonth)) return OpenAnswer::paidElsewhere;
    const auto known = orders_.find(wish.number);
    if (known == orders_.end()) {
        const auto paid = [&](const auto& entry) {
            const PayOrder& other = entry.second;
            return other.fee == wish.fee && !other.payments.empty() &&
                   other.payments.back().at + month >= now;
        };
        const bool looks = channel_ == PaymentChannel::nontax && !wish.fee.empty();
        const bool elsewhere = looks && std::any_of(orders_.begin(), orders_.end(), paid);
        return elsewhere ? OpenAnswer::paidElsewhere : OpenAnswer::opened;
    }
    const PayState state = stateOf(known->second, now);
    if (state == PayState::paid || state == PayState::refunded) return OpenAnswer::alreadyPaid;
    if (state == PayState::closed) return OpenAnswer::closedBefore;
    const bool otherSum = known->second.fen != wish.fen;
    const bool refuses = otherSum && !hasFault(PaymentFault::otherAmountTaken);
    return refuses ? OpenAnswer::otherAmount : OpenAnswer::opened;
}

std::string PaymentPlatform::newReference(WallTime now) {
    const std::string date = formatDate(chinaDate(platformTime(now)));
    std::string serial = std::to_string(++codes_);
    serial.insert(0, 11 - serial.size(), '0');
    int sum = 0;
    for (const char digit : serial) sum = sum * 3 + (digit - '0');
    return "410000" + date.substr(2, 2) + serial + alphabet[static_cast<std::size_t>(sum) % 36];
}

std::string PaymentPlatform::newQrText(PayOrder& order, WallTime now) {
    const bool keepsFirst =
        channel_ == PaymentChannel::alipay || channel_ == PaymentChannel::nontax;
    if (keepsFirst && !order.qrTexts.empty()) return order.qrTexts.front();
    std::string text;
    switch (channel_) {
        case PaymentChannel::wechat:
            text = "weixin://wxpay/bizpayurl?pr=" + coded(++codes_, 9);
            break;
        case PaymentChannel::alipay:
            text = "https://qr.alipay.example/bax" + coded(++codes_, 15);
            break;
        case PaymentChannel::unionpay:
            text = "https://qr.95516.example/00010000/" + coded(++codes_, 26);
            break;
        case PaymentChannel::nontax: {
            const std::string inside = "{\"payCode\":\"" + order.reference + "\",\"transtime\":\"" +
                                       formatDate(chinaDate(platformTime(now))) + "\"}";
            text = "https://pay.czj.example/pay?data=" + toBase64(bytesOf(inside)) +
                   "&time=" + std::to_string(platformTime(now).time_since_epoch().count()) +
                   "&sign=" + coded(codes_, 16);
            break;
        }
    }
    order.qrTexts.push_back(text);
    numberOfQr_[text] = order.number;
    return text;
}

// No money can come in any more, as this platform sees it.
bool PaymentPlatform::isOver(const PayOrder& order, WallTime now) const {
    if (order.closedAt && *order.closedAt <= now) return true;
    return channel_ != PaymentChannel::nontax && platformTime(now) >= order.expiresAt;
}

PayState PaymentPlatform::stateOf(const PayOrder& order, WallTime now) const {
    const auto paid = std::count_if(order.payments.begin(), order.payments.end(),
                                    [now](const Payment& one) { return one.at <= now; });
    if (paid > 0) {
        const std::int64_t back = refundedFen(order.number, now);
        return back >= order.paidFen() ? PayState::refunded : PayState::paid;
    }
    if (order.closedAt && *order.closedAt <= now) return PayState::closed;
    const bool endsItself = channel_ == PaymentChannel::alipay;
    // The others stay until somebody closes them, or for a week.
    const WallTime end = endsItself ? order.expiresAt : order.openedAt + kept;
    if (channel_ != PaymentChannel::nontax && platformTime(now) >= end) return PayState::closed;
    return order.scannedAt && *order.scannedAt <= now ? PayState::scanned : PayState::waiting;
}

PayView PaymentPlatform::viewOf(const PayOrder& order, WallTime now) const {
    PayView view;
    view.found = order.openedAt <= now;
    if (channel_ == PaymentChannel::alipay && !order.closedAt) {
        view.found = view.found && order.scannedAt && *order.scannedAt <= now;
    }
    view.state = stateOf(order, now);
    view.number = order.number;
    view.reference = order.reference;
    view.dueFen = order.fen;
    for (const Payment& payment : order.payments) {
        if (payment.at > now) continue;
        view.paidFen += payment.fen;
        view.serial = hasFault(PaymentFault::noSerial) ? std::string() : payment.serial;
        view.paidAt = platformTime(payment.at);
    }
    view.refundedFen = refundedFen(order.number, now);
    return view;
}

PayView PaymentPlatform::query(const std::string& number, WallTime now) {
    advance(now);
    const auto found = orders_.find(number);
    if (found == orders_.end()) return {};
    ++found->second.queries;
    if (strikes(PaymentFault::queryFindsNone)) return {};
    return viewOf(found->second, now - seconds{valueOf(PaymentFault::queryStale).value_or(0)});
}

CloseAnswer PaymentPlatform::close(const std::string& number, WallTime now) {
    advance(now);
    if (channel_ == PaymentChannel::nontax) return CloseAnswer::notOffered;
    const auto found = orders_.find(number);
    if (found == orders_.end()) return CloseAnswer::notFound;
    PayOrder& order = found->second;
    if (channel_ == PaymentChannel::alipay && !order.scannedAt && !order.closedAt) {
        return CloseAnswer::notFound;
    }
    if (order.payments.empty() && strikes(PaymentFault::closeFindsPaid)) takeMoney(order, now);
    if (!order.payments.empty()) return CloseAnswer::alreadyPaid;
    if (strikes(PaymentFault::closeStaysOpen)) return CloseAnswer::closed;
    if (!order.closedAt) order.closedAt = now;
    if (strikes(PaymentFault::closeThenPaid)) paysLater_[number] = now + seconds{10};
    return CloseAnswer::closed;
}

CloseAnswer PaymentPlatform::cancel(const std::string& number, WallTime now) {
    advance(now);
    if (channel_ != PaymentChannel::alipay) return CloseAnswer::notOffered;
    PayOrder& order = orders_[number];
    if (order.number.empty()) {
        // Never opened: the number is fenced all the same.
        order.number = number;
        order.openedAt = now;
    }
    if (order.payments.empty() && strikes(PaymentFault::closeFindsPaid)) takeMoney(order, now);
    const bool paid = stateOf(order, now) == PayState::paid;
    if (!order.closedAt) order.closedAt = now;
    if (!paid) return CloseAnswer::closed;
    refund(
        {.number = "cancel-" + number, .order = number, .fen = order.paidFen(), .reason = "cancel"},
        now);
    return CloseAnswer::refundedInstead;
}

std::string PaymentPlatform::numberOfReference(const std::string& reference) const {
    for (const auto& [number, order] : orders_) {
        if (!reference.empty() && order.reference == reference) return number;
    }
    return {};
}

std::string PaymentPlatform::anotherNumberThan(const std::string& number) const {
    for (const auto& [other, order] : orders_) {
        if (other != number) return other;
    }
    return {};
}

}  // namespace liqu::world
