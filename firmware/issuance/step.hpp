// The step table: the only description of how a card is made. The normal run and the recovery
// after a stop read the same rows (decisions 1–9).
//
// A step runs as: intend (baseline, may refuse) → intent committed → act → fact committed.
// A failure is committed with what it did to the card; `judge` names the legal ending.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "firmware/base/result.hpp"
#include "firmware/custody/journal.hpp"
#include "firmware/issuance/making.hpp"

namespace liqu::issuance {

enum class StepId : std::uint8_t {
    apply,        // create the application
    mark,         // 即制卡标注
    feed,         // a blank from the hopper to the chip station
    checkBlank,   // genuine, the right bank and number, nobody's yet; reserved at the province
    personalise,  // the province's permit and items
    writeChip,
    readBack,  // after a cold reset, with a fresh authentication
    print,
    report,   // 回盘 acknowledged
    enable,   // 领卡启用 acknowledged
    present,  // into the mouth, and taken
    hold,     // finished, into the hold bin
    reject,   // refused or spoiled, into the reject bin
};

// Where a failed step leads.
enum class Disposition : std::uint8_t {
    endResumable,  // nothing consumed; an untouched blank stays at the chip station
    refuseBlank,   // this blank goes to the reject bin, another one is fed
    spoil,         // the card is consumed: reject bin, and a FAILED report
    holdCard,      // the card is good, its hand-over is not: hold bin
    staffLook,     // the face may be half printed: hold bin, staff decide
    wait,          // written, unverified: stays at the chip station until the line is back
    interrupted,   // the machine cannot go on; the open intent is settled by recovery
};

// After a stop: did the step with the open intent happen?
enum class Seen : std::uint8_t { happened, didNotHappen, inDoubt };

struct Step {
    StepId id;
    std::string_view name;
    // Journal words for the intent; refuses what cannot even begin.
    Result<std::string> (*intend)(Making&);
    // What is one commit with the intent, the fact, the failure.
    Result<void> (*withIntent)(storage::Transaction&, Making&);
    Result<void> (*act)(Making&);
    Result<void> (*withFact)(storage::Transaction&, Making&);
    Result<void> (*withFailure)(storage::Transaction&, Making&, const Error&);
    Disposition (*judge)(const Making&, const Error&);
    Result<Seen> (*observe)(Making&, const custody::JournalEntry& intent);
    // What a recovery does when the step did not happen: again, or this ending.
    bool repeatable;
    Disposition ending;
};

std::span<const Step> stepTable();
const Step& stepOf(StepId id);
const Step* stepNamed(std::string_view name);

}  // namespace liqu::issuance
