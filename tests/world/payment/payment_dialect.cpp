#include "tests/world/payment/payment_dialect.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace liqu::world::dialect {
namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool coded = text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 &&
                           hexDigit(text[i + 2]) >= 0;
        if (coded) {
            plain += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            plain += text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

}  // namespace

Asked readTarget(const std::string& method, const std::string& target, const std::string& body) {
    Asked asked{method, target.substr(0, target.find('?')), {}, body};
    if (asked.path.size() == target.size()) return asked;
    std::string_view rest = std::string_view(target).substr(asked.path.size() + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest = pair.size() == rest.size() ? std::string_view() : rest.substr(pair.size() + 1);
        const std::size_t equal = pair.find('=');
        if (equal == std::string_view::npos) continue;
        asked.query[decoded(pair.substr(0, equal))] = decoded(pair.substr(equal + 1));
    }
    return asked;
}

std::optional<Json> readBody(const std::string& body, std::initializer_list<const char*> keys) {
    Json read = Json::parse(body, nullptr, false);
    if (!read.is_object()) return std::nullopt;
    std::size_t found = 0;
    for (const char* const key : keys) {
        const bool optional = key[0] == '?';
        const bool there = read.contains(optional ? key + 1 : key);
        if (!there && !optional) return std::nullopt;
        if (there) ++found;
    }
    if (found != read.size()) return std::nullopt;
    return read;
}

std::string textIn(const Json& body, const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string Context::aboutWhom(const std::string& number) const {
    const std::string other = platform.anotherNumberThan(number);
    if (other.empty() || !faults.strikes(PaymentFault::otherOrder, call)) return number;
    return other;
}

std::string Context::word(const char* state) const {
    return faults.holds(PaymentFault::unknownState, call) ? "9" : state;
}

Json Context::fen(std::int64_t amount) const {
    if (faults.holds(PaymentFault::numberAsText, call)) return std::to_string(amount);
    return amount;
}

std::string Context::qrOf(const Opened& opened, const std::string& number) const {
    const std::string shown = aboutWhom(number);
    return shown == number ? opened.qrText : platform.orders().at(shown).qrTexts.back();
}

Said badParameter(const std::string& what) {
    return {.status = 400,
            .body = Json{{"code", "PARAM_ERROR"}, {"message", what}}.dump(),
            .order = {},
            .wrong = what};
}

}  // namespace liqu::world::dialect
