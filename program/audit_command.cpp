// `liqu audit`: the key of the audit record, handed out once, and the record as a file for
// liqu-witness.
#include <cstdio>

#include "firmware/base/whole_file.hpp"
#include "firmware/desk/audit_care.hpp"
#include "firmware/security/key_file.hpp"
#include "firmware/staff/audit_export.hpp"
#include "firmware/staff/audit_key.hpp"
#include "firmware/storage/books_identity.hpp"
#include "program/books.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;

// Nothing is written over: who names another file by mistake loses none.
Result<void> requireNew(const files::path& file) {
    std::error_code ignored;
    if (!files::exists(files::symlink_status(file, ignored))) return {};
    return fail(ErrorCode::fileNotWritable, file.string() + ": is there already");
}

// Both or neither: a key that nobody outside has is of no use, and one is handed out once.
Result<std::int64_t> makeKey(Books& books, const AuditOptions& options) {
    const files::path own = auditKeyIn(options.data);
    std::error_code ignored;
    if (files::exists(own, ignored)) {
        return fail(ErrorCode::keyMissing,
                    "the first key was handed out when " + own.string() +
                        " was made; the machine has no copy of it. Bring the file that was handed "
                        "out then");
    }
    TRY(requireNew(options.file));
    const std::int64_t first = TRY(staff::endOfRecord(books.database())).lines + 1;
    SystemRandom random;
    const SecretBytes key = TRY(staff::AuditKey::create(own, books.sealer(), random, first));
    const SecretText handedOut("liqu-audit-key/1 " + books.files().kiosk.terminal + " " +
                               std::to_string(first) + " " + toHex(key.reveal()) + "\n");
    if (const auto written = security::createSecretFile(options.file, handedOut.reveal());
        !written) {
        files::remove(own, ignored);
        return fail(written.error());
    }
    TRY(lendAuditKey(books.database(), options.data, books.sealer()));
    TRY(staff::recordAlone(books.database(),
                           {0, books.now(), "root", "", "audit-key", "handed out"}));
    return first;
}

Result<std::int64_t> exportTo(storage::Database& database, const files::path& file) {
    TRY(requireNew(file));
    const auto identity = TRY(storage::identityOf(database));
    if (!identity) return fail(ErrorCode::storageDamaged, "the books have no terminal");
    auto out = TRY(WholeFile::create(file));
    std::int64_t rows = 0;
    TRY(staff::exportAudit(database, identity->terminal,
                           [&](const std::string& row) -> Result<void> {
                               ++rows;
                               return out.write(bytesOf(row));
                           }));
    TRY(out.finish());
    return rows;
}

}  // namespace

int runAuditKey(const AuditOptions& options) {
    const auto lock = enter(options.data);
    if (!lock) return say(lock.error());
    auto books = Books::open(options);
    if (!books) return say(books.error());
    const auto first = makeKey(**books, options);
    if (!first) return say(first.error());
    std::printf(
        "%s holds the first key of the audit record, from line %lld on.\n"
        "Give it to the province or the operator, on paper or a stick, and remove it here: who "
        "has it can write the record anew, and who has lost it can check no mac. The machine "
        "keeps no copy. They check an export of the record with\n"
        "    liqu-witness --key %s --checkpoints FILE EXPORT\n",
        options.file.c_str(), static_cast<long long>(*first), options.file.filename().c_str());
    return 0;
}

int runAuditExport(const AuditOptions& options) {
    auto database = openForReading(options.data);
    if (!database) return say(database.error());
    const auto rows = exportTo(**database, options.file);
    if (!rows) return say(rows.error());
    std::printf(
        "%lld rows in %s; check them away from this machine: liqu-witness --checkpoints "
        "FILE %s\n",
        static_cast<long long>(*rows), options.file.c_str(), options.file.filename().c_str());
    return 0;
}

}  // namespace liqu::program
