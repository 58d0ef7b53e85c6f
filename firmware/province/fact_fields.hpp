// The fields of what has happened, and of the day (message_fields.hpp).
#pragma once

#include "firmware/province/message_fields.hpp"

namespace liqu::province {

constexpr std::size_t mostNumbers = 1000;
constexpr std::size_t mostReconCards = 2000;

template <typename List>
void fields(List& list, FieldsOf<List, ReadBack>& m) {
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.text("cardIdCode", m.cardIdCode, shapes::hex(32));
    list.hex("atr", m.atr, 2, 33);
    list.text("version", m.version, shapes::token(4, 4));
    list.text("bankCardNoTail", m.bankCardNumberTail, shapes::digits(0, 4));
    list.text("issueDate", m.issueDate, shapes::date);
    list.text("expiryDate", m.expiryDate, shapes::date);
}

template <typename List>
void fields(List& list, FieldsOf<List, MakeReport>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("permitId", m.permitId, shapes::token(0, 64));
    list.text("blankId", m.blankId, shapes::token(9, 32));
    list.choice("result", m.result, makeResults);
    list.choice("stage", m.stage, makeStages);
    list.integer("reasonCode", m.reasonCode, 0, 99'999);
    list.choice("faceState", m.faceState, faceStates);
    list.moment("makeTime", m.madeAt);
    list.objectIfAny("readBack", m.readBack);
}

template <typename List>
void fields(List& list, FieldsOf<List, FeePayment>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("orderNo", m.orderNo, shapes::token(26, 26));
    list.money("amountFen", m.amount, 1);
    list.text("serial", m.serial, shapes::token(1, 64));
    list.text("channel", m.channel, shapes::token(0, 32));
    list.text("paidTime", m.paidAt, shapes::words(0, 40));
}

template <typename List>
void fields(List& list, FieldsOf<List, FeeRefund>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("orderNo", m.orderNo, shapes::token(26, 26));
    list.text("refundNo", m.refundNo, shapes::token(26, 26));
    list.money("amountFen", m.amount, 1);
    list.choice("reason", m.reason, refundReasons);
}

template <typename List>
void fields(List& list, FieldsOf<List, Enabling>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.personal("name", m.name, shapes::name);
    list.choice("how", m.byPinChange, enablingWays);
}

template <typename List>
void fields(List& list, FieldsOf<List, Handover>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.choice("outcome", m.outcome, handoverOutcomes);
    list.moment("time", m.at);
    list.text("pickupCode", m.pickupCode, shapes::token(0, 12));
}

template <typename List>
void fields(List& list, FieldsOf<List, PinChange>& m) {
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.text("cardIdCode", m.cardIdCode, shapes::hex(32));
    list.flag("first", m.isFirst);
    list.moment("time", m.at);
}

template <typename List>
void fields(List& list, FieldsOf<List, PinService>& m) {
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.text("cardIdCode", m.cardIdCode, shapes::hex(32));
    list.text("formNo", m.formNo, shapes::token(1, 40));
    list.moment("time", m.at);
}

template <typename List>
void fields(List& list, FieldsOf<List, StockLoad>& m) {
    list.integer("lane", m.lane, 1, 16);
    list.text("box", m.box, shapes::token(0, 40));
    list.text("firstCardNo", m.firstCardNumber, shapes::cardNumberOrNone);
    list.text("lastCardNo", m.lastCardNumber, shapes::cardNumberOrNone);
    list.integer("count", m.count, 1, 10'000);
    list.moment("time", m.at);
}

template <typename List>
void fields(List& list, FieldsOf<List, StockAct>& m) {
    list.text("place", m.place, shapes::token(0, 20));
    list.text("toPlace", m.toPlace, shapes::token(0, 20));
    list.integer("lane", m.lane, 0, 16);
    list.text("box", m.box, shapes::token(0, 40));
    list.text("seal", m.seal, shapes::words(0, 160));
    list.text("firstCardNo", m.firstCardNumber, shapes::cardNumberOrNone);
    list.text("lastCardNo", m.lastCardNumber, shapes::cardNumberOrNone);
    list.texts("cardNos", m.cardNumbers, shapes::token(9, 32), mostNumbers);
    list.integer("count", m.count, 0, mostCardsOfStock);
    list.integer("before", m.before, 0, mostCardsOfStock);
    list.integer("after", m.after, 0, mostCardsOfStock);
    list.text("reason", m.reason, shapes::words(0, 800));
    list.moment("time", m.at);
}

template <typename List>
void fields(List& list, FieldsOf<List, CardRecovery>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.text("newCardNo", m.newCardNumber, shapes::cardNumber);
    list.choice("reason", m.reason, recoverReasons);
    list.moment("time", m.at);
}

template <typename List>
void fields(List& list, FieldsOf<List, WrongCard>& m) {
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.texts("wrongItems", m.wrongItems, shapes::token(1, 10), 4);
    list.texts("rightItems", m.rightItems, shapes::token(1, 10), 4);
    list.choice("cause", m.cause, wrongCauses);
    list.text("evidence", m.evidence, shapes::token(1, 40));
    list.moment("time", m.at);
}

template <typename List>
void fields(List& list, FieldsOf<List, WrongCardConfirmation>& m) {
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.text("registeredAs", m.registeredAs, shapes::token(1, 42));
    list.text("evidence", m.evidence, shapes::token(1, 40));
    list.moment("time", m.at);
}

template <typename List>
void fields(List& list, FieldsOf<List, SnapshotPlace>& m) {
    list.text("place", m.place, shapes::token(0, 20));
    list.text("bankCode", m.bankCode, shapes::token(0, 10));
    list.integer("opening", m.opening, 0, mostCardsOfStock);
    list.integer("in", m.in, 0, mostCardsOfStock);
    list.integer("out", m.out, 0, mostCardsOfStock);
    list.integer("booked", m.booked, 0, mostCardsOfStock);
    list.integer("counted", m.counted, 0, mostCardsOfStock);
}

template <typename List>
void fields(List& list, FieldsOf<List, StockSnapshot>& m) {
    list.text("day", m.day, shapes::date);
    list.moment("from", m.from);
    list.moment("until", m.until);
    list.list("places", m.places, 32);
    list.integer("consumed", m.consumed, 0, mostCardsOfStock);
    list.integer("taken", m.taken, 0, mostCardsOfStock);
    list.integer("held", m.held, 0, mostCardsOfStock);
    list.integer("spoiled", m.spoiled, 0, mostCardsOfStock);
    list.integer("refused", m.refused, 0, mostCardsOfStock);
    list.integer("cases", m.cases, 0, mostCardsOfStock);
    list.texts("missingCardNos", m.missingCardNumbers, shapes::token(9, 32), mostNumbers);
    list.integer("auditLines", m.auditLines, 0, 1'000'000'000);
    list.text("auditDigest", m.auditDigest, shapes::token(0, 64));
}

template <typename List>
void fields(List& list, FieldsOf<List, AuditCheckpoint>& m) {
    list.moment("time", m.at);
    list.integer("lines", m.lines, 1, 1'000'000'000);
    list.text("mac", m.mac, shapes::token(0, 64));
    list.text("digest", m.digest, shapes::hex(64));
    list.integer("newestMove", m.newestMove, 0, largestInteger);
    list.integer("newestFact", m.newestFact, 0, largestInteger);
    list.text("signature", m.signature, shapes::hex(128));
}

template <typename List>
void fields(List& list, FieldsOf<List, ReconQuery>& m) {
    list.text("day", m.day, shapes::date);
    list.moment("from", m.from);
    list.moment("until", m.until);
}

template <typename List>
void fields(List& list, FieldsOf<List, ReconCard>& m) {
    list.text("bizId", m.bizId, shapes::token(1, 42));
    list.text("blankId", m.blankId, shapes::token(9, 32));
    list.text("cardNo", m.cardNumber, shapes::cardNumberOrNone);
    list.choice("result", m.made, makingResults);
}

template <typename List>
void fields(List& list, FieldsOf<List, Recon>& m) {
    list.flag("complete", m.complete);
    list.list("cards", m.cards, mostReconCards);
}

}  // namespace liqu::province
