// What the legacy province remembers, keyed by what it calls natural: the person's number, the
// batch, the card's number. And the evidence for a judge: which act was carried out how often.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "tests/world/legacy_province/inner_text.hpp"

namespace liqu::world {

struct LegacyPerson {
    std::string number;  // 社会保障号码
    std::string name, sex, ethnicity, birthDate, city;
    std::string address = "样例路1号";
    bool portrait = true;
    bool bankLinked = true;  // else the bank's side of every act fails
};

using LegacyTime = std::optional<WallTime>;

// One per wish for a card; its times are the progress that is told.
struct LegacyApplication {
    std::string person, kind, bank, city, agency, reason, source;
    std::string batch, card, oldCard, remarks;
    WallTime applied{};
    LegacyTime marked, batched, numbered, accountOpened, toMaker, made, arrived, collected;
    int validTag = 1;  // below zero: the making failed
    bool open = true;
};

struct LegacyBatch {
    std::string number, district;
    bool used = false;
    LegacyTime lockedUntil;
    std::string waiting;  // the person half bound to it while it is locked
};

enum class LegacyCardState { numbered, sealed, normal, temporarilyLost, formallyLost, cancelled };
std::string_view nameOf(LegacyCardState state);

struct LegacyCard {
    std::string number, person, bank, account, city, batch;
    LegacyCardState state = LegacyCardState::numbered;
    LegacyCardState beforeLoss = LegacyCardState::normal;
    std::string issueDate, expiryDate, cardIdCode, atr;
    TableRow report;                        // the row it was reported as made with
    std::string failedStage, failedReason;  // it is dead
    bool isLiving() const {
        return state != LegacyCardState::cancelled && state != LegacyCardState::numbered;
    }
};

struct LegacyFee {
    std::string code, time;
    bool valid = true;
};

// How often somebody asked for an act, and what became of it. `act` is a word of this world
// (apply, mark, batch …), whatever the call is named.
struct LegacyAct {
    std::string person;
    int asked = 0;     // calls that came
    int done = 0;      // it changed something
    int partly = 0;    // of these, without the bank
    int already = 0;   // it was so before
    int repeated = 0;  // done again with the same values, and harmless
    int refused = 0;
    int twice = 0;  // executed once more by the server's own fault
    int blind = 0;  // asked again after an answer that did not come, and no look in between
    bool inDoubt = false;
    std::vector<WallTime> times;  // of what was done
};

// One call as the server saw it.
struct LegacyCall {
    WallTime at{};
    std::string call;  // setStart, 即制卡批次; empty: it was refused at the door
    std::string key;
    std::string deed;  // query done partly already repeated refused, or the fault at the door
    std::string answer;
    bool spoiled = false;  // on its way back, or never sent
};

// What lies in the hopper of whoever asks: the next numbers to be assigned, with their accounts.
struct LegacyBlank {
    std::string number, account;
};

struct LegacyBooks {
    std::map<std::string, LegacyPerson> persons;  // by number
    std::vector<LegacyApplication> applications;  // as they came
    std::map<std::string, LegacyBatch> batches;   // by number
    std::map<std::string, LegacyCard> cards;      // by number
    std::map<std::string, LegacyFee> fees;        // by person
    std::deque<LegacyBlank> blanks;
    int lastBatch = 0;
    int lastCard = 0;

    std::map<std::pair<std::string, std::string>, LegacyAct> acts;  // by act and natural key
    std::vector<LegacyCall> calls;
    std::vector<std::string> wrongs;  // what no client should have sent

    LegacyPerson* person(const std::string& number);
    LegacyApplication* openApplicationOf(const std::string& person);
    LegacyApplication* newestApplicationOf(const std::string& person);
    LegacyCard* newestCardOf(const std::string& person);
    LegacyCard* card(const std::string& number);
    // The number the next card gets.
    LegacyBlank nextBlank();

    const LegacyAct& act(const std::string& name, const std::string& key) const;
};

// The persons of the other simulated province, with an identity card, as this one knows them: what
// GBK lacks is lost. All live in `city`. A namesake of the first one stands beside them.
Result<void> loadLegacyPersons(LegacyBooks& books, std::string_view json, const std::string& city);
constexpr const char* namesakeOfFirst = "110000198503120031";

// What may never be so, over the whole of the books. Empty is good.
std::vector<std::string> violations(const LegacyBooks& books);
// legacy-province.json
std::string dump(const LegacyBooks& books);

}  // namespace liqu::world
