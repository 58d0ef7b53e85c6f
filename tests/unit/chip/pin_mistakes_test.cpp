// What the MAC of a reset comes to when it is computed wrongly in one of the usual ways: the
// emulated card names it, so that nobody tries variants on a real one.
#include <array>

#include "tests/unit/chip/pin_bench.hpp"

using namespace liqu;
using namespace liqu::tests;
using world::KeyName;

namespace {

struct Mistakes {
    std::string version, lc, plain, cla, p2, iv, unlockOfCityKey, withoutLength, ascii;
};
const std::array<Mistakes, 2> expected = {
    Mistakes{"3.00", "F7EF2357", "6FE08D6A", "AA3AA43A", "F1A669E3", "8D0A9CC7", "7871F835",
             "DB710C1940D1D0114542942C2BBB98D2", "F5BDF75F798617E7E8407A6ADB76E84C"},
    Mistakes{"2.00", "1207808E", "C7FE0444", "000AC30C", "1034C84E", "22772D3C", "ED7B8F09",
             "D75A9CDA4320135A", "7ED1C3BB9BBB8EAD"}};

const Bytes challenge = fromHex("8877665544332211").value();

struct Frame {
    explicit Frame(const PinBench& bench) : card(bench.identity()) {
        key = bench.hsm.cardKey(world::keyAddressOf(KeyName::maintenance), card).value();
        session = world::sessionKey(card.algorithm, key, challenge);
        body = world::encryptField(card.algorithm, session, fromHex("123456").value());
        head = {0x84, 0x24, 0x00, 0x01, static_cast<std::uint8_t>(body.size() + 4)};
    }
    Bytes mac(const Bytes& over, ByteView data) const {
        return world::macOver(card.algorithm, session, over, data);
    }
    // The first block of the input with the challenge laid over it.
    Bytes macWithChallengeFirst() const {
        Bytes input = head;
        input.insert(input.end(), body.begin(), body.end());
        for (std::size_t at = 0; at < challenge.size(); ++at) input[at] ^= challenge[at];
        return mac(input, {});
    }
    ports::CardKeyContext card;
    Bytes key, session, body, head;
};

std::string mistakeOf(PinBench& bench, const Frame& frame, const Bytes& mac) {
    bench.drawsAsInVectors();
    REQUIRE(bench.pins.openUnlockKey(bench.identity(), bench.keys)->outcome ==
            chip::PinOutcome::done);
    bench.reader.transmit(fromHex("0084000008").value()).value();
    Bytes command = frame.head;
    command.insert(command.end(), frame.body.begin(), frame.body.end());
    command.insert(command.end(), mac.begin(), mac.end());
    CHECK(toHex(bench.card->transmit(command).bytes) == "6988");
    return bench.card->mistake();
}

}  // namespace

TEST_CASE("PIN mistakes: each has its own fingerprint, and the card names it") {
    for (const Mistakes& m : expected) {
        PinBench bench(m.version, "123456", {.wrongMacCostsTry = false});
        const Frame frame(bench);
        Bytes shortLc = frame.head;
        shortLc[4] = static_cast<std::uint8_t>(shortLc[4] - 4);
        Bytes otherClass = frame.head;
        otherClass[0] = 0x80;
        Bytes otherP2 = frame.head;
        otherP2[3] = 0;
        const Bytes plain = world::decryptBlocks(frame.card.algorithm, frame.session, frame.body);
        const std::vector<std::pair<Bytes, std::string>> named = {
            {frame.mac(shortLc, frame.body), m.lc},
            {frame.mac(frame.head, plain), m.plain},
            {frame.mac(otherClass, frame.body), m.cla},
            {frame.mac(otherP2, frame.body), m.p2}};
        std::set<std::string> names;
        for (const auto& [mac, print] : named) {
            CHECK(toHex(mac) == print);
            const std::string name = mistakeOf(bench, frame, mac);
            CHECK_FALSE(name.empty());
            names.insert(name);
        }
        CHECK(names.size() == named.size());
        CHECK(toHex(frame.macWithChallengeFirst()) == m.iv);
    }
}

TEST_CASE("PIN mistakes: a key of another level, and other contents of the field") {
    for (const Mistakes& m : expected) {
        const PinBench bench(m.version);
        const Frame frame(bench);
        const auto algorithm = frame.card.algorithm;
        const Bytes root = fromHex("00112233445566778899AABBCCDDEEFF").value();
        const Bytes province = world::childKey(algorithm, root, world::provinceFactor("420100"));
        const Bytes city = world::childKey(algorithm, province, world::cityFactor("420100"));
        const Bytes session = world::sessionKey(algorithm, city, challenge);
        CHECK(toHex(world::macOver(algorithm, session, fromHex("8424000004").value(), {})) ==
              m.unlockOfCityKey);
        Bytes withoutLength = fromHex("12345680").value();
        withoutLength.resize(world::blockSizeOf(algorithm), 0);
        CHECK(toHex(world::encryptBlocks(algorithm, frame.session, withoutLength)) ==
              m.withoutLength);
        CHECK(toHex(world::encryptField(algorithm, frame.session, bytesOf("123456"))) == m.ascii);
    }
}

TEST_CASE("PIN mistakes: the SM4 MAC is folded, not cut; a challenge of four bytes is filled up") {
    const PinBench bench;
    const Frame frame(bench);
    Bytes input = frame.head;
    input.insert(input.end(), frame.body.begin(), frame.body.end());
    input.push_back(0x80);
    input.resize((input.size() + 15) / 16 * 16, 0);
    Bytes chain(16, 0);
    for (std::size_t at = 0; at < input.size(); at += 16) {
        for (std::size_t i = 0; i < 16; ++i) chain[i] ^= input[at + i];
        chain = world::encryptBlocks(frame.card.algorithm, frame.session, chain);
    }
    CHECK(toHex(ByteView(chain).first(4)) == "F833A58E");

    const std::array<std::array<std::string, 3>, 2> shortChallenge = {
        {{"3.00", "A63F3A3B3246BA0332CEEC59654D34FB", "054B74B8"},
         {"2.00", "1921F3D03033133E", "2F977591"}}};
    for (const auto& [version, session, mac] : shortChallenge) {
        const PinBench other(version);
        const Frame of(other);
        const Bytes key = world::sessionKey(of.card.algorithm, of.key, fromHex("88776655").value());
        CHECK(toHex(key) == session);
        CHECK(toHex(world::macOver(of.card.algorithm, key, fromHex("8424000004").value(), {})) ==
              mac);
    }
}
