// The books' epoch: chained facts, what a sign-in tells and asks for, and the way into a new epoch.
#include "firmware/province/epoch.hpp"

#include <doctest/doctest.h>

#include "firmware/province/fact_chain.hpp"
#include "firmware/province/outbox_row.hpp"
#include "firmware/province/sender.hpp"
#include "firmware/storage/books_identity.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/province/scripted_link.hpp"

using namespace liqu;
using namespace liqu::province;
using storage::Transaction;
using Numbers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

namespace {

struct Kiosk {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    test::Desk desk;
    security::SealKey key = security::SealKey::make(desk.random);
    security::Sealer sealer{security::SealProfile::sm4CtrHmacSm3, key, desk.random};
    Outbox outbox{sealer, test::terminal()};
    Sender sender{*database, sealer, desk.adapter};

    WallTime now() { return desk.clock.wallTime(); }
    void write(const std::string& sql, const storage::Values& values = {}) {
        auto transaction = Transaction::begin(*database).value();
        REQUIRE(transaction.run(sql, values));
        REQUIRE(transaction.commit());
    }
    void put(int business) {
        auto transaction = Transaction::begin(*database).value();
        const auto fact = factOf(test::business(business), test::exampleReport(), 1).value();
        REQUIRE(outbox.enqueue(transaction, fact));
        REQUIRE(transaction.commit());
    }
    void putAndSend(int first, int last) {
        for (int business = first; business <= last; ++business) put(business);
        sendAll();
    }
    void sendAll() {
        while (sender.step().value().sent) {
        }
    }
    ChainEnd end() { return chainEnd(*database, test::testEpoch).value(); }
    // What a province says that knows all this.
    SignInAnswer agreeing() {
        SignInAnswer answer;
        answer.epochGranted = true;
        answer.lastTerminalSeq = end().terminalSeq;
        answer.lastChain = end().chain;
        return answer;
    }
    ErrorCode compare(const SignInAnswer& answer) {
        const auto same = compareStanding(*database, answer);
        return same ? ErrorCode{} : same.error().code;
    }
    Numbers numbersIn(const std::string& state) {
        Numbers found;
        const auto rows = database->query(
            "SELECT terminal_seq FROM outbox WHERE state = ? ORDER BY fact", {state});
        for (const auto& row : *rows) found.push_back(row.integer(0));
        return found;
    }
    Numbers numbersSent(std::size_t from) {
        Numbers found;
        for (std::size_t i = from; i < desk.link.requests.size(); ++i) {
            found.push_back(desk.link.requests[i].at("terminalSeq").get<std::int64_t>());
        }
        return found;
    }
    Texts outcomes() {
        Texts found;
        // By value: a loop over a temporary's inside would outlive it.
        const auto rows = database->query("SELECT outcome FROM outbox ORDER BY fact").value();
        for (const auto& row : rows) {
            found.push_back(row.textOrEmpty(0));
        }
        return found;
    }
};

}  // namespace

TEST_CASE("every fact carries the epoch and a digest over itself and the one before it") {
    Kiosk kiosk;
    kiosk.putAndSend(1, 3);
    REQUIRE(kiosk.desk.link.requests.size() == 3);
    std::string before{chainStart};
    for (const auto& request : kiosk.desk.link.requests) {
        CHECK(request.at("epoch") == test::testEpoch);
        FactRow row;
        row.epoch = test::testEpoch;
        row.terminalSeq = request.at("terminalSeq").get<std::int64_t>();
        row.bizId = request.at("bizId").get<std::string>();
        row.messageType = request.at("msgType").get<std::string>();
        row.idempotencyKey = request.at("idemKey").get<std::string>();
        row.happenedAt = test::exampleReport().madeAt;
        const auto digest =
            chainedDigest(before, "T-000017", row, request.at("body").dump()).value();
        CHECK(request.at("chain").get<std::string>() == digest);
        before = digest;
    }
    SignIn message;
    REQUIRE(tellStanding(*kiosk.database, message));
    CHECK(message.epoch == test::testEpoch);
    CHECK(message.lastTerminalSeq == 3);
    CHECK(message.lastChain == before);
}

TEST_CASE("books from a backup are not the newest, whatever the answer, before a new epoch") {
    Kiosk kiosk;
    kiosk.putAndSend(1, 2);
    const SignInAnswer agreeing = kiosk.agreeing();
    {
        auto transaction = Transaction::begin(*kiosk.database).value();
        REQUIRE(noteRestored(transaction, kiosk.now()));
        REQUIRE(transaction.commit());
    }
    CHECK(kiosk.compare(agreeing) == ErrorCode::booksNotNewest);
    REQUIRE(noteStanding(*kiosk.database, Standing::newest));
    CHECK(requireNewest(*kiosk.database).error().code == ErrorCode::booksNotNewest);
    const std::string wanted = wantedEpoch(*kiosk.database, kiosk.desk.random).value();
    {
        auto transaction = Transaction::begin(*kiosk.database).value();
        REQUIRE(takeEpoch(transaction, kiosk.outbox, wanted, agreeing, kiosk.now()));
        REQUIRE(transaction.commit());
    }
    CHECK(requireNewest(*kiosk.database));
}

TEST_CASE("books that are not the newest are seen in the answer, whichever field says it") {
    Kiosk kiosk;
    kiosk.putAndSend(1, 2);
    CHECK(kiosk.compare(kiosk.agreeing()) == ErrorCode{});
    SignInAnswer behind = kiosk.agreeing();
    behind.lastTerminalSeq = 0;
    behind.lastChain = chainStart;
    CHECK(kiosk.compare(behind) == ErrorCode{});

    const auto refuses = [&kiosk](const std::function<void(SignInAnswer&)>& change) {
        SignInAnswer answer = kiosk.agreeing();
        change(answer);
        return kiosk.compare(answer) == ErrorCode::booksNotNewest;
    };
    CHECK(refuses([](SignInAnswer& answer) { answer.epochGranted = false; }));
    CHECK(refuses([](SignInAnswer& answer) { answer.lastTerminalSeq = 3; }));
    CHECK(refuses([](SignInAnswer& answer) { answer.lastChain = std::string(64, 'A'); }));
    CHECK(refuses([](SignInAnswer& answer) { answer.openBizIds = {"T-000017-20240601-000009"}; }));
    kiosk.write("INSERT INTO orders_elsewhere VALUES('T-000017-20240601-000009', 0)");
    CHECK_FALSE(
        refuses([](SignInAnswer& answer) { answer.openBizIds = {"T-000017-20240601-000009"}; }));
    // The fee of an order is known with it.
    CHECK_FALSE(
        refuses([](SignInAnswer& answer) { answer.openBizIds = {"T-000017-20240601-000009-F"}; }));
    CHECK(
        refuses([](SignInAnswer& answer) { answer.openBizIds = {"T-000017-20240601-000008-F"}; }));
}

TEST_CASE("a province that lost facts is told them again: same keys, same order, once") {
    Kiosk kiosk;
    kiosk.putAndSend(1, 5);
    const auto firstTime = kiosk.desk.link.requests;
    SignInAnswer answer = kiosk.agreeing();
    answer.lastTerminalSeq = 4;
    answer.missingTerminalSeqs = {2, 3};
    const WallTime before = kiosk.now() - std::chrono::milliseconds{1};
    CHECK(sendAgain(*kiosk.database, answer, before).value().queued == 0);
    const auto again = sendAgain(*kiosk.database, answer, kiosk.now()).value();
    CHECK(again.queued == 3);
    CHECK(again.purged == 0);
    CHECK(kiosk.numbersIn("queued") == Numbers{2, 3, 5});
    CHECK(sendAgain(*kiosk.database, answer, kiosk.now()).value().queued == 0);
    kiosk.sendAll();
    CHECK(kiosk.numbersSent(5) == Numbers{2, 3, 5});
    for (const char* same : {"idemKey", "chain", "body", "bizTime"}) {
        CHECK(kiosk.desk.link.requests[5].at(same) == firstTime[1].at(same));
    }
    CHECK(kiosk.numbersIn("delivered").size() == 5);
    CHECK(kiosk.desk.link.faults.empty());
}

TEST_CASE("what a province refused and forgot is told it again, unless people closed it") {
    Kiosk kiosk;
    kiosk.putAndSend(1, 5);
    kiosk.write(
        "UPDATE outbox SET state = 'parked', delivered_at = NULL, outcome = 'BIZ_REFUSED/X', "
        "attempts = 1 WHERE terminal_seq > 2");
    kiosk.write(
        "INSERT INTO closed_facts SELECT fact, 'told', 'L-1', 'S-01', 'S-02', 0 FROM outbox "
        "WHERE terminal_seq = 4");
    SignInAnswer answer = kiosk.agreeing();
    answer.lastTerminalSeq = 3;
    CHECK(sendAgain(*kiosk.database, answer, kiosk.now()).value().queued == 1);
    CHECK(kiosk.numbersIn("queued") == Numbers{5});

    // Nothing that it never counted, and nothing for ever.
    for (const char* never : {"outcome = 'SEAL_BROKEN', attempts = 1",
                              "outcome = 'SECURITY/CLOCK_DIFFERS', attempts = 1",
                              "outcome = 'BIZ_REFUSED/X', attempts = 20"}) {
        CAPTURE(never);
        kiosk.write(std::string("UPDATE outbox SET state = 'parked', ") + never +
                    " WHERE terminal_seq = 5");
        CHECK(sendAgain(*kiosk.database, answer, kiosk.now()).value().queued == 0);
    }
    kiosk.write("UPDATE outbox SET outcome = 'SECURITY/PERMIT_REFUSED', attempts = 19");
    CHECK(sendAgain(*kiosk.database, answer, kiosk.now()).value().queued == 1);
    CHECK(*kiosk.database->number("SELECT attempts FROM outbox WHERE terminal_seq = 5") == 19);
}

TEST_CASE("bodies go when their time is over, and not before") {
    Kiosk kiosk;
    kiosk.putAndSend(1, 2);
    kiosk.put(3);
    CHECK(purgeBodies(*kiosk.database, kiosk.now()).value() == 0);
    CHECK(purgeBodies(*kiosk.database, kiosk.now() + std::chrono::milliseconds{1}).value() == 2);
    CHECK(*kiosk.database->number("SELECT count(*) FROM outbox WHERE body_sealed IS NULL") == 2);
    SignInAnswer answer = kiosk.agreeing();
    answer.lastTerminalSeq = 0;
    const auto again = sendAgain(*kiosk.database, answer, kiosk.now()).value();
    CHECK(again.queued == 0);
    CHECK(again.purged == 2);
    CHECK(kiosk.numbersIn("queued") == Numbers{3});
}

TEST_CASE("a new epoch: what waits is numbered and chained anew under the keys it had") {
    Kiosk kiosk;
    kiosk.putAndSend(1, 2);
    kiosk.put(3);
    kiosk.put(4);
    const std::string wanted = wantedEpoch(*kiosk.database, kiosk.desk.random).value();
    CHECK(wantedEpoch(*kiosk.database, kiosk.desk.random).value() == wanted);
    SignInAnswer answer;
    answer.epochGranted = true;
    answer.openBizIds = {"T-000017-20240601-000007"};
    answer.lastBizId = "T-000017-20240601-000007";
    {
        auto transaction = Transaction::begin(*kiosk.database).value();
        REQUIRE(takeEpoch(transaction, kiosk.outbox, wanted, answer, kiosk.now()));
        REQUIRE(transaction.commit());
    }
    CHECK(storage::identityOf(*kiosk.database).value()->epoch == wanted);
    CHECK(wantedEpoch(*kiosk.database, kiosk.desk.random).value() != wanted);
    answer.lastChain = chainStart;
    CHECK(kiosk.compare(answer) == ErrorCode{});
    CHECK(*kiosk.database->number("SELECT value FROM meta WHERE name = 'last_order'") == 7);

    kiosk.sendAll();
    CHECK(kiosk.numbersSent(0) == Numbers{1, 2, 1, 2});
    const auto& moved = kiosk.desk.link.requests.at(2);
    CHECK(moved.at("epoch") == wanted);
    CHECK(moved.at("idemKey") ==
          idempotencyKey("T-000017", test::business(3).bizId, MessageType::issueReport, 1));
    CHECK(kiosk.desk.link.faults.empty());
}

TEST_CASE("a touched column, or a body from another row, is found; that row alone is parked") {
    const char* const touches[] = {
        "UPDATE outbox SET order_id = 'T-000017-20240601-000099' WHERE fact = 2",
        "UPDATE outbox SET message_type = 'ISSUE.ENABLE' WHERE fact = 2",
        "UPDATE outbox SET happened_at = happened_at + 1 WHERE fact = 2",
        "UPDATE outbox SET terminal_seq = 9 WHERE fact = 2",
        "UPDATE outbox SET epoch = '0000000000000000000000000000e002' WHERE fact = 2",
        "UPDATE outbox SET chain = (SELECT chain FROM outbox WHERE fact = 1) WHERE fact = 2",
        "UPDATE outbox SET idempotency_key = 'AA' WHERE fact = 2",
        "UPDATE outbox SET body_sealed = (SELECT body_sealed FROM outbox WHERE fact = 1) "
        "WHERE fact = 2"};
    for (const char* touch : touches) {
        CAPTURE(touch);
        Kiosk kiosk;
        for (const int business : {1, 2, 3}) kiosk.put(business);
        kiosk.write(touch);
        kiosk.sendAll();
        CHECK(kiosk.outcomes() == Texts{"OK", "SEAL_BROKEN", "OK"});
    }
}

TEST_CASE("facts of a version without epochs get their places and are sent") {
    Kiosk kiosk;
    for (const int business : {1, 2}) kiosk.put(business);
    const auto rows =
        kiosk.database
            ->query("SELECT fact, body_sealed, " + std::string(factRowColumns) + " FROM outbox")
            .value();
    for (const auto& row : rows) {
        const auto fact = openFact(kiosk.sealer, factRowOf(row, 2), row.bytes(1)).value();
        const PersonalText text = sealedTextOf(fact).value();
        const std::string idempotency = factRowOf(row, 2).idempotencyKey;
        const Bytes old =
            kiosk.sealer.seal(bytesOf(text.reveal()), {"outbox", "body_sealed", idempotency})
                .value();
        kiosk.write("UPDATE outbox SET epoch = '', chain = '', body_sealed = ? WHERE fact = ?",
                    {old, row.integer(0)});
    }
    REQUIRE(bringFactsIntoEpoch(*kiosk.database, kiosk.outbox));
    CHECK(kiosk.end().terminalSeq == 2);
    kiosk.sendAll();
    CHECK(kiosk.outcomes() == Texts{"OK", "OK"});
    CHECK(kiosk.desk.link.faults.empty());
}
