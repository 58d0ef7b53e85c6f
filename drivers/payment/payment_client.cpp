#include "drivers/payment/payment_client.hpp"

#include "firmware/base/bytes.hpp"

namespace liqu::drivers {
namespace {

using std::chrono::seconds;
using Verb = HttpCall::Verb;

constexpr Duration openPatience = seconds{8};
constexpr Duration queryPatience = seconds{4};
constexpr Duration closePatience = seconds{8};
constexpr Duration billPatience = seconds{15};

// The line's errors in the words of money.
Error ofPayment(const Error& error) {
    const bool notSent = error.code == ErrorCode::provinceUnreachable ||
                         error.code == ErrorCode::provinceCertificateWrong;
    return {notSent ? ErrorCode::paymentUnreachable : ErrorCode::paymentUnclear, error.cause};
}

std::string headerOf(const HttpAnswer& answer, const char* name) {
    const auto found = answer.headers.find(name);
    return found == answer.headers.end() ? std::string() : found->second;
}

}  // namespace

// What is signed by nobody, or answers another call, comes from no such service.
Result<HttpAnswer> PaymentClient::exchange(HttpCall call, Duration patience) {
    const auto now = std::chrono::floor<seconds>(parts_.clock.wallTime());
    const std::string timestamp = std::to_string(now.time_since_epoch().count());
    const std::string nonce = randomId(parts_.random);
    const std::string text = payment_wire::signedCall(call, timestamp, nonce);
    const auto signature = parts_.signer.sign(bytesOf(text));
    if (!signature) return fail(ErrorCode::paymentUnreachable, signature.error().cause);
    call.authorization = "SM2-WITH-SM3 terminal=\"" + parts_.terminal + "\",timestamp=\"" +
                         timestamp + "\",nonce=\"" + nonce + "\",signature=\"" +
                         toBase64(*signature) + "\"";
    auto answer = link_->call(call, patience);
    if (!answer) return fail(ofPayment(answer.error()));
    const auto theirs = fromBase64(headerOf(*answer, "pay-signature"));
    const std::string said =
        payment_wire::signedAnswer(answer->text, headerOf(*answer, "pay-timestamp"), nonce);
    if (headerOf(*answer, "pay-nonce") != nonce || !theirs ||
        !parts_.signer.verifyProvince(bytesOf(said), *theirs))
        return fail(ErrorCode::paymentUnclear, "an answer nobody signed, or to another call");
    return answer;
}

Result<ports::OpenedPayment> PaymentClient::open(const ports::PaymentRequest& request) {
    const HttpAnswer answer = TRY(
        exchange({.verb = Verb::post,
                  .target = payment_wire::openPath(),
                  .body = payment_wire::openBody(request, parts_.account, parts_.clock.wallTime())},
                 openPatience));
    return payment_wire::readOpened(answer.status, answer.text, request.orderNo);
}

Result<ports::PaymentState> PaymentClient::query(const std::string& orderNo) {
    const HttpAnswer answer =
        TRY(exchange({.target = payment_wire::queryPath(orderNo, parts_.account)}, queryPatience));
    return payment_wire::readState(answer.status, answer.text, orderNo);
}

Result<void> PaymentClient::close(const std::string& orderNo) {
    const HttpAnswer answer = TRY(exchange({.verb = Verb::post,
                                            .target = payment_wire::closePath(orderNo),
                                            .body = payment_wire::closeBody(parts_.account)},
                                           closePatience));
    return payment_wire::readClosed(answer.status, answer.text);
}

Result<ports::Refunding> PaymentClient::refund(const std::string& refundNo,
                                               const std::string& orderNo, Money amount) {
    const HttpAnswer answer =
        TRY(exchange({.verb = Verb::post,
                      .target = payment_wire::refundPath(),
                      .body = payment_wire::refundBody(refundNo, orderNo, amount)},
                     closePatience));
    return payment_wire::readRefund(answer.status, answer.text, refundNo);
}

Result<std::vector<ports::SettledPayment>> PaymentClient::accountOf(Date day) {
    const HttpAnswer answer = TRY(exchange({.target = payment_wire::billPath(day)}, billPatience));
    return payment_wire::readBill(answer.status, answer.text);
}

}  // namespace liqu::drivers
