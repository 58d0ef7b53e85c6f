// An act of the hands, step by step: each step is seen by a sensor where the printer has one, and
// asked of the person where not. What a sensor denies nobody can say, unless the printer starts
// anew after the step and the sensor is read again then.
//
// Used by the kiosk thread.
#pragma once

#include <functional>

#include "firmware/session/staff_machine.hpp"

namespace liqu::session {

using LookAtPrinter = std::function<ports::Sensed(const ports::PrinterStatus&)>;

// A printer may go on telling of a card until it starts anew.
enum class WhenDenied : std::uint8_t { waits, personMaySay };

struct GuidedStep {
    Phrase words;
    // Is it done? Empty, or a sensor that is not there or does not answer: the person is asked.
    LookAtPrinter seen{};
    WhenDenied whenDenied = WhenDenied::waits;
};

struct GuidedAct {
    std::string name;  // of the page: "staff-cleaning"
    Phrase title;
    std::vector<StaffFact> facts{};
    std::vector<GuidedStep> steps;
};

// True: every step is done. False: given up, or the person left.
bool guide(StaffCounter& counter, const GuidedAct& act);

// For steps that many acts have.
GuidedStep openTheCover();
GuidedStep closeTheCover();

}  // namespace liqu::session
