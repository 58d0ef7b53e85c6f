// The file of a backup: named entries, sealed under a passphrase. A short head is readable text, so
// that whoever finds the stick knows whose it is; everything else can only be read with the
// passphrase (scrypt, RFC 7914, N = 2^16, r = 8, p = 1), and only whole: each piece is bound to the
// head, to its place, and to whether it is the last one.
//
//   "liqu-backup 1\nterminal …\ntaken …\nversion …\nsalt …\n\n"
//   then pieces: length (4, big-endian; the highest bit: it is the last) | ciphertext | tag (16)
//
// What the pieces hold, one behind the other: entries of name length (1) | name | size (8,
// big-endian) | content. One thread, one object each.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/random.hpp"
#include "firmware/base/result.hpp"

namespace liqu::security {

struct BackupHead {
    std::string terminal;
    std::string taken;    // as formatChinaTime writes it
    std::string version;  // of the program that made it
};

// Shorter ones are tried out by whoever finds the stick.
inline constexpr std::size_t shortestPassphrase = 12;
inline constexpr std::size_t longestPassphrase = 1024;
// configBadValue.
Result<void> checkPassphrase(const SecretText& passphrase);

class BackupWriter {
  public:
    using Put = std::function<Result<void>(ByteView)>;

    static Result<BackupWriter> begin(Put put, const BackupHead& head, const SecretText& passphrase,
                                      Random& random);
    // Exactly `size` bytes of content follow.
    Result<void> entry(std::string_view name, std::uint64_t size);
    Result<void> content(ByteView bytes);
    // Without it the file is one that was cut off.
    Result<void> finish();

  private:
    BackupWriter(Put put, SecretBytes key, Bytes binding)
        : put_(std::move(put)), key_(std::move(key)), binding_(std::move(binding)) {}
    Result<void> putPiece(bool last);

    Put put_;
    SecretBytes key_;
    Bytes binding_;
    Bytes waiting_{};
    std::uint64_t pieces_ = 0;
};

class BackupReader {
  public:
    // Fills as much of the place as there is; fewer bytes only at the end of the file.
    using Get = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;

    // fileNotReadable: no backup of Liqu. schemaTooNew: of another format than this program's.
    static Result<BackupReader> open(Get get);
    const BackupHead& head() const { return head_; }

    // sealBroken: another passphrase. storageDamaged here and below: touched, or cut off.
    Result<void> unlock(const SecretText& passphrase);

    struct Entry {
        std::string name;
        std::uint64_t size = 0;
    };
    // What is left of the entry before is passed over. None behind the last one.
    Result<std::optional<Entry>> next();
    // The next part of this entry; empty at its end.
    Result<Bytes> content();
    // All of it, where it is no longer than that.
    Result<SecretBytes> wholeContent(std::size_t most);

  private:
    BackupReader(Get get, BackupHead head, Bytes salt, Bytes binding)
        : get_(std::move(get)),
          head_(std::move(head)),
          salt_(std::move(salt)),
          binding_(std::move(binding)) {}
    Result<void> nextPiece();
    Result<Bytes> take(std::size_t size);
    std::size_t ready() const { return piece_.size() - at_; }

    Get get_;
    BackupHead head_;
    Bytes salt_;
    Bytes binding_;
    SecretBytes key_{};
    Bytes piece_{};
    std::size_t at_ = 0;
    std::uint64_t pieces_ = 0;
    std::uint64_t leftOfEntry_ = 0;
    bool sawLast_ = false;
};

}  // namespace liqu::security
