#include "firmware/session/slip_desk.hpp"

namespace liqu::session {
namespace {

using issuance::SlipState;
using ports::MediaStatus;
using ports::SlipField;
using ports::SlipPrint;

constexpr Duration takeTime = std::chrono::seconds{30};
constexpr Duration takeRhythm = std::chrono::milliseconds{500};

SlipState stateOf(SlipPrint print) {
    switch (print) {
        case SlipPrint::printed:
            return SlipState::printed;
        case SlipPrint::unknown:
            return SlipState::unsure;
        case SlipPrint::notPrinted:
            break;
    }
    return SlipState::notPrinted;
}

// While the printer works nobody is asked anything, and language and call are heard.
class Hearing {
  public:
    Hearing(SessionParts& parts, Conversation& conversation) : printer_(*parts.receipts) {
        conversation.tellAndHear(WaitingScreen{WaitingFor::slip});
        printer_.meanwhile([&conversation] { conversation.hear(); });
    }
    Hearing(const Hearing&) = delete;
    ~Hearing() { printer_.meanwhile({}); }

  private:
    ports::ReceiptPrinter& printer_;
};

}  // namespace

Result<void> checkReceiptPrinter(SessionParts& parts) {
    if (parts.receipts == nullptr) {
        return fail(ErrorCode::receiptPrinterNotFound, "kiosk.toml has no [receiptPrinter]");
    }
    const ports::ReceiptPrinterStatus status = TRY(parts.receipts->status());
    if (status.trouble) return fail(*status.trouble);
    return {};
}

Result<void> checkReceiptPaper(SessionParts& parts) {
    const ports::ReceiptPrinterStatus status = TRY(parts.receipts->status());
    if (status.trouble) return fail(*status.trouble);
    if (status.paper == ports::PaperStatus::low)
        return fail(ErrorCode::receiptPaperLow, status.raw);
    return {};
}

void addPlace(ports::SlipFields& fields, const SessionParts& parts) {
    const auto say = [&fields](SlipField field, std::string chinese, std::string english) {
        if (chinese.empty()) return;
        fields[field] = {PersonalText(std::move(chinese)), PersonalText(std::move(english))};
    };
    const Contacts chinese = contactsOf(parts, Language::chinese);
    say(SlipField::outlet, parts.config.nameOfOutlet(), "");
    say(SlipField::machine, parts.config.terminal, "");
    say(SlipField::counter, chinese.counter, contactsOf(parts, Language::english).counter);
    say(SlipField::hotline, chinese.hotline, "");
}

void addService(ports::SlipFields& fields, const std::string& service, const SessionParts& parts) {
    if (!parts.words) return;
    const Phrase name{"service." + service};
    fields[SlipField::service] = {PersonalText(parts.words(Language::chinese, name)),
                                  PersonalText(parts.words(Language::english, name))};
}

void SlipDesk::note(SlipState state) {
    const auto noted = parts_.issuance.slips->note(parts_.issuance.database, number_, state);
    if (!noted) parts_.log.trouble("book of slips", noted.error());
}

ports::SlipOutcome SlipDesk::print(const issuance::SlipRecord& record, ports::SlipIssue issue) {
    ports::Slip slip;
    slip.form = record.form;
    slip.issue = issue;
    slip.fields = record.fields;
    slip.language = conversation_.language() == Language::english ? ports::SlipLanguage::withEnglish
                                                                  : ports::SlipLanguage::chinese;
    addPlace(slip.fields, parts_);
    const auto order = parts_.issuance.orders.findPlain(record.orderId);
    if (order && *order) addService(slip.fields, (*order)->service, parts_);
    const auto picture = parts_.slipPaper->draw(slip, parts_.receipts->width());
    if (!picture) return {SlipPrint::notPrinted, picture.error()};
    const Hearing hearing(parts_, conversation_);
    return parts_.receipts->print(*picture);
}

bool SlipDesk::gives() const {
    return parts_.receipts != nullptr && parts_.slipPaper != nullptr &&
           parts_.issuance.slips != nullptr;
}

SlipTold SlipDesk::give(const std::string& orderId) {
    if (!gives() || orderId.empty()) return {};
    const issuance::SlipBook& book = *parts_.issuance.slips;
    const auto due = book.dueOf(parts_.issuance.database, orderId);
    const auto last = book.ofOrder(parts_.issuance.database, orderId);
    if (!due || !last) parts_.log.trouble("book of slips", due ? last.error() : due.error());
    if (!due || !last || !*last) return {};
    SlipTold told{(*last)->number, (*last)->state};
    if (!due->empty()) giveApplication(due->back());
    for (const issuance::SlipRecord& record : *due) told = give(record);
    return told;
}

void SlipDesk::giveApplication(const issuance::SlipRecord& of) {
    if (formGiven_ || !parts_.slipPaper->has(ports::SlipForm::application)) return;
    const auto order = parts_.issuance.orders.findPlain(of.orderId);
    if (!order || !*order || (*order)->operatorId.empty()) return;
    giveNew(ports::SlipForm::application, of.orderId, of.fields);
}

bool SlipDesk::giveForm(ports::SlipFields fields) {
    if (!gives() || !parts_.slipPaper->has(ports::SlipForm::application)) return false;
    const SlipTold told = giveNew(ports::SlipForm::application, "", std::move(fields));
    if (told.number.empty()) return false;
    seeItTaken();
    const auto form = parts_.issuance.slips->find(parts_.issuance.database, told.number);
    if (!form) parts_.log.trouble("book of slips", form.error());
    formGiven_ = form && *form &&
                 ((*form)->state == SlipState::printed || (*form)->state == SlipState::taken);
    return formGiven_;
}

SlipTold SlipDesk::giveWithoutOrder(ports::SlipForm form, ports::SlipFields fields) {
    return gives() ? giveNew(form, "", std::move(fields)) : SlipTold{};
}

// Numbered in a commit of its own.
SlipTold SlipDesk::giveNew(ports::SlipForm form, const std::string& orderId,
                           ports::SlipFields fields) {
    storage::Database& database = parts_.issuance.database;
    const issuance::SlipBook& book = *parts_.issuance.slips;
    const auto issue = [&]() -> Result<std::optional<issuance::SlipRecord>> {
        auto transaction = TRY(storage::Transaction::begin(database));
        const std::string number = TRY(book.issue(transaction, form, orderId, std::move(fields),
                                                  parts_.issuance.clock.wallTime()));
        TRY(transaction.commit());
        return book.find(database, number);
    };
    const auto record = issue();
    if (!record) parts_.log.trouble("book of slips", record.error());
    if (!record || !*record) return {};
    return give(**record);
}

// The printer takes away what lies in its mouth before it prints: that one is asked for first.
SlipTold SlipDesk::give(const issuance::SlipRecord& record) {
    seeItTaken();
    number_ = record.number;
    SlipTold told{number_, record.state};
    if (told.state != SlipState::due) return told;
    const ports::SlipOutcome outcome = print(record, ports::SlipIssue::original);
    if (outcome.trouble) parts_.log.trouble("slip " + number_, *outcome.trouble);
    told.state = stateOf(outcome.print);
    parts_.log.info("slip " + number_ + " " + std::string(nameOf(told.state)));
    note(told.state);
    return told;
}

Result<void> SlipDesk::giveCopy(const std::string& number) {
    storage::Database& database = parts_.issuance.database;
    const auto record = TRY(parts_.issuance.slips->find(database, number));
    if (!record) return {};
    const ports::SlipOutcome outcome = print(*record, ports::SlipIssue::copy);
    if (outcome.print != SlipPrint::notPrinted)
        TRY(parts_.issuance.slips->noteCopy(database, number));
    if (outcome.trouble) return fail(*outcome.trouble);
    return {};
}

void SlipDesk::seeItTaken() {
    if (number_.empty() || parts_.receipts == nullptr) return;
    if (parts_.receipts->media() == MediaStatus::present) {
        const PersonPage page = slipWaitsPage(number_);
        const Instant until = parts_.issuance.clock.now() + takeTime;
        conversation_.nextQuestion();
        conversation_.showTimed(page, until);
        while (parts_.receipts->media() == MediaStatus::present && !conversation_.timeIsOver() &&
               !parts_.stop.stop_requested()) {
            const auto action = conversation_.listen(page, {.canGoHome = false},
                                                     parts_.issuance.clock.now() + takeRhythm);
            if (action && action->kind == ActionKind::finish) break;
        }
    }
    switch (parts_.receipts->media()) {
        case MediaStatus::notPresent:
            return note(SlipState::taken);
        case MediaStatus::retracted:
            return note(SlipState::retracted);
        case MediaStatus::present:
            break;
        case MediaStatus::notSupported:
        case MediaStatus::unknown:
            return;
    }
    parts_.log.trouble("slip " + number_,
                       Error{ErrorCode::receiptNotTaken, "it lies in the mouth"});
    const auto back = parts_.receipts->retract();
    if (!back) parts_.log.trouble("slip " + number_, back.error());
    if (back && *back) note(SlipState::retracted);
}

Phrase slipWords(const SlipTold& told) {
    if (told.number.empty()) return {};
    const auto say = [&](const char* key) { return Phrase{key, {{"number", told.number}}}; };
    switch (told.state) {
        case SlipState::printed:
        case SlipState::taken:
            return say("slip.printed");
        case SlipState::unsure:
        case SlipState::retracted:
            return say("slip.unsure");
        case SlipState::due:
        case SlipState::notPrinted:
            break;
    }
    return say("slip.number");
}

void tellSlip(std::vector<PagePart>& parts, const SlipTold& told) {
    Phrase words = slipWords(told);
    if (!words.empty()) parts.push_back(Notice{std::move(words), Tone::info});
}

PersonPage slipWaitsPage(const std::string& number) {
    PersonPage page{.name = "slip-waits", .stage = VisitStage::take};
    page.question = {"slip-waits.question"};
    page.parts = {Paragraph{{"slip-waits.number", {{"number", number}}}}};
    page.buttons = {{ActionKind::finish, {"slip-waits.leave"}, true}};
    return page;
}

}  // namespace liqu::session
