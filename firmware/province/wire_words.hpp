// The words of the contract for the enumerations of messages.hpp. For this folder's .cpp files.
#pragma once

#include "firmware/base/assert.hpp"
#include "firmware/base/words.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

// As the contract writes it.
template <typename Enum, std::size_t count>
std::string wordOf(const Words<Enum, count>& words, Enum value) {
    LIQU_ASSERT(!words[value].empty());
    return std::string(words[value]);
}

constexpr auto replyCodes = wordTable<ReplyCode>;
constexpr auto nextHints = words<NextHint>({
    {NextHint::none, "NONE"},
    {NextHint::goBank, "GO_BANK"},
    {NextHint::goCounter, "GO_COUNTER"},
    {NextHint::retryAt, "RETRY_AT"},
    {NextHint::queryFirst, "QUERY_FIRST"},
});
constexpr auto channels = words<Channel>(
    {{Channel::selfService, "SELF"}, {Channel::assisted, "ASSISTED"}, {Channel::staff, "STAFF"}});
constexpr auto moduleStates = words<ModuleState>({{ModuleState::ok, "OK"},
                                                  {ModuleState::warning, "WARNING"},
                                                  {ModuleState::failed, "FAILED"},
                                                  {ModuleState::absent, "ABSENT"}});
constexpr auto documentKinds = words<card::DocumentKind>({
    {card::DocumentKind::residentIdCard, "RESIDENT_ID"},
    {card::DocumentKind::residencePermit, "RESIDENCE_PERMIT"},
    {card::DocumentKind::foreignerCard2017, "FOREIGNER_2017"},
    {card::DocumentKind::foreignerCard2023, "FOREIGNER_2023"},
});
constexpr auto sexes = words<card::Sex>({{card::Sex::unknown, "0"},
                                         {card::Sex::male, "1"},
                                         {card::Sex::female, "2"},
                                         {card::Sex::notStated, "9"}});
constexpr auto ageClasses =
    words<AgeClass>({{AgeClass::adult, "ADULT"}, {AgeClass::minor, "MINOR"}});
constexpr auto applicationKinds = words<ApplicationKind>({
    {ApplicationKind::newCard, "NEW"},
    {ApplicationKind::lost, "LOST"},
    {ApplicationKind::damaged, "DAMAGED"},
    {ApplicationKind::infoChanged, "INFO"},
    {ApplicationKind::expired, "EXPIRED"},
    {ApplicationKind::bankChanged, "BANK"},
    {ApplicationKind::other, "OTHER"},
    {ApplicationKind::warranty, "WARRANTY"},
});
constexpr auto applicationStates = words<ApplicationState>({
    {ApplicationState::created, "CREATED"},
    {ApplicationState::marked, "MARKED"},
    {ApplicationState::dataReady, "DATA_READY"},
    {ApplicationState::reportedOk, "REPORTED_OK"},
    {ApplicationState::enabled, "ENABLED"},
    {ApplicationState::handedOver, "HANDED_OVER"},
    {ApplicationState::held, "HELD"},
    {ApplicationState::cancelled, "CANCELLED"},
    {ApplicationState::needsStaff, "NEEDS_STAFF"},
});
constexpr auto cardStates = words<CardState>({
    {CardState::none, "NONE"},
    {CardState::notEnabled, "NOT_ENABLED"},
    {CardState::normal, "NORMAL"},
    {CardState::tempLost, "TEMP_LOST"},
    {CardState::formalLost, "FORMAL_LOST"},
    {CardState::replacing, "REPLACING"},
    {CardState::cancelled, "CANCELLED"},
    {CardState::unknown, "UNKNOWN"},
});
constexpr auto numberModes =
    words<NumberMode>({{NumberMode::prewritten, "PREWRITTEN"}, {NumberMode::assigned, "ASSIGNED"}});
// "remake" of PERSO.GET, "byPinChange" of ISSUE.ENABLE, "made" of RECON.DAY.
constexpr Words<bool, 2> makePurposes({{false, "MAKE"}, {true, "REMAKE"}});
constexpr Words<bool, 2> enablingWays({{false, "KIOSK_LINKED"}, {true, "PIN_CHANGE"}});
constexpr Words<bool, 2> makingResults({{true, "OK"}, {false, "FAILED"}});
constexpr auto withdrawReasons = words<WithdrawReason>({{WithdrawReason::person, "PERSON"},
                                                        {WithdrawReason::fault, "FAULT"},
                                                        {WithdrawReason::noBlank, "NO_BLANK"},
                                                        {WithdrawReason::timeout, "TIMEOUT"}});
constexpr auto refundReasons = words<RefundReason>(
    {{RefundReason::paidTwice, "PAID_TWICE"}, {RefundReason::withdrawn, "WITHDRAWN"}});
constexpr auto progressKeys = words<ProgressBy>({{ProgressBy::idempotencyKey, "IDEM_KEY"},
                                                 {ProgressBy::bizId, "BIZ_ID"},
                                                 {ProgressBy::socialNumber, "SOCIAL_NUMBER"},
                                                 {ProgressBy::cardNumber, "CARD_NO"}});
constexpr auto makeResults = words<MakeResult>({{MakeResult::ok, "OK"},
                                                {MakeResult::failed, "FAILED"},
                                                {MakeResult::registerAfter, "REGISTER_AFTER"}});
constexpr auto makeStages = words<MakeStage>({
    {MakeStage::none, "NONE"},
    {MakeStage::bank, "BANK"},
    {MakeStage::chip, "CHIP"},
    {MakeStage::print, "PRINT"},
    {MakeStage::transport, "TRANSPORT"},
    {MakeStage::power, "POWER"},
    {MakeStage::refusedByUser, "REFUSED_BY_USER"},
});
constexpr auto faceStates = words<FaceState>({{FaceState::none, "NONE"},
                                              {FaceState::partial, "PARTIAL"},
                                              {FaceState::full, "FULL"},
                                              {FaceState::unknown, "UNKNOWN"}});
constexpr auto handoverOutcomes = words<HandoverOutcome>({
    {HandoverOutcome::taken, "TAKEN"},
    {HandoverOutcome::retainedTimeout, "RETAINED_TIMEOUT"},
    {HandoverOutcome::retainedFault, "RETAINED_FAULT"},
    {HandoverOutcome::staffDelivered, "STAFF_DELIVERED"},
});
constexpr auto recoverReasons = wordsOf(RecoverReason());
constexpr auto wrongCauses = wordsOf(WrongCause());
constexpr auto chipAlgorithms = words<ports::ChipAlgorithm>(
    {{ports::ChipAlgorithm::tripleDes, "TDES"}, {ports::ChipAlgorithm::sm4, "SM4"}});
// The key of an internal authentication is never named: the province finds it by the card.
constexpr Words<ports::CardKey, 3> externalKeys({
    {ports::CardKey::readHolder, "READ_HOLDER"},
    {ports::CardKey::updateCard, "UPDATE_CARD"},
    {ports::CardKey::pinUnlock, "PIN_UNLOCK"},
});

}  // namespace liqu::province
