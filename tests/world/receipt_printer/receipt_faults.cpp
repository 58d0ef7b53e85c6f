#include "tests/world/receipt_printer/receipt_faults.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace liqu::world {
namespace {

constexpr std::string_view verbs[] = {
#define LIQU_RECEIPT_FAULT(name, verb) verb,
#include "tests/world/receipt_printer/receipt_faults.def"
#undef LIQU_RECEIPT_FAULT
};

std::optional<ReceiptMoment> momentOf(std::string_view text) {
    using Of = ReceiptMoment::Of;
    constexpr std::pair<std::string_view, Of> kinds[] = {
        {"row-", Of::row}, {"byte-", Of::byte}, {"cut-", Of::cut}, {"question-", Of::question}};
    for (const auto& [word, of] : kinds) {
        if (!text.starts_with(word)) continue;
        const std::string_view digits = text.substr(word.size());
        int count = 0;
        const auto end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, count);
        if (read.ec != std::errc{} || read.ptr != end || count < 1) return std::nullopt;
        return ReceiptMoment{of, count};
    }
    return std::nullopt;
}

}  // namespace

std::string_view verbOf(ReceiptFault fault) {
    return verbs[static_cast<std::size_t>(fault)];
}

const std::vector<ReceiptFault>& allReceiptFaults() {
    static const std::vector<ReceiptFault> faults = {
#define LIQU_RECEIPT_FAULT(name, verb) ReceiptFault::name,
#include "tests/world/receipt_printer/receipt_faults.def"
#undef LIQU_RECEIPT_FAULT
    };
    return faults;
}

bool ReceiptFaults::Armed::isDue() const {
    return !mended && (moment.of == ReceiptMoment::Of::now || passed >= moment.count);
}

void ReceiptFaults::arm(ReceiptFault fault, ReceiptMoment moment) {
    const std::lock_guard lock(mutex_);
    armed_.push_back({fault, moment});
}

Result<void> ReceiptFaults::arm(std::string_view verb) {
    const std::size_t at = verb.find('@');
    for (const ReceiptFault fault : allReceiptFaults()) {
        if (verbOf(fault) != verb.substr(0, at)) continue;
        if (at == std::string_view::npos) {
            arm(fault);
            return {};
        }
        const auto moment = momentOf(verb.substr(at + 1));
        if (!moment) break;
        arm(fault, *moment);
        return {};
    }
    return fail(ErrorCode::configBadValue, "no such fault: " + std::string(verb));
}

void ReceiptFaults::pass(ReceiptMoment::Of what) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        if (armed.moment.of == what) ++armed.passed;
    }
}

bool ReceiptFaults::strikes(ReceiptFault fault) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        if (armed.fault == fault && armed.fired == 0 && armed.isDue()) {
            ++armed.fired;
            return true;
        }
    }
    return false;
}

bool ReceiptFaults::holds(ReceiptFault fault) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        if (armed.fault == fault && armed.isDue()) {
            ++armed.fired;
            return true;
        }
    }
    return false;
}

void ReceiptFaults::mend(std::string_view verbs) {
    const std::lock_guard lock(mutex_);
    for (Armed& armed : armed_) {
        if (verbOf(armed.fault).starts_with(verbs)) armed.mended = true;
    }
}

bool ReceiptFaults::allFired() const {
    const std::lock_guard lock(mutex_);
    return std::all_of(armed_.begin(), armed_.end(),
                       [](const Armed& one) { return one.fired > 0; });
}

}  // namespace liqu::world
