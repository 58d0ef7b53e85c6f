// One printed face. The panels go out one after the other; the printer prints one while the next
// is downloaded, so nothing is computed or asked in between (hardware-notes/card-printer.md, "A
// card's way").
#pragma once

#include <functional>

#include "drivers/card_printer/evolis/motion.hpp"
#include "drivers/card_printer/evolis/panels.hpp"

namespace liqu::drivers {

class PrintJob {
  public:
    PrintJob(MotionRunner& runner, Clock& clock, const EvolisFace& face,
             const std::function<void(ports::PrintProgress)>& onProgress)
        : runner_(runner), clock_(clock), face_(face), onProgress_(onProgress) {}

    // Ends when the last panel is on the card; the card stays inside.
    Result<void> run();

  private:
    Result<void> prepareJob();
    Result<void> sendJob();
    Result<void> sendPanel(Panel panel);
    Result<void> finish();
    Result<void> confirm(bool answered);
    Result<std::uint32_t> panelsPrinted();
    Error failure(Error error);

    MotionRunner& runner_;
    Clock& clock_;
    const EvolisFace& face_;
    const std::function<void(ports::PrintProgress)>& onProgress_;
    std::uint32_t panelsBefore_ = 0;
};

}  // namespace liqu::drivers
