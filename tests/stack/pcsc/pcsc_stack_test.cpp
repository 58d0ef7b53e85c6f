// The emulated card behind a real pcscd: plain PC/SC calls, as any host makes them. The daemon is
// a private one; libpcsclite reads its socket's name once per process, so all cases share it.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <winscard.h>

#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/chip/private_pcscd.hpp"
#include "tests/world/chip/vpcd_slot.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

constexpr const char* readerName = "Liqu Chip Station 00 00";
constexpr DWORD patienceMs = 10'000;
const std::string selectSocial = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF";

PrivatePcscd& daemon() {
    static const std::unique_ptr<PrivatePcscd> running = [] {
        auto started = PrivatePcscd::start();
        REQUIRE_MESSAGE(started.has_value(), started.error().cause);
        ::setenv(PrivatePcscd::socketVariable, (*started)->socketPath().c_str(), 1);
        return std::move(*started);
    }();
    return *running;
}

std::shared_ptr<CardEngine> newCard(FaultPlan* faults = nullptr) {
    BlankCard blank;
    blank.cardNumber = "A00000003";
    blank.bankCardNumber = withLuhnDigit("621700000000000001");
    return makeCard(blank, Hsm::forTheSimulation(), faults);
}

// One host with one card handle.
class Host {
  public:
    Host() { REQUIRE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_) == 0); }
    ~Host() {
        if (card_ != 0) SCardDisconnect(card_, SCARD_RESET_CARD);
        SCardReleaseContext(context_);
    }

    // Waits until the reader reports this state.
    bool sees(DWORD wanted) {
        SCARD_READERSTATE state{};
        state.szReader = readerName;
        for (int changes = 0; changes < 20; ++changes) {
            const LONG result = SCardGetStatusChange(context_, patienceMs, &state, 1);
            if (result != SCARD_S_SUCCESS) return false;
            if ((state.dwEventState & wanted) != 0) return true;
            state.dwCurrentState = state.dwEventState;
        }
        return false;
    }
    LONG connect() {
        DWORD protocol = 0;
        const LONG result = SCardConnect(context_, readerName, SCARD_SHARE_EXCLUSIVE,
                                         SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card_, &protocol);
        if (result == SCARD_S_SUCCESS) CHECK(protocol == SCARD_PROTOCOL_T0);
        return result;
    }
    LONG coldReset() {
        DWORD protocol = 0;
        return SCardReconnect(card_, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0, SCARD_UNPOWER_CARD,
                              &protocol);
    }
    LONG send(const std::string& hex, Bytes& reply) {
        const Bytes command = fromHex(hex).value();
        reply.assign(300, 0);
        DWORD length = static_cast<DWORD>(reply.size());
        const LONG result =
            SCardTransmit(card_, SCARD_PCI_T0, command.data(), static_cast<DWORD>(command.size()),
                          nullptr, reply.data(), &length);
        reply.resize(result == SCARD_S_SUCCESS ? length : 0);
        return result;
    }
    std::string send(const std::string& hex) {
        Bytes reply;
        REQUIRE(send(hex, reply) == SCARD_S_SUCCESS);
        return toHex(reply);
    }
    std::string answerToReset() {
        Bytes answer(MAX_ATR_SIZE);
        DWORD length = static_cast<DWORD>(answer.size()), nameLength = 0, state = 0, protocol = 0;
        REQUIRE(SCardStatus(card_, nullptr, &nameLength, &state, &protocol, answer.data(),
                            &length) == SCARD_S_SUCCESS);
        answer.resize(length);
        return toHex(answer);
    }
    Block8 challenge() {
        const Bytes reply = fromHex(send("0084000008")).value();
        Block8 value{};
        std::copy_n(reply.begin(), 8, value.begin());
        return value;
    }

  private:
    SCARDCONTEXT context_ = 0;
    SCARDHANDLE card_ = 0;
};

// A station with its slot on the private daemon.
struct Station {
    Station() {
        auto started = VpcdSlot::start(station, {.port = daemon().port()});
        REQUIRE(started.has_value());
        slot = std::move(*started);
    }
    // The next case must not see this one's card.
    ~Station() {
        slot.reset();
        CHECK(Host().sees(SCARD_STATE_EMPTY));
    }
    ChipStation station;
    std::unique_ptr<VpcdSlot> slot;
};

}  // namespace

TEST_CASE("pcscd: ATR, SELECT, READ RECORD, rights lost by a cold reset, removal") {
    Station world;
    Host host;
    REQUIRE(host.sees(SCARD_STATE_EMPTY));
    const auto card = newCard();
    world.station.insert(card);
    REQUIRE(host.sees(SCARD_STATE_PRESENT));
    REQUIRE(host.connect() == SCARD_S_SUCCESS);
    CHECK(host.answerToReset() == "3B6D00000081544C96866042010000000A");

    CHECK(host.send(selectSocial) == "611E");
    CHECK(host.send("00C000001E").starts_with("6F1C840F"));
    CHECK(host.send("00B2072C00") == "6C0B");
    CHECK(host.send("00B2072C0B") == "07094130303030303030339000");

    CHECK(host.send("00A4020002EF06") == "9000");
    CHECK(host.send("00B2080014") == "6982");
    const Block8 original = host.challenge();
    const Block8 factor = host.challenge();
    const auto cryptogram = Hsm::forTheSimulation().externalAuthentication(
        KeyName::readHolder, card->memory().identity, factor, original);
    CHECK(host.send("0082000A10" + toHex(cryptogram.value()) + toHex(original)) == "9000");
    CHECK(host.send("00B2080014") == "0812" + std::string(36, '0') + "9000");

    REQUIRE(host.coldReset() == SCARD_S_SUCCESS);
    CHECK(host.send("00B2080014") == "6986");
    host.send(selectSocial);
    host.send("00A4020002EF06");
    CHECK(host.send("00B2080014") == "6982");

    world.station.remove();
    REQUIRE(host.sees(SCARD_STATE_EMPTY));
    Bytes reply;
    CHECK(host.send(selectSocial, reply) == static_cast<LONG>(SCARD_W_REMOVED_CARD));
}

TEST_CASE("pcscd: a card swapped at once is seen to leave and another to come") {
    Station world;
    Host host;
    world.station.insert(newCard());
    REQUIRE(host.sees(SCARD_STATE_PRESENT));
    REQUIRE(host.connect() == SCARD_S_SUCCESS);
    world.station.remove();
    world.station.insert(newCard());
    REQUIRE(host.sees(SCARD_STATE_EMPTY));
    REQUIRE(host.sees(SCARD_STATE_PRESENT));
    Bytes reply;
    CHECK(host.send(selectSocial, reply) == static_cast<LONG>(SCARD_W_REMOVED_CARD));
}

TEST_CASE("pcscd: the card leaves while a command runs") {
    FaultPlan plan;
    plan.arm(Fault::chipSlow);
    Station world;
    Host host;
    world.station.insert(newCard(&plan));
    REQUIRE(host.sees(SCARD_STATE_PRESENT));
    REQUIRE(host.connect() == SCARD_S_SUCCESS);
    // The slow command has been taken by the card when the plan says so; then the card is moved.
    std::thread mover([&] {
        while (!plan.allFired()) std::this_thread::yield();
        world.station.remove();
    });
    Bytes reply;
    const LONG result = host.send(selectSocial, reply);
    mover.join();
    CHECK_MESSAGE(reply.size() < 2, "SCardTransmit gave ", result);
    CHECK(host.sees(SCARD_STATE_EMPTY));
}

TEST_CASE("pcscd: a card mute from the start cannot be connected") {
    FaultPlan plan;
    plan.arm(Fault::chipMute);
    Station world;
    Host host;
    world.station.insert(newCard(&plan));
    REQUIRE(host.sees(SCARD_STATE_PRESENT));
    const LONG result = host.connect();
    const bool unresponsive = result == static_cast<LONG>(SCARD_W_UNRESPONSIVE_CARD) ||
                              result == static_cast<LONG>(SCARD_W_UNPOWERED_CARD);
    CHECK_MESSAGE(unresponsive, "SCardConnect gave ", result);
    CHECK(plan.allFired());
}

TEST_CASE("pcscd: a card that loses power in the middle has forgotten everything") {
    FaultPlan plan;
    REQUIRE(plan.arm("chip.reset@1"));
    Station world;
    Host host;
    world.station.insert(newCard(&plan));
    REQUIRE(host.sees(SCARD_STATE_PRESENT));
    REQUIRE(host.connect() == SCARD_S_SUCCESS);
    host.send(selectSocial);
    host.send("00A4020002EF05");
    CHECK(host.send("00DC020403020133") == "6986");
    CHECK(host.send("00B2020403") == "6986");
    CHECK(plan.allFired());
}

TEST_CASE("pcscd: after the daemon's death the card is there again, for a new context") {
    Station world;
    world.station.insert(newCard());
    Host before;
    REQUIRE(before.sees(SCARD_STATE_PRESENT));
    REQUIRE(daemon().restart());
    Host after;
    REQUIRE(after.sees(SCARD_STATE_PRESENT));
    REQUIRE(after.connect() == SCARD_S_SUCCESS);
    CHECK(after.send(selectSocial) == "611E");
}
