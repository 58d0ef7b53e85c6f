// The machine's side of an older province, over the simulated one: the real adapter with its books
// on a scratch disk and the shipped table of that province, on virtual time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "firmware/province/adapters/card_service/adapter.hpp"
#include "firmware/province/bodies.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/province/province.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/legacy_province/legacy_link.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::scenario {

namespace older = province::card_service;
using province::MessageType;

struct LegacyCitizen {
    std::string number, name, card;
};
inline const LegacyCitizen newcomer{"110000198503120015", "测试样例", ""};
inline const LegacyCitizen holder{"440000197906050092", "样例已有", "K00000049"};
inline const LegacyCitizen silentLoser{"440000197906050076", "样例口头", "K00000030"};  // TEMP_LOST
inline const LegacyCitizen paidLoser{"440000197906050033", "样例挂失", "K00000014"};  // FORMAL_LOST
inline const LegacyCitizen unpaidLoser{"44000019790605005X", "样例欠费", "K00000022"};

// The table as it is shipped, with the part [chip] that a file leaves to its province.
older::RegionTable shippedTable(const std::string& province);

// Beside an older system: says yes to the three messages of a card's keys.
class EncryptionMachine final : public province::Adapter {
  public:
    EncryptionMachine(Clock& clock, Random& random) : Adapter(clock, random, {}) {}
    bool can(MessageType type) const override;
    Result<province::Proof> proofOf(const province::Outgoing&) override {
        return province::Proof{};
    }

  private:
    Result<province::Reply> exchange(const province::Outgoing&) override;
};

class LegacyKiosk {
  public:
    // "hn", "hb" or "jl". A table of another one is a lie for tests.
    explicit LegacyKiosk(const std::string& province = "hn");
    LegacyKiosk(const std::string& province, older::RegionTable table);

    // The kiosk was switched off: the same books, a new program.
    void restart();

    province::Business business(int number = 42) const;
    province::Outgoing outgoing(MessageType type, std::string_view body, int number = 42,
                                int ordinal = 1) const;
    // A change or fact is sent once: "OK", "OK/BRANCH_LIST", "NEEDS_STAFF/NONE"; an error by its
    // number, "40102".
    template <typename Message>
    std::string tell(MessageType type, const Message& message, int number = 42, int ordinal = 1) {
        return tellBody(type, province::bodyOf(message).value(), number, ordinal);
    }
    std::string tellBody(MessageType type, const PersonalText& body, int number = 42,
                         int ordinal = 1);

    world::LegacyBooks& there() { return engine->books(); }
    const world::LegacyAct& act(const std::string& name, const std::string& key) {
        return engine->books().act(name, key);
    }
    world::LegacyCardState stateThere(const std::string& card) {
        return engine->books().cards.at(card).state;
    }
    // What the server saw and should not have, and texts of it that no table knows. Empty is good.
    std::vector<std::string> complaints();

    test::Scratch scratch;
    world::VirtualClock clock;  // begins at 2024-06-01 10:00 in China
    SeededRandom random{7};
    world::LegacyFaults faults;
    std::unique_ptr<world::LegacyEngine> engine;
    world::LegacyFront front;
    world::LegacyLink link;
    ports::SoapLink* line = &link;  // a test puts its own there, and restarts
    older::RegionTable table;
    EncryptionMachine encryption{clock, random};
    std::unique_ptr<storage::Database> database;
    security::SealKey sealKey;
    security::Sealer sealer;
    province::Terminal terminal;
    std::unique_ptr<older::CardServiceAdapter> adapter;
};

// -- what a citizen wants, as messages
province::ApplicationRequest wishOf(
    const LegacyCitizen& who, province::ApplicationKind kind = province::ApplicationKind::newCard);
province::LossReport lossOf(const LegacyCitizen& who);
province::CardEnabling enablingOf(const LegacyCitizen& who);

// One card in the making: each step the machine takes, as far as it was taken.
struct Making {
    explicit Making(LegacyKiosk& ofKiosk, int ofBusiness = 42)
        : kiosk(ofKiosk), number(ofBusiness) {}

    std::string apply(const LegacyCitizen& citizen = newcomer);
    std::string mark(int ordinal = 1);
    std::string reserve();
    std::string personalise();
    std::string report(province::MakeResult result = province::MakeResult::ok, int ordinal = 1);
    std::string enable();

    province::MakeReport reportBody(province::MakeResult result) const;

    LegacyKiosk& kiosk;
    int number;
    LegacyCitizen who{};
    std::string application;
    std::string card;  // the number assigned
    std::string idCode = "4101000000000000000000000000A001";
    province::Personalisation permit{};
};

}  // namespace liqu::scenario
