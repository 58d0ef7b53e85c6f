// The PC/SC chip reader against a scripted PC/SC: return codes of hardware-notes/chip-reader.md,
// "What PC/SC answers", pcscd restarts, and a driver that hangs.
#include <algorithm>
#include <atomic>
#include <doctest/doctest.h>
#include <latch>

#include "drivers/chip_reader/pcsc_chip_reader.hpp"
#include "tests/world/virtual_clock.hpp"

using namespace liqu;
using namespace liqu::drivers;

namespace {

const Bytes atrBytes{0x3B, 0x00};
const Bytes command{0x00, 0x84, 0x00, 0x00, 0x08};

// What all contexts of one test share: the state of "pcscd" and of the card.
struct FakeDaemon {
    explicit FakeDaemon(world::VirtualClock& itsClock) : clock(itsClock) {}

    world::VirtualClock& clock;
    std::vector<std::string> readers{"Other 00 00", "Virtual PCD 00 00"};
    bool cardPresent = true;
    std::optional<Instant> cardComes;
    bool serviceUp = true;
    std::optional<Instant> serviceComes;
    std::vector<PcscCode> connectAnswers, resetAnswers;  // taken from the front
    PcscCode transmitAnswer = PcscCode::success;
    Bytes reply{0x90, 0x00};
    std::latch* hangs = nullptr;       // transmit waits for it
    std::optional<Instant> heldUntil;  // another program has the reader open

    std::vector<std::string> calls;
    // Shared, because an abandoned context may be the last to go.
    std::shared_ptr<std::atomic<int>> living = std::make_shared<std::atomic<int>>(0);

    static PcscCode next(std::vector<PcscCode>& answers) {
        if (answers.empty()) return PcscCode::success;
        const PcscCode first = answers.front();
        answers.erase(answers.begin());
        return first;
    }
    bool up() { return serviceUp || (serviceComes && clock.now() >= *serviceComes); }
    bool present() { return cardPresent || (cardComes && clock.now() >= *cardComes); }
    bool held() { return heldUntil && clock.now() < *heldUntil; }
};

class FakeContext final : public PcscContext {
  public:
    explicit FakeContext(FakeDaemon& daemon) : daemon_(daemon), living_(daemon.living) {
        ++*living_;
    }
    ~FakeContext() override {
        --*living_;
        living_->notify_all();
    }

    PcscCode establish() override {
        note("establish");
        valid_ = daemon_.up();
        return valid_ ? PcscCode::success : PcscCode::noService;
    }
    PcscCode listReaders(std::vector<std::string>& names) override {
        if (!valid()) return PcscCode::noService;
        names = daemon_.readers;
        return names.empty() ? PcscCode::noReadersAvailable : PcscCode::success;
    }
    PcscCode waitForChange(const std::string&, std::chrono::milliseconds patience,
                           CardPresence& presence) override {
        if (!valid()) return PcscCode::noService;
        if (presence == CardPresence::absent && !daemon_.present()) {
            daemon_.clock.sleepFor(patience);
            if (!daemon_.present()) return PcscCode::timeout;
        }
        presence = !daemon_.present() ? CardPresence::absent
                   : daemon_.held()   ? CardPresence::held
                                      : CardPresence::present;
        return PcscCode::success;
    }
    PcscCode connectExclusively(const std::string& reader) override {
        note("connect " + reader);
        if (daemon_.held()) return PcscCode::sharingViolation;
        return FakeDaemon::next(daemon_.connectAnswers);
    }
    PcscCode reset(ResetKind kind) override {
        note(kind == ResetKind::cold ? "cold" : "warm");
        return FakeDaemon::next(daemon_.resetAnswers);
    }
    PcscCode answerToReset(Bytes& atr) override {
        atr = atrBytes;
        return PcscCode::success;
    }
    PcscCode transmit(ByteView, Bytes& reply) override {
        if (daemon_.hangs != nullptr) daemon_.hangs->wait();
        if (!valid()) return PcscCode::noService;
        reply = daemon_.reply;
        return daemon_.transmitAnswer;
    }
    PcscCode disconnect() override {
        note("disconnect");
        return PcscCode::success;
    }

  private:
    // pcscd forgets every context when it ends, also after it is back.
    bool valid() {
        valid_ = valid_ && daemon_.up();
        return valid_;
    }
    void note(const std::string& call) { daemon_.calls.push_back(call); }

    FakeDaemon& daemon_;
    std::shared_ptr<std::atomic<int>> living_;
    bool valid_ = false;
};

struct Bench {
    world::VirtualClock clock;
    FakeDaemon daemon{clock};
    PcscChipReader reader{clock, {.namePart = "Virtual PCD"}, [this] {
                              return std::make_shared<FakeContext>(daemon);
                          }};

    ErrorCode powerOnFails(Duration patience = Duration(0)) {
        const auto atr = reader.powerOn(patience);
        REQUIRE_FALSE(atr);
        CHECK(atr.error().fate);
        return atr.error().code;
    }
    Error transmitFails() {
        const auto reply = reader.transmit(command);
        REQUIRE_FALSE(reply);
        return reply.error();
    }
};

constexpr std::chrono::seconds second{1};

}  // namespace

TEST_CASE("power-on connects exclusively to the reader that is meant, and resets cold") {
    Bench bench;
    CHECK(bench.reader.powerOn(second).value() == atrBytes);
    CHECK(bench.daemon.calls ==
          std::vector<std::string>{"establish", "connect Virtual PCD 00 00", "cold"});
    CHECK(bench.reader.transmit(command).value() == Bytes{0x90, 0x00});
    CHECK(bench.reader.coldReset().value() == atrBytes);
    CHECK(bench.daemon.calls.back() == "cold");
    bench.reader.powerOff();
    CHECK(bench.daemon.calls.back() == "disconnect");
    bench.reader.powerOff();
    CHECK(bench.daemon.calls.size() == 5);
    // The next card uses the same context.
    CHECK(bench.reader.powerOn(second));
    CHECK(*bench.daemon.living == 1);
}

TEST_CASE("a card that comes within the patience is waited for, a missing one is mute") {
    Bench bench;
    bench.daemon.cardPresent = false;
    CHECK(bench.powerOnFails(3 * second) == ErrorCode::chipMute);
    CHECK(bench.clock.now() == Instant(3 * second));
    bench.daemon.cardComes = bench.clock.now() + 2 * second;
    CHECK(bench.reader.powerOn(3 * second));
}

TEST_CASE("a failed cold reset is followed by one warm one") {
    Bench bench;
    SUBCASE("which helps") {
        bench.daemon.resetAnswers = {PcscCode::unresponsiveCard};
        CHECK(bench.reader.powerOn(second));
        CHECK(bench.daemon.calls.back() == "warm");
    }
    SUBCASE("or not") {
        bench.daemon.resetAnswers.assign(6, PcscCode::unresponsiveCard);
        CHECK(bench.powerOnFails(second) == ErrorCode::chipMute);
        CHECK(bench.daemon.calls.back() == "disconnect");
    }
}

TEST_CASE("what power-on says when it cannot") {
    Bench bench;
    SUBCASE("no reader of that name") {
        bench.daemon.readers = {"Other 00 00"};
        CHECK(bench.powerOnFails() == ErrorCode::chipReaderNotFound);
        const auto test = bench.reader.selfTest();
        REQUIRE_FALSE(test);
        CHECK_FALSE(test.error().fate);
    }
    SUBCASE("no reader at all") {
        bench.daemon.readers.clear();
        CHECK(bench.powerOnFails() == ErrorCode::chipReaderNotFound);
    }
    SUBCASE("held by another program for ever") {
        bench.daemon.heldUntil = bench.clock.now() + 60 * second;
        CHECK(bench.powerOnFails(5 * second) == ErrorCode::chipReaderHeld);
        CHECK(bench.clock.now() == Instant(5 * second));
        const auto test = bench.reader.selfTest();
        REQUIRE_FALSE(test);
        CHECK(test.error().code == ErrorCode::chipReaderHeld);
    }
    SUBCASE("torn again and again") {
        bench.daemon.resetAnswers.assign(6, PcscCode::notTransacted);
        CHECK(bench.powerOnFails(5 * second) == ErrorCode::chipReplyTorn);
    }
    SUBCASE("mute card") {
        bench.daemon.connectAnswers.assign(3, PcscCode::unresponsiveCard);
        CHECK(bench.powerOnFails(second) == ErrorCode::chipMute);
    }
    SUBCASE("a card that is powered only at the second try") {
        bench.daemon.connectAnswers = {PcscCode::unpoweredCard};
        CHECK(bench.reader.powerOn(second));
    }
    SUBCASE("pcscd down") {
        bench.daemon.serviceUp = false;
        CHECK(bench.powerOnFails(3 * second) == ErrorCode::chipServiceDown);
        CHECK(*bench.daemon.living == 0);
        CHECK(bench.reader.selfTest().error().code == ErrorCode::chipServiceDown);
    }
}

TEST_CASE("a card that slips away while connecting is tried again within the patience") {
    Bench bench;
    bench.daemon.connectAnswers = {PcscCode::noSmartcard, PcscCode::removedCard};
    CHECK(bench.reader.powerOn(3 * second));
    CHECK(bench.clock.now() == Instant(std::chrono::milliseconds(600)));
}

TEST_CASE("a restarted pcscd is found by a new context, with growing pauses") {
    Bench bench;
    REQUIRE(bench.reader.powerOn(second));
    bench.daemon.serviceUp = false;
    const Error error = bench.transmitFails();
    CHECK(error.code == ErrorCode::chipServiceDown);
    CHECK(error.fate == CardFate::atChipStation);
    CHECK(*bench.daemon.living == 0);
    bench.daemon.serviceComes = bench.clock.now() + 10 * second;
    bench.daemon.calls.clear();
    CHECK(bench.reader.powerOn(30 * second));
    // 0, 0.2, 0.6, 1.4, 3, 6.2, 11.2 s
    CHECK(std::ranges::count(bench.daemon.calls, "establish") == 7);
    CHECK(*bench.daemon.living == 1);
}

TEST_CASE("the self-test does not take an old context for a dead pcscd") {
    Bench bench;
    REQUIRE(bench.reader.selfTest());
    bench.daemon.serviceUp = false;
    CHECK_FALSE(bench.reader.selfTest());
    bench.daemon.serviceUp = true;
    CHECK(bench.reader.selfTest());
}

TEST_CASE("what goes wrong during a command") {
    Bench bench;
    REQUIRE(bench.reader.powerOn(second));
    const auto fails = [&bench](PcscCode answer) {
        bench.daemon.transmitAnswer = answer;
        return bench.transmitFails();
    };
    CHECK(fails(PcscCode::resetCard).code == ErrorCode::chipWasReset);
    CHECK(fails(PcscCode::resetCard).fate == CardFate::atChipStation);
    CHECK(fails(PcscCode::removedCard).code == ErrorCode::chipRemoved);
    CHECK(fails(PcscCode::removedCard).fate == CardFate::unknown);
    CHECK(fails(PcscCode::notTransacted).code == ErrorCode::chipReplyTorn);
    bench.daemon.reply = {0x90};
    CHECK(fails(PcscCode::success).code == ErrorCode::chipReplyTorn);
    bench.daemon.cardPresent = false;
    bench.daemon.reply.clear();
    CHECK(fails(PcscCode::success).code == ErrorCode::chipRemoved);
    CHECK(fails(PcscCode::notTransacted).code == ErrorCode::chipRemoved);
    CHECK(fails(PcscCode::commError).code == ErrorCode::chipServiceDown);
    // The connection is gone with the context.
    CHECK(bench.transmitFails().code == ErrorCode::chipRemoved);
    CHECK(bench.reader.coldReset().error().code == ErrorCode::chipRemoved);
}

TEST_CASE("what passes within the patience of 5 s is waited for") {
    Bench bench;
    SUBCASE("another program looks at the new card") {
        for (const int heldMs : {1, 300, 1000, 3000}) {
            CAPTURE(heldMs);
            bench.daemon.heldUntil = bench.clock.now() + std::chrono::milliseconds(heldMs);
            CHECK(bench.reader.powerOn(5 * second));
            bench.reader.powerOff();
        }
    }
    SUBCASE("and the self-test does not cry for a moment") {
        bench.daemon.heldUntil = bench.clock.now() + second;
        CHECK(bench.reader.selfTest());
    }
    SUBCASE("each code that may pass, once") {
        for (const PcscCode code :
             {PcscCode::sharingViolation, PcscCode::notTransacted, PcscCode::insufficientBuffer,
              PcscCode::unresponsiveCard, PcscCode::unpoweredCard, PcscCode::unsupportedCard,
              PcscCode::timeout, PcscCode::protoMismatch, PcscCode::removedCard,
              PcscCode::noSmartcard, PcscCode::resetCard, PcscCode::unknownReader,
              PcscCode::readerUnavailable, PcscCode::noReadersAvailable, PcscCode::commError,
              PcscCode::invalidHandle, PcscCode::noService, PcscCode::serviceStopped}) {
            CAPTURE(static_cast<std::uint32_t>(code));
            bench.daemon.connectAnswers = {code};
            CHECK(bench.reader.powerOn(5 * second));
            bench.reader.powerOff();
        }
    }
    SUBCASE("the answer to reset torn once") {
        bench.daemon.resetAnswers = {PcscCode::notTransacted};
        CHECK(bench.reader.powerOn(5 * second));
    }
}

TEST_CASE("a part of the reader's name is plain text and fits exactly one") {
    struct Row {
        std::vector<std::string> readers;
        std::string part;
        std::optional<ErrorCode> error;
    };
    // Names as pcsc-lite gives them: brackets are brackets.
    const std::vector<Row> rows = {
        {{"Acme 1 00 00"}, "Acme 1", std::nullopt},
        {{"Identiv SCR33xx [CCID Interface] 00 00"},
         "Identiv SCR33xx [CCID Interface]",
         std::nullopt},
        {{"Broadcom Corp 58200 [Contacted SmartCard] (0123456789ABCD) 00 00",
          "Broadcom Corp 58200 [Contactless SmartCard] (0123456789ABCD) 00 00"},
         "[Contacted SmartCard]",
         std::nullopt},
        {{"Generic USB2.0-CRW [Smart Card Reader Interface] (20070818000000000) 00 00"},
         "Generic USB2.0-CRW [Smart Card Reader Interface]",
         std::nullopt},
        {{"Other 00 00", "Acme * 00 00"}, "Acme *", std::nullopt},
        {{"Acme Dual Reader 00 00", "Acme Dual Reader 00 01"},
         "Acme Dual Reader",
         ErrorCode::chipReaderAmbiguous},
        {{"Acme Dual Reader 00 00", "Acme Dual Reader 00 01"},
         "Acme Dual Reader 00 01",
         std::nullopt},
        {{"Acme 00 00", "Acme 01 00"}, "Acme", ErrorCode::chipReaderAmbiguous},
        // A whole name means that reader, also where another one's name holds it.
        {{"Big Acme 00 00", "Acme 00 00"}, "Acme 00 00", std::nullopt},
        {{"Acme 00 00"}, "acme?", ErrorCode::chipReaderNotFound},
    };
    for (const Row& row : rows) {
        CAPTURE(row.part);
        world::VirtualClock clock;
        FakeDaemon daemon(clock);
        daemon.readers = row.readers;
        PcscChipReader reader(clock, {.namePart = row.part},
                              [&daemon] { return std::make_shared<FakeContext>(daemon); });
        const auto test = reader.selfTest();
        CHECK(test.has_value() == !row.error);
        if (test || !row.error) continue;
        CHECK(test.error().code == *row.error);
        if (*row.error != ErrorCode::chipReaderAmbiguous) continue;
        for (const std::string& name : row.readers) {
            CHECK(test.error().cause.find(name) != std::string::npos);
        }
        CHECK(reader.powerOn(second).error().code == ErrorCode::chipReaderAmbiguous);
    }
}

TEST_CASE("a call that was given up keeps the reader: so long the self-test fails") {
    std::latch released(1);
    world::VirtualClock clock;
    FakeDaemon daemon(clock);
    daemon.hangs = &released;
    PcscChipReader reader(
        clock, {.namePart = "Virtual PCD", .transmitDeadline = std::chrono::milliseconds(1)},
        [&daemon] { return std::make_shared<FakeContext>(daemon); });
    REQUIRE(reader.selfTest());
    REQUIRE(reader.powerOn(second));
    CHECK(reader.transmit(command).error().code == ErrorCode::chipReaderHung);
    CHECK(*daemon.living == 1);
    // Not one thread more is risked, and nobody is welcome meanwhile.
    CHECK(reader.selfTest().error().code == ErrorCode::chipReaderHung);
    CHECK(reader.powerOn(second).error().code == ErrorCode::chipReaderHung);
    CHECK(*daemon.living == 1);
    // The call comes back after all: its thread cleans up, and the reader is good by itself.
    released.count_down();
    for (int left = *daemon.living; left != 0; left = *daemon.living) daemon.living->wait(left);
    CHECK(reader.selfTest());
    CHECK(reader.powerOn(second));
}

TEST_CASE("a hung reader is abandoned, and its late answer hurts nobody") {
    std::latch released(1);
    world::VirtualClock clock;
    FakeDaemon daemon(clock);
    daemon.hangs = &released;
    {
        PcscChipReader reader(
            clock, {.namePart = "Virtual PCD", .transmitDeadline = std::chrono::milliseconds(1)},
            [&daemon] { return std::make_shared<FakeContext>(daemon); });
        REQUIRE(reader.powerOn(second));
        CHECK(reader.transmit(command).error().code == ErrorCode::chipReaderHung);
    }
    // The reader is gone; now the call comes back and its thread cleans up by itself.
    released.count_down();
    for (int left = *daemon.living; left != 0; left = *daemon.living) daemon.living->wait(left);
    CHECK(*daemon.living == 0);
}

TEST_CASE("a worker runs calls one after the other, each seen when it is done") {
    DeadlineWorker worker;
    int sum = 0;
    for (int i = 1; i <= 100; ++i) {
        REQUIRE(worker.run([&sum, i] { sum += i; }, std::chrono::minutes(1)));
    }
    CHECK(sum == 5050);
}
