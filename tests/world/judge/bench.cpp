#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

const Json* findIn(const Json& list, const char* field, const std::string& value) {
    if (!list.is_array()) return nullptr;
    for (const Json& entry : list) {
        if (textAt(entry, field) == value) return &entry;
    }
    return nullptr;
}

}  // namespace

const Json* Bench::orderOf(const std::string& cardNumber) const {
    if (!evidence.world.contains("orders")) return nullptr;
    return findIn(evidence.world["orders"], "cardNumber", cardNumber);
}

const Json* Bench::chipOf(const std::string& cardNumber) const {
    if (!evidence.chips.contains("cards")) return nullptr;
    return findIn(evidence.chips["cards"], "cardNumber", cardNumber);
}

const Json* Bench::provinces(const char* list, const char* field, const std::string& value) const {
    if (!evidence.province.contains(list)) return nullptr;
    return findIn(evidence.province[list], field, value);
}

const Json* Bench::older(const char* list, const char* field, const std::string& value) const {
    if (!evidence.olderProvince.contains(list)) return nullptr;
    return findIn(evidence.olderProvince[list], field, value);
}

const Json* Bench::lastOrder() const {
    if (!evidence.world.contains("orders") || evidence.world["orders"].empty()) return nullptr;
    return &evidence.world["orders"].back();
}

}  // namespace liqu::judge
