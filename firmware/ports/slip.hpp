// Port: a slip (凭条) as a value, and what draws it. What stands on one, its form says
// (kiosk-config/forms/); this says which form, under which number, and the values of its fields.
// A name has one character hidden, a number its first six and last four; no PIN, no bank account.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/ports/receipt_printer.hpp"

namespace liqu::ports {

enum class SlipForm : std::uint8_t {
    application,    // 业务申请表, to be signed: a region has it or has not
    acceptance,     // 受理回执: taken on, and not done yet
    collection,     // 领卡凭条: the card was taken
    pickup,         // 待领凭条: the card waits at the outlet
    lossTemporary,  // 挂失凭条
    lossFormal,     // 业务办理回执单 of a formal loss
    lossRelease,    // 解挂凭条
    fee,            // 缴费凭据
    enable,         // 启用凭条: and what is still to be done at the bank (激活提示)
    done,           // 业务办理回执: a change without a form of its own was carried out
    outcome,        // 办理凭条: of a visit that ended another way
    refusal,        // 一次性告知单: what is missing, what to bring, where
};
constexpr auto wordsOf(SlipForm) {
    return words<SlipForm>({{SlipForm::application, "application"},
                            {SlipForm::acceptance, "acceptance"},
                            {SlipForm::collection, "collection"},
                            {SlipForm::pickup, "pickup"},
                            {SlipForm::lossTemporary, "loss-temporary"},
                            {SlipForm::lossFormal, "loss-formal"},
                            {SlipForm::lossRelease, "loss-release"},
                            {SlipForm::fee, "fee"},
                            {SlipForm::enable, "enable"},
                            {SlipForm::done, "done"},
                            {SlipForm::outcome, "outcome"},
                            {SlipForm::refusal, "refusal"}});
}

// What a form can name in its words: "{bank}".
enum class SlipField : std::uint8_t {
    number,
    time,  // of what the slip tells, to the minute
    outlet,
    machine,
    name,          // masked
    socialNumber,  // masked
    cardTail,      // the last three signs of the card's number
    bank,
    reference,    // of the order
    application,  // 受理号: the province's number of what was applied for
    since,
    until,
    pickupCode,
    amount,
    counter,
    hotline,
    bankHotline,
    oldCardTaken,  // 旧卡: the last three signs of the one that was taken in
    oldCardOut,    // … of the one that is to be brought
    bankApart,     // there is something: the bank's side must be seen to at the bank
    service,       // its name
    // of what was refused
    reasons,  // all of them, each with what is to be done
    papers,   // what to bring
    promise,  // how long it takes
    how,      // and where
};
constexpr auto wordsOf(SlipField) {
    return words<SlipField>({{SlipField::number, "number"},
                             {SlipField::time, "time"},
                             {SlipField::outlet, "outlet"},
                             {SlipField::machine, "machine"},
                             {SlipField::name, "name"},
                             {SlipField::socialNumber, "socialNumber"},
                             {SlipField::cardTail, "cardTail"},
                             {SlipField::bank, "bank"},
                             {SlipField::reference, "reference"},
                             {SlipField::application, "application"},
                             {SlipField::since, "since"},
                             {SlipField::until, "until"},
                             {SlipField::pickupCode, "pickupCode"},
                             {SlipField::amount, "amount"},
                             {SlipField::counter, "counter"},
                             {SlipField::hotline, "hotline"},
                             {SlipField::bankHotline, "bankHotline"},
                             {SlipField::oldCardTaken, "oldCardTaken"},
                             {SlipField::oldCardOut, "oldCardOut"},
                             {SlipField::bankApart, "bankApart"},
                             {SlipField::service, "service"},
                             {SlipField::reasons, "reasons"},
                             {SlipField::papers, "papers"},
                             {SlipField::promise, "promise"},
                             {SlipField::how, "how"}});
}

// The same in both languages where `english` is empty.
struct SlipText {
    PersonalText chinese;
    PersonalText english;
};
using SlipFields = std::map<SlipField, SlipText>;

enum class SlipIssue : std::uint8_t { original, copy };
// Chinese stands on every slip: it is read by the bank and the agency.
enum class SlipLanguage : std::uint8_t { chinese, withEnglish };

struct Slip {
    SlipForm form = SlipForm::outcome;
    SlipIssue issue = SlipIssue::original;
    SlipLanguage language = SlipLanguage::chinese;
    SlipFields fields;
};

class SlipRenderer {
  public:
    virtual ~SlipRenderer() = default;
    // Does this region have the form? What is drawn otherwise is refused: configBadValue.
    virtual bool has(SlipForm form) const = 0;
    // As wide as the printer's head. fontMissing.
    virtual Result<SlipPicture> draw(const Slip& slip, int width) = 0;
    // The same on a page of its own, for whoever keeps it as a file.
    virtual Result<PersonalBytes> pdf(const Slip& slip) = 0;
};

}  // namespace liqu::ports
