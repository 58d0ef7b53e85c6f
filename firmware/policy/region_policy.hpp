// The rules of a region as data (kiosk-config/regions/*.toml). A key left out means: the machine
// does not do this here, and says where to go. Each key names the article it stands on.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/policy/local_text.hpp"

namespace liqu::policy {

// How the machine knows that the owner of the ID card stands in front of it (decision 11): an
// account of its staff vouches. none: for the simulated province alone, whoever loads this checks
// it.
enum class Presence : std::uint8_t { none, staff };
constexpr auto wordsOf(Presence) {
    return words<Presence>({{Presence::none, "none"}, {Presence::staff, "staff"}});
}

// What the region says about blanks and their count (Guangdong Art.32, 36). Days count from the
// move.
struct StockPolicy {
    bool issueWhileUnclosed = false;  // a day that was not closed stops the next one
    int holdDays = 7;                 // a finished card waits this long before it is overdue
    int rejectDays = 30;
    int oldCardDays = 30;
    int unclaimedMonths = 6;  // then an unfetched card goes back to the bank (Guangdong Art.32(1)2)
    std::int64_t boxCapacity = 1000;
};

// Where people are sent. What is left out is not shown.
struct Contacts {
    LocalText counter;  // "3 号社保窗口"; without it "the counter"
    std::string hotline;
    std::string lossPhone;      // 临时挂失
    LocalText formalLossPlace;  // 正式挂失
};

// 办理方式: who carries a service out here. guide: nobody, as where the service is left out.
enum class ServiceMode : std::uint8_t { self, attended, guide };
constexpr auto wordsOf(ServiceMode) {
    return words<ServiceMode>({{ServiceMode::self, "self"},
                               {ServiceMode::attended, "attended"},
                               {ServiceMode::guide, "guide"}});
}

struct ServiceRule {
    ServiceMode mode = ServiceMode::guide;
    std::string basis;  // the article it stands on, "Guangdong Art.8(1)"
};

struct RegionPolicy {
    std::string policyId;
    std::string regionCode;                               // AAB301
    std::map<std::string, std::string> bankNames;         // by bank code, Chinese
    std::map<std::string, std::string> bankCardPrefixes;  // the bank numbers a bank's blanks carry
    Presence presence = Presence::staff;
    int unattendedFromAge = 16;  // younger goes to staff
    int noPhotoUnderAge = 0;     // a card without a portrait is made for the younger only
    std::map<std::string, ServiceRule> services;  // by id, "first-card"
    std::vector<std::string> consentClauses;      // text keys
    bool setPinStep = false;                      // decision 10
    Duration screenPatience{};                    // how long a question waits for an answer
    Duration takePatience{};                      // handover.takeTimeoutS
    Duration enableWait{};                        // decision 7
    Duration unverifiedDeadline{};                // decision 5
    std::chrono::days keptBodies{30};             // of delivered facts, sealed (decision 46)
    int blanksPerOrder = 3;                       // refused blanks tried before giving up
    int failuresInARow = 2;                       // cards that ended alike before nothing is fed
    Contacts contacts;
    StockPolicy stock;

    // Is the service carried out at this machine, by the citizen or with an attendant?
    bool offers(std::string_view service) const;
    // As people know the bank; its code where the region has no name for it.
    std::string bankName(const std::string& code) const;
};

// With `faults`, everything that is wrong is put there (base/config_file.hpp).
Result<RegionPolicy> loadRegionPolicy(const std::filesystem::path& file, Faults* faults = nullptr);

}  // namespace liqu::policy
