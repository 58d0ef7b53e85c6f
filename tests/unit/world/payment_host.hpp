// A plain client of the payment platform: it signs, asks and checks the answer's signature, and can
// be told to do each of them wrong.
#pragma once

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "firmware/base/bytes.hpp"
#include "tests/world/payment/payment_front.hpp"

namespace liqu::world {

using namespace std::chrono_literals;
using PayJson = nlohmann::json;

constexpr const char* payTerminal = "T-000017";

inline std::string signedHeader(PaymentRequest& request, ports::Signer& signer, WallTime now,
                                const std::string& nonce) {
    const std::string timestamp = std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
    const Bytes text = bytesOf(paymentRequestText(request, timestamp, nonce));
    return std::string("SM2-WITH-SM3 terminal=\"") + payTerminal + "\",timestamp=\"" + timestamp +
           "\",nonce=\"" + nonce + "\",signature=\"" + toBase64(signer.sign(text).value()) + "\"";
}

struct PaymentHost {
    explicit PaymentHost(PaymentChannel channel) : platform(channel, &faults) {
        addTo(clock, front);
    }

    PaymentRequest request(const std::string& method, const std::string& target,
                           const std::string& body = {}) {
        PaymentRequest made{method, target, body, {}, payTerminal};
        std::string nonce = std::to_string(++nonces);
        nonce.insert(0, 20 - nonce.size(), 'n');
        made.authorization = signedHeader(made, signer, clock.wallTime(), nonce);
        return made;
    }
    PaymentLineResult send(const PaymentRequest& made) {
        return exchangeInProcess(front, clock, made, 8s);
    }
    // An answer that came whole and is the platform's.
    PaymentAnswer answer(const std::string& method, const std::string& target,
                         const std::string& body = {}) {
        const PaymentLineResult result = send(request(method, target, body));
        REQUIRE(result.fate == PaymentLineFate::answered);
        CHECK(isGenuine(result.answer));
        return result.answer;
    }
    bool isGenuine(const PaymentAnswer& said) {
        const auto signature = fromBase64(said.signature);
        return signature && said.nonce.ends_with(std::to_string(nonces)) &&
               signer.verifyProvince(bytesOf(paymentAnswerText(said)), *signature);
    }
    PayJson post(const std::string& target, const PayJson& body) {
        const PaymentAnswer said = answer("POST", target, body.dump());
        return said.body.empty() ? PayJson(said.status) : PayJson::parse(said.body);
    }
    PayJson get(const std::string& target) { return PayJson::parse(answer("GET", target).body); }
    PayOutcome pays(const std::string& qr) {
        PayOutcome outcome = PayOutcome::noSuchCode;
        front.use([&](PaymentPlatform& p, WallTime now) { outcome = p.pay(qr, now); });
        return outcome;
    }
    std::vector<std::string> audit() {
        std::vector<std::string> wrong;
        front.use([&](PaymentPlatform& p, WallTime now) { wrong = p.audit(now); });
        return wrong;
    }

    VirtualClock clock;
    PaymentFaults faults;
    TwinKeys keys;
    TwinSigner signer;
    PaymentPlatform platform;
    PaymentGateway gateway{platform, keys, faults};
    PaymentFront front{gateway, faults, clock};
    int nonces = 0;
};

// An order of twenty yuan in WeChat's words; the virtual clock begins at 2024-06-01 10:00.
inline PayJson wechatOrder(const std::string& number, std::int64_t fen = 2000) {
    return {{"appid", "wx0001"},
            {"mchid", "1900000001"},
            {"description", "补领社会保障卡工本费"},
            {"out_trade_no", number},
            {"time_expire", "2024-06-01T10:05:00+08:00"},
            {"notify_url", "https://pay.example/notify"},
            {"attach", "fee-1"},
            {"amount", {{"total", fen}, {"currency", "CNY"}}}};
}

constexpr const char* wechatNative = "/v3/pay/transactions/native";

inline std::string wechatQuery(const std::string& number) {
    return "/v3/pay/transactions/out-trade-no/" + number + "?mchid=1900000001";
}

}  // namespace liqu::world
