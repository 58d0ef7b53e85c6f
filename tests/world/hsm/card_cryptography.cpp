#include "tests/world/hsm/card_cryptography.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

Block8 block8Of(std::string_view text) {
    LIQU_ASSERT(text.size() == 8);
    Block8 block{};
    std::copy(text.begin(), text.end(), block.begin());
    return block;
}

void padWithMarker(Bytes& data, std::size_t blockSize) {
    data.push_back(0x80);
    while (data.size() % blockSize != 0) data.push_back(0);
}

}  // namespace

Block8 provinceFactor(std::string_view cityCode) {
    return block8Of(std::string(cityCode.substr(0, 2)) + "0000sh");
}

Block8 cityFactor(std::string_view cityCode) {
    const bool zhejiang = cityCode.starts_with("33");
    return block8Of((zhejiang ? std::string(cityCode.substr(0, 4)) + "00" : std::string(cityCode)) +
                    "sx");
}

Block8 cardFactor(const std::array<std::uint8_t, 13>& historicalBytes) {
    Block8 factor{};
    std::copy(historicalBytes.end() - 8, historicalBytes.end(), factor.begin());
    return factor;
}

std::string cityCodeOf(const std::array<std::uint8_t, 16>& cardIdCode) {
    return toHex(ByteView(cardIdCode).first(3));
}

Bytes childKey(ChipAlgorithm algorithm, ByteView key, const Block8& factor) {
    Bytes input(factor.begin(), factor.end());
    for (const std::uint8_t byte : factor) input.push_back(static_cast<std::uint8_t>(~byte));
    // With 8-byte blocks this is left = E(F), right = E(not F); with 16-byte blocks one block.
    return encryptBlocks(algorithm, key, input);
}

Bytes cardKeyFromRoot(ByteView root, const CardKeyContext& card) {
    const std::string city = cityCodeOf(card.cardIdCode);
    const Bytes provinceKey = childKey(card.algorithm, root, provinceFactor(city));
    const Bytes cityKey = childKey(card.algorithm, provinceKey, cityFactor(city));
    return childKey(card.algorithm, cityKey, cardFactor(card.historicalBytes));
}

Bytes sessionKey(ChipAlgorithm algorithm, ByteView key, ByteView random) {
    LIQU_ASSERT(random.size() <= blockSizeOf(algorithm));
    Bytes block(random.begin(), random.end());
    block.resize(blockSizeOf(algorithm), 0);
    return encryptBlocks(algorithm, key, block);
}

Block8 authenticationData(ChipAlgorithm algorithm, ByteView session, const Block8& original) {
    Bytes block(original.begin(), original.end());
    block.resize(blockSizeOf(algorithm), 0);
    const Bytes cipher = encryptBlocks(algorithm, session, block);
    Block8 result{};
    for (std::size_t at = 0; at < cipher.size(); ++at) result[at % 8] ^= cipher[at];
    return result;
}

Bytes macOver(ChipAlgorithm algorithm, ByteView session, ByteView head, ByteView body) {
    const std::size_t blockSize = blockSizeOf(algorithm);
    Bytes input(head.begin(), head.end());
    input.insert(input.end(), body.begin(), body.end());
    padWithMarker(input, blockSize);

    Bytes chain(blockSize, 0);
    for (std::size_t at = 0; at < input.size(); at += blockSize) {
        for (std::size_t i = 0; i < blockSize; ++i) chain[i] ^= input[at + i];
        chain = encryptBlocks(algorithm, session, chain);
    }
    Bytes mac(chain.begin(), chain.begin() + 4);
    if (algorithm == ChipAlgorithm::sm4) {
        for (std::size_t at = 4; at < chain.size(); ++at) mac[at % 4] ^= chain[at];
    }
    return mac;
}

Bytes encryptField(ChipAlgorithm algorithm, ByteView session, ByteView plain) {
    Bytes field{static_cast<std::uint8_t>(plain.size())};
    field.insert(field.end(), plain.begin(), plain.end());
    if (field.size() % blockSizeOf(algorithm) != 0) padWithMarker(field, blockSizeOf(algorithm));
    return encryptBlocks(algorithm, session, field);
}

std::optional<Bytes> decryptField(ChipAlgorithm algorithm, ByteView session, ByteView field) {
    if (field.empty() || field.size() % blockSizeOf(algorithm) != 0) return std::nullopt;
    const Bytes plain = decryptBlocks(algorithm, session, field);
    const std::size_t length = plain[0];
    if (length + 1 > plain.size()) return std::nullopt;
    const Bytes content(plain.begin() + 1, plain.begin() + 1 + static_cast<std::ptrdiff_t>(length));
    if (encryptField(algorithm, session, content) != Bytes(field.begin(), field.end())) {
        return std::nullopt;
    }
    return content;
}

}  // namespace liqu::world
