#include "firmware/chip/social_pin.hpp"

#include <algorithm>
#include <array>

#include "firmware/base/assert.hpp"
#include "firmware/chip/card_commands.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

using Head = std::array<std::uint8_t, 5>;

constexpr std::uint8_t unlockKeyId = 0x06;
constexpr std::size_t lengthAt = 4;
constexpr std::size_t shortestPacked = 2;
constexpr std::size_t longestPacked = 8;
constexpr std::size_t macLength = 4;

constexpr std::array<std::uint8_t, 4> askShort{0x00, 0x20, 0x00, 0x00};
constexpr std::array<std::uint8_t, 5> askLong{0x00, 0x20, 0x00, 0x00, 0x00};

constexpr std::uint16_t wrongLength = 0x6700;

int triesIn(std::uint16_t status) {
    return status & 0x0F;
}

// What means the same to all of these commands.
PinOutcome commonOutcome(std::uint16_t status) {
    switch (status) {
        case status::ok:
            return PinOutcome::done;
        case 0x6581:
            return PinOutcome::writeFailed;
        case status::securityNotSatisfied:
        case status::noValidChallenge:
            return PinOutcome::authenticationLost;
        case 0x6985:
            return PinOutcome::conditions;
        case 0x6A81:
        case 0x9303:
            return PinOutcome::dead;
        case 0x6A82:
        case 0x6A86:
        case 0x6A88:
            return PinOutcome::noPin;
        // Of the medical commands: another application was selected.
        case 0x9401:
        case 0x9402:
        case 0x9403:
        case 0x9406:
            return PinOutcome::foreign;
        default:
            return PinOutcome::refusedFrame;
    }
}

PinAnswer answerOf(std::uint16_t status, PinOutcome outcome) {
    return {.outcome = outcome, .status = status};
}

// Of a command that is right or wrong, and falls to zero.
PinAnswer triedAnswer(std::uint16_t status, PinOutcome wrong, PinOutcome atZero) {
    if (status == status::keyBlocked || status == 0x63C0) return answerOf(status, atZero);
    if (isWrongKey(status))
        return {.outcome = wrong, .triesLeft = triesIn(status), .status = status};
    return answerOf(status, commonOutcome(status));
}

void begin(LockedBytes& command, const Head& head) {
    command.append(head);
}
// The length is known once the PINs are in.
void finish(LockedBytes& command) {
    command.set(lengthAt, static_cast<std::uint8_t>(command.size() - lengthAt - 1));
}

bool isWhole(std::size_t packed) {
    return packed >= shortestPacked && packed <= longestPacked;
}

// Empty, or longer than a card takes: nothing of a pad's own making goes to the card.
bool append(LockedBytes& command, const ports::EnteredPin& pin) {
    const std::size_t before = command.size();
    pin.intoApdu(command);
    return isWhole(command.size() - before);
}

// LD, the PIN two digits a byte, and the rest of the block; then the MAC.
std::uint8_t lengthOf(ports::ChipAlgorithm algorithm, const std::string& transportPin) {
    if (transportPin.empty()) return macLength;
    const std::size_t block = algorithm == ports::ChipAlgorithm::sm4 ? 16 : 8;
    const std::size_t plain = 1 + (transportPin.size() + 1) / 2;
    return static_cast<std::uint8_t>((plain + block - 1) / block * block + macLength);
}

}  // namespace

PinAnswer verifyAnswer(std::uint16_t status) {
    // 引用数据无效: there is nothing to compare with.
    if (status == status::noValidChallenge) return answerOf(status, PinOutcome::noPin);
    return triedAnswer(status, PinOutcome::wrong, PinOutcome::locked);
}

PinAnswer changeAnswer(std::uint16_t status) {
    return triedAnswer(status, PinOutcome::wrong, PinOutcome::locked);
}

PinAnswer unlockKeyAnswer(std::uint16_t status) {
    return triedAnswer(status, PinOutcome::unlockKeyRefused, PinOutcome::unlockKeyDead);
}

// Whether a wrong MAC costs the key a try is not known: it is treated as if.
PinAnswer maintenanceAnswer(std::uint16_t status) {
    if (status == 0x6988 || status == 0x9302) return answerOf(status, PinOutcome::unlockKeyRefused);
    return triedAnswer(status, PinOutcome::unlockKeyRefused, PinOutcome::unlockKeyDead);
}

// Under T=0 the fifth byte is "no data"; under T=1 it is a length that is expected, and some cards
// want none.
Result<PinState> SocialPin::ask() {
    std::uint16_t status = TRY(channel_.once(offersT1_ ? ByteView(askShort) : ByteView(askLong)));
    if (offersT1_ && status == wrongLength) status = TRY(channel_.once(askLong));
    if (status == status::ok) return PinState{};
    if (status == status::keyBlocked || status == 0x63C0)
        return PinState{.kind = PinState::Kind::locked};
    if (isWrongKey(status))
        return PinState{.kind = PinState::Kind::set, .triesLeft = triesIn(status)};
    Error error = errorOfStatus(status, "VERIFY without data");
    const PinOutcome outcome = commonOutcome(status);
    if (outcome == PinOutcome::noPin) error.code = ErrorCode::chipVersionUnsupported;
    return fail(std::move(error));
}

PinAnswer SocialPin::verify(const ports::EnteredPin& pin) {
    LockedBytes command;
    begin(command, {0x00, 0x20, 0x00, 0x00, 0x00});
    if (!append(command, pin)) return {.outcome = PinOutcome::refusedFrame};
    finish(command);
    const auto status = channel_.once(command.view());
    return status ? verifyAnswer(*status) : PinAnswer{};
}

PinAnswer SocialPin::change(const ports::EnteredPin& old, const ports::EnteredPin& fresh) {
    return changeFrame(&old, fresh);
}

PinAnswer SocialPin::setFirst(const ports::EnteredPin& fresh) {
    return changeFrame(nullptr, fresh);
}

PinAnswer SocialPin::changeFrame(const ports::EnteredPin* old, const ports::EnteredPin& fresh) {
    LockedBytes command;
    begin(command, {0x80, 0x5E, 0x01, 0x00, 0x00});
    if (old != nullptr && !append(command, *old)) return {.outcome = PinOutcome::refusedFrame};
    command.append(0xFF);
    if (!append(command, fresh)) return {.outcome = PinOutcome::refusedFrame};
    finish(command);
    const auto status = channel_.once(command.view());
    return status ? changeAnswer(*status) : PinAnswer{};
}

Result<ports::Block8> SocialPin::drawChallenge() {
    const PersonalBytes reply = TRY(channel_.demand(getChallenge(), "GET CHALLENGE"));
    ports::Block8 block{};
    if (reply.reveal().size() != block.size())
        return fail(chipError(ErrorCode::chipStatusUnexpected, "a challenge of another length"));
    std::ranges::copy(reply.reveal(), block.begin());
    return block;
}

Result<PinAnswer> SocialPin::openUnlockKey(const ports::CardKeyContext& card,
                                           ports::CardAuthority& keys) {
    // The card makes its session key of its last challenge: that one is the factor.
    const ports::Block8 original = TRY(drawChallenge());
    const ports::Block8 factor = TRY(drawChallenge());
    const ports::Block8 cryptogram =
        TRY(keys.externalAuthentication(card, ports::CardKey::pinUnlock, factor, original));
    LockedBytes command;
    begin(command, {0x00, 0x82, 0x00, unlockKeyId, 0x10});
    command.append(cryptogram);
    command.append(original);
    const auto status = channel_.once(command.view());
    return status ? unlockKeyAnswer(*status) : PinAnswer{};
}

Result<PersonalBytes> SocialPin::prepare(const ports::CardKeyContext& card,
                                         ports::PinAuthority& messages,
                                         const std::string& transportPin) {
    const bool isReset = !transportPin.empty();
    const ports::Block8 challenge = TRY(drawChallenge());
    const Head head{0x84, 0x24, 0x00, static_cast<std::uint8_t>(isReset ? 1 : 0),
                    lengthOf(card.algorithm, transportPin)};
    const Bytes body = TRY(messages.secureMessage(card, challenge, head, transportPin));
    if (body.size() != head[lengthAt]) {
        return fail(ErrorCode::provinceReplyMalformed, "a secured command of another length",
                    CardFate::unknown);
    }
    Bytes command;
    command.reserve(head.size() + body.size());
    command.assign(head.begin(), head.end());
    command.insert(command.end(), body.begin(), body.end());
    return PersonalBytes(std::move(command));
}

PinAnswer SocialPin::carryOut(const PersonalBytes& command) {
    const auto status = channel_.once(command.reveal());
    return status ? maintenanceAnswer(*status) : PinAnswer{};
}

Result<PinAnswer> SocialPin::unlock(const ports::CardKeyContext& card, ports::CardAuthority& keys,
                                    ports::PinAuthority& messages) {
    const PinAnswer opened = TRY(openUnlockKey(card, keys));
    if (opened.outcome != PinOutcome::done) return opened;
    return carryOut(TRY(prepare(card, messages, "")));
}

Result<PinAnswer> SocialPin::reset(const ports::CardKeyContext& card, ports::CardAuthority& keys,
                                   ports::PinAuthority& messages, const std::string& transportPin) {
    LIQU_ASSERT(!transportPin.empty());
    const PinAnswer opened = TRY(openUnlockKey(card, keys));
    if (opened.outcome != PinOutcome::done) return opened;
    return carryOut(TRY(prepare(card, messages, transportPin)));
}

}  // namespace liqu::chip
