// The audit record as one text that a witness reads (program/witness/): UTF-8, a row per line,
// fields divided by tabs; a control character or '%' in a field stands as %XX. Any thread.
//
//   liqu-audit  1  terminal
//   move        move  at  from  to  quantity  card  reason  order  day  first  last  box  operator
//               second                                        before the line that saw it
//   end         entry  at  order  state  card                         the same
//   line        line  at  actor  second  act  object  books  digest  mac
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/staff/audit_text.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::staff {

// A row with its line feed; what it returns stops the export.
using AuditRowTaker = std::function<Result<void>(const std::string& row)>;
Result<void> exportAudit(storage::Database& database, const std::string& terminal,
                         const AuditRowTaker& take);

std::string auditHeader(const std::string& terminal);
std::string auditRow(const char* kind, const std::vector<std::string>& fields);
std::string auditRow(const SealedLine& line);

// The fields of a row, the kind first. configBadValue where it is none.
Result<std::vector<std::string>> auditFields(std::string_view row);
Result<SealedLine> sealedLineOf(const std::vector<std::string>& fields);

}  // namespace liqu::staff
