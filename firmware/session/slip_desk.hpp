// Slips (凭条) at the end of what they tell: printed where there is a printer, and told on the page
// by their number in any case. Paper never changes what is true.
#pragma once

#include <optional>
#include <string>

#include "firmware/issuance/slip_book.hpp"
#include "firmware/session/conversation.hpp"

namespace liqu::session {

// What a page says of a slip.
struct SlipTold {
    std::string number;  // empty: there is none
    issuance::SlipState state = issuance::SlipState::due;
};

// May a slip be started now? A machine without a printer of slips: receiptPrinterNotFound.
Result<void> checkReceiptPrinter(SessionParts& parts);
// The same, and that the paper lasts: for staff.
Result<void> checkReceiptPaper(SessionParts& parts);

class SlipDesk {
  public:
    SlipDesk(SessionParts& parts, Conversation& conversation)
        : parts_(parts), conversation_(conversation) {}

    // Prints what slips of this order are due, each once, and says the last; whoever stands there
    // is told to wait meanwhile, and to take one before the next comes.
    SlipTold give(const std::string& orderId);
    // One that belongs to no order: numbered in a commit of its own.
    SlipTold giveWithoutOrder(ports::SlipForm form, ports::SlipFields fields);
    // 申请表 for the signature, before what it is signed for; then none comes behind it. False:
    // there is no such form, or it did not come out whole into a hand.
    bool giveForm(ports::SlipFields fields);
    // Before the visit is over: a slip that lies in the mouth is asked to be taken, and taken back
    // where nobody does.
    void seeItTaken();

    // Once more, marked as a copy, for whoever lost it.
    Result<void> giveCopy(const std::string& number);

  private:
    bool gives() const;
    SlipTold give(const issuance::SlipRecord& record);
    SlipTold giveNew(ports::SlipForm form, const std::string& orderId, ports::SlipFields fields);
    // 申请表 of an attended business, for the signature, where the region has the form.
    void giveApplication(const issuance::SlipRecord& of);
    ports::SlipOutcome print(const issuance::SlipRecord& record, ports::SlipIssue issue);
    void note(issuance::SlipState state);

    SessionParts& parts_;
    Conversation& conversation_;
    std::string number_;  // of the slip that may lie in the mouth
    bool formGiven_ = false;
};

// The fields that the place says: branch, machine, counter, telephones.
void addPlace(ports::SlipFields& fields, const SessionParts& parts);
// The name of what was asked for, by its id.
void addService(ports::SlipFields& fields, const std::string& service, const SessionParts& parts);
// Says it on the page.
void tellSlip(std::vector<PagePart>& parts, const SlipTold& told);
// The same as words alone; empty where there is no slip.
Phrase slipWords(const SlipTold& told);
// The page while a slip lies in the mouth.
PersonPage slipWaitsPage(const std::string& number);

}  // namespace liqu::session
