#include "tests/world/hsm/hsm.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

struct AddressRange {
    KeyName key;
    KeyAddress first;
    int groups;
};

constexpr AddressRange addressRanges[] = {
    {KeyName::issuerRecognition, 0x0170, 3},
    {KeyName::maintenance, 0x0173, 1},
    {KeyName::update, 0x0094, 3},
    {KeyName::block, 0x0091, 1},
    {KeyName::pinUnlock, 0x0090, 1},
    {KeyName::readHolder, 0x004C, 3},
};

template <typename RootOf>
std::map<KeyAddress, Bytes> rootsBy(RootOf rootOf) {
    std::map<KeyAddress, Bytes> roots;
    for (const AddressRange& range : addressRanges) {
        for (int group = 1; group <= range.groups; ++group) {
            const KeyAddress address = keyAddressOf(range.key, group);
            roots[address] = rootOf(address);
        }
    }
    return roots;
}

}  // namespace

KeyAddress keyAddressOf(KeyName key, int group) {
    for (const AddressRange& range : addressRanges) {
        if (range.key != key) continue;
        const int within = range.groups == 1 ? 1 : group;
        LIQU_ASSERT(within >= 1 && within <= range.groups);
        return static_cast<KeyAddress>(range.first + within - 1);
    }
    LIQU_ASSERT(false);
    return 0;
}

KeyName keyNameOf(ports::CardKey key) {
    switch (key) {
        case ports::CardKey::issuerRecognition:
            return KeyName::issuerRecognition;
        case ports::CardKey::readHolder:
            return KeyName::readHolder;
        case ports::CardKey::updateCard:
            return KeyName::update;
        case ports::CardKey::pinUnlock:
            return KeyName::pinUnlock;
    }
    LIQU_ASSERT(false);
    return KeyName::issuerRecognition;
}

const std::vector<KeyName>& allKeyNames() {
    static const std::vector<KeyName> names = [] {
        std::vector<KeyName> all;
        for (const AddressRange& range : addressRanges) all.push_back(range.key);
        return all;
    }();
    return names;
}

Hsm Hsm::withSeed(ByteView seed) {
    return Hsm(rootsBy([seed](KeyAddress address) {
        Bytes block(16, 0);
        block[0] = static_cast<std::uint8_t>(address >> 8);
        block[1] = static_cast<std::uint8_t>(address & 0xFF);
        return encryptBlocks(ChipAlgorithm::sm4, seed, block);
    }));
}

Hsm Hsm::withOneRoot(ByteView root) {
    return Hsm(rootsBy([root](KeyAddress) { return Bytes(root.begin(), root.end()); }));
}

Hsm Hsm::withTwoRoots(ByteView root, ByteView pinUnlockRoot) {
    return Hsm(rootsBy([=](KeyAddress address) {
        const ByteView chosen = address == keyAddressOf(KeyName::pinUnlock) ? pinUnlockRoot : root;
        return Bytes(chosen.begin(), chosen.end());
    }));
}

Hsm Hsm::forTheSimulation() {
    return withSeed(bytesOf("Liqu test roots."));
}

Result<Bytes> Hsm::cardKey(KeyAddress address, const CardKeyContext& card) const {
    const auto root = roots_.find(address);
    if (root == roots_.end()) {
        return fail(ErrorCode::cardAuthenticationRefused, "HSM: no key at this address");
    }
    return cardKeyFromRoot(root->second, card);
}

Result<Block8> Hsm::internalAuthentication(const CardKeyContext& card, const Block8& factor,
                                           const Block8& original) const {
    return externalAuthentication(KeyName::issuerRecognition, card, factor, original);
}

Result<Block8> Hsm::externalAuthentication(KeyName key, const CardKeyContext& card,
                                           const Block8& factor, const Block8& original) const {
    return externalAuthentication(keyAddressOf(key), card, factor, original);
}

Result<Block8> Hsm::externalAuthentication(KeyAddress address, const CardKeyContext& card,
                                           const Block8& factor, const Block8& original) const {
    const Bytes key = TRY(cardKey(address, card));
    return authenticationData(card.algorithm, sessionKey(card.algorithm, key, factor), original);
}

Result<Bytes> Hsm::secureMessage(KeyAddress address, const CardKeyContext& card, ByteView factor,
                                 ByteView head, ByteView plain) const {
    const Bytes key = TRY(cardKey(address, card));
    const bool factorFits = factor.size() == 4 || factor.size() == 8;
    if (head.size() != 5 || !factorFits) {
        return fail(ErrorCode::cardAuthenticationRefused, "HSM: malformed secure message request");
    }
    const Bytes session = sessionKey(card.algorithm, key, factor);
    Bytes body;
    if (!plain.empty()) body = encryptField(card.algorithm, session, plain);
    if (body.size() + 4 != head[4]) {
        return fail(ErrorCode::cardAuthenticationRefused, "HSM: Lc does not fit the message");
    }
    const Bytes mac = macOver(card.algorithm, session, head, body);
    body.insert(body.end(), mac.begin(), mac.end());
    return body;
}

}  // namespace liqu::world
