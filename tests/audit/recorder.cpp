#include "tests/audit/recorder.hpp"

#include <sstream>

#include "firmware/base/assert.hpp"
#include "firmware/staff/audit.hpp"
#include "firmware/staff/audit_export.hpp"
#include "firmware/staff/audit_key.hpp"

namespace liqu::proof {
namespace {

constexpr const char* terminal = "T-000017";

template <typename T>
T sure(Result<T> result) {
    LIQU_ASSERT(result.has_value());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// The planted lie: a key for all lines.
class StaleKey final : public storage::RecordKey {
  public:
    explicit StaleKey(SecretBytes key) : key_(std::move(key)) {}
    Result<std::string> macOf(std::int64_t, std::string_view text) override {
        return toHex(security::hmacSm3(key_.reveal(), bytesOf(text)));
    }
    void committed() override {}
    void rolledBack() override {}

  private:
    SecretBytes key_;
};

}  // namespace

Recorder::Recorder(std::uint64_t seed, Weakness weakness)
    : random_(seed),
      weakness_(weakness),
      sealer_(security::SealProfile::sm4CtrHmacSm3, security::SealKey::make(random_), random_),
      database_(test::openDatabase(scratch_)) {
    const std::string file = scratch_.file("audit.key");
    firstKey_ = {terminal, 1, sure(staff::AuditKey::create(file, sealer_, random_, 1))};
    if (weakness == Weakness::none) {
        database_->lend(sure(staff::AuditKey::open(file, sealer_)));
    } else {
        database_->lend(std::make_shared<StaleKey>(firstKey_.key));
    }
    auto transaction = sure(storage::Transaction::begin(*database_));
    sure(
        transaction.run("INSERT INTO places(place, balance) VALUES('hopper-1', 5000), "
                        "('mouth', 0) ON CONFLICT DO NOTHING"));
    sure(transaction.commit());
}

void Recorder::changeBooks() {
    auto transaction = sure(storage::Transaction::begin(*database_));
    const std::string order = "T-" + std::to_string(++order_);
    sure(
        transaction.run("INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
                        "VALUES(?, ?, 'first-card', '', 'open')",
                        {order, now_}));
    sure(
        transaction.run("INSERT INTO moves(at, from_place, to_place, quantity, reason, order_id) "
                        "VALUES(?, 'hopper-1', 'mouth', 1, 'made', ?)",
                        {now_, order}));
    if (random_.below(2) == 0) {
        sure(
            transaction.run("UPDATE orders SET state = 'handedOver', "
                            "ended_at = ? WHERE order_id = ?",
                            {now_, order}));
    }
    sure(transaction.commit());
}

void Recorder::write(int lines) {
    static constexpr const char* acts[] = {"sign-in", "load-lane", "books", "correct-books"};
    for (int i = 0; i < lines; ++i) {
        now_ += 1000 + static_cast<std::int64_t>(random_.below(60'000));
        if (random_.below(3) == 0) changeBooks();
        const std::string actor = std::to_string(1000 + random_.below(4));
        sure(staff::recordAlone(*database_,
                                {0, WallTime{std::chrono::milliseconds{now_}}, actor,
                                 random_.below(2) == 0 ? "2001" : "", acts[random_.below(4)],
                                 "hopper-" + std::to_string(random_.below(4))}));
    }
}

void Recorder::checkpoint() {
    const staff::AuditEnd end = sure(staff::endOfRecord(*database_));
    const auto seen =
        sure(database_->query("SELECT books FROM staff_audit WHERE line = ?", {end.lines}));
    staff::Checkpoint checkpoint;
    checkpoint.terminal = terminal;
    checkpoint.at = WallTime{std::chrono::milliseconds{now_}};
    checkpoint.lines = end.lines;
    checkpoint.mac = end.mac;
    checkpoint.digest = end.digest;
    checkpoint.move = staff::BooksSeen::parse(seen[0].text(0)).value().move;
    // Kept as the text that is sent and printed.
    checkpoints_.push_back(sure(staff::parseCheckpoint(staff::textOf(checkpoint))));
}

Recorded Recorder::recorded() {
    std::stringstream text;
    sure(staff::exportAudit(*database_, terminal, [&](const std::string& row) -> Result<void> {
        text << row;
        return {};
    }));
    Recorded recorded{sure(witness::readRecord(text)), checkpoints_, firstKey_, firstKey_.key};
    if (weakness_ != Weakness::none) return recorded;
    const auto found = sure(staff::AuditKey::open(scratch_.file("audit.key"), sealer_));
    LIQU_ASSERT(found->line() == static_cast<std::int64_t>(recorded.record.lines.size()) + 1);
    for (std::int64_t line = 1; line < found->line(); ++line)
        recorded.keyFound = staff::keyAfter(recorded.keyFound);
    return recorded;
}

}  // namespace liqu::proof
