// A PIN pad drawn on the screen (`pin.entry = "screen"`): keys, and dots for what was typed. The
// digits come in the action, are put into locked memory at once, and stand nowhere else.
#pragma once

#include "firmware/ports/pin_pad.hpp"
#include "firmware/session/conversation.hpp"

namespace liqu::session {

// One that nobody had to enter: the transport PIN after a reset.
std::unique_ptr<ports::EnteredPin> knownPin(const std::string& digits);

class ScreenPinPad final : public ports::PinPad {
  public:
    explicit ScreenPinPad(Conversation& conversation) : conversation_(conversation) {}
    ports::PinReading read(const ports::PinPrompt& prompt, ports::PinLength length) override;

  private:
    Conversation& conversation_;
};

}  // namespace liqu::session
