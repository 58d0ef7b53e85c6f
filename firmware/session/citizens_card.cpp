#include "firmware/session/citizens_card.hpp"

#include <algorithm>

namespace liqu::session {
namespace {

using namespace std::chrono_literals;

// How long one look at the slot waits for a card.
constexpr Duration lookAtSlot = 400ms;
constexpr Duration slotRhythm = 200ms;
constexpr Duration untilTaken = 60s;
constexpr std::size_t tailLength = 3;
constexpr std::string_view notReadableChoice = "unread";

// The reader, not what lies in it.
bool isOfReader(ErrorCode code) {
    switch (code) {
        case ErrorCode::chipReaderNotFound:
        case ErrorCode::chipServiceDown:
        case ErrorCode::chipReaderHung:
        case ErrorCode::chipReaderHeld:
        case ErrorCode::chipReaderAmbiguous:
            return true;
        default:
            return false;
    }
}

// No card answers: it is not there yet, or was taken out again.
bool isNoCard(ErrorCode code) {
    return code == ErrorCode::chipMute || code == ErrorCode::chipRemoved;
}

std::string_view hintOn(ErrorCode code) {
    return code == ErrorCode::chipIdentityDiffers ? "citizens-card.same" : "citizens-card.other";
}

}  // namespace

PersonPage citizensCardPage(const char* question, std::string_view hint) {
    PersonPage page{.name = "citizens-card", .stage = VisitStage::identify};
    page.question = {question};
    page.picture = Picture::socialCard;
    page.parts = {Paragraph{{"citizens-card.how"}, TextSize::large}};
    if (!hint.empty()) page.parts.push_back(Notice{{std::string(hint)}, Tone::warning});
    page.buttons = {{ActionKind::decline, {"citizens-card.stop"}}};
    return page;
}

PersonPage oldCardPage(std::string_view hint) {
    PersonPage page = citizensCardPage("old-card.question", hint);
    page.name = "old-card";
    page.buttons.insert(
        page.buttons.begin(),
        {ActionKind::choose, {"old-card.unread"}, false, std::string(notReadableChoice)});
    return page;
}

PersonPage takeCitizensCardPage() {
    PersonPage page{.name = "take-citizens-card", .stage = VisitStage::take};
    page.question = {"take-citizens-card.question"};
    page.picture = Picture::socialCard;
    return page;
}

CitizensCard::CitizensCard(SessionParts& parts, Conversation& conversation,
                           const province::Business& business)
    : parts_(parts),
      conversation_(conversation),
      authority_(parts.issuance.adapter, business),
      card_(*parts.cardSlot, authority_, parts.issuance.random, parts.issuance.chipProfile) {}

CardCame CitizensCard::waitFor(const PageWith& pageWith,
                               const std::function<Result<void>()>& look) {
    PersonPage page = pageWith({});
    const Manners manners{};
    conversation_.nextQuestion();
    conversation_.restartTime();
    conversation_.showTimed(page, conversation_.deadline(), manners);
    while (!conversation_.left() && !conversation_.timeIsOver() && !parts_.stop.stop_requested()) {
        const auto seen = look();
        if (seen) return CardCame::here;
        const ErrorCode code = seen.error().code;
        if (isOfReader(code)) {
            parts_.log.trouble("the card slot", seen.error());
            return CardCame::readerLost;
        }
        if (!isNoCard(code) && page.parts.size() == 1) {
            parts_.log.trouble("a card in the slot", seen.error());
            page = pageWith(hintOn(code));
            conversation_.showTimed(page, conversation_.deadline(), manners);
        }
        const auto action =
            conversation_.listen(page, manners, parts_.issuance.clock.now() + slotRhythm);
        if (action && action->choice == notReadableChoice) return CardCame::notReadable;
        if (action) return CardCame::notPutIn;
    }
    return CardCame::notPutIn;
}

CardCame CitizensCard::askFor() {
    return waitFor(
        [](std::string_view hint) { return citizensCardPage("citizens-card.question", hint); },
        [this] { return read(); });
}

CardCame CitizensCard::askForOld() {
    return waitFor(oldCardPage, [this] { return read(); });
}

Result<void> CitizensCard::read() {
    shown_ = TRY(card_.read(lookAtSlot));
    return {};
}

CardCame CitizensCard::askForAgain() {
    return waitFor(
        [](std::string_view hint) { return citizensCardPage("citizens-card.again", hint); },
        [this] { return card_.identifyAgain(shown_, lookAtSlot); });
}

Result<PersonalText> CitizensCard::holder() {
    if (shown_.socialNumber.empty()) shown_.socialNumber = TRY(card_.readHolder());
    return shown_.socialNumber;
}

std::string CitizensCard::tail() const {
    const std::string& number = shown_.cardNumber;
    return number.substr(number.size() - std::min(tailLength, number.size()));
}

void CitizensCard::giveBack() {
    const Instant end = parts_.issuance.clock.now() + untilTaken;
    bool shown = false;
    while (parts_.issuance.clock.now() < end && !parts_.stop.stop_requested() &&
           card_.isThere(lookAtSlot)) {
        if (!shown) conversation_.tell(takeCitizensCardPage());
        shown = true;
        parts_.issuance.clock.sleepFor(slotRhythm);
    }
    card_.powerOff();
}

}  // namespace liqu::session
