// Sealing of columns with personal data (rulings 18): what lies on the disk can be read only with
// the machine's key, and only in the table, column and row it was written for.
// Two profiles behind one class: AES-256-GCM (NIST SP 800-38D), and SM4-CTR then HMAC-SM3
// (GB/T 32907, encrypt-then-MAC). A sealer opens both, so that a policy may change its mind.
//
// Sealed form: profile (1) | key id (8) | nonce (12 or 16) | ciphertext | tag (16 or 32).
// Thread-safe where its Random is.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/random.hpp"
#include "firmware/base/result.hpp"

namespace liqu::security {

enum class SealProfile : std::uint8_t { aes256Gcm = 1, sm4CtrHmacSm3 = 2 };

// 32 random bytes; each profile derives its own keys from them.
class SealKey {
  public:
    static constexpr std::size_t size = 32;

    static SealKey make(Random& random);
    static Result<SealKey> load(const std::filesystem::path& path);
    // Makes the file where there is none yet: a new machine.
    static Result<SealKey> loadOrCreate(const std::filesystem::path& path, Random& random);

    const std::array<std::uint8_t, 8>& id() const { return id_; }
    ByteView reveal() const { return bytes_.reveal(); }

  private:
    explicit SealKey(Bytes bytes);
    SecretBytes bytes_;
    std::array<std::uint8_t, 8> id_{};
};

// Where a sealed value lives; it is part of what the tag protects.
struct SealPlace {
    std::string_view table;
    std::string_view column;
    std::string_view row;
};

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
