// Whether an audit record is the one that was witnessed: an export of the machine's
// (staff/audit_export.hpp) against copies that were kept outside of it. Nothing the machine says of
// itself counts for it but the record. Pure values; any thread.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "firmware/staff/audit_checkpoint.hpp"
#include "firmware/staff/audit_text.hpp"

namespace liqu::witness {

// A row of the books that a line has seen.
struct BooksRow {
    bool isMove = true;
    std::vector<std::string> fields;
};
struct WitnessedLine {
    staff::SealedLine sealed;
    std::vector<BooksRow> books;  // that came since the line before
};
struct Record {
    std::string terminal;
    std::vector<WitnessedLine> lines;
};

// k_0, as `liqu audit key` handed it out.
struct FirstKey {
    std::string terminal;
    std::int64_t line = 1;
    SecretBytes key;
};

// The first line that is shown to be wrong. What was forged may begin before it where nothing shows
// it: without the key, or with the key of an old copy of the machine; never before `notBefore`, the
// line behind the last checkpoint the record passes through.
struct WrongLine {
    std::int64_t line = 0;
    std::int64_t notBefore = 0;
    std::string why;
};
struct Verdict {
    std::int64_t lines = 0;
    std::int64_t witnessed = 0;    // up to the newest checkpoint
    std::int64_t unwitnessed = 0;  // after it: as the machine says
    std::optional<WrongLine> wrong;
};

// configBadValue: the row that is none, and why. At most ten million lines.
Result<Record> readRecord(std::istream& in);
// One a line; empty lines count for nothing.
Result<std::vector<staff::Checkpoint>> readCheckpoints(std::istream& in);
Result<FirstKey> readFirstKey(std::string_view text);

// keys: each from its line on; a machine that was restored was given another. Without any no mac is
// compared. configBadValue where what is kept outside is of another terminal, or contradicts
// itself.
Result<Verdict> verify(const Record& record, std::vector<staff::Checkpoint> checkpoints,
                       std::vector<FirstKey> keys);

}  // namespace liqu::witness
