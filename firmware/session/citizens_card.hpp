// A citizen's own card in the slot outside (a dip reader: it swallows nothing): asked for, read,
// asked for again after a moment without contact, and given back. Whatever service needs the card
// comes through this door.
#pragma once

#include <optional>

#include "firmware/chip/citizen_card.hpp"
#include "firmware/province/province.hpp"
#include "firmware/session/conversation.hpp"

namespace liqu::session {

enum class CardCame : std::uint8_t {
    here,
    notReadable,  // the person says that it cannot be read; only where that is asked
    notPutIn,     // the person stopped, went, or nothing that can be read came in time
    readerLost,   // the slot's reader cannot be used
};

// "citizens-card.question", or "citizens-card.again" for the card that was there before; the hint
// is a key of words, empty for none.
PersonPage citizensCardPage(const char* question, std::string_view hint = {});
// 旧卡: the same for the card that is exchanged, which may be one that nothing can read.
PersonPage oldCardPage(std::string_view hint = {});
PersonPage takeCitizensCardPage();

class CitizensCard {
  public:
    // The slot is there. business: in whose name the province is asked for what the card says to
    // nobody else.
    CitizensCard(SessionParts& parts, Conversation& conversation,
                 const province::Business& business);

    // "Put your card in", until a social security card can be read. What is no such card is asked
    // back and never touched further.
    CardCame askFor();
    CardCame askForOld();
    // The same card once more; another one is asked back.
    CardCame askForAgain();
    // "Take your card", until none lies there, or nobody takes it for a while.
    void giveBack();

    const chip::CitizenCardShown& shown() const { return shown_; }
    // 社会保障号码 in the chip: of the older cards at once, of the newer by the province's help.
    Result<PersonalText> holder();
    std::string tail() const;
    chip::CitizenCard& chip() { return card_; }

  private:
    using PageWith = std::function<PersonPage(std::string_view hint)>;
    Result<void> read();
    CardCame waitFor(const PageWith& pageWith, const std::function<Result<void>()>& look);

    SessionParts& parts_;
    Conversation& conversation_;
    province::OrderCardAuthority authority_;
    chip::CitizenCard card_;
    chip::CitizenCardShown shown_;
};

}  // namespace liqu::session
