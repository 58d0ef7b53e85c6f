// The faults of one receipt printer, each from a moment on. Like FaultPlan it remembers which
// fired; unlike it, it counts rows, bytes, cuts and questions, because paper fails in the middle of
// them.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::world {

enum class ReceiptFault : std::uint8_t {
#define LIQU_RECEIPT_FAULT(name, verb) name,
#include "tests/world/receipt_printer/receipt_faults.def"
#undef LIQU_RECEIPT_FAULT
};

std::string_view verbOf(ReceiptFault fault);
const std::vector<ReceiptFault>& allReceiptFaults();

// The count-th of these after arming; `now` is at once.
struct ReceiptMoment {
    enum class Of : std::uint8_t { now, row, byte, cut, question };
    Of of = Of::now;
    int count = 0;
};

// Thread-safe.
class ReceiptFaults {
  public:
    void arm(ReceiptFault fault, ReceiptMoment moment = {});
    // "receipt.paper-end@row-40"
    Result<void> arm(std::string_view verb);

    // The machine's side: what went by, and whether something strikes (once) or holds now.
    void pass(ReceiptMoment::Of what);
    bool strikes(ReceiptFault fault);
    bool holds(ReceiptFault fault);

    // Ends every fault whose verb begins so; "" for all.
    void mend(std::string_view verbs);
    bool allFired() const;

  private:
    struct Armed {
        ReceiptFault fault;
        ReceiptMoment moment;
        int passed = 0;
        int fired = 0;
        bool mended = false;

        bool isDue() const;
    };
    mutable std::mutex mutex_;
    std::vector<Armed> armed_;
};

}  // namespace liqu::world
