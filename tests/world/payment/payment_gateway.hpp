// The platform as a wire sees it: a request with its signature in, an answer with its signature
// out, in the words of the channel. Text in, text out, time as an argument; not synchronised (the
// front is). Whoever sends what a platform refuses is refused, and the fault is kept for the test.
//
// Signature (the form of WeChat Pay v3 with SM2 and SM3): header
//   Authorization: SM2-WITH-SM3 terminal="T-000017",timestamp="1717207200",nonce="…",signature="…"
// over METHOD\nTARGET\nTIMESTAMP\nNONCE\nBODY\n; seconds, a nonce of 16 to 32 letters and digits
// that is new, a clock within five minutes, the terminal of the TLS certificate. Answers have
// Pay-Timestamp, Pay-Nonce (the request's own) and Pay-Signature over TIMESTAMP\nNONCE\nBODY\n;
// what comes without one comes from no platform.
//
// Calls, by channel:
//   wechat    POST /v3/pay/transactions/native, GET …/out-trade-no/{no}?mchid=,
//             POST …/out-trade-no/{no}/close, POST /v3/refund/domestic/refunds, GET …/refunds/{no},
//             GET /v3/bill/tradebill?bill_date=2024-06-01&bill_type=ALL     amounts: fen, a number
//   alipay    POST /alipay/precreate query close cancel refund refund-query  yuan, a text "20.00"
//   unionpay  POST /unionpay/getQRCode query closeQRCode refund refund-query fen, a number
//   nontax    GET /nontax/getPayCode?… , GET /nontax/query?payCode=&transTime=  yuan, a number
// The fee stands in attach, body, attachedData; of nontax it is the social card's number.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/world/payment/payment_platform.hpp"
#include "tests/world/province/keys.hpp"

namespace liqu::world {

struct PaymentRequest {
    std::string method;  // GET or POST
    std::string target;  // path and query, as on the wire
    std::string body;
    std::string authorization;
    std::string certificateName;
};

struct PaymentAnswer {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::string timestamp;
    std::string nonce;
    std::string signature;  // base64; empty: unsigned
};

// One request as the gateway saw it, for judges.
struct PaymentCall {
    WallTime at{};
    std::string call;  // open query close cancel refund refund-query bill; empty: none of them
    std::string order;
    int status = 0;
};

class PaymentGateway {
  public:
    // Platform, keys and plan outlive the gateway.
    PaymentGateway(PaymentPlatform& platform, ProvinceKeys& keys, PaymentFaults& faults);

    PaymentAnswer handle(const PaymentRequest& request, WallTime now);
    // The name of the call, as the places of the faults have it; empty: none.
    std::string callOf(const PaymentRequest& request) const;

    const std::vector<PaymentCall>& calls() const { return calls_; }
    // What was refused because it was wrong, not because of the order's state.
    const std::vector<std::string>& wrongs() const { return wrongs_; }
    PaymentPlatform& platform() { return platform_; }

  private:
    std::optional<std::string> refusal(const PaymentRequest& request, WallTime now);
    void sign(PaymentAnswer& answer, const std::string& nonce, WallTime now);

    PaymentPlatform& platform_;
    ProvinceKeys& keys_;
    PaymentFaults& faults_;
    std::set<std::string> nonces_;
    std::string nonce_;  // of the request at hand
    std::optional<PaymentAnswer> lastAnswer_;
    std::vector<PaymentCall> calls_;
    std::vector<std::string> wrongs_;
};

// What is signed.
std::string paymentRequestText(const PaymentRequest& request, const std::string& timestamp,
                               const std::string& nonce);
std::string paymentAnswerText(const PaymentAnswer& answer);

}  // namespace liqu::world
