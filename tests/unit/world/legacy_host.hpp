// A plain client of the legacy province, written for these tests alone: it puts the bytes of a call
// together by hand and takes an answer apart by looking for text.
#pragma once

#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <vector>

#include "tests/world/legacy_province/legacy_front.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::world {

using namespace std::chrono_literals;
using LegacyPairs = std::vector<std::pair<std::string, std::string>>;

constexpr const char* legacyFirst = "110000198503120015";   // 测试样例, without a card
constexpr const char* legacyLost = "440000197906050033";    // 样例挂失, K00000014, fee paid
constexpr const char* legacyDue = "44000019790605005X";     // 样例欠费, K00000022, fee due
constexpr const char* legacyNormal = "440000197906050092";  // 样例已有, K00000049
constexpr const char* legacyNoBank = "440000198808080065";  // 样例银行: the bank's side fails

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
    return text;
}
inline std::string escapedOnce(const std::string& text) {
    // A bare CR would be lost: XML reads CR LF as LF.
    return replaced(replaced(replaced(replaced(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"),
                    "\r", "&#xd;");
}
inline std::string unescapedOnce(const std::string& text) {
    return replaced(replaced(replaced(replaced(text, "&lt;", "<"), "&gt;", ">"), "&#xd;", "\r"),
                    "&amp;", "&");
}

// Document/literal, as gSOAP clients send it.
inline std::string literalCall(const std::string& method, const LegacyPairs& arguments,
                               const std::string& nameSpace = "http://server.wei.com") {
    std::string body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        "<soapenv:Body><s:" +
        method + " xmlns:s=\"" + nameSpace + "\">";
    for (const auto& [name, value] : arguments) {
        body += "<s:" + name + ">" + escapedOnce(value) + "</s:" + name + ">";
    }
    return body + "</s:" + method + "></soapenv:Body></soapenv:Envelope>";
}

// RPC/encoded, as axis clients send it: names of their own, by position.
inline std::string encodedCall(const std::string& method, const std::vector<std::string>& values) {
    std::string body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope "
        "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
        "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body><ns1:" +
        method +
        " soapenv:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\" "
        "xmlns:ns1=\"http://server.wei.com\">";
    int number = 0;
    for (const std::string& value : values) {
        const std::string name = "arg" + std::to_string(number++);
        body += "<" + name + " xsi:type=\"xsd:string\">" + escapedOnce(value) + "</" + name + ">";
    }
    return body + "</ns1:" + method + "></soapenv:Body></soapenv:Envelope>";
}

inline std::string fieldsText(const LegacyPairs& fields) {
    std::string text;
    for (const auto& [name, value] : fields) text += "<" + name + ">" + value + "</" + name + ">";
    return text;
}

class LegacyHost {
  public:
    explicit LegacyHost(const std::string& province = "hn")
        : engine_(LegacyEngine::create(LIQU_SOURCE_DIR, province, faults).value()),
          front(*engine_, clock) {}

    LegacyRequest request(const std::string& body) const {
        return {{"POST", engine_->profile().path, "text/xml; charset=utf-8", "\"\""}, body};
    }
    LegacyExchange send(const LegacyRequest& asked, Duration patience = 60s) {
        return exchangeInProcess(front, clock, asked, patience);
    }
    // What came back on the wire, whatever it is.
    LegacyAnswer sent(const LegacyRequest& asked) {
        const LegacyExchange exchange = send(asked);
        REQUIRE(exchange.fate == LegacyFate::answered);
        return exchange.answer;
    }
    // The string inside the Return element.
    std::string returned(const std::string& method, const std::string& body) {
        const LegacyAnswer answer = sent(request(body));
        CHECK(answer.status == 200);
        CHECK(answer.contentType == "text/xml;charset=utf-8");
        return contentOf(method, answer.body);
    }
    static std::string contentOf(const std::string& method, const std::string& body) {
        const std::size_t open = body.find("<" + method + "Return");
        REQUIRE(open != std::string::npos);
        const std::size_t begin = body.find('>', open) + 1;
        return unescapedOnce(
            body.substr(begin, body.find("</" + method + "Return>", begin) - begin));
    }

    // hn's words; user and password are in front.
    std::string text(const std::string& operation, const LegacyPairs& fields,
                     const std::string& table = "") const {
        LegacyPairs all{{"操作*", operation}, {"用户名*", "kiosk"}, {"密码*", "kiosk-pass"}};
        all.insert(all.end(), fields.begin(), fields.end());
        return fieldsText(all) + (table.empty() ? "" : "\r\n" + table);
    }
    LegacyRequest dsjk(const std::string& inner) const {
        return request(literalCall("allDsjk", {{"xml", inner}}));
    }
    std::string ask(const std::string& operation, const LegacyPairs& fields,
                    const std::string& table = "") {
        return returned("allDsjk",
                        literalCall("allDsjk", {{"xml", text(operation, fields, table)}}));
    }
    std::string call(const std::string& method, const LegacyPairs& arguments) {
        LegacyPairs all{{"user", "kiosk"}, {"password", "kiosk-pass"}};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return returned(method, literalCall(method, all));
    }
    std::string progress(const std::string& person, const std::string& name) {
        return call("getAZ03", {{"aac002", person}, {"aac003", name}, {"aab301", "410100"}});
    }
    std::string state(const std::string& card, const std::string& person, const std::string& name) {
        return call("getCard", {{"aaz500", card}, {"aac002", person}, {"aac003", name}});
    }

    LegacyPairs application(const std::string& person = legacyFirst,
                            const std::string& name = "测试样例",
                            const std::string& kind = "1") const;
    static LegacyPairs of(const std::string& person, const std::string& name) {
        return {{"城市代码*", "410100"}, {"社会保障号码*", person}, {"姓名*", name}};
    }
    static LegacyPairs enabling(const std::string& card, const std::string& person = legacyFirst,
                                const std::string& name = "测试样例") {
        return {{"城市代码*", "410100"},
                {"社会保障卡卡号*", card},
                {"社会保障号码*", person},
                {"姓名*", name}};
    }
    // A fresh number of a batch.
    std::string batchNumber();
    std::string batch(const std::string& number, const std::string& person = legacyFirst,
                      const std::string& name = "测试样例");
    // Applied for and marked; then the batch: its answer.
    void marked(const std::string& person = legacyFirst, const std::string& name = "测试样例",
                const std::string& kind = "1");
    struct Numbered {
        std::string batch, card, account, issued, expires;
    };
    Numbered numbered(const std::string& person = legacyFirst, const std::string& name = "测试样例",
                      const std::string& kind = "1");
    std::string report(const Numbered& card, const std::string& person = legacyFirst,
                       const std::string& name = "测试样例");
    std::string reportFailed(const Numbered& card, const std::string& reason,
                             const std::string& person = legacyFirst,
                             const std::string& name = "测试样例");

    LegacyBooks& books() { return engine_->books(); }
    LegacyProfile& profile() { return engine_->profile(); }
    LegacyEngine& engine() { return *engine_; }

    VirtualClock clock;  // begins at 2024-06-01 10:00 in China
    LegacyFaults faults;

  private:
    std::unique_ptr<LegacyEngine> engine_;

  public:
    LegacyFront front;
};

// The text between <name> and </name>.
std::string tagged(const std::string& text, const std::string& name);
constexpr const char* legacyChip = "41010000000000000000000000000001";
constexpr const char* legacyAtr = "3B6D00000081544C96866042010000000A";
constexpr const char* reportHead =
    "序号,社保卡号,社会保障号码,姓名,制卡日期,有效期至,卡识别码,卡复位码,个人帐户,银行卡号,"
    "金融帐户,装箱位置,失败环节,失败原因";

}  // namespace liqu::world
