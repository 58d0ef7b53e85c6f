// The words of the contract for the enumerations of messages.hpp. For this folder's .cpp files.
#pragma once

#include "firmware/base/assert.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

template <typename Value>
struct Word {
    Value value;
    std::string_view text;
};

template <typename Value, std::size_t count>
std::string wordOf(const Word<Value> (&words)[count], Value value) {
    for (const Word<Value>& word : words) {
        if (word.value == value) return std::string(word.text);
    }
    LIQU_ASSERT(!"an enumerator without its word");
}

constexpr Word<ReplyCode> replyCodes[] = {
    {ReplyCode::ok, "OK"},
    {ReplyCode::already, "ALREADY"},
    {ReplyCode::partial, "PARTIAL"},
    {ReplyCode::refused, "BIZ_REFUSED"},
    {ReplyCode::needsStaff, "NEEDS_STAFF"},
    {ReplyCode::retryLater, "RETRY_LATER"},
    {ReplyCode::unknownOutcome, "UNKNOWN_OUTCOME"},
    {ReplyCode::security, "SECURITY"},
    {ReplyCode::protocol, "PROTOCOL"},
};
constexpr Word<NextHint> nextHints[] = {
    {NextHint::none, "NONE"},
    {NextHint::goBank, "GO_BANK"},
    {NextHint::goCounter, "GO_COUNTER"},
    {NextHint::retryAt, "RETRY_AT"},
    {NextHint::queryFirst, "QUERY_FIRST"},
};
constexpr Word<Channel> channels[] = {
    {Channel::selfService, "SELF"}, {Channel::assisted, "ASSISTED"}, {Channel::staff, "STAFF"}};
constexpr Word<ModuleState> moduleStates[] = {{ModuleState::ok, "OK"},
                                              {ModuleState::warning, "WARNING"},
                                              {ModuleState::failed, "FAILED"},
                                              {ModuleState::absent, "ABSENT"}};
constexpr Word<card::DocumentKind> documentKinds[] = {
    {card::DocumentKind::residentIdCard, "RESIDENT_ID"},
    {card::DocumentKind::residencePermit, "RESIDENCE_PERMIT"},
    {card::DocumentKind::foreignerCard2017, "FOREIGNER_2017"},
    {card::DocumentKind::foreignerCard2023, "FOREIGNER_2023"},
};
constexpr Word<card::Sex> sexes[] = {{card::Sex::unknown, "0"},
                                     {card::Sex::male, "1"},
                                     {card::Sex::female, "2"},
                                     {card::Sex::notStated, "9"}};
constexpr Word<AgeClass> ageClasses[] = {{AgeClass::adult, "ADULT"}, {AgeClass::minor, "MINOR"}};
constexpr Word<ApplicationKind> applicationKinds[] = {
    {ApplicationKind::newCard, "NEW"},     {ApplicationKind::lost, "LOST"},
    {ApplicationKind::damaged, "DAMAGED"}, {ApplicationKind::infoChanged, "INFO"},
    {ApplicationKind::expired, "EXPIRED"}, {ApplicationKind::bankChanged, "BANK"},
    {ApplicationKind::other, "OTHER"},     {ApplicationKind::warranty, "WARRANTY"},
};
constexpr Word<ApplicationState> applicationStates[] = {
    {ApplicationState::created, "CREATED"},
    {ApplicationState::marked, "MARKED"},
    {ApplicationState::dataReady, "DATA_READY"},
    {ApplicationState::reportedOk, "REPORTED_OK"},
    {ApplicationState::enabled, "ENABLED"},
    {ApplicationState::handedOver, "HANDED_OVER"},
    {ApplicationState::held, "HELD"},
    {ApplicationState::cancelled, "CANCELLED"},
    {ApplicationState::needsStaff, "NEEDS_STAFF"},
};
constexpr Word<CardState> cardStates[] = {
    {CardState::none, "NONE"},
    {CardState::notEnabled, "NOT_ENABLED"},
    {CardState::normal, "NORMAL"},
    {CardState::tempLost, "TEMP_LOST"},
    {CardState::formalLost, "FORMAL_LOST"},
    {CardState::replacing, "REPLACING"},
    {CardState::cancelled, "CANCELLED"},
    {CardState::unknown, "UNKNOWN"},
};
constexpr Word<NumberMode> numberModes[] = {{NumberMode::prewritten, "PREWRITTEN"},
                                            {NumberMode::assigned, "ASSIGNED"}};
constexpr Word<WithdrawReason> withdrawReasons[] = {{WithdrawReason::person, "PERSON"},
                                                    {WithdrawReason::fault, "FAULT"},
                                                    {WithdrawReason::noBlank, "NO_BLANK"},
                                                    {WithdrawReason::timeout, "TIMEOUT"}};
constexpr Word<ProgressBy> progressKeys[] = {{ProgressBy::idempotencyKey, "IDEM_KEY"},
                                             {ProgressBy::bizId, "BIZ_ID"},
                                             {ProgressBy::socialNumber, "SOCIAL_NUMBER"},
                                             {ProgressBy::cardNumber, "CARD_NO"}};
constexpr Word<MakeResult> makeResults[] = {{MakeResult::ok, "OK"},
                                            {MakeResult::failed, "FAILED"},
                                            {MakeResult::registerAfter, "REGISTER_AFTER"}};
constexpr Word<MakeStage> makeStages[] = {
    {MakeStage::none, "NONE"},
    {MakeStage::bank, "BANK"},
    {MakeStage::chip, "CHIP"},
    {MakeStage::print, "PRINT"},
    {MakeStage::transport, "TRANSPORT"},
    {MakeStage::power, "POWER"},
    {MakeStage::refusedByUser, "REFUSED_BY_USER"},
};
constexpr Word<FaceState> faceStates[] = {{FaceState::none, "NONE"},
                                          {FaceState::partial, "PARTIAL"},
                                          {FaceState::full, "FULL"},
                                          {FaceState::unknown, "UNKNOWN"}};
constexpr Word<HandoverOutcome> handoverOutcomes[] = {
    {HandoverOutcome::taken, "TAKEN"},
    {HandoverOutcome::retainedTimeout, "RETAINED_TIMEOUT"},
    {HandoverOutcome::retainedFault, "RETAINED_FAULT"},
    {HandoverOutcome::staffDelivered, "STAFF_DELIVERED"},
};
constexpr Word<ports::ChipAlgorithm> chipAlgorithms[] = {{ports::ChipAlgorithm::tripleDes, "TDES"},
                                                         {ports::ChipAlgorithm::sm4, "SM4"}};
constexpr Word<ports::CardKey> externalKeys[] = {
    {ports::CardKey::readHolder, "READ_HOLDER"},
    {ports::CardKey::updateCard, "UPDATE_CARD"},
    {ports::CardKey::pinUnlock, "PIN_UNLOCK"},
};

}  // namespace liqu::province
