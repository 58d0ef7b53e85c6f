#include "firmware/chip/authentication.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"
#include "firmware/chip/card_commands.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

// Key ids of the card's own side (hardware-notes/chip.md, "Keys").
std::uint8_t keyIdOf(ports::CardKey key) {
    switch (key) {
        case ports::CardKey::readHolder:
            return 0x0A;
        case ports::CardKey::updateCard:
            return 0x04;
        case ports::CardKey::pinUnlock:
            return 0x06;
        case ports::CardKey::issuerRecognition:
            break;
    }
    LIQU_ASSERT(!"this key only authenticates the card");
}

Result<ports::Block8> blockOf(const PersonalBytes& bytes, std::string_view step) {
    ports::Block8 block{};
    if (bytes.reveal().size() != block.size()) {
        return fail(chipError(ErrorCode::chipStatusUnexpected,
                              std::string(step) + " answered another length than 8"));
    }
    std::ranges::copy(bytes.reveal(), block.begin());
    return block;
}

}  // namespace

Result<ports::Block8> Authentication::drawChallenge() {
    const PersonalBytes reply = TRY(channel_.demand(getChallenge(), "GET CHALLENGE"));
    return blockOf(reply, "GET CHALLENGE");
}

Result<Authentication::Challenges> Authentication::drawChallenges() {
    Challenges challenges;
    challenges.original = TRY(drawChallenge());
    challenges.factor = TRY(drawChallenge());
    return challenges;
}

ports::Block8 Authentication::drawOurs() {
    ports::Block8 block{};
    random_.fill(block);
    return block;
}

Result<void> Authentication::proveCard(const ports::CardKeyContext& card, CardFactor factor) {
    Challenges challenges;
    challenges.original = drawOurs();
    challenges.factor = factor == CardFactor::ours ? drawOurs() : TRY(drawChallenge());
    const PersonalBytes reply = TRY(channel_.demand(
        internalAuthenticate(challenges.factor, challenges.original), "INTERNAL AUTHENTICATE"));
    const ports::Block8 answered = TRY(blockOf(reply, "INTERNAL AUTHENTICATE"));
    const ports::Block8 right =
        TRY(authority_.internalAuthentication(card, challenges.factor, challenges.original));
    if (!equalInConstantTime(answered, right)) {
        return fail(
            chipError(ErrorCode::chipNotGenuine, "INTERNAL AUTHENTICATE: wrong cryptogram"));
    }
    return {};
}

Result<void> Authentication::unlock(const ports::CardKeyContext& card, ports::CardKey key) {
    if (counterFell_) return fail(*counterFell_);
    // 6984 says that the card no longer knows its challenge: new ones, once.
    constexpr int attempts = 2;
    Response response;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const Challenges challenges = TRY(drawChallenges());
        const ports::Block8 cryptogram = TRY(
            authority_.externalAuthentication(card, key, challenges.factor, challenges.original));
        response =
            TRY(channel_.send(externalAuthenticate(keyIdOf(key), cryptogram, challenges.original)));
        if (response.status == status::ok) return {};
        if (response.status != status::noValidChallenge) break;
    }
    Error error = errorOfStatus(response.status, "EXTERNAL AUTHENTICATE");
    if (isWrongKey(response.status) || response.status == status::keyBlocked) counterFell_ = error;
    return fail(std::move(error));
}

}  // namespace liqu::chip
