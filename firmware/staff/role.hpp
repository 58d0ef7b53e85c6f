// Who may do what at the machine, in one table. "Nobody alone may move a card out of a counted
// place": every act that does so asks for a second person, who signs in for that one act.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/words.hpp"

namespace liqu::staff {

// attendant: vouches for holders at the machine, and touches no card (受理岗, Changji 4.1).
// archivist: keeps the ledgers (档案管理岗, Changji 4.2), and accepts nothing.
// inspector: of the agency, over the outlet (Shangluo Window Art.12): reads figures, changes
// nothing.
enum class Role : std::uint8_t {
    technician,
    stockClerk,
    supervisor,
    auditor,
    attendant,
    archivist,
    inspector
};
constexpr auto wordsOf(Role) {
    return words<Role>({{Role::technician, "technician"},
                        {Role::stockClerk, "stock-clerk"},
                        {Role::supervisor, "supervisor"},
                        {Role::auditor, "auditor"},
                        {Role::attendant, "attendant"},
                        {Role::archivist, "archivist"},
                        {Role::inspector, "inspector"}});
}

// A set of roles.
class Roles {
  public:
    constexpr Roles() = default;
    constexpr Roles(std::initializer_list<Role> roles) {
        for (const Role role : roles) add(role);
    }
    constexpr void add(Role role) { bits_ = static_cast<std::uint8_t>(bits_ | bitOf(role)); }
    constexpr bool has(Role role) const { return (bits_ & bitOf(role)) != 0; }
    constexpr bool meets(Roles others) const { return (bits_ & others.bits_) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    std::vector<Role> list() const;
    // "technician,stock-clerk": as stored, and as typed on the command line.
    std::string text() const;
    // None where a word is no role, or there is no word.
    static std::optional<Roles> parse(std::string_view text);
    friend bool operator==(Roles, Roles) = default;

  private:
    static constexpr std::uint8_t bitOf(Role role) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role));
    }
    std::uint8_t bits_ = 0;
};

enum class Act : std::uint8_t {
    viewStock,
    viewHistory,
    viewQueue,
    viewReports,
    viewLedger,  // of hand-overs; nobody's name is in it
    openLedger,  // who got a card
    receiveBox,
    loadLane,
    unloadLane,
    emptyRejectBin,
    emptyOldCardBin,
    returnBox,
    destroyCards,
    deliverCard,
    keepInCabinet,  // an unfetched card goes from the hold bin into the outlet's cabinet
    returnHeld,     // and from there back to the bank
    receiveHeld,    // from the bank for a second delivery
    takeWrongCard,  // its data are not its holder's: into the reject bin
    confirmWrong,   // the card body's word on it
    recordNotice,   // its holder was told of it, or the province's system reminded of it
    settleFace,
    countDay,
    closeDay,
    settleCase,
    correctBooks,  // a card is missing, found, or gets the number it was moved without
    copyReport,
    archiveMonth,  // its books as files, for whoever keeps the archive
    resendFact,
    closeFact,     // a message that can never be sent: the province was told another way
    resumeMaking,  // the machine was looked at after a failure that repeated (decision 42)
    renewBooks,    // books that are not the newest go on in a new epoch
    unlockStaff,
    resetPin,
    changeOwnPin,
    viewAudit,
    vouchForHolder,  // in a visit: the person in front is the owner of the ID card (decision 11)
    attendService,   // in a visit: stands by what its owner has done here
    printSlip,       // once more, for its owner
    viewMachine,     // its sensors and parts
    testParts,
    maintainPrinter,  // cleaning, a new ribbon
    clearJam,         // a card is taken out of the path by hand
    certifyReady,     // the report on every part, for the signature
    trialIssue,       // a test card through the whole machine; no card of the books moves
};
// In the record, the screens' text keys and the screen map.
constexpr auto wordsOf(Act) {
    return words<Act>({{Act::viewStock, "view-stock"},
                       {Act::viewHistory, "view-history"},
                       {Act::viewQueue, "view-queue"},
                       {Act::viewReports, "view-reports"},
                       {Act::viewLedger, "view-ledger"},
                       {Act::openLedger, "open-ledger"},
                       {Act::receiveBox, "receive-box"},
                       {Act::loadLane, "load-lane"},
                       {Act::unloadLane, "unload-lane"},
                       {Act::emptyRejectBin, "empty-reject-bin"},
                       {Act::emptyOldCardBin, "empty-old-card-bin"},
                       {Act::returnBox, "return-box"},
                       {Act::destroyCards, "destroy-cards"},
                       {Act::deliverCard, "deliver-card"},
                       {Act::keepInCabinet, "keep-in-cabinet"},
                       {Act::returnHeld, "return-held"},
                       {Act::receiveHeld, "receive-held"},
                       {Act::takeWrongCard, "take-wrong-card"},
                       {Act::confirmWrong, "confirm-wrong"},
                       {Act::recordNotice, "record-notice"},
                       {Act::settleFace, "settle-face"},
                       {Act::countDay, "count-day"},
                       {Act::closeDay, "close-day"},
                       {Act::settleCase, "settle-case"},
                       {Act::correctBooks, "correct-books"},
                       {Act::copyReport, "copy-report"},
                       {Act::archiveMonth, "archive-month"},
                       {Act::resendFact, "resend-fact"},
                       {Act::closeFact, "close-fact"},
                       {Act::resumeMaking, "resume-making"},
                       {Act::renewBooks, "renew-books"},
                       {Act::unlockStaff, "unlock-staff"},
                       {Act::resetPin, "reset-pin"},
                       {Act::changeOwnPin, "change-own-pin"},
                       {Act::viewAudit, "view-audit"},
                       {Act::vouchForHolder, "vouch-for-holder"},
                       {Act::attendService, "attend-service"},
                       {Act::printSlip, "print-slip"},
                       {Act::viewMachine, "view-machine"},
                       {Act::testParts, "test-parts"},
                       {Act::maintainPrinter, "maintain-printer"},
                       {Act::clearJam, "clear-jam"},
                       {Act::certifyReady, "certify-ready"},
                       {Act::trialIssue, "trial-issue"}});
}
constexpr std::size_t actCount = wordTable<Act>.values().size();

struct ActRule {
    Act act = Act::viewStock;
    Roles may;
    Roles second;  // empty: one person is enough
};

// Whose people have a role (Guangdong Art.6, Shangluo Art.5): what they see ends there.
enum class Body : std::uint8_t { outlet, agency };
Body bodyOf(Role role);
// Two posts that one person does not hold together: whoever accepts does not file (Changji 4.1,
// 4.2), and whoever inspects an outlet does not work in it.
bool goTogether(Roles roles);

const ActRule& ruleOf(Act act);
inline bool needsTwo(Act act) {
    return !ruleOf(act).second.empty();
}

}  // namespace liqu::staff
