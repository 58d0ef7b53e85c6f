// The key of the audit record, lent to the connection that writes it by who can open it
// (staff/audit_key.hpp). Used by the thread that owns the connection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "firmware/base/result.hpp"

namespace liqu::storage {

class RecordKey {
  public:
    virtual ~RecordKey() = default;
    // The mac of a line over its text, 64 upper-case hexadecimal digits; lines only go up.
    // keyMissing: the key of this line is gone, as it is in books that were set back.
    virtual Result<std::string> macOf(std::int64_t line, std::string_view text) = 0;
    // What became of the lines since the last of the two: in the books, or never written.
    virtual void committed() = 0;
    virtual void rolledBack() = 0;
};

}  // namespace liqu::storage
