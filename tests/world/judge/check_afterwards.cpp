// What the visit was to lead to, as its plan says: at the province, in the orders, in the chip of
// the card that was brought along, and at the service that collects fees.
#include <algorithm>

#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

// Every message that was carried out, by its type.
std::ptrdiff_t timesCarriedOut(const Bench& bench, const std::string& type) {
    const Json all = bench.evidence.province.value("carriedOut", Json::array());
    return std::ranges::count_if(all,
                                 [&](const Json& one) { return textAt(one, "msgType") == type; });
}

void checkCardOf(Bench& bench, const Json& after) {
    std::string number = textAt(after, "cardNumber");
    if (number.empty() && bench.lastOrder() != nullptr && !textAt(after, "cardState").empty())
        number = textAt(*bench.lastOrder(), "cardNumber");
    if (number.empty()) return;
    const Json* card = bench.provinces("cards", "cardNo", number);
    bench.expect(card != nullptr, "the province knows the card it was about");
    if (card == nullptr) return;
    bench.expectEqual(textAt(*card, "state"), textAt(after, "cardState"),
                      "the card it was about stands as it was to");
    bench.expectEqual(textAt(*card, "recoveredAs"), textAt(after, "takenInAs"),
                      "it was taken in for that reason, or not at all");
}

void checkOwnCard(Bench& bench, const Json& after) {
    const Json& world = bench.evidence.world;
    const bool brought = world.contains("ownCard");
    if (!brought) return;
    const bool takenIn = !textAt(after, "takenInAs").empty();
    bench.expectEqual(textAt(world, "ownCard/place"), takenIn ? "old-card-bin" : "hand",
                      "the card they brought is where it belongs");
    const std::string pin = textAt(after, "pin");
    if (!pin.empty())
        bench.expectEqual(textAt(world, "ownCard/pin"), pin, "its PIN is the one it was to have");
    const Json* chip = bench.chipOf(textAt(world, "ownCard/cardNumber"));
    bench.expect(chip != nullptr && textAt(*chip, "counters/pin") == "6" &&
                     textAt(*chip, "blocked") == "false",
                 "no try of its PIN is lost, and the chip is not blocked");
}

void checkFee(Bench& bench) {
    const Json wrongs = bench.evidence.world.at("fee").value("wrongs", Json::array({"?"}));
    bench.expect(wrongs.empty(), "the service that collects fees found nothing wrong",
                 wrongs.dump());
}

// Whoever only reads shows no document, and nobody is asked about them.
void checkOnlyRead(Bench& bench) {
    bench.expect(
        timesCarriedOut(bench, "PERSON.QUERY") == 0 &&
            !bench.evidence.province.value("messages", Json::object()).contains("PERSON.QUERY"),
        "nobody asked the province about whoever only reads");
    bench.expect(bench.lastOrder() == nullptr, "nothing was begun for whoever only reads");
}

}  // namespace

void checkAfterwards(Bench& bench) {
    const Json& world = bench.evidence.world;
    if (textAt(world, "service").starts_with("guide")) checkOnlyRead(bench);
    if (world.contains("fee")) checkFee(bench);
    if (!world.contains("afterwards")) return;
    const Json& after = world.at("afterwards");
    if (const std::string message = textAt(after, "message"); !message.empty()) {
        const auto times = timesCarriedOut(bench, message);
        bench.expect(times == 1, "the province carried out once: " + message,
                     std::to_string(times) + " times");
    }
    if (const std::string end = textAt(after, "order"); !end.empty()) {
        const Json* order = bench.lastOrder();
        bench.expect(order != nullptr, "an order was begun");
        if (order != nullptr)
            bench.expectEqual(textAt(*order, "state"), end, "the order ended as it was to");
    }
    if (const std::string state = textAt(after, "application"); !state.empty()) {
        const Json all = bench.evidence.province.value("applications", Json::array());
        bench.expect(all.size() == 1, "there is one application");
        if (all.size() == 1)
            bench.expectEqual(textAt(all[0], "state"), state,
                              "the application stands as it was to");
    }
    checkCardOf(bench, after);
    checkOwnCard(bench, after);
}

}  // namespace liqu::judge
