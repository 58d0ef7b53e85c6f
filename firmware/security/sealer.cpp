#include "firmware/security/sealer.hpp"

#include <algorithm>
#include <openssl/evp.h>

#include "firmware/security/aes_gcm.hpp"
#include "firmware/security/key_file.hpp"
#include "firmware/security/openssl_handles.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::security {
namespace {

constexpr std::size_t keyIdSize = 8;
constexpr std::size_t sm4KeySize = 16;
constexpr std::size_t largestPlain = 16 * 1024 * 1024;

struct Layout {
    std::size_t nonce;
    std::size_t tag;
};

Layout layoutOf(SealProfile profile) {
    return profile == SealProfile::aes256Gcm ? Layout{12, gcmTagSize} : Layout{16, 32};
}

SecretBytes derive(ByteView key, std::string_view purpose, std::size_t size) {
    const Sm3Digest digest = hmacSm3(key, bytesOf(purpose));
    return SecretBytes(Bytes(digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(size)));
}

// In the profile's byte: the row's other columns are bound too.
constexpr std::uint8_t withColumns = 0x10;

void append(Bytes& bytes, ByteView more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

template <typename Text>
void appendWord(Text& text, std::string_view word) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        text.push_back(static_cast<typename Text::value_type>(word.size() >> shift));
    }
    text.insert(text.end(), word.begin(), word.end());
}

Bytes associatedData(ByteView header, const SealPlace& place) {
    Bytes data(header.begin(), header.end());
    for (const std::string_view word : {place.table, place.column, place.row}) {
        appendWord(data, word);
    }
    if ((header[0] & withColumns) != 0) appendWord(data, place.bound);
    return data;
}

// Counter mode: sealing and opening are the same.
bool sm4Ctr(ByteView key, ByteView nonce, ByteView in, Bytes& out) {
    const CipherContext context(EVP_CIPHER_CTX_new());
    out.resize(in.size());
    int length = 0;
    return context &&
           EVP_EncryptInit_ex2(context.get(), EVP_sm4_ctr(), key.data(), nonce.data(), nullptr) ==
               1 &&
           EVP_EncryptUpdate(context.get(), out.data(), &length, in.data(),
                             static_cast<int>(in.size())) == 1;
}

Sm3Digest macOf(ByteView key, Bytes associated, ByteView cipher) {
    append(associated, cipher);
    return hmacSm3(key, associated);
}

}  // namespace

SealKey::SealKey(Bytes bytes) : bytes_(std::move(bytes)) {
    const Sm3Digest digest = hmacSm3(bytes_.reveal(), bytesOf("liqu seal key id"));
    std::copy_n(digest.begin(), id_.size(), id_.begin());
}

SealKey SealKey::make(Random& random) {
    Bytes bytes(size);
    random.fill(bytes);
    return SealKey(std::move(bytes));
}

Result<SealKey> SealKey::load(const std::filesystem::path& path) {
    const SecretText text = TRY(readSecretFile(path));
    std::string_view hex = text.reveal();
    while (hex.ends_with('\n')) hex.remove_suffix(1);
    auto bytes = fromHex(hex);
    if (!bytes || bytes->size() != size) {
        return fail(ErrorCode::keyMissing, path.string() + ": not 64 hexadecimal digits");
    }
    return SealKey(std::move(*bytes));
}

Result<SealKey> SealKey::create(const std::filesystem::path& path, Random& random) {
    SealKey key = make(random);
    const SecretText text(toHex(key.reveal()) + "\n");
    TRY(createSecretFile(path, text.reveal()));
    return key;
}

Sealer::Sealer(SealProfile profile, const SealKey& key, Random& random)
    : profile_(profile),
      keyId_(key.id()),
      aesKey_(derive(key.reveal(), "liqu seal aes-256-gcm", SealKey::size)),
      sm4Key_(derive(key.reveal(), "liqu seal sm4-ctr", sm4KeySize)),
      macKey_(derive(key.reveal(), "liqu seal hmac-sm3", SealKey::size)),
      random_(random) {}

std::string boundColumns(std::initializer_list<std::string_view> columns) {
    std::string text;
    for (const std::string_view column : columns) appendWord(text, column);
    return text;
}

Result<Bytes> Sealer::seal(ByteView plain, const SealPlace& place) const {
    if (plain.size() > largestPlain) return fail(ErrorCode::cryptoFailed, "too long to seal");
    const std::uint8_t binding = place.bound.empty() ? 0 : withColumns;
    Bytes sealed{static_cast<std::uint8_t>(static_cast<std::uint8_t>(profile_) | binding)};
    append(sealed, keyId_);
    Bytes nonce(layoutOf(profile_).nonce);
    random_.fill(nonce);
    append(sealed, nonce);
    const Bytes associated = associatedData(sealed, place);
    bool done = false;
    if (profile_ == SealProfile::aes256Gcm) {
        done = gcmSeal(aesKey_.reveal(), nonce, associated, plain, sealed);
    } else {
        Bytes cipher;
        done = sm4Ctr(sm4Key_.reveal(), nonce, plain, cipher);
        append(sealed, cipher);
        append(sealed, macOf(macKey_.reveal(), associated, cipher));
    }
    if (!done) return fail(ErrorCode::cryptoFailed, "sealing failed");
    return sealed;
}

Result<PersonalBytes> Sealer::open(ByteView sealed, const SealPlace& place) const {
    const auto broken = [](std::string why) { return fail(ErrorCode::sealBroken, std::move(why)); };
    const std::uint8_t number =
        sealed.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(sealed[0] & ~withColumns);
    if (number < 1 || number > 2) return broken("unknown seal");
    const auto profile = static_cast<SealProfile>(number);
    const Layout layout = layoutOf(profile);
    const std::size_t headerSize = 1 + keyIdSize + layout.nonce;
    if (sealed.size() < headerSize + layout.tag) return broken("shorter than a seal");
    if (!equalInConstantTime(sealed.subspan(1, keyIdSize), keyId_)) {
        return broken("sealed with another key");
    }
    const ByteView nonce = sealed.subspan(1 + keyIdSize, layout.nonce);
    const ByteView cipher = sealed.subspan(headerSize, sealed.size() - headerSize - layout.tag);
    const ByteView tag = sealed.last(layout.tag);
    const Bytes associated = associatedData(sealed.first(headerSize), place);
    Bytes plain;
    bool good = false;
    if (profile == SealProfile::aes256Gcm) {
        good = gcmOpen(aesKey_.reveal(), nonce, associated, cipher, tag, plain);
    } else {
        good = equalInConstantTime(macOf(macKey_.reveal(), associated, cipher), tag) &&
               sm4Ctr(sm4Key_.reveal(), nonce, cipher, plain);
    }
    // Unchecked plain text must not survive.
    PersonalBytes result(std::move(plain));
    if (!good) return broken("touched, or from another place");
    return result;
}

}  // namespace liqu::security
