// A social security card: command bytes in, reply bytes out, as strict as what is known allows.
// Source: hardware-notes/chip.md, "The emulated card". Where that leaves a choice,
// CardBehaviour has a knob. Secured UPDATE RECORD (CLA 04), the PKI application and the medical
// commands are not there.
// Thread-safe. Never sleeps: how long a command takes is the front's business.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/random.hpp"
#include "tests/world/chip/card_memory.hpp"
#include "tests/world/fault_plan.hpp"

namespace liqu::world {

struct CardBehaviour {
    bool characterProtocol = true;        // T=0: 61xx and 6Cxx; else data at once, as over T=1
    bool refusesTrailingLe = false;       // a TPDU-level reader cannot send Lc, data and Le at T=0
    bool strictChallenge = true;          // any other command in between voids the challenge
    bool requiresIssuedOriginal = false;  // the original must be the challenge before the factor
    bool masterFileFirst = false;         // one COS brand wants the MF selected before any name
    bool paymentFormat77 = false;         // GET PROCESSING OPTIONS answers a template
    // Of the PIN
    bool lockedAnswers6983 = false;  // … to the question for the tries, too; else 63C0
    bool firstSetIsFrameError =
        false;                       // a first PIN over one that is there: 6A80; else a wrong PIN
    bool wrongMacCostsTry = true;    // of the unlock key
    bool asksWithFourBytes = false;  // T=1: "00200000" asks, with a fifth byte it is 6700
};

struct CardReply {
    enum class Kind : std::uint8_t {
        answered,
        mute,      // the card never answers
        wasReset,  // power was lost before the command was carried out
    };
    Kind kind = Kind::answered;
    Bytes bytes;
    Duration delay{};  // beyond the usual time
};

class CardEngine {
  public:
    // The card draws its challenges from a seed of its own. `faults` may be null.
    CardEngine(CardMemory memory, CardBehaviour behaviour, std::uint64_t seed, FaultPlan* faults);

    // Cold or warm: all security state is gone. Gives the ATR; empty from a mute card.
    Bytes reset();
    void powerOff();
    bool powered() const;
    bool mute() const;
    Bytes answerToReset() const;
    CardReply transmit(ByteView command);

    // The faults that are properties of a card strike when it first comes to the station;
    // `ordinal` is which card that is, from 1.
    void cameToStation(int ordinal);
    bool beenAtStation() const;

    CardMemory memory() const;           // a snapshot
    Bytes item(std::uint8_t tag) const;  // of it, one
    std::string serial() const;          // the last four historical bytes, in hex
    void setMemory(CardMemory memory);
    void setBehaviour(CardBehaviour behaviour);
    // What the next challenges will be, in their order: for vectors.
    void drawNext(std::vector<Bytes> challenges);
    // What to call the mistake behind a wrong MAC, where it is one that people make; else empty.
    std::string mistake() const;
    std::string json() const;

  private:
    struct Command {
        std::uint8_t cla = 0, ins = 0, p1 = 0, p2 = 0, p3 = 0;
        Bytes data;
        bool hasLe = false;
        std::size_t le = 0;  // 1..256
    };
    struct Outcome {
        std::uint16_t status = 0x9000;
        Bytes data = {};
    };
    enum class Flow : std::uint8_t { in, out, inOut };
    struct Instruction {
        std::uint8_t cla, ins;
        Flow flow;
        bool (*parametersFit)(std::uint8_t p1, std::uint8_t p2);
        bool (*lengthFits)(std::uint8_t p3);
        Outcome (CardEngine::*carryOut)(const Command&);
    };
    struct Challenge {
        Bytes value;
        Bytes before;  // the one drawn just before it
    };
    // What whoever copied a card has heard of it: one proof, never its key.
    struct Recording {
        Block8 original, factor, answer;
        bool originalIsNext = true;
    };
    // Lives from reset to reset.
    struct Session {
        std::uint16_t application = card_id::masterFile;
        std::optional<std::uint16_t> file;
        std::optional<std::size_t> record;
        std::optional<Challenge> challenge;
        std::set<std::uint8_t> authenticated;
        bool masterFileSelected = false;
        Bytes pending;
    };

    static const Instruction* findInstruction(std::uint8_t cla, std::uint8_t ins);
    static bool knowsClass(std::uint8_t cla);
    static bool knowsInstruction(std::uint8_t ins);
    Outcome dispatch(ByteView raw);
    Outcome check(const Instruction& instruction, ByteView raw, Command& command) const;
    Bytes frame(const Command& command, Flow flow, Outcome outcome);
    std::optional<CardReply> strike(ByteView raw, CardReply& reply);
    bool losesPowerAfter(ByteView raw);
    bool strikesThisPhase(Fault fault);
    void clearSession();

    // card_engine.cpp
    Outcome select(const Command& command);
    Outcome selectByName(const Command& command);
    Outcome selectById(const Command& command);
    Outcome enter(const ChipApplication& application);
    Outcome getResponse(const Command& command);
    // card_files.cpp
    Outcome readRecord(const Command& command);
    Outcome updateRecord(const Command& command);
    Outcome readBinary(const Command& command);
    Outcome updateBinary(const Command& command);
    Outcome deliver(const Command& command, Bytes data) const;
    ElementaryFile* addressedFile(std::uint8_t shortId, Outcome& outcome);
    std::optional<std::size_t> recordIndex(const ElementaryFile& file, std::uint8_t p1,
                                           std::uint8_t mode) const;
    Outcome store(ElementaryFile& file, std::optional<std::size_t> index, const Command& command);
    bool mayRead(const ElementaryFile& file) const;
    bool mayUpdate(const ElementaryFile& file) const;
    // card_security.cpp
    Outcome getChallenge(const Command& command);
    Outcome internalAuthenticate(const Command& command);
    void becomeCopy();
    Outcome externalAuthenticate(const Command& command);
    std::optional<Bytes> takeSessionKey(ByteView key);
    Outcome checkMac(const Command& command, CardSecret& key, bool countsDown, Bytes* session);
    // card_pin.cpp
    Outcome verifyPin(const Command& command);
    Outcome changePin(const Command& command);
    Outcome resetPin(const Command& command);
    Outcome blockApplication(const Command& command);
    Outcome blockCard(const Command& command);
    Outcome comparePin(ByteView pin);
    void nameMistake(const Command& command, ByteView session);
    CardSecret* socialKey(std::uint8_t id);
    // card_payment.cpp
    Outcome getProcessingOptions(const Command& command);

    mutable std::mutex mutex_;
    CardMemory memory_;
    CardBehaviour behaviour_;
    SeededRandom random_;
    FaultPlan* faults_;
    Session session_;
    std::optional<Recording> recording_;  // a copied card
    bool powered_ = false;
    bool mute_ = false;
    bool atStation_ = false;
    int updates_ = 0;
    std::vector<Bytes> nextChallenges_;
    std::string mistake_;
    std::set<std::string> brokenPlaces_;  // records whose cells have failed for good
};

}  // namespace liqu::world
