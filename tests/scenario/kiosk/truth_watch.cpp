#include "tests/scenario/kiosk/truth_watch.hpp"

#include <set>

#include "firmware/base/assert.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/session/bank_pages.hpp"
#include "firmware/staff/audit.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/support/shown_words.hpp"
#include "tests/world/chip/card_memory.hpp"
#include "tests/world/truth/truth_file.hpp"

namespace liqu::scenario {
namespace {

using screen::ActionKind;
using truth::Truth;

const truth::WordClasses& shippedClasses() {
    static const auto file =
        truth::TruthFile::read(LIQU_SOURCE_DIR "/kiosk-config/strings/truth.toml");
    LIQU_ASSERT(file.has_value());
    return file->classes;
}

truth::Surroundings surroundingsOf(Outside& outside) {
    return {*outside.printer,
            *outside.idReader,
            outside.faults,
            [&outside](const std::string& card) {
                const Bytes item = outside.chipOf(card).item(world::card_tag::socialNumber);
                std::string holder(textOf(item));
                holder.erase(holder.find_last_not_of(std::string("\0\xFF ", 3)) + 1);
                return holder;
            },
            [&outside](const std::function<void(world::Books&)>& use) { use(outside.province()); },
            terminalId};
}

std::string pageOf(const screen::Screen& screen) {
    return std::string(screen::nameOf(screen.content)) + " " +
           std::to_string(screen.frame.question);
}

bool isOfStaff(std::string_view screen) {
    return screen.starts_with("staff-");
}
bool isBetweenVisits(std::string_view screen) {
    return screen == "welcome" || screen == "out-of-service" || screen == "queries-only";
}

int count(storage::Database& books, std::string_view sql) {
    return static_cast<int>(books.number(sql).value_or(0));
}

}  // namespace

void (*TruthWatch::onLie)(const std::string& lie) = [](const std::string&) {};

TruthWatch::TruthWatch(Outside& outside, screen::Display& person,
                       const ports::AttentionCaller* attention, const test::PaperModel* paper)
    : outside_(outside),
      person_(person),
      attention_(attention),
      paper_(paper),
      world_(surroundingsOf(outside)) {}

void TruthWatch::kioskStarts(storage::Database& books) {
    books_ = &books;
    world_.kioskStarts();
}

void TruthWatch::follow(const screen::Screen& screen) {
    const std::string name(screen::nameOf(screen.content));
    if (!isBetweenVisits(name)) return;
    world_.machineIsFree();
    if (paper_ != nullptr) slipsBefore_ = paper_->slips.size();
}

void TruthWatch::lookAtBooks(Truth& is) {
    is.ordersOpen = count(*books_, "SELECT count(*) FROM orders WHERE state = 'open'");
    is.factsWaiting = count(*books_, "SELECT count(*) FROM outbox WHERE state <> 'delivered'");
    is.daysOpen = count(*books_, "SELECT count(*) FROM days WHERE state <> 'closed'");
    is.daysFrozen = count(*books_, "SELECT count(*) FROM days WHERE state = 'frozen'");
    is.exchangesOpen = count(*books_, "SELECT count(*) FROM exchanges WHERE state = 'open'");
    is.lanesStopped = is.exchangesOpen +
                      count(*books_, "SELECT count(*) FROM stock_cases WHERE released_at IS NULL") +
                      count(*books_, "SELECT count(*) FROM meta WHERE name GLOB 'lane_in_doubt-*'");
    is.jamsOpen = count(*books_, "SELECT count(*) FROM meta WHERE name = 'jam_clearing'");
    is.trialsOpen = count(*books_, "SELECT count(*) FROM meta WHERE name = 'trial_issue'");
    is.trialsPassed = count(*books_,
                            "SELECT count(*) FROM meta WHERE name = 'trial_issue_last_outcome' AND "
                            "value = 'passed'");
    is.boxesOpen =
        count(*books_, "SELECT count(*) FROM boxes WHERE state = 'opened' AND in_vault > 0");
}

void TruthWatch::lookAtRecord(Truth& is) {
    is.booksBalance = custody::checkInvariants(*books_) ? 1 : 0;
    is.recordHolds = staff::checkChain(*books_) ? 1 : 0;
    is.accountsLocked = count(*books_, "SELECT count(*) FROM staff WHERE locked <> 0");
    is.staffSignedIn =
        count(*books_,
              "SELECT coalesce((SELECT max(line) FROM staff_audit WHERE act = 'sign-in'), 0) > "
              "coalesce((SELECT max(line) FROM staff_audit WHERE act = 'sign-out'), 0)");
    // An exchange that was begun or counted is not done yet.
    const int acts = count(
        *books_,
        "SELECT count(*) FROM staff_audit WHERE actor <> 'kiosk' AND object NOT LIKE 'begin %' AND "
        "NOT (act IN ('load-lane', 'unload-lane') AND object LIKE 'count %') AND "
        "object NOT GLOB '*refused [0-9][0-9][0-9][0-9][0-9]*' AND "
        "act NOT IN ('sign-in', 'sign-in-refused', 'sign-out', 'stand-by', "
        "'locked', 'add-staff', 'audit-key')");
    is.actsDone = acts - actsBefore_;
}

Truth TruthWatch::look(const screen::Screen& screen) {
    Truth is = world_.look(outside_.clock.wallTime());
    const std::string name(screen::nameOf(screen.content));
    for (int Truth::*const faults :
         {&Truth::chipFaults, &Truth::lineFaults, &Truth::diskFaults, &Truth::clockFaults,
          &Truth::printerFaults, &Truth::slipPrinterFaults, &Truth::documentBad, &Truth::rulesOver,
          &Truth::feeArrived, &Truth::feeDiffers, &Truth::idPhotoUnread}) {
        is.*faults += broken_.*faults;
    }
    lookAtSlot(is);
    is.noCardsByProvince = outside_.makesCards ? 0 : 1;
    if (outside_.older != nullptr) is.lineFaults += outside_.older->faults.fired();
    is.testFacesPrinted = outside_.testFacesPrinted();
    is.cardsInCabinet = static_cast<int>(outside_.inCabinet.size());
    is.cardsAtBank = static_cast<int>(outside_.atBank.size());
    const auto call = attention_ == nullptr ? ports::CallState::none : attention_->state();
    is.attentionAsked = call == ports::CallState::asked ? 1 : 0;
    is.attentionAcknowledged = call == ports::CallState::acknowledged ? 1 : 0;
    is.attentionUnheard = call == ports::CallState::unheard ? 1 : 0;
    if (paper_ != nullptr) {
        is.slipsOut = static_cast<int>(paper_->slips.size() - slipsBefore_);
        is.slipInMouth = paper_->slipInMouth() ? 1 : 0;
        is.slipPrinterFaults += paper_->canPrint() ? 0 : 1;
    }
    if (const auto* page = personPage(screen.content, "choose-bank")) lookAtBanks(is, *page);
    if (books_ != nullptr &&
        (isOfStaff(name) || isBetweenVisits(name) || name == "recovering" || name == "choose-bank"))
        lookAtBooks(is);
    if (books_ != nullptr && isOfStaff(name)) lookAtRecord(is);
    if (books_ != nullptr && is.cardInside + is.cardAtMouth == 0) {
        is.cardsMissed = static_cast<int>(
            custody::balanceOf(*books_, custody::Place::chipStation()).value_or(0));
    }
    return is;
}

// The first choices of the first page are the banks that are here, all others are not.
void TruthWatch::lookAtBanks(Truth& is, const screen::PersonPage& page) {
    std::set<std::string> loaded;
    for (const auto& hopper : outside_.printer->places().hoppers) {
        for (const world::PlasticCard& card : hopper) loaded.insert(card.bank);
    }
    bool offered = false;
    for (const screen::PagePart& part : page.parts) {
        const auto* words = std::get_if<screen::Paragraph>(&part);
        if (words != nullptr) offered = words->text.key == "choose-bank.here";
        const auto* choices = std::get_if<screen::Choices>(&part);
        if (choices == nullptr) continue;
        for (const screen::Choice& choice : choices->choices) {
            const bool isLoaded = loaded.contains(session::bankOfChoice(choice.id));
            if (offered && !isLoaded) ++is.banksOfferedEmpty;
            if (!offered && isLoaded) ++is.banksSentAwayLoaded;
        }
    }
}

void TruthWatch::lookAtSlot(Truth& is) {
    if (outside_.ownCard == nullptr) return;
    const world::CardMemory memory = outside_.ownCard->memory();
    is.pinChangedNow = memory.pin != pinBefore_ ? 1 : 0;
    is.pinTriesLeft = memory.pinLeft;
    is.pinTriesLost = std::max(0, triesBefore_ - memory.pinLeft);
    is.pinLocked = memory.pinLeft == 0 ? 1 : 0;
    is.cardInSlot = outside_.slot.occupant().card != nullptr ? 1 : 0;
    const auto& holder = world_.holder();
    const std::string owner = textOf(outside_.ownCard->item(world::card_tag::socialNumber));
    is.slotCardIsAnothers = holder && owner != holder->number ? 1 : 0;
    const std::string number = textOf(outside_.ownCard->item(world::card_tag::cardNumber));
    is.slotCardNotListed = outside_.province().cards.contains(number) ? 0 : 1;
}

std::vector<truth::Lie> TruthWatch::liesIn(const screen::Screen& screen) {
    std::vector<truth::SaidKey> said;
    for (const test::ShownWords& words : test::shownWords(screen)) {
        said.push_back({words.phrase.key, words.as == test::SaidAs::statement});
    }
    return truth::liesOf(shippedClasses(), said, look(screen));
}

void TruthWatch::show(screen::Screen screen) {
    follow(screen);
    const std::string name(screen::nameOf(screen.content));
    // A page that is shown once more, in the other language, speaks of the same acts.
    if (const std::string page = pageOf(screen); page != page_) {
        page_ = page;
        actsBefore_ = actsSeen_;
    }
    for (const truth::Lie& lie : liesIn(screen)) {
        lies_.push_back(name + " says " + lie.key + ": not so (" + lie.predicate + "); " +
                        truth::describe(look(screen)));
        onLie(lies_.back());
    }
    actsSeen_ = actsBefore_ + look(screen).actsDone;
    shown_ = screen;
    person_.show(std::move(screen));
}

void TruthWatch::heed(const screen::Action& action) {
    const std::string name(screen::nameOf(shown_.content));
    if (action.kind == ActionKind::start) {
        world_.visitBegins();
        if (outside_.ownCard != nullptr) {
            pinBefore_ = outside_.ownCard->memory().pin;
            triesBefore_ = outside_.ownCard->memory().pinLeft;
        }
    } else if (action.choice == "replacement") {
        world_.happened(&Truth::wantsReplacement);
    } else if (action.kind == ActionKind::home) {
        world_.happened(&Truth::left);
    } else if (action.kind == ActionKind::attendantConfirm) {
        world_.happened(&Truth::attendantWrong);
    } else if (action.kind == ActionKind::decline && !truth::offersMore(name)) {
        world_.happened(truth::asksToAgree(name) ? &Truth::refused
                        : name == "attendant"    ? &Truth::attendantSaidNo
                                                 : &Truth::left);
    } else if (action.kind == ActionKind::confirm && name == "consent") {
        world_.happened(&Truth::consented);
    }
}

std::optional<screen::Action> TruthWatch::waitForAction(Instant until) {
    auto action = person_.waitForAction(until);
    if (action) {
        heed(*action);
    } else if (shown_.frame.deadline && outside_.clock.now() >= *shown_.frame.deadline) {
        world_.happened(&Truth::timeUp);
    }
    return action;
}

}  // namespace liqu::scenario
