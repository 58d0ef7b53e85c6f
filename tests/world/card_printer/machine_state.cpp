// The printer's whole physical state as JSON, for whoever judges a run.
#include <nlohmann/json.hpp>

#include "tests/world/card_printer/printer_machine.hpp"

namespace liqu::world {
namespace {

nlohmann::json jsonOf(const CardPlaces::Found& found) {
    nlohmann::json panels = nlohmann::json::object();
    for (const auto& [name, panel] : found.card->panels) {
        panels[std::string(1, name)] = {{"sha256", panel.sha256},
                                        {"bits", panel.bits},
                                        {"whole", panel.whole},
                                        {"times", panel.times}};
    }
    return {{"card", found.card->id},
            {"bank", found.card->bank},
            {"place", found.place},
            {"panels", std::move(panels)}};
}

}  // namespace

std::string PrinterMachine::stateJson() const {
    nlohmann::json state;
    state["cards"] = nlohmann::json::array();
    for (const CardPlaces::Found& found : places_.all()) state["cards"].push_back(jsonOf(found));
    state["ribbon"] = {{"type", ribbonType_},
                       {"remaining", ribbonRemaining_},
                       {"capacity", settings_.ribbonCapacity},
                       {"ended", ribbonEnded_}};
    state["counters"] = {{"panelsPrinted", panelsPrinted_},
                         {"cardsInserted", cardsInserted_},
                         {"cleanings", cleanings_}};
    state["coverOpen"] = coverOpen_;
    state["error"] = latched_;
    state["steps"] = nlohmann::json::array();
    for (const MechanicalStep& step : steps_) {
        state["steps"].push_back({{"name", step.name},
                                  {"beginUs", step.begin.time_since_epoch().count()},
                                  {"endUs", step.end.time_since_epoch().count()},
                                  {"card", step.cardId}});
    }
    state["gaps"] = nlohmann::json::array();
    for (const PanelGap& gap : gaps_) {
        state["gaps"].push_back({{"panel", gap.panel}, {"us", gap.length.count()}});
    }
    return state.dump(2);
}

}  // namespace liqu::world
