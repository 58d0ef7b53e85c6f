// `liqu backup`: books and keys in one file, sealed under a passphrase, also while the kiosk runs.
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/security/backup_archive.hpp"
#include "firmware/security/key_file.hpp"
#include "firmware/storage/books_identity.hpp"
#include "firmware/storage/copy.hpp"
#include "program/acting_as.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"
#include "program/keeping.hpp"

namespace liqu::program {
namespace {

struct Held {
    std::string entry;
    SecretText content;
};

// Everything that is to be kept, read in the right of the folder's owner.
struct Gathered {
    Descriptor books{-1};
    std::uint64_t size = 0;
    std::string manifest;
    std::vector<Held> files;
};

// Its name is gone before anything is done with it.
Result<Descriptor> copyOf(const std::filesystem::path& data) {
    const std::filesystem::path copy = data / "kiosk.db-copy";
    TRY(storage::copyBooks(databaseIn(data), copy));
    Descriptor file(::open(copy.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    ::unlink(copy.c_str());
    if (!file.isOpen()) return fail(ErrorCode::fileNotReadable, copy.string());
    return file;
}

Result<storage::BooksIdentity> identityIn(storage::Database& books) {
    auto identity = TRY(storage::identityOf(books));
    if (identity) return std::move(*identity);
    return fail(ErrorCode::storageDamaged,
                "the books do not say whose they are; start the kiosk once");
}

Result<std::string> manifestOf(const KeepingOptions& options, const policy::KioskConfig& config) {
    const auto books = TRY(openForReading(options.data));
    TRY(requireTerminal(*books, config));
    const storage::BooksIdentity identity = TRY(identityIn(*books));
    const auto key = TRY(security::SealKey::load(sealKeyIn(options.data)));
    if (toHex(key.id()) != identity.sealKeyId) {
        return fail(ErrorCode::sealKeyDiffers, "the books were sealed with key " +
                                                   identity.sealKeyId + ", seal.key is " +
                                                   toHex(key.id()));
    }
    return "schema " + std::to_string(TRY(books->number("PRAGMA user_version"))) + "\nepoch " +
           identity.epoch + "\nseal-key " + identity.sealKeyId + "\nconfig " +
           TRY(configDigest(options.config, config.region)) + "\n";
}

Result<Gathered> gather(const KeepingOptions& options, const policy::KioskConfig& config) {
    const auto acting = TRY(ActingAs::ownerOf(options.data));
    Gathered all;
    all.manifest = TRY(manifestOf(options, config));
    for (const KeptFile& file : keptFiles(config, options.data)) {
        const bool isSecret = file.kind == KeptFile::Kind::secret;
        auto content = isSecret ? security::readSecretFile(file.path)
                                : security::readPublicFile(file.path).map(
                                      [](std::string text) { return SecretText(std::move(text)); });
        all.files.push_back({file.entry, TRY(std::move(content))});
    }
    all.books = TRY(copyOf(options.data));
    struct stat status {};
    if (::fstat(all.books.number(), &status) != 0) return fail(ErrorCode::storageFailed, "fstat");
    all.size = static_cast<std::uint64_t>(status.st_size);
    return all;
}

Result<void> putBooks(security::BackupWriter& archive, const Gathered& all) {
    TRY(archive.entry(booksEntry, all.size));
    Bytes piece(1 << 20);
    for (std::uint64_t left = all.size; left > 0;) {
        const ssize_t got =
            ::read(all.books.number(), piece.data(),
                   static_cast<std::size_t>(std::min<std::uint64_t>(left, 1 << 20)));
        if (got <= 0) return fail(ErrorCode::storageFailed, "the copy of the books ends too early");
        TRY(archive.content(ByteView(piece).first(static_cast<std::size_t>(got))));
        left -= static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<void> backUp(const KeepingOptions& options) {
    const auto config = TRY(policy::loadKioskConfig(options.config));
    TRY(requireBooks(options.data));
    // As whoever calls: where it goes is theirs. What is kept is read as its owner.
    auto file = TRY(WholeFile::create(options.file));
    const SecretText passphrase = TRY(askPassphrase(options, Asking::twice));
    const Gathered all = TRY(gather(options, config));
    SystemRandom random;
    const security::BackupHead head{config.terminal, formatChinaTime(SystemClock().wallTime()),
                                    LIQU_VERSION};
    auto archive = TRY(security::BackupWriter::begin(
        [&file](ByteView bytes) { return file.write(bytes); }, head, passphrase, random));
    TRY(archive.entry(manifestEntry, all.manifest.size()));
    TRY(archive.content(bytesOf(all.manifest)));
    for (const Held& held : all.files) {
        TRY(archive.entry(held.entry, held.content.reveal().size()));
        const SecretBytes content(bytesOf(held.content.reveal()));
        TRY(archive.content(content.reveal()));
    }
    TRY(putBooks(archive, all));
    TRY(archive.finish());
    TRY(file.finish());
    std::printf(
        "%s: books and %zu key and certificate file(s) of terminal %s, as of %s\n"
        "keep it away from the machine, and its passphrase away from it: without the passphrase "
        "nobody reads it\n"
        "next, on a box that takes this one's place: liqu restore %s --config … --data …\n",
        options.file.c_str(), all.files.size(), config.terminal.c_str(), head.taken.c_str(),
        options.file.filename().c_str());
    return {};
}

}  // namespace

int runBackup(const KeepingOptions& options) {
    const auto done = backUp(options);
    return done ? 0 : say(done.error());
}

}  // namespace liqu::program
