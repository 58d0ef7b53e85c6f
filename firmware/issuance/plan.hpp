// A plan is the only description of how an order is carried out: its rows, in order. The normal run
// and the recovery after a stop read the same one, found again by the order's service (decisions
// 1–9).
//
// A row runs as: intend (baseline, may refuse) → intent committed → act → fact committed.
// A failure is committed with what it did to the card; `judge` names the legal ending.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "firmware/base/result.hpp"
#include "firmware/custody/journal.hpp"
#include "firmware/issuance/making.hpp"

namespace liqu::issuance {

// What is out of its place while the intent of a row is open. Settling after a stop goes by this,
// never by a row's number. From `blank` on the machine feeds and presents nothing else until it is
// settled; before it nobody waits. Only this one boundary is compared.
enum class Holds : std::uint8_t {
    nothing,
    money,
    blank,        // out of the hopper
    guestCard,    // a citizen's own card is inside
    permit,       // the province counts this blank as used
    writtenChip,  // and may not have been read back
    face,         // may be half printed
    card,         // finished, inside
    mouth,
    bin,
};
constexpr bool keepsMachine(Holds holds) {
    return holds >= Holds::blank;
}

// Where a failed row leads.
enum class Disposition : std::uint8_t {
    endResumable,  // nothing consumed; an untouched blank stays at the chip station
    refuseBlank,   // this blank goes to the reject bin, another one is fed
    spoil,         // the card is consumed: reject bin, and a FAILED report
    holdCard,      // the card is good, its hand-over is not: hold bin
    staffLook,     // the face may be half printed: hold bin, staff decide
    wait,          // written, unverified: stays at the chip station until the line is back
    interrupted,   // the machine cannot go on; the open intent is settled by recovery
};

// After a stop: did the row with the open intent happen?
enum class Seen : std::uint8_t { happened, didNotHappen, inDoubt };

namespace steps {
// What most rows have nothing special of.
Result<std::string> noBaseline(Making& making);
Result<void> nothingMore(storage::Transaction& transaction, Making& making);
Result<void> nothingLost(storage::Transaction& transaction, Making& making, const Error& error);
Result<Seen> assumeNot(Making& making, const custody::JournalEntry& intent);
bool always(const Making& making);
std::string noWords(const Making& making);
}  // namespace steps

struct PlanRow {
    std::string_view name;  // in the journal, for ever
    Holds holds = Holds::nothing;
    // Not due: passed over, without an entry.
    bool (*due)(const Making&) = steps::always;
    // Journal words for the intent; refuses what cannot even begin.
    Result<std::string> (*intend)(Making&) = steps::noBaseline;
    // What is one commit with the intent, the fact, the failure.
    Result<void> (*withIntent)(storage::Transaction&, Making&) = steps::nothingMore;
    Result<void> (*act)(Making&) = nullptr;
    Result<void> (*withFact)(storage::Transaction&, Making&) = steps::nothingMore;
    // Journal words for the fact. A fact that closes the order is the end of the run.
    std::string (*factWords)(const Making&) = steps::noWords;
    Result<void> (*withFailure)(storage::Transaction&, Making&, const Error&) = steps::nothingLost;
    Disposition (*judge)(const Making&, const Error&) = nullptr;
    Result<Seen> (*observe)(Making&, const custody::JournalEntry& intent) = steps::assumeNot;
    // What a recovery does when the row did not happen: again, or this ending.
    bool repeatable = false;
    Disposition ending = Disposition::endResumable;
    // For who waits: the line of the page ("writing", several rows share one), and how long it
    // takes on the slow profile, until this machine knows better (usual_times.hpp).
    std::string_view shown{};
    std::chrono::seconds takes{0};
};

class Plan {
  public:
    constexpr explicit Plan(std::span<const PlanRow> rows) : rows_(rows) {}

    std::span<const PlanRow> rows() const { return rows_; }
    // null: a name this version does not know.
    const PlanRow* find(std::string_view name) const;
    // Of a row that is there.
    const PlanRow& row(std::string_view name) const;
    const PlanRow& first() const { return rows_.front(); }
    // Behind that row, the next one that is due.
    const PlanRow& after(const PlanRow& row, const Making& making) const;

  private:
    std::span<const PlanRow> rows_;
};

// Rows that are asked for by name, also in the journal's history.
namespace rowNames {
inline constexpr std::string_view feed = "feed";
inline constexpr std::string_view writeChip = "writeChip";
inline constexpr std::string_view readBack = "readBack";
inline constexpr std::string_view print = "print";
inline constexpr std::string_view report = "report";
inline constexpr std::string_view enable = "enable";
inline constexpr std::string_view takeOldCard = "takeOldCard";
inline constexpr std::string_view present = "present";
inline constexpr std::string_view hold = "hold";
inline constexpr std::string_view reject = "reject";
}  // namespace rowNames

// Of every service that makes a card: where no fee can be owed for it, and where one can.
extern const Plan cardPlan;
extern const Plan cardPlanWithFee;

}  // namespace liqu::issuance
