// The registered ways out of the hold bin (decision 40). Staff give a finished card to its holder,
// whose identity they checked and who signed (Guangdong Art.12, 14). After bins.holdDays two people
// move one that was not fetched into the outlet's cabinet, where it waits on. From there it goes
// back to the bank: not fetched for bins.unclaimedMonths (Guangdong Art.32(1)2), on the system's
// reminder (Art.32(3)), because its holder died or moved away (Art.32(1)3); or at once where the
// province refused for good to take it in or to enable it. From the bank it may come once more, for
// a second delivery (Art.33(1)). The move, what becomes of the order and the report are one commit.
#pragma once

#include "firmware/base/words.hpp"
#include "firmware/desk/stock_desk.hpp"

namespace liqu::desk {

using issuance::Order;
using issuance::OrderBook;

struct HeldCard {
    Order order;
    custody::BinCard card;
    bool refusedForGood = false;  // the province took in its report or its enabling never
    bool reportedDead = false;    // the system's reminder says that its holder is dead
    bool mayGoToCabinet = false;  // lies in the hold bin, and is overdue, or goes to nobody
};
custody::BinRules binRulesOf(const policy::StockPolicy& stock);
// Finished cards that wait for their holder in hold bin and cabinet, oldest first.
Result<std::vector<HeldCard>> heldCards(storage::Database& database, OrderBook& orders,
                                        const custody::BinRules& rules, WallTime at);

// moveNotPossible where the card waits for nobody.
Result<HeldCard> heldByNumber(const DeskParts& parts, const std::string& number);
// handoverNotProven where it is no number of a paper: capital letters, digits and '-'; never a
// name.
Result<void> requirePaper(const std::string& evidence);

// Somebody the holder sent (Guangdong Art.14 step 1, Shangluo Art.10, Art.11). Both documents were
// there as originals; what is known of the collector is sealed in the ledger.
struct Agent {
    std::string document{};  // its kind, as in the ledger
    PersonalText number{};
    PersonalText name{};   // empty where the document was not read by the machine
    std::string digest{};  // keyed, of the number: the holder is no agent
    // By the holder's document; none where its number says nothing of it.
    std::optional<int> holderAge{};
    policy::AgentProof proof = policy::AgentProof::bothDocuments;
    std::string proofPaper{};  // number of the paper; empty where both documents are enough
    std::string copyPaper{};   // under which the copy of the document is kept
};

struct HandOver {
    std::string pickupCode{};         // as the holder told it; must be the order's
    bool identityChecked = false;     // the ID card was compared with the order's holder
    std::string signatureEvidence{};  // number of the signed paper
    std::string document = {};        // the holder's, its kind; empty where it was not said
    std::optional<Agent> agent = {};
    // 换卡: the old card's number, as it lies in the hand; empty where it was not brought.
    std::string oldCardNumber = {};
};
// An old card that is still out and was brought is taken in with it (Guangdong Art.27(4)).
// handoverNotProven, also where another old card was brought, or the region has no agents, or none
// with this paper; samePersonTwice where the agent is one of those who hand it over;
// moveNotPossible where the order's card does not wait in the hold bin; cardNotEnabled where the
// province has not taken in the card's report and enabling (decision 7).
Result<void> handOverFromHold(const DeskParts& parts, const std::string& orderId,
                              const HandOver& handOver, const TwoPeople& people);

// Those that lie in the hold bin and may leave it for the cabinet; by number, as they lie in the
// hand. FINISHED.OVERDUE. The order stays held. moveNotPossible where one may not go yet.
Result<void> moveToCabinet(const DeskParts& parts, const std::vector<std::string>& numbers,
                           const TwoPeople& people);

// Why a card goes back; the classes of the statistics (Guangdong Art.32(2), Shangluo Art.17).
enum class ReturnCause : std::uint8_t {
    unclaimed,       // not fetched for bins.unclaimedMonths
    reminded,        // on the system's reminder
    deceased,        // Shangluo Art.17: the household registration of the holder ended
    disappeared,     // …
    emigrated,       // …
    againFailed,     // not fetched in its second delivery either (Guangdong Art.33(1))
    refusedForGood,  // the province refused to take it in or to enable it
};
constexpr auto wordsOf(ReturnCause) {
    return words<ReturnCause>({{ReturnCause::unclaimed, "unclaimed"},
                               {ReturnCause::reminded, "reminded"},
                               {ReturnCause::deceased, "deceased"},
                               {ReturnCause::disappeared, "disappeared"},
                               {ReturnCause::emigrated, "emigrated"},
                               {ReturnCause::againFailed, "again-failed"},
                               {ReturnCause::refusedForGood, "refused-for-good"}});
}

struct HeldReturn {
    std::vector<std::string> numbers;
    ReturnCause cause = ReturnCause::unclaimed;
    // Number of the reminder, of the comparison, of the list the bank signs; never a name.
    std::string evidence;
};
// May this card go back for this cause now? As the list of a page asks.
Result<void> mayReturn(const DeskParts& parts, const HeldCard& held, ReturnCause cause);
// To the bank: FINISHED.RETURN; the orders end as returned, so that their holders are served again.
// moveNotPossible where a card may not go for this cause, or its report is still in the queue.
Result<void> returnToBank(const DeskParts& parts, const HeldReturn& wanted,
                          const TwoPeople& people);

// From the bank, which kept it, into the cabinet: FINISHED.RECEIVE; the order is held once more.
// Only what went back because nobody fetched it, within bins.againMonths, once, and while its
// holder has asked for no other card here.
struct HeldReceipt {
    std::vector<std::string> numbers;
    std::string evidence;  // of the list both signed
};
Result<void> receiveFromBank(const DeskParts& parts, const HeldReceipt& wanted,
                             const TwoPeople& people);
// Those that may come: oldest first.
Result<std::vector<std::string>> deliverableAgain(const DeskParts& parts);

// Orders follow their finished cards, in the transaction of the act that moved these. One that is
// found in hold bin or cabinet waits for its holder there, under the pick-up code of its order, and
// the province is told. One that went to the bank by another way than returnToBank, with the reject
// bin, is over: FINISHED.RETURN. Any other is missing, and nobody is sent to it. Gives the numbers
// of those that are over.
Result<std::vector<std::string>> followFinishedCards(const DeskParts& parts,
                                                     storage::Transaction& transaction,
                                                     const custody::Mandate& mandate);
// Enabled without its bank account (PARTIAL): the holder is to be told (decision 7).
Result<bool> bankLinkMissing(storage::Database& database, const std::string& orderId);

}  // namespace liqu::desk
