// The ledger of hand-overs (发放管理台账, Guangdong Art.12(3), Art.14(2)): a line for each card
// that reached somebody: when, from which outlet, by whom, in which way, by which document, and how
// it was confirmed (签收). Who got it is sealed. Its lines are never changed, and kept for the
// region's years at least: the database itself refuses to lose one before. Written in the commit of
// the move.
//
// Used by the thread that owns the write connection.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/two_people.hpp"
#include "firmware/base/words.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

enum class HandoverWay : std::uint8_t {
    machine,  // taken at the mouth
    counter,  // by staff to its holder
    agent,    // by staff to somebody the holder sent
};
constexpr auto wordsOf(HandoverWay) {
    return words<HandoverWay>({{HandoverWay::machine, "machine"},
                               {HandoverWay::counter, "counter"},
                               {HandoverWay::agent, "agent"}});
}

// 签收.
enum class Confirmed : std::uint8_t {
    paper,    // signed, at the counter
    touch,    // said on the screen, with the card in the hand
    nothing,  // taken at the mouth, and gone without a word
};
constexpr auto wordsOf(Confirmed) {
    return words<Confirmed>({{Confirmed::paper, "paper"},
                             {Confirmed::touch, "touch"},
                             {Confirmed::nothing, "nothing"}});
}

struct HandoverLine {
    WallTime at{};
    std::string cardNumber;
    std::string orderId;
    std::string outlet;
    HandoverWay way = HandoverWay::machine;
    std::string document{};    // its kind, a word; empty where none was read in this act
    std::string proof{};       // by what somebody else came, a word; empty for the holder
    std::string proofPaper{};  // number of that paper
    std::string copyPaper{};   // number under which the copy of their document is kept
    std::string signature{};   // number of the signed paper; empty at the mouth
    TwoPeople people{};
    Confirmed confirmed = Confirmed::nothing;  // as it is read
};

// person: who got it, as the machine knows them. kept: for so many years.
Result<void> noteHandover(storage::Transaction& transaction, const security::Sealer& sealer,
                          const HandoverLine& line, const PersonalText& person,
                          std::chrono::years kept);

// Whoever took the card of this order at the mouth has said that they have it. Once is enough.
Result<void> confirmHandover(storage::Database& database, const std::string& orderId, WallTime at);

// Of one business day, oldest first; who got the cards stays sealed.
Result<std::vector<HandoverLine>> handoversOn(storage::Database& database, const std::string& day);
// Those of the day whose message the province has not taken in.
Result<std::int64_t> handoversNotTold(storage::Database& database, const std::string& day);
// Who got this card, as it was written; none where nobody did. sealBroken.
Result<std::vector<PersonalText>> receiversOf(storage::Database& database,
                                              const security::Sealer& sealer,
                                              const std::string& cardNumber);

}  // namespace liqu::issuance
