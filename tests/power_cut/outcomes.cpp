#include "tests/power_cut/outcomes.hpp"

#include "firmware/base/random.hpp"

namespace liqu::proof {
namespace {

constexpr std::size_t mostForEvery = 4;
constexpr int mixes = 8;

std::vector<Outcome> everyCombination(const std::vector<UnsyncedWrite>& unsynced) {
    std::vector<Outcome> all = {{"", {}}};
    for (const UnsyncedWrite& write : unsynced) {
        std::vector<Outcome> longer;
        for (const Outcome& one : all) {
            for (const auto& [letter, fate] :
                 {std::pair('k', Fate::kept), {'d', Fate::dropped}, {'t', Fate::torn}}) {
                if (fate == Fate::torn && !write.canTear()) continue;
                longer.push_back(one);
                longer.back().name += letter;
                longer.back().fates.push_back(fate);
            }
        }
        all = std::move(longer);
    }
    if (unsynced.empty()) all.front().name = "none";
    return all;
}

}  // namespace

std::vector<Outcome> outcomesOf(const std::vector<UnsyncedWrite>& unsynced) {
    const std::size_t count = unsynced.size();
    if (count <= mostForEvery) return everyCombination(unsynced);
    const std::vector<Fate> kept(count, Fate::kept);
    std::vector<Outcome> all = {{"kept", kept},
                                {"dropped", std::vector<Fate>(count, Fate::dropped)}};
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back({"d" + std::to_string(i), kept});
        all.back().fates[i] = Fate::dropped;
        if (!unsynced[i].canTear()) continue;
        all.push_back({"t" + std::to_string(i), kept});
        all.back().fates[i] = Fate::torn;
    }
    for (int mix = 0; mix < mixes; ++mix) {
        SeededRandom random(static_cast<std::uint64_t>(mix) * 1000 + count);
        all.push_back({"mix" + std::to_string(mix), kept});
        for (Fate& fate : all.back().fates) fate = static_cast<Fate>(random.below(3));
    }
    return all;
}

}  // namespace liqu::proof
