#include "tests/world/payment/payment_gateway.hpp"

#include <algorithm>
#include <charconv>

#include "firmware/base/bytes.hpp"
#include "tests/world/payment/payment_dialect.hpp"

namespace liqu::world {
namespace {

constexpr std::string_view scheme = "SM2-WITH-SM3 ";
constexpr std::chrono::minutes tolerance{5};
constexpr std::size_t mostBody = 16 * 1024;

struct Credentials {
    std::string terminal;
    std::string timestamp;
    std::string nonce;
    std::string signature;
};

// name="value",name="value": these four, once each, nothing else.
std::optional<Credentials> readCredentials(std::string_view header) {
    if (!header.starts_with(scheme)) return std::nullopt;
    header.remove_prefix(scheme.size());
    Credentials credentials;
    const std::pair<std::string_view, std::string*> fields[] = {
        {"terminal", &credentials.terminal},
        {"timestamp", &credentials.timestamp},
        {"nonce", &credentials.nonce},
        {"signature", &credentials.signature}};
    int found = 0;
    while (!header.empty()) {
        const std::size_t equal = header.find("=\"");
        const std::size_t end =
            equal == std::string_view::npos ? equal : header.find('"', equal + 2);
        if (end == std::string_view::npos) return std::nullopt;
        const auto* const field =
            std::find_if(std::begin(fields), std::end(fields),
                         [&](const auto& one) { return one.first == header.substr(0, equal); });
        if (field == std::end(fields) || !field->second->empty()) return std::nullopt;
        *field->second = header.substr(equal + 2, end - equal - 2);
        ++found;
        header.remove_prefix(end + 1);
        if (header.starts_with(',')) header.remove_prefix(1);
    }
    return found == 4 ? std::optional(credentials) : std::nullopt;
}

bool isNonce(const std::string& nonce) {
    const bool plain = std::all_of(nonce.begin(), nonce.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    return plain && nonce.size() >= 16 && nonce.size() <= 32;
}

std::int64_t secondsOf(WallTime time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

dialect::Asked asked(const PaymentRequest& request) {
    return dialect::readTarget(request.method, request.target, request.body);
}

}  // namespace

std::string paymentRequestText(const PaymentRequest& request, const std::string& timestamp,
                               const std::string& nonce) {
    return request.method + "\n" + request.target + "\n" + timestamp + "\n" + nonce + "\n" +
           request.body + "\n";
}

std::string paymentAnswerText(const PaymentAnswer& answer) {
    return answer.timestamp + "\n" + answer.nonce + "\n" + answer.body + "\n";
}

PaymentGateway::PaymentGateway(PaymentPlatform& platform, ProvinceKeys& keys, PaymentFaults& faults)
    : platform_(platform), keys_(keys), faults_(faults) {}

std::string PaymentGateway::callOf(const PaymentRequest& request) const {
    switch (platform_.channel()) {
        case PaymentChannel::wechat:
            return dialect::callOfWechat(asked(request));
        case PaymentChannel::alipay:
            return dialect::callOfAlipay(asked(request));
        case PaymentChannel::unionpay:
            return dialect::callOfUnionpay(asked(request));
        case PaymentChannel::nontax:
            return dialect::callOfNontax(asked(request));
    }
    return {};
}

// Who asks, before what is asked.
std::optional<std::string> PaymentGateway::refusal(const PaymentRequest& request, WallTime now) {
    if (request.body.size() > mostBody) return "a body without end";
    const auto credentials = readCredentials(request.authorization);
    if (!credentials) return "no signature of this form";
    if (credentials->terminal != request.certificateName) return "another terminal's certificate";
    if (!isNonce(credentials->nonce)) return "a nonce that is none";
    std::int64_t seconds = 0;
    const char* const end = credentials->timestamp.data() + credentials->timestamp.size();
    const auto read = std::from_chars(credentials->timestamp.data(), end, seconds);
    if (read.ec != std::errc{} || read.ptr != end) return "a timestamp that is none";
    const std::chrono::seconds apart{seconds - secondsOf(platform_.platformTime(now))};
    if (apart > tolerance || apart < -tolerance) return "a clock that is wrong";
    const auto signature = fromBase64(credentials->signature);
    const Bytes text =
        bytesOf(paymentRequestText(request, credentials->timestamp, credentials->nonce));
    if (!signature || !keys_.verifyTerminal(text, *signature)) return "a signature that is wrong";
    if (!nonces_.insert(credentials->nonce).second) return "a nonce that was used";
    nonce_ = credentials->nonce;
    return std::nullopt;
}

PaymentAnswer PaymentGateway::handle(const PaymentRequest& request, WallTime now) {
    platform_.advance(now);
    PaymentAnswer answer;
    nonce_.clear();
    const std::string call = callOf(request);
    dialect::Said said;
    if (const auto refused = refusal(request, now)) {
        said = {.status = 401, .body = R"({"code":"SIGN_ERROR"})", .order = {}, .wrong = *refused};
    } else if (call.empty()) {
        said = {
            .status = 404, .body = R"({"code":"NOT_FOUND"})", .order = {}, .wrong = "no such call"};
    } else {
        const dialect::Context context{platform_, faults_, now, call};
        using Dialect = dialect::Said (*)(const dialect::Asked&, const dialect::Context&);
        constexpr Dialect dialects[] = {dialect::wechat, dialect::alipay, dialect::unionpay,
                                        dialect::nontax};
        said = dialects[static_cast<std::size_t>(platform_.channel())](asked(request), context);
    }
    if (!said.wrong.empty())
        wrongs_.push_back((call.empty() ? request.target : call) + ": " + said.wrong);
    calls_.push_back({now, call, said.order, said.status});
    answer.status = said.status;
    answer.body = std::move(said.body);
    if (said.isText) answer.contentType = "text/csv; charset=utf-8";
    sign(answer, nonce_, now);
    if (lastAnswer_ && faults_.strikes(PaymentFault::duplicateAnswer, call)) return *lastAnswer_;
    lastAnswer_ = answer;
    return answer;
}

void PaymentGateway::sign(PaymentAnswer& answer, const std::string& nonce, WallTime now) {
    answer.timestamp = std::to_string(secondsOf(platform_.platformTime(now)));
    answer.nonce = nonce;
    answer.signature = toBase64(keys_.sign(bytesOf(paymentAnswerText(answer))));
}

}  // namespace liqu::world
