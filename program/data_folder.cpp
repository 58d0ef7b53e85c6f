#include "program/data_folder.hpp"

#include <cstring>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/custody/ledger.hpp"
#include "firmware/staff/audit_key.hpp"
#include "firmware/storage/books_identity.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;

// What books consist of; of a new machine there is none.
constexpr const char* parts[] = {"kiosk.db",      "kiosk.db-wal", "kiosk.db-shm",
                                 "kiosk.db-mark", "seal.key",     "audit.key"};

bool isThere(const files::path& path) {
    std::error_code ignored;
    return files::symlink_status(path, ignored).type() != files::file_type::not_found;
}

// Takes back what a making that failed has made.
class Making {
  public:
    static Result<Making> begin(const files::path& data) {
        if (data.empty()) return fail(ErrorCode::booksMissing, "no folder is named");
        for (const char* part : parts) {
            if (!isThere(data / part)) continue;
            return fail(ErrorCode::booksExist,
                        (data / part).string() +
                            " is there; nothing was changed. Only what is left of an init that "
                            "was cut short may be removed by hand");
        }
        const bool made = !isThere(data);
        std::error_code error;
        files::create_directory(data, error);
        if (error) {
            return fail(ErrorCode::fileNotWritable, data.string() + ": " + error.message());
        }
        return Making(data, made);
    }
    Making(Making&& other) noexcept
        : data_(std::exchange(other.data_, {})), madeFolder_(other.madeFolder_) {}
    Making& operator=(Making&&) = delete;
    ~Making() {
        if (data_.empty()) return;
        std::error_code ignored;
        for (const char* part : parts) files::remove(data_ / part, ignored);
        if (madeFolder_) files::remove(data_, ignored);
    }
    void keep() { data_.clear(); }

  private:
    Making(files::path data, bool madeFolder) : data_(std::move(data)), madeFolder_(madeFolder) {}
    files::path data_;
    bool madeFolder_;
};

Result<void> writeOpening(storage::Database& database, const policy::KioskConfig& config,
                          const storage::BooksIdentity& identity) {
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(storage::writeIdentity(transaction, identity));
    TRY(custody::openPlaces(transaction, static_cast<int>(config.lanes.size()),
                            config.hopperCapacity, config.binCapacity));
    return transaction.commit();
}

}  // namespace

files::path databaseIn(const files::path& data) {
    return data / "kiosk.db";
}
files::path sealKeyIn(const files::path& data) {
    return data / "seal.key";
}
files::path auditKeyIn(const files::path& data) {
    return data / "audit.key";
}

Result<void> requireBooks(const files::path& data) {
    if (!data.empty() && isThere(databaseIn(data))) return {};
    const std::string folder = data.empty() ? "''" : data.string();
    return fail(ErrorCode::booksMissing,
                "there is no kiosk.db in " + folder +
                    "; nothing was made. A new machine: liqu init. A machine that has worked: find "
                    "its folder again, or count every card and make new books");
}

Result<void> requireNoBooks(const files::path& data) {
    for (const std::string_view part : parts) {
        if (data / part == sealKeyIn(data) || !isThere(data / part)) continue;
        return fail(ErrorCode::booksExist, (data / part).string() +
                                               " is there; nothing was changed. A backup becomes "
                                               "the books of a folder that has none");
    }
    return {};
}

Result<void> actAsOwner(const files::path& data) {
    struct stat status {};
    if (::geteuid() != 0 || ::stat(data.c_str(), &status) != 0 || status.st_uid == 0) return {};
    const auto refused = [&data] {
        return fail(ErrorCode::fileNotWritable,
                    "cannot act as the owner of " + data.string() + ": " + std::strerror(errno));
    };
    const passwd* owner = ::getpwuid(status.st_uid);
    const gid_t group = owner != nullptr ? owner->pw_gid : status.st_gid;
    const int groups =
        owner != nullptr ? ::initgroups(owner->pw_name, group) : ::setgroups(0, nullptr);
    if (groups != 0 || ::setresgid(group, group, group) != 0 ||
        ::setresuid(status.st_uid, status.st_uid, status.st_uid) != 0) {
        return refused();
    }
    return {};
}

Result<InstanceLock> enter(const files::path& data) {
    TRY(requireBooks(data));
    TRY(actAsOwner(data));
    return InstanceLock::take(data);
}

Result<std::string> makeBooks(const files::path& data, const policy::KioskConfig& config,
                              Random& random) {
    Making making = TRY(Making::begin(data));
    TRY(actAsOwner(data));
    const security::SealKey key = TRY(security::SealKey::create(sealKeyIn(data), random));
    const std::string keyId = toHex(key.id());
    {
        const mode_t before = ::umask(S_IRWXG | S_IRWXO);
        auto opened = storage::Database::open({databaseIn(data).string(), "", false});
        ::umask(before);
        const auto database = TRY(std::move(opened));
        TRY(writeOpening(*database, config, {config.terminal, randomId(random), keyId}));
    }
    making.keep();
    return keyId;
}

Result<void> requireTerminal(storage::Database& database, const policy::KioskConfig& config) {
    const auto identity = TRY(storage::identityOf(database));
    if (!identity || identity->terminal == config.terminal) return {};
    return fail(ErrorCode::booksOfOtherTerminal, "the books are those of " + identity->terminal +
                                                     ", kiosk.toml says " + config.terminal);
}

Result<security::SealKey> openSealKey(storage::Database& database, const files::path& data,
                                      const policy::KioskConfig& config, Random& random) {
    auto key = security::SealKey::load(sealKeyIn(data));
    if (!key && key.error().code == ErrorCode::keyMissing) {
        return fail(ErrorCode::sealKeyLost,
                    key.error().cause +
                        "; no other is made. Bring it back from its copy: without it no sealed "
                        "record can be opened");
    }
    if (!key) return key;
    const std::string keyId = toHex(key->id());
    const auto identity = TRY(storage::identityOf(database));
    if (!identity) {
        auto transaction = TRY(storage::Transaction::begin(database));
        TRY(storage::writeIdentity(transaction, {config.terminal, randomId(random), keyId}));
        TRY(transaction.commit());
        return key;
    }
    if (identity->sealKeyId != keyId) {
        return fail(ErrorCode::sealKeyDiffers, "the books were sealed with key " +
                                                   identity->sealKeyId + ", seal.key is " + keyId);
    }
    return key;
}

Result<void> lendAuditKey(storage::Database& database, const files::path& data,
                          const security::Sealer& sealer) {
    const files::path file = auditKeyIn(data);
    if (!isThere(file)) {
        const std::int64_t sealed =
            TRY(database.number("SELECT count(*) FROM staff_audit WHERE mac <> ''"));
        if (sealed == 0) return {};
        return fail(
            ErrorCode::keyMissing,
            file.string() + " is gone: lines have no mac until liqu audit key makes another");
    }
    database.lend(TRY(staff::AuditKey::open(file, sealer)));
    return {};
}

}  // namespace liqu::program
