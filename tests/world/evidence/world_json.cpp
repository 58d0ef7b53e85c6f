#include "tests/world/evidence/world_json.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

namespace liqu::world {
namespace {

using Json = nlohmann::ordered_json;

Json faultsJson(const std::vector<ArmedFault>& faults) {
    Json list = Json::array();
    for (const ArmedFault& fault : faults) {
        list.push_back({{"fault", verbOf(fault.fault)},
                        {"place", fault.place},
                        {"happened", fault.fired > 0}});
    }
    return list;
}

Json cardsJson(const CardPlaces& places, const std::optional<OwnCardState>& ownCard) {
    Json list = Json::array();
    for (const CardPlaces::Found& found : places.all()) {
        Json panels = Json::object();
        for (const auto& [name, panel] : found.card->panels) {
            panels[std::string(1, name)] = {
                {"sha256", panel.sha256}, {"whole", panel.whole}, {"times", panel.times}};
        }
        list.push_back(
            {{"cardNumber", found.card->id}, {"place", found.place}, {"panels", panels}});
    }
    // Where an attendant put it.
    if (ownCard && ownCard->place == oldCardBin) {
        list.push_back({{"cardNumber", ownCard->cardNumber},
                        {"place", ownCard->place},
                        {"panels", Json::object()}});
    }
    return list;
}

Json ordersJson(const std::vector<OrderLine>& orders) {
    Json list = Json::array();
    for (const OrderLine& order : orders) {
        list.push_back({{"orderId", order.orderId},
                        {"service", order.service},
                        {"applicationNo", order.applicationNo},
                        {"permitId", order.permitId},
                        {"cardNumber", order.cardNumber},
                        {"state", order.state}});
    }
    return list;
}

}  // namespace

Result<void> writeWorldJson(const std::filesystem::path& path, const WorldState& state) {
    Json json = {{"visit", state.visit},
                 {"service", state.service},
                 {"chipVersion", state.chipVersion},
                 {"document",
                  {{"type", state.documentType},
                   {"number", state.documentNumber},
                   {"name", state.documentName}}},
                 {"language", state.language},
                 {"profile", state.profile},
                 {"seed", state.seed},
                 {"speed", state.speed}};
    json["faults"] = faultsJson(state.faults);
    json["cards"] = cardsJson(state.cards, state.ownCard);
    json["orders"] = ordersJson(state.orders);
    json["screens"] = state.screens;
    json["reason"] = state.reason;
    json["takenCard"] = state.takenCard ? Json(*state.takenCard) : Json(nullptr);
    json["idCardLeft"] = state.idCardLeft;
    json["trouble"] = state.trouble;
    if (state.ownCard) {
        json["ownCard"] = {{"cardNumber", state.ownCard->cardNumber},
                           {"place", state.ownCard->place},
                           {"pin", state.ownCard->pin}};
    }
    if (!state.afterwards.empty()) json["afterwards"] = state.afterwards;
    if (state.counter) {
        json["counter"] = {{"act", state.counter->act},
                           {"cardNumber", state.counter->cardNumber},
                           {"people", state.counter->people},
                           {"papers", state.counter->papers}};
    }
    if (!state.olderProvince.empty()) json["olderProvince"] = state.olderProvince;
    if (state.feeByCode) json["fee"] = {{"byCode", true}, {"wrongs", state.feeWrongs}};
    std::ofstream file(path, std::ios::trunc);
    file << json.dump(1) << "\n";
    file.close();
    if (!file) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

}  // namespace liqu::world
