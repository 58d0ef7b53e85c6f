// What a line of the audit record says, as it is digested and sealed: the kiosk that writes it and
// the witness that checks it have this in common. Pure functions, any thread.
//
//   digest_i = SM3(digest_{i-1} | fields)           for a witness without a key
//   mac_i    = HMAC-SM3(k_i, fields | mac_{i-1})    for one with k_0
//   k_{i+1}  = SM3("next" | k_i)                    k_i is wiped: who takes the machine later
//                                                   cannot write an earlier line
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::staff {

struct AuditLine {
    std::int64_t line = 0;
    WallTime at{};
    std::string actor;
    std::string second;      // empty where one person was enough
    std::string act;         // a name of role.hpp, or "sign-in", "sign-in-refused", "sign-out" …
    std::string object;      // "hopper-1", "A00000003", an error's number
    std::string books = {};  // BooksSeen as text; empty in lines of before version 22
};

// A line with what seals it; mac is empty where there was no key.
struct SealedLine {
    AuditLine line;
    std::string digest;
    std::string mac;
};

std::string digestOf(const AuditLine& line, std::string_view digestBefore);
std::string macTextOf(const AuditLine& line, std::string_view macBefore);
std::string macOf(const SecretBytes& key, const AuditLine& line, std::string_view macBefore);
SecretBytes keyAfter(const SecretBytes& key);

// Up to which move and end of an order the books were seen, and the digest of those since the line
// before: "57/12/" and 64 hexadecimal digits, or nothing where nothing came.
struct BooksSeen {
    std::int64_t move = 0;
    std::int64_t end = 0;
    std::string digest;

    std::string text() const;
    static std::optional<BooksSeen> parse(std::string_view text);
};

// Row after row: moves first, then ends, each as the fields of its table.
class BooksDigest {
  public:
    void add(const std::vector<std::string>& fields);
    // Empty where nothing was added.
    std::string text() const;

  private:
    security::Sm3Digest digest_{};
    bool any_ = false;
};

}  // namespace liqu::staff
