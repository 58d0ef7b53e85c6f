// The words of each channel: a request read strictly, the platform asked, its answer written. Only
// the gateway uses this.
#pragma once

#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tests/world/payment/payment_platform.hpp"

namespace liqu::world::dialect {

using Json = nlohmann::json;

struct Asked {
    std::string method;
    std::string path;
    std::map<std::string, std::string> query;  // decoded
    std::string body;
};

struct Said {
    int status = 200;
    std::string body;
    std::string order;    // whom it was about
    std::string wrong;    // what a platform refuses at the door; empty: nothing
    bool isText = false;  // a bill
};

// What every dialect is given: the platform, its time, and what the faults make of an answer.
struct Context {
    PaymentPlatform& platform;
    PaymentFaults& faults;
    WallTime now;
    std::string call;

    // Another order's number where a fault says so.
    std::string aboutWhom(const std::string& number) const;
    // The state word, or one that no list has.
    std::string word(const char* state) const;
    // In fen: a number, or a text where a fault says so.
    Json fen(std::int64_t amount) const;
    // The QR to show: another order's where a fault says so.
    std::string qrOf(const Opened& opened, const std::string& number) const;
};

Asked readTarget(const std::string& method, const std::string& target, const std::string& body);
// The body as an object with these keys and no other; the ones behind a '?' may be missing. All but
// amounts are texts.
std::optional<Json> readBody(const std::string& body, std::initializer_list<const char*> keys);
std::string textIn(const Json& body, const char* key);

std::string callOfWechat(const Asked& asked);
std::string callOfAlipay(const Asked& asked);
std::string callOfUnionpay(const Asked& asked);
std::string callOfNontax(const Asked& asked);

Said wechat(const Asked& asked, const Context& context);
Said alipay(const Asked& asked, const Context& context);
Said unionpay(const Asked& asked, const Context& context);
Said nontax(const Asked& asked, const Context& context);

// A refusal at the door, which is the sender's mistake.
Said badParameter(const std::string& what);

}  // namespace liqu::world::dialect
