// The rows' functions, grouped by what they touch. Only card_plan.cpp names them together.
#pragma once

#include "firmware/issuance/plan.hpp"

namespace liqu::issuance::steps {

// apply, mark, personalise
Result<void> apply(Making& making);
Result<void> applied(storage::Transaction& transaction, Making& making);
Result<void> mark(Making& making);
Result<void> personalise(Making& making);
// Compares what came with what was asked for.
using BindPermit = Result<void> (*)(const PermitClaim&, const province::Personalisation&);
Result<void> takePermit(Making& making, BindPermit bind);
Result<void> permitted(storage::Transaction& transaction, Making& making);
// Whose portrait it is.
std::string portraitWords(const Making& making);
Disposition judgePermit(const Making& making, const Error& error);
Disposition judgeBeforeCard(const Making& making, const Error& error);

// Of an application that is to be withdrawn: good where nobody has paid, and nobody can any more.
Result<void> closeFee(Making& making);

// quoteFee, orderFee, awaitPayment
Result<void> quoteFee(Making& making);
std::string feeQuoteWords(const Making& making);
bool isFeeToOrder(const Making& making);
bool isFeeOpen(const Making& making);
Result<std::string> feeOrderWords(Making& making);
Result<void> feeIsOpening(storage::Transaction& transaction, Making& making);
Result<void> orderFee(Making& making);
Result<void> feeOpened(storage::Transaction& transaction, Making& making);
Disposition judgeFeeOrder(const Making& making, const Error& error);
Result<void> awaitPayment(Making& making);
Result<void> feePaid(storage::Transaction& transaction, Making& making);
Result<void> feeNotTaken(storage::Transaction& transaction, Making& making, const Error& error);
Disposition judgePayment(const Making& making, const Error& error);
Result<Seen> observeFee(Making& making, const custody::JournalEntry& intent);

// takeOldCard
bool isOldCardDue(const Making& making);
Result<void> takeOldCard(Making& making);
Result<void> oldCardTaken(storage::Transaction& transaction, Making& making);

// feed, checkBlank, writeChip, readBack
Result<std::string> feedBaseline(Making& making);
Result<void> feed(Making& making);
Result<void> fed(storage::Transaction& transaction, Making& making);
Result<void> feedFailed(storage::Transaction& transaction, Making& making, const Error& error);
Disposition judgeFeed(const Making& making, const Error& error);
Result<Seen> observeFeed(Making& making, const custody::JournalEntry& intent);
Result<void> checkBlank(Making& making);
Result<void> checked(storage::Transaction& transaction, Making& making);
Disposition judgeBlank(const Making& making, const Error& error);
Result<void> touched(storage::Transaction& transaction, Making& making);
Result<void> writeChip(Making& making);
Disposition judgeWriting(const Making& making, const Error& error);
Result<Seen> observeWriting(Making& making, const custody::JournalEntry& intent);
Result<void> readBack(Making& making);
Result<void> verified(storage::Transaction& transaction, Making& making);
Disposition judgeReadBack(const Making& making, const Error& error);

// print
// Draws the face that cards of the order's lane get, and makes it ready for the printer.
Result<void> prepareFace(Making& making);
Result<std::string> printBaseline(Making& making);
Result<void> print(Making& making);
Result<void> printed(storage::Transaction& transaction, Making& making);
Disposition judgePrint(const Making& making, const Error& error);
Result<Seen> observePrint(Making& making, const custody::JournalEntry& intent);

// present, hold, reject
Result<void> present(Making& making);
Result<void> handedOver(storage::Transaction& transaction, Making& making);
Disposition judgePresent(const Making& making, const Error& error);
Result<Seen> observePresent(Making& making, const custody::JournalEntry& intent);
Result<void> retain(Making& making);
Result<void> reject(Making& making);
Result<void> held(storage::Transaction& transaction, Making& making);
Result<void> rejected(storage::Transaction& transaction, Making& making);
Disposition judgeDiscard(const Making& making, const Error& error);
Result<Seen> observeDiscard(Making& making, const custody::JournalEntry& intent);

// What the journal must keep of a presented card's printer that is stuck and cannot be asked;
// empty: nothing.
Result<std::string> stuckWords(Making& making, Holds holds, const custody::JournalEntry& intent,
                               const Error& error);

// report, enable
Result<void> awaitReport(Making& making);
Result<void> awaitEnable(Making& making);
Disposition judgeAcknowledgement(const Making& making, const Error& error);

// After a stop: a killed process leaves motions and panels running.
Result<void> waitUntilIdle(Making& making);
// The line to the device itself is broken: only recovery can tell what happened.
bool isDeviceLost(const Error& error);
// The province did not answer, or is not there.
bool isLineTrouble(const Error& error);

}  // namespace liqu::issuance::steps
