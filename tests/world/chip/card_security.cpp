// Challenges and authentication (hardware-notes/chip.md).
#include <algorithm>
#include <utility>

#include "tests/world/chip/card_engine.hpp"

namespace liqu::world {
namespace {

Block8 blockAt(ByteView data, std::size_t at) {
    Block8 block{};
    std::ranges::copy(data.subspan(at, 8), block.begin());
    return block;
}

std::uint16_t attemptsLeft(int left) {
    return static_cast<std::uint16_t>(0x63C0 | (left & 0x0F));
}

}  // namespace

CardSecret* CardEngine::socialKey(std::uint8_t id) {
    const ChipApplication* application = memory_.find(session_.application);
    if (application == nullptr || application->environment != card_id::socialSecurity) {
        return nullptr;
    }
    const auto key = memory_.keys.find(id);
    return key == memory_.keys.end() ? nullptr : &key->second;
}

// It answers every proof with the one it has heard, and draws the random numbers that go with it.
void CardEngine::becomeCopy() {
    Recording heard{};
    random_.fill(heard.original);
    random_.fill(heard.factor);
    const CardSecret& key = memory_.keys.at(static_cast<std::uint8_t>(KeyName::issuerRecognition));
    const Bytes session = sessionKey(memory_.algorithm, key.value, heard.factor);
    heard.answer = authenticationData(memory_.algorithm, session, heard.original);
    for (auto& [id, secret] : memory_.keys) random_.fill(secret.value);
    recording_ = heard;
}

CardEngine::Outcome CardEngine::getChallenge(const Command& command) {
    if (recording_) {
        const Block8& next = std::exchange(recording_->originalIsNext, !recording_->originalIsNext)
                                 ? recording_->original
                                 : recording_->factor;
        return {0x9000, Bytes(next.begin(), next.end())};
    }
    Challenge challenge;
    if (session_.challenge) challenge.before = session_.challenge->value;
    challenge.value.resize(command.p3);
    random_.fill(challenge.value);
    if (!nextChallenges_.empty() && nextChallenges_.front().size() == command.p3) {
        challenge.value = nextChallenges_.front();
        nextChallenges_.erase(nextChallenges_.begin());
    }
    session_.challenge = challenge;
    return {0x9000, challenge.value};
}

CardEngine::Outcome CardEngine::internalAuthenticate(const Command& command) {
    const CardSecret* key = socialKey(static_cast<std::uint8_t>(KeyName::issuerRecognition));
    if (key == nullptr) return {0x6A88};
    if (recording_) return {0x9000, Bytes(recording_->answer.begin(), recording_->answer.end())};
    const Bytes session =
        sessionKey(memory_.algorithm, key->value, ByteView(command.data).first(8));
    const Block8 answer = authenticationData(memory_.algorithm, session, blockAt(command.data, 8));
    return {0x9000, Bytes(answer.begin(), answer.end())};
}

// Uses up the last challenge. Nothing where there is none, or where it is too long to be a factor.
std::optional<Bytes> CardEngine::takeSessionKey(ByteView key) {
    if (!session_.challenge) return std::nullopt;
    const Bytes factor = session_.challenge->value;
    session_.challenge.reset();
    if (factor.size() > blockSizeOf(memory_.algorithm)) return std::nullopt;
    return sessionKey(memory_.algorithm, key, factor);
}

CardEngine::Outcome CardEngine::externalAuthenticate(const Command& command) {
    CardSecret* key = socialKey(command.p2);
    if (key == nullptr) return {0x6A88};
    if (recording_) {
        session_.authenticated.insert(command.p2);
        return {};
    }
    if (key->left == 0) return {0x6983};
    const Bytes before = session_.challenge ? session_.challenge->before : Bytes{};
    const auto session = takeSessionKey(key->value);
    if (!session) return {0x6984};

    const Block8 original = blockAt(command.data, 8);
    const Block8 expected = authenticationData(memory_.algorithm, *session, original);
    const bool issued = !behaviour_.requiresIssuedOriginal || std::ranges::equal(before, original);
    if (!issued || !std::ranges::equal(expected, ByteView(command.data).first(8))) {
        session_.authenticated.erase(command.p2);
        return {attemptsLeft(--key->left)};
    }
    key->left = key->limit;
    session_.authenticated.insert(command.p2);
    return {};
}

// The last four bytes of a secured command. The MAC covers the head with the real Lc.
CardEngine::Outcome CardEngine::checkMac(const Command& command, CardSecret& key, bool countsDown,
                                         Bytes* session) {
    if (key.left == 0) return {0x6983};
    const auto derived = takeSessionKey(key.value);
    if (!derived) return {0x6984};
    const Bytes head{command.cla, command.ins, command.p1, command.p2, command.p3};
    const ByteView data(command.data);
    const ByteView body = data.first(data.size() - 4);
    const Bytes expected = macOver(memory_.algorithm, *derived, head, body);
    if (!std::ranges::equal(expected, data.last(4))) {
        if (countsDown) --key.left;
        nameMistake(command, *derived);
        return {0x6988};
    }
    key.left = key.limit;
    *session = *derived;
    return {};
}

}  // namespace liqu::world
