#include "firmware/security/backup_archive.hpp"

#include <algorithm>
#include <openssl/evp.h>

#include "firmware/base/china_time.hpp"
#include "firmware/security/aes_gcm.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::security {
namespace {

constexpr std::string_view magic = "liqu-backup ";
constexpr std::string_view format = "1";
constexpr std::size_t longestHead = 512;
constexpr std::size_t longestValue = 64;
constexpr std::size_t saltSize = 16;
constexpr std::size_t pieceSize = 1 << 20;
constexpr std::uint32_t lastBit = 0x80000000U;
constexpr std::size_t longestName = 64;

tl::unexpected<Error> damaged(const std::string& why) {
    return fail(ErrorCode::storageDamaged, "the backup is damaged: " + why);
}
tl::unexpected<Error> noBackup() {
    return fail(ErrorCode::fileNotReadable, "this is no backup of Liqu");
}

Result<SecretBytes> keyOf(const SecretText& passphrase, ByteView salt) {
    constexpr std::uint64_t n = 1 << 16;
    constexpr std::uint64_t memory = 128ULL << 20;
    Bytes key(gcmKeySize);
    const std::string& text = passphrase.reveal();
    if (EVP_PBE_scrypt(text.data(), text.size(), salt.data(), salt.size(), n, 8, 1, memory,
                       key.data(), key.size()) != 1) {
        return fail(ErrorCode::cryptoFailed, "scrypt refused its parameters");
    }
    return SecretBytes(std::move(key));
}

template <std::unsigned_integral Number>
void appendNumber(Bytes& bytes, Number number) {
    for (int shift = static_cast<int>(sizeof number) * 8 - 8; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<std::uint8_t>(number >> shift));
    }
}

std::uint64_t numberIn(ByteView bytes) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
}

// Each piece has a number of its own, and each file a key of its own.
Bytes nonceOf(std::uint64_t piece) {
    Bytes nonce(gcmNonceSize - sizeof piece);
    appendNumber(nonce, piece);
    return nonce;
}

Bytes associatedWith(const Bytes& binding, std::uint64_t piece, bool last) {
    Bytes data = binding;
    appendNumber(data, piece);
    data.push_back(last ? 1 : 0);
    return data;
}

Bytes bindingOf(std::string_view head) {
    const Sm3Digest digest = sm3(bytesOf(head));
    return Bytes(digest.begin(), digest.end());
}

bool isPlainValue(std::string_view text) {
    return !text.empty() && text.size() <= longestValue &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::string textOfHead(const BackupHead& head, ByteView salt) {
    return std::string(magic) + std::string(format) + "\nterminal " + head.terminal + "\ntaken " +
           head.taken + "\nversion " + head.version + "\nsalt " + toHex(salt) + "\n\n";
}

// The value of "name value\n" at the beginning of the text, which goes on behind it.
Result<std::string> lineOf(std::string_view& text, std::string_view name) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(name)) return noBackup();
    const std::string value(text.substr(name.size(), end - std::min(end, name.size())));
    if (!isPlainValue(value)) return noBackup();
    text.remove_prefix(end + 1);
    return value;
}

// Byte by byte to the empty line: what follows is not text.
Result<std::string> readHead(const BackupReader::Get& get) {
    std::string text;
    while (!text.ends_with("\n\n")) {
        std::uint8_t byte = 0;
        const std::size_t got = TRY(get(std::span(&byte, 1)));
        if (got == 0 || text.size() >= longestHead) return noBackup();
        text.push_back(static_cast<char>(byte));
        const std::size_t seen = std::min(text.size(), magic.size());
        if (std::string_view(text).substr(0, seen) != magic.substr(0, seen)) return noBackup();
    }
    return text;
}

}  // namespace

Result<void> checkPassphrase(const SecretText& passphrase) {
    const std::size_t length = passphrase.reveal().size();
    if (length >= shortestPassphrase && length <= longestPassphrase) return {};
    return fail(ErrorCode::configBadValue, "a passphrase has at least " +
                                               std::to_string(shortestPassphrase) +
                                               " characters; five words are better");
}

Result<BackupWriter> BackupWriter::begin(Put put, const BackupHead& head,
                                         const SecretText& passphrase, Random& random) {
    TRY(checkPassphrase(passphrase));
    for (const std::string* value : {&head.terminal, &head.taken, &head.version}) {
        if (!isPlainValue(*value)) {
            return fail(ErrorCode::configBadValue, "cannot stand in a backup's head: " + *value);
        }
    }
    Bytes salt(saltSize);
    random.fill(salt);
    const std::string text = textOfHead(head, salt);
    BackupWriter writer(std::move(put), TRY(keyOf(passphrase, salt)), bindingOf(text));
    TRY(writer.put_(bytesOf(text)));
    // A piece of nothing: whether the passphrase is right is known from it alone.
    TRY(writer.putPiece(false));
    return writer;
}

Result<void> BackupWriter::putPiece(bool last) {
    const std::size_t size = std::min(waiting_.size(), pieceSize);
    const ByteView plain = ByteView(waiting_).first(size);
    Bytes sealed;
    appendNumber(sealed, static_cast<std::uint32_t>(size) | (last ? lastBit : 0));
    if (!gcmSeal(key_.reveal(), nonceOf(pieces_), associatedWith(binding_, pieces_, last), plain,
                 sealed)) {
        return fail(ErrorCode::cryptoFailed, "sealing failed");
    }
    ++pieces_;
    if (size > 0)
        explicit_bzero(waiting_.data(), size);  // it takes no null pointer, not even for nothing
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(size));
    return put_(sealed);
}

Result<void> BackupWriter::entry(std::string_view name, std::uint64_t size) {
    Bytes head{static_cast<std::uint8_t>(std::min(name.size(), longestName))};
    const Bytes letters = bytesOf(name.substr(0, longestName));
    head.insert(head.end(), letters.begin(), letters.end());
    appendNumber(head, size);
    return content(head);
}

Result<void> BackupWriter::content(ByteView bytes) {
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    while (waiting_.size() > pieceSize) TRY(putPiece(false));
    return {};
}

Result<void> BackupWriter::finish() {
    return putPiece(true);
}

Result<BackupReader> BackupReader::open(Get get) {
    const std::string text = TRY(readHead(get));
    std::string_view rest = text;
    const std::string made = TRY(lineOf(rest, magic));
    if (made != format) {
        return fail(
            ErrorCode::schemaTooNew,
            "the backup has format " + made + ", this program reads format " + std::string(format));
    }
    BackupHead head;
    head.terminal = TRY(lineOf(rest, "terminal "));
    head.taken = TRY(lineOf(rest, "taken "));
    head.version = TRY(lineOf(rest, "version "));
    auto salt = fromHex(TRY(lineOf(rest, "salt ")));
    if (!salt || salt->size() != saltSize || rest != "\n" || !parseChinaTime(head.taken)) {
        return noBackup();
    }
    return BackupReader(std::move(get), std::move(head), std::move(*salt), bindingOf(text));
}

Result<void> BackupReader::unlock(const SecretText& passphrase) {
    key_ = TRY(keyOf(passphrase, salt_));
    return nextPiece();
}

Result<void> BackupReader::nextPiece() {
    if (sawLast_) return damaged("it ends too early");
    Bytes length(sizeof(std::uint32_t));
    if (TRY(get_(length)) != length.size()) return damaged("it was cut off");
    const auto word = static_cast<std::uint32_t>(numberIn(length));
    const bool last = (word & lastBit) != 0;
    const std::size_t size = word & ~lastBit;
    if (size > pieceSize) return damaged("a piece is too long");
    Bytes sealed(size + gcmTagSize);
    if (TRY(get_(sealed)) != sealed.size()) return damaged("it was cut off");
    const ByteView all(sealed);
    wipe(piece_);
    at_ = 0;
    if (!gcmOpen(key_.reveal(), nonceOf(pieces_), associatedWith(binding_, pieces_, last),
                 all.first(size), all.last(gcmTagSize), piece_)) {
        wipe(piece_);
        if (pieces_ == 0) {
            return fail(ErrorCode::sealBroken,
                        "another passphrase, or the head of the backup is damaged");
        }
        return damaged("piece " + std::to_string(pieces_) + " was touched");
    }
    ++pieces_;
    sawLast_ = last;
    return {};
}

Result<Bytes> BackupReader::take(std::size_t size) {
    Bytes taken;
    while (taken.size() < size) {
        if (ready() == 0) {
            TRY(nextPiece());
            continue;
        }
        const std::size_t more = std::min(size - taken.size(), ready());
        const auto from = piece_.begin() + static_cast<std::ptrdiff_t>(at_);
        taken.insert(taken.end(), from, from + static_cast<std::ptrdiff_t>(more));
        at_ += more;
    }
    return taken;
}

Result<std::optional<BackupReader::Entry>> BackupReader::next() {
    while (leftOfEntry_ > 0) TRY(content());
    while (ready() == 0 && !sawLast_) TRY(nextPiece());
    if (ready() == 0) {
        // What stands behind the last piece is no part of the backup.
        std::uint8_t more = 0;
        if (TRY(get_(std::span(&more, 1))) != 0) return damaged("something stands behind it");
        return std::optional<Entry>();
    }
    const std::size_t length = TRY(take(1))[0];
    if (length == 0 || length > longestName) return damaged("an entry has no name");
    Entry entry;
    entry.name = textOf(TRY(take(length)));
    entry.size = numberIn(TRY(take(sizeof entry.size)));
    leftOfEntry_ = entry.size;
    return std::optional(std::move(entry));
}

Result<Bytes> BackupReader::content() {
    if (leftOfEntry_ == 0) return Bytes();
    while (ready() == 0) TRY(nextPiece());
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(leftOfEntry_, ready()));
    leftOfEntry_ -= size;
    return take(size);
}

Result<SecretBytes> BackupReader::wholeContent(std::size_t most) {
    if (leftOfEntry_ > most) return damaged("an entry is too long");
    Bytes all = TRY(take(static_cast<std::size_t>(leftOfEntry_)));
    leftOfEntry_ = 0;
    return SecretBytes(std::move(all));
}

}  // namespace liqu::security
