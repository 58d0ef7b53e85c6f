// Sealing of columns with personal data (decision 18): what lies on the disk can be read only with
// the machine's key, and only in the table, column and row it was written for.
// Two profiles behind one class: AES-256-GCM (NIST SP 800-38D), and SM4-CTR then HMAC-SM3
// (GB/T 32907, encrypt-then-MAC). A sealer opens both, so that a policy may change its mind.
//
// Sealed form: profile (1) | key id (8) | nonce (12 or 16) | ciphertext | tag (16 or 32). The upper
// half of the profile's byte says whether the other columns of the row are bound as well.
// Thread-safe where its Random is.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/random.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"

namespace liqu::security {

enum class SealProfile : std::uint8_t { aes256Gcm = 1, sm4CtrHmacSm3 = 2 };
constexpr auto wordsOf(SealProfile) {
    return words<SealProfile>({{SealProfile::aes256Gcm, "aes-256-gcm"},
                               {SealProfile::sm4CtrHmacSm3, "sm4-ctr-hmac-sm3"}});
}

// 32 random bytes; each profile derives its own keys from them.
class SealKey {
  public:
    static constexpr std::size_t size = 32;

    static SealKey make(Random& random);
    static Result<SealKey> load(const std::filesystem::path& path);
    // A new machine. An existing file is never written over.
    static Result<SealKey> create(const std::filesystem::path& path, Random& random);

    const std::array<std::uint8_t, 8>& id() const { return id_; }
    ByteView reveal() const { return bytes_.reveal(); }

  private:
    explicit SealKey(Bytes bytes);
    SecretBytes bytes_;
    std::array<std::uint8_t, 8> id_{};
};

// Where a sealed value lives; it is part of what the tag protects. bound: the row's other columns,
// from boundColumns; with them the value opens only while they are what they were. What an earlier
// version sealed without them is opened without them, and sealed with them at its next writing.
struct SealPlace {
    std::string_view table;
    std::string_view column;
    std::string_view row;
    std::string_view bound{};
};
// Lengths stand before the words, so that no two rows are written the same way.
std::string boundColumns(std::initializer_list<std::string_view> columns);

class Sealer {
  public:
    Sealer(SealProfile profile, const SealKey& key, Random& random);

    Result<Bytes> seal(ByteView plain, const SealPlace& place) const;
    // sealBroken: another key, another place, or touched.
    Result<PersonalBytes> open(ByteView sealed, const SealPlace& place) const;

  private:
    SealProfile profile_;
    std::array<std::uint8_t, 8> keyId_;
    SecretBytes aesKey_;
    SecretBytes sm4Key_;
    SecretBytes macKey_;
    Random& random_;
};

}  // namespace liqu::security
