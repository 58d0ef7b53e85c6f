// What each word of the language means (hardware-notes/card-printer.md, "Commands"), in the kiosk
// dialect.
#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

#include "tests/world/card_printer/printer_machine.hpp"

namespace liqu::world {
namespace {

// Understood and answered, without effect in this world: image tuning and classic settings.
constexpr std::string_view withoutEffect[] = {"Pc",  "Pl",  "Ps",  "Px",   "Py",  "Pwb",  "Pbm",
                                              "Pmk", "Ppk", "Pmi", "Pfs",  "Pfm", "Mr",   "Mh",
                                              "Pos", "Poc", "Pdt", "Ppws", "Psc", "Psmgr"};

bool isOneOf(const std::string& text, std::initializer_list<std::string_view> choices) {
    return std::find(choices.begin(), choices.end(), text) != choices.end();
}

std::string volts(double value) {
    std::string text = fmt::format("{:.2f} Volts", value);
    std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

}  // namespace

void PrinterMachine::execute(PrinterCommand command) {
    if (!command.understood) {
        reply("ERROR PARAMETRES", false);
        return;
    }
    const bool isMotion = command.name[0] == 'S' && command.name != "Sk";
    if (const Answer answer = perform(command)) reply(*answer, isMotion);
}

PrinterMachine::Answer PrinterMachine::perform(PrinterCommand& command) {
    const std::string& name = command.name;
    if (command.isDownload()) return download(command);
    if (name[0] == 'R' || name == "Sk") return information(command).value_or("ERROR CDE");
    if (std::find(std::begin(withoutEffect), std::end(withoutEffect), name) !=
        std::end(withoutEffect)) {
        return "OK";
    }
    if (name[0] == 'P') return setMode(command);
    if (name == "Si") return moveTo(Station::print);
    if (name == "Sis") return moveTo(Station::chip);
    if (name == "Sic") return moveTo(Station::contactless);
    if (name == "Sib") return takeBack();
    if (name == "Se") return finishJob();
    if (name == "Ser") return discard();
    if (name == "Seb") return "OPT NOT AVAILABLE";  // sources conflict
    if (name == "Scp") return clean();
    if (name == "Scs") {
        const bool persists = places_.jammed || coverIsOpen();
        if (!persists) latched_.clear();
        return "OK";
    }
    if (name == "Srs") {
        restart(false);
        return std::nullopt;
    }
    if (name == "Ss") {
        if (const auto refusal = obstacle()) return refusal;
        if (ribbonType_.empty()) return "ERR RIB DETECTION";
        if (settings_.zone != settings_.ribbonZone) return "ERROR RIBBON";
        if (!modes_.ribbon.empty() && modes_.ribbon != ribbonType_) return "ERROR RIBBON";
        dropJob();
        jobOpen_ = true;
        return "OK";
    }
    if (name == "Sr") {
        cardFaceOpen_ = jobOpen_;
        return jobOpen_ ? "OK" : "ERROR CDE";
    }
    if (name == "Wcb") {
        if (command.parameter(0) == "a") return "OK";
        const bool fillsOverlay = command.parameters == std::vector<std::string>{"o", "255"};
        if (!fillsOverlay) return "ERROR PARAMETRES";
        command.name = "Dbc";
        command.parameters = {"o", "2"};
        command.payload.assign(1016, 0xFF);
        return download(command);
    }
    return "ERROR CDE";
}

PrinterMachine::Answer PrinterMachine::setMode(const PrinterCommand& command) {
    const std::string& name = command.name;
    const std::string first = command.parameter(0);
    const std::string second = command.parameter(1);
    const auto accept = [this, &command] {
        if (command.parameter(command.parameters.size() - 1) == "s") savedModes_ = modes_;
        return Answer("OK");
    };
    if (name == "Pem" && isOneOf(first, {"0", "1", "2", "3", "4", "16", "18"})) {
        modes_.errorMode = first;
        return accept();
    }
    if (name == "Pcim" && isOneOf(first, {"F", "M", "B", "I"})) {
        modes_.entry = first;
        return accept();
    }
    if (name == "Pcem" && isOneOf(first, {"I", "M", "K"})) {
        modes_.exit = first;
        return accept();
    }
    if (name == "Pcrm" && first == "D") {
        modes_.rejectTray = first;
        return accept();
    }
    if (name == "Pneab" &&
        (isOneOf(first, {"E", "D"}) || (first == "A" && isOneOf(second, {"0", "1"})))) {
        modes_.mayEject = first == "D" || second == "1";
        return accept();
    }
    if (name == "Pbc" && first == "A" && isOneOf(second, {"D", "N", "R"})) {
        modes_.bezelAction = second[0];
        return accept();
    }
    if (name == "Pbc" && first == "D" && std::atoi(second.c_str()) > 0) {
        modes_.bezelDelay = std::chrono::seconds(std::atoi(second.c_str()));
        return accept();
    }
    if (name == "Piem" && first.size() == 1 && first[0] >= '0' &&
        first[0] <= '0' + settings_.hoppers) {
        modes_.feeder = first[0] - '0';
        return accept();
    }
    if (name == "Pr" && !first.empty()) {
        modes_.ribbon = first;
        return accept();
    }
    const bool known = isOneOf(name, {"Pem", "Pcim", "Pcem", "Pcrm", "Pneab", "Pbc", "Piem", "Pr"});
    return known ? "ERROR PARAMETRES" : "ERROR CDE";
}

PrinterMachine::Answer PrinterMachine::information(const PrinterCommand& command) {
    const std::string& name = command.name;
    const std::string what = command.parameter(0);
    if (name == "Rok") return "OK";
    if (name == "Rtp") return settings_.model;
    if (name == "Rsn") return settings_.serial;
    if (name == "Rfv") return settings_.firmware;
    if (name == "Rck") return "3F1A";
    if (name == "Rkn") return "123456789";
    if (name == "Rzp") return settings_.zone;
    if (name == "Rr") return modes_.ribbon.empty() ? ribbonType_ : modes_.ribbon;
    if (name == "Riem") return std::to_string(modes_.feeder);
    if (name == "Rsc") return "27;59;13";
    if (name == "Rcr") return ribbonEnded_ || ribbonType_.empty() ? "ERROR RIBBON" : "OK";
    if (name == "Rrt") return ribbonTag(command);
    if (name == "Rco") return counter(what);
    if (name == "Rse") return sensor(what);
    if (name == "Rlr") return lastReply(command);
    if (name == "Sk") return feederState(what);
    return std::nullopt;
}

PrinterMachine::Answer PrinterMachine::ribbonTag(const PrinterCommand& command) {
    const std::string what = command.parameter(0);
    if (ribbonType_.empty()) return "ERR RIB DETECTION";
    const bool isNumber = what == "qty" || what == "count";
    if (isNumber && strikes(Fault::printerStrayOk, what)) return "OK";
    if (what == "zone") return settings_.ribbonZone;
    if (what == "type") return ribbonType_;
    if (what == "qty") return std::to_string(settings_.ribbonCapacity);
    if (what == "count") return std::to_string(ribbonRemaining_);
    if (what == "ref") return "R5F008";
    if (what == "k7") return "SIM0000001";
    if (what == "date") return "2406";
    if (what == "label") return "YMCKO simulated";
    return "ERROR PARAMETRES";
}

PrinterMachine::Answer PrinterMachine::counter(const std::string& which) const {
    const int interval = settings_.cleaningInterval;
    if (which == "p") return std::to_string(panelsPrinted_);
    if (which == "c") return std::to_string(cardsInserted_);
    if (which == "a" || which == "m") return std::to_string(interval);
    if (which == "n") return std::to_string(cleanings_);
    if (which == "l") return std::to_string(ribbonRemaining_);
    if (which == "r") {
        return std::to_string(std::max(0, interval - static_cast<int>(cardsSinceCleaning_)));
    }
    return "ERROR PARAMETRES";
}

PrinterMachine::Answer PrinterMachine::sensor(const std::string& which) const {
    const bool coverOpen = coverOpen_ || holds(Fault::printerCoverOpen, "sensor");
    if (which == "o") return volts(coverOpen ? 0.00 : 5.00);
    if (which == "b" || which == "M") return volts(places_.mouth ? 4.94 : 0.21);
    if (which == "p") return volts(places_.inside ? 5.00 : 0.00);
    if (which == "c" || which == "m" || which == "r") return volts(2.51);
    const auto lane = chosenFeeder();
    if (which == "f") return volts(lane && seesCards(*lane) ? 5.00 : 0.00);
    if (which == "n") {
        const auto left = lane ? places_.hoppers[static_cast<std::size_t>(*lane)].size() : 0;
        const bool nearEmpty = left <= static_cast<std::size_t>(settings_.nearEmptyAt);
        return volts(nearEmpty == settings_.nearEmptyIsHigh ? 3.92 : 0.17);
    }
    return "ERROR PARAMETRES";
}

PrinterMachine::Answer PrinterMachine::lastReply(const PrinterCommand& command) const {
    const std::string what = command.parameter(0);
    if (what.empty()) return latched_.empty() ? lastReply_ : latched_;
    if (what == "p") return position();
    if (what == "h") return binFull() ? "CARD" : "NO CARD";
    if (what == "r") {
        const bool due =
            cardsSinceCleaning_ >= static_cast<std::uint32_t>(settings_.cleaningInterval);
        return due ? "ERR NEED CLEANING" : "OK";
    }
    return "ERROR PARAMETRES";
}

PrinterMachine::Reply PrinterMachine::position() const {
    const bool classic = settings_.dialect == PositionDialect::classic;
    if (!places_.inside && tellsOfCard_) return "ERR CARD";
    if (!places_.inside) return classic ? "NO CARD" : "OK";
    if (classic || places_.jammed || places_.moving) return "ERR CARD";
    if (places_.station == Station::chip) return "SMART CARD";
    if (places_.station == Station::contactless) return "CONTACTLESS CARD";
    return "CARD";
}

PrinterMachine::Reply PrinterMachine::feederState(const std::string& which) const {
    if (which == "s") return "OK";
    if (which != "f" && which != "w") return "ERROR PARAMETRES";
    int bits = 0;
    for (int lane = 0; lane < settings_.hoppers; ++lane) {
        const auto left = places_.hoppers[static_cast<std::size_t>(lane)].size();
        const bool says = which == "f" ? !seesCards(lane)
                                       : left <= static_cast<std::size_t>(settings_.nearEmptyAt);
        if (says) bits |= 1 << lane;
    }
    return std::to_string(bits);
}

// The lane the next card comes from; without a choice the first that has one.
std::optional<int> PrinterMachine::chosenFeeder() const {
    if (modes_.feeder > 0) return modes_.feeder - 1;
    for (int lane = 0; lane < settings_.hoppers; ++lane) {
        if (seesCards(lane)) return lane;
    }
    return std::nullopt;
}

bool PrinterMachine::seesCards(int lane) const {
    const bool empty = places_.hoppers[static_cast<std::size_t>(lane)].empty();
    return !empty && !holds(Fault::printerHopperEmpty, "sensor");
}

bool PrinterMachine::binFull() const {
    const bool full = places_.bin.size() >= static_cast<std::size_t>(settings_.binCapacity);
    return full || holds(Fault::printerBinFull);
}

bool PrinterMachine::coverIsOpen() {
    if (holds(Fault::printerCoverOpen, "sensor")) coverOpen_ = true;
    return coverOpen_;
}

}  // namespace liqu::world
