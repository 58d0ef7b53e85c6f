// Rules: D-04, A-05.
#include "firmware/issuance/visit_record.hpp"

#include <doctest/doctest.h>

#include "firmware/issuance/visit_book.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::issuance;

namespace {

constexpr WallTime midday{std::chrono::milliseconds{1717214400000}};  // 2024-06-01, 12:00 in China

VisitRecord record() {
    return {.checks = {{.what = Checked::document, .at = midday},
                       {.what = Checked::person,
                        .at = midday + std::chrono::milliseconds{250},
                        .result = numberOf(ErrorCode::provinceNeedsStaff),
                        .reference = "P-0001",
                        .serverTime = "2024-06-01T12:00:00.300+08:00"}},
            .consents = {{.clause = "consent.electronic-card",
                          .answer = ConsentAnswer::no,
                          .language = "en",
                          .wordsDigest = "AB12",
                          .shownAt = midday,
                          .answeredAt = midday + std::chrono::seconds{4}}}};
}

}  // namespace

TEST_CASE("what was checked and answered is read back as it was") {
    const test::Scratch scratch;
    const auto database = test::openDatabase(scratch);
    auto transaction = storage::Transaction::begin(*database);
    REQUIRE(transaction);
    REQUIRE(keep(*transaction, record(),
                 {.orderId = "T-1", .holderDigest = "D", .attendant = "1001", .policy = "p/1"}));
    REQUIRE(transaction->commit());
    const auto kept = recordOfOrder(*database, "T-1");
    REQUIRE(kept);
    REQUIRE(kept->checks.size() == 2);
    CHECK(kept->checks[0].check.what == Checked::document);
    CHECK(kept->checks[0].check.result == 0);
    CHECK(kept->checks[1].check.at == midday + std::chrono::milliseconds{250});
    CHECK(kept->checks[1].check.result == numberOf(ErrorCode::provinceNeedsStaff));
    CHECK(kept->checks[1].check.reference == "P-0001");
    CHECK(kept->checks[1].check.serverTime == "2024-06-01T12:00:00.300+08:00");
    CHECK(kept->checks[1].of.policy == "p/1");
    REQUIRE(kept->consents.size() == 1);
    CHECK(kept->consents[0].consent.answer == ConsentAnswer::no);
    CHECK(kept->consents[0].consent.language == "en");
    CHECK(kept->consents[0].consent.wordsDigest == "AB12");
    CHECK(kept->consents[0].consent.answeredAt == midday + std::chrono::seconds{4});
    CHECK(kept->consents[0].of.attendant == "1001");
    CHECK(recordOfOrder(*database, "T-2")->checks.empty());
}

TEST_CASE("a visit without an order keeps its record with its end, by the day of China's clock") {
    const test::Scratch scratch;
    const auto database = test::openDatabase(scratch);
    REQUIRE(noteEnd(*database, {midday, ErrorCode::notEligible, ""}, record(),
                    {.orderId = {}, .holderDigest = "D", .attendant = {}, .policy = "p/1"}));
    CHECK(recordOfDay(*database, "20240601", 100)->checks.size() == 2);
    CHECK(recordOfDay(*database, "20240601", 1)->checks.size() == 1);
    CHECK(recordOfDay(*database, "20240602", 100)->checks.empty());
}

TEST_CASE("a word that no version knows is damage, not another check") {
    const test::Scratch scratch;
    const auto database = test::openDatabase(scratch);
    REQUIRE(noteEnd(*database, {midday, ErrorCode::notEligible, ""}, record(), {}));
    auto transaction = storage::Transaction::begin(*database);
    REQUIRE(transaction->run("UPDATE checks SET what = 'horoscope'"));
    REQUIRE(transaction->commit());
    const auto kept = recordOfDay(*database, "20240601", 100);
    REQUIRE_FALSE(kept);
    CHECK(kept.error().code == ErrorCode::storageDamaged);
}
