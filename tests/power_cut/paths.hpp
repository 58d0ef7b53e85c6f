// The ways a visit can go that moves a card, or changes something at the province: each kind of
// visit, with none or one of the faults of the scenario's fault table.
#pragma once

#include <string>
#include <vector>

#include "tests/power_cut/proof_kiosk.hpp"

namespace liqu::proof {

enum class VisitKind : std::uint8_t {
    firstCard,
    replacement,
    ledOn,         // an earlier visit left an application that is marked
    keptBlank,     // an earlier visit left its untouched blank at the chip station
    secondHolder,  // a card of somebody else was made before; the database is worn
    fullLog,       // SQLite's log is so long that it is folded in during the visit
    reportLoss,    // somebody's own card is reported lost; no card of the machine is in it
    formalLoss,    // the same for good, with an attendant
    releaseLoss,   // and back
    payFee,        // the new card costs a fee, and it is paid at the machine
    changePin,     // somebody's own card is in the slot
    exchange,      // the old card comes in once the new one is enabled
    enableCard,    // somebody's own card comes into force, with its first PIN
    withdraw,      // an application that a fee is owed for is taken back
    changeData,    // what the register has of somebody is changed
    // Acts of staff, on paths of their own.
    loadBox,     // a box is received, opened and loaded
    emptyBin,    // the bank takes away what was rejected
    handOver,    // a held card is given to its holder
    lookAtFace,  // a face in doubt is looked at
    closeDay,    // freeze, two counts of each place, close
    toCabinet,   // an unfetched card is moved into the outlet's cabinet
    toBank,      // and from there back to the bank
};

struct Path {
    VisitKind kind = VisitKind::firstCard;
    std::vector<std::string> faults;  // verbs
    Sabotage sabotage = Sabotage::none;
    std::string name() const;  // "first-card+printer.jam@print"
};

// Every kind without a fault, then every kind with every fault of its own.
std::vector<Path> allPaths();

// A kiosk at the moment the visit of the path begins.
std::unique_ptr<ProofKiosk> kioskFor(const Path& path);
// Whether staff act on it, and not a citizen.
bool isOfStaff(VisitKind kind);
// The visit itself, to the end.
void walk(const Path& path, ProofKiosk& kiosk);

}  // namespace liqu::proof
