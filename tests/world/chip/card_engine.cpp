#include "tests/world/chip/card_engine.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::uint8_t updateRecordIns = 0xDC;
constexpr std::uint8_t updateBinaryIns = 0xD6;
constexpr std::uint8_t verifyIns = 0x20;
constexpr std::uint8_t changePinIns = 0x5E;
constexpr std::uint8_t resetPinIns = 0x24;

bool bothZero(std::uint8_t p1, std::uint8_t p2) {
    return p1 == 0 && p2 == 0;
}
bool changesPin(ByteView raw) {
    return raw.size() > 5 && ((raw[0] == 0x80 && raw[1] == changePinIns) ||
                              (raw[0] == 0x84 && raw[1] == resetPinIns));
}
bool isUpdate(ByteView raw) {
    return raw.size() > 5 &&
           (raw[1] == updateRecordIns || raw[1] == updateBinaryIns || changesPin(raw));
}
std::string placeOf(ByteView raw) {
    if (changesPin(raw)) return "pin";
    return std::string(raw[1] == updateRecordIns ? nameOfTag(raw[5]) : "binary");
}
bool anyLength(std::uint8_t) {
    return true;
}
bool fourOnly(std::uint8_t p3) {
    return p3 == 4;
}

}  // namespace

CardEngine::CardEngine(CardMemory memory, CardBehaviour behaviour, std::uint64_t seed,
                       FaultPlan* faults)
    : memory_(std::move(memory)), behaviour_(behaviour), random_(seed), faults_(faults) {}

const CardEngine::Instruction* CardEngine::findInstruction(std::uint8_t cla, std::uint8_t ins) {
    using Byte = std::uint8_t;
    static const Instruction instructions[] = {
        {0x00, 0xA4, Flow::inOut,
         [](Byte p1, Byte p2) { return (p1 == 0 || p1 == 2 || p1 == 4) && p2 == 0; }, anyLength,
         &CardEngine::select},
        {0x00, 0xC0, Flow::out, bothZero, anyLength, &CardEngine::getResponse},
        {0x00, 0xB2, Flow::out, [](Byte p1, Byte p2) { return p1 != 0xFF && (p2 & 7) != 7; },
         anyLength, &CardEngine::readRecord},
        {0x00, 0xDC, Flow::in, [](Byte p1, Byte p2) { return p1 != 0xFF && (p2 & 7) <= 4; },
         [](Byte p3) { return p3 != 0; }, &CardEngine::updateRecord},
        {0x00, 0xB0, Flow::out, [](Byte, Byte) { return true; }, anyLength,
         &CardEngine::readBinary},
        {0x00, 0xD6, Flow::in, [](Byte, Byte) { return true; }, [](Byte p3) { return p3 != 0; },
         &CardEngine::updateBinary},
        {0x00, 0x84, Flow::out, bothZero, [](Byte p3) { return p3 == 4 || p3 == 8 || p3 == 16; },
         &CardEngine::getChallenge},
        {0x00, 0x88, Flow::inOut, bothZero, [](Byte p3) { return p3 == 16 || p3 == 17; },
         &CardEngine::internalAuthenticate},
        {0x00, 0x82, Flow::in, [](Byte p1, Byte) { return p1 == 0; },
         [](Byte p3) { return p3 == 16 || p3 == 17; }, &CardEngine::externalAuthenticate},
        {0x00, 0x20, Flow::in, bothZero, [](Byte p3) { return p3 == 0 || (p3 >= 2 && p3 <= 8); },
         &CardEngine::verifyPin},
        {0x80, 0x5E, Flow::in, [](Byte p1, Byte p2) { return p1 == 1 && p2 == 0; },
         [](Byte p3) { return p3 >= 3 && p3 <= 17; }, &CardEngine::changePin},
        {0x84, 0x24, Flow::in, [](Byte p1, Byte p2) { return p1 == 0 && p2 <= 1; },
         [](Byte p3) { return p3 == 4 || p3 == 12 || p3 == 20; }, &CardEngine::resetPin},
        {0x84, 0x1E, Flow::in, [](Byte p1, Byte p2) { return p1 == 0 && p2 == 1; }, fourOnly,
         &CardEngine::blockApplication},
        {0x84, 0x16, Flow::in, bothZero, fourOnly, &CardEngine::blockCard},
        {0x80, 0xA8, Flow::inOut, bothZero, anyLength, &CardEngine::getProcessingOptions},
    };
    for (const Instruction& instruction : instructions) {
        if (instruction.ins == ins && instruction.cla == cla) return &instruction;
    }
    return nullptr;
}

bool CardEngine::knowsClass(std::uint8_t cla) {
    return cla == 0x00 || cla == 0x80 || cla == 0x84;
}

bool CardEngine::knowsInstruction(std::uint8_t ins) {
    return findInstruction(0x00, ins) != nullptr || findInstruction(0x80, ins) != nullptr ||
           findInstruction(0x84, ins) != nullptr;
}

Bytes CardEngine::reset() {
    const std::lock_guard lock(mutex_);
    clearSession();
    const bool faint = !mute_ && strikesThisPhase(Fault::chipFaint);
    powered_ = !mute_ && !faint;
    return powered_ ? memory_.answerToReset : Bytes{};
}

// A bad contact for a moment: before the first record is written, or after it.
bool CardEngine::strikesThisPhase(Fault fault) {
    return faults_ != nullptr && faults_->strikes(fault, updates_ == 0 ? "power-on" : "read-back");
}

void CardEngine::powerOff() {
    const std::lock_guard lock(mutex_);
    clearSession();
    powered_ = false;
}

void CardEngine::clearSession() {
    session_ = Session{};
}

CardReply CardEngine::transmit(ByteView command) {
    const std::lock_guard lock(mutex_);
    CardReply reply;
    if (!powered_ || mute_) {
        reply.kind = CardReply::Kind::mute;
        return reply;
    }
    if (const auto struck = strike(command, reply)) return *struck;

    Command parsed;
    Flow flow = Flow::in;
    if (command.size() >= 5) {
        parsed.p3 = command[4];
        parsed.hasLe = command.size() != 5U + parsed.p3;
        if (const auto* known = findInstruction(command[0], command[1])) flow = known->flow;
    }
    reply.bytes = frame(parsed, flow, dispatch(command));
    if (!isUpdate(command) && strikesThisPhase(Fault::chipTorn)) reply.bytes.resize(1);
    if (losesPowerAfter(command)) {
        clearSession();
        return {CardReply::Kind::wasReset, {}, reply.delay};
    }
    return reply;
}

// T=0 cannot carry data both ways: the reply waits for GET RESPONSE.
Bytes CardEngine::frame(const Command& command, Flow flow, Outcome outcome) {
    if (flow == Flow::inOut && !outcome.data.empty()) {
        if (behaviour_.characterProtocol) {
            outcome.status = static_cast<std::uint16_t>(0x6100 | (outcome.data.size() & 0xFF));
            session_.pending = std::move(outcome.data);
            outcome.data.clear();
        } else if (!command.hasLe) {
            outcome.data.clear();
        }
    }
    Bytes reply = std::move(outcome.data);
    reply.push_back(static_cast<std::uint8_t>(outcome.status >> 8));
    reply.push_back(static_cast<std::uint8_t>(outcome.status & 0xFF));
    return reply;
}

// The order of checks is that of hardware-notes/chip.md, "The emulated card".
CardEngine::Outcome CardEngine::check(const Instruction& instruction, ByteView raw,
                                      Command& command) const {
    command = {raw[0], raw[1], raw[2], raw[3], raw.size() > 4 ? raw[4] : std::uint8_t{0}, {}};
    if (!instruction.parametersFit(command.p1, command.p2)) return {0x6A86};
    // Over T=1 a question without data has four bytes.
    const bool asksTries = raw[1] == verifyIns && !behaviour_.characterProtocol;
    if (asksTries && raw.size() == 4) return {};
    if (asksTries && raw.size() == 5 && behaviour_.asksWithFourBytes) return {0x6700};
    if (raw.size() < 5 || !instruction.lengthFits(command.p3)) return {0x6700};

    if (instruction.flow == Flow::out) {
        if (raw.size() != 5) return {0x6700};
        command.hasLe = true;
        command.le = command.p3 == 0 ? 256 : command.p3;
        return {};
    }
    const std::size_t withoutLe = 5U + command.p3;
    const bool mayHaveLe = instruction.flow == Flow::inOut &&
                           !(behaviour_.characterProtocol && behaviour_.refusesTrailingLe);
    if (raw.size() != withoutLe && !(mayHaveLe && raw.size() == withoutLe + 1)) return {0x6700};
    command.hasLe = raw.size() != withoutLe;
    const ByteView data = raw.subspan(5, command.p3);
    command.data.assign(data.begin(), data.end());
    return {};
}

CardEngine::Outcome CardEngine::dispatch(ByteView raw) {
    if (raw.size() < 4) return {0x6700};
    const std::uint8_t cla = raw[0];
    const std::uint8_t ins = raw[1];
    const bool isSelect = cla == 0 && ins == 0xA4;
    const bool isGetResponse = cla == 0 && ins == 0xC0;
    const bool usesChallenge = ins == 0x84 || ins == 0x82 || cla == 0x84;
    if (!isGetResponse) session_.pending.clear();
    if (behaviour_.strictChallenge && !usesChallenge) session_.challenge.reset();

    if (memory_.blocked) return {0x6A81};
    const ChipApplication* current = memory_.find(session_.application);
    if (!isSelect && current != nullptr && current->blocked) return {0x9303};
    if (!knowsClass(cla)) return {0x6E00};
    const Instruction* instruction = findInstruction(cla, ins);
    if (instruction == nullptr)
        return {knowsInstruction(ins) ? std::uint16_t{0x6E00} : std::uint16_t{0x6D00}};

    Command command;
    const Outcome wrong = check(*instruction, raw, command);
    if (wrong.status != 0x9000) return wrong;
    return (this->*instruction->carryOut)(command);
}

CardEngine::Outcome CardEngine::select(const Command& command) {
    if (command.p1 == 4) return selectByName(command);
    return selectById(command);
}

CardEngine::Outcome CardEngine::selectByName(const Command& command) {
    if (command.data.size() < 5 || command.data.size() > 16) return {0x6700};
    if (behaviour_.masterFileFirst && !session_.masterFileSelected) return {0x6A82};
    const ChipApplication* application = memory_.findByName(command.data);
    if (application == nullptr) return {0x6A82};
    return enter(*application);
}

CardEngine::Outcome CardEngine::selectById(const Command& command) {
    if (command.p1 == 0 && command.data.empty()) return enter(*memory_.find(card_id::masterFile));
    if (command.data.size() != 2) return {0x6700};
    const auto id = static_cast<std::uint16_t>(command.data[0] << 8 | command.data[1]);

    const ChipApplication* current = memory_.find(session_.application);
    for (const ElementaryFile& file : current->files) {
        if (file.id != id) continue;
        if (current->blocked) return {0x9303};
        session_.file = id;
        session_.record.reset();
        return {};
    }
    if (command.p1 == 2) return {0x6A82};
    const ChipApplication* application = memory_.find(id);
    const bool reachable = application != nullptr &&
                           (id == card_id::masterFile || application->parent == current->id ||
                            application->parent == current->parent);
    if (!reachable) return {0x6A82};
    return enter(*application);
}

CardEngine::Outcome CardEngine::enter(const ChipApplication& application) {
    if (application.blocked) return {0x9303};
    session_.application = application.id;
    session_.file.reset();
    session_.record.reset();
    session_.challenge.reset();
    session_.authenticated.clear();
    if (application.id == card_id::masterFile) session_.masterFileSelected = true;
    return {0x9000, application.controlInformation};
}

CardEngine::Outcome CardEngine::getResponse(const Command& command) {
    Bytes& pending = session_.pending;
    if (pending.empty()) return {0x6F00};
    if (command.p3 == 0 || command.p3 > pending.size()) {
        return {static_cast<std::uint16_t>(0x6C00 | (pending.size() & 0xFF))};
    }
    const auto taken = static_cast<std::ptrdiff_t>(command.p3);
    Outcome outcome;
    outcome.data.assign(pending.begin(), pending.begin() + taken);
    pending.erase(pending.begin(), pending.begin() + taken);
    if (!pending.empty()) {
        outcome.status = static_cast<std::uint16_t>(0x6100 | (pending.size() & 0xFF));
    }
    return outcome;
}

// Faults of single commands. Places: the name of a record, or the number of an update from 1.
std::optional<CardReply> CardEngine::strike(ByteView raw, CardReply& reply) {
    if (faults_ == nullptr) return std::nullopt;
    const bool update = isUpdate(raw);
    std::string record;
    std::string number;
    if (update) {
        record = placeOf(raw);
        number = std::to_string(++updates_);
    }
    const auto strikesHere = [&](Fault fault) {
        return faults_->strikes(fault, record) || faults_->strikes(fault, number);
    };
    if (strikesHere(Fault::chipSlow)) reply.delay = std::chrono::seconds(5);
    if (!update) return std::nullopt;

    if (strikesHere(Fault::chipMemoryFailure)) brokenPlaces_.insert(record);
    if (strikesHere(Fault::chipReset)) {
        clearSession();
        return CardReply{CardReply::Kind::wasReset, {}, reply.delay};
    }
    // A bare number is a card's, and an unplaced fault has struck at the station already.
    if (!faults_->strikes(Fault::chipMute, record)) return std::nullopt;
    mute_ = true;
    return CardReply{CardReply::Kind::mute, {}, reply.delay};
}

// "chip.reset@after-3": the third update is stored, but its answer is lost.
bool CardEngine::losesPowerAfter(ByteView raw) {
    return faults_ != nullptr && isUpdate(raw) &&
           faults_->strikes(Fault::chipReset, "after-" + std::to_string(updates_));
}

bool CardEngine::powered() const {
    const std::lock_guard lock(mutex_);
    return powered_;
}

bool CardEngine::mute() const {
    const std::lock_guard lock(mutex_);
    return mute_;
}

Bytes CardEngine::answerToReset() const {
    const std::lock_guard lock(mutex_);
    return memory_.answerToReset;
}

bool CardEngine::beenAtStation() const {
    const std::lock_guard lock(mutex_);
    return atStation_;
}

Bytes CardEngine::item(std::uint8_t tag) const {
    const std::lock_guard lock(mutex_);
    return memory_.item(tag);
}

CardMemory CardEngine::memory() const {
    const std::lock_guard lock(mutex_);
    return memory_;
}

void CardEngine::setMemory(CardMemory memory) {
    const std::lock_guard lock(mutex_);
    memory_ = std::move(memory);
}

void CardEngine::setBehaviour(CardBehaviour behaviour) {
    const std::lock_guard lock(mutex_);
    behaviour_ = behaviour;
}

void CardEngine::drawNext(std::vector<Bytes> challenges) {
    const std::lock_guard lock(mutex_);
    nextChallenges_ = std::move(challenges);
}

std::string CardEngine::mistake() const {
    const std::lock_guard lock(mutex_);
    return mistake_;
}

std::string CardEngine::serial() const {
    const std::lock_guard lock(mutex_);
    return toHex(ByteView(memory_.identity.historicalBytes).last(4));
}

std::string CardEngine::json() const {
    return toJson(memory());
}

}  // namespace liqu::world
