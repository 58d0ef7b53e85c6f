// `liqu restore`: a backup becomes the books of a box that has none. They are known as a copy from
// their first moment on: no card is made with them before the province has agreed to a new epoch.
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/province/epoch.hpp"
#include "firmware/security/backup_archive.hpp"
#include "firmware/security/key_file.hpp"
#include "firmware/staff/audit.hpp"
#include "firmware/storage/books_identity.hpp"
#include "firmware/storage/schema.hpp"
#include "program/acting_as.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/keeping.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;

constexpr std::size_t largestManifest = 4096;
constexpr std::size_t largestKey = 64 * 1024;

files::path draftIn(const files::path& data) {
    return data / "kiosk.db-restored";
}

void removeDraft(const files::path& data) {
    std::error_code ignored;
    for (const char* part : {"", "-wal", "-shm", "-journal"}) {
        files::remove(draftIn(data).string() + part, ignored);
    }
}

Result<security::BackupReader> openArchive(const files::path& path) {
    auto file =
        std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file->isOpen() || ::fstat(file->number(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return fail(ErrorCode::fileNotReadable, path.string() + ": no file that can be read");
    }
    return security::BackupReader::open(
        [file](std::span<std::uint8_t> place) -> Result<std::size_t> {
            std::size_t all = 0;
            while (all < place.size()) {
                const ssize_t got = ::read(file->number(), place.data() + all, place.size() - all);
                if (got < 0 && errno == EINTR) continue;
                if (got < 0)
                    return fail(ErrorCode::fileNotReadable, "the backup: it cannot be read");
                if (got == 0) break;
                all += static_cast<std::size_t>(got);
            }
            return all;
        });
}

// The value of a line "name value" of the manifest.
Result<std::string> valueIn(const std::string& manifest, const std::string& name) {
    const std::string all = "\n" + manifest;
    const std::size_t at = all.find("\n" + name + " ");
    if (at == std::string::npos) {
        return fail(ErrorCode::storageDamaged, "the backup does not say its " + name);
    }
    const std::size_t from = at + name.size() + 2;
    return all.substr(from, all.find('\n', from) - from);
}

Result<void> requireKnownSchema(const std::string& manifest) {
    const std::string text = TRY(valueIn(manifest, "schema"));
    std::int64_t schema = 0;
    std::from_chars(text.data(), text.data() + text.size(), schema);
    if (schema > 0 && schema <= storage::newestSchema()) return {};
    return fail(ErrorCode::schemaTooNew, "the backup's books have schema " + text +
                                             ", this program knows " +
                                             std::to_string(storage::newestSchema()));
}

struct Held {
    KeptFile place;
    SecretBytes content;
};
struct Restored {
    std::string manifest;
    std::vector<Held> files;
    std::vector<std::string> unplaced;  // kept there, and kiosk.toml names no place for it
};

Result<void> takeBooks(security::BackupReader& archive, const files::path& data) {
    const auto acting = TRY(ActingAs::ownerOf(data));
    auto draft = TRY(WholeFile::create(draftIn(data)));
    while (true) {
        const Bytes piece = TRY(archive.content());
        if (piece.empty()) break;
        TRY(draft.write(piece));
    }
    return draft.finish();
}

Result<void> takeFile(security::BackupReader& archive, const std::string& name,
                      const std::vector<KeptFile>& places, Restored& restored) {
    for (const KeptFile& place : places) {
        if (place.entry != name) continue;
        restored.files.push_back({place, TRY(archive.wholeContent(largestKey))});
        return {};
    }
    restored.unplaced.push_back(name);
    return {};
}

// The whole archive, before anything of it counts: one that is damaged at its end leaves nothing.
Result<Restored> readArchive(security::BackupReader& archive, const policy::KioskConfig& config,
                             const files::path& data) {
    const std::vector<KeptFile> places = keptFiles(config, data);
    Restored restored;
    bool hasBooks = false;
    while (const auto entry = TRY(archive.next())) {
        if (entry->name == manifestEntry) {
            restored.manifest = textOf(TRY(archive.wholeContent(largestManifest)).reveal());
            TRY(requireKnownSchema(restored.manifest));
        } else if (entry->name == booksEntry) {
            TRY(takeBooks(archive, data));
            hasBooks = true;
        } else {
            TRY(takeFile(archive, entry->name, places, restored));
        }
    }
    if (hasBooks && !restored.manifest.empty()) return restored;
    return fail(ErrorCode::storageDamaged, "the backup has no books in it");
}

enum class Lying : std::uint8_t { nothing, same, other };
Result<Lying> whatLiesAt(const Held& held) {
    std::error_code error;
    if (!files::exists(files::symlink_status(held.place.path, error))) return Lying::nothing;
    const auto there = held.place.kind == KeptFile::Kind::secret
                           ? TRY(security::readSecretFile(held.place.path))
                           : SecretText(TRY(security::readPublicFile(held.place.path)));
    const SecretBytes bytes(bytesOf(there.reveal()));
    return bytes == held.content ? Lying::same : Lying::other;
}

// Nothing is written over. A certificate that lies there may be the newer one.
Result<void> requirePlaces(const std::vector<Held>& all) {
    for (const Held& held : all) {
        if (TRY(whatLiesAt(held)) != Lying::other) continue;
        if (held.place.kind == KeptFile::Kind::open) continue;
        return fail(ErrorCode::booksExist, held.place.path.string() +
                                               " is another key than the backup's; move it away "
                                               "first, nothing was changed");
    }
    return {};
}

Result<void> place(const Held& held, const files::path& data) {
    const Lying lying = TRY(whatLiesAt(held));
    const char* const name = held.place.path.c_str();
    if (lying == Lying::nothing) {
        const SecretText text(textOf(held.content.reveal()));
        TRY(makeFolderFor(held.place.path, data));
        TRY(security::createSecretFile(held.place.path, text.reveal()));
        TRY(giveToOwnerOf(data, held.place.path));
        std::printf("%s: written\n", name);
    } else {
        std::printf("%s: %s\n", name,
                    lying == Lying::same ? "was there already"
                                         : "is another one than the backup's, and stays");
    }
    return {};
}

// Still under a name that no kiosk opens.
Result<void> markAsCopy(const files::path& data, const policy::KioskConfig& config) {
    const auto acting = TRY(ActingAs::ownerOf(data));
    const auto books = TRY(
        storage::Database::open({draftIn(data).string(), "", false, storage::WhenMissing::refuse}));
    TRY(books->verify(storage::Database::Depth::whole));
    TRY(requireTerminal(*books, config));
    if (!TRY(storage::identityOf(*books))) {
        return fail(ErrorCode::storageDamaged, "the backup's books do not say whose they are");
    }
    auto transaction = TRY(storage::Transaction::begin(*books));
    const WallTime now = SystemClock().wallTime();
    TRY(province::noteRestored(transaction, now));
    TRY(staff::record(transaction, {0, now, "root", "", "restore", ""}));
    return transaction.commit();
}

Result<void> requireItsKey(const std::string& manifest, const files::path& data) {
    const auto acting = TRY(ActingAs::ownerOf(data));
    const auto key = TRY(security::SealKey::load(sealKeyIn(data)));
    const std::string wanted = TRY(valueIn(manifest, "seal-key"));
    if (toHex(key.id()) == wanted) return {};
    return fail(ErrorCode::sealKeyDiffers,
                "the books were sealed with key " + wanted + ", seal.key is " + toHex(key.id()));
}

// From here on there are books.
Result<void> putInPlace(const files::path& data) {
    const auto acting = TRY(ActingAs::ownerOf(data));
    std::error_code error;
    files::rename(draftIn(data), databaseIn(data), error);
    const Descriptor folder(::open(data.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (error || !folder.isOpen() || ::fsync(folder.number()) != 0) {
        return fail(ErrorCode::fileNotWritable, databaseIn(data).string());
    }
    return {};
}

void sayWhatIsNext(const KeepingOptions& options, const Restored& restored,
                   const policy::KioskConfig& config) {
    for (const std::string& name : restored.unplaced) {
        std::printf("%s of the backup has no place in kiosk.toml, and was left out\n",
                    name.c_str());
    }
    const auto digest = configDigest(options.config, config.region);
    const auto then = valueIn(restored.manifest, "config");
    if (digest && then && *digest != *then) {
        std::printf("kiosk.toml or its rules are not as they were then; see that this is meant\n");
    }
    struct stat status {};
    if (::stat(options.data.c_str(), &status) == 0 && status.st_uid == 0) {
        std::printf("next: chown -R USER: %s   (the user the kiosk runs as)\n",
                    options.data.c_str());
    }
    const std::string where =
        " --config " + options.config.string() + " --data " + options.data.string();
    std::printf(
        "these books are a copy: no card is made with them before two people here and the "
        "province agree.\n"
        "See that the box they come from never starts again, then\n"
        "next: liqu books renew --reason … --operator … --second-operator …%s\n"
        "and then count every place (liqu day freeze, count, close): what was done after the "
        "backup is not in them\n",
        where.c_str());
}

Result<void> restore(const KeepingOptions& options) {
    const auto config = TRY(loadConfigWithoutKeys(options.config));
    auto archive = TRY(openArchive(options.file));
    const security::BackupHead& head = archive.head();
    if (head.terminal != config.terminal) {
        return fail(ErrorCode::booksOfOtherTerminal,
                    "the backup is of " + head.terminal + ", kiosk.toml says " + config.terminal);
    }
    TRY(requireNoBooks(options.data));
    std::printf("backup of terminal %s, as of %s, by liqu %s\n", head.terminal.c_str(),
                head.taken.c_str(), head.version.c_str());
    TRY(archive.unlock(TRY(askPassphrase(options, Asking::once))));
    std::error_code error;
    files::create_directory(options.data, error);
    if (error) return fail(ErrorCode::fileNotWritable, options.data.string());
    const Restored restored = TRY(readArchive(archive, config, options.data));
    TRY(requirePlaces(restored.files));
    TRY(markAsCopy(options.data, config));
    for (const Held& held : restored.files) TRY(place(held, options.data));
    TRY(requireItsKey(restored.manifest, options.data));
    TRY(putInPlace(options.data));
    std::printf("%s: the books as of then\n", databaseIn(options.data).c_str());
    sayWhatIsNext(options, restored, config);
    return {};
}

}  // namespace

int runRestore(const KeepingOptions& options) {
    const auto done = restore(options);
    if (done) return 0;
    removeDraft(options.data);
    return say(done.error());
}

}  // namespace liqu::program
