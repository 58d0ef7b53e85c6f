// Where a card can be. Every card is at exactly one place; the ledger only knows moves between
// places. Condition says what has become of it (decisions 1, 2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "firmware/base/words.hpp"

namespace liqu::custody {

class Place {
  public:
    static Place hopper(int lane) { return Place("hopper-" + std::to_string(lane)); }
    // Outside: where cards come from and go back to.
    static Place bank() { return Place("bank"); }
    static Place vault() { return Place("vault"); }
    // Inside the printer, but not at the chip station.
    static Place transport() { return Place("transport"); }
    static Place chipStation() { return Place("chip-station"); }
    static Place mouth() { return Place("mouth"); }
    static Place holder() { return Place("holder"); }
    static Place holdBin() { return Place("hold-bin"); }
    static Place rejectBin() { return Place("reject-bin"); }
    static Place oldCardBin() { return Place("old-card-bin"); }
    // The outlet's locked cabinet, where unfetched cards wait on for their holders (Guangdong
    // Art.12(3)).
    static Place cabinet() { return Place("cabinet"); }
    static Place missing() { return Place("missing"); }
    // Cards that were destroyed in front of two people.
    static Place destroyed() { return Place("destroyed"); }
    // A name as stored in the database.
    static Place named(std::string name) { return Place(std::move(name)); }

    const std::string& name() const { return name_; }
    friend bool operator==(const Place&, const Place&) = default;

  private:
    explicit Place(std::string name) : name_(std::move(name)) {}
    std::string name_;
};

enum class Condition : std::uint8_t {
    blank,      // as it came
    permitted,  // the province gave a permit for it: from here it is consumed (decision 14)
    written,    // the intent to write its chip is committed: touched
    finished,   // chip verified, face printed
    spoiled,    // consumed and not usable
    wrong,      // finished, and what stands on it is not its holder's: taken back
    recovered,  // its holder got another one for it: taken in (旧卡)
    refused,    // not used: foreign, mute or wrong number; no permit and no report
};

constexpr auto wordsOf(Condition) {
    return words<Condition>({{Condition::blank, "blank"},
                             {Condition::permitted, "permitted"},
                             {Condition::written, "written"},
                             {Condition::finished, "finished"},
                             {Condition::spoiled, "spoiled"},
                             {Condition::wrong, "wrong"},
                             {Condition::recovered, "recovered"},
                             {Condition::refused, "refused"}});
}

}  // namespace liqu::custody
