#include "firmware/staff/audit_text.hpp"

#include <charconv>

#include "firmware/base/bytes.hpp"

namespace liqu::staff {
namespace {

// Fields are divided by a character that none of them can hold.
constexpr char divider = '\x1f';

std::string fieldsOf(const AuditLine& line) {
    std::string text;
    for (const std::string& field :
         {std::to_string(line.line), std::to_string(line.at.time_since_epoch().count()), line.actor,
          line.second, line.act, line.object}) {
        text += divider + field;
    }
    // Lines of before have none, and their digests stay what they were.
    if (!line.books.empty()) text += divider + line.books;
    return text;
}

std::optional<std::int64_t> numberIn(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

}  // namespace

std::string digestOf(const AuditLine& line, std::string_view digestBefore) {
    return toHex(security::sm3(bytesOf(std::string(digestBefore) + fieldsOf(line))));
}

std::string macTextOf(const AuditLine& line, std::string_view macBefore) {
    return fieldsOf(line) + divider + std::string(macBefore);
}

std::string macOf(const SecretBytes& key, const AuditLine& line, std::string_view macBefore) {
    return toHex(security::hmacSm3(key.reveal(), bytesOf(macTextOf(line, macBefore))));
}

SecretBytes keyAfter(const SecretBytes& key) {
    static constexpr std::string_view step = "next";
    Bytes text(step.begin(), step.end());
    text.insert(text.end(), key.reveal().begin(), key.reveal().end());
    security::Sm3Digest digest = security::sm3(text);
    wipe(text);
    SecretBytes next(Bytes(digest.begin(), digest.end()));
    explicit_bzero(digest.data(), digest.size());
    return next;
}

std::string BooksSeen::text() const {
    return std::to_string(move) + "/" + std::to_string(end) + "/" + digest;
}

std::optional<BooksSeen> BooksSeen::parse(std::string_view text) {
    const std::size_t first = text.find('/');
    const std::size_t second = text.find('/', first == text.npos ? first : first + 1);
    if (second == text.npos) return std::nullopt;
    const auto move = numberIn(text.substr(0, first));
    const auto end = numberIn(text.substr(first + 1, second - first - 1));
    const std::string_view digest = text.substr(second + 1);
    if (!move || !end || (!digest.empty() && digest.size() != 64)) return std::nullopt;
    return BooksSeen{*move, *end, std::string(digest)};
}

void BooksDigest::add(const std::vector<std::string>& fields) {
    std::string text(digest_.begin(), digest_.end());
    for (const std::string& field : fields) text += divider + field;
    digest_ = security::sm3(bytesOf(text));
    any_ = true;
}

std::string BooksDigest::text() const {
    return any_ ? toHex(digest_) : std::string();
}

}  // namespace liqu::staff
