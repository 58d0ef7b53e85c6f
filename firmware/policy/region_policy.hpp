// The rules of a region as data (kiosk-config/regions/*.toml). A key left out means: the machine
// does not do this here, and says where to go. Each key names the article it stands on.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/policy/agent_rules.hpp"
#include "firmware/policy/local_text.hpp"
#include "firmware/policy/service_rules.hpp"
#include "firmware/policy/workdays.hpp"

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
    // Working days from the system's reminder to the card's recovery (Guangdong Art.32(3)).
    int recoverWorkdays = 10;
    // From its recovery on a card may be delivered a second time (Guangdong Art.33(1)).
    int againMonths = 6;
    std::int64_t boxCapacity = 1000;
};

// Where people are sent. What is left out is not shown.
struct Contacts {
    LocalText counter;  // "3 号社保窗口"; without it "the counter"
    std::string hotline;
    std::string lossPhone;      // 临时挂失
    LocalText formalLossPlace;  // 正式挂失
    std::string complaint;      // 投诉
};

// 工本费: who collects it here, and so long somebody is waited for. What is owed, and whether
// anything is, the province says. Without a channel it is paid at the counter.
enum class FeeChannel : std::uint8_t { counter, qr };
constexpr auto wordsOf(FeeChannel) {
    return words<FeeChannel>({{FeeChannel::counter, "counter"}, {FeeChannel::qr, "qr"}});
}
struct FeePolicy {
    FeeChannel channel = FeeChannel::counter;
    LocalText collector;  // as it stands on the page
    Duration patience = std::chrono::seconds{180};
};

// 有效期: from the first day to the last one. A rule may name neither.
struct TermOfForce {
    std::optional<Date> from{};
    std::optional<Date> to{};

    bool holdsOn(Date day) const { return (!from || *from <= day) && (!to || day <= *to); }
};

// 数据项 of an application that no document tells: what its person says by touch (Guangdong
// Art.10(1)).
struct ApplicationItems {
    bool phone = false;
    bool mailingAddress = false;
    std::vector<std::string> occupations;  // major groups of GB/T 6565; empty: not asked for

    bool any() const { return phone || mailingAddress || !occupations.empty(); }
};

struct RegionPolicy {
    std::string policyId;
    std::int64_t version = 1;
    // 依据: the rules it puts into keys, by the name that a basis cites them with.
    std::map<std::string, std::string> documents;
    std::string filing;           // 备案: of the local rules; empty where none is known
    TermOfForce term;             // outside it no card is made and nothing is changed
    bool filingRequired = false;  // of the machine at its site, before it runs
    std::filesystem::path words;  // what is said here, laid over the machine's words
    std::string regionCode;       // AAB301
    std::map<std::string, std::string> bankNames;         // by bank code, Chinese
    std::map<std::string, std::string> bankCardPrefixes;  // the bank numbers a bank's blanks carry
    std::map<std::string, std::string> bankHotlines;      // empty where the region names none
    Presence presence = Presence::staff;
    int unattendedFromAge = 16;  // younger goes to staff
    int noPhotoUnderAge = 0;     // a card without a portrait is made for the younger only
    // 授权使用身份证相片: where the province holds none, the ID card's may be printed.
    bool photoFromIdCard = false;
    std::map<std::string, ServiceRule> services;  // by id, "first-card"
    std::vector<std::string> consentClauses;      // text keys, each asked for by itself
    std::set<std::string> optionalClauses;        // of these: a no changes nothing else
    ApplicationItems items;
    bool setPinStep = false;  // decision 10
    // Of the screen, by BCP 47 code; the first is what the next person finds.
    std::vector<std::string> languages{"zh-CN", "en"};
    bool draftWords = false;            // words that no speaker has read yet may be shown
    Duration screenPatience{};          // how long a question waits for an answer
    Duration takePatience{};            // handover.takeTimeoutS
    Duration enableWait{};              // decision 7
    Duration unverifiedDeadline{};      // decision 5
    std::chrono::days keptBodies{30};   // of delivered facts, sealed (decision 46)
    std::chrono::years keptRecords{5};  // ledgers of hand-overs (Guangdong Art.12(3))
    AgentRules agent;
    // Whose outlets are the card body's, which confirms wrong cards (Shangluo Art.14); empty: each
    // outlet confirms what it took back.
    std::vector<SiteKind> wrongConfirmedAt{};
    Workdays workdays;       // knows no year where the region names no tables
    int blanksPerOrder = 3;  // refused blanks tried before giving up
    int failuresInARow = 2;  // cards that ended alike before nothing is fed
    Contacts contacts;
    StockPolicy stock;
    FeePolicy fee;

    bool confirmsWrongCards(std::optional<SiteKind> site) const;
    // Of a service that the region has a table for.
    const ServiceRule& rule(std::string_view service) const;
    // What each transaction is kept with: policyId and version.
    std::string edition() const { return policyId + "/" + std::to_string(version); }
    // As people know the bank; its code where the region has no name for it.
    std::string bankName(const std::string& code) const;
    // Empty where the region names none.
    std::string bankHotline(const std::string& code) const;
};

// What the reading of a region needs of the program and of the machine.
struct Here {
    FindTerms termsOf;
    std::optional<SiteKind> site{};
};

// With `faults`, everything that is wrong is put there (base/config_file.hpp).
Result<RegionPolicy> loadRegionPolicy(const std::filesystem::path& file, const Here& here,
                                      Faults* faults = nullptr);

}  // namespace liqu::policy
