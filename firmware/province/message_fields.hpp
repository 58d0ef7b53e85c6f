// The fields of every body, once: their names on the wire, their shapes and limits (openapi.json).
// The same list writes and reads; a list of its own kind compares it with the contract. `List` is
// field_writer.hpp's, field_reader.hpp's, or a test's. Only the .cpp files of bodies, and tests.
#pragma once

#include <type_traits>

#include "firmware/province/field_reader.hpp"
#include "firmware/province/field_writer.hpp"
#include "firmware/province/messages.hpp"
#include "firmware/province/shapes.hpp"
#include "firmware/province/wire_words.hpp"

namespace liqu::province {

// What is written stays as it is.
template <typename List, typename Message>
using FieldsOf = std::conditional_t<List::writes, const Message, Message>;

constexpr std::int64_t largestInteger = (std::int64_t{1} << 53) - 1;
constexpr std::int64_t mostCardsOfStock = 1'000'000;
constexpr std::size_t mostApplications = 20;
constexpr std::size_t mostCards = 20;
constexpr std::size_t longestPortrait = 262'144;

// -- parts of several ------------------------------------------------------------------------

template <typename List>
void fields(List& list, FieldsOf<List, Application>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("bizId", m.bizId, shapes::token(1, 42));
    list.text("terminalId", m.terminalId, shapes::token(1, 24));
    list.choice("kind", m.kind, applicationKinds);
    list.text("bankCode", m.bankCode, shapes::token(1, 10));
    list.choice("state", m.state, applicationStates);
    list.flag("instant", m.instant);
    list.flag("feePaid", m.feePaid);
    list.text("cardNo", m.cardNumber, shapes::cardNumberOrNone);
    list.integer("failedBlanks", m.failedBlanks, 0, 1000);
    list.text("createdTime", m.createdTime, shapes::time);
}

template <typename List>
void fields(List& list, FieldsOf<List, HolderCard>& m) {
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.text("bankCode", m.bankCode, shapes::token(1, 10));
    list.choice("state", m.state, cardStates);
    list.text("issueDate", m.issueDate, shapes::date);
    list.text("expiryDate", m.expiryDate, shapes::date);
    list.flag("bankLinked", m.bankLinked);
    list.text("lostUntil", m.lostUntil, shapes::timeOrNone);
}

template <typename List>
void fields(List& list, FieldsOf<List, AboutPerson>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
}

template <typename List>
void fields(List& list, FieldsOf<List, AboutApplication>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
}

// -- queries ---------------------------------------------------------------------------------

template <typename List>
void fields(List& list, FieldsOf<List, Module>& m) {
    list.text("name", m.name, shapes::token(1, 32));
    list.choice("state", m.state, moduleStates);
}

template <typename List>
void fields(List& list, FieldsOf<List, SignIn>& m) {
    list.text("firmwareVersion", m.firmwareVersion, shapes::words(1, 40));
    list.integer("schemaVersion", m.schemaVersion, 0, 1'000'000);
    list.list("modules", m.modules, 32);
    list.text("epoch", m.epoch, shapes::token(32, 32));
    list.integer("lastTerminalSeq", m.lastTerminalSeq, 0, largestInteger);
    list.text("lastChain", m.lastChain, shapes::hex(64));
    list.textIfAny("replacesEpoch", m.replacesEpoch, shapes::token(32, 32));
}

template <typename List>
void fields(List& list, FieldsOf<List, SignInAnswer>& m) {
    list.text("policyId", m.policyId, shapes::token(1, 64));
    list.flag("hsmReady", m.hsmReady);
    list.flag("epochGranted", m.epochGranted);
    list.texts("openBizIds", m.openBizIds, shapes::token(1, 42), 200);
    list.integer("lastTerminalSeq", m.lastTerminalSeq, 0, largestInteger);
    list.text("lastChain", m.lastChain, shapes::hex(64));
    list.integers("missingTerminalSeqs", m.missingTerminalSeqs, 100);
    list.text("lastBizId", m.lastBizId, shapes::token(0, 40));
    list.textIfAny("auditBroken", m.auditBroken, shapes::words(1, 200));
}

template <typename List>
void fields(List& list, FieldsOf<List, PersonQuery>& m) {
    list.choice("documentType", m.documentKind, documentKinds);
    list.personal("documentNo", m.documentNumber, shapes::socialNumber);
    list.personal("name", m.name, shapes::name);
}

template <typename List>
void fields(List& list, FieldsOf<List, Person>& m) {
    list.personal("documentNo", m.documentNumber, shapes::socialNumber);
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.wireName("name", m.name);
    list.wireName("printName", m.printName);
    list.choice("sex", m.sex, sexes);
    list.text("ethnicCode", m.ethnicCode, shapes::digits(0, 2));
    list.personal("birthDate", m.birthDate, shapes::date);
    list.text("regionOfRecord", m.regionOfRecord, shapes::digits(6, 6));
    list.flag("alive", m.alive);
    list.flag("photoAvailable", m.photoAvailable);
    list.texts("verifiedFields", m.verifiedFields, shapes::token(1, 20), 6);
}

template <typename List>
void fields(List& list, FieldsOf<List, Photo>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.base64("portraitJpeg", m.portraitJpeg, longestPortrait);
}

template <typename List>
void fields(List& list, FieldsOf<List, CardList>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.list("cards", m.cards, mostCards);
    list.flag("tempCardOpen", m.temporaryCardOpen);
}

template <typename List>
void fields(List& list, FieldsOf<List, EligibilityCheck>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.choice("kind", m.kind, applicationKinds);
    list.choice("ageClass", m.ageClass, ageClasses);
}

template <typename List>
void fields(List& list, FieldsOf<List, Eligibility>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.flag("eligible", m.eligible);
    list.text("reason", m.reason, shapes::token(1, 40));
    list.text("remedy", m.remedy, shapes::words(0, 800));
    list.flag("needsStaff", m.needsStaff);
    list.flag("cardElsewhereInProvince", m.cardElsewhereInProvince);
    list.choice("oldCardState", m.oldCardState, cardStates);
    list.text("oldCardNo", m.oldCardNumber, shapes::cardNumberOrNone);
    list.flag("feeRequired", m.feeRequired);
    list.integer("feeCents", m.feeCents, 0, 1'000'000);
    list.flag("feePaid", m.feePaid);
    list.flag("bankLinked", m.bankLinked);
    list.text("checkRef", m.checkRef, shapes::token(0, 64));
    list.list("pending", m.pending, mostApplications);
    list.list("cards", m.cards, mostCards);
}

template <typename List>
void fields(List& list, FieldsOf<List, ProgressQuery>& m) {
    list.choice("by", m.by, progressKeys);
    list.personal("value", m.value, shapes::token(1, 64));
}

template <typename List>
void fields(List& list, FieldsOf<List, Progress>& m) {
    list.flag("carriedOut", m.carriedOut);
    list.choice("outcome", m.outcome, replyCodes);
    list.personal("value", m.value, shapes::token(1, 64));
    list.list("applications", m.applications, mostApplications);
    list.list("cards", m.cards, mostCards);
}

template <typename List>
void fields(List& list, FieldsOf<List, FeeQuestion>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.choice("kind", m.kind, applicationKinds);
}

template <typename List>
void fields(List& list, FieldsOf<List, FeeQuote>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.money("amountFen", m.amount, 0);
    list.text("basis", m.basis, shapes::words(1, 200));
    list.text("exemption", m.exemption, shapes::token(0, 40));
    list.flag("paid", m.paid);
}

template <typename List>
void fields(List& list, FieldsOf<List, CardAuthentication>& m) {
    list.choiceIfAny("key", m.key, externalKeys);
    list.text("permitId", m.permitId, shapes::token(0, 64));
    list.choice("algorithm", m.card.algorithm, chipAlgorithms);
    list.block("historicalBytes", m.card.historicalBytes);
    list.block("cardIdCode", m.card.cardIdCode);
    list.block("factor", m.factor);
    list.block("original", m.original);
}

template <typename List>
void fields(List& list, FieldsOf<List, Cryptogram>& m) {
    list.block("cryptogram", m.cryptogram);
}

template <typename List>
void fields(List& list, FieldsOf<List, SecureMessageRequest>& m) {
    list.choice("algorithm", m.card.algorithm, chipAlgorithms);
    list.block("historicalBytes", m.card.historicalBytes);
    list.block("cardIdCode", m.card.cardIdCode);
    list.block("challenge", m.challenge);
    list.text("head", m.head, shapes::hex(10));
    list.text("pin", m.pin, shapes::digits(0, 16));
}

template <typename List>
void fields(List& list, FieldsOf<List, SecureMessage>& m) {
    list.hex("message", m.message, 4, 20);
}

// -- changes ---------------------------------------------------------------------------------

template <typename List>
void fields(List& list, FieldsOf<List, ApplicationRequest>& m) {
    list.choice("kind", m.kind, applicationKinds);
    list.text("oldCardNo", m.oldCardNumber, shapes::cardNumberOrNone);
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.personal("name", m.name, shapes::name);
    list.choice("documentType", m.documentKind, documentKinds);
    list.personal("documentNo", m.documentNumber, shapes::socialNumber);
    list.choice("sex", m.sex, sexes);
    list.text("ethnicCode", m.ethnicCode, shapes::digits(0, 2));
    list.personal("birthDate", m.birthDate, shapes::date);
    list.text("nationality", m.nationality, shapes::token(3, 3));
    list.personal("address", m.address, shapes::words(0, 800));
    list.text("documentAuthority", m.documentAuthority, shapes::words(0, 240));
    list.text("documentValidFrom", m.documentValidFrom, shapes::digits(0, 8));
    list.text("documentValidTo", m.documentValidTo, shapes::digits(0, 8));
    list.personal("phone", m.phone, shapes::words(0, 20));
    list.personal("mailingAddress", m.mailingAddress, shapes::words(0, 800));
    list.text("occupation", m.occupation, shapes::digits(0, 1));
    list.always("collectWay", "INSTANT");
    list.texts("consents", m.consents, shapes::token(1, 64), 20);
}

template <typename List>
void fields(List& list, FieldsOf<List, ApplicationAnswer>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.choice("state", m.state, applicationStates);
}

template <typename List>
void fields(List& list, FieldsOf<List, StateAnswer>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.choice("state", m.state, applicationStates);
}

template <typename List>
void fields(List& list, FieldsOf<List, Withdrawal>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.choice("reason", m.reason, withdrawReasons);
}

template <typename List>
void fields(List& list, FieldsOf<List, LossReport>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.personal("name", m.name, shapes::name);
    list.choice("documentType", m.documentKind, documentKinds);
    list.personal("documentNo", m.documentNumber, shapes::socialNumber);
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
}

template <typename List>
void fields(List& list, FieldsOf<List, LossAnswer>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.choice("state", m.state, cardStates);
    list.text("effectiveTime", m.effectiveTime, shapes::time);
    list.text("validUntil", m.validUntil, shapes::timeOrNone);
    list.flag("bankBlocked", m.bankBlocked);
}

template <typename List>
void fields(List& list, FieldsOf<List, CardEnabling>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.personal("name", m.name, shapes::name);
    list.choice("documentType", m.documentKind, documentKinds);
    list.personal("documentNo", m.documentNumber, shapes::socialNumber);
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.choice("how", m.byPinChange, enablingWays);
}

template <typename List>
void fields(List& list, FieldsOf<List, CardEnabled>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.choice("state", m.state, cardStates);
    list.text("effectiveTime", m.effectiveTime, shapes::time);
    list.flag("bankLinked", m.bankLinked);
}

template <typename List>
void fields(List& list, FieldsOf<List, DataChange>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.personal("name", m.name, shapes::name);
    list.choice("documentType", m.documentKind, documentKinds);
    list.personal("documentNo", m.documentNumber, shapes::socialNumber);
    list.personal("phone", m.phone, shapes::words(0, 20));
    list.personal("mailingAddress", m.mailingAddress, shapes::words(0, 800));
    list.text("occupation", m.occupation, shapes::digits(0, 1));
}

template <typename List>
void fields(List& list, FieldsOf<List, DataChanged>& m) {
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.flag("phoneChanged", m.phone);
    list.flag("mailingAddressChanged", m.mailingAddress);
    list.flag("occupationChanged", m.occupation);
    list.text("effectiveTime", m.effectiveTime, shapes::time);
}

template <typename List>
void fields(List& list, FieldsOf<List, BlankReservation>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("blankId", m.blankId, shapes::token(9, 32));
    list.text("cardNo", m.cardNumber, shapes::cardNumberOrNone);
    list.text("cardIdCode", m.cardIdCode, shapes::hex(32));
    list.hex("atr", m.atr, 2, 33);
    list.integer("lane", m.lane, 1, 16);
}

template <typename List>
void fields(List& list, FieldsOf<List, BlankAnswer>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("blankId", m.blankId, shapes::token(9, 32));
    list.text("version", m.version, shapes::token(4, 4));
    list.choice("numberMode", m.numberMode, numberModes);
}

template <typename List>
void fields(List& list, FieldsOf<List, PersonalisationRequest>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("blankId", m.blankId, shapes::token(9, 32));
    list.text("cardIdCode", m.cardIdCode, shapes::hex(32));
    list.hex("atr", m.atr, 2, 33);
    list.personal("bankCardNo", m.bankCardNumber, shapes::digits(0, 19));
    list.choice("purpose", m.remake, makePurposes);
}

template <typename List>
void fields(List& list, FieldsOf<List, card::ChipItems>& m) {
    list.text("cardIdCode", m.cardIdCode, shapes::hex(32));
    list.text("cardClass", m.cardClass, shapes::digits(1, 1));
    list.text("version", m.version, shapes::token(4, 4));
    list.text("issuerCode", m.issuerCode, shapes::hex(24));
    list.text("issueDate", m.issueDate, shapes::date);
    list.text("expiryDate", m.expiryDate, shapes::date);
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.wireName("name", m.name);
    list.wordOf("sex", m.sex, sexes);
    list.text("ethnicCode", m.ethnicCode, shapes::digits(0, 2));
    list.text("birthPlace", m.birthPlace, shapes::digits(0, 6));
    list.personal("birthDate", m.birthDate, shapes::date);
}

template <typename List>
void fields(List& list, FieldsOf<List, card::FaceItems>& m) {
    list.wireName("printName", m.printName);
    list.personal("socialNumber", m.socialNumber, shapes::socialNumber);
    list.text("cardNo", m.cardNumber, shapes::cardNumber);
    list.text("issueDate", m.issueDate, shapes::date);
    list.base64("portraitJpeg", m.portraitJpeg, longestPortrait);
}

template <typename List>
void fields(List& list, FieldsOf<List, Personalisation>& m) {
    list.text("applicationNo", m.applicationNo, shapes::token(1, 40));
    list.text("bankCode", m.bankCode, shapes::token(1, 10));
    list.text("permitId", m.permitId, shapes::token(1, 64));
    list.text("permitExpires", m.permitExpires, shapes::time);
    list.text("blankId", m.blankId, shapes::token(9, 32));
    list.choice("numberMode", m.numberMode, numberModes);
    list.text("batchNo", m.batchNo, shapes::token(0, 40));
    list.object("chip", m.chip);
    list.object("face", m.face);
}

}  // namespace liqu::province
