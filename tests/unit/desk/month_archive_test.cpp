// Rules: D-01, D-03.
// A month of the books as files: whole, the same bytes each time, nobody named; and what is not
// over, not closed or damaged is said and leaves no manifest.
#include "firmware/desk/month_archive.hpp"

#include "firmware/base/plain_file.hpp"
#include "firmware/issuance/slip_book.hpp"
#include "firmware/issuance/visit_book.hpp"
#include "firmware/security/sm3.hpp"
#include "tests/support/index_damage.hpp"
#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

namespace files = std::filesystem;
using Files = std::map<std::string, std::string>;

constexpr std::chrono::hours aDay{24};

Files filesIn(const files::path& folder) {
    Files found;
    for (const auto& entry : files::directory_iterator(folder)) {
        found[entry.path().filename().string()] =
            PlainFile::open(entry.path()).value().read(1U << 20).value();
    }
    return found;
}

// A month in which a held card went to somebody its holder sent.
struct OutletMonth {
    Branch branch;
    Order order;
    issuance::SlipBook slips{branch.sealer, "T-1", std::chrono::days{90}};
    std::string slip;

    OutletMonth() {
        branch.loadLane();
        order = branch.heldOrder();
        branch.report(order);
        branch.answer("ISSUE.REPORT", "delivered", "OK");
        branch.answer("ISSUE.ENABLE", "delivered", "OK");
        branch.region.agent = {.proofs = {policy::AgentProof::employer}, .keepCopy = true};
        keepRecord();
        REQUIRE(handOverFromHold(branch.parts(), order.orderId,
                                 {.pickupCode = "123456",
                                  .identityChecked = true,
                                  .signatureEvidence = "P-1",
                                  .document = "residentIdCard",
                                  .agent = agent()},
                                 branch.two));
    }
    static Agent agent() {
        return {.document = "residentIdCard",
                .number = PersonalText("11010519491231002X"),
                .name = PersonalText("样例丙"),
                .digest = "a",
                .proof = policy::AgentProof::employer,
                .proofPaper = "E-1",
                .copyPaper = "C-1"};
    }
    void keepRecord() {
        const WallTime now = branch.clock.wallTime();
        const issuance::RecordOf of{
            .orderId = order.orderId, .holderDigest = "h", .attendant = "1003", .policy = "r/1"};
        auto transaction = Transaction::begin(*branch.database).value();
        REQUIRE(issuance::keep(
            transaction,
            {.checks = {{.what = issuance::Checked::form, .at = now, .reference = "F-1"}},
             .consents = {{.clause = "consent.data",
                           .answer = issuance::ConsentAnswer::yes,
                           .language = "en",
                           .wordsDigest = "AB",
                           .shownAt = now,
                           .answeredAt = now}}},
            of));
        slip = slips
                   .issue(transaction, ports::SlipForm::outcome, order.orderId,
                          {{ports::SlipField::name, {PersonalText("样例丁"), {}}}}, now)
                   .value();
        REQUIRE(transaction.commit());
        REQUIRE(issuance::noteEnd(*branch.database, {now, ErrorCode::notEligible, ""}));
    }
    void closeDay() {
        REQUIRE(branch.desk().freezeDay(branch.two));
        branch.countDay({});
        REQUIRE(branch.desk().closeDay(branch.two));
    }
    void passMonth() { branch.clock.sleepFor(30 * aDay); }

    Result<MonthArchive> archive(const std::string& month = "202406") {
        return archiveMonth(branch.parts(staff::Deed{staff::Act::archiveMonth, "archive " + month}),
                            month, branch.scratch.folder(), {"1009", ""});
    }
    files::path folder() const { return branch.scratch.folder() / "T-1-202406"; }
    bool isWhole() const { return files::exists(folder() / "manifest.csv"); }
};

// The lines of a table without its head.
std::string linesOf(const Files& found, const std::string& name) {
    const std::string& text = found.at(name);
    return text.substr(text.find('\n') + 1);
}

ErrorCode codeOf(const Result<MonthArchive>& archive) {
    return archive ? ErrorCode{} : archive.error().code;
}

}  // namespace

TEST_CASE("a month that is over: every table with its digest, and the register of its papers") {
    OutletMonth month;
    month.closeDay();
    month.passMonth();
    const auto archive = month.archive();
    REQUIRE_MESSAGE(archive, (archive ? "" : describe(archive.error())));
    CHECK(archive->folder == month.folder());
    const Files found = filesIn(month.folder());
    CHECK(found.size() == 16);
    const std::string& manifest = found.at("manifest.csv");
    CHECK(archive->digest == toHex(security::sm3(bytesOf(manifest))));
    std::int64_t lines = 0;
    for (const auto& [name, text] : found) {
        CAPTURE(name);
        if (name == "manifest.csv") continue;
        const auto ends = std::ranges::count(text, '\n') - 1;
        lines += ends;
        CHECK(says(manifest, "file," + name + "," + std::to_string(ends) + "," +
                                 std::to_string(text.size()) + "," +
                                 toHex(security::sm3(bytesOf(text))) + "\n"));
    }
    CHECK(archive->lines == lines);
    CHECK(says(manifest, "policies,r/1,"));
    CHECK(says(manifest, "month,\"=\"\"202406\"\"\","));
    for (const char* table : {"orders.csv", "checks.csv", "consents.csv", "visit-ends.csv",
                              "handovers.csv", "slips.csv", "moves.csv", "stock.csv", "days.csv"}) {
        CAPTURE(table);
        CHECK_FALSE(linesOf(found, table).empty());
    }
    CHECK(says(linesOf(found, "orders.csv"), month.order.orderId));
    const std::string papers = linesOf(found, "papers.csv");
    for (const char* paper :
         {"signature,P-1", "document-copy,C-1", "agent-proof,E-1", "form,F-1"}) {
        CAPTURE(paper);
        CHECK(says(papers, paper));
    }
    // Who archived it is a line of the record.
    const auto record = staff::newestLines(*month.branch.database, 1).value();
    CHECK(record.at(0).act == "archive-month");
    CHECK(record.at(0).actor == "1009");
}

TEST_CASE("nobody is named in it, neither who got a card nor who stands on a slip") {
    OutletMonth month;
    month.closeDay();
    month.passMonth();
    REQUIRE(month.archive());
    for (const auto& [name, text] : filesIn(month.folder())) {
        CAPTURE(name);
        for (const char* personal : {"样例", "11010519", "123456"})
            CHECK_FALSE(says(text, personal));
    }
}

TEST_CASE("the same month gives the same bytes, whatever became of its cards and slips later") {
    OutletMonth month;
    Order changed = month.order;
    month.closeDay();
    month.passMonth();
    const auto first = month.archive();
    REQUIRE(first);
    const Files before = filesIn(month.folder());
    REQUIRE(month.slips.noteCopy(*month.branch.database, month.slip));
    auto transaction = Transaction::begin(*month.branch.database).value();
    changed.state = OrderState::returned;
    REQUIRE(month.branch.orders.update(transaction, changed));
    REQUIRE(month.branch.orders.close(transaction, changed, month.branch.clock.wallTime()));
    REQUIRE(transaction.commit());
    month.branch.clock.sleepFor(400 * aDay);
    const auto again = month.archive();
    REQUIRE_MESSAGE(again, (again ? "" : describe(again.error())));
    CHECK(filesIn(month.folder()) == before);
    CHECK(again->digest == first->digest);
    // The month after is another one.
    const auto next = month.archive("202407");
    REQUIRE(next);
    CHECK(next->lines == 0);
}

TEST_CASE("the months of China's calendar do not overlap") {
    OutletMonth month;
    // 2024-06-30 23:59:59.999 and the millisecond after it, in China.
    const WallTime last{std::chrono::sys_days{std::chrono::year{2024} / 7 / 1} -
                        std::chrono::milliseconds{1} - chinaOffset};
    auto transaction = Transaction::begin(*month.branch.database).value();
    for (const auto& [number, at] :
         {std::pair{"O-JUNE", last}, {"O-JULY", last + std::chrono::milliseconds{1}}}) {
        REQUIRE(transaction.run(
            "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES(?, ?, 'first-card', 'h', 'failed')",
            {std::string(number), std::int64_t{at.time_since_epoch().count()}}));
    }
    REQUIRE(transaction.commit());
    month.closeDay();
    month.branch.clock.sleepFor(80 * aDay);
    REQUIRE(month.archive());
    REQUIRE(month.archive("202407"));
    const std::string june = filesIn(month.folder()).at("orders.csv");
    const std::string july = filesIn(month.branch.scratch.folder() / "T-1-202407").at("orders.csv");
    CHECK(says(june, "O-JUNE"));
    CHECK_FALSE(says(june, "O-JULY"));
    CHECK(says(july, "O-JULY"));
    CHECK_FALSE(says(july, "O-JUNE"));
}

TEST_CASE("what is not over is refused, and nothing is there that looks like an archive") {
    OutletMonth month;
    std::string why;
    SUBCASE("the month goes on") {
        month.closeDay();
        why = "it is not over";
    }
    SUBCASE("a day of it is not closed") {
        month.passMonth();
        why = "day 20240601 is not closed";
    }
    SUBCASE("an order of it has no end") {
        month.closeDay();
        month.passMonth();
        auto transaction = Transaction::begin(*month.branch.database).value();
        REQUIRE(transaction.run("UPDATE orders SET state = 'open'"));
        REQUIRE(transaction.commit());
        why = "order " + month.order.orderId + " has no end";
    }
    const auto archive = month.archive();
    REQUIRE_FALSE(archive);
    CHECK(archive.error().code == ErrorCode::moveNotPossible);
    CHECK(says(describe(archive.error()), why));
    CHECK_FALSE(month.isWhole());
}

TEST_CASE("a month that is none, a person without a badge, a folder that is not there") {
    OutletMonth month;
    month.closeDay();
    month.passMonth();
    for (const char* none : {"202413", "2024", "", "../../x"}) {
        CAPTURE(none);
        CHECK(codeOf(month.archive(none)) == ErrorCode::moveNotPossible);
    }
    const auto parts = month.branch.parts(staff::Deed{staff::Act::archiveMonth, "archive"});
    CHECK_FALSE(archiveMonth(parts, "202406", month.branch.scratch.folder(), {"", ""}));
    CHECK(codeOf(archiveMonth(parts, "202406", month.branch.scratch.folder() / "nowhere",
                              {"1009", ""})) == ErrorCode::fileNotWritable);
    // A link in the folder's place leads nowhere.
    files::create_directory(month.branch.scratch.folder() / "elsewhere");
    files::create_directory_symlink(month.branch.scratch.folder() / "elsewhere", month.folder());
    CHECK(codeOf(month.archive()) == ErrorCode::fileNotWritable);
    CHECK(files::is_empty(month.branch.scratch.folder() / "elsewhere"));
}

TEST_CASE("damaged books make no archive, and take the manifest of an old one away") {
    OutletMonth month;
    month.closeDay();
    month.passMonth();
    REQUIRE(month.archive());
    SUBCASE("an index has lost a line") {
        test::takeIndexEntry(month.branch.scratch.folder() / "kiosk.db");
        CHECK(codeOf(month.archive()) == ErrorCode::storageDamaged);
    }
    SUBCASE("a value of a wrong kind") {
        auto transaction = Transaction::begin(*month.branch.database).value();
        REQUIRE(transaction.run("ALTER TABLE visit_ends RENAME TO gone"));
        REQUIRE(transaction.run("CREATE TABLE visit_ends(line, at, day, reason, order_id)"));
        REQUIRE(transaction.run(
            "INSERT INTO visit_ends VALUES(1, 1717207200000, '20240601', x'00', '')"));
        REQUIRE(transaction.commit());
        CHECK(codeOf(month.archive()) == ErrorCode::storageDamaged);
        CHECK_FALSE(month.isWhole());
    }
}

}  // namespace liqu::desk
