// Panels: received while the one before prints, counted, kept with the card they are on.
#include <algorithm>

#include "tests/world/card_printer/panel_codec.hpp"
#include "tests/world/card_printer/printer_machine.hpp"

namespace liqu::world {
namespace {

// Cards whose panels are kept whole, so that a long run does not fill the memory.
constexpr std::size_t cardsKept = 8;

std::string stepName(char panel) {
    switch (panel) {
        case 'y':
            return "yellow";
        case 'm':
            return "magenta";
        case 'c':
            return "cyan";
        case 'k':
            return "black";
        default:
            return "overlay";
    }
}

}  // namespace

PrinterMachine::Answer PrinterMachine::download(PrinterCommand& command) {
    if (!latched_.empty()) return latched_;
    if (!jobOpen_ || !cardFaceOpen_) return "ERROR CDE";
    const char name = command.parameter(0)[0];
    const bool onRibbon = ribbonType_.find(name) != std::string::npos;
    if (!onRibbon) return "ERROR RIBBON";
    const int bits = *bitsOfLevels(command.parameter(1));
    Panel panel{name, bits, {}, command.released};
    if (command.name == "Db") {
        panel.packed = std::move(command.payload);
    } else {
        auto packed =
            bits == 1 ? decompressBitmap(command.payload) : decompressColour(command.payload, bits);
        if (!packed) return "ERROR PARAMETRES";
        panel.packed = std::move(*packed);
    }
    panels_.push_back(std::move(panel));
    return "OK";
}

// The header of a panel says that the one before it may be printed.
void PrinterMachine::releaseAnnounced() {
    for (Panel& panel : panels_) panel.released = true;
    for (PrinterCommand& command : queue_) {
        if (command.isDownload()) command.released = true;
    }
}

bool PrinterMachine::startPanel() {
    if (panels_.empty() || !panels_.front().released || !latched_.empty()) return false;
    if (const auto refusal = obstacle()) return false;
    Panel& panel = panels_.front();
    std::vector<Step> steps;
    if (panelsOfJob_ == 0) {
        if (ribbonRemaining_ <= 0) {
            ribbonEnded_ = true;
            latch("ERROR RIBBON");
            return true;
        }
        Reply refusal;
        if (!places_.inside) addFeed(steps, refusal);
        if (!refusal.empty()) {
            latch(refusal);
            return true;
        }
        addMoveTo(steps, Station::print);
        --ribbonRemaining_;
    } else {
        if (headFreeSince_) gaps_.push_back({stepName(panel.name), now_ - *headFreeSince_});
        steps.push_back({"back", "", timings_.back, nullptr, false, 0});
    }
    ++panelsOfJob_;
    Duration length = timings_.colour;
    if (panel.name == 'k') length = timings_.black;
    if (panel.name == 'o') length = timings_.overlay;
    steps.push_back(
        {stepName(panel.name), "print", length, [this] { endPanel(true); }, true, panel.name});
    plan_.assign(std::make_move_iterator(steps.begin()), std::make_move_iterator(steps.end()));
    return true;
}

void PrinterMachine::endPanel(bool whole) {
    if (panels_.empty() || !places_.inside) return;
    Panel panel = std::move(panels_.front());
    panels_.pop_front();
    PrintedPanel& printed = places_.inside->panels[panel.name];
    printed.bits = panel.bits;
    // The same picture again, in a long simulation: its digest is known.
    PrintedPanel& last = lastPrinted_[panel.name];
    if (!last.packed || *last.packed != panel.packed) {
        last.sha256 = sha256Of(panel.packed);
        last.packed = std::make_shared<const Bytes>(std::move(panel.packed));
    }
    printed.sha256 = last.sha256;
    printed.packed = last.packed;
    printed.whole = whole && printed.times == 0;
    ++printed.times;
    places_.moving = false;
    headFreeSince_ = now_;
    if (whole) ++panelsPrinted_;
}

std::optional<std::string> PrinterMachine::faceUnderWay() const {
    if (!jobOpen_ || !places_.inside || !latched_.empty() || coverOpen_) return std::nullopt;
    const auto whole = std::ranges::count_if(places_.inside->panels,
                                             [](const auto& panel) { return panel.second.whole; });
    const bool received = static_cast<std::size_t>(whole) + panels_.size() == ribbonType_.size();
    const bool ends = panels_.empty() || panels_.back().released ||
                      std::ranges::any_of(queue_, [](const auto& one) { return one.name == "Se"; });
    if (!received || !ends) return std::nullopt;
    return places_.inside->id;
}

void PrinterMachine::dropJob() {
    jobOpen_ = false;
    cardFaceOpen_ = false;
    panels_.clear();
    panelsOfJob_ = 0;
    headFreeSince_.reset();
}

void PrinterMachine::forgetOldPanels(const PlasticCard& newest) {
    cardsWithPanels_.push_back(newest.id);
    if (cardsWithPanels_.size() <= cardsKept) return;
    const std::string oldest = cardsWithPanels_.front();
    cardsWithPanels_.pop_front();
    const auto forget = [&oldest](PlasticCard& card) {
        if (card.id != oldest) return;
        for (auto& [name, panel] : card.panels) panel.packed.reset();
    };
    for (auto* cards : {&places_.bin, &places_.tray, &places_.holder, &places_.removed}) {
        for (PlasticCard& card : *cards) forget(card);
    }
}

}  // namespace liqu::world
