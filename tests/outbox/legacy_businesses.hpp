// What happens at a kiosk before an older province, some businesses at a time: a card that is made,
// or fails, with its application and its number from the batch; one that is enabled; acts on the
// stock. Each leaves facts, in their order.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/random.hpp"
#include "tests/scenario/legacy_province/legacy_kiosk.hpp"

namespace liqu::proof {

// A fact, and what the province must have of it; no card: it belongs on the branch's list.
struct LegacyFact {
    province::Fact fact;
    std::string card{};
    std::string chip{};    // ISSUE.REPORT of a card that was made
    std::string failed{};  // and of one that failed: its remark
};

class LegacyBusinesses {
  public:
    // online: does one step at the counter until it is answered, and says how.
    using Online = std::function<std::string(const std::function<std::string()>&)>;

    LegacyBusinesses(scenario::LegacyKiosk& kiosk, const std::string& region, SeededRandom& random,
                     Online online);

    // The next one that happens, of any of those under way.
    LegacyFact next();
    // Makings that the province ended before a card was fed.
    std::int64_t givenUp() const { return givenUp_; }

  private:
    using Facts = std::deque<std::function<LegacyFact()>>;
    Facts someBusiness();
    Facts making();
    Facts enabling();
    Facts stock();
    scenario::LegacyCitizen somebody();
    LegacyFact enabled(const province::Business& business, const scenario::LegacyCitizen& who,
                       const std::string& application);
    LegacyFact handedOver(const province::Business& business, const std::string& card,
                          const std::string& application);
    bool once(std::uint64_t in) { return random_.below(in) == 0; }

    scenario::LegacyKiosk& kiosk_;
    bool makesCards_;
    bool enablesCards_;
    SeededRandom& random_;
    Online online_;
    std::vector<Facts> open_;
    int businesses_ = 0;
    int persons_ = 0;
    std::int64_t givenUp_ = 0;
};

}  // namespace liqu::proof
