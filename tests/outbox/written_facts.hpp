// Facts of a few businesses at a time, written as a kiosk writes them; and the comparison of its
// outbox with the province's books, fact by fact.
#pragma once

#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/random.hpp"
#include "firmware/province/outbox.hpp"
#include "tests/outbox/outbox_proof.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::proof {

const province::Terminal& proofTerminal();

class FactWriter {
  public:
    // Of so many facts the province refuses one; 0: none.
    FactWriter(const province::Outbox& outbox, Clock& clock, SeededRandom& random,
               std::uint64_t oneRefusedIn)
        : outbox_(outbox), clock_(clock), random_(random), oneRefusedIn_(oneRefusedIn) {}

    // One commit. What was written, in its order.
    std::vector<province::Fact> write(storage::Database& kiosk, int count);
    std::int64_t written() const { return written_; }

  private:
    struct Open {
        province::Business business;
        int left = 0;
    };
    Open& someBusiness();
    province::Fact nextFact(storage::Database& kiosk);

    const province::Outbox& outbox_;
    Clock& clock_;
    SeededRandom& random_;
    std::uint64_t oneRefusedIn_;
    std::vector<Open> open_;
    int businesses_ = 0;
    std::int64_t written_ = 0;
};

// What was lost, came twice, or before an earlier one of its business.
void compareBooks(storage::Database& kiosk, const world::Books& books, std::int64_t written,
                  OutboxFigures& figures);

}  // namespace liqu::proof
