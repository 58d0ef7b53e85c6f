// The rules of a region as data (kiosk-config/regions/*.toml). A key left out means: the machine
// does not do this here, and says where to go. Each key names the article it stands on.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::policy {

// How the machine knows that the owner of the ID card stands in front of it (rulings 11).
enum class Presence : std::uint8_t { none, staff };

struct Attendant {
    std::string badge;
    std::string pinVerifier;  // scrypt, "N:r:p:salt:hash" in hex
};

// What the region says about blanks and their count (004 Art.32, 36). Days count from the move.
struct StockPolicy {
    bool issueWhileUnclosed = false;  // a day that was not closed stops the next one
    int holdDays = 7;                 // a finished card waits this long before it is overdue
    int rejectDays = 30;
    int oldCardDays = 30;
    std::int64_t boxCapacity = 1000;
};

struct RegionPolicy {
    std::string policyId;
    std::string regionCode;                               // AAB301
    std::map<std::string, std::string> bankNames;         // by bank code, Chinese
    std::map<std::string, std::string> bankCardPrefixes;  // the bank numbers a bank's blanks carry
    Presence presence = Presence::staff;
    std::vector<Attendant> attendants;
    int unattendedFromAge = 16;  // younger goes to staff
    bool firstCardOffered = false;
    bool replacementOffered = false;
    std::vector<std::string> consentClauses;  // text keys
    bool setPinStep = false;                  // rulings 10
    Duration screenPatience{};                // how long a question waits for an answer
    Duration takePatience{};                  // handover.takeTimeoutS
    Duration enableWait{};                    // rulings 7
    Duration unverifiedDeadline{};            // rulings 5
    int blanksPerOrder = 3;                   // refused blanks tried before giving up
    std::string hotline;                      // 12333
    StockPolicy stock;
};

Result<RegionPolicy> loadRegionPolicy(const std::filesystem::path& file);

}  // namespace liqu::policy
